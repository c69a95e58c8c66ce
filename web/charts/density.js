/**
 * density.js: densities and shares that theory predicts: of a scheme's weights, of preactivations, of dead units.
 *
 * Each is a function of a few numbers. Nothing is measured or drawn here, and the recursion over layers is the engine's
 * (c/theory.c).
 */

/** @typedef {Pick<import('../engine/engine.js').PassedLayer, 'distribution' | 'std' | 'bound' | 'parent' | 'valueCount'>} Weights */

/**
 * The standard normal distribution function, to 1e-7 (Abramowitz & Stegun 1964, 7.1.26).
 * @param {number} x
 */
export function normalCdf(x) {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const series = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const tail = (series.reduce((sum, term) => (sum + term) * t, 0) * Math.exp(-(x ** 2) / 2)) / 2;
  return x < 0 ? tail : 1 - tail;
}

/** @param {number} x @param {number} std @returns {number} the density of a normal distribution of mean 0, at x */
export const normalDensity = (x, std) => Math.exp(-0.5 * (x / std) ** 2) / (std * Math.sqrt(2 * Math.PI));

/** @param {Weights} weights @param {number} x @returns {number} the density of a normal distribution cut at the bound */
function cutDensity({ parent, bound }, x) {
  if (bound === null) return normalDensity(x, parent);
  return Math.abs(x) <= bound ? normalDensity(x, parent) / (2 * normalCdf(bound / parent) - 1) : 0;
}

/** The share of zeros in a truncated normal with a spike: 1 - Phi(2), as in c/rules.h. */
const SPIKE_AT_0 = 1 - normalCdf(2);

/** By distribution. Constants have no density, and neither have orthogonal, sparse and identity
 * matrices, nor weights whose sums are fixed, nor those that take few values. */
const DENSITIES = /** @type {Record<string, (weights: Weights, x: number) => number>} */ ({
  normal: ({ std }, x) => normalDensity(x, std),
  uniform: ({ bound }, x) => (Math.abs(x) <= Number(bound) ? 0.5 / Number(bound) : 0),
  'uniform-positive': ({ bound }, x) => (x >= 0 && x <= Number(bound) ? 1 / Number(bound) : 0),
  truncated: cutDensity,
  'truncated-raw': cutDensity,
  cut: cutDensity,
  'cut-spiked': cutDensity,
  'truncated-spiked': (weights, x) => (1 - SPIKE_AT_0) * cutDensity(weights, x),
});

/** @param {Weights} weights */
export const hasDensity = ({ distribution, std, valueCount }) => distribution in DENSITIES && std > 0 && !valueCount;

/**
 * The density that a scheme promises for the weights of a layer.
 * @param {Weights} weights
 * @param {number} x a weight
 * @returns {number} 0 where the distribution has no density
 */
export const schemeDensity = (weights, x) => (hasDensity(weights) ? DENSITIES[weights.distribution](weights, x) : 0);

/** The quadrature of deadShare: step and limits of t. */
const STEP = 0.05;
const FURTHEST = 8;

/**
 * The share of ReLU units that are 0 for every input of a batch. The preactivations of input i are modelled as
 * z_i = sqrt(c) t + sqrt(1 - c) e_i, with t and all e_i standard normal; a unit is dead if every z_i is negative.
 * @param {number} correlation c, of the preactivations of any two inputs
 * @param {number} batch number of inputs
 * @returns {number} 0 to 1
 */
export function deadShare(correlation, batch) {
  const c = Math.min(1 - 1e-12, Math.max(0, correlation));
  const slope = Math.sqrt(c / (1 - c));
  let sum = 0;
  for (let t = -FURTHEST; t <= FURTHEST; t += STEP) sum += normalDensity(t, 1) * normalCdf(-slope * t) ** batch;
  return sum * STEP;
}
