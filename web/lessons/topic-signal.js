/*
 * Lessons on keeping the signal from layer to layer, of ReLU but for a head. Their tolerances: from layer to
 * layer ln q, q = mean z^2 of one input, walks by chance with a variance of 5 / n (Hanin & Rolnick 2018: E q^2 /
 * (E q)^2 grows by 1 + 5 / n), so ln rms over L layers with a std of sqrt(5 L / n) / 2. Three of these are
 * allowed of a single draw; a factor a layer has an L-th of them.
 */
import { aRms, factorALayer, layerOf, saturated, weightStd, zRms } from './measures.js';

/** The same random numbers times another scale: what is left is the rounding of floats, and of the four digits. */
const SAME_DRAW = { relative: 1e-3 };

/** @type {import('./lessons.js').Lesson[]} */
export const SIGNAL_LESSONS = [
  {
    id: 'he-30',
    sketch: { letter: 'A', lo: -7, hi: 2 },
    open: ['weights'],
    checks: [
      /* 1 / sqrt(2); L = 29, n = 512: sqrt(5 x 29 / 512) / 2 = 0.27, and 3 x 0.27 / 29 = 0.028 */
      { measured: ({ A }) => factorALayer(zRms, A, 1, 30), expected: Math.SQRT1_2, tolerance: { relative: 0.028 } },
      /* 2^(-29/2), and exp(3 x 0.27) = 2.2 */
      { measured: ({ A }) => zRms(A, 30) / zRms(A, 1), expected: 4.316e-5, tolerance: { factor: 2.2 } },
      { measured: ({ B }) => zRms(B, 30) / zRms(B, 1), expected: 1, tolerance: { factor: 2.2 } },
    ],
  },
  {
    id: 'he-22',
    answer: 2,
    open: ['weights'],
    checks: [
      /* 2^(-21/2); L = 21: exp(3 x sqrt(5 x 21 / 512) / 2) = 2 */
      { measured: ({ A }) => zRms(A, 22) / zRms(A, 1), expected: 6.905e-4, tolerance: { factor: 2 } },
      { measured: ({ B }) => zRms(B, 22) / zRms(B, 1), expected: 1, tolerance: { factor: 2 } },
    ],
  },
  {
    id: 'pytorch-default',
    answer: 0,
    open: ['weights'],
    checks: [
      /* 1 / sqrt(6) and 1; L = 19, n = 256: 3 x sqrt(5 x 19 / 256) / 2 / 19 */
      { measured: ({ A }) => factorALayer(aRms, A, 1, 20), expected: 0.4082, tolerance: { relative: 0.048 } },
      { measured: ({ B }) => factorALayer(aRms, B, 1, 20), expected: 1, tolerance: { relative: 0.048 } },
    ],
  },
  {
    id: 'uniform-or-normal',
    answer: 1,
    open: ['weights'],
    checks: [
      /* 1 / sqrt(3); of 65,536 weights each a std is found to 0.28 % (normal) and 0.17 % (uniform), three times
         their sum */
      { measured: ({ A, B }) => weightStd(B, 1) / weightStd(A, 1), expected: 0.5774, tolerance: { relative: 0.01 } },
      /* as above, and sqrt(256 / 2) x 0.0884 / sqrt(3) */
      { measured: ({ B }) => factorALayer(aRms, B, 1, 20), expected: 0.5774, tolerance: { relative: 0.048 } },
    ],
  },
  {
    id: 'cut-at-two',
    answer: 1,
    open: ['weights'],
    checks: [
      /* sqrt(1 - 4 phi(2) / (2 Phi(2) - 1)); of 65,536 weights, whose fourth moment is 2.4: 3 x sqrt(1.4 / 4 /
         65,536) */
      {
        measured: ({ A }) => weightStd(A, 1) / layerOf(A, 1).parent,
        expected: 0.87963,
        tolerance: { relative: 0.007 },
      },
      /* that to the power of 20 */
      { measured: ({ A, B }) => zRms(A, 20) / zRms(B, 20), expected: 0.07691, tolerance: SAME_DRAW },
    ],
  },
  {
    id: 'not-centred',
    answer: 2,
    open: ['weights'],
    checks: [
      /* 256 / 2: the mean of 65,536 weights, each 1/2 +- 0.29, is found to 0.23 %, three times; the spread beside
         the mean adds (1 + 1 / (3 x 256))^(1/2) */
      { measured: ({ A }) => factorALayer(aRms, A, 3, 10), expected: 128, tolerance: { relative: 0.007 } },
    ],
  },
  {
    id: 'raw-pixels',
    answer: 3,
    open: ['weights'],
    checks: [
      /* of logits of std sqrt(2) x 106, 2.4 % lie within +-ln 99; the ten units see nearly the same direction in
         all inputs, so that each is within or not: 3 x sqrt(0.024 x 0.976 / 10) at worst, and no share is above 1 */
      { measured: ({ A }) => saturated(A, 6), expected: 0.976, tolerance: { absolute: 0.14 }, as: 'percent' },
      /* 2^6: half of the scale in each of six layers */
      { measured: ({ A, B }) => zRms(A, 6) / zRms(B, 6), expected: 64, tolerance: SAME_DRAW },
    ],
  },
  {
    id: 'tune',
    answer: 1,
    open: ['weights', 'signal'],
    checks: [
      /* one look that finds the scale and one that sees it to be right, in each of 20 layers */
      {
        measured: ({ B }) => B.layers.reduce((sum, { tries = Number.NaN }) => sum + tries, 0),
        expected: 40,
        tolerance: { absolute: 0 },
        as: 'whole',
      },
      /* the tolerance of LSUV itself, of the layer that is furthest from 1 */
      {
        measured: ({ B }) => B.layers.reduce((far, { preactivations: { std } }) => furthest(far, std ** 2), 1),
        expected: 1,
        tolerance: { absolute: 0.1 },
      },
    ],
  },
];

/** From 1. @param {number} a @param {number} b */
const furthest = (a, b) => (Math.abs(a - 1) > Math.abs(b - 1) ? a : b);
