/**
 * timing.js: how the benchmark takes times. Contestants take turns, so that other load on the machine slows all of them
 * alike. A time is the median of its samples; a ratio is the median of the ratios within each turn.
 *
 * It runs in Node and in a page, and knows nothing of what it times.
 */

/** @typedef {(times: number) => unknown} Contestant does its work `times` times */

/** Samples; the most times in a sample; the milliseconds that a sample lasts at least, unless `most` ends it. */
const DEFAULTS = { rounds: 15, most: 1 << 24, least: 15 };

/** Milliseconds that the work takes. @param {Contestant} work @param {number} times */
function clock(work, times) {
  const begun = performance.now();
  work(times);
  return performance.now() - begun;
}

/** How many times fill a sample. @param {Contestant} work @param {{ least: number, most: number }} limits */
function timesFor(work, { least, most }) {
  work(1); // pays for compilation and first allocations
  let times = 1;
  while (times < most && clock(work, times) < least) times *= 2;
  return times;
}

/**
 * Milliseconds that each contestant takes for its work once, and the ratio of that to `ours`.
 * @template {string} Name
 * @param {Record<Name | 'ours', Contestant>} contestants
 * @param {Partial<typeof DEFAULTS>} [options]
 * @returns {{ ms: Record<Name | 'ours', number>, ratio: Record<Name | 'ours', number> }}
 */
export function alternate(contestants, options = {}) {
  const limits = { ...DEFAULTS, ...options };
  const runs = Object.entries(contestants).map(([name, work]) => {
    const contestant = /** @type {Contestant} */ (work);
    return { name, work: contestant, times: timesFor(contestant, limits), samples: /** @type {number[]} */ ([]) };
  });
  for (let round = 0; round < limits.rounds; round++) {
    for (const { work, times, samples } of runs) samples.push(clock(work, times) / times);
    runs.push(/** @type {any} */ (runs.shift())); // so that nobody always comes first
  }
  const ours = runs.find(({ name }) => name === 'ours')?.samples ?? [];
  /** @param {(samples: number[]) => number} summarize @returns {any} */
  const each = (summarize) => Object.fromEntries(runs.map(({ name, samples }) => [name, summarize(samples)]));
  return { ms: each(median), ratio: each((samples) => median(samples.map((sample, i) => sample / ours[i]))) };
}

/**
 * The smallest value that at least this share of the values do not exceed; NaN if there are none.
 * @param {number[]} values @param {number} share
 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** @param {number[]} values */
export const median = (values) => percentile(values, 0.5);

/** The exponent p of y = c x^p, fitted by least squares to the logarithms. @param {[x: number, y: number][]} points */
export function exponent(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = [0, 1].map((i) => logs.reduce((sum, log) => sum + log[i], 0) / logs.length);
  let [across, squares] = [0, 0];
  for (const [x, y] of logs) {
    across += (x - mean[0]) * (y - mean[1]);
    squares += (x - mean[0]) ** 2;
  }
  return across / squares;
}
