/**
 * topic-counting.js: lessons on counting fans, and on mistakes between a fan and the scale of the weights.
 *
 * Few depend on chance: counts are exact, and networks that share their random numbers differ by a known factor.
 */
import { aRms, layerOf, weightStd, zRms } from './measures.js';

/** A count, or the same random numbers on another scale: only the rounding of floats is left. */
const EXACT = { relative: 1e-5 };

/** @type {import('./lessons.js').Lesson[]} */
export const COUNTING_LESSONS = [
  {
    id: 'fan-in',
    answer: 2,
    visible: [],
    checks: [
      { measured: ({ A }) => layerOf(A, 1).fanIn, expected: 75, tolerance: EXACT, as: 'whole' },
      { measured: ({ A }) => layerOf(A, 1).fanOut, expected: 200, tolerance: EXACT, as: 'whole' },
      /* sqrt(2 / 275). Three standard errors of 600 normal weights: 3 / sqrt(2 x 600) */
      { measured: ({ A }) => weightStd(A, 1), expected: 0.08528, tolerance: { relative: 0.087 } },
      /* sqrt(6 / 275), as printed with four digits */
      { measured: ({ B }) => layerOf(B, 1).bound ?? Number.NaN, expected: 0.1477, tolerance: { relative: 5e-4 } },
    ],
  },
  {
    id: 'channels-only',
    answer: 1,
    visible: [],
    checks: [
      /* sqrt(75 / 3), and its 7th power: ReLU passes a factor on */
      { measured: ({ A, B }) => zRms(A, 1) / zRms(B, 1), expected: 5, tolerance: EXACT },
      { measured: ({ A, B }) => zRms(A, 7) / zRms(B, 7), expected: 78125, tolerance: EXACT, as: 'whole' },
    ],
  },
  {
    id: 'fan-out',
    answer: 2,
    visible: [],
    checks: [
      { measured: ({ A }) => layerOf(A, 1).fanOut, expected: 144, tolerance: EXACT, as: 'whole' },
      /* sqrt(2 / 144). Three standard errors of 432 weights: 3 / sqrt(2 x 432) */
      { measured: ({ A }) => weightStd(A, 1), expected: 0.1179, tolerance: { relative: 0.102 } },
    ],
  },
  {
    id: 'lost-root',
    answer: 1,
    visible: [],
    checks: [
      /* sqrt(6 / 275), as printed with four digits */
      { measured: ({ B }) => layerOf(B, 1).bound ?? Number.NaN, expected: 0.1477, tolerance: { relative: 5e-4 } },
      /* sqrt(6 / 275) / (6 / 275). The state gives the latter with five digits */
      { measured: ({ A, B }) => zRms(B, 1) / zRms(A, 1), expected: 6.77, tolerance: { relative: 1e-4 } },
    ],
  },
  {
    id: 'variance-as-std',
    answer: 3,
    visible: [],
    checks: [
      /* A: sqrt(480,000) x 2 / 480,100. B: with the square root of the variance, 2 / 480,100. Three standard errors
         of 8 x 100 normal values: 3 / sqrt(2 x 800) */
      { measured: ({ A }) => zRms(A, 1), expected: 2.886e-3, tolerance: { relative: 0.075 } },
      { measured: ({ B }) => zRms(B, 1), expected: Math.SQRT2, tolerance: { relative: 0.075 } },
    ],
  },
  {
    id: 'two-xaviers',
    answer: 1,
    visible: [],
    checks: [
      /* sqrt(2 x 1024 / 1280). It stays there: from layer 2 on, both rules give a variance of 1 / 256 */
      { measured: ({ A, B }) => zRms(B, 1) / zRms(A, 1), expected: 1.26491, tolerance: EXACT },
      { measured: ({ A, B }) => aRms(B, 5) / aRms(A, 5), expected: 1.26491, tolerance: EXACT },
    ],
  },
];
