/**
 * lsuv.js: layer-sequential unit variance (Mishkin & Matas 2015, algorithm 1): from the first layer to the last, divide
 * a layer's weights by the std of its own preactivations, on one batch, until their variance is 1. Here weights are
 * divided by their gain, which is all that changes; the paper begins with orthogonal ones. It trains nothing and draws
 * nothing.
 */

/** The paper's: how near to 1 a variance must be, and how often a layer is tried. */
const TOLERANCE = 0.1;
const MOST_TRIES = 10;

/**
 * What LSUV comes to: the gain that each layer is given, and how often its output was looked at.
 * @typedef {{ gains: number[], tries: number[] }} Tuned
 *
 * @typedef {import('./engine.js').Engine} Engine
 * @typedef {import('./spec.js').Spec} Spec
 */

/**
 * Finds the gains, and yields after each part of a layer that it passes, so that the caller may stop early. A layer
 * whose preactivations are all equal, not finite, or so small that no gain which may be set makes up for it, is left as
 * it is.
 * @param {Engine} engine
 * @param {Spec} spec
 * @param {number} [tolerance]
 * @returns {Generator<void, Tuned, void>}
 */
export function* tune(engine, spec, tolerance = TOLERANCE) {
  const gains = /** @type {number[]} */ ([]);
  const tries = /** @type {number[]} */ ([]);
  const runs = engine.series(); // without backward in the spec each try begins at the first layer
  try {
    for (let i = 0; i < spec.layers.length; i++) {
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

/** A spec of which the first layers have these gains. @param {Spec} spec @param {number[]} gains @returns {Spec} */
export const withGains = (spec, gains) => ({
  ...spec,
  layers: spec.layers.map((layer, i) => (i < gains.length ? { ...layer, gain: gains[i] } : layer)),
});

/**
 * The spec with the gains that are found, and how often each layer's output was looked at.
 * @param {Engine} engine
 * @param {Spec} spec
 * @param {number} [tolerance]
 * @returns {{ spec: Spec, tries: number[] }}
 */
export function lsuv(engine, spec, tolerance) {
  const finding = tune(engine, spec, tolerance);
  for (;;) {
    const { done, value } = finding.next();
    if (done) return { spec: withGains(spec, value.gains), tries: value.tries };
  }
}

/**
 * A layer's own result, without those above it.
 * @param {ReturnType<Engine['series']>} runs
 * @param {Spec} spec
 * @param {number} layer
 * @returns {Generator<void, import('./engine.js').LayerResult, void>}
 */
function* measure(runs, spec, layer) {
  const layers = spec.layers.map((of) => ({ ...of, observe: ['preactivations'] }));
  for (const step of runs.steps({ ...spec, layers }, true)) {
    if (typeof step !== 'number' && 'activations' in step && step.layer === layer) return step;
    yield;
  }
  throw new Error(`no layer ${layer}`);
}
