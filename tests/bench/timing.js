/*
 * How the benchmark takes times: contestants in turn, so that what else the machine does meets all of them alike. A
 * time is the median of its samples, a ratio the median of the ratios within each turn. Pure but for the clock; runs
 * in Node and in a page.
 */

/** @typedef {(times: number) => unknown} Contestant does its work so many times */

/** Samples, at most times a sample, and milliseconds that a sample at least lasts, where times are not at an end. */
const DEFAULTS = { rounds: 15, most: 1 << 24, least: 15 };

/** @param {Contestant} work @param {number} times */
function clock(work, times) {
  const begun = performance.now();
  work(times);
  return performance.now() - begun;
}

/** @param {Contestant} work @param {{ least: number, most: number }} limits */
function timesFor(work, { least, most }) {
  work(1); // what is compiled or allocated at first
  let times = 1;
  while (times < most && clock(work, times) < least) times *= 2;
  return times;
}

/**
 * Milliseconds that each contestant needs for its work once, and how many times those of `ours`.
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
    runs.push(/** @type {any} */ (runs.shift())); // nobody comes always first
  }
  const ours = runs.find(({ name }) => name === 'ours')?.samples ?? [];
  /** @param {(samples: number[]) => number} of @returns {any} */
  const each = (of) => Object.fromEntries(runs.map(({ name, samples }) => [name, of(samples)]));
  return { ms: each(median), ratio: each((samples) => median(samples.map((sample, i) => sample / ours[i]))) };
}

/**
 * The smallest of the values that at least a share of them do not exceed; NaN of none.
 * @param {number[]} values @param {number} share
 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** @param {number[]} values */
export const median = (values) => percentile(values, 0.5);

/** The exponent p of y = c x^p by least squares in logarithms. @param {[x: number, y: number][]} points */
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
