/**
 * topic-gradients.js: lessons on gradients: the figures of Glorot & Bengio (2010), and the sigmoid.
 *
 * Expected values come from mean-field theory for these widths. Tolerances are three of its standard deviations for one
 * draw ("3 stds"). The values are not copied from the figures, which print none.
 */
import { aStd, deltaRms, factorALayer, gradientRms } from './measures.js';

/** @type {import('./lessons.js').Lesson[]} */
export const GRADIENTS_LESSONS = [
  {
    id: 'glorot-6',
    answer: 2,
    visible: ['weights'],
    checks: [
      /* The std of ln a^2 is about sqrt(2 l / 1000) for one input at layer l. 3 stds of ln a are then 7 % at layer 1
         and 15 % at layer 5. A mean over 64 inputs varies much less: 3 stds of 8 draws were 0.7 % and 2.5 %. So the
         tolerances are those of tests/reference/papers.tsv */
      { measured: ({ A }) => aStd(A, 1), expected: 0.46, tolerance: { relative: 0.03 } },
      { measured: ({ A }) => aStd(A, 5), expected: 0.047, tolerance: { relative: 0.07 } },
      { measured: ({ B }) => aStd(B, 1), expected: 0.628, tolerance: { relative: 0.03 } },
      { measured: ({ B }) => aStd(B, 5), expected: 0.322, tolerance: { relative: 0.05 } },
    ],
  },
  {
    id: 'glorot-7',
    answer: 2,
    visible: ['weights'],
    checks: [
      /* After five layers the std of ln delta^2 is 0.105 for A and 0.127 for B, for one input: 3 / 2 of it. Over 64
         inputs it is less */
      { measured: ({ A }) => deltaRms(A, 1) / deltaRms(A, 5), expected: 0.0832, tolerance: { relative: 0.16 } },
      { measured: ({ B }) => deltaRms(B, 1) / deltaRms(B, 5), expected: 0.4098, tolerance: { relative: 0.19 } },
    ],
  },
  {
    id: 'glorot-8',
    answer: 1,
    visible: ['weights', 'signal'],
    checks: [
      { measured: ({ A }) => gradientRms(A, 1) / gradientRms(A, 5), expected: 1.027, tolerance: { relative: 0.16 } },
      { measured: ({ B }) => gradientRms(B, 1) / gradientRms(B, 5), expected: 1.146, tolerance: { relative: 0.19 } },
    ],
  },
  {
    id: 'sigmoid',
    answer: 3,
    visible: ['weights'],
    checks: [
      /* The root of q* - 1/4 = 0.0147, where q* = 0.265 and 1/4 is the square of the mean. The std of ln q is 0.093
         at 256 units, from the weights alone: 3 x 0.093 / 2 */
      { measured: ({ A }) => aStd(A, 10), expected: 0.1212, tolerance: { relative: 0.14 } },
      /* sqrt(chi) = 0.236 at q*, a little less in the first layer. The std of ln delta^2 is 0.3 after ten layers:
         3 x 0.3 / 2 / 10 */
      { measured: ({ A }) => 1 / factorALayer(deltaRms, A, 1, 11), expected: 0.2334, tolerance: { relative: 0.045 } },
      { measured: ({ A }) => deltaRms(A, 1) / deltaRms(A, 11), expected: 4.79e-7, tolerance: { factor: 1.57 } },
      { measured: ({ B }) => 1 / factorALayer(deltaRms, B, 1, 11), expected: 0.6161, tolerance: { relative: 0.045 } },
    ],
  },
];
