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
 * The spec with a gain for each layer, and how often each layer's output was looked at. A layer whose preactivations
 * are all equal, or not finite, is left as it is.
 * @param {import('./engine.js').Engine} engine
 * @param {import('./spec.js').Spec} spec
 * @param {number} [tolerance]
 * @returns {{ spec: import('./spec.js').Spec, tries: number[] }}
 */
export function lsuv(engine, spec, tolerance = TOLERANCE) {
  const layers = spec.layers.map((layer) => ({ ...layer }));
  const tries = layers.map((layer, i) => {
    for (let tried = 1; ; tried++) {
      const { gain, preactivations } = measure(engine, { ...spec, layers, backward: false }, i + 1);
      const variance = preactivations.std ** 2;
      layer.gain = gain;
      const done = Math.abs(variance - 1) < tolerance || tried > MOST_TRIES;
      if (done || !(variance > 0 && variance < Infinity)) return tried;
      layer.gain = gain / preactivations.std;
    }
  });
  return { spec: { ...spec, layers }, tries };
}

/**
 * A layer's own result, without those above it.
 * @param {import('./engine.js').Engine} engine
 * @param {import('./spec.js').Spec} spec
 * @param {number} layer
 * @returns {import('./engine.js').LayerResult}
 */
function measure(engine, spec, layer) {
  for (const step of engine.steps(spec)) if (step.layer === layer) return step;
  throw new Error(`no layer ${layer}`);
}
