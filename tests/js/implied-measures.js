/*
 * implied-measures.js: what must hold between a verdict and the measures: values that are not finite, zeros and copies;
 * the ranges of signal and gradient; loss, saturation, dead units, correlation and the scale of the input. A part of
 * implications.js.
 *
 * Words and causes are in implied-words.js.
 */

import {
  CALM,
  FATAL,
  GRADIENTS,
  implies,
  levelOfName,
  namesOf,
  SEVERE,
  SHARES,
  SHRINKING,
  SIGNALS,
} from './implied-words.js';
import {
  bodyOf,
  deadOf,
  farthest,
  gradientOf,
  isSymmetric,
  levelsOf,
  lossOf,
  overflows,
  raisedOf,
  SLACK,
  saturatedOf,
  signalOf,
} from './measured.js';

/**
 * @typedef {import('./measured.js').Run} Run
 * @typedef {{ name: string, holds: (run: Run) => boolean }} Implication
 */

const { abs, log, max } = Math;

/** A signal or a gradient that changes by this factor is raised; by the second, it names the verdict. */
const [SOME, MUCH] = [3, 100];
/** What chance may excuse at most. */
const EXCUSED = 10;

/** Layers in which a deviation falls by a factor e: over so many it never does, and only rounding says otherwise. */
const FOR_EVER = 1e6;

/** The activations that never give more than 1. */
const BOUNDED = ['tanh', 'sigmoid', 'softsign', 'hardtanh', 'sin'];

/** @param {Run} run */
const isFatal = ({ verdict }) => FATAL.includes(verdict.word);

/** Whether raw inputs saturate layer 1, so that its small ratio to them is no loss of signal. @param {Run} run */
const isSwamped = ({ verdict, input }) =>
  input.rms > 10 && (verdict.word === 'saturated' || verdict.cautions.includes('saturated'));

/** Whether there are two cautions, and neither is only chance. @param {Run} run */
const isFull = ({ verdict: { cautions } }) => cautions.length === 2 && !cautions.includes('chance');

/** Whether the layer that a verdict names is the farthest off, in the direction and by the factor that the word says.
 * @param {Run} run @param {number[]} ratios */
function bearsOut({ verdict: { word, layer } }, ratios) {
  const ratio = ratios[Number(layer) - 1];
  if (!(ratio > 0 && Number.isFinite(ratio))) return SEVERE.includes(word);
  const change = SHRINKING.includes(word) ? 1 / ratio : ratio;
  return change >= (SEVERE.includes(word) ? MUCH : SOME) * (1 - SLACK) && change >= farthest(ratios) * (1 - SLACK);
}

/** @type {Implication[]} */
export const DISASTERS = [
  {
    name: 'a value that is not finite is an overflow, and nothing else is',
    holds: (run) => (run.verdict.word === 'overflow') === run.layers.some(overflows),
  },
  {
    name: 'an overflow is in the first layer that has one',
    holds: ({ verdict, layers }) =>
      implies(verdict.word === 'overflow', () => verdict.layer === layers.findIndex(overflows) + 1),
  },
  {
    name: 'zero: that layer is exactly 0, and the one before is not, unless the input is the cause',
    holds: ({ verdict: { word, layer, cause }, layers, input }) =>
      implies(word === 'zero' && cause !== 'input', () => {
        const before = Number(layer) === 1 ? input : layers[Number(layer) - 2]?.activations;
        return layers[Number(layer) - 1]?.activations.rms === 0 && before?.rms >= 1e-30;
      }),
  },
  {
    name: 'a layer of zeros is never passed over',
    holds: (run) =>
      implies(
        bodyOf(run).some(({ activations }) => activations.rms === 0),
        () => [...FATAL, 'vanishing'].includes(run.verdict.word),
      ),
  },
  {
    name: 'symmetric: the units of that layer are copies of one unit',
    holds: ({ verdict: { word, layer }, layers }) =>
      implies(word === 'symmetric', () => isSymmetric(layers[Number(layer) - 1])),
  },
  {
    name: 'copies of one unit are never passed over',
    holds: (run) => implies(bodyOf(run).some(isSymmetric), () => isFatal(run)),
  },
  {
    name: 'kept and settled: all values and gradients are finite, and no gradient is 0',
    holds: (run) =>
      implies(CALM.includes(run.verdict.word), () =>
        bodyOf(run).every(({ deltas, activations }) => deltas.nonFinite === 0 && deltas.rms > 0 && activations.rms > 0),
      ),
  },
];

/** @type {Implication[]} */
export const RANGES = [
  {
    name: 'kept: the last rms is within a tenth and ten times the first',
    holds: (run) => implies(run.verdict.word === 'kept', () => farthest(signalOf(run).slice(-1)) <= EXCUSED + SLACK),
  },
  {
    name: 'kept: no layer has under a tenth or over ten times the signal or the gradient',
    holds: (run) =>
      implies(
        run.verdict.word === 'kept',
        () => max(farthest(signalOf(run)), farthest(gradientOf(run))) <= EXCUSED * (1 + SLACK),
      ),
  },
  {
    name: 'kept, with room for another caution: what is off by more than 3 is called chance',
    holds: (run) =>
      implies(run.verdict.word === 'kept' && run.verdict.cautions.length < 2, () => {
        const far = max(farthest(signalOf(run)), farthest(gradientOf(run)));
        return run.verdict.cautions.includes('chance') || far <= SOME * (1 + SLACK);
      }),
  },
  {
    name: 'settled: at least 6 layers, away from 1, within 100 times, and still over the second half',
    holds: (run) =>
      implies(run.verdict.word === 'settled', () => {
        const signal = signalOf(run);
        const [depth, left] = [signal.length, signal[signal.length - 1]];
        const moved = [Math.floor(depth / 2), Math.ceil(depth / 2)].map((half) => abs(log(left / signal[half - 1])));
        const far = abs(log(left)) >= log(1.2) - SLACK;
        return depth >= 6 && far && farthest(signal) < MUCH * (1 + SLACK) && Math.min(...moved) <= 0.25 + SLACK;
      }),
  },
  {
    name: 'settled: theory, where there is one, has a limit above 0 that the signal moves to',
    holds: (run) =>
      implies(run.verdict.word === 'settled', () => {
        const limit = bodyOf(run)[run.verdict.depth - 1].fixedPoint;
        if (limit === null) return true;
        const stays = limit.lengthDepth < 0 || limit.lengthDepth >= FOR_EVER;
        return limit.q > 0 && limit.q < Infinity && !stays;
      }),
  },
  {
    name: 'settled, signal within 3, room for another caution: a gradient off by more than 3 is called chance',
    holds: (run) =>
      implies(run.verdict.word === 'settled' && farthest(signalOf(run)) < SOME * (1 - SLACK), () => {
        const far = farthest(gradientOf(run));
        const { cautions } = run.verdict;
        return far <= SOME * (1 + SLACK) || (far <= EXCUSED && (cautions.length === 2 || cautions.includes('chance')));
      }),
  },
  {
    name: 'settled: no gradient is 100 times off',
    holds: (run) => implies(run.verdict.word === 'settled', () => farthest(gradientOf(run)) < MUCH * (1 + SLACK)),
  },
  {
    name: 'a word about the signal is borne out by the layer that it names',
    holds: (run) => implies(SIGNALS.includes(run.verdict.word), () => bearsOut(run, signalOf(run))),
  },
  {
    name: 'a word about the gradient is borne out by the layer that it names',
    holds: (run) => implies(GRADIENTS.includes(run.verdict.word), () => bearsOut(run, gradientOf(run))),
  },
  {
    name: 'a signal 100 times off is the word, unless the network is broken or raw inputs saturate it',
    holds: (run) =>
      implies(farthest(signalOf(run)) >= MUCH * (1 + SLACK) && !isFatal(run) && !isSwamped(run), () =>
        ['vanishing', 'exploding'].includes(run.verdict.word),
      ),
  },
  {
    name: 'a gradient 100 times off is named, unless the network is broken',
    holds: (run) =>
      implies(farthest(gradientOf(run)) >= MUCH * (1 + SLACK) && !isFatal(run), () =>
        namesOf(run).some((name) => ['gradients-vanish', 'gradients-explode'].includes(name)),
      ),
  },
  {
    name: 'a name of the signal says a change by 3 or more somewhere, a severe one by 100',
    holds: (run) =>
      namesOf(run)
        .filter((name) => SIGNALS.includes(name))
        .every((name) => farthest(signalOf(run)) >= (SEVERE.includes(name) ? MUCH : SOME) * (1 - SLACK)),
  },
  {
    name: 'a name of the gradient says a change by 3 or more somewhere, a severe one by 100',
    holds: (run) =>
      namesOf(run)
        .filter((name) => GRADIENTS.includes(name))
        .every((name) => farthest(gradientOf(run)) >= (SEVERE.includes(name) ? MUCH : SOME) * (1 - SLACK)),
  },
  {
    name: 'an activation that never gives more than 1 makes no signal grow, unless the input is small',
    holds: (run) =>
      implies(BOUNDED.includes(run.layers[0].activation) && run.input.rms > 1 / SOME, () =>
        namesOf(run).every((name) => !['growing', 'exploding'].includes(name)),
      ),
  },
];

/** @type {Implication[]} */
export const MEASURES = [
  {
    name: 'loss, saturated, dead, alike and input are only said where they are measured',
    holds: (run) => {
      const levels = levelsOf(run);
      return namesOf(run).every((name) => !(name in levels) || levels[name] > 0);
    },
  },
  {
    name: 'nine tenths saturated, three quarters dead, inputs all alike, or twice the loss of guessing is not kept',
    holds: (run) => implies(CALM.includes(run.verdict.word), () => SHARES.every((name) => raisedOf(run)[name] < 2)),
  },
  {
    name: 'what is measured is left out only for two cautions that are as bad or worse',
    holds: (run) => {
      const { cautions } = run.verdict;
      const names = namesOf(run);
      const asBad = (/** @type {number} */ level) =>
        cautions.length === 2 && cautions.every((name) => levelOfName(name, levelsOf(run)) >= level);
      return (
        isFatal(run) ||
        Object.entries(raisedOf(run)).every(([name, level]) => level === 0 || names.includes(name) || asBad(level))
      );
    },
  },
  {
    name: 'a signal over 10 times off is named, unless raw inputs saturate it or two cautions are worse',
    holds: (run) =>
      implies(
        farthest(signalOf(run)) > EXCUSED * (1 + SLACK) && !isFatal(run) && !isSwamped(run),
        () => namesOf(run).some((name) => SIGNALS.includes(name) || name === 'settled') || isFull(run),
      ),
  },
  {
    name: 'a gradient over 10 times off is named, unless two cautions are worse',
    holds: (run) =>
      implies(
        farthest(gradientOf(run)) > EXCUSED * (1 + SLACK) && !isFatal(run),
        () => namesOf(run).some((name) => GRADIENTS.includes(name)) || isFull(run),
      ),
  },
  {
    name: 'a loss of twice that of guessing is named, unless the network is broken',
    holds: (run) => implies(lossOf(run) >= 2 && !isFatal(run), () => namesOf(run).includes('loss')),
  },
  {
    name: 'a network in which nothing is off is kept or settled, without a caution',
    holds: (run) => {
      const levels = Object.values(raisedOf(run));
      const far = max(farthest(signalOf(run)), farthest(gradientOf(run)));
      const fine = far < SOME * (1 - SLACK) && max(...levels) === 0 && !bodyOf(run).some(isSymmetric);
      return implies(fine, () => CALM.includes(run.verdict.word) && run.verdict.cautions.length === 0);
    },
  },
  {
    name: 'chance is only said where signal or gradient is off by 3 or more',
    holds: (run) =>
      implies(
        run.verdict.cautions.includes('chance'),
        () => max(farthest(signalOf(run)), farthest(gradientOf(run))) >= SOME * (1 - SLACK),
      ),
  },
  {
    name: 'the words saturated and dead name the layer where it is worst',
    holds: (run) => {
      const { word, layer } = run.verdict;
      const share = run.layers[Number(layer) - 1]?.activations;
      if (word === 'saturated') return share?.saturated === saturatedOf(run);
      return word !== 'dead' || share?.dead === deadOf(run);
    },
  },
];
