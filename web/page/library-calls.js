/**
 * library-calls.js: the calls of libraries, such as PyTorch's, in the menus of schemes: what each sets, and how long a
 * menu goes on showing it.
 *
 * The calls come from the engine's tables. What is undone when another scheme is chosen is in control-changes.js.
 */

import { hasWeights } from '../engine/kinds.js';
import { words } from '../locales/words.js';
import { groupsOf } from '../state/networks.js';
import { composedLayers } from '../state/stacks.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('../engine/spec.js').LibraryCall} LibraryCall */
/** @typedef {import('../engine/spec.js').Tables} Tables */

/**
 * The call behind an option's value, which is `call` and the place of its row in the table. A scheme by which all of its
 * calls draw their biases too is a library's default, and stands for the first of them.
 * @param {string | number | null} value of the option
 * @param {Tables | null} tables
 * @returns {LibraryCall | undefined} undefined where the value is only a scheme
 */
export function callOf(value, tables) {
  const row = /^call (\d+)$/.exec(String(value));
  if (row) return tables?.libraries[Number(row[1])];
  const own = tables?.libraries.filter(({ scheme }) => scheme === value) ?? [];
  return own.every(({ bias }) => bias === value) ? own[0] : undefined;
}

/**
 * What a call sets in a network: its scheme and number, a gain of 1, biases if it draws them, and how its library counts
 * fans, if they matter.
 * @param {LibraryCall} call
 * @param {string} letter A or B
 * @param {Tables} tables
 * @returns {Partial<State>}
 */
export const changesOfCall = ({ scheme, number, bias, convention }, letter, { schemes }) => ({
  [letter.toLowerCase()]: scheme,
  [`value${letter}`]: number,
  [`gain${letter}`]: 1,
  [`tune${letter}`]: 'none',
  ...(bias && { [`bias${letter}`]: bias }),
  ...(schemes.find(({ name }) => name === scheme)?.mode.startsWith('fan') && { [`fans${letter}`]: convention }),
});

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
      group.append(option);
    });
    select.append(group);
  }
}

/** The layers of a state, as libraries tell them apart. @param {State} state @returns {string[]} */
function shapesOf(state) {
  const { kind, width, inputs, channels } = state;
  const own = composedLayers(state, 'A');
  if (own)
    return /** @type {any[]} */ (own)
      .filter(hasWeights)
      .map((layer) => (layer.kind === 'dense' ? 'dense' : (layer.groups ?? 1) > 1 ? 'grouped' : 'conv'));
  if (kind === 'dense') return [(inputs ?? width) === width ? 'square' : 'dense'];
  const groups = groupsOf(state);
  return [groups === 1 ? 'conv' : groups === channels ? 'depthwise' : 'grouped'];
}

/**
 * Whether a control shows a call that still draws the weights of the state: nothing that it sets has changed, its layers
 * can be made by the library, and no mistake is made.
 * @param {HTMLInputElement | HTMLSelectElement} control
 * @param {State} state
 * @param {Tables | null} tables
 */
export function showsCallOf(control, state, tables) {
  const call =
    control instanceof HTMLSelectElement && control.value.startsWith('call') && callOf(control.value, tables);
  if (!call || !tables) return false;
  const letter = control.name.toUpperCase();
  const set = Object.entries(changesOfCall(call, letter, tables));
  return (
    set.every(([key, value]) => state[key] === value) &&
    state[`taken${letter}`] === 'std' &&
    shapesOf(state).every((shape) => call.shapes.includes(shape))
  );
}
