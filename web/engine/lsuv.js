/**
 * lsuv.js: layer-sequential unit variance (LSUV; Mishkin & Matas 2015, algorithm 1). It takes one batch and goes from
 * the first layer to the last. It divides a layer's weights by the std of the layer's preactivations until their
 * variance is 1.
 *
 * Here the gain is divided, which scales the weights; nothing else changes. The paper starts from orthogonal weights,
 * this from any scheme. It trains nothing and draws nothing.
 */

import { requireOneOf } from './check.js';
import { hasWeights, KIND_NAMES } from './kinds.js';
import { refuse } from './refusal.js';
import { finish } from './tensors.js';

/** Both from the paper: largest |variance - 1|, and how often a layer is rescaled. */
const TOLERANCE = 0.1;
const MOST_TRIES = 10;

/**
 * The gain that LSUV finds for each layer, and how often the layer's output was measured. A layer without weights has a
 * gain of 1, measured 0 times.
 * @typedef {{ gains: number[], tries: number[] }} Tuned
 *
 * @typedef {import('./engine.js').Engine} Engine
 * @typedef {import('./spec.js').Spec} Spec
 * @typedef {import('./spec.js').LineSpec} LineSpec
 */

/**
 * Finds the gains. Yields after each part of a layer, so that the caller may stop early. A layer stays as it is where
 * its preactivations are all equal or not finite, or where it would need a gain above the limit.
 * @param {Engine} engine
 * @param {Spec | LineSpec} given
 * @param {number} [tolerance] largest |variance - 1|
 * @returns {Generator<void, Tuned, void>} its first next() throws a RefusalError if the spec cannot be run
 */
export function* tune(engine, given, tolerance = TOLERANCE) {
  const spec = engine.check(given);
  const gains = /** @type {number[]} */ ([]);
  const tries = /** @type {number[]} */ ([]);
  const runs = engine.series(); // unless the spec says backward, each try runs from the first layer
  try {
    for (let i = 0; i < spec.layers.length; i++) {
      if (!hasWeights(spec.layers[i])) {
        gains[i] = 1;
        tries[i] = 0;
        continue;
      }
      for (tries[i] = 1; ; tries[i]++) {
        const { gain, preactivations } = yield* measure(runs, withGains(spec, gains), i + 1);
        const variance = preactivations.std ** 2;
        const done = Math.abs(variance - 1) < tolerance || tries[i] > MOST_TRIES;
        gains[i] = gain;
        const next = gain / preactivations.std;
        if (done || !(variance > 0 && next > 0 && next <= engine.limits.scale)) break;
        gains[i] = next;
      }
    }
  } finally {
    runs.end();
  }
  return { gains, tries };
}

/**
 * The spec with these gains for its first layers.
 * @param {Spec} spec its layers are an array: engine.check makes one of a line
 * @param {number[]} gains
 * @returns {Spec}
 * @throws {import('./refusal.js').RefusalError} if the layers are no array, or the kind of such a layer is unknown
 */
export function withGains(spec, gains) {
  if (!Array.isArray(spec?.layers)) refuse('wrongType', 'layers', spec?.layers, 'array');
  const layers = spec.layers.map((layer, i) => {
    if (i >= gains.length) return layer;
    requireOneOf(`layers[${i}].kind`, layer?.kind, KIND_NAMES);
    return hasWeights(layer) ? /** @type {typeof layer} */ ({ ...layer, gain: gains[i] }) : layer;
  });
  return { ...spec, layers };
}

/**
 * Runs LSUV to the end.
 * @param {Engine} engine
 * @param {Spec | LineSpec} given
 * @param {number} [tolerance] largest |variance - 1|
 * @returns {{ spec: Spec, tries: number[] }} the spec with its new gains; how often each layer's output was measured
 * @throws {import('./refusal.js').RefusalError} if the spec cannot be run
 */
export function lsuv(engine, given, tolerance) {
  const spec = engine.check(given);
  const { gains, tries } = finish(tune(engine, spec, tolerance));
  return { spec: withGains(spec, gains), tries };
}

/**
 * Runs the network up to one layer and returns that layer's result.
 * @param {ReturnType<Engine['series']>} runs
 * @param {Spec} spec
 * @param {number} layer from 1
 * @returns {Generator<void, import('./engine.js').LayerResult, void>}
 */
function* measure(runs, spec, layer) {
  const layers = spec.layers.map((one) => ({ ...one, observe: ['preactivations'] }));
  for (const step of runs.steps({ ...spec, layers }, true)) {
    if (typeof step !== 'number' && 'activations' in step && step.layer === layer) return step;
    yield;
  }
  throw new Error(`no layer ${layer}`);
}
