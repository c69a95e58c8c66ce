/**
 * topic-training.js: lessons on training: which initialization trains, and which does not. The networks train on the
 * page, on the digits; the reader predicts, and the reveal plays to the step that the lesson names.
 *
 * A check is a claim with a margin: this network reaches so much, that one does not. Above each is what was measured over
 * several seeds, as single runs vary. Chance is 0.11: the largest class.
 */
import { accuracyAt, layerOf, lossAt, timesAt } from './measures.js';

/** @typedef {import('./lessons.js').Check} Check */

const LEAST = /** @type {const} */ ({ bound: 'least' });
const MOST = /** @type {const} */ ({ bound: 'most' });

/** What the reader sees before the reveal: all but what training does. @type {import('./lessons.js').Region[]} */
const SIGNAL = ['verdicts', 'signal', 'weights', 'others', 'figures'];

/**
 * A network's accuracy after so many steps, as a claim.
 * @param {'A' | 'B'} letter @param {number} step @param {number} expected @param {Check['tolerance']} tolerance
 * @returns {Check}
 */
const accuracy = (letter, step, expected, tolerance) => ({
  measured: (networks) => accuracyAt(networks[letter], step),
  expected,
  tolerance,
  as: 'percent',
});

/** The range of the weights of a layer; 0 if all are equal. @param {import('./lessons.js').Layer} layer */
const spread = ({ weights: { min, max } }) => max - min;

/** @type {import('./lessons.js').Lesson[]} */
export const TRAINING_LESSONS = [
  {
    id: 'trains-22',
    answer: 1,
    steps: 1000,
    visible: SIGNAL,
    checks: [
      /* Six seeds: 0.20 to 0.73 */
      accuracy('A', 1000, 0.85, MOST),
      /* Six seeds: 0.98 to 1.00 */
      accuracy('B', 1000, 0.95, LEAST),
    ],
  },
  {
    id: 'trains-30',
    answer: 0,
    steps: 1000,
    visible: SIGNAL,
    checks: [
      /* Six seeds: 0.10 to 0.29 */
      accuracy('A', 1000, 0.4, MOST),
      /* Six seeds: 0.90 to 1.00 */
      accuracy('B', 1000, 0.85, LEAST),
    ],
  },
  {
    id: 'trains-adam',
    answer: 2,
    steps: 500,
    visible: SIGNAL,
    checks: [
      /* Five seeds: 0.71 to 0.97 */
      accuracy('A', 500, 0.6, LEAST),
      /* Five seeds: 0.94 to 0.99 */
      accuracy('B', 500, 0.9, LEAST),
    ],
  },
  {
    id: 'trains-pytorch',
    answer: 0,
    steps: 500,
    visible: SIGNAL,
    checks: [
      /* Always that of the largest class, 0.11 */
      accuracy('A', 500, 0.15, MOST),
      /* Three seeds: 1.00 */
      accuracy('B', 500, 0.95, LEAST),
    ],
  },
  {
    id: 'trains-sigmoid',
    answer: 2,
    steps: 3000,
    visible: SIGNAL,
    checks: [
      /* ln 10 = 2.303 is chance. Five seeds: 2.30 */
      { measured: ({ A }) => lossAt(A, 1000), expected: 2.2, tolerance: LEAST },
      /* Five seeds: 0.1 to 1.0 */
      { measured: ({ A }) => lossAt(A, 3000), expected: 2, tolerance: MOST },
      /* Three seeds: 0.16 to 0.22 */
      { measured: ({ B }) => lossAt(B, 100), expected: 0.5, tolerance: MOST },
    ],
  },
  {
    id: 'trains-depth',
    answer: 1,
    steps: 300,
    visible: SIGNAL,
    checks: [
      /* Three seeds: 0.14 to 0.38 */
      accuracy('A', 300, 0.6, MOST),
      /* Three seeds: 0.94 to 0.97 */
      accuracy('B', 300, 0.85, LEAST),
    ],
  },
  {
    id: 'trains-narrow',
    answer: 0,
    steps: 500,
    visible: SIGNAL,
    checks: [
      /* Four seeds each: 0.10 to 0.48, and at 64 units 0.75 or more */
      accuracy('A', 500, 0.6, MOST),
      accuracy('B', 500, 0.6, MOST),
    ],
  },
  {
    id: 'trains-pixels',
    answer: 1,
    steps: 500,
    visible: SIGNAL,
    checks: [
      /* Four seeds: 0.10 to 0.24 */
      accuracy('A', 500, 0.4, MOST),
      /* Four seeds: 0.97 to 0.99 */
      accuracy('B', 500, 0.9, LEAST),
    ],
  },
  {
    id: 'trains-zeros',
    answer: 0,
    steps: 500,
    visible: SIGNAL,
    checks: [
      /* Only the biases of the output move: 0.11, for each seed */
      accuracy('A', 500, 0.15, MOST),
      /* Two seeds: 0.21. As a network of one unit a layer */
      accuracy('B', 500, 0.35, MOST),
      /* Exact: equal units get equal gradients, summed in the same order */
      { measured: ({ B }) => spread(layerOf(B, 2)), expected: 0, tolerance: { absolute: 0 } },
    ],
  },
  {
    id: 'trains-width',
    answer: 2,
    steps: 'coordinates',
    visible: SIGNAL,
    checks: [
      /* A is the standard network, B is muP. Six seeds: 17 to 35, and 0.5 to 1.0 */
      { measured: ({ A }) => timesAt(A, 1024, 3), expected: 10, tolerance: LEAST },
      { measured: ({ B }) => timesAt(B, 1024, 3), expected: 1.5, tolerance: MOST },
      /* Six seeds: 6.5 to 8.0, and 0.76 to 0.94 */
      { measured: ({ A }) => timesAt(A, 1024, 2), expected: 4, tolerance: LEAST },
      { measured: ({ B }) => timesAt(B, 1024, 2), expected: 1.5, tolerance: MOST },
    ],
  },
  {
    id: 'trains-noise',
    answer: 1,
    steps: 1000,
    visible: SIGNAL,
    checks: [
      /* Three seeds: 0.39 to 0.46 */
      accuracy('A', 1000, 0.55, MOST),
      /* Three seeds: 0.68 to 0.69 */
      accuracy('B', 1000, 0.6, LEAST),
    ],
  },
];
