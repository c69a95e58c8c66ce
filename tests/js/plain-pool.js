/**
 * plain-pool.js: layers without weights in plain double precision: pooling and flatten, forward and backward. It follows
 * the definition, not the C code. Shapes are in plain.js.
 */
import { eachPlace, inputsOf, outputsOf } from './plain.js';

/** @typedef {import('./plain.js').Shape} Shape */

/** For each output, the inputs that its window holds. @param {Shape} shape @param {number} batch @returns {number[][]} */
export function windowsOf(shape, batch) {
  const { image, size, channelsIn } = shape;
  const windows = Array.from({ length: batch * outputsOf(shape) }, () => /** @type {number[]} */ ([]));
  for (let b = 0; b < batch; b++) {
    eachPlace(shape, ([row, col], _, [y, x]) => {
      for (let c = 0; c < channelsIn; c++) {
        const output = ((b * size[0] + y) * size[1] + x) * channelsIn + c;
        windows[output].push(((b * image[0] + row) * image[1] + col) * channelsIn + c);
      }
    });
  }
  return windows;
}

/** What each output of a mean divides by. @param {Shape} shape @param {number[]} window */
const countOf = ({ kernel, counted }, window) => (counted ? kernel[0] * kernel[1] : window.length);

/** The place of the largest value, the first where several are. @param {Float64Array} a @param {number[]} window */
const largest = (a, window) => window.reduce((best, i) => (a[i] > a[best] ? i : best));

/** The output. @param {Shape} shape @param {Float64Array} a */
export function pool(shape, a) {
  if (shape.pooling === 'flatten') return a.slice();
  const windows = windowsOf(shape, a.length / inputsOf(shape));
  return Float64Array.from(windows, (window) =>
    shape.pooling === 'max' ? a[largest(a, window)] : window.reduce((sum, i) => sum + a[i], 0) / countOf(shape, window),
  );
}

/** dL/da of the layer's input. @param {Shape} shape @param {Float64Array} a the input @param {Float64Array} deltas */
export function poolBack(shape, a, deltas) {
  if (shape.pooling === 'flatten') return deltas.slice();
  const gradient = new Float64Array(a.length);
  windowsOf(shape, a.length / inputsOf(shape)).forEach((window, output) => {
    if (shape.pooling === 'max') gradient[largest(a, window)] += deltas[output];
    else for (const i of window) gradient[i] += deltas[output] / countOf(shape, window);
  });
  return gradient;
}
