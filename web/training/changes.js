/**
 * changes.js: what two experiments differ in, so that the page can say why training starts anew.
 *
 * Pure, and without words.
 */
import { USUAL_RATES } from './settings.js';

/** What the reader sets of the networks by a number of its own. */
const NUMBERS = /** @type {const} */ (['batch', 'seed']);

/**
 * @typedef {object} Experiment
 * @property {Record<'A' | 'B', any>} specs
 * @property {string[]} tunes
 * @property {Partial<import('./settings.js').Settings>} settings without the rate
 */

/**
 * @param {Experiment} before
 * @param {Experiment} after
 * @returns {[key: string, value: string | number][]} settings with their new values; ['networks', ''] for all else of the
 *   networks
 */
export function changesBetween(before, after) {
  const [was, is] = /** @type {any[]} */ ([before.settings, after.settings]);
  /** @type {[string, string | number][]} */
  const found = Object.keys(is).flatMap((key) => (is[key] === was[key] ? [] : [[key, is[key]]]));
  if (is.optimizer !== was.optimizer) found.push(['rate', USUAL_RATES[is.optimizer]]);
  if (found.length > 0) return found; // the networks follow the data
  const [old, now] = [before.specs.A, after.specs.A];
  const numbers = NUMBERS.filter((key) => old[key] !== now[key]);
  if (numbers.length > 0) return numbers.map((key) => [key, now[key]]);
  return [['networks', '']];
}
