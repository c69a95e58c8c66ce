/**
 * topic-signal.js: lessons on keeping the signal from layer to layer. All layers are ReLU, except an output layer.
 *
 * Tolerances: let q be the mean square of z for one input. From layer to layer ln q is a random walk whose steps have
 * variance 5 / n (Hanin & Rolnick 2018: E q^2 / (E q)^2 grows by the factor 1 + 5 / n). Over L layers ln rms then has a
 * std of sqrt(5 L / n) / 2. One draw is allowed three of these; a factor a layer is allowed an L-th of that.
 */
import { aRms, factorALayer, layerOf, saturated, weightMean, weightStd, zRms } from './measures.js';

/** The same random numbers on another scale: only rounding is left, of floats and of the four digits. */
const SAME_DRAW = { relative: 1e-3 };

/** @type {import('./lessons.js').Lesson[]} */
export const SIGNAL_LESSONS = [
  {
    id: 'he-30',
    sketch: { letter: 'A', lo: -7, hi: 2 },
    visible: ['weights'],
    checks: [
      /* 1 / sqrt(2). L = 29, n = 512: sqrt(5 x 29 / 512) / 2 = 0.27, and 3 x 0.27 / 29 = 0.028 */
      { measured: ({ A }) => factorALayer(zRms, A, 1, 30), expected: Math.SQRT1_2, tolerance: { relative: 0.028 } },
      /* 2^(-29/2). exp(3 x 0.27) = 2.2 */
      { measured: ({ A }) => zRms(A, 30) / zRms(A, 1), expected: 4.316e-5, tolerance: { factor: 2.2 } },
      { measured: ({ B }) => zRms(B, 30) / zRms(B, 1), expected: 1, tolerance: { factor: 2.2 } },
    ],
  },
  {
    id: 'he-22',
    answer: 2,
    visible: ['weights'],
    checks: [
      /* 2^(-21/2). L = 21, n = 512: exp(3 x sqrt(5 x 21 / 512) / 2) = 2 */
      { measured: ({ A }) => zRms(A, 22) / zRms(A, 1), expected: 6.905e-4, tolerance: { factor: 2 } },
      { measured: ({ B }) => zRms(B, 22) / zRms(B, 1), expected: 1, tolerance: { factor: 2 } },
    ],
  },
  {
    id: 'pytorch-default',
    answer: 0,
    visible: ['weights'],
    checks: [
      /* A: 1 / sqrt(6). B: 1. L = 19, n = 256: 3 x sqrt(5 x 19 / 256) / 2 / 19 */
      { measured: ({ A }) => factorALayer(aRms, A, 1, 20), expected: 0.4082, tolerance: { relative: 0.048 } },
      { measured: ({ B }) => factorALayer(aRms, B, 1, 20), expected: 1, tolerance: { relative: 0.048 } },
    ],
  },
  {
    id: 'uniform-or-normal',
    answer: 1,
    visible: ['weights'],
    checks: [
      /* 1 / sqrt(3). The std of 65,536 weights has a standard error of 0.28 % (normal) or 0.17 % (uniform). Three
         times their sum is allowed */
      { measured: ({ A, B }) => weightStd(B, 1) / weightStd(A, 1), expected: 0.5774, tolerance: { relative: 0.01 } },
      /* sqrt(256 / 2) x 0.0884 / sqrt(3). L = 19, n = 256, as above */
      { measured: ({ B }) => factorALayer(aRms, B, 1, 20), expected: 0.5774, tolerance: { relative: 0.048 } },
    ],
  },
  {
    id: 'cut-at-two',
    answer: 1,
    visible: ['weights'],
    checks: [
      /* sqrt(1 - 4 phi(2) / (2 Phi(2) - 1)). Three standard errors of 65,536 weights with a fourth moment of 2.4:
         3 x sqrt(1.4 / 4 / 65,536) */
      {
        measured: ({ A }) => weightStd(A, 1) / layerOf(A, 1).parent,
        expected: 0.87963,
        tolerance: { relative: 0.007 },
      },
      /* its 20th power */
      { measured: ({ A, B }) => zRms(A, 20) / zRms(B, 20), expected: 0.07691, tolerance: SAME_DRAW },
    ],
  },
  {
    id: 'not-centred',
    answer: 2,
    visible: ['weights'],
    checks: [
      /* 256 / 2. The mean of 65,536 weights, each 1/2 +- 0.29, has a standard error of 0.23 %: three times that. The
         spread around the mean adds a factor of (1 + 1 / (3 x 256))^(1/2) */
      { measured: ({ A }) => factorALayer(aRms, A, 3, 10), expected: 128, tolerance: { relative: 0.007 } },
    ],
  },
  {
    id: 'bfloat16',
    answer: 2,
    visible: ['weights'],
    checks: [
      {
        measured: ({ A }) => layerOf(A, 1).valueCount ?? Number.NaN,
        expected: 128,
        tolerance: { absolute: 0 },
        as: 'whole',
      },
      /* 3 x sqrt(5 / 2048) / 2 */
      { measured: ({ A }) => aRms(A, 1), expected: 1, tolerance: { relative: 0.074 } },
      /* Theory: 0.2597. With a third of the units on, kappa = 3 / p - 1 = 8: 3 x sqrt((5 + 4 x 8) / 2048) / 2 */
      { measured: ({ A }) => aRms(A, 5), expected: 0.26, tolerance: { relative: 0.2 } },
      { measured: ({ B }) => aRms(B, 5), expected: 1, tolerance: { relative: 0.166 } }, // 3 x sqrt(5 x 5 / 2048) / 2
      /* a mean of 2048 x 2048 weights has a standard error of 1 / 2048 of their std: three of them */
      { measured: ({ A }) => weightMean(A, 1) / weightStd(A, 1), expected: -0.018, tolerance: { absolute: 0.0015 } },
    ],
  },
  {
    id: 'shared-draws',
    answer: 2,
    visible: ['weights'],
    checks: [
      { measured: ({ B }) => weightStd(B, 20) / weightStd(B, 1), expected: 1, tolerance: SAME_DRAW },
      /* 3 x sqrt(5 x 20 / 256) / 2 */
      { measured: ({ A }) => aRms(A, 20), expected: 1, tolerance: { relative: 0.94 } },
      /* With one matrix each layer multiplies by the same factor, so ln rms has a std that grows as the depth: 1.23, as
         tests/js/shared.test.js finds over 40 networks. Three of them. */
      { measured: ({ B }) => Math.log(aRms(B, 20)), expected: 0, tolerance: { absolute: 3.7 } },
    ],
  },
  {
    id: 'raw-pixels',
    answer: 3,
    visible: ['weights'],
    checks: [
      /* Of logits with std sqrt(2) x 106, 2.4 % lie within +-ln 99. All inputs point in nearly the same direction, so
         each of the ten units is inside for all of them or for none: 3 x sqrt(0.024 x 0.976 / 10) at worst. A share
         above 1 cannot occur */
      { measured: ({ A }) => saturated(A, 6), expected: 0.976, tolerance: { absolute: 0.14 }, as: 'percent' },
      /* 2^6: half the scale in each of six layers */
      { measured: ({ A, B }) => zRms(A, 6) / zRms(B, 6), expected: 64, tolerance: SAME_DRAW },
    ],
  },
  {
    id: 'tune',
    answer: 1,
    visible: ['weights', 'signal'],
    checks: [
      /* LSUV looks twice at each of 20 layers: once to find the scale, once to see that it is right */
      {
        measured: ({ B }) => B.layers.reduce((sum, { tries = Number.NaN }) => sum + tries, 0),
        expected: 40,
        tolerance: { absolute: 0 },
        as: 'whole',
      },
      /* The layer furthest from 1. LSUV itself has this tolerance */
      {
        measured: ({ B }) => B.layers.reduce((far, { preactivations: { std } }) => furthest(far, std ** 2), 1),
        expected: 1,
        tolerance: { absolute: 0.1 },
      },
    ],
  },
];

/** Of two numbers the one further from 1. @param {number} a @param {number} b */
const furthest = (a, b) => (Math.abs(a - 1) > Math.abs(b - 1) ? a : b);
