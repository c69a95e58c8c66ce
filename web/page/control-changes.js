/**
 * control-changes.js: which changes of the state follow when the reader changes one control.
 *
 * Pure: state in, changes out. What a control shows is in control-display.js.
 */
import { changesOfKind } from '../state/state.js';
import { callOf } from './library-calls.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('../engine/spec.js').Tables} Tables */

/** The key of the state that says how a gain was found. @param {string} gain gainA or gainB */
export const tuneOf = (gain) => gain.replace('gain', 'tune');

/**
 * @param {string} name of the control
 * @param {string | number | null} value that it was given; for a scheme, also a library's call
 * @param {State} state before the change
 * @param {Tables | null} tables of the engine; null before it has started
 * @returns {Partial<State>}
 */
export function changesOf(name, value, state, tables) {
  if (name === 'kind') return { kind: value, ...changesOfKind(state, String(value)) };
  // LSUV finds a gain: one that the reader sets has not been found
  if (name === 'gainA' || name === 'gainB') return { [name]: value, [tuneOf(name)]: 'none' };
  if (name !== 'a' && name !== 'b') return { [name]: value };
  // a scheme brings its own number; a layer's default in a library also sets the biases and a gain of 1
  const letter = name.toUpperCase();
  const call = callOf(value, tables);
  const layerDefault = call?.bias ? { [`bias${letter}`]: call.bias, [`gain${letter}`]: 1 } : {};
  return { [name]: call?.scheme ?? value, [`value${letter}`]: call?.number ?? null, ...layerDefault };
}
