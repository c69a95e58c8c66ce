/**
 * trained-lessons.js: trains the networks of a state as the page does, and gives what a lesson's checks take.
 *
 * It has no claims: these are in web/lessons/topic-training.js.
 */
import { makeData } from '../../web/data/data.js';
import { lsuv } from '../../web/engine/lsuv.js';
import { parseStack, replaceLayer } from '../../web/engine/stack.js';
import { specOf } from '../../web/state/networks.js';
import { useReader } from '../../web/state/stacks.js';
import { LETTERS } from '../../web/state/state.js';
import {
  keyOf,
  networksOf,
  optionsOf as optionsOfPoint,
  order,
  SPEC,
} from '../../web/training/coordinates/coordinates-plan.js';
import { createCurves } from '../../web/training/learning-curves.js';
import { parseSettings } from '../../web/training/settings.js';
import { dataFor, optionsOf, trainedSpec } from '../../web/training/trained-spec.js';

useReader({ parseStack, replaceLayer });

/** Steps between two evaluations. */
const EVERY = 100;

/**
 * Begins the training of one network.
 * @param {any} engine
 * @param {import('../../web/state/state.js').State} state
 * @param {'A' | 'B'} letter
 */
export function beginTraining(engine, state, letter) {
  const { settings } = parseSettings(state.train);
  const asked = trainedSpec(specOf, state, letter, settings.data);
  const { labels, pixels } = settings;
  const made = makeData(/** @type {string} */ (dataFor(asked, settings.data)), { seed: state.seed, labels, pixels });
  const width = made.inputs.length / made.labels.length;
  const first = made.inputs.slice(0, width * (asked.batch ?? 1));
  const tuned = state[`tune${letter}`] === 'lsuv' ? lsuv(engine, { ...asked, input: first }).spec : asked;
  const { input, ...spec } = /** @type {any} */ (tuned);
  return engine.training(spec, optionsOf(settings, made));
}

/** @param {any} engine @param {any} state @param {'A' | 'B'} letter @param {number} steps */
function train(engine, state, letter, steps) {
  const training = beginTraining(engine, state, letter);
  const curves = createCurves();
  let layers;
  for (let step = 1; step <= steps; step++) {
    ({ layers } = training.step(step === steps));
    if (step % EVERY !== 0) continue;
    const { loss, accuracy } = training.evaluate('train');
    curves.add(new Float64Array(), Float64Array.of(step, loss, accuracy, Number.NaN, Number.NaN));
  }
  training.end();
  return { curves, layers };
}

/** Widths up to which coordinates are checked: lessons measure no wider network. */
const WIDEST = 1024;

/** The networks of the coordinate check, as far as a lesson measures them. @param {any} engine @param {number} seed */
function checkedNetworks(engine, seed) {
  const data = makeData('digits', {});
  const points = order().filter(({ width }) => width <= WIDEST);
  const spec = { ...SPEC, seed };
  return networksOf(
    new Map(
      points.map((point) => [
        keyOf(point),
        [...engine.coordinates(spec, { ...optionsOfPoint(point, data), steps: 1 })],
      ]),
    ),
  );
}

/**
 * Both networks of a state, trained.
 * @param {any} engine
 * @param {any} state
 * @param {number | 'coordinates'} steps
 * @returns {any} Networks of web/lessons/lessons.js
 */
export const trainedNetworks = (engine, state, steps) =>
  steps === 'coordinates'
    ? checkedNetworks(engine, state.seed)
    : Object.fromEntries(LETTERS.map((letter) => [letter, train(engine, state, letter, steps)]));
