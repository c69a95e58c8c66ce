/**
 * size-part.js: offers a number with which a network fits, as a button below its refusal. It is a part that loads with the
 * first network that is refused for its size, because it holds the engine's checks.
 *
 * remedy.js loads it, and knows which refusals are for size. What is offered is found in state/remedies.js.
 */
import { loadFits } from '../engine/fits.js';
import { REMEDIES } from '../locales/en/remedies.js';
import { findRemedy } from '../state/remedies.js';
import { makeButton } from './elements.js';

/** @typedef {import('../state/state.js').State} State */

/**
 * @typedef {object} Page what the offer needs of the page
 * @property {(id: string) => HTMLElement} find
 * @property {(changes: Partial<State>) => void} change
 * @property {WebAssembly.Module} module of the engine
 * @property {typeof import('../state/networks.js').specOf} specOf the main script's: this part has no reader of lines
 * @property {() => any} words of the language that is spoken
 */

/** @param {Page} page */
export function createOffer({ find, change, module, specOf, words }) {
  const loading = loadFits(module);
  /** What is offered now. @type {import('../state/remedies.js').Remedy | null} */
  let offered = null;
  /** The newest state, and which of its networks was refused; a search for an older one is too late.
   * @type {[state: State | null, letter: 'A' | 'B' | null]} */
  let newest = [null, null];
  const isNewest = (/** @type {State} */ state, /** @type {'A' | 'B' | null} */ letter) =>
    newest[0] === state && newest[1] === letter;
  const button = makeButton('', () => {
    if (!offered) return;
    find('sheet').focus(); // the button goes
    change({ [offered.key]: offered.value });
  });
  button.className = 'remedy';

  /** Writes the button. The part holds its English words; other languages bring their own. */
  function write() {
    if (offered) button.textContent = (words().REMEDIES ?? REMEDIES)[offered.key](offered.value);
  }

  return {
    write,

    /**
     * Takes the last offer back, and makes one for a state that was refused. The offer stays where the other network of
     * the same state has come further: a search takes time, and the button may have the focus.
     * @param {State} state
     * @param {'A' | 'B' | null} letter of the network that was refused; null: none was
     */
    async show(state, letter) {
      if (isNewest(state, letter)) return;
      newest = [state, letter];
      offered = null;
      button.remove();
      if (!letter) return;
      const found = findRemedy(state, await loading, specOf);
      if (!found || !isNewest(state, letter)) return;
      offered = found;
      write();
      find(`verdict${letter}`).append(button);
    },
  };
}
