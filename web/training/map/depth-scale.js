/**
 * depth-scale.js: over how many layers two inputs of a wide network of tanh forget how alike they were: the depth scale of
 * the correlation, xi_c of Schoenholz et al. 2017, section 3. It holds on both sides of the critical point; the engine's
 * fixedPoint tells of the point where the inputs are equal, which attracts on one side only.
 *
 * Pure, in double precision. It is drawn, and decides nothing.
 *
 *   E[phi(x) phi(y)] = sum_k a_k^2 c^k, for x, y ~ N(0, q) of correlation c, where a_k = E[phi(sqrt(q) z) h_k(z)] and h_k
 *   are the Hermite polynomials with E h_k^2 = 1. Its derivative by c is q E[phi'(x) phi'(y)] (Mehler).
 */

/** Nodes of the integrals over a normal: the trapezoid rule is exact to rounding here. */
const STEP = 0.1;
const NODES = Array.from({ length: 241 }, (_, i) => STEP * (i - 120));
const WEIGHTS = NODES.map((z) => (STEP * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI));

/** Terms of the series: a_k^2 falls below 1e-12 long before, for variances up to 4. */
const TERMS = 100;

/** E f(z), for z ~ N(0, 1). @param {(z: number, i: number) => number} f */
const mean = (f) => NODES.reduce((sum, z, i) => sum + WEIGHTS[i] * f(z, i), 0);

/** q*, the limit of q = sigma_w^2 E[phi(sqrt(q) z)^2] + sigma_b^2. @param {number} square @param {number} biasSquare */
function lengthOf(square, biasSquare) {
  let q = 1;
  for (let change = 1; Math.abs(change) > 1e-12; ) {
    const root = Math.sqrt(q);
    change = square * mean((z) => Math.tanh(root * z) ** 2) + biasSquare - q;
    q += change;
  }
  return q;
}

/** a_k^2 by k. @param {number} q @returns {number[]} */
function squaresOf(q) {
  const values = NODES.map((z) => Math.tanh(Math.sqrt(q) * z));
  let before = NODES.map(() => 0);
  let now = NODES.map(() => 1);
  return Array.from({ length: TERMS }, (_, k) => {
    const square = mean((_z, i) => values[i] * now[i]) ** 2;
    const next = NODES.map((z, i) => (z * now[i] - Math.sqrt(k) * before[i]) / Math.sqrt(k + 1));
    [before, now] = [now, next];
    return square;
  });
}

/**
 * The depth scale of the correlation.
 * @param {number} square sigma_w^2 = fan_in Var(W)
 * @param {number} biasSquare sigma_b^2, above 0
 * @returns {number} layers for a factor of e; Infinity at the critical point
 */
export function depthScale(square, biasSquare) {
  const q = lengthOf(square, biasSquare);
  const squares = squaresOf(q);
  const correlation = (/** @type {number} */ c) =>
    (square * squares.reduceRight((sum, one) => sum * c + one, 0) + biasSquare) / q;
  const slope = (/** @type {number} */ c) =>
    (square / q) * squares.reduceRight((sum, one, k) => (k === 0 ? sum : sum * c + k * one), 0);
  let [low, high] = [0, 1];
  // the map from correlation to correlation is convex: where its slope at 1 is above 1, it crosses the diagonal below
  if (slope(1) <= 1) low = 1;
  for (let i = 0; i < 60 && low < high; i++) {
    const middle = (low + high) / 2;
    if (correlation(middle) > middle) low = middle;
    else high = middle;
  }
  return -1 / Math.log(Math.min(1, slope(low)));
}
