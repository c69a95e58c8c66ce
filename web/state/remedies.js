/**
 * remedies.js: finds the one number of a state that need be changed so that both of its networks fit, and to what.
 *
 * Pure: the caller knows what fits. The batch comes first, since it leaves the networks as they are. Of other numbers the
 * one that has to give the least.
 */
import { hasImages } from './networks.js';
import { LETTERS, rowOf } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {{ key: string, value: number }} Remedy the largest value that fits */

/** The numbers that make a network large. @type {Record<string, string[]>} */
const NUMBERS = { dense: ['depth', 'width'], conv: ['depth', 'channels', 'kernel', 'size'] };

/** @param {State} state */
function keysOf(state) {
  const { stack, kind, inputs } = state;
  if (stack) return []; // its line says them all
  const own = kind === 'conv' ? [] : hasImages(state) ? ['size'] : inputs === null ? [] : ['inputs'];
  return [...NUMBERS[kind], ...own];
}

/**
 * The largest value of a number with which a state fits. Between the least and the state's own, values are taken to fit
 * up to some one.
 * @param {State} state that does not fit
 * @param {string} key
 * @param {(state: State) => boolean} fits
 * @returns {Remedy[]} none where not even the least fits
 */
function largest(state, key, fits) {
  let [value, beyond] = [Number(/** @type {{ min?: number }} */ (rowOf(key)).min), state[key]];
  if (value >= beyond || !fits({ ...state, [key]: value })) return [];
  while (beyond - value > 1) {
    const middle = Math.floor((value + beyond) / 2);
    if (fits({ ...state, [key]: middle })) value = middle;
    else beyond = middle;
  }
  return [{ key, value }];
}

/**
 * @param {State} state
 * @param {(spec: import('../engine/spec.js').Spec) => boolean} accepts whether a network would run
 * @param {typeof import('./networks.js').specOf} specOf the page's own, which can read the reader's line of layers
 * @returns {Remedy | null} null where the state fits, or where no single number makes it fit
 */
export function findRemedy(state, accepts, specOf) {
  const fits = (/** @type {State} */ one) => LETTERS.every((letter) => accepts(specOf(one, letter)));
  if (fits(state)) return null;
  const [batch] = largest(state, 'batch', fits);
  if (batch) return batch;
  const kept = (/** @type {Remedy} */ { key, value }) => value / state[key];
  const found = keysOf(state).flatMap((key) => largest(state, key, fits));
  return found.sort((a, b) => kept(b) - kept(a))[0] ?? null;
}
