/**
 * overruled.js: says in the quiet line why a choice is not computed as it was made.
 *
 * Which choices are overruled, and by what, is decided in state/networks.js; the reasons are in the locales.
 */
import { words } from '../locales/words.js';
import { computedState, overruledKeys } from '../state/networks.js';
import { changedKeys, defaults } from '../state/state.js';

/** @typedef {import('../state/state.js').State} State */

/** @param {State} state @param {string[]} keys of the choices that are overruled */
const overruledWords = (state, keys) => keys.map((key) => words.OVERRULED[key](computedState(state))).join(' ');

/**
 * What to say of a change by the reader.
 * @param {State} before @param {State} next @param {string[]} keys that were changed
 */
export function overruledChange(before, next, keys) {
  const overruled = overruledKeys(before, next, keys);
  return () => overruledWords(next, overruled);
}

/** What an address says that does not count as it stands. @param {{ state: State, ignored:
 * import('../state/state.js').Ignored[] }} opened */
export function openedWords({ state, ignored }) {
  const keys = overruledKeys(state, state, changedKeys(defaults(), state));
  return `${words.ignoredWords(ignored)} ${overruledWords(state, keys)}`.trim();
}
