/**
 * reference.js: plain double-precision versions of what the engine computes in single precision. It has activations and
 * their slopes by definition, a product of matrices by three loops, differences and summaries. It is slow on purpose, and
 * was written without looking at the C code. Convolutions are in plain.js.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** erf to 1e-14: near 0 by its Taylor series, elsewhere by Lentz's continued fraction of erfc. @param {number} x */
export function erf(x) {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 80; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let tail = 0;
  for (let k = 60; k > 0; k--) tail = k / 2 / (size + tail);
  return Math.sign(x) * (1 - Math.exp(-size * size) / Math.sqrt(Math.PI) / (size + tail));
}

/** @param {number} z */
const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** @param {number} z */
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/* Klambauer et al. 2017, eq. 14 */
const SELU_ALPHA = 1.6732632423543772;
const SELU_LAMBDA = 1.0507009873554805;

/** @type {Record<string, (z: number) => number>} */
export const PHI = {
  linear: (z) => z,
  relu: (z) => Math.max(z, 0),
  'leaky-relu': (z) => (z > 0 ? z : 0.01 * z),
  tanh: Math.tanh,
  sigmoid,
  elu: (z) => (z > 0 ? z : Math.expm1(z)),
  selu: (z) => SELU_LAMBDA * (z > 0 ? z : SELU_ALPHA * Math.expm1(z)),
  gelu: (z) => (z * (1 + erf(z / Math.SQRT2))) / 2,
  silu: (z) => z * sigmoid(z),
  mish: (z) => z * Math.tanh(softplus(z)),
  softplus,
  softsign: (z) => z / (1 + Math.abs(z)),
  hardtanh: (z) => Math.max(-1, Math.min(1, z)),
  sin: Math.sin,
};

/** phi'. At a kink it is the slope of the left side, or of the flat side for hardtanh, as in PyTorch.
 * @type {Record<string, (z: number) => number>} */
export const SLOPE = {
  linear: () => 1,
  relu: (z) => (z > 0 ? 1 : 0),
  'leaky-relu': (z) => (z > 0 ? 1 : 0.01),
  tanh: (z) => 1 - Math.tanh(z) ** 2,
  sigmoid: (z) => sigmoid(z) * sigmoid(-z),
  elu: (z) => (z > 0 ? 1 : Math.exp(z)),
  selu: (z) => SELU_LAMBDA * (z > 0 ? 1 : SELU_ALPHA * Math.exp(z)),
  gelu: (z) => (1 + erf(z / Math.SQRT2)) / 2 + (z * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI),
  silu: (z) => sigmoid(z) * (1 + z * sigmoid(-z)),
  mish: (z) => {
    const t = Math.tanh(softplus(z));
    return t + z * (1 - t * t) * sigmoid(z);
  },
  softplus: sigmoid,
  softsign: (z) => 1 / (1 + Math.abs(z)) ** 2,
  hardtanh: (z) => (Math.abs(z) < 1 ? 1 : 0),
  sin: Math.cos,
};

/** Activations with a parameter p, and their slopes. @type {Record<string, (p: number) => (z: number) => number>} */
const PHI_OF = {
  'leaky-relu': (p) => (z) => (z > 0 ? z : p * z),
  elu: (p) => (z) => (z > 0 ? z : p * Math.expm1(z)),
  sin: (p) => (z) => Math.sin(p * z),
};
/** @type {Record<string, (p: number) => (z: number) => number>} */
const SLOPE_OF = {
  'leaky-relu': (p) => (z) => (z > 0 ? 1 : p),
  elu: (p) => (z) => (z > 0 ? 1 : p * Math.exp(z)),
  sin: (p) => (z) => p * Math.cos(p * z),
};

/** phi or phi' of an activation as a spec has it. @param {any} choice @param {Record<string, (z: number) => number>} plain
 * @param {Record<string, (p: number) => (z: number) => number>} withParameter */
const chosen = (choice, plain, withParameter) => {
  if (typeof choice === 'string') return plain[choice];
  const { name, ...rest } = choice;
  const [parameter] = /** @type {number[]} */ (Object.values(rest));
  return parameter === undefined ? plain[name] : withParameter[name](parameter);
};
/** @param {any} choice */
export const phiOf = (choice) => chosen(choice, PHI, PHI_OF);
/** @param {any} choice */
export const slopeOf = (choice) => chosen(choice, SLOPE, SLOPE_OF);

/**
 * z = a W in double.
 * @param {Float64Array} a (batch, fanIn) @param {Float32Array | Float64Array} weights (fanIn, fanOut)
 * @param {number} fanIn
 * @returns {Float64Array} (batch, fanOut)
 */
export function multiply(a, weights, fanIn) {
  const batch = a.length / fanIn;
  const fanOut = weights.length / fanIn;
  const z = new Float64Array(batch * fanOut);
  for (let b = 0; b < batch; b++) {
    for (let k = 0; k < fanIn; k++) {
      for (let j = 0; j < fanOut; j++) z[b * fanOut + j] += a[b * fanIn + k] * weights[k * fanOut + j];
    }
  }
  return z;
}

/** The transpose of a matrix with this number of columns. @param {ArrayLike<number>} matrix @param {number} cols */
export function transpose(matrix, cols) {
  const rows = matrix.length / cols;
  return Float64Array.from(matrix, (_, i) => matrix[(i % rows) * cols + Math.floor(i / rows)]);
}

/** The largest difference, in units of the reference's root mean square. If that is 0, the two must be equal.
 * @param {ArrayLike<number>} got @param {Float64Array} expected */
export function difference(got, expected) {
  let worst = 0;
  let squares = 0;
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(got[i] - expected[i]));
    squares += expected[i] ** 2;
  }
  return worst === 0 ? 0 : worst / Math.sqrt(squares / expected.length);
}

/** The central difference of the loss with respect to one element of a tensor that it depends on.
 * @param {Float64Array} tensor @param {number} at @param {() => number} loss */
export function centralDifference(tensor, at, loss) {
  const step = 1e-4;
  const kept = tensor[at];
  tensor[at] = kept + step;
  const above = loss();
  tensor[at] = kept - step;
  const below = loss();
  tensor[at] = kept;
  return (above - below) / (2 * step);
}

/** Checks that a summary describes these values, all finite. A column is a unit or channel, which may be dead.
 * @param {ArrayLike<number>} values @param {number} columns
 * @param {import('../../web/engine/engine.js').Summary | undefined} summary */
export function assertSummary(values, columns, summary) {
  assert.ok(summary);
  const n = values.length;
  const all = Array.from(values);
  const mean = all.reduce((sum, v) => sum + v, 0) / n;
  const rms = Math.sqrt(all.reduce((sum, v) => sum + v * v, 0) / n);
  const std = Math.sqrt(all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n);
  const dead = Array.from({ length: columns }, (_, c) => c).filter((c) =>
    all.every((v, i) => v === 0 || i % columns !== c),
  );
  const { size, nonFinite, zeros, min, max, counts } = summary;
  /* the engine sums in double too, in another order */
  for (const [got, expected] of [
    [summary.mean, mean],
    [summary.rms, rms],
    [summary.std, std],
  ]) {
    assert.ok(Math.abs(got - expected) <= 1e-12 * rms, `${got} for ${expected}`);
  }
  assert.deepEqual(
    [size, nonFinite, zeros, summary.dead, min, max].map((v) => v + 0) /* -0 is 0 */,
    [n, 0, all.filter((v) => v === 0).length / n, dead.length / columns, Math.min(...all), Math.max(...all)].map(
      (v) => v + 0,
    ),
  );
  assert.equal(
    counts.reduce((sum, v) => sum + v, 0),
    n,
  );
}

/** The rows of a table of tests/reference, as objects. @param {string} name @returns {Record<string, string>[]} */
export function readTable(name) {
  const text = readFileSync(new URL(`../reference/${name}`, import.meta.url), 'utf8');
  const [head, ...rows] = text
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('\t'));
  return rows.map((row) => Object.fromEntries(head.map((key, i) => [key, row[i]])));
}
