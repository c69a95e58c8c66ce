/**
 * engine.js: the only file that knows WebAssembly; the library's surface for page, worker, Node and tests alike.
 *
 * It walks the C engine through the layers of a checked spec and hands out plain copies. It holds no state between
 * calls, draws nothing and starts no worker. Names of schemes and activations come from the C tables, never from here.
 */

import { checkSpec, INPUTS, refuse, requireOneOf, requireWhole } from './spec.js';

export { stack } from './spec.js';

/**
 * @typedef {import('./spec.js').Spec} Spec
 * @typedef {import('./spec.js').Scheme} Scheme
 * @typedef {import('./spec.js').Tables} Tables
 * @typedef {import('./spec.js').CheckedSpec} CheckedSpec
 *
 * @typedef {object} Summary of a tensor; see SUMMARY_* in c/initscope.h
 * @property {number} size
 * @property {number} mean
 * @property {number} std
 * @property {number} rms
 * @property {number} min
 * @property {number} max
 * @property {number} zeros share that is exactly 0
 * @property {number} saturated share outside the activation's range of response
 * @property {number} dead share of units that are 0 for the whole batch
 * @property {number} nonFinite count, apart from all the above but size
 * @property {Uint32Array} counts histogram over equal bins of [lo, hi]; sums to size - nonFinite
 * @property {number} lo
 * @property {number} hi
 *
 * @typedef {object} LayerResult
 * @property {number} layer 1 to depth
 * @property {number} fanIn
 * @property {number} fanOut
 * @property {string} activation
 * @property {string} scheme
 * @property {number} gain
 * @property {Scheme['distribution']} distribution
 * @property {number} mean what the scheme gives this layer's weights: mean, std, and bound where they are uniform
 * @property {number} std
 * @property {number | null} bound
 * @property {Summary} input of the whole net
 * @property {Summary} weights
 * @property {Summary} preactivations
 * @property {Summary} activations
 *
 * @typedef {{ spec: Spec, input: Summary, layers: LayerResult[] }} Run
 * @typedef {'input' | 'weights' | 'preactivations' | 'activations'} TensorName
 * @typedef {ReturnType<typeof makeEngine>} Engine
 */

/* the enums of c/initscope.h, in their order */
const DISTRIBUTIONS = /** @type {const} */ (['constant', 'uniform', 'normal']);
const MODES = /** @type {const} */ (['value', 'fan_in', 'fan_avg']);
const INPUT_GIVEN = 2;
const TENSORS = ['input', 'weights', 'preactivations', 'activations'];
const LIMITS = ['depth', 'units', 'inputs', 'batch', 'bins', 'bytes', 'scale'];
const FIGURES = ['mean', 'std', 'rms', 'min', 'max', 'zeros', 'saturated', 'dead', 'nonFinite', 'lo', 'hi'];
const EXHAUSTED = 'memory is exhausted: too many networks are open in this engine';
const WEIGHT_ROWS = 64; /* as many as net_weights gives at once */

/**
 * @param {WebAssembly.Module | BufferSource | Response} [source] default, in Node only: the module that build.sh built
 * @returns {Promise<Engine>}
 */
export async function loadEngine(source) {
  let code = source;
  if (code === undefined) {
    const { readFile } = await import('node:fs/promises');
    code = await readFile(new URL('../dist/initscope.wasm', import.meta.url));
  }
  if (typeof Response !== 'undefined' && code instanceof Response) code = await code.arrayBuffer();
  const module =
    code instanceof WebAssembly.Module ? code : await WebAssembly.compile(/** @type {BufferSource} */ (code));
  const instance = await WebAssembly.instantiate(module, {});
  const wasm = /** @type {any} */ (instance.exports);
  wasm._initialize();
  return makeEngine(wasm);
}

/** @param {any} wasm the exports of an initialized module */
function makeEngine(wasm) {
  const tables = readTables(wasm);
  /** @param {unknown} name */
  const activation = (name) => {
    const names = tables.activations.map((row) => row.name);
    return names.indexOf(requireOneOf('activation', name, names));
  };
  return {
    ...tables,

    /**
     * Runs the whole network. Throws a RangeError that names the field, what it was and what it may be.
     * @param {Spec} spec
     * @returns {Run}
     */
    run(spec) {
      const layers = [...this.steps(spec)];
      return { spec, input: layers[0].input, layers };
    },

    /**
     * The same, each layer as it finishes; the caller may stop early.
     * @param {Spec} spec
     * @returns {Generator<LayerResult, void, void>}
     */
    *steps(spec) {
      const checked = checkSpec(tables, spec);
      const net = startNet(wasm, tables, checked);
      try {
        for (let layer = wasm.net_step(net); layer > 0; layer = wasm.net_step(net)) {
          yield readLayer(wasm, tables, net, checked, layer);
        }
      } finally {
        wasm.net_free(net);
      }
    },

    /**
     * A copy of one tensor: weights are (fan_in, fan_out), the input (batch, inputs), all others (batch, units).
     * @param {Spec} spec
     * @param {TensorName} name
     * @param {number} [layer] 1 to depth; 'input' takes none
     * @returns {Float32Array}
     */
    tensor(spec, name, layer) {
      requireOneOf('tensor', name, TENSORS);
      const checked = checkSpec(tables, spec);
      const which = name === 'input' ? 0 : requireWhole('layer', layer, 1, checked.layers.length);
      const net = startNet(wasm, tables, checked);
      try {
        return readTensor(wasm, net, checked, name, which);
      } finally {
        wasm.net_free(net);
      }
    },

    /** phi(z) @param {string} name @param {number} z @returns {number} */
    phi: (name, z) => wasm.activation_value(activation(name), z),

    /** phi'(z) @param {string} name @param {number} z @returns {number} */
    slope: (name, z) => wasm.activation_slope(activation(name), z),
  };
}

/** @param {any} wasm @returns {Tables} */
function readTables(wasm) {
  const bytes = new Uint8Array(wasm.memory.buffer);
  /** @param {number} at a NUL-terminated string */
  const text = (at) => new TextDecoder().decode(bytes.slice(at, bytes.indexOf(0, at)));
  const schemes = Array.from({ length: wasm.scheme_count() }, (_, i) => ({
    name: text(wasm.scheme_name(i)),
    distribution: DISTRIBUTIONS[wasm.scheme_distribution(i)],
    mode: MODES[wasm.scheme_mode(i)],
    scale: wasm.scheme_scale(i),
    valueName: /** @type {Scheme['valueName']} */ (text(wasm.scheme_value_name(i)) || null),
    valueDefault: wasm.scheme_value_default(i),
    paper: text(wasm.scheme_paper(i)),
  }));
  const activations = Array.from({ length: wasm.activation_count() }, (_, i) => ({
    name: text(wasm.activation_name(i)),
    saturation: /** @type {[lo: number, hi: number]} */ ([
      wasm.activation_saturation_lo(i),
      wasm.activation_saturation_hi(i),
    ]),
  }));
  const limits = Object.fromEntries(LIMITS.map((name, i) => [name, wasm.net_limit(i)]));
  return { schemes, activations, limits };
}

/** @param {any} wasm @param {Tables} tables @param {CheckedSpec} checked @returns {number} the handle of a started
 * net */
function startNet(wasm, tables, { batch, seed, inputs, input, layers }) {
  const net = wasm.net_new(seed, batch, inputs, typeof input === 'string' ? INPUTS.indexOf(input) : INPUT_GIVEN);
  if (!net) throw new RangeError(EXHAUSTED);
  try {
    for (const { units, activation, scheme, value, gain } of layers) {
      const status = wasm.net_add_dense(net, units, activation, scheme, value, gain);
      if (status < 0) throw new Error(`the engine refused a checked layer: error ${status}`);
    }
    const most = wasm.net_max_batch(net);
    if (batch > most) {
      refuse('batch', batch, `at most ${most} for layers this wide to fit into ${tables.limits.bytes / 2 ** 20} MiB`);
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

/** @param {any} wasm @param {number} net @param {string} tensor @param {number} size @param {number} bins @returns
 * {Summary} */
function readSummary(wasm, net, tensor, size, bins) {
  const which = TENSORS.indexOf(tensor);
  const figures = new Float64Array(wasm.memory.buffer, wasm.net_summary(net, which), FIGURES.length);
  const counts = new Uint32Array(wasm.memory.buffer, wasm.net_counts(net, which), bins).slice();
  return /** @type {any} */ ({ size, ...Object.fromEntries(FIGURES.map((name, i) => [name, figures[i]])), counts });
}

/** @param {any} wasm @param {Tables} tables @param {number} net @param {CheckedSpec} checked @param {number} layer
 * @returns {LayerResult} */
function readLayer(wasm, tables, net, checked, layer) {
  const { inputs, units, activation, scheme, gain } = checked.layers[layer - 1];
  const bound = wasm.net_bound(net, layer);
  /** @param {string} tensor @param {number} rows @param {number} cols */
  const summary = (tensor, rows, cols) => readSummary(wasm, net, tensor, rows * cols, tables.limits.bins);
  return {
    layer,
    fanIn: inputs,
    fanOut: units,
    activation: tables.activations[activation].name,
    scheme: tables.schemes[scheme].name,
    gain,
    distribution: tables.schemes[scheme].distribution,
    mean: wasm.net_mean(net, layer),
    std: wasm.net_std(net, layer),
    bound: Number.isNaN(bound) ? null : bound,
    input: summary('input', checked.batch, checked.inputs),
    weights: summary('weights', inputs, units),
    preactivations: summary('preactivations', checked.batch, units),
    activations: summary('activations', checked.batch, units),
  };
}

/** @param {any} wasm @param {number} net @param {CheckedSpec} checked @param {TensorName} name @param {number} layer */
function readTensor(wasm, net, checked, name, layer) {
  if (name === 'weights') return readWeights(wasm, net, checked.layers[layer - 1], layer);
  while (layer > 0 && wasm.net_step(net) < layer);
  const which = TENSORS.indexOf(name === 'input' ? 'activations' : name); /* a_0, before the first step */
  const cols = name === 'input' ? checked.inputs : checked.layers[layer - 1].units;
  return compact(wasm, wasm.net_tensor(net, which), checked.batch, cols, wasm.net_stride(net, which));
}

/** @param {any} wasm @param {number} net @param {{ inputs: number, units: number }} shape @param {number} layer */
function readWeights(wasm, net, { inputs, units }, layer) {
  const weights = new Float32Array(inputs * units);
  const stride = Math.ceil(units / 8) * 8;
  for (let row = 0; row < inputs; row += WEIGHT_ROWS) {
    const rows = Math.min(WEIGHT_ROWS, inputs - row);
    weights.set(compact(wasm, wasm.net_weights(net, layer, row, rows), rows, units, stride), row * units);
  }
  return weights;
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
