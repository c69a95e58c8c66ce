/*
 * implied-words.js: the words that a verdict may use, and what must hold of them: which go together, in what order, what
 * cause fits which word, and what a cause says of the network. A part of implications.js.
 *
 * The ranges of signal and gradient, and the measures, are in implied-measures.js.
 */

import { biasShareOf, bodyOf, depthsOf, levelsOf, SLACK, signalOf } from './measured.js';

/**
 * @typedef {import('./measured.js').Run} Run
 * @typedef {{ name: string, holds: (run: Run) => boolean }} Implication
 */

const { abs, log, max } = Math;

export const SIGNALS = ['fading', 'growing', 'vanishing', 'exploding'];
export const GRADIENTS = ['gradients-fade', 'gradients-grow', 'gradients-vanish', 'gradients-explode'];
export const SEVERE = ['vanishing', 'exploding', 'gradients-vanish', 'gradients-explode'];
export const SHRINKING = ['fading', 'vanishing', 'gradients-fade', 'gradients-vanish'];
export const GROWING = ['growing', 'exploding', 'gradients-grow', 'gradients-explode'];
export const SHARES = ['saturated', 'dead', 'alike', 'loss'];
export const FATAL = ['overflow', 'zero', 'symmetric'];
export const CALM = ['kept', 'settled'];
const WORDS = [...CALM, ...FATAL, ...SIGNALS, ...GRADIENTS, ...SHARES];
const CAUTIONS = [...SIGNALS, ...GRADIENTS, ...SHARES, 'input', 'chance'];

/** The order of cautions that are as bad. */
const ORDER = ['loss', 'gradient', 'signal', 'saturated', 'alike', 'dead', 'input', 'chance'];

/** The causes that a word may have. @type {Record<string, string[]>} */
const CAUSES = {
  kept: ['none'],
  settled: ['none'],
  overflow: ['large', 'mistake'],
  zero: ['zero-weights', 'width', 'input'],
  symmetric: ['zero-weights', 'equal-weights'],
  fading: ['zero-weights', 'mistake', 'width', 'input', 'critical', 'small'],
  vanishing: ['zero-weights', 'mistake', 'width', 'input', 'critical', 'small'],
  growing: ['mistake', 'width', 'input', 'large'],
  exploding: ['mistake', 'width', 'input', 'large'],
  'gradients-fade': ['mistake', 'width', 'input', 'bias', 'activation', 'small'],
  'gradients-vanish': ['zero-weights', 'mistake', 'width', 'input', 'bias', 'activation', 'small'],
  'gradients-grow': ['mistake', 'width', 'input', 'large'],
  'gradients-explode': ['mistake', 'width', 'input', 'large'],
  loss: ['mistake', 'input', 'head'],
  saturated: ['mistake', 'input', 'large'],
  dead: ['mistake', 'width', 'activation'],
  alike: ['mistake', 'bias', 'depth'],
};

/** phi'(0) of the activations whose signal can fall ever more slowly, with 0 as its only limit.
 * @type {Record<string, number>} */
const SLOPE_AT_0 = { tanh: 1, sin: 1, hardtanh: 1, softsign: 1, elu: 1, gelu: 0.5, silu: 0.5, mish: 0.6 };

/** @param {Run} run */
export const namesOf = ({ verdict }) => [verdict.word, ...verdict.cautions];

/** The level that a name stands for; 0 for chance. @param {string} name @param {Record<string, number>} levels */
export const levelOfName = (name, levels) =>
  SEVERE.includes(name) ? 2 : SIGNALS.includes(name) || GRADIENTS.includes(name) ? 1 : (levels[name] ?? 0);

/** @param {string} name of a caution */
const placeOf = (name) =>
  ORDER.indexOf(GRADIENTS.includes(name) ? 'gradient' : SIGNALS.includes(name) ? 'signal' : name);

/** `then`, unless the condition is false. @param {boolean} condition @param {() => boolean} then */
export const implies = (condition, then) => !condition || then();

/** @type {Implication[]} */
export const SHAPE = [
  { name: 'the word is one of the words', holds: ({ verdict }) => WORDS.includes(verdict.word) },
  { name: 'there are at most two cautions', holds: ({ verdict }) => verdict.cautions.length <= 2 },
  {
    name: 'each caution is one of the cautions',
    holds: ({ verdict }) => verdict.cautions.every((caution) => CAUTIONS.includes(caution)),
  },
  { name: 'nothing is said twice', holds: (run) => new Set(namesOf(run)).size === namesOf(run).length },
  {
    name: 'the signal has at most one name',
    holds: (run) => namesOf(run).filter((name) => SIGNALS.includes(name)).length <= 1,
  },
  {
    name: 'the gradient has at most one name',
    holds: (run) => namesOf(run).filter((name) => GRADIENTS.includes(name)).length <= 1,
  },
  {
    name: 'the worse caution comes first, and of two that are as bad the one that is earlier in the list',
    holds: (run) => {
      const levels = levelsOf(run);
      const ranks = run.verdict.cautions.map((name) => ORDER.length * levelOfName(name, levels) - placeOf(name));
      return ranks.every((rank, i) => i === 0 || rank < ranks[i - 1]);
    },
  },
  { name: 'the cause fits the word', holds: ({ verdict }) => CAUSES[verdict.word]?.includes(verdict.cause) },
  {
    name: 'the layer, if any, is one of the network',
    holds: ({ verdict: { layer }, layers }) =>
      layer === undefined || layer === null || (Number.isInteger(layer) && layer >= 1 && layer <= layers.length),
  },
  {
    name: 'a network that is kept or settled has no layer to blame',
    holds: ({ verdict: { word, layer } }) => implies(CALM.includes(word), () => layer === undefined || layer === null),
  },
];

/** @type {Implication[]} */
export const NUMBERS = [
  { name: 'the depth is that of the layers below the head', holds: (run) => depthsOf(run).includes(run.verdict.depth) },
  {
    name: 'what is left is the last rms by that of the input',
    holds: (run) => {
      const left = signalOf(run)[run.verdict.depth - 1];
      return !Number.isFinite(left) || abs(run.verdict.left - left) <= SLACK * left;
    },
  },
  {
    name: 'the factor, to the power of the depth, is what is left',
    holds: ({ verdict: { factor, left, depth } }) =>
      !Number.isFinite(left) ||
      (left === 0 ? factor === 0 : abs(depth * log(factor) - log(left)) <= SLACK * max(1, abs(log(left)))),
  },
];

/** @type {Implication[]} */
export const REASONS = [
  {
    name: 'the cause zero-weights: some layer has weights that are all 0',
    holds: ({ verdict, layers }) =>
      implies(verdict.cause === 'zero-weights', () => layers.some(({ weights }) => weights.rms === 0)),
  },
  {
    name: 'gradients stopped by weights of 0 have that cause',
    holds: (run) =>
      implies(run.verdict.word === 'gradients-vanish', () => {
        const above = run.layers[Number(run.verdict.layer)];
        return implies(above?.weights.rms === 0, () => run.verdict.cause === 'zero-weights');
      }),
  },
  {
    name: 'the cause mistake: fans are counted otherwise, or the variance is taken as std',
    holds: ({ verdict, spec }) =>
      implies(verdict.cause === 'mistake', () => (spec.fans ?? 'true') !== 'true' || spec.varianceAsStd === true),
  },
  {
    name: 'the cause input: the rms of the input is 0, over 10, or below 0.1 where the signal or the gradient grows',
    holds: ({ verdict: { word, cause }, input }) =>
      implies(
        cause === 'input',
        () => (word === 'zero' && input.rms === 0) || input.rms > 10 || (GROWING.includes(word) && input.rms < 0.1),
      ),
  },
  {
    name: 'the cause bias: biases give about half of the mean square of the last layer, or more',
    holds: (run) => implies(run.verdict.cause === 'bias', () => biasShareOf(run) > 1 / 3),
  },
  {
    name: 'the cause critical: no biases, and weights at which the slope at 0 is 1',
    holds: (run) =>
      implies(run.verdict.cause === 'critical', () =>
        bodyOf(run).some(({ activation, trueFanIn, std, biasStd }) => {
          const gain = trueFanIn * std ** 2 * (SLOPE_AT_0[activation] ?? 0) ** 2;
          return biasStd === 0 && abs(gain - 1) < 0.02;
        }),
      ),
  },
  {
    name: 'the cause width: a layer of zeros, or what is off by more than 3 is called chance where there is room',
    holds: ({ verdict: { word, cause, cautions } }) =>
      implies(cause === 'width' && word !== 'zero' && word !== 'dead', () =>
        cautions.length === 2 ? true : cautions.includes('chance'),
      ),
  },
];
