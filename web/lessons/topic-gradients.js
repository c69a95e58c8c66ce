/*
 * Lessons on gradients: Glorot & Bengio's figures, and what a sigmoid does to them. Expected values are mean-field
 * theory's for these widths; tolerances are three of its stds for one draw.
 */
import { aStd, deltaRms, factorALayer, gradientRms } from './measures.js';

/** @type {import('./lessons.js').Lesson[]} */
export const GRADIENTS_LESSONS = [
  {
    id: 'glorot-6',
    answer: 2,
    open: ['weights'],
    checks: [
      /* ln a^2 of one input has a std of about sqrt(2 l / 1000), over 64 that differ a good part of it less: 3 /
         2 of it is 7 % at layer 1, 15 % at 5; three stds of 8 draws were 0.7 % and 2.5 %, and the tolerances of
         papers.tsv hold */
      { measured: ({ A }) => aStd(A, 1), expected: 0.46, tolerance: { relative: 0.03 } },
      { measured: ({ A }) => aStd(A, 5), expected: 0.047, tolerance: { relative: 0.07 } },
      { measured: ({ B }) => aStd(B, 1), expected: 0.628, tolerance: { relative: 0.03 } },
      { measured: ({ B }) => aStd(B, 5), expected: 0.322, tolerance: { relative: 0.05 } },
    ],
  },
  {
    id: 'glorot-7',
    answer: 2,
    open: ['weights'],
    checks: [
      /* the std of ln delta^2 is 0.105 and 0.127 after five layers: 3 / 2 of it, for one input; 64 of them have less */
      { measured: ({ A }) => deltaRms(A, 1) / deltaRms(A, 5), expected: 0.0832, tolerance: { relative: 0.16 } },
      { measured: ({ B }) => deltaRms(B, 1) / deltaRms(B, 5), expected: 0.4098, tolerance: { relative: 0.19 } },
    ],
  },
  {
    id: 'glorot-8',
    answer: 1,
    open: ['weights', 'signal'],
    checks: [
      { measured: ({ A }) => gradientRms(A, 1) / gradientRms(A, 5), expected: 1.027, tolerance: { relative: 0.16 } },
      { measured: ({ B }) => gradientRms(B, 1) / gradientRms(B, 5), expected: 1.146, tolerance: { relative: 0.19 } },
    ],
  },
  {
    id: 'sigmoid',
    answer: 3,
    open: ['weights'],
    checks: [
      /* q* - 1/4, of which all inputs and units of a layer come to; for q the std of the log is 0.093 at 256
         units, q is 0.265 and the variance 0.0147: 3 x 0.093 / 2 of what is left to the weights alone */
      { measured: ({ A }) => aStd(A, 10), expected: 0.1212, tolerance: { relative: 0.14 } },
      /* sqrt(chi) = 0.236 at q*, a little less in the first layer; the std of ln delta^2 is 0.3 after ten:
         3 x 0.3 / 2 / 10 */
      { measured: ({ A }) => 1 / factorALayer(deltaRms, A, 1, 11), expected: 0.2334, tolerance: { relative: 0.045 } },
      { measured: ({ A }) => deltaRms(A, 1) / deltaRms(A, 11), expected: 4.79e-7, tolerance: { factor: 1.57 } },
      { measured: ({ B }) => 1 / factorALayer(deltaRms, B, 1, 11), expected: 0.6161, tolerance: { relative: 0.045 } },
    ],
  },
];
