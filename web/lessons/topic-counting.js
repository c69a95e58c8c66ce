/*
 * Lessons on counting fans, and on what becomes of a count on its way into the weights.
 */
import { aRms, layerOf, weightStd, zRms } from './measures.js';

/** Counted, or the same random numbers times another scale: what is left is the rounding of floats. */
const EXACT = { relative: 1e-5 };

/** @type {import('./lessons.js').Lesson[]} */
export const COUNTING_LESSONS = [
  {
    id: 'fan-in',
    answer: 2,
    open: [],
    checks: [
      { measured: ({ A }) => layerOf(A, 1).fanIn, expected: 75, tolerance: EXACT, as: 'whole' },
      { measured: ({ A }) => layerOf(A, 1).fanOut, expected: 200, tolerance: EXACT, as: 'whole' },
      /* sqrt(2 / 275), of 600 normal weights: three standard errors are 3 / sqrt(2 x 600) */
      { measured: ({ A }) => weightStd(A, 1), expected: 0.08528, tolerance: { relative: 0.087 } },
      /* sqrt(6 / 275), to the four digits */
      { measured: ({ B }) => layerOf(B, 1).bound ?? Number.NaN, expected: 0.1477, tolerance: { relative: 5e-4 } },
    ],
  },
  {
    id: 'channels-only',
    answer: 1,
    open: [],
    checks: [
      /* sqrt(75 / 3), and that to the power of 7: ReLU keeps factors */
      { measured: ({ A, B }) => zRms(A, 1) / zRms(B, 1), expected: 5, tolerance: EXACT },
      { measured: ({ A, B }) => zRms(A, 7) / zRms(B, 7), expected: 78125, tolerance: EXACT, as: 'whole' },
    ],
  },
  {
    id: 'fan-out',
    answer: 2,
    open: [],
    checks: [
      { measured: ({ A }) => layerOf(A, 1).fanOut, expected: 144, tolerance: EXACT, as: 'whole' },
      /* sqrt(2 / 144), of 432 weights: three standard errors are 3 / sqrt(2 x 432) */
      { measured: ({ A }) => weightStd(A, 1), expected: 0.1179, tolerance: { relative: 0.102 } },
    ],
  },
  {
    id: 'lost-root',
    answer: 1,
    open: [],
    checks: [
      /* sqrt(6 / 275), to the four digits */
      { measured: ({ B }) => layerOf(B, 1).bound ?? Number.NaN, expected: 0.1477, tolerance: { relative: 5e-4 } },
      /* sqrt(6 / 275) / (6 / 275), the latter given with five digits */
      { measured: ({ A, B }) => zRms(B, 1) / zRms(A, 1), expected: 6.77, tolerance: { relative: 1e-4 } },
    ],
  },
  {
    id: 'variance-as-std',
    answer: 3,
    open: [],
    checks: [
      /* sqrt(480,000) x 2 / 480,100 and its root, of 8 x 100 normal values: three standard errors are 3 / sqrt(2
         x 800) */
      { measured: ({ A }) => zRms(A, 1), expected: 2.886e-3, tolerance: { relative: 0.075 } },
      { measured: ({ B }) => zRms(B, 1), expected: Math.SQRT2, tolerance: { relative: 0.075 } },
    ],
  },
  {
    id: 'two-xaviers',
    answer: 1,
    open: [],
    checks: [
      /* sqrt(2 x 1024 / 1280), and no more after it: from the second layer on both rules say 1 / 256 */
      { measured: ({ A, B }) => zRms(B, 1) / zRms(A, 1), expected: 1.26491, tolerance: EXACT },
      { measured: ({ A, B }) => aRms(B, 5) / aRms(A, 5), expected: 1.26491, tolerance: EXACT },
    ],
  },
];
