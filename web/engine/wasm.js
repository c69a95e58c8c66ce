/**
 * wasm.js: reads the tables of a WebAssembly instance and starts networks in it. instance.js makes the instance.
 *
 * On the page, only this file, readout.js, tensors.js, engine.js, training*.js and phase.js call the functions of c/initscope.h. It
 * checks nothing: spec.js has checked the specs before they come here.
 */

import { checkActivation } from './activations.js';
import { readText } from './instance.js';
import { refuse } from './refusal.js';
import {
  ACTIVATIONS,
  CONVENTIONS,
  DISTRIBUTIONS,
  FACTORS,
  INPUTS,
  LIMITS,
  MODES,
  MOMENTS,
  NORMS,
  PADDINGS,
  SHAPES,
  TENSORS,
  WINDOWS,
} from './tables.js';
import { GATES } from './units.js';

/**
 * @typedef {import('./spec.js').Scheme} Scheme
 * @typedef {import('./spec.js').Tables} Tables
 * @typedef {import('./spec.js').CheckedSpec} CheckedSpec
 */

/** @param {number} x */
export const finiteOrNull = (x) => (Number.isFinite(x) ? x : null);

/** A row of the table of library calls. @param {any} wasm @param {number} row
 * @returns {import('./spec.js').LibraryCall} */
function readCall(wasm, row) {
  const text = (/** @type {(row: number) => number} */ column) => readText(wasm, column(row));
  const [call, argument] = [text(wasm.library_call), text(wasm.library_argument)];
  const [number, base, power] = [wasm.library_number(row), wasm.library_base(row), wasm.library_power(row)];
  const added = call.endsWith(')') ? `${call.slice(0, -1)}, ${argument})` : `${call}(${argument})`;
  return {
    library: text(wasm.library_name),
    call: call.replace('%', String(base || number)),
    scheme: text(wasm.library_scheme),
    number: finiteOrNull(number),
    bias: text(wasm.library_bias) || null,
    convention: CONVENTIONS[wasm.library_convention(row)],
    shapes: SHAPES.filter((_, shape) => wasm.library_takes(row, shape)),
    form: power ? (argument ? added : call) : null,
    base: finiteOrNull(base),
    power,
  };
}

/** The engine's tables of schemes, library calls and activations. @param {any} wasm
 * @returns {import('./spec.js').EngineTables} */
export function readTables(wasm) {
  const text = (/** @type {number} */ address) => readText(wasm, address);
  const schemes = Array.from({ length: wasm.scheme_count() }, (_, i) => ({
    name: text(wasm.scheme_name(i)),
    group: text(wasm.scheme_group(i)),
    distribution: DISTRIBUTIONS[wasm.scheme_distribution(i)],
    mode: MODES[wasm.scheme_mode(i)],
    numberName: /** @type {Scheme['numberName']} */ (text(wasm.scheme_number_name(i)) || null),
    number: wasm.scheme_number(i),
    paper: text(wasm.scheme_paper(i)),
  }));
  const libraries = Array.from({ length: wasm.library_count() }, (_, i) => readCall(wasm, i));
  /** @type {import('./spec.js').EngineTables['gainsOf']} */
  const gainsOf = (choice) => {
    const { activation, parameter } = checkActivation('activation', choice);
    const gain = (/** @type {string} */ moment) =>
      1 / Math.sqrt(wasm.theory_moment(activation, parameter, MOMENTS.indexOf(moment), 1));
    return {
      pytorch: finiteOrNull(wasm.activation_pytorch_gain(activation, parameter)),
      forward: gain('phi2'),
      backward: gain('slope2'),
    };
  };
  const activations = Array.from({ length: wasm.activation_count() }, (_, i) => ({
    name: text(wasm.activation_name(i)),
    saturation: /** @type {[lo: number, hi: number]} */ ([
      wasm.activation_saturation_lo(i),
      wasm.activation_saturation_hi(i),
    ]),
    gains: gainsOf(ACTIVATIONS[i]),
  }));
  return { schemes, libraries, activations, limits: LIMITS, gainsOf };
}

/** PADDING_*, or PADDING_ZEROS and a number. @param {import('./shapes.js').Padding} padding */
const paddingCode = (padding) => (typeof padding === 'number' ? PADDINGS.length + padding : PADDINGS.indexOf(padding));

/** @param {import('./spec.js').CheckedLayer} layer @param {string} kind one of WINDOWS */
const poolCall = ({ pooling }, kind) => {
  const { window, stride, padding } = /** @type {import('./shapes.js').Pooling} */ (pooling);
  return ['net_add_pool', WINDOWS.indexOf(kind), ...window, stride, paddingCode(padding)];
};

/** @param {any} layer a CheckedLayer @param {string} norm one of NORMS */
const normCall = ({ activation, norm: { gain, epsilon } }, norm) => [
  ...['net_add_norm', NORMS.indexOf(norm), gain, epsilon, activation],
];

/** @param {import('./spec.js').CheckedLayer} layer */
function gateCall({ kind }) {
  return ['net_add_gate', ACTIVATIONS.indexOf(GATES[kind])];
}

/**
 * The function that adds a layer of a kind, and what it takes after the network.
 * @type {Record<import('./shapes.js').Kind, (layer: any) => any[]>} of a CheckedLayer
 */
const ADD = {
  dense: ({ out, activation, pool }) => ['net_add_dense', out.channels, activation, pool],
  conv: ({ out, activation, conv: { kernel, stride, padding, groups } }) => [
    ...['net_add_conv', ...kernel, out.channels, stride, paddingCode(padding), groups, activation],
  ],
  'transposed-conv': ({ out, activation, conv: { kernel, stride, padding, outputPadding, groups } }) => [
    ...['net_add_transposed', ...kernel, out.channels, stride, padding, outputPadding, groups, activation],
  ],
  'max-pool': (layer) => poolCall(layer, 'max'),
  'average-pool': (layer) => poolCall(layer, 'average'),
  'global-average-pool': () => ['net_add_global_average'],
  flatten: () => ['net_add_flatten'],
  'layer-norm': (layer) => normCall(layer, 'layer'),
  'rms-norm': (layer) => normCall(layer, 'rms'),
  'batch-norm': (layer) => normCall(layer, 'batch'),
  add: ({ activation, sum: { from, stream, branch, trains } }) => {
    const bits = FACTORS.reduce((all, name, i) => all | (trains.includes(name) ? 1 << i : 0), 0);
    return ['net_add_sum', from, stream, branch, bits, activation];
  },
  glu: gateCall,
  swiglu: gateCall,
  geglu: gateCall,
  prelu: ({ prelu: { slope, shared } }) => ['net_add_prelu', slope, shared],
};

/** Sets how a layer draws its weights and biases. @param {any} wasm @param {number} net
 * @param {import('./spec.js').CheckedLayer} layer @returns {number} status */
function setRules(wasm, net, { weights, bias, gain, convention, varianceAsStd, drawn, stream }) {
  if (!weights || !bias) return 0;
  /** @param {import('./spec.js').Rule} rule */
  const numbers = ({ distribution, mode, number }) => [
    DISTRIBUTIONS.indexOf(distribution),
    MODES.indexOf(mode),
    number,
  ];
  return (
    wasm.net_set_counting(net, convention, varianceAsStd) ||
    (drawn > 0 && wasm.net_set_drawn(net, drawn)) ||
    (stream > 0 && wasm.net_set_stream(net, stream)) ||
    wasm.net_set_weights(net, ...numbers(weights), gain) ||
    (weights.cut !== null && wasm.net_set_cut(net, weights.cut)) ||
    wasm.net_set_bias(net, ...numbers(bias), 1)
  );
}

/** Adds a layer on top of a network. @param {any} wasm @param {number} net
 * @param {import('./spec.js').CheckedLayer} layer */
function addLayer(wasm, net, layer) {
  const tensors = layer.observe.reduce((sum, name) => sum | (1 << TENSORS.indexOf(name)), 0);
  const [add, ...numbers] = ADD[layer.kind](layer);
  const status =
    wasm[add](net, ...numbers) ||
    (layer.parameter !== null && wasm.net_set_parameter(net, layer.parameter)) ||
    setRules(wasm, net, layer) ||
    wasm.net_set_observed(net, tensors);
  if (status < 0) throw new Error(`the engine refused a checked layer: error ${status}`);
}

/** Builds a network of any size. @param {any} wasm @param {CheckedSpec} checked @param {number} kept
 * @returns {number} handle of the network; the caller frees it with net_free */
function build(wasm, { batch, seed, inputs, input, loss, layers, prepare }, kept) {
  const { height, width, channels } = inputs;
  const { name = 'given', numbers = null } = 'name' in input ? input : {};
  const net = wasm.net_new(seed, batch, height, width, channels, INPUTS.indexOf(numbers ? 'normal' : name));
  if (!net) refuse('memoryExhausted', null, null, null);
  try {
    if (numbers) wasm.net_set_input(net, INPUTS.indexOf(name), ...numbers);
    for (const layer of layers) addLayer(wasm, net, layer);
    wasm.net_set_loss(net, loss);
    wasm.net_set_kept(net, kept);
    prepare?.(wasm, net);
  } catch (error) {
    wasm.net_free(net);
    throw error;
  }
  return net;
}

/** What a network that was built needs; see engine.memory. @param {any} wasm @param {number} net
 * @param {Tables} tables */
const sizeOf = (wasm, net, { limits }) => ({
  bytes: /** @type {number} */ (wasm.net_bytes(net)),
  limit: limits.bytes,
  batch: /** @type {number} */ (wasm.net_max_batch(net)),
});

/** What a network needs, which may be too much. @param {any} wasm @param {Tables} tables
 * @param {CheckedSpec} checked */
export function readSize(wasm, tables, checked) {
  const net = build(wasm, checked, 0);
  const size = sizeOf(wasm, net, tables);
  wasm.net_free(net);
  return size;
}

/**
 * Builds a network without starting it: it takes no memory yet.
 * @param {any} wasm @param {Tables} tables @param {CheckedSpec} checked
 * @param {number} [kept] bytes of random draws that it caches for the next network (net_set_kept)
 * @returns {number} handle of the network; the caller frees it with net_free
 * @throws {import('./refusal.js').RefusalError} if it would not fit into memory
 */
export function buildNet(wasm, tables, checked, kept = 0) {
  const net = build(wasm, checked, kept);
  if (wasm.net_bytes(net) <= tables.limits.bytes) return net;
  const { bytes, limit, batch } = sizeOf(wasm, net, tables);
  wasm.net_free(net);
  const [needed, mebibytes] = [Math.ceil(bytes / 2 ** 20), limit / 2 ** 20];
  const room = { needed, mebibytes, backward: checked.loss > 0 };
  if (batch > 0) refuse('batchMemory', 'batch', checked.batch, { most: batch, ...room });
  return refuse('networkMemory', 'layers.length', checked.layers.length, room);
}

/**
 * A network that was started, in the instance that it fits into. The caller frees it: wasm.net_free(net).
 * @typedef {{ wasm: any, net: number }} Started
 *
 * Starts a network.
 * @param {ReturnType<typeof import('./memory.js').createMemory>} memory
 * @param {Tables} tables @param {CheckedSpec} checked
 * @param {number} [kept] as in buildNet
 * @returns {Started}
 * @throws {import('./refusal.js').RefusalError} if it does not fit into memory
 */
export function startNet(memory, tables, checked, kept) {
  let wasm = memory.current();
  let net = buildNet(wasm, tables, checked, kept);
  /** Builds it in another instance. @param {any} next */
  const move = (next) => {
    const built = buildNet(next, tables, checked, kept);
    wasm.net_free(net);
    [wasm, net] = [next, built];
  };
  try {
    const right = memory.fit(wasm.net_bytes(net), wasm.net_module_bytes(net));
    if (right !== wasm) move(right);
    while (wasm.net_start(net) < 0) {
      if (!memory.double()) refuse('memoryExhausted', null, null, null);
      move(memory.current());
    }
    if (ArrayBuffer.isView(checked.input)) writeInput(wasm, net, checked.input, checked.batch);
  } catch (error) {
    wasm.net_free(net);
    throw error;
  }
  return { wasm, net };
}

/** Numbers from one row to the next in the engine's memory. @param {number} width numbers in a row */
export const strideOf = (width) => Math.ceil(width / LIMITS.panel) * LIMITS.panel;

/** Writes rows into the engine's memory. @param {Float32Array} to @param {Float32Array} rows @param {number} width
 * numbers in a row @param {number} [first] row to write */
export function writeRows(to, rows, width, first = 0) {
  for (let row = 0; row * width < rows.length; row++) {
    to.set(rows.subarray(row * width, (row + 1) * width), (first + row) * strideOf(width));
  }
}

/** Copies the input into a started network. @param {any} wasm @param {number} net
 * @param {Float32Array} input (batch, inputs) @param {number} batch */
function writeInput(wasm, net, input, batch) {
  const inputs = input.length / batch;
  const buffer = new Float32Array(wasm.memory.buffer, wasm.net_input(net), batch * strideOf(inputs));
  writeRows(buffer, input, inputs);
}
