/**
 * bins.js: brings histograms onto a shared axis.
 *
 * The engine counts each tensor in 256 bins of [-2^k, 2^k], with a k for each tensor. The bins of an axis here are a
 * power of two wide as well, so the engine's bins merge exactly. Numbers only: nothing is drawn.
 */

import { hasWeights } from '../engine/kinds.js';

/** @typedef {import('../engine/engine.js').Summary} Summary */
/** @typedef {import('../run/reply.js').Network} Network */

/**
 * Bins of equal width from lo to hi. lo, hi and 0 are edges of bins.
 * @typedef {{ lo: number, hi: number, width: number }} Axis
 */

/**
 * A tensor on an axis.
 * @typedef {object} Binned
 * @property {Float64Array} density of each bin, per unit of x; all values of the tensor have area 1
 * @property {number} below share of the values that are less than lo
 * @property {number} above share of the values that are hi or more
 */

/** The longer side of an axis has at least this many bins, and less than twice as many. */
const FEWEST_BINS = 64;

/** How many rms of a tensor the axis shows. Of a normal distribution, 0.05 % lies beyond 3.5. */
const REACH = 3.5;

/**
 * Rounds up to one of ... 1/2, 3/4, 1, 3/2, 2, 3, 4 ... An axis that moves in such steps rests during most of a drag.
 * @param {number} x above 0
 */
export function stepUp(x) {
  const octave = 2 ** Math.ceil(Math.log2(x));
  return x <= octave * 0.75 ? octave * 0.75 : octave;
}

/**
 * An axis that covers [lo, hi].
 * @param {number} lo at most 0
 * @param {number} hi at least 0; not both are 0
 * @returns {Axis}
 */
export function createAxis(lo, hi) {
  const width = 2 ** (Math.floor(Math.log2(Math.max(-lo, hi))) - Math.log2(FEWEST_BINS));
  return { lo: -Math.ceil(-lo / width) * width || 0, hi: Math.ceil(hi / width) * width, width };
}

/** @param {Axis} axis */
export const binCount = (axis) => Math.round((axis.hi - axis.lo) / axis.width);

/**
 * An axis of [-reach, reach], shortened to the values that there are: it begins at 0 if no value is negative.
 * A bin excludes its right edge. If the largest value is the right end, as 1 is for hardtanh, one more bin is added.
 * @param {number} reach
 * @param {Summary[]} tensors
 */
function axisWithin(reach, tensors) {
  const max = Math.max(0, ...tensors.map((tensor) => tensor.max || 0));
  const min = Math.min(0, ...tensors.map((tensor) => tensor.min || 0));
  const hi = max > 0 ? stepUp(Math.min(reach, max)) : 0;
  const lo = min < 0 ? -stepUp(Math.min(reach, -min)) : 0;
  if (hi === lo) return createAxis(0, 1);
  const axis = createAxis(lo, hi);
  return tensors.some((tensor) => tensor.max === axis.hi) ? { ...axis, hi: axis.hi + axis.width } : axis;
}

/** @param {number} x */
const isUsable = (x) => Number.isFinite(x) && x > 0;

/**
 * One tensor of a network, in all its layers.
 * @typedef {object} TensorByLayer
 * @property {(Summary | undefined)[]} tensors undefined for layers that have not been computed yet
 * @property {Summary | undefined} scale the one of the layer where its pass begins: the last layer in the backward pass
 * @property {number} level the rms of that layer in a healthy network
 */

/**
 * The rms of a tensor if the network keeps the scale of its input.
 * @type {Record<string, (network: Network) => number>}
 */
const LEVELS = {
  activations: ({ input }) => input?.rms ?? 1,
  preactivations: ({ input }) => input?.rms ?? 1,
  deltas: () => 1,
  weightGradients: ({ spec, input }) => Math.sqrt(spec.batch ?? 1) * (input?.rms ?? 1),
  weights: ({ layers }) => 1 / Math.sqrt(layers.find(hasWeights)?.fanIn ?? 1),
};

/** The tensors that only layers with weights have. */
const OF_WEIGHTS = ['weights', 'weightGradients'];

/** Whether a layer has no such tensor. @param {{ kind: string }} layer of a spec @param {string} name of the tensor */
export const isMissing = (layer, name) => OF_WEIGHTS.includes(name) && !hasWeights(layer);

/** The tensors of the backward pass, which begins at the last layer. */
export const BACKWARD = ['deltas', 'weightGradients'];

/**
 * @param {any} layer undefined before it has been computed
 * @param {string} name of the tensor
 * @returns {Summary | undefined} undefined too if the tensor was not observed
 */
export const tensorOf = (layer, name) => layer?.[name] ?? undefined;

/**
 * @param {Network} network
 * @param {string} name of the tensor
 * @returns {TensorByLayer}
 */
export function gatherTensors(network, name) {
  const tensors = network.layers.map((layer) => tensorOf(layer, name));
  const having = network.spec.layers.map((layer) => !isMissing(layer, name));
  const place = BACKWARD.includes(name) ? having.lastIndexOf(true) : having.indexOf(true);
  return { tensors, scale: tensors[place], level: LEVELS[name](network) };
}

/**
 * Chooses the tensor that sets the scale for all layers of several networks: the one whose rms is nearest to its level.
 * So a network that explodes or vanishes does not set the scale of a healthy one.
 * @param {TensorByLayer[]} networks
 * @returns {Summary | undefined} undefined if no layer has been computed
 */
export function chooseScaleTensor(networks) {
  const distance = (/** @type {TensorByLayer} */ { scale, level }) =>
    isUsable(scale?.rms ?? 0) ? Math.abs(Math.log((scale?.rms ?? 0) / level)) : Infinity;
  const computed = networks.filter(({ scale }) => scale !== undefined);
  return computed.reduce((best, network) => (distance(network) < distance(best) ? network : best), computed[0])?.scale;
}

/**
 * One axis for all layers of several networks, as long as the scale tensor needs. rebin counts what lies outside it.
 * @param {TensorByLayer[]} networks
 */
export function axisForNetworks(networks) {
  const rms = chooseScaleTensor(networks)?.rms ?? 0;
  const tensors = networks.flatMap((network) => network.tensors.filter((tensor) => tensor !== undefined));
  return axisWithin(isUsable(rms) ? REACH * rms : 1, tensors);
}

/**
 * One axis for a few tensors drawn over each other, as long as the widest of them needs.
 * @param {Summary[]} tensors
 */
export function axisForTensors(tensors) {
  const reach = Math.max(0, ...tensors.map((tensor) => tensor.rms).filter(isUsable));
  return axisWithin(isUsable(reach) ? REACH * reach : 1, tensors);
}

/**
 * Brings the counts of a tensor onto an axis. Bins finer than the axis are merged exactly. Coarser ones are spread
 * evenly, but not past the tensor's smallest and largest value.
 * @param {Summary} tensor
 * @param {Axis} axis
 * @param {{ withoutZeros?: boolean }} [options] withoutZeros: exact zeros are not drawn, but still count in the total, so
 *   the area that is drawn is the share of all other values
 * @returns {Binned}
 */
export function rebin(tensor, axis, { withoutZeros = false } = {}) {
  const { counts, lo, size, nonFinite, min, max } = tensor;
  const own = (tensor.hi - lo) / counts.length;
  const total = Math.max(1, size - nonFinite);
  const binned = { density: new Float64Array(binCount(axis)), below: 0, above: 0 };
  const zeroBin = Math.floor(-lo / own);
  const start = axis.lo / axis.width;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] - (withoutZeros && i === zeroBin ? Math.round(tensor.zeros * size) : 0);
    if (count <= 0) continue;
    const left = lo + i * own;
    if (own <= axis.width) {
      const bin = Math.floor(left / axis.width) - start;
      addEvenly(binned, bin, bin + 1, count / total);
    } else {
      const from = Math.max(left, min) / axis.width - start;
      const to = Math.min(left + own, max) / axis.width - start;
      addEvenly(binned, from, to > from ? to : from + 1, count / total);
    }
  }
  for (let bin = 0; bin < binned.density.length; bin++) binned.density[bin] /= axis.width;
  return binned;
}

/**
 * Spreads a share evenly between two positions.
 * @param {Binned} binned changed in place
 * @param {number} from in bins from the left end of the axis, not always whole
 * @param {number} to likewise
 * @param {number} share of all values
 */
function addEvenly(binned, from, to, share) {
  const { density } = binned;
  const each = share / (to - from);
  binned.below += each * (Math.min(to, 0) - Math.min(from, 0));
  binned.above += each * (Math.max(to, density.length) - Math.max(from, density.length));
  const end = Math.min(to, density.length);
  for (let bin = Math.max(Math.floor(from), 0); bin < end; bin++) {
    density[bin] += each * (Math.min(to, bin + 1) - Math.max(from, bin));
  }
}

/**
 * Smooths a density over five bins, with weights 1 4 6 4 1. It is mirrored at the ends, so no area is lost, and no
 * density appears where no value can be, such as left of 0 for ReLU.
 * @param {Float64Array} density one for each bin
 * @param {Axis} axis
 * @param {{ min: number, max: number }} ends the tensor's smallest and largest value; NaN if it has none
 */
export function smooth(density, axis, { min, max }) {
  const binOf = (/** @type {number} */ x) =>
    Math.min(density.length - 1, Math.max(0, Math.floor((x - axis.lo) / axis.width))) || 0;
  const [first, last] = [binOf(min), binOf(max)];
  const mirrored = (/** @type {number} */ i) => (i < first ? 2 * first - 1 - i : i > last ? 2 * last + 1 - i : i);
  const read = (/** @type {number} */ i) => density[Math.min(last, Math.max(first, mirrored(i)))];
  return density.map((value, i) =>
    i < first || i > last ? value : (6 * value + 4 * (read(i - 1) + read(i + 1)) + read(i - 2) + read(i + 2)) / 16,
  );
}

/**
 * Round numbers for an axis, in steps of 1, 2 or 5 times a power of ten. 0 is one of them if the axis has it.
 * @param {number} lo
 * @param {number} hi
 * @param {number} most about how many steps fit, at most
 */
export function linearTicks(lo, hi, most) {
  const least = (hi - lo) / most;
  const decade = 10 ** Math.floor(Math.log10(least));
  const step = decade * ([1, 2, 5].find((digit) => digit * decade >= least) ?? 10);
  const ticks = [];
  for (let i = Math.ceil(lo / step); i <= Math.floor(hi / step); i++) ticks.push({ value: i * step });
  return ticks;
}
