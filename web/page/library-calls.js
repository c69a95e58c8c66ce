/**
 * library-calls.js: offers the calls of libraries, such as PyTorch's, in the menus of schemes. A menu keeps showing the
 * call that the reader chose for as long as the state matches it.
 *
 * The calls come from the engine's tables. What a call changes is in control-changes.js.
 */

import { words } from '../locales/words.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('../engine/spec.js').Tables} Tables */

/**
 * The call behind an option's value; undefined where the value is a scheme.
 * @param {string | number | null} value of the option: `call` and the place of its row in the table
 * @param {Tables | null} tables
 */
export const callOf = (value, tables) => tables?.libraries[Number(/^call (\d+)$/.exec(String(value))?.[1] ?? -1)];

/**
 * Adds the calls to a menu of schemes, a group for each library.
 * @param {HTMLSelectElement} select
 * @param {Tables} tables
 */
export function offerCalls(select, { libraries }) {
  for (const library of new Set(libraries.map((entry) => entry.library))) {
    const group = document.createElement('optgroup');
    group.label = library;
    libraries.forEach((entry, row) => {
      if (entry.library !== library) return;
      const call = `${library}: ${entry.call}`;
      const option = new Option(words.libraryWords(call), `call ${row}`);
      option.dataset.call = call;
      option.dataset.scheme = entry.scheme;
      option.dataset.number = String(entry.number);
      option.dataset.bias = entry.bias ?? '';
      group.append(option);
    });
    select.append(group);
  }
}

/**
 * Whether a control shows a call that still names the state: the same scheme and number and, for a layer's default, its
 * biases and a gain of 1.
 * @param {HTMLInputElement | HTMLSelectElement} control
 * @param {State} state
 */
export function showsCallOf(control, state) {
  const { scheme, number, bias } = (control instanceof HTMLSelectElement && control.selectedOptions[0]?.dataset) || {};
  const letter = control.name.toUpperCase();
  if (scheme !== state[control.name] || number !== String(state[`value${letter}`])) return false;
  return !bias || (bias === state[`bias${letter}`] && state[`gain${letter}`] === 1);
}
