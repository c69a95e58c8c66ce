/**
 * defaults.js: what a row of c/defaults.c says that a library draws, and how far the library's own draws are from that. It
 * computes the spread of a rule from its name alone, apart from the engine.
 */
import { corrected, normal, positive, truncated, uniform } from './documented.js';

/** @typedef {import('../../web/engine/generate-libraries.js').Drawn} Drawn */
/** @typedef {import('./documented.js').Spread & { name: string }} Named with the name of its distribution in the table */

/** @param {string} name @param {(std: number) => import('./documented.js').Spread} spread @returns {(std: number) => Named} */
const named = (name, spread) => (std) => ({ ...spread(std), name });

const byStd = {
  normal: named('normal', normal),
  uniform: named('uniform', (std) => uniform(Math.sqrt(3) * std)),
  corrected: named('normal cut at 2', corrected),
  raw: named('normal cut at 2', truncated),
};

/** @typedef {{ fanIn: number, fanOut: number, number: number | null }} Fans */

/** @param {Fans} fans */
const average = ({ fanIn, fanOut }) => (fanIn + fanOut) / 2;

/** The std by a fan. @param {number} scale @param {(fans: Fans) => number} fan @param {(std: number) => Named} spread */
const by = (scale, fan, spread) => (/** @type {Fans} */ fans) => spread(Math.sqrt((fans.number ?? scale) / fan(fans)));

const fanIn = (/** @type {Fans} */ fans) => fans.fanIn;
const fanOut = (/** @type {Fans} */ fans) => fans.fanOut;
const given = (/** @type {Fans} */ { number }) => Number(number);

/** What each scheme draws. @type {Record<string, (fans: Fans) => Named>} */
const SCHEMES = {
  zeros: () => ({ mean: 0, std: 0, bound: null, fourth: 0, name: 'zeros' }),
  constant: (fans) => ({ mean: given(fans), std: 0, bound: null, fourth: 0, name: 'constant' }),
  normal: (fans) => byStd.normal(given(fans)),
  uniform: (fans) => ({ ...uniform(given(fans)), name: 'uniform' }),
  'uniform-positive': (fans) => ({ ...positive(given(fans)), name: 'uniform' }),
  'truncated-raw': (fans) => byStd.raw(given(fans)),
  'pytorch-default': by(1 / 3, fanIn, byStd.uniform),
  'xavier-uniform': by(1, average, byStd.uniform),
  'xavier-normal': by(1, average, byStd.normal),
  'xavier-truncated': by(1, average, byStd.corrected),
  'xavier-truncated-raw': by(1, average, byStd.raw),
  'he-normal': by(2, fanIn, byStd.normal),
  'he-uniform': by(2, fanIn, byStd.uniform),
  'he-truncated': by(2, fanIn, byStd.corrected),
  'he-fan-out': by(2, fanOut, byStd.normal),
  'lecun-normal': by(1, fanIn, byStd.normal),
  'lecun-uniform': by(1, fanIn, byStd.uniform),
  'lecun-truncated': by(1, fanIn, byStd.corrected),
  'lecun-truncated-raw': by(1, fanIn, byStd.raw),
  'djl-xavier': by(2, average, byStd.uniform),
  // the longer side of the matrix stands as fan_in in such a row
  orthogonal: (fans) => ({ std: 1 / Math.sqrt(fans.fanIn), bound: null, fourth: 3, name: 'orthogonal' }),
  'unit-sum': (fans) => ({ std: 2 / Math.sqrt(3) / fans.fanIn, bound: null, fourth: 9 / 5, name: 'other' }),
  'nguyen-widrow-positive': (fans) => ({
    ...positive((fans.number ?? 0.7) * fans.fanOut ** (1 / fans.fanIn)),
    name: 'uniform',
  }),
};

/** @param {Named} spread @param {number} gain @returns {Named} */
const scaled = ({ mean = 0, std, bound, ...rest }, gain) => ({
  ...rest,
  mean: mean * gain,
  std: std * gain,
  bound: bound === null ? null : bound * gain,
});

/** The weights of a row, and its biases. @param {Drawn} row @returns {{ weights: Named | null, biases: Named | null }} */
export function spreadsOf(row) {
  const { scheme, number, gain, bias, biasNumber, biasFan } = row;
  const fans = { fanIn: Number(row.fanIn), fanOut: Number(row.fanOut), number };
  const biasFans = { fanIn: Number(biasFan), fanOut: Number(row.fanOut), number: biasNumber }; // by an average, the weights' own
  return {
    weights: scheme === null ? null : scaled(SCHEMES[scheme](fans), gain),
    biases: bias === null ? null : SCHEMES[bias](biasFans),
  };
}

/**
 * What is wrong with a spread, held against what a library drew; '' if nothing is.
 *
 * The mean of n values may be off by 4 std / sqrt(n), their std by 4 standard errors, std sqrt((fourth - 1) / 4 n). The
 * largest of n values of a distribution that ends, with a density there of at least a fifth of a uniform's, comes within 45
 * / n of the bound in all but e^-9 of cases; it lies beyond by rounding alone, in formats of 24 bits by 2^-23 of itself. The
 * table has six digits. The length of an orthonormal column of 300 floats of 24 bits is off by at most 300 2^-24.
 * @param {Named} expected @param {Record<string, string>} measured a row of tests/reference/libraries.tsv
 */
export function faultOf({ mean = 0, std, bound, fourth, name }, measured) {
  const n = Number(measured.n);
  const [gotMean, gotStd, least, most] = ['mean', 'std', 'min', 'max'].map((column) => Number(measured[column]));
  const rounding = 1e-6;
  if (!Number.isFinite(mean + std)) return `the rule gives ${mean} and ${std}`;
  if (measured.distribution.split(',')[0] !== name) return `is ${measured.distribution}, not ${name}`;
  if (std === 0) return least === mean && most === mean ? '' : `values from ${least} to ${most}, not ${mean}`;
  const offMean = Math.abs(gotMean - mean) / (std / Math.sqrt(n));
  if (offMean > 4 + 1e-3) return `mean ${gotMean} for ${mean}: ${offMean} standard errors`;
  const error = name === 'orthogonal' ? 300 * 2 ** -26 : Math.sqrt((fourth - 1) / (4 * n));
  const offStd = Math.abs(gotStd / std - 1);
  if (offStd > 4 * error + 5 * rounding) return `std ${gotStd} for ${std}: ${offStd / error} standard errors`;
  if (bound === null) return '';
  const farthest = Math.max(most, -least) / bound;
  if (farthest > 1 + 5 * rounding || farthest < 1 - 45 / n - 5 * rounding) return `farthest ${farthest} of the bound`;
  return '';
}
