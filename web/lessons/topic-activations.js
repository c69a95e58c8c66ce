/**
 * topic-activations.js: lessons on activation functions: the gain that each needs, and where the signal settles.
 *
 * "3 stds" in the derivations: three standard deviations for one draw, by mean-field theory. The random walk of ln rms
 * under ReLU is explained in topic-signal.js.
 */
import { aMean, aStd, deltaRms, factorALayer, saturated, zRms } from './measures.js';

/** @type {import('./lessons.js').Lesson[]} */
export const ACTIVATIONS_LESSONS = [
  {
    id: 'gain-of-relu',
    answer: 1,
    visible: ['weights'],
    checks: [
      /* (1.71286 / 1.41421)^20: both networks draw the same random numbers. The gains have four digits, which leaves
         an error of 20 x (0.00014 / 1.713 + 0.0002 / 1.414) */
      { measured: ({ A, B }) => zRms(A, 20) / zRms(B, 20), expected: 46.15, tolerance: { relative: 0.005 } },
      /* sqrt(2) times the input. Random walk with L = 20, n = 256: exp(3 x sqrt(5 x 20 / 256) / 2) */
      { measured: ({ B }) => zRms(B, 20) / B.input.rms, expected: Math.SQRT2, tolerance: { factor: 2.6 } },
    ],
  },
  {
    id: 'cs231n-random',
    sketch: { letter: 'A', lo: -8, hi: 1 },
    visible: ['weights'],
    checks: [
      /* The course's notes print these digits. The std over 500 x 64 values varies by at most sqrt(5 / 500) / 2 a
         layer. Three times that is 15 %; tanh near 0 has less than half of it */
      { measured: ({ A }) => aStd(A, 1), expected: 0.2135, tolerance: { relative: 0.03 } },
      { measured: ({ A }) => aStd(A, 2), expected: 0.0476, tolerance: { relative: 0.04 } },
      { measured: ({ A }) => aStd(A, 4), expected: 0.0024, tolerance: { relative: 0.08 } },
      { measured: ({ B }) => aStd(B, 10), expected: 0.98, tolerance: { relative: 0.02 } },
    ],
  },
  {
    id: 'cs231n-xavier',
    sketch: { letter: 'A', lo: -2, hi: 0.5 },
    visible: ['weights'],
    checks: [
      /* The theory's band for one input: 3 stds of ln q / 2, times the share of a change that tanh passes on */
      { measured: ({ A }) => aStd(A, 1), expected: 0.628, tolerance: { relative: 0.03 } },
      { measured: ({ A }) => aStd(A, 5), expected: 0.322, tolerance: { relative: 0.05 } },
      { measured: ({ A }) => aStd(A, 10), expected: 0.228, tolerance: { relative: 0.06 } },
      /* P(|z| > artanh 0.97) for z ~ N(0, 6.305). The std of ln a^2 is 0.022 */
      { measured: ({ B }) => saturated(B, 10), expected: 0.4047, tolerance: { relative: 0.05 }, as: 'percent' },
    ],
  },
  {
    id: 'cs231n-relu',
    answer: 1,
    visible: ['weights'],
    checks: [
      /* Random walk with n = 500. L = 1: 3 x sqrt(5 / 500) / 2. L = 10: exp(3 x sqrt(5 x 10 / 500) / 2) */
      { measured: ({ A }) => aStd(A, 1), expected: 0.5838, tolerance: { relative: 0.15 } },
      { measured: ({ A }) => aStd(A, 10), expected: 0.0258, tolerance: { factor: 1.61 } },
      { measured: ({ B }) => aStd(B, 10), expected: 0.8256, tolerance: { factor: 1.61 } },
      { measured: ({ B }) => aMean(B, 10), expected: 0.5642, tolerance: { factor: 1.61 } },
    ],
  },
  {
    id: 'gain-of-tanh',
    answer: 2,
    visible: ['weights'],
    checks: [
      /* sqrt(q* / (25 / 9)). The std of ln a^2 is 0.038 for one input: 3 x 0.038 / 2 */
      { measured: ({ B }) => aStd(B, 40), expected: 0.6513, tolerance: { relative: 0.057 } },
      /* P(|z| > artanh 0.97) for z ~ N(0, 1.1785). It varies as q^2.4, and the std of ln q is 0.074. The 64 inputs
         are hardly correlated and share a quarter of that: 3 x 2.4 x 0.074 / 4 */
      { measured: ({ B }) => saturated(B, 40), expected: 0.0539, tolerance: { relative: 0.133 }, as: 'percent' },
      /* sqrt(chi) at q*. From layer 20 to 40 q has arrived at q*. The std of ln delta^2 over 40 layers is 0.09:
         3 x 0.09 / 2 / 20 = 0.7 % */
      { measured: ({ B }) => 1 / factorALayer(deltaRms, B, 20, 40), expected: 1.0999, tolerance: { relative: 0.007 } },
    ],
  },
  {
    id: 'selu',
    sketch: { letter: 'B', lo: -2, hi: 0.5 },
    visible: ['weights'],
    checks: [
      /* The paper's fixed point. The rms of 512 units varies by sqrt(5 / 512) / 2 in one layer; the fixed point
         pulls it back */
      { measured: ({ A }) => aMean(A, 32), expected: 0, tolerance: { absolute: 0.05 } },
      { measured: ({ A }) => aStd(A, 32), expected: 1, tolerance: { relative: 0.05 } },
      /* Theory for layers 1 and 20. At layer 20 the std of ln a^2 is 0.14 for one input: 3 x 0.14 / 2 */
      { measured: ({ B }) => aStd(B, 1), expected: 0.7967, tolerance: { relative: 0.05 } },
      { measured: ({ B }) => aStd(B, 20), expected: 0.242, tolerance: { relative: 0.21 } },
    ],
  },
];
