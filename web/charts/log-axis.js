/**
 * log-axis.js: the arithmetic of a log axis: its range, its ticks and their text.
 *
 * A log axis has no place for 0, infinity, NaN or values beyond its range. Such values are drawn at its floor or ceiling,
 * with a text there. Nothing is drawn here: depth-chart.js and curve-drawing.js do that.
 */
import { words } from '../locales/words.js';

/** @typedef {{ lo: number, hi: number }} Range both as exponents of 10 */

/**
 * The texts at the floor and at the ceiling; '' if no value is drawn there instead of its own place.
 * @typedef {{ floor: string, ceiling: string }} Ends
 */

/** The range ends at this exponent of 10 at the latest, up and down. */
const FURTHEST = 18;

/** Ticks keep this distance from the text at an end, as a share of the range. */
const TICK_SHARE = 0.05;

/** A range of up to this many powers of ten has ticks at 1, 2 and 5. A longer one has powers only. */
const NEAR = 2;

/**
 * The range of an axis for some values, in half powers of ten. It always has room around 1.
 * @param {number[]} values those that are not positive and finite are ignored
 * @returns {Range}
 */
export function logRange(values) {
  const logs = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const lo = Math.max(-FURTHEST, Math.floor(2 * Math.min(0, ...logs) - 0.1) / 2);
  const hi = Math.min(FURTHEST, Math.ceil(2 * Math.max(0, ...logs) + 0.1) / 2);
  return { lo, hi };
}

/**
 * @param {Range} range
 * @param {number} most about how many ticks fit; applies to ticks that are powers
 */
export function logTicks({ lo, hi }, most) {
  const step = hi - lo <= NEAR ? 0 : ([1, 2, 3, 4, 6, 8].find((size) => (hi - lo) / size <= most) ?? 8);
  const ticks = [];
  for (let k = Math.floor(lo); k <= hi; k++) {
    for (const digit of step === 0 ? [1, 2, 5] : [1]) {
      const log = k + Math.log10(digit);
      if (log >= lo && log <= hi && (step === 0 || k % step === 0)) ticks.push({ value: digit * 10 ** k });
    }
  }
  return ticks;
}

/** @param {Range} range @param {number} value of the tick @param {Ends} ends */
export function tickText({ lo, hi }, value, ends) {
  if (ends.floor && value <= 10 ** lo) return ends.floor;
  if (ends.ceiling && value >= 10 ** hi) return ends.ceiling;
  return hi - lo <= NEAR || value === 1 ? words.plain(value) : words.power(Math.round(Math.log10(value)));
}

/**
 * The ticks of an axis, with one at each end that has a text. Ticks too near to such an end are left out.
 * @param {Range} range
 * @param {number} most see logTicks
 * @param {Ends} ends
 */
export function ticksWithEnds(range, most, ends) {
  const { lo, hi } = range;
  const near = TICK_SHARE * (hi - lo);
  const inner = logTicks(range, most).filter(({ value }) => {
    const log = Math.log10(value);
    return !(ends.floor && log - lo < near) && !(ends.ceiling && hi - log < near);
  });
  if (ends.floor) inner.unshift({ value: 10 ** lo });
  if (ends.ceiling) inner.push({ value: 10 ** hi });
  return inner;
}

/**
 * @param {number[]} values
 * @param {Range} range
 * @returns {Ends}
 */
export function endsOf(values, { lo, hi }) {
  const [zero, infinite] = [values.includes(0), values.some((value) => !Number.isFinite(value))];
  const below = values.some((value) => value > 0 && value < 10 ** lo);
  const above = values.some((value) => value > 10 ** hi && Number.isFinite(value));
  const floor = below ? `${zero ? '≤' : '<'}${words.power(lo)}` : zero ? '0' : '';
  const ceiling = above ? `${infinite ? '≥' : '>'}${words.power(hi)}` : infinite ? '∞, NaN' : '';
  return { floor, ceiling };
}

/**
 * Moves a value into the frame: to the floor if it is too small, to the ceiling if it is too large or NaN.
 * @param {number | undefined} value undefined stays undefined
 * @param {{ min: number, max: number }} frame
 * @returns {{ y: number | undefined, clamped: boolean }} clamped: the value was moved
 */
export function clampToFrame(value, { min, max }) {
  if (value === undefined) return { y: undefined, clamped: false };
  if (Number.isNaN(value) || value > max) return { y: max, clamped: true };
  return value < min ? { y: min, clamped: true } : { y: value, clamped: false };
}
