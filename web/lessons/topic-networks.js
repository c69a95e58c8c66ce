/*
 * Lessons on what networks do before they have learnt anything: to different units, classes, inputs and draws.
 */
import { gradientRms, layerOf } from './measures.js';

/** All of a tensor's values are one. @param {{ min: number, max: number } | undefined} tensor */
const spread = (tensor) => (tensor ? tensor.max - tensor.min : Number.NaN);

/** The mean square of the last activations, of which the input's is the mean over draws under He.
 * @param {import('./lessons.js').Networks} networks */
const meanSquareKept = ({ A }) => (layerOf(A, A.layers.length).activations.rms / A.input.rms) ** 2;

/** @type {import('./lessons.js').Lesson[]} */
export const NETWORKS_LESSONS = [
  {
    id: 'symmetry',
    answer: 0,
    open: [],
    checks: [
      /* products with zeros, and sums of the same numbers in the same order: exact */
      {
        measured: ({ A }) => Math.max(...[1, 2, 3, 4, 5].map((layer) => gradientRms(A, layer))),
        expected: 0,
        tolerance: { absolute: 0 },
      },
      { measured: ({ B }) => spread(layerOf(B, 3).activations), expected: 0, tolerance: { absolute: 0 } },
      { measured: ({ B }) => spread(layerOf(B, 3).deltas), expected: 0, tolerance: { absolute: 0 } },
    ],
  },
  {
    id: 'loss-of-guessing',
    answer: 1,
    open: ['weights'],
    checks: [
      /* ln 10; logits of std 2^(-4) or less differ from 0 by chance: the mean over 64 labels by 3 x 0.06 / 8 */
      { measured: ({ A }) => A.layers[0].loss ?? Number.NaN, expected: Math.log(10), tolerance: { absolute: 0.024 } },
    ],
  },
  {
    id: 'alike',
    answer: 2,
    open: ['weights', 'signal'],
    checks: [
      /* the recursion of Cho & Saul's arc-cosine kernel; theory gives no spread of a correlation for one draw:
         over 16 seeds its std was 0.014, 0.019 and 0.016, three times */
      {
        measured: ({ A }) => layerOf(A, 2).correlation ?? Number.NaN,
        expected: 1 / Math.PI,
        tolerance: { absolute: 0.043 },
      },
      {
        measured: ({ A }) => layerOf(A, 6).correlation ?? Number.NaN,
        expected: 0.7359,
        tolerance: { absolute: 0.056 },
      },
      {
        measured: ({ A }) => layerOf(A, 11).correlation ?? Number.NaN,
        expected: 0.8715,
        tolerance: { absolute: 0.047 },
      },
      /* the orthant probability of 64 normals of correlation 0.945; over 16 seeds the std was 0.018, three times */
      {
        measured: ({ A }) => layerOf(A, 20).activations.dead,
        expected: 0.286,
        tolerance: { absolute: 0.055 },
        as: 'percent',
      },
    ],
  },
  {
    id: 'typical',
    answer: 2,
    open: ['weights'],
    draws: meanSquareKept,
    checks: [
      /* the median of a log-normal of mean 1, whose log has the variance 30 ln(1 + 5 / 100) = 1.46: exp(-1.46 /
         2), within exp(3 x 1.21) of which nearly all draws lie */
      { measured: meanSquareKept, expected: 0.481, tolerance: { factor: 38 } },
    ],
  },
];
