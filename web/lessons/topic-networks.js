/**
 * topic-networks.js: lessons on networks before training: units that stay equal, the loss of guessing, inputs that
 * become alike, and the draw of a typical network.
 *
 * Nothing is trained here.
 */
import { gradientRms, layerOf } from './measures.js';

/** The range of a tensor's values; 0 if all are equal. @param {{ min: number, max: number } | undefined} tensor */
const spread = (tensor) => (tensor ? tensor.max - tensor.min : Number.NaN);

/**
 * The mean square of the last activations over the input's. Under He its mean over draws is 1.
 * @param {import('./lessons.js').Networks} networks
 */
const meanSquareKept = ({ A }) => (layerOf(A, A.layers.length).activations.rms / A.input.rms) ** 2;

/** @type {import('./lessons.js').Lesson[]} */
export const NETWORKS_LESSONS = [
  {
    id: 'symmetry',
    answer: 0,
    visible: [],
    checks: [
      /* Exact: products with 0, and sums of equal numbers in the same order */
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
    visible: ['weights'],
    checks: [
      /* ln 10 for logits of 0. Here their std is at most 2^(-4) = 0.06: the mean over 64 labels is off by up to
         3 x 0.06 / 8 */
      { measured: ({ A }) => A.layers[0].loss ?? Number.NaN, expected: Math.log(10), tolerance: { absolute: 0.024 } },
    ],
  },
  {
    id: 'alike',
    answer: 2,
    visible: ['weights', 'signal'],
    checks: [
      /* The recursion of Cho & Saul's arc-cosine kernel. Theory does not say how much a correlation varies from draw
         to draw: over 16 seeds the std was 0.014, 0.019 and 0.016. Three times that */
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
      /* The orthant probability of 64 normals with correlation 0.945. Over 16 seeds the std was 0.018: three times
         that */
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
    visible: ['weights'],
    eachDraw: meanSquareKept,
    checks: [
      /* The median of a log-normal with mean 1, whose log has the variance 30 ln(1 + 5 / 100) = 1.46: exp(-1.46 / 2).
         Nearly all draws lie within a factor of exp(3 x 1.21) */
      { measured: meanSquareKept, expected: 0.481, tolerance: { factor: 38 } },
    ],
  },
];
