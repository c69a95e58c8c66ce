/**
 * control-changes.js: which changes of the state follow when the reader changes one control.
 *
 * State in, changes out; it remembers only what a library's call has set, to undo it. What a control shows is in
 * control-display.js.
 */
import { changesOfKind } from '../state/state.js';
import { callOf, changesOfCall } from './library-calls.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('../engine/spec.js').Tables} Tables */

/** The key of the state that says how a gain was found. @param {string} gain gainA or gainB */
export const tuneOf = (gain) => gain.replace('gain', 'tune');

/** What a call sets besides the scheme, and the next scheme takes back. */
const TAKEN_BACK = ['bias', 'fans'];

/** For each network, what the last call has set, and what was there before.
 * @returns {(name: string, value: string | number | null, state: State, tables: Tables | null) => Partial<State>} */
export function createChanges() {
  /** @type {Record<string, { set: any, before: any }>} */
  const brought = {};

  /**
   * The changes of a new scheme. It has its own number. What the call before has set, and nobody has changed since,
   * becomes what it was.
   * @param {string} name a or b @param {string | number | null} value a scheme, or a library's call
   * @param {State} state @param {Tables | null} tables
   */
  function changesOfScheme(name, value, state, tables) {
    const letter = name.toUpperCase();
    const call = callOf(value, tables);
    /** @type {Partial<State>} */
    const changes = { [name]: value, [`value${letter}`]: null };
    const sets = call && tables ? changesOfCall(call, letter, tables) : {};
    for (const key of TAKEN_BACK.map((part) => part + letter)) {
      const { set, before } = brought[key] ?? {};
      const mine = set === undefined || set !== state[key] ? state[key] : before;
      if (mine !== state[key]) changes[key] = mine;
      delete brought[key];
      if (key in sets) brought[key] = { set: sets[key], before: mine };
    }
    return { ...changes, ...sets };
  }

  /**
   * @param {string} name of the control
   * @param {string | number | null} value that it was given; for a scheme, also a library's call
   * @param {State} state before the change
   * @param {Tables | null} tables of the engine; null before it has started
   */
  return (name, value, state, tables) => {
    if (name === 'kind') return { kind: value, stack: '', changeB: '', ...changesOfKind(state, { kind: value }) };
    if (name === 'block') return { block: value, norm: 'own', branch: null, ...changesOfKind(state, { block: value }) };
    if (name === 'input') return { input: value, mean: null, std: null };
    // LSUV finds a gain: one that the reader sets has not been found
    if (name === 'gainA' || name === 'gainB') return { [name]: value, [tuneOf(name)]: 'none' };
    if (name === 'activation') return { activation: value, parameter: null };
    if (name === 'a' || name === 'b') return changesOfScheme(name, value, state, tables);
    delete brought[name]; // now it is the reader's own
    return { [name]: value };
  };
}
