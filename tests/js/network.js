/**
 * network.js: a network and its loss in plain double precision, forward and backward by the chain rule. It takes the
 * engine's own weights and input. The engine does not return the biases, g and the labels that it draws; they are read off
 * networks that show them directly. A single layer is in plain.js and plain-pool.js. No sampling and no theory here.
 */
import { convolve, convolveBack, shapesOf, weightGradients } from './plain.js';
import { block, blockBack, isBlock } from './plain-blocks.js';
import { pool, poolBack } from './plain-pool.js';
import { phiOf, slopeOf } from './reference.js';

/**
 * @typedef {{ shapes: import('./plain.js').Shape[], activations: string[], weights: Float64Array[],
 *   biases: Float64Array[], input: Float64Array, lossOf: (a: Float64Array) => Loss }} Net
 * @typedef {{ total: number, size: number, gradient: Float64Array }} Loss total over the batch, the sum of the absolute
 *   values of its terms, and its gradient with respect to the last activations
 */

/** The network of a spec. A layer's own activation overrides the spec's. @param {any} engine @param {any} spec
 * @returns {Net} */
export function netOf(engine, spec) {
  const depth = spec.layers.length;
  const numbers = spec.layers.map((/** @type {any} */ _, /** @type {number} */ i) => i + 1);
  const shapes = shapesOf(spec.layers);
  const withoutWeights = { ...spec, scheme: 'zeros', gain: 1 }; /* its z are the biases */
  const linearEnd = spec.layers.map((/** @type {any} */ layer, /** @type {number} */ i) =>
    i === depth - 1 && (!shapes[i].pooling || /norm$|^add$/.test(layer.kind))
      ? { ...layer, activation: 'linear' }
      : layer,
  );
  /* dL/dz_L = dL/da_L in this network. It is g, or the softmax minus 1 at the label, the only negative entry. */
  const end = Float64Array.from(engine.tensor({ ...spec, layers: linearEnd }, 'deltas', depth));
  return {
    shapes,
    activations: spec.layers.map((/** @type {any} */ layer, /** @type {number} */ i) =>
      shapes[i].pooling ? (layer.activation ?? 'linear') : (layer.activation ?? spec.activation),
    ),
    weights: numbers.map((/** @type {number} */ l) => Float64Array.from(engine.tensor(spec, 'weights', l))),
    biases: numbers.map((/** @type {number} */ l) => {
      if (shapes[l - 1].pooling) return new Float64Array(1);
      const rows = engine.tensor(withoutWeights, 'preactivations', l);
      return Float64Array.from(rows.subarray(0, shapes[l - 1].channelsOut));
    }),
    input: Float64Array.from(engine.tensor(spec, 'input')),
    lossOf:
      spec.loss === 'cross-entropy'
        ? (a) =>
            crossEntropy(
              a,
              shapes[depth - 1].channelsOut,
              end.map((v) => Number(v < 0)),
            )
        : (a) => randomLoss(a, end),
  };
}

/** @param {Float64Array} a @param {Float64Array} g @returns {Loss} */
export function randomLoss(a, g) {
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

/** a_l from z_l. @param {Net} net @param {number} l @param {Float64Array} z */
const activate = ({ activations }, l, z) => z.map(phiOf(activations[l - 1]));

/** a_l, or the input. @param {Net} net @param {number} l @param {Float64Array[]} zs z_1 to z_l */
const outputOf = (net, l, zs) => (l === 0 ? net.input : activate(net, l, zs[l - 1]));

/** The layer that is the stream of a sum. @param {Net} net @param {number} l */
const streamOf = ({ shapes }, l) => l - 1 - shapes[l - 1].block.over;

/** z_l from the layers before. @param {Net} net @param {number} l @param {Float64Array[]} zs z_1 to z_{l-1} */
function affine(net, l, zs) {
  const { shapes, weights, biases } = net;
  const bias = biases[l - 1];
  const a = outputOf(net, l - 1, zs);
  if (isBlock(shapes[l - 1])) {
    const stream = shapes[l - 1].pooling === 'add' ? outputOf(net, streamOf(net, l), zs) : a;
    return block(shapes[l - 1], a, stream);
  }
  if (shapes[l - 1].pooling) return pool(shapes[l - 1], a);
  return convolve(shapes[l - 1], a, weights[l - 1]).map((v, i) => v + bias[i % bias.length]);
}

/** z_1 to z_L, with a changed z_l. @param {Net} net @param {number} [from] the layer l
 * @param {Float64Array} [changed] */
export function forward(net, from = 0, changed = net.input) {
  /** @type {Float64Array[]} */
  const zs = [];
  for (let l = 1; l <= net.weights.length; l++) zs.push(l === from ? changed : affine(net, l, zs));
  return zs;
}

/** @param {Net} net @param {Float64Array[]} zs */
export const lossAt = (net, zs) => net.lossOf(activate(net, net.weights.length, zs[zs.length - 1]));

/** The chain rule, layer by layer. @param {Net} net */
export function backward(net) {
  const { shapes, activations, weights, input } = net;
  const zs = forward(net);
  const loss = lossAt(net, zs);
  /** @type {{ preactivations: Float64Array, activations: Float64Array, deltas: Float64Array,
   *   weightGradients: Float64Array }[]} */
  const layers = [];
  /** dL/da_l, as far as it has come. @type {Float64Array[]} */
  const upstreams = [input, ...zs].map((values) => new Float64Array(values.length));
  /** @param {number} l @param {Float64Array} gradient */
  const add = (l, gradient) =>
    gradient.forEach((v, i) => {
      upstreams[l][i] += v;
    });
  add(weights.length, loss.gradient);
  for (let l = weights.length; l >= 1; l--) {
    const [shape, z] = [shapes[l - 1], zs[l - 1]];
    const slope = slopeOf(activations[l - 1]);
    const below = outputOf(net, l - 1, zs);
    const deltas = z.map((v, i) => slope(v) * upstreams[l][i]);
    layers[l - 1] = {
      preactivations: z,
      activations: activate(net, l, z),
      deltas,
      weightGradients: shape.pooling ? new Float64Array(0) : weightGradients(shape, below, deltas),
    };
    if (isBlock(shape)) {
      const back = blockBack(shape, below, deltas);
      add(l - 1, back.below);
      if (shape.pooling === 'add') add(streamOf(net, l), back.stream);
    } else add(l - 1, shape.pooling ? poolBack(shape, below, deltas) : convolveBack(shape, deltas, weights[l - 1]));
  }
  return { loss, layers };
}
