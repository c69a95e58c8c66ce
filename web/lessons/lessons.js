/**
 * lessons.js: the table of lessons. A row holds the right answer, and the checks: what is measured, the expected value
 * and its tolerance. The page and the tests use the same rows.
 *
 * Not here: the states (state/lesson-states.js) and the words (locales/), both found by the lesson's id. A row's checks
 * and choices are in the same order as their words.
 */
import { ACTIVATIONS_LESSONS } from './topic-activations.js';
import { BLOCKS_LESSONS } from './topic-blocks.js';
import { COUNTING_LESSONS } from './topic-counting.js';
import { GRADIENTS_LESSONS } from './topic-gradients.js';
import { NETWORKS_LESSONS } from './topic-networks.js';
import { SIGNAL_LESSONS } from './topic-signal.js';
import { TRAINING_LESSONS } from './topic-training.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */

/**
 * How close is close enough: a share of the expected value, an amount, or a factor either way. Or the expected value is a
 * bound: `least` the measured one is at least that, `most` at most.
 * @typedef {{ relative: number } | { absolute: number } | { factor: number } | { bound: 'least' | 'most' }} Tolerance
 *
 * A network that has been run to the end, or that has trained. Of one that trains, `layers` are those seen last.
 * @typedef {{ input: { rms: number }, layers: Layer[], curves?: Curves, coordinates?: Coordinates }} Network
 *
 * The curves of a training; training/learning-curves.js makes them.
 * @typedef {object} Curves
 * @property {(step: number) => { accuracy: number, loss: number } | undefined} scoreAt on all data that are trained on
 *
 * What the coordinate check knows of a parametrization; training/coordinates/ makes it.
 * @typedef {object} Coordinates
 * @property {(width: number, layer: number) => number} timesAt how many times as far the first step moves a layer as at the
 *   least width
 *
 * @typedef {{ A: Network, B: Network }} Networks
 *
 * @typedef {object} Check
 * @property {(networks: Networks) => number} measured
 * @property {number} expected
 * @property {Tolerance} tolerance for one draw of the weights; its derivation is the comment above it
 * @property {'whole' | 'percent'} [as] how the values are written; default: as a number with some digits
 *
 * @typedef {'verdicts' | 'signal' | 'weights' | 'others' | 'figures' | 'training'} Region a region of the sheet
 *
 * @typedef {object} Lesson
 * @property {string} id
 * @property {number} [answer] index of the right choice, where the reader chooses
 * @property {{ letter: 'A' | 'B', lo: number, hi: number }} [sketch] where the reader draws a line instead: the network
 *   whose rms by depth is predicted, and the range in powers of ten
 * @property {Region[]} visible the regions that the reader sees before the reveal
 * @property {number | 'coordinates'} [steps] of training, in a lesson that trains: what its checks measure is known there. Its
 *   state has `train`, and the reveal plays to this step. Or the reveal starts the coordinate check, where A is the standard
 *   network and B that of muP
 * @property {Check[]} checks
 * @property {(networks: Networks) => number} [eachDraw] a number that the lesson collects from seed to seed
 */

/** The lessons by topic. @type {Record<string, Lesson[]>} */
export const GROUPS = {
  counting: COUNTING_LESSONS,
  signal: SIGNAL_LESSONS,
  activations: ACTIVATIONS_LESSONS,
  gradients: GRADIENTS_LESSONS,
  networks: NETWORKS_LESSONS,
  blocks: BLOCKS_LESSONS,
  training: TRAINING_LESSONS,
};

/** All lessons, in the order that the buttons "previous" and "next" follow. */
export const LESSONS = Object.values(GROUPS).flat();

/**
 * What a check measures; NaN where the networks do not have it, since the reader may have changed them.
 * @param {Check} check
 * @param {Networks} networks
 */
export const measure = ({ measured }, networks) => Number(measured(networks) ?? Number.NaN);

/**
 * Whether a measured value lies within the tolerance.
 * @param {Check} check
 * @param {number} measured
 */
export function agrees({ expected, tolerance }, measured) {
  if ('bound' in tolerance) return tolerance.bound === 'least' ? measured >= expected : measured <= expected;
  if ('factor' in tolerance) return Math.abs(Math.log(measured / expected)) <= Math.log(tolerance.factor);
  const allowed = 'absolute' in tolerance ? tolerance.absolute : tolerance.relative * Math.abs(expected);
  return Math.abs(measured - expected) <= allowed;
}
