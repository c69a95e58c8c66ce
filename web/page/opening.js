/**
 * opening.js: opens an address, the first one and each new one in the open page. Its line of layers may have to wait for
 * the part that reads lines. What the reader changes meanwhile stays.
 *
 * What a new state sets off is decided in main.js, and when an address is new in address.js.
 */
import { changedKeys } from '../state/state.js';
import { openedWords } from './overruled.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {ReturnType<typeof import('../state/state.js').parse>} Found what an address says */

/**
 * @param {object} page
 * @param {() => State} page.state
 * @param {(next: State, keys: string[]) => void} page.take takes over a state, and what may have changed in it
 * @param {() => void} page.drawChanges
 * @param {(say: () => string) => void} page.note writes a note
 * @param {() => Promise<unknown>} page.spoken resolves when the language can be spoken
 * @param {Pick<ReturnType<typeof import('./own-stack.js').createOwnStack>, 'read' | 'fault'>} page.ownStack
 * @param {Found} newest the address that the page was opened with
 */
export function createOpening({ state, take, drawChanges, note, spoken, ownStack }, newest) {
  /** What the address says that does not count as it stands. */
  const said = () => `${openedWords(newest)} ${ownStack.fault()}`.trim();

  return {
    said,

    /** Opens a new address. @param {Found} found */
    open(found) {
      newest = { ...found, state: { ...found.state, ...ownStack.read(found.state) } };
      const keys = changedKeys(state(), newest.state);
      take(newest.state, keys);
      if (keys.length === 0) drawChanges(); // nothing to draw: the sheet is marked again
      note(said);
    },

    /** Takes over what was read of the state's line once that could be done. @param {Partial<State>} changes */
    takeRead(changes) {
      newest = { ...newest, state: { ...newest.state, ...changes } };
      take({ ...state(), ...changes }, Object.keys(changes));
      if (ownStack.fault()) spoken().then(() => note(said));
    },
  };
}
