/**
 * readout.js: what a network in WebAssembly says of itself, as plain objects and copies: summaries, theory, places,
 * tensors. Each function is a conversation with c/report.c; networks are started in wasm.js.
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
 * Passes the next layer, and yields between its parts the share of it that is done.
 * @param {any} wasm @param {number} net @param {(net: number) => number} pass net_step_part or net_back_part
 */
export function* partsOf(wasm, net, pass) {
  const parts = wasm.net_parts(net);
  for (let part = 1; pass(net) === 0; part++) yield part / parts;
}

/**
 * @param {any} wasm @param {number} net @param {string} tensor @param {number} size @param {number} bins
 * @returns {any} a Summary; null of what was not observed
 */
function readSummary(wasm, net, tensor, size, bins) {
  const which = TENSORS.indexOf(tensor);
  const at = wasm.net_summary(net, which);
  if (!at) return null;
  const figures = new Float64Array(wasm.memory.buffer, at, SUMMARY.length);
  const counts = new Uint32Array(wasm.memory.buffer, wasm.net_counts(net, which), bins).slice();
  return { size, ...Object.fromEntries(SUMMARY.map((name, i) => [name, figures[i]])), counts };
}

/**
 * Some of the predictions for a layer; null where theory does not apply.
 * @param {any} wasm @param {number} net @param {number} layer @param {readonly string[]} names
 * @returns {any}
 */
function readTheory(wasm, net, layer, names) {
  const at = wasm.net_theory(net, layer);
  if (!at) return null;
  const figures = new Float64Array(wasm.memory.buffer, at, THEORY.length);
  return Object.fromEntries(names.map((name) => [name, figures[THEORY.indexOf(name)]]));
}

/**
 * Where a stack of such layers leads.
 * @param {any} wasm @param {number} activation a place in the table @param {number} weightSquare
 * @param {number} biasSquare
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

/** @param {import('./shapes.js').Extent} extent */
const valuesOf = ({ height, width, channels }) => height * width * channels;

/**
 * The mean squares by place of what was last stepped, or passed back through, with those inside and near the border
 * apart.
 * @param {any} wasm @param {number} net @param {CheckedSpec['layers'][number]} shape @param {number} layer
 * @param {boolean} back
 * @returns {import('./engine.js').Places | null} null for a dense layer, and of what was not observed
 */
function readPlaces(wasm, net, { out, conv }, layer, back) {
  const at = wasm.net_squares(net);
  if (!conv || !at) return null;
  const { height, width } = out;
  const squares = new Float64Array(wasm.memory.buffer, at, height * width).slice();
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

/** What the rules give a layer. @param {any} wasm @param {Tables} tables @param {number} net
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
  bound: finiteOrNull(wasm.net_bound(net, layer)),
  parent: wasm.net_parent(net, layer),
  bias: tables.schemes[bias.scheme].name,
  biasStd: wasm.net_bias_std(net, layer),
});

/** @param {CheckedSpec['layers'][number]} shape @returns {any} what only a convolution tells of its shape */
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
 * @param {any} wasm @param {Tables} tables @param {number} net @param {CheckedSpec} checked @param {number} layer
 * @param {LayerResult} [before] the layer's, whose fixed point stands for this one too if they are alike
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
    activation: tables.activations[activation].name,
    ...rules,
    input: summary('input', checked.batch * valuesOf(checked.inputs)),
    weights: summary('weights', rows * out.channels),
    preactivations: summary('preactivations', checked.batch * valuesOf(out)),
    activations: summary('activations', checked.batch * valuesOf(out)),
    correlation: finiteOrNull(wasm.net_correlation(net)),
    places: readPlaces(wasm, net, shape, layer, false),
    theory,
    fixedPoint: theory && (alike ? known : readFixedPoint(wasm, activation, weightSquare, biasSquare)),
  };
}

/**
 * @param {any} wasm @param {Tables} tables @param {number} net @param {CheckedSpec} checked @param {number} layer
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

/** Yields as often. @param {Generator<unknown, void, void>} steps @returns {Generator<void, void, void>} */
function* untold(steps) {
  for (const _ of steps) yield;
}

/** @param {any} wasm @param {number} net @param {CheckedSpec} checked @param {TensorName} name @param {number} layer
 * @param {number} units of weights
 * @returns {Generator<void, Float32Array, void>} */
export function* readTensor(wasm, net, checked, name, layer, units) {
  const { rows, out } = checked.layers[Math.max(layer, 1) - 1];
  const { channels } = out;
  if (name === 'weights')
    return readRows(wasm, rows, channels, units, (row, count) => wasm.net_weights(net, layer, row, count));
  const depth = checked.layers.length;
  const back = name === 'deltas' || name === 'weightGradients';
  for (let passed = 0; passed < (back ? depth : layer); passed++) yield* untold(partsOf(wasm, net, wasm.net_step_part));
  for (let passed = depth; back && passed >= layer; passed--) yield* untold(partsOf(wasm, net, wasm.net_back_part));
  if (name === 'weightGradients')
    return readRows(wasm, rows, channels, units, (row, count) => wasm.net_weight_gradients(net, row, count));
  /* a_0, before the first step, has a row an example; all else a row a place */
  const which = TENSORS.indexOf(name === 'input' ? 'activations' : name);
  const [tall, wide] =
    name === 'input' ? [checked.batch, valuesOf(checked.inputs)] : [checked.batch * out.height * out.width, channels];
  return compact(wasm, wasm.net_tensor(net, which), tall, wide, wasm.net_stride(net, which));
}

/**
 * The first `most` columns of a tensor of shape (height, width) that the engine hands out a few rows at a time.
 * @param {any} wasm @param {number} height @param {number} width @param {number} most
 * @param {(row: number, rows: number) => number} some
 */
function readRows(wasm, height, width, most, some) {
  const columns = Math.min(width, most);
  const tensor = new Float32Array(height * columns);
  const stride = Math.ceil(width / 8) * 8;
  for (let row = 0; row < height; row += LIMITS.rows) {
    const rows = Math.min(LIMITS.rows, height - row);
    tensor.set(compact(wasm, some(row, rows), rows, columns, stride), row * columns);
  }
  return tensor;
}

/**
 * A copy without the gaps between rows.
 * @param {any} wasm @param {number} at @param {number} rows @param {number} cols @param {number} stride
 */
function compact(wasm, at, rows, cols, stride) {
  const from = new Float32Array(wasm.memory.buffer, at, rows * stride);
  const to = new Float32Array(rows * cols);
  for (let row = 0; row < rows; row++) to.set(from.subarray(row * stride, row * stride + cols), row * cols);
  return to;
}
