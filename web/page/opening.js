/**
 * opening.js: opens a new address in the open page. Its line of layers is read first, which may have to wait for the part
 * that reads lines; of several addresses the newest wins.
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
 * @param {(next: State, keys: string[]) => void} page.take takes over a state, and what has changed in it
 * @param {() => void} page.expect called when a state will come later
 * @param {() => void} page.drawChanges
 * @param {(say: () => string) => void} page.note writes a note
 * @param {Pick<ReturnType<typeof import('./own-stack.js').createOwnStack>, 'read' | 'fault'>} page.ownStack
 */
export function createOpening({ state, take, expect, drawChanges, note, ownStack }) {
  /** The address that was opened last. @type {Found | null} */
  let newest = null;

  /** What an address says that does not count as it stands. @param {Found} found */
  const said = (found) => () => `${openedWords(found)} ${ownStack.fault()}`.trim();

  /** @param {Found} found @param {Partial<State>} changes that its line asks for */
  function show(found, changes) {
    if (newest !== found) return;
    const next = { ...found.state, ...changes };
    const keys = changedKeys(state(), next);
    take(next, keys);
    if (keys.length === 0) drawChanges(); // nothing to draw: the sheet is marked again
    note(said({ ...found, state: next }));
  }

  return {
    said,

    /** Opens an address, once its line of layers can be read. @param {Found} found */
    open(found) {
      newest = found;
      const reading = ownStack.read(found.state);
      if (!reading) return show(found, {});
      expect();
      reading.then((changes) => show(found, changes));
    },
  };
}
