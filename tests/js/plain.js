/**
 * plain.js: a convolution in plain double precision by seven loops, forward and backward, and the layers of a spec as
 * convolutions. A dense layer is a convolution whose kernel is as large as its image; that image may be the mean of
 * another. A transposed convolution takes each input to the outputs under its kernel. It is slow on purpose, and follows
 * the definition, not the C code. Layers without weights are in plain-pool.js, a whole network in network.js.
 */

/**
 * @typedef {object} Shape of one layer: images are (batch, height, width, channels), weights (kernel height, kernel
 *   width, channelsIn / groups, channelsOut)
 * @property {[height: number, width: number]} image the input
 * @property {number} averaged how many places of the layer before are averaged into one; 1 without pool: 'average'
 * @property {[height: number, width: number]} kernel
 * @property {[top: number, left: number]} before rows and columns of zeros before the image
 * @property {[height: number, width: number]} size of the output image
 * @property {number} stride
 * @property {number} channelsIn
 * @property {number} channelsOut
 * @property {number} groups
 * @property {boolean} transposed
 * @property {string | null} pooling what a layer without weights does: max, average, flatten, add, a norm, gated
 *   units or prelu; null for the others. The kernel is the window
 * @property {any} block the numbers of a norm, of a sum or of prelu, as the layer has them
 * @property {boolean} counted whether zeros around the image count in a mean
 */

/** One side of the output, and the zeros before it. Keras's 'same' splits zeros evenly and puts an odd one after.
 * PyTorch's padding is a number, the same on both sides.
 * @param {number} length @param {number} kernel @param {number} stride @param {string | number} padding */
export function sideOf(length, kernel, stride, padding) {
  if (typeof padding === 'number') {
    return { out: Math.floor((length + 2 * padding - kernel) / stride) + 1, before: padding };
  }
  if (padding === 'valid') return { out: Math.floor((length - kernel) / stride) + 1, before: 0 };
  const out = Math.ceil(length / stride);
  return { out, before: Math.floor(Math.max((out - 1) * stride + kernel - length, 0) / 2) };
}

/** @type {any} */
const FIXED = {
  ...{ averaged: 1, before: [0, 0], size: [1, 1], stride: 1, groups: 1 },
  ...{ transposed: false, pooling: null, counted: false, block: null },
};

/** @param {any} layer @param {Shape} [below] @returns {Shape} */
function shapeOf(layer, below) {
  const from = below?.size ?? layer.size ?? [1, 1];
  const channelsIn = below?.channelsOut ?? layer.channelsIn ?? layer.inputs;
  const shape = { ...FIXED, image: from, kernel: from, channelsIn, channelsOut: channelsIn };
  if (layer.kind === 'dense') {
    const averaged = layer.pool === 'average' ? from[0] * from[1] : 1;
    const image = averaged > 1 ? [1, 1] : from;
    return { ...shape, image, averaged, kernel: image, channelsOut: layer.units };
  }
  if (layer.kind === 'flatten') return { ...shape, pooling: 'flatten', channelsOut: from[0] * from[1] * channelsIn };
  if (/norm$|^add$|glu$|^prelu$/.test(layer.kind)) {
    const channelsOut = layer.kind.endsWith('glu') ? channelsIn / 2 : channelsIn;
    return { ...shape, kernel: [1, 1], size: from, pooling: layer.kind, block: layer, channelsOut };
  }
  if (layer.kind === 'global-average-pool') return { ...shape, pooling: 'average' };
  if (layer.kind === 'transposed-conv') {
    const { kernel, channelsOut, stride = 1, padding = 0, outputPadding = 0, groups = 1 } = layer;
    const size = [0, 1].map((i) => (from[i] - 1) * stride - 2 * padding + kernel[i] + outputPadding);
    return { ...shape, kernel, before: [padding, padding], size, stride, channelsOut, groups, transposed: true };
  }
  const pooling = { 'max-pool': 'max', 'average-pool': 'average' }[/** @type {string} */ (layer.kind)] ?? null;
  const kernel = layer.kernel ?? layer.window;
  const { channelsOut = channelsIn, groups = 1 } = layer;
  const { stride = pooling ? kernel[0] : 1, padding = pooling ? 'valid' : 'same' } = layer;
  const sides = [0, 1].map((i) => sideOf(from[i], kernel[i], stride, padding));
  const [size, before] = [sides.map((s) => s.out), sides.map((s) => s.before)];
  const counted = typeof padding === 'number';
  return { ...shape, kernel, before, size, stride, channelsOut, groups, pooling, counted };
}

/** @param {any[]} layers of a spec @returns {Shape[]} */
export function shapesOf(layers) {
  /** @type {Shape[]} */
  const shapes = [];
  for (const layer of layers) shapes.push(shapeOf(layer, shapes[shapes.length - 1]));
  return shapes;
}

/** @param {Shape} shape */
export const outputsOf = ({ size, channelsOut }) => size[0] * size[1] * channelsOut;
/** @param {Shape} shape */
export const inputsOf = ({ image, averaged, channelsIn }) => image[0] * image[1] * averaged * channelsIn;
/** @param {Shape} shape */
export const weightsOf = ({ kernel, channelsIn, channelsOut, groups, pooling }) =>
  pooling ? 0 : ((kernel[0] * kernel[1] * channelsIn) / groups) * channelsOut;

/**
 * Visits every input under every place of the kernel at every place of the output. The input times each of `count` weights
 * from `weight` on adds to one of `count` outputs from `output` on: the outputs of its group.
 * @param {Shape} shape @param {number} batch
 * @param {(input: number, weight: number, output: number, count: number) => void} visit
 */
function eachTap(shape, batch, visit) {
  const { image, kernel, size, channelsIn, channelsOut, groups } = shape;
  const [depth, count] = [channelsIn / groups, channelsOut / groups];
  for (let b = 0; b < batch; b++) {
    eachPlace(shape, ([row, col], [u, v], [y, x]) => {
      for (let c = 0; c < channelsIn; c++) {
        const first = Math.floor(c / depth) * count; /* output of the group that reads c */
        const input = ((b * image[0] + row) * image[1] + col) * channelsIn + c;
        const weight = ((u * kernel[1] + v) * depth + (c % depth)) * channelsOut + first;
        visit(input, weight, ((b * size[0] + y) * size[1] + x) * channelsOut + first, count);
      }
    });
  }
}

/** @typedef {[y: number, x: number]} Place */

/** Visits every place of the image under every place of the kernel at every place of the output. A transposed convolution
 * lays its kernel over the output, around each place of the image, and what lies outside is cut off.
 * @param {Shape} shape @param {(input: Place, tap: Place, output: Place) => void} visit */
export function eachPlace({ image, kernel, before, size, stride, transposed }, visit) {
  const [over, under] = transposed ? [image, size] : [size, image];
  for (let y = 0; y < over[0]; y++) {
    for (let x = 0; x < over[1]; x++) {
      for (let u = 0; u < kernel[0]; u++) {
        for (let v = 0; v < kernel[1]; v++) {
          const [row, col] = [y * stride + u - before[0], x * stride + v - before[1]];
          if (row < 0 || row >= under[0] || col < 0 || col >= under[1]) continue;
          if (transposed) visit([y, x], [u, v], [row, col]);
          else visit([row, col], [u, v], [y, x]);
        }
      }
    }
  }
}

/** The image that the kernel sees: the mean over all places, or a itself. @param {Shape} shape @param {Float64Array} a */
export function pooled({ averaged, channelsIn }, a) {
  if (averaged === 1) return a;
  const mean = new Float64Array(a.length / averaged);
  a.forEach((v, i) => {
    const row = Math.floor(i / (averaged * channelsIn));
    mean[row * channelsIn + (i % channelsIn)] += v / averaged;
  });
  return mean;
}

/** z of a layer without its biases. @param {Shape} shape @param {Float64Array} a @param {Float64Array} weights */
export function convolve(shape, a, weights) {
  const batch = a.length / inputsOf(shape);
  const seen = pooled(shape, a);
  const z = new Float64Array(batch * outputsOf(shape));
  eachTap(shape, batch, (input, weight, output, count) => {
    for (let o = 0; o < count; o++) z[output + o] += seen[input] * weights[weight + o];
  });
  return z;
}

/** dL/da of the layer's input. @param {Shape} shape @param {Float64Array} deltas @param {Float64Array} weights */
export function convolveBack(shape, deltas, weights) {
  const { averaged, channelsIn } = shape;
  const batch = deltas.length / outputsOf(shape);
  const inputs = batch * inputsOf(shape);
  const seen = new Float64Array(inputs / averaged);
  eachTap(shape, batch, (input, weight, output, count) => {
    for (let o = 0; o < count; o++) seen[input] += deltas[output + o] * weights[weight + o];
  });
  if (averaged === 1) return seen;
  return Float64Array.from({ length: inputs }, (_, i) => {
    const row = Math.floor(i / (averaged * channelsIn));
    return seen[row * channelsIn + (i % channelsIn)] / averaged;
  });
}

/** dL/dW, from dL/dz and the layer's input. @param {Shape} shape @param {Float64Array} a @param {Float64Array} deltas */
export function weightGradients(shape, a, deltas) {
  const seen = pooled(shape, a);
  const gradients = new Float64Array(weightsOf(shape));
  eachTap(shape, deltas.length / outputsOf(shape), (input, weight, output, count) => {
    for (let o = 0; o < count; o++) gradients[weight + o] += seen[input] * deltas[output + o];
  });
  return gradients;
}
