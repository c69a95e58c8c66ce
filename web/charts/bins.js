/*
 * Shared axes for histograms. The engine counts each tensor in 256 bins of [-2^k, 2^k], k its own; here such counts are
 * brought onto an axis whose bins have a power of two as their width too, so that bins merge exactly. Pure numbers:
 * nothing is drawn here, and an axis holds no pixel.
 */

/** @typedef {import('../engine/engine.js').Summary} Summary */
/** @typedef {import('../run/reply.js').Network} Network */

/**
 * Bins of equal width from lo to hi; lo, hi and 0 lie on edges.
 * @typedef {{ lo: number, hi: number, width: number }} Axis
 */

/** Densities per unit of x, of all values of the tensor; outside: the shares of them below lo and from hi on.
 * @typedef {{ density: Float64Array, below: number, above: number }} Binned */

/** An axis has at least this many bins on its longer side, and less than twice as many. */
const FEWEST_BINS = 64;

/** How many rms of a tensor the axis shows: past 3.5, a normal one has 0.05 % of its values. */
const REACH = 3.5;

/**
 * The least of ... 1/2, 3/4, 1, 3/2, 2, 3, 4 ... that is at least x: axes that move in steps hold still under a drag.
 * @param {number} x above 0
 */
export function stepUp(x) {
  const octave = 2 ** Math.ceil(Math.log2(x));
  return x <= octave * 0.75 ? octave * 0.75 : octave;
}

/**
 * The axis of at least [lo, hi], lo <= 0 <= hi, not both 0.
 * @param {number} lo
 * @param {number} hi
 * @returns {Axis}
 */
export function axisOf(lo, hi) {
  const width = 2 ** (Math.floor(Math.log2(Math.max(-lo, hi))) - Math.log2(FEWEST_BINS));
  return { lo: -Math.ceil(-lo / width) * width || 0, hi: Math.ceil(hi / width) * width, width };
}

/** @param {Axis} axis */
export const binCount = (axis) => Math.round((axis.hi - axis.lo) / axis.width);

/**
 * The axis that shows `reach` on both sides as far as there are values: cut at 0 where none is negative, and at the
 * largest and the smallest where they are nearer. Bins are closed on their left, so that where the largest value lies
 * on the very edge, as the limit of a hardtanh does, one more holds it.
 * @param {number} reach
 * @param {Summary[]} tensors
 */
function axisWithin(reach, tensors) {
  const max = Math.max(0, ...tensors.map((tensor) => tensor.max || 0));
  const min = Math.min(0, ...tensors.map((tensor) => tensor.min || 0));
  const hi = max > 0 ? stepUp(Math.min(reach, max)) : 0;
  const lo = min < 0 ? -stepUp(Math.min(reach, -min)) : 0;
  if (hi === lo) return axisOf(0, 1);
  const axis = axisOf(lo, hi);
  return tensors.some((tensor) => tensor.max === axis.hi) ? { ...axis, hi: axis.hi + axis.width } : axis;
}

/** @param {number} x */
const usable = (x) => Number.isFinite(x) && x > 0;

/**
 * One tensor of all layers of a network; undefined where it is not there yet. scale: that of the layer where the pass
 * begins, the last one for what goes backward; level: the rms that it has where all is well.
 * @typedef {{ tensors: (Summary | undefined)[], scale: Summary | undefined, level: number }} Family
 */

/** The rms that keeps a signal as it is. @type {Record<string, (network: Network) => number>} */
const LEVELS = {
  activations: ({ input }) => input?.rms ?? 1,
  preactivations: ({ input }) => input?.rms ?? 1,
  deltas: () => 1,
  weightGradients: ({ spec, input }) => Math.sqrt(spec.batch ?? 1) * (input?.rms ?? 1),
  weights: ({ layers }) => 1 / Math.sqrt(layers[0]?.fanIn ?? 1),
};

/** Their pass begins at the last layer. */
export const BACKWARD = ['deltas', 'weightGradients'];

/** A tensor of a layer; undefined where either is not there yet, or it was not observed.
 * @param {any} layer @param {string} name @returns {Summary | undefined} */
export const tensorOf = (layer, name) => layer?.[name] ?? undefined;

/**
 * @param {Network} network
 * @param {string} name of the tensor
 * @returns {Family}
 */
export function familyOf(network, name) {
  const tensors = network.layers.map((layer) => tensorOf(layer, name));
  return { tensors, scale: tensors.at(BACKWARD.includes(name) ? -1 : 0), level: LEVELS[name](network) };
}

/**
 * The tensor that sets the scale for all layers of several networks: that one whose rms is nearest to its level, so
 * that one network that explodes or vanishes does not take the scale away from the other. Undefined while there is
 * none.
 * @param {Family[]} families
 */
export function scaleTensor(families) {
  const away = (/** @type {Family} */ { scale, level }) =>
    usable(scale?.rms ?? 0) ? Math.abs(Math.log((scale?.rms ?? 0) / level)) : Infinity;
  const there = families.filter(({ scale }) => scale !== undefined);
  return there.reduce((best, family) => (away(family) < away(best) ? family : best), there[0])?.scale;
}

/**
 * One axis for all of them, as far as the scale tensor reaches; what lies outside is told by rebin.
 * @param {Family[]} families
 */
export function axisOfFamilies(families) {
  const rms = scaleTensor(families)?.rms ?? 0;
  const tensors = families.flatMap((family) => family.tensors.filter((tensor) => tensor !== undefined));
  return axisWithin(usable(rms) ? REACH * rms : 1, tensors);
}

/**
 * One axis for a few tensors that are drawn over each other: as far as the widest of them reaches.
 * @param {Summary[]} tensors
 */
export function axisOfTensors(tensors) {
  const reach = Math.max(0, ...tensors.map((tensor) => tensor.rms).filter(usable));
  return axisWithin(usable(reach) ? REACH * reach : 1, tensors);
}

/**
 * Brings the counts of a tensor onto an axis. Finer bins are merged exactly; where the tensor's own bins are the
 * coarser, each is spread evenly, though not past the tensor's extremes. Exact zeros are left out if asked, but stay in
 * the total, so that what is drawn has the area of its share.
 * @param {Summary} tensor
 * @param {Axis} axis
 * @param {{ withoutZeros?: boolean }} [options]
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
      spread(binned, bin, bin + 1, count / total);
    } else {
      const from = Math.max(left, min) / axis.width - start;
      const to = Math.min(left + own, max) / axis.width - start;
      spread(binned, from, to > from ? to : from + 1, count / total);
    }
  }
  for (let bin = 0; bin < binned.density.length; bin++) binned.density[bin] /= axis.width;
  return binned;
}

/**
 * Adds a share evenly to what lies between two places, counted in bins from the axis's left end.
 * @param {Binned} binned
 * @param {number} from
 * @param {number} to
 * @param {number} share
 */
function spread(binned, from, to, share) {
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
 * Smoothed over five bins, with the weights 1 4 6 4 1. Mirrored at the ends, those of the axis or the tensor's own, so
 * that nothing is lost there, and nothing shown where there can be nothing, as left of 0 for a ReLU.
 * @param {Float64Array} density
 * @param {Axis} axis
 * @param {{ min: number, max: number }} ends NaN where the tensor has no value
 */
export function smooth(density, axis, { min, max }) {
  const bin = (/** @type {number} */ x) =>
    Math.min(density.length - 1, Math.max(0, Math.floor((x - axis.lo) / axis.width))) || 0;
  const [first, last] = [bin(min), bin(max)];
  const mirrored = (/** @type {number} */ i) => (i < first ? 2 * first - 1 - i : i > last ? 2 * last + 1 - i : i);
  const at = (/** @type {number} */ i) => density[Math.min(last, Math.max(first, mirrored(i)))];
  return density.map((value, i) =>
    i < first || i > last ? value : (6 * value + 4 * (at(i - 1) + at(i + 1)) + at(i - 2) + at(i + 2)) / 16,
  );
}

/**
 * Round numbers for an axis, 0 among them where it is there: steps of 1, 2 or 5 times a power of ten, at most so many.
 * @param {number} lo
 * @param {number} hi
 * @param {number} most
 */
export function linearTicks(lo, hi, most) {
  const least = (hi - lo) / most;
  const decade = 10 ** Math.floor(Math.log10(least));
  const step = decade * ([1, 2, 5].find((digit) => digit * decade >= least) ?? 10);
  const ticks = [];
  for (let i = Math.ceil(lo / step); i <= Math.floor(hi / step); i++) ticks.push({ value: i * step });
  return ticks;
}
