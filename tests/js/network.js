/**
 * network.js: a network and its loss in plain double precision, forward and back by the chain rule, from the engine's own
 * weights and input. What else the engine draws it does not hand out: biases, g and labels are read off networks in
 * which nothing hides them. No sampling and no theory here.
 */
import { multiply, PHI, SLOPE, transpose } from './reference.js';

/**
 * @typedef {{ weights: Float64Array[], biases: Float64Array[], input: Float64Array, inputs: number, batch: number,
 *   phi: (z: number) => number, slope: (z: number) => number, lossOf: (a: Float64Array) => Loss }} Net
 * @typedef {{ total: number, size: number, gradient: Float64Array }} Loss total over the batch, the sum of the sizes of
 *   its terms, and its gradient by the last activations
 */

/** The net that a spec without overrides describes. @param {any} engine @param {any} spec @returns {Net} */
export function netOf(engine, spec) {
  const depth = spec.layers.length;
  const numbers = spec.layers.map((/** @type {any} */ _, /** @type {number} */ i) => i + 1);
  const withoutWeights = { ...spec, scheme: 'zeros', gain: 1 }; /* its z are the biases */
  const linearEnd = spec.layers.map((/** @type {any} */ layer, /** @type {number} */ i) =>
    i === depth - 1 ? { ...layer, activation: 'linear' } : layer,
  );
  /* dL/dz_L = dL/da_L there: g, or softmax less one at the label, its only negative place */
  const end = Float64Array.from(engine.tensor({ ...spec, layers: linearEnd }, 'deltas', depth));
  const classes = spec.layers[depth - 1].units;
  return {
    weights: numbers.map((/** @type {number} */ l) => Float64Array.from(engine.tensor(spec, 'weights', l))),
    biases: numbers.map((/** @type {number} */ l) => {
      const rows = engine.tensor(withoutWeights, 'preactivations', l);
      return Float64Array.from(rows.subarray(0, spec.layers[l - 1].units));
    }),
    input: Float64Array.from(engine.tensor(spec, 'input')),
    inputs: spec.layers[0].inputs,
    batch: spec.batch,
    phi: PHI[spec.activation],
    slope: SLOPE[spec.activation],
    lossOf:
      spec.loss === 'random'
        ? (a) => randomLoss(a, end)
        : (a) =>
            crossEntropy(
              a,
              classes,
              end.map((v) => Number(v < 0)),
            ),
  };
}

/** @param {Float64Array} a @param {Float64Array} g @returns {Loss} */
function randomLoss(a, g) {
  const terms = a.map((v, i) => v * g[i]);
  return {
    total: terms.reduce((sum, v) => sum + v, 0),
    size: terms.reduce((sum, v) => sum + Math.abs(v), 0),
    gradient: g,
  };
}

/** @param {Float64Array} a @param {number} classes @param {Float64Array} onehot @returns {Loss} */
function crossEntropy(a, classes, onehot) {
  const gradient = new Float64Array(a.length);
  let total = 0;
  for (let row = 0; row < a.length; row += classes) {
    const logits = a.subarray(row, row + classes);
    const max = Math.max(...logits);
    const logSum = max + Math.log(logits.reduce((sum, v) => sum + Math.exp(v - max), 0));
    for (let c = 0; c < classes; c++) {
      gradient[row + c] = Math.exp(logits[c] - logSum) - onehot[row + c];
      total += onehot[row + c] * (logSum - logits[c]);
    }
  }
  return { total, size: total, gradient };
}

/** z_l from a_{l-1}. @param {Net} net @param {number} l @param {Float64Array} a */
function affine({ weights, biases, inputs }, l, a) {
  const units = biases[l - 1].length;
  const fanIn = l === 1 ? inputs : biases[l - 2].length;
  return multiply(a, weights[l - 1], fanIn).map((v, i) => v + biases[l - 1][i % units]);
}

/** z_1 to z_L; or, from a changed z_l on, z_l to z_L. @param {Net} net @param {number} [from] @param {Float64Array} [z] */
export function forward(net, from = 1, z = affine(net, 1, net.input)) {
  const zs = [z];
  for (let l = from + 1; l <= net.weights.length; l++) zs.push(affine(net, l, zs[zs.length - 1].map(net.phi)));
  return zs;
}

/** @param {Net} net @param {Float64Array[]} zs */
export const lossAt = (net, zs) => net.lossOf(zs[zs.length - 1].map(net.phi));

/** The chain rule, layer by layer. @param {Net} net */
export function backward(net) {
  const { weights, biases, input, inputs, batch, phi, slope } = net;
  const zs = forward(net);
  const loss = lossAt(net, zs);
  /** @type {{ deltas: Float64Array, weightGradients: Float64Array }[]} */
  const layers = [];
  let upstream = loss.gradient; /* dL/da_l */
  for (let l = weights.length; l >= 1; l--) {
    const below = l === 1 ? input : zs[l - 2].map(phi);
    const deltas = zs[l - 1].map((z, i) => slope(z) * upstream[i]);
    const weightGradients = multiply(transpose(below, l === 1 ? inputs : biases[l - 2].length), deltas, batch);
    layers[l - 1] = { deltas, weightGradients };
    const units = biases[l - 1].length;
    upstream = multiply(deltas, transpose(weights[l - 1], units), units);
  }
  return { loss, layers };
}
