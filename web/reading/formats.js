/**
 * formats.js: number formats of 16 bits: their limits, and in which layers of a run values would leave them.
 *
 * Pure, and without words. The engine computes in float32: nothing is rounded here. What is near 0 is estimated from the
 * histogram, as if values were spread evenly inside each bin.
 */

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../engine/engine.js').Summary} Summary */

/**
 * @typedef {object} Limits
 * @property {number} largest finite number
 * @property {number} infinite from here on a value rounds to infinity
 * @property {number} normal the smallest number with all its digits
 * @property {number} smallest number above 0
 * @property {number} zero below this a value becomes 0
 */

/**
 * IEEE 754 binary16 and bfloat16: p bits of significand, exponents up to `most`. The smallest number is 2^(2 - most - p), and half of
 * it rounds to 0. Hardware that flushes subnormal numbers makes 0 of all that is below the normal ones.
 * @param {number} p
 * @param {number} most
 * @param {boolean} flushes
 * @returns {Limits}
 */
function limitsOf(p, most, flushes) {
  const normal = 2 ** (1 - most);
  const smallest = flushes ? normal : normal * 2 ** (1 - p);
  const unit = 2 ** most;
  return {
    largest: unit * (2 - 2 ** (1 - p)),
    infinite: unit * (2 - 2 ** -p),
    normal,
    smallest,
    zero: flushes ? normal : smallest / 2,
  };
}

/** By the names of the control. @type {Record<string, Limits>} */
export const FORMATS = {
  float16: limitsOf(11, 15, false),
  'float16-flush': limitsOf(11, 15, true),
  bfloat16: limitsOf(8, 127, false),
  'bfloat16-flush': limitsOf(8, 127, true),
};

/** From which share of a tensor on a layer is told: of its values other than 0, so many become 0, or are subnormal. */
export const TOLD = { zero: 0.1, subnormal: 0.5 };

/** The tensors of each pass. */
const TENSORS = { forward: ['preactivations', 'activations'], backward: ['deltas', 'weightGradients'] };

/**
 * The share of a tensor's values that are smaller than a bound, of those that are finite and not 0.
 * @param {Summary} tensor
 * @param {number} bound above 0
 * @returns {number} 0 where all are 0
 */
export function shareBelow({ size, nonFinite, zeros, counts, lo, hi, min, max }, bound) {
  const width = (hi - lo) / counts.length;
  const exact = zeros * size;
  const others = size - nonFinite - exact;
  if (others <= 0) return 0;
  let inside = 0;
  counts.forEach((count, bin) => {
    const edge = lo + bin * width;
    const own = edge <= 0 && edge + width > 0 ? count - exact : count; // zeros are in the bin that begins at 0
    const [left, right] = [Math.max(edge, min), Math.min(edge + width, max)]; // a bin may be far wider than its values
    const overlap = Math.min(bound, right) - Math.max(-bound, left);
    if (own > 0 && overlap >= 0) inside += own * (right > left ? Math.min(1, overlap / (right - left)) : 1);
  });
  return inside / others;
}

/** @param {Layer} layer @param {'forward' | 'backward'} way @returns {Summary[]} */
const tensorsOf = (layer, way) => TENSORS[way].flatMap((name) => /** @type {any} */ (layer)[name] ?? []);

/** @param {Summary} tensor @param {Limits} limits */
const overflows = ({ nonFinite, min, max }, { infinite }) => nonFinite > 0 || Math.max(max, -min) >= infinite;

/** What a value of a tensor comes to. @param {Summary} tensor @param {Limits} limits
 * @returns {'over' | 'zero' | 'subnormal' | ''} the worst */
function faultOf(tensor, limits) {
  if (overflows(tensor, limits)) return 'over';
  if (shareBelow(tensor, limits.zero) >= TOLD.zero) return 'zero';
  return shareBelow(tensor, limits.normal) >= TOLD.subnormal ? 'subnormal' : '';
}

/** Layers in a row: [first, last]. @typedef {[number, number]} Run */

/**
 * The layers in which values leave a format, by the worst that becomes of them.
 * @typedef {{ over: Run[], zero: Run[], subnormal: Run[] }} Faults ascending
 */

/** @param {number[]} layers ascending */
function runsOf(layers) {
  /** @type {Run[]} */
  const runs = [];
  for (const layer of layers) {
    const run = runs.at(-1);
    if (run && run[1] === layer - 1) run[1] = layer;
    else runs.push([layer, layer]);
  }
  return runs;
}

/** From the worst. @type {(keyof Faults)[]} */
const WORST = ['over', 'zero', 'subnormal'];

/**
 * @param {Layer[]} layers that are there so far
 * @param {Limits} limits
 * @param {'forward' | 'backward'} way
 * @returns {Faults | null} null where nothing has been computed
 */
export function faultsOf(layers, limits, way) {
  /** @type {Record<string, number[]>} */
  const found = { over: [], zero: [], subnormal: [] };
  const along = (way === 'forward' ? layers : [...layers].reverse()).filter(
    (layer) => tensorsOf(layer, way).length > 0,
  );
  let before = '';
  for (const layer of along) {
    const tensors = tensorsOf(layer, way);
    const faults = tensors.map((tensor) => faultOf(tensor, limits));
    // where all values of the layer before become 0, nothing is left to measure
    const isGone = before === 'zero' && tensors.every(({ rms }) => rms === 0);
    before = isGone ? 'zero' : (WORST.find((fault) => faults.includes(fault)) ?? '');
    if (before) found[before].push(layer.layer);
  }
  const ordered = Object.entries(found).map(([fault, list]) => [fault, runsOf(list.sort((a, b) => a - b))]);
  return along.length > 0 ? Object.fromEntries(ordered) : null;
}
