/*
 * The lessons, one row each: what is asked, what is measured, what it ought to be and how near to that it must come.
 * The page and the tests go by the same rows. The states are in states.js, by the same ids, and the words in
 * locales/, by id too: a row's `checks` and `choices` are in the order of theirs.
 */
import { ACTIVATIONS_LESSONS } from './topic-activations.js';
import { COUNTING_LESSONS } from './topic-counting.js';
import { GRADIENTS_LESSONS } from './topic-gradients.js';
import { NETWORKS_LESSONS } from './topic-networks.js';
import { SIGNAL_LESSONS } from './topic-signal.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */

/**
 * How near is near enough: a share of what is expected, an amount, or a factor either way.
 * @typedef {{ relative: number } | { absolute: number } | { factor: number }} Tolerance
 *
 * @typedef {{ input: { rms: number }, layers: Layer[] }} Network that has been run to the end
 * @typedef {{ A: Network, B: Network }} Networks
 *
 * @typedef {object} Check
 * @property {(networks: Networks) => number} measured
 * @property {number} expected
 * @property {Tolerance} tolerance with its derivation beside it, for one draw
 * @property {'whole' | 'percent'} [as] how it is written; else as a number
 *
 * @typedef {'verdicts' | 'signal' | 'weights' | 'others' | 'figures'} Region of the sheet
 *
 * @typedef {object} Lesson
 * @property {string} id
 * @property {number} [answer] place of the right choice, where one is chosen
 * @property {{ letter: 'A' | 'B', lo: number, hi: number }} [sketch] where a line is drawn instead: whose rms by
 *   depth, and the powers of ten between which
 * @property {Region[]} open what of the sheet may be seen before the reveal
 * @property {Check[]} checks
 * @property {(networks: Networks) => number} [draws] what is collected from seed to seed
 */

/** The lessons by what they are about. @type {Record<string, Lesson[]>} */
export const GROUPS = {
  counting: COUNTING_LESSONS,
  signal: SIGNAL_LESSONS,
  activations: ACTIVATIONS_LESSONS,
  gradients: GRADIENTS_LESSONS,
  networks: NETWORKS_LESSONS,
};

/** In the order in which they follow each other. */
export const LESSONS = Object.values(GROUPS).flat();

/** @param {Check} check @param {number} measured */
export function agrees({ expected, tolerance }, measured) {
  if ('factor' in tolerance) return Math.abs(Math.log(measured / expected)) <= Math.log(tolerance.factor);
  const allowed = 'absolute' in tolerance ? tolerance.absolute : tolerance.relative * Math.abs(expected);
  return Math.abs(measured - expected) <= allowed;
}
