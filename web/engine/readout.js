/**
 * readout.js: reads the results of a network out of WebAssembly: summaries, theory and places. It returns plain objects
 * and copies, never views of the engine's memory.
 *
 * It computes no results: the engine has. wasm.js starts networks; tensors.js reads whole tensors.
 */

import { CONVENTIONS, DRAWN, FANS, INSIDE, SUMMARY, TENSORS, THEORY } from './tables.js';
import { finiteOrNull } from './wasm.js';

/**
 * @typedef {import('./spec.js').Tables} Tables
 * @typedef {import('./spec.js').CheckedSpec} CheckedSpec
 * @typedef {import('./results.js').Summary} Summary
 * @typedef {import('./results.js').LayerResult} LayerResult
 * @typedef {import('./results.js').BackResult} BackResult
 */

/** The predictions that exist only once the loss has passed back. */
const BACK_THEORY = THEORY.filter((name) => /^(delta|gradient)/.test(name));
const FORWARD_THEORY = THEORY.filter((name) => !BACK_THEORY.includes(name));

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
 * @param {import('./activations.js').Phi} phi
 * @param {number} weightSquare sigma_w^2
 * @param {number} biasSquare sigma_b^2
 * @returns {import('./results.js').FixedPoint}
 */
export function readFixedPoint(wasm, { activation, parameter }, weightSquare, biasSquare) {
  const q = wasm.theory_fixed_point(activation, parameter, weightSquare, biasSquare);
  return {
    weightSquare,
    biasSquare,
    q,
    chi: wasm.theory_chi(activation, parameter, weightSquare, q),
    lengthDepth: wasm.theory_depth_q(activation, parameter, weightSquare, q),
    correlationDepth: wasm.theory_depth_c(activation, parameter, weightSquare, q),
  };
}

/** How many numbers one example has. @param {import('./shapes.js').Extent} extent */
export const valuesOf = ({ height, width, channels }) => height * width * channels;

/**
 * The mean squares by position in the layer that was passed last, and the rms of its interior and of its border.
 * @param {any} wasm @param {number} net
 * @param {CheckedSpec['layers'][number]} shape of the layer
 * @param {number} layer from 1
 * @param {boolean} back whether it was the backward pass
 * @returns {import('./results.js').Places | null} null for a layer that gives one vector, or if not observed
 */
function readPlaces(wasm, net, { out, conv, pooling, kind }, layer, back) {
  const address = wasm.net_squares(net);
  if (!(conv || pooling) || kind === 'global-average-pool' || !address) return null;
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
function readCounts(wasm, { kind, in: below, out, conv }) {
  const { kernel, groups } = conv ?? { kernel: [1, 1], groups: 1 };
  const transposed = kind === 'transposed-conv';
  const count = (/** @type {number} */ convention, /** @type {number} */ fan) =>
    wasm.fans_of(convention, fan, transposed, kernel[0] * kernel[1], below.channels, out.channels, groups);
  const pairs = CONVENTIONS.map((name, i) => [name, { fanIn: count(i, 0), fanOut: count(i, 1) }]);
  return /** @type {any} */ (Object.fromEntries(pairs));
}

/** What a layer without weights has in place of rules: nulls. @type {any} */
const NO_RULES = Object.fromEntries(
  [
    ...[
      'fanIn',
      'fanOut',
      'fans',
      'varianceAsStd',
      'drawn',
      'shared',
      'valueCount',
      'scheme',
      'gain',
      'distribution',
      'mode',
      'number',
      'mean',
      'std',
    ],
    ...['rightStd', 'bound', 'parent', 'bias', 'biasStd'],
  ].map((name) => [name, null]),
);

/** A layer's weights and biases as its rules define them. @param {any} wasm @param {Tables} tables @param {number} net
 * @param {CheckedSpec['layers'][number]} checked @param {number} layer */
export function readRules(wasm, tables, net, { weights, bias, gain, convention, varianceAsStd, drawn, stream }, layer) {
  if (!weights || !bias) return NO_RULES;
  return {
    fanIn: wasm.net_fan(net, layer, FANS.indexOf('in')),
    fanOut: wasm.net_fan(net, layer, FANS.indexOf('out')),
    fans: /** @type {import('./shapes.js').Convention} */ (CONVENTIONS[convention]),
    varianceAsStd,
    drawn: DRAWN[drawn],
    shared: stream > 0,
    valueCount: (drawn > 0 && wasm.net_drawn_values(net, layer)) || null,
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
  };
}

/** @param {CheckedSpec['layers'][number]} shape @param {number} layer from 1
 * @returns {any} the layer's kind, and the shape of all but a dense one */
function readShape({ kind, in: below, out, conv, pooling, sum }, layer) {
  if (kind === 'dense') return { kind };
  const { outputPadding, ...kernel } = conv ?? { outputPadding: null };
  return {
    kind,
    ...kernel,
    ...(outputPadding !== null && { outputPadding }),
    ...pooling,
    ...(sum && { over: layer - 1 - sum.from }),
    channelsIn: below.channels,
    channelsOut: out.channels,
    size: [out.height, out.width],
    sizeIn: [below.height, below.width],
  };
}

/** How many numbers go into one output of a layer with weights: on average over its outputs, without borders. An output
 * of a transposed convolution lies over one input in stride x stride places.
 * @param {CheckedSpec['layers'][number]} shape */
const trueFanIn = ({ kind, rows, conv }) =>
  kind === 'transposed-conv' && conv ? rows / (conv.stride * conv.stride) : rows;

/** Whether weights and biases have the mean 0, as the theory of fixed points asks. False for a layer without weights.
 * @param {CheckedSpec['layers'][number]} shape @param {{ mean: number }} rules */
const isCentred = ({ bias }, { mean }) =>
  mean === 0 && (bias?.distribution === 'constant' ? bias.number === 0 : bias?.distribution !== 'uniform-positive');

/**
 * The result of the layer that was stepped last.
 * @param {any} wasm @param {Tables} tables @param {number} net @param {CheckedSpec} checked
 * @param {number} layer from 1
 * @param {LayerResult} [before] result of the layer before; an equal layer takes over its fixed point
 * @returns {LayerResult}
 */
export function readLayer(wasm, tables, net, checked, layer, before) {
  const shape = checked.layers[layer - 1];
  const { rows, out, activation, parameter } = shape;
  const fanIn = trueFanIn(shape);
  const rules = readRules(wasm, tables, net, shape, layer);
  const theory = readTheory(wasm, net, layer, FORWARD_THEORY);
  const [weightSquare, biasSquare] = [fanIn * rules.std ** 2, rules.biasStd ** 2];
  const known = before?.fixedPoint;
  const alike =
    before?.activation === tables.activations[activation].name &&
    before.parameter === parameter &&
    known?.weightSquare === weightSquare &&
    known.biasSquare === biasSquare;
  /** @param {'input' | 'weights' | 'preactivations' | 'activations'} tensor @param {number} size */
  const summary = (tensor, size) => readSummary(wasm, net, tensor, size, tables.limits.bins);
  return {
    layer,
    ...readShape(shape, layer),
    trueFanIn: rows > 0 ? fanIn : /** @type {any} */ (null),
    counts: rows > 0 ? readCounts(wasm, shape) : /** @type {any} */ (null),
    activation: tables.activations[activation].name,
    parameter,
    ...rules,
    input: summary('input', checked.batch * valuesOf(checked.inputs)),
    weights: summary('weights', rows * out.channels),
    preactivations: summary('preactivations', checked.batch * valuesOf(out)),
    activations: summary('activations', checked.batch * valuesOf(out)),
    correlation: finiteOrNull(wasm.net_correlation(net)),
    chiAtZero: rows > 0 ? wasm.theory_chi(activation, parameter, weightSquare, 0) : /** @type {any} */ (null),
    copies: wasm.net_copies(net, layer) === 1,
    places: readPlaces(wasm, net, shape, layer, false),
    theory,
    fixedPoint:
      theory && isCentred(shape, rules)
        ? alike
          ? known
          : readFixedPoint(wasm, shape, weightSquare, biasSquare)
        : null,
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
