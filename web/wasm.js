/**
 * wasm.js: the only file that knows WebAssembly: it starts the module and turns its pointers and places in tables into plain
 * objects and copies. Each function here is a conversation with c/initscope.h; what they are for is said in engine.js.
 */

import { DISTRIBUTIONS, INPUTS, MODES, refuse } from './spec.js';

/**
 * @typedef {import('./spec.js').Scheme} Scheme
 * @typedef {import('./spec.js').Tables} Tables
 * @typedef {import('./spec.js').CheckedSpec} CheckedSpec
 * @typedef {import('./engine.js').Summary} Summary
 * @typedef {import('./engine.js').LayerResult} LayerResult
 * @typedef {import('./engine.js').BackResult} BackResult
 * @typedef {import('./engine.js').TensorName} TensorName
 */

/* the enums of c/initscope.h, in their order */
export const TENSORS = ['input', 'weights', 'preactivations', 'activations', 'deltas', 'weightGradients'];
const INPUT_GIVEN = 2;
const LIMITS = ['depth', 'units', 'inputs', 'batch', 'bins', 'bytes', 'scale'];
const FIGURES = ['mean', 'std', 'rms', 'min', 'max', 'zeros', 'saturated', 'dead', 'nonFinite', 'lo', 'hi'];
const THEORY = ['zSquare', 'zLogStd', 'zCorrelation', 'aMean', 'aSquare', 'aLogStd', 'slopeSquare'];
const BACK_THEORY = ['deltaSquare', 'gradientSquare', 'deltaLogStd', 'gradientLogStd']; /* they follow on those */
const MOMENT_PHI2 = 1;
const MOMENT_SLOPE2 = 3;

const EXHAUSTED = 'memory is exhausted: too many networks are open in this engine';
const SOME_ROWS = 64; /* as many as net_weights gives at once */

/**
 * @param {WebAssembly.Module | BufferSource | Response} [source] default, in Node only: the module that build.sh built
 * @returns {Promise<any>} its exports
 */
export async function instantiate(source) {
  let code = source;
  if (code === undefined) {
    const { readFile } = await import('node:fs/promises');
    code = await readFile(new URL('../dist/initscope.wasm', import.meta.url));
  }
  if (typeof Response !== 'undefined' && code instanceof Response) code = await code.arrayBuffer();
  const module =
    code instanceof WebAssembly.Module ? code : await WebAssembly.compile(/** @type {BufferSource} */ (code));
  const wasm = /** @type {any} */ ((await WebAssembly.instantiate(module, {})).exports);
  wasm._initialize();
  return wasm;
}

/** @param {number} x */
const finiteOrNull = (x) => (Number.isFinite(x) ? x : null);

/** The C tables. @param {any} wasm @returns {Tables} */
export function readTables(wasm) {
  const bytes = new Uint8Array(wasm.memory.buffer);
  /** @param {number} at a NUL-terminated string */
  const text = (at) => new TextDecoder().decode(bytes.slice(at, bytes.indexOf(0, at)));
  const schemes = Array.from({ length: wasm.scheme_count() }, (_, i) => ({
    name: text(wasm.scheme_name(i)),
    distribution: DISTRIBUTIONS[wasm.scheme_distribution(i)],
    mode: MODES[wasm.scheme_mode(i)],
    numberName: /** @type {Scheme['numberName']} */ (text(wasm.scheme_number_name(i)) || null),
    number: wasm.scheme_number(i),
    paper: text(wasm.scheme_paper(i)),
  }));
  const libraries = Array.from({ length: wasm.library_count() }, (_, i) => ({
    library: text(wasm.library_name(i)),
    call: text(wasm.library_call(i)),
    scheme: text(wasm.library_scheme(i)),
    number: finiteOrNull(wasm.library_number(i)),
    bias: text(wasm.library_bias(i)) || null,
  }));
  const activations = Array.from({ length: wasm.activation_count() }, (_, i) => ({
    name: text(wasm.activation_name(i)),
    saturation: /** @type {[lo: number, hi: number]} */ ([
      wasm.activation_saturation_lo(i),
      wasm.activation_saturation_hi(i),
    ]),
    gains: {
      pytorch: finiteOrNull(wasm.activation_pytorch_gain(i)),
      forward: 1 / Math.sqrt(wasm.theory_moment(i, MOMENT_PHI2, 1)),
      backward: 1 / Math.sqrt(wasm.theory_moment(i, MOMENT_SLOPE2, 1)),
    },
  }));
  const limits = Object.fromEntries(LIMITS.map((name, i) => [name, wasm.net_limit(i)]));
  return { schemes, libraries, activations, limits };
}

/** @param {any} wasm @param {number} net @param {CheckedSpec['layers'][number]} layer */
function addLayer(wasm, net, { units, activation, weights, bias, gain }) {
  /** @param {import('./spec.js').Rule} rule */
  const numbers = ({ distribution, mode, number }) => [
    DISTRIBUTIONS.indexOf(distribution),
    MODES.indexOf(mode),
    number,
  ];
  const status =
    wasm.net_add_dense(net, units, activation, 1) ||
    wasm.net_set_weights(net, ...numbers(weights), gain) ||
    wasm.net_set_bias(net, ...numbers(bias), 1);
  if (status < 0) throw new Error(`the engine refused a checked layer: error ${status}`);
}

/**
 * @param {any} wasm @param {Tables} tables @param {CheckedSpec} checked
 * @returns {number} the handle of a started net, the caller's to free
 */
export function startNet(wasm, tables, { batch, seed, inputs, input, loss, layers }) {
  const net = wasm.net_new(seed, batch, 1, 1, inputs, typeof input === 'string' ? INPUTS.indexOf(input) : INPUT_GIVEN);
  if (!net) throw new RangeError(EXHAUSTED);
  try {
    for (const layer of layers) addLayer(wasm, net, layer);
    wasm.net_set_loss(net, loss);
    const most = wasm.net_max_batch(net);
    if (batch > most) {
      const what = loss > 0 ? 'layers this wide and their backward pass' : 'layers this wide';
      refuse('batch', batch, `at most ${most} for ${what} to fit into ${tables.limits.bytes / 2 ** 20} MiB`);
    }
    if (wasm.net_start(net) < 0) throw new RangeError(EXHAUSTED);
    if (typeof input !== 'string') writeInput(wasm, net, input, batch, inputs);
    return net;
  } catch (error) {
    wasm.net_free(net);
    throw error;
  }
}

/** @param {any} wasm @param {number} net @param {Float32Array} input @param {number} batch @param {number} inputs */
function writeInput(wasm, net, input, batch, inputs) {
  const stride = wasm.net_stride(net, TENSORS.indexOf('input'));
  const buffer = new Float32Array(wasm.memory.buffer, wasm.net_input(net), batch * stride);
  for (let row = 0; row < batch; row++) buffer.set(input.subarray(row * inputs, (row + 1) * inputs), row * stride);
}

/**
 * @param {any} wasm @param {number} net @param {string} tensor @param {number} size @param {number} bins
 * @returns {Summary}
 */
function readSummary(wasm, net, tensor, size, bins) {
  const which = TENSORS.indexOf(tensor);
  const figures = new Float64Array(wasm.memory.buffer, wasm.net_summary(net, which), FIGURES.length);
  const counts = new Uint32Array(wasm.memory.buffer, wasm.net_counts(net, which), bins).slice();
  return /** @type {any} */ ({ size, ...Object.fromEntries(FIGURES.map((name, i) => [name, figures[i]])), counts });
}

/**
 * Some of the predictions for a layer, from place `first` on; null where theory does not apply.
 * @param {any} wasm @param {number} net @param {number} layer @param {string[]} names @param {number} first
 * @returns {any}
 */
function readTheory(wasm, net, layer, names, first) {
  const at = wasm.net_theory(net, layer);
  if (!at) return null;
  const figures = new Float64Array(wasm.memory.buffer, at, first + names.length);
  return Object.fromEntries(names.map((name, i) => [name, figures[first + i]]));
}

/**
 * Where a stack of such layers leads.
 * @param {any} wasm @param {number} activation a place in the table @param {number} weightSquare @param {number} biasSquare
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

/**
 * @param {any} wasm @param {Tables} tables @param {number} net @param {CheckedSpec} checked @param {number} layer
 * @param {LayerResult} [before] the layer's, whose fixed point stands for this one too if they are alike
 * @returns {LayerResult}
 */
export function readLayer(wasm, tables, net, checked, layer, before) {
  const { inputs, units, activation, weights, bias, gain } = checked.layers[layer - 1];
  const [std, biasStd] = [wasm.net_std(net, layer), wasm.net_bias_std(net, layer)];
  const theory = readTheory(wasm, net, layer, THEORY, 0);
  const [weightSquare, biasSquare] = [inputs * std ** 2, biasStd ** 2];
  const known = before?.fixedPoint;
  const alike =
    before?.activation === tables.activations[activation].name &&
    known?.weightSquare === weightSquare &&
    known.biasSquare === biasSquare;
  /** @param {string} tensor @param {number} rows @param {number} cols */
  const summary = (tensor, rows, cols) => readSummary(wasm, net, tensor, rows * cols, tables.limits.bins);
  return {
    layer,
    fanIn: inputs,
    fanOut: units,
    activation: tables.activations[activation].name,
    scheme: tables.schemes[weights.scheme].name,
    gain,
    distribution: weights.distribution,
    mode: weights.mode,
    number: weights.number,
    mean: wasm.net_mean(net, layer),
    std,
    bound: finiteOrNull(wasm.net_bound(net, layer)),
    parent: wasm.net_parent(net, layer),
    bias: tables.schemes[bias.scheme].name,
    biasStd,
    input: summary('input', checked.batch, checked.inputs),
    weights: summary('weights', inputs, units),
    preactivations: summary('preactivations', checked.batch, units),
    activations: summary('activations', checked.batch, units),
    correlation: finiteOrNull(wasm.net_correlation(net)),
    theory,
    fixedPoint: theory && (alike ? known : readFixedPoint(wasm, activation, weightSquare, biasSquare)),
  };
}

/**
 * @param {any} wasm @param {Tables} tables @param {number} net @param {CheckedSpec} checked @param {number} layer
 * @returns {BackResult}
 */
export function readBack(wasm, tables, net, checked, layer) {
  const { inputs, units } = checked.layers[layer - 1];
  return {
    layer,
    deltas: readSummary(wasm, net, 'deltas', checked.batch * units, tables.limits.bins),
    weightGradients: readSummary(wasm, net, 'weightGradients', inputs * units, tables.limits.bins),
    loss: wasm.net_loss(net),
    backTheory:
      readTheory(wasm, net, checked.layers.length, [], 0) && readTheory(wasm, net, layer, BACK_THEORY, THEORY.length),
  };
}

/** @param {any} wasm @param {number} net @param {CheckedSpec} checked @param {TensorName} name @param {number} layer */
export function readTensor(wasm, net, checked, name, layer) {
  const { inputs, units } = checked.layers[Math.max(layer, 1) - 1];
  if (name === 'weights') return readRows(wasm, inputs, units, (row, rows) => wasm.net_weights(net, layer, row, rows));
  while (layer > 0 && wasm.net_step(net) < layer);
  if (name === 'deltas' || name === 'weightGradients') {
    while (wasm.net_step(net) > 0);
    while (wasm.net_back(net) > layer);
  }
  if (name === 'weightGradients') {
    return readRows(wasm, inputs, units, (row, rows) => wasm.net_weight_gradients(net, row, rows));
  }
  const which = TENSORS.indexOf(name === 'input' ? 'activations' : name); /* a_0, before the first step */
  const cols = name === 'input' ? inputs : units;
  return compact(wasm, wasm.net_tensor(net, which), checked.batch, cols, wasm.net_stride(net, which));
}

/**
 * A tensor of shape (inputs, units) that the engine hands out a few rows at a time.
 * @param {any} wasm @param {number} inputs @param {number} units @param {(row: number, rows: number) => number} some
 */
function readRows(wasm, inputs, units, some) {
  const tensor = new Float32Array(inputs * units);
  const stride = Math.ceil(units / 8) * 8;
  for (let row = 0; row < inputs; row += SOME_ROWS) {
    const rows = Math.min(SOME_ROWS, inputs - row);
    tensor.set(compact(wasm, some(row, rows), rows, units, stride), row * units);
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
