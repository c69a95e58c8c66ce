/**
 * topic-blocks.js: lessons on networks as people build them now: residual branches, norms, layers that start at 0, a head of
 * many classes, SIREN.
 *
 * A tolerance is three stds of one draw, unless its comment says otherwise. Means over many draws are held in
 * tests/js/lessons-blocks.test.js.
 */
import { accuracyAt, aRms, deltaRms, factorALayer, gradientRms, layerOf, zRms } from './measures.js';

/** @typedef {import('./lessons.js').Network} Network */

const EXACT = { absolute: 0 };

/** Mean over the batch. @param {Network} network */
const lossOf = ({ layers }) => layers[0].loss ?? Number.NaN;

/** The omega of SIREN. */
const OMEGA = 30;

/** How dL/dz grows per layer, from layer 9 back to layer 5. @param {Network} network */
const growthBack = (network) => 1 / factorALayer(deltaRms, network, 5, 9);

/** The largest rms of the weight gradients of all layers but the first and the last. @param {Network} network */
const largestGradient = ({ layers }) =>
  layers.slice(1, -1).reduce((most, { weightGradients }) => Math.max(most, weightGradients?.rms ?? 0), 0);

/**
 * The share of the input that is left in the stream behind blocks of norm(x + f(x)): each norm divides all of its sum by the
 * std of that sum.
 * @param {Network} network whose blocks are four layers: two of f, the sum, the norm
 */
const shareLeft = ({ layers }) =>
  layers.reduce((left, { kind, preactivations }) => (kind === 'add' ? left / preactivations.std : left), 1);

/** @type {import('./lessons.js').Lesson[]} */
export const BLOCKS_LESSONS = [
  {
    id: 'gpt2',
    answer: 2,
    visible: ['weights'],
    checks: [
      /* The norm gives E n^2 = 1 / (1 + 1e-5 / m) for a stream of mean square m. So the branch adds
         3072 x 0.02^2 x E gelu^2, over a normal of variance 768 x 0.02^2 = 0.307: 0.131. From m = 2 x 0.02^2, twelve
         branches make 1.2526^2. One draw: m varies by 12 x 2 x 0.131^2 + 4 x 66 x 0.131^2, over 768 units and, at
         most, 16 inputs: 1.3 % of it, 0.65 % of its root */
      { measured: ({ A }) => aRms(A, 48), expected: 1.2526, tolerance: { relative: 0.02 } },
      /* The same divided by 24: 2 x 0.02^2 + 12 x 0.131 / 24 = 0.2571^2 */
      { measured: ({ B }) => aRms(B, 48), expected: 0.2571, tolerance: { relative: 0.02 } },
    ],
  },
  {
    id: 'norm-inside',
    answer: 1,
    visible: ['weights'],
    checks: [
      /* Each branch adds a mean square of 1, and what it has in common with the stream, of mean 0. Over ten seeds the
         stds were 1.3 % and 2 % */
      { measured: ({ A }) => aRms(A, 64), expected: Math.sqrt(1 + 16), tolerance: { relative: 0.04 } },
      { measured: ({ A }) => aRms(A, 256), expected: Math.sqrt(1 + 64), tolerance: { relative: 0.06 } },
      /* Exact but for epsilon, which is 1e-5 of what the norms divide by, or less */
      { measured: ({ A, B }) => aRms(B, 256) / aRms(A, 256), expected: 1, tolerance: { relative: 0.0001 } },
    ],
  },
  {
    id: 'norm-after',
    answer: 2,
    visible: ['weights'],
    checks: [
      /* Exact but for epsilon: 1 / sqrt(1 + 1e-5 / 2) */
      { measured: ({ A }) => aRms(A, 48), expected: 1, tolerance: { relative: 0.0001 } },
      /* 2^(-12 / 2). Over ten seeds ln has a std of 0.073, and a mean 0.05 above: each sum's mean square varies */
      { measured: ({ A }) => shareLeft(A), expected: 2 ** -6, tolerance: { relative: 0.3 }, as: 'percent' },
      /* f has a quarter of the size, and a 16th of the mean square: (1 + 1 / 16)^(-12 / 2). Over ten seeds ln has a
         std of 0.009 */
      { measured: ({ B }) => shareLeft(B), expected: (1 + 1 / 16) ** -6, tolerance: { relative: 0.03 }, as: 'percent' },
    ],
  },
  {
    id: 'rezero',
    answer: 0,
    visible: ['weights'],
    checks: [
      /* Exact: x + 0 x f(x) is x, and a gradient times 0 is 0 */
      { measured: ({ A }) => aRms(A, 41) / aRms(A, 1), expected: 1, tolerance: EXACT },
      { measured: ({ A, B }) => aRms(B, 42) / aRms(A, 42), expected: 1, tolerance: EXACT },
      { measured: ({ B }) => largestGradient(B), expected: 0, tolerance: EXACT },
    ],
  },
  {
    id: 'zero-layers',
    answer: 1,
    steps: 300,
    visible: ['weights'],
    checks: [
      /* Four seeds: 0.93 */
      { measured: ({ A }) => accuracyAt(A, 300), expected: 0.85, tolerance: { bound: 'least' }, as: 'percent' },
      /* Only the biases of the output move: 0.11, the share of the largest class, for each seed */
      { measured: ({ B }) => accuracyAt(B, 300), expected: 0.15, tolerance: { bound: 'most' }, as: 'percent' },
      /* Exact: each gradient is a product with 0 */
      {
        measured: ({ B }) => Math.max(...[3, 4].map((layer) => layerOf(B, layer).weights.rms)),
        expected: 0,
        tolerance: EXACT,
      },
    ],
  },
  {
    id: 'batch-norm',
    answer: 2,
    visible: ['weights'],
    checks: [
      /* Exact for epsilon 0. The variance v of z is 2 in A and 0.5 in B, and each of five norms divides by
         sqrt(v + 1e-5): 0.001 % more in B than its share */
      { measured: ({ A, B }) => aRms(B, 10) / aRms(A, 10), expected: 1, tolerance: { relative: 0.0005 } },
      { measured: ({ A, B }) => gradientRms(B, 1) / gradientRms(A, 1), expected: 2, tolerance: { relative: 0.0005 } },
      { measured: ({ A, B }) => deltaRms(B, 2) / deltaRms(A, 2), expected: 1, tolerance: { relative: 0.0005 } },
    ],
  },
  {
    id: 'big-head',
    answer: 3,
    visible: ['weights'],
    checks: [
      /* The mean of ln sum exp z over 50,257 normals z of std sqrt(768) = 27.7. The loss is less by the z of a random
         label: with the std of ln sum exp, 7.5, it varies by 28.7 / sqrt(16) */
      { measured: ({ A }) => lossOf(A), expected: 117.4, tolerance: { absolute: 21.5 } },
      /* A std of 0.02 sqrt(768) = 0.554 adds 0.554^2 / 2 to ln 50,257. It varies by 0.554 / sqrt(16) */
      { measured: ({ B }) => lossOf(B), expected: 10.98, tolerance: { absolute: 0.42 } },
    ],
  },
  {
    id: 'siren',
    answer: 1,
    visible: ['weights'],
    checks: [
      /* 30 sqrt(2 x 1/3 x 1/12): two coordinates from U(-1, 1), two weights from U(-1/2, 1/2). Over 20 seeds the std was
         2.6 % */
      { measured: ({ A }) => OMEGA * zRms(A, 1), expected: OMEGA / Math.sqrt(18), tolerance: { relative: 0.08 } },
      /* A bias from U(-1/sqrt 2, 1/sqrt 2) adds 1/6. Over 20 seeds the std was 2 % */
      { measured: ({ B }) => OMEGA * zRms(B, 1), expected: OMEGA * Math.sqrt(2 / 9), tolerance: { relative: 0.06 } },
      /* q = 1 - e^(-2 q): 0.7968, and 0.7971 in layer 9. Over 20 seeds the std of its root was 0.7 % */
      { measured: ({ A }) => OMEGA * zRms(A, 9), expected: Math.sqrt(0.7971), tolerance: { relative: 0.03 } },
      /* sqrt(1 + e^(-2 q)). Over 20 seeds the std was 0.0026 */
      { measured: ({ A }) => growthBack(A), expected: 1.0967, tolerance: { relative: 0.01 } },
      /* The biases of layers 2 to 9, from U(-1/16, 1/16), take part in E cos(60 z): e^(-2 p) sin(3.75) / 3.75 = -0.020,
         where p = 1.02 is what the weights give. sqrt(1 - 0.020). Over 20 seeds the std was 0.005 */
      { measured: ({ B }) => growthBack(B), expected: 0.99, tolerance: { relative: 0.015 } },
    ],
  },
];
