/*
 * A log axis as numbers: its range, its ticks and their text, and where a value stands that it has no place for, and
 * what is then written there. Pure; depth.js draws on it.
 */
import { words } from '../locales/words.js';

/** @typedef {{ lo: number, hi: number }} Range in powers of ten */

/** The frame spans at most these powers of ten. */
const FURTHEST = 18;

/** Of the range, between a tick and what is written at an end. */
const TICK_SHARE = 0.05;

/** Within so many powers of ten the ticks are 1, 2, 5; beyond, powers. */
const NEAR = 2;

/**
 * The powers of ten, in halves, between which all values lie that can be shown, at least one power apart.
 * @param {number[]} values
 */
export function decades(values) {
  const logs = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const lo = Math.max(-FURTHEST, Math.floor(2 * Math.min(0, ...logs) - 0.1) / 2);
  const hi = Math.min(FURTHEST, Math.ceil(2 * Math.max(0, ...logs) + 0.1) / 2);
  return { lo, hi };
}

/**
 * Ticks that read well, at most so many where they are powers.
 * @param {Range} range
 * @param {number} most
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

/** @param {Range} range @param {number} value @param {Ends} ends */
export function tickText({ lo, hi }, value, ends) {
  if (ends.floor && value <= 10 ** lo) return ends.floor;
  if (ends.ceiling && value >= 10 ** hi) return ends.ceiling;
  return hi - lo <= NEAR || value === 1 ? words.plain(value) : words.power(Math.round(Math.log10(value)));
}

/**
 * The ticks with the two ends among them, where something stands there: without those that come too near to it.
 * @param {Range} range
 * @param {number} most
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
 * What stands on the floor and on the ceiling, in words; '' where nothing does.
 * @typedef {{ floor: string, ceiling: string }} Ends
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
 * Where a value stands: on the floor if it is too small or 0, on the ceiling if too large or not finite; nowhere if it
 * is not there.
 * @param {number | undefined} value
 * @param {{ min: number, max: number }} frame
 */
export function standIn(value, { min, max }) {
  if (value === undefined) return { y: undefined, clamped: false };
  if (Number.isNaN(value) || value > max) return { y: max, clamped: true };
  return value < min ? { y: min, clamped: true } : { y: value, clamped: false };
}
