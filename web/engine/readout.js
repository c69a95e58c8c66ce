/**
 * readout.js: reads the results of a network out of WebAssembly: summaries, theory, places and tensors. It returns
 * plain objects and copies, never views of the engine's memory.
 *
 * It computes no results: the engine has. wasm.js starts networks.
 */

import { CONVENTIONS, FANS, INSIDE, LIMITS, PADDINGS, SUMMARY, TENSORS, THEORY } from './tables.js';
import { finiteOrNull } from './wasm.js';

/**
 * @typedef {import('./spec.js').Tables} Tables
 * @typedef {import('./spec.js').CheckedSpec} CheckedSpec
 * @typedef {import('./engine.js').Summary} Summary
 * @typedef {import('./engine.js').LayerResult} LayerResult
 * @typedef {import('./engine.js').BackResult} BackResult
 * @typedef {import('./engine.js').TensorName} TensorName
 */

/** The predictions that exist only once the loss has passed back. */
const BACK_THEORY = THEORY.filter((name) => /^(delta|gradient)/.test(name));
const FORWARD_THEORY = THEORY.filter((name) => !BACK_THEORY.includes(name));

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

/**
 * @param {any} wasm @param {number} net
 * @param {string} tensor one of TENSORS
 * @param {number} size how many values the tensor has
 * @param {number} bins of its histogram
 * @returns {any} a Summary; null if the tensor was not observed
 */
function readSummary(wasm, net, tensor, size, bins) {
  const which = TENSORS.indexOf(tensor);
  const address = wasm.net_summary(net, which);
  if (!address) return null;
  const figures = new Float64Array(wasm.memory.buffer, address, SUMMARY.length);
  const counts = new Uint32Array(wasm.memory.buffer, wasm.net_counts(net, which), bins).slice();
  return { size, ...Object.fromEntries(SUMMARY.map((name, i) => [name, figures[i]])), counts };
}

/**
 * Some of theory's predictions for a layer.
 * @param {any} wasm @param {number} net @param {number} layer
 * @param {readonly string[]} names of the predictions, of THEORY
 * @returns {any} by name; null where theory does not apply
 */
function readTheory(wasm, net, layer, names) {
  const address = wasm.net_theory(net, layer);
  if (!address) return null;
  const figures = new Float64Array(wasm.memory.buffer, address, THEORY.length);
  return Object.fromEntries(names.map((name) => [name, figures[THEORY.indexOf(name)]]));
}

/**
 * The fixed point of a stack of equal layers.
 * @param {any} wasm
 * @param {number} activation index in the table of activations
 * @param {number} weightSquare sigma_w^2
 * @param {number} biasSquare sigma_b^2
 * @returns {import('./engine.js').FixedPoint}
 */
export function readFixedPoint(wasm, activation, weightSquare, biasSquare) {
  const q = wasm.theory_fixed_point(activation, weightSquare, biasSquare);
  return {
    weightSquare,
    biasSquare,
    q,
    chi: wasm.theory_chi(activation, weightSquare, q),
    lengthDepth: wasm.theory_depth_q(activation, weightSquare, q),
    correlationDepth: wasm.theory_depth_c(activation, weightSquare, q),
  };
}

/** How many numbers one example has. @param {import('./shapes.js').Extent} extent */
const valuesOf = ({ height, width, channels }) => height * width * channels;

/**
 * The mean squares by position in the layer that was passed last, and the rms of its interior and of its border.
 * @param {any} wasm @param {number} net
 * @param {CheckedSpec['layers'][number]} shape of the layer
 * @param {number} layer from 1
 * @param {boolean} back whether it was the backward pass
 * @returns {import('./engine.js').Places | null} null for a dense layer, or if not observed
 */
function readPlaces(wasm, net, { out, conv }, layer, back) {
  const address = wasm.net_squares(net);
  if (!conv || !address) return null;
  const { height, width } = out;
  const squares = new Float64Array(wasm.memory.buffer, address, height * width).slice();
  const [top, bottom, left, right] = INSIDE.map((_, side) => wasm.net_inside(net, layer, back, side));
  let [inner, outer] = [0, 0];
  squares.forEach((square, place) => {
    const [y, x] = [Math.floor(place / width), place % width];
    if (y >= top && y < bottom && x >= left && x < right) inner += square;
    else outer += square;
  });
  const inside = (bottom - top) * (right - left);
  return {
    squares,
    inside: inside > 0 ? { top, bottom, left, right } : null,
    interiorRms: inside > 0 ? Math.sqrt(inner / inside) : null,
    borderRms: inside < squares.length ? Math.sqrt(outer / (squares.length - inside)) : null,
  };
}

/** The fans of a layer by every convention. @param {any} wasm @param {CheckedSpec['layers'][number]} shape
 * @returns {LayerResult['counts']} */
function readCounts(wasm, { in: below, out, conv }) {
  const { kernel, groups } = conv ?? { kernel: [1, 1], groups: 1 };
  const count = (/** @type {number} */ convention, /** @type {number} */ fan) =>
    wasm.fans_of(convention, fan, 0, kernel[0] * kernel[1], below.channels, out.channels, groups);
  const pairs = CONVENTIONS.map((name, i) => [name, { fanIn: count(i, 0), fanOut: count(i, 1) }]);
  return /** @type {any} */ (Object.fromEntries(pairs));
}

/** A layer's weights and biases as its rules define them. @param {any} wasm @param {Tables} tables @param {number} net
 * @param {CheckedSpec['layers'][number]} checked @param {number} layer */
export const readRules = (wasm, tables, net, { weights, bias, gain, convention, varianceAsStd }, layer) => ({
  fanIn: wasm.net_fan(net, layer, FANS.indexOf('in')),
  fanOut: wasm.net_fan(net, layer, FANS.indexOf('out')),
  fans: /** @type {import('./shapes.js').Convention} */ (CONVENTIONS[convention]),
  varianceAsStd,
  scheme: tables.schemes[weights.scheme].name,
  gain,
  distribution: weights.distribution,
  mode: weights.mode,
  number: weights.number,
  mean: wasm.net_mean(net, layer),
  std: wasm.net_std(net, layer),
  rightStd: wasm.net_right_std(net, layer),
  bound: finiteOrNull(wasm.net_bound(net, layer)),
  parent: wasm.net_parent(net, layer),
  bias: tables.schemes[bias.scheme].name,
  biasStd: wasm.net_bias_std(net, layer),
});

/** @param {CheckedSpec['layers'][number]} shape @returns {any} the layer's kind; of a convolution also its shape */
function readConv({ in: below, out, conv }) {
  if (!conv) return { kind: 'dense' };
  return {
    kind: 'conv',
    kernel: conv.kernel,
    channelsIn: below.channels,
    channelsOut: out.channels,
    size: [out.height, out.width],
    sizeIn: [below.height, below.width],
    stride: conv.stride,
    padding: PADDINGS[conv.padding],
    groups: conv.groups,
  };
}

/**
 * The result of the layer that was stepped last.
 * @param {any} wasm @param {Tables} tables @param {number} net @param {CheckedSpec} checked
 * @param {number} layer from 1
 * @param {LayerResult} [before] result of the layer before; an equal layer takes over its fixed point
 * @returns {LayerResult}
 */
export function readLayer(wasm, tables, net, checked, layer, before) {
  const shape = checked.layers[layer - 1];
  const { rows, out, activation } = shape;
  const rules = readRules(wasm, tables, net, shape, layer);
  const theory = readTheory(wasm, net, layer, FORWARD_THEORY);
  const [weightSquare, biasSquare] = [rows * rules.std ** 2, rules.biasStd ** 2];
  const known = before?.fixedPoint;
  const alike =
    before?.activation === tables.activations[activation].name &&
    known?.weightSquare === weightSquare &&
    known.biasSquare === biasSquare;
  /** @param {'input' | 'weights' | 'preactivations' | 'activations'} tensor @param {number} size */
  const summary = (tensor, size) => readSummary(wasm, net, tensor, size, tables.limits.bins);
  return {
    layer,
    ...readConv(shape),
    trueFanIn: rows,
    counts: readCounts(wasm, shape),
    activation: tables.activations[activation].name,
    ...rules,
    input: summary('input', checked.batch * valuesOf(checked.inputs)),
    weights: summary('weights', rows * out.channels),
    preactivations: summary('preactivations', checked.batch * valuesOf(out)),
    activations: summary('activations', checked.batch * valuesOf(out)),
    correlation: finiteOrNull(wasm.net_correlation(net)),
    chiAtZero: wasm.theory_chi(activation, weightSquare, 0),
    copies: wasm.net_copies(net, layer) === 1,
    places: readPlaces(wasm, net, shape, layer, false),
    theory,
    fixedPoint: theory && (alike ? known : readFixedPoint(wasm, activation, weightSquare, biasSquare)),
  };
}

/**
 * The result of the layer that the loss was last passed back through.
 * @param {any} wasm @param {Tables} tables @param {number} net @param {CheckedSpec} checked
 * @param {number} layer from 1
 * @returns {BackResult}
 */
export function readBack(wasm, tables, net, checked, layer) {
  const shape = checked.layers[layer - 1];
  const { rows, out } = shape;
  return {
    layer,
    deltas: readSummary(wasm, net, 'deltas', checked.batch * valuesOf(out), tables.limits.bins),
    weightGradients: readSummary(wasm, net, 'weightGradients', rows * out.channels, tables.limits.bins),
    loss: wasm.net_loss(net),
    meanSlope: wasm.net_mean_slope(net),
    deltaPlaces: readPlaces(wasm, net, shape, layer, true),
    backTheory: wasm.net_theory(net, checked.layers.length) ? readTheory(wasm, net, layer, BACK_THEORY) : null,
  };
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
  const stride = Math.ceil(width / LIMITS.panel) * LIMITS.panel;
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
function compact(wasm, address, rows, cols, stride) {
  const from = new Float32Array(wasm.memory.buffer, address, rows * stride);
  const to = new Float32Array(rows * cols);
  for (let row = 0; row < rows; row++) to.set(from.subarray(row * stride, row * stride + cols), row * cols);
  return to;
}
