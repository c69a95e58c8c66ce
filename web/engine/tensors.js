/**
 * tensors.js: steps a network in parts, and copies whole tensors out of WebAssembly, without the gaps between their rows.
 *
 * It computes nothing. Summaries are read in readout.js.
 */

import { valuesOf } from './readout.js';
import { LIMITS, TENSORS } from './tables.js';
import { strideOf } from './wasm.js';

/**
 * @typedef {import('./spec.js').CheckedSpec} CheckedSpec
 * @typedef {import('./results.js').TensorName} TensorName
 */

/**
 * Passes the next layer. Between its parts it yields the share that is done.
 * @param {any} wasm exports of the module, here and below
 * @param {number} net handle of a started network, here and below
 * @param {(net: number) => number} pass net_step_part or net_back_part
 */
export function* partsOf(wasm, net, pass) {
  const parts = wasm.net_parts(net);
  for (let part = 1; pass(net) === 0; part++) yield part / parts;
}

/** Runs a generator to its end, and returns what it returns. @template R @param {Generator<unknown, R, void>} generator
 * @returns {R} */
export function finish(generator) {
  for (;;) {
    const { done, value } = generator.next();
    if (done) return value;
  }
}

/** Yields as often as the steps, but without their values. @param {Generator<unknown, void, void>} steps
 * @returns {Generator<void, void, void>} */
function* withoutValues(steps) {
  for (const _ of steps) yield;
}

/**
 * A copy of one tensor. Steps the network as far as the tensor needs, and yields between the parts of its layers.
 * @param {any} wasm @param {number} net a network that has not been stepped @param {CheckedSpec} checked
 * @param {TensorName} name
 * @param {number} layer from 1; 0 for 'input'
 * @param {number} units weights and weightGradients only for the first so many units
 * @returns {Generator<void, Float32Array, void>} shapes: see engine.tensor
 */
export function* readTensor(wasm, net, checked, name, layer, units) {
  const { rows, out } = checked.layers[Math.max(layer, 1) - 1];
  const { channels } = out;
  if (name === 'weights')
    return readRows(wasm, rows, channels, units, (row, count) => wasm.net_weights(net, layer, row, count));
  const depth = checked.layers.length;
  const back = name === 'deltas' || name === 'weightGradients';
  for (let passed = 0; passed < (back ? depth : layer); passed++) {
    yield* withoutValues(partsOf(wasm, net, wasm.net_step_part));
  }
  for (let passed = depth; back && passed >= layer; passed--) {
    yield* withoutValues(partsOf(wasm, net, wasm.net_back_part));
  }
  if (name === 'weightGradients')
    return readRows(wasm, rows, channels, units, (row, count) => wasm.net_weight_gradients(net, row, count));
  // the input has one row for each example; other tensors have one for each example and position
  const which = TENSORS.indexOf(name === 'input' ? 'activations' : name);
  const [tall, wide] =
    name === 'input' ? [checked.batch, valuesOf(checked.inputs)] : [checked.batch * out.height * out.width, channels];
  return compact(wasm, wasm.net_tensor(net, which), tall, wide, wasm.net_stride(net, which));
}

/**
 * The first columns of a tensor (height, width). The engine returns it a few rows at a time.
 * @param {any} wasm @param {number} height @param {number} width
 * @param {number} most columns
 * @param {(row: number, rows: number) => number} addressOf so many rows, from this row on
 */
function readRows(wasm, height, width, most, addressOf) {
  const columns = Math.min(width, most);
  const tensor = new Float32Array(height * columns);
  const stride = strideOf(width);
  for (let row = 0; row < height; row += LIMITS.rows) {
    const rows = Math.min(LIMITS.rows, height - row);
    tensor.set(compact(wasm, addressOf(row, rows), rows, columns, stride), row * columns);
  }
  return tensor;
}

/**
 * Copies a tensor without the gaps between its rows.
 * @param {any} wasm
 * @param {number} address
 * @param {number} rows
 * @param {number} cols
 * @param {number} stride numbers from one row to the next
 * @returns {Float32Array} (rows, cols)
 */
export function compact(wasm, address, rows, cols, stride) {
  const from = new Float32Array(wasm.memory.buffer, address, rows * stride);
  const to = new Float32Array(rows * cols);
  for (let row = 0; row < rows; row++) to.set(from.subarray(row * stride, row * stride + cols), row * cols);
  return to;
}
