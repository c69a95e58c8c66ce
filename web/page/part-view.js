/**
 * part-view.js: the page's side of a view that is a part of the page: its button in the head, and the part, which loads when
 * the view is first needed.
 *
 * The view is in the part.
 */
import { words } from '../locales/words.js';
import { TOOLS } from './part-tools.js';
import { loadPart } from './parts.js';

/** @typedef {import('../state/state.js').State} State */

/**
 * @typedef {object} Page what a view needs of the page
 * @property {() => State} state
 * @property {() => import('../run/reply.js').Reply | null} reply
 * @property {(changes: Partial<State>) => void} change
 * @property {(say: () => string) => void} note writes a note
 * @property {(text: string) => void} say has a text read out; it is not shown
 *
 * @typedef {Page & typeof TOOLS} Host what the part is handed
 */

/**
 * @param {Page} page
 * @param {string} name of the part; of its button with `-open`; and of the row of the state
 * @param {() => boolean} isOpen
 * @param {[open: string, closed: string]} values of the row
 * @param {() => unknown} [isNeeded] whether the part is needed though the view is closed
 */
export function createPartView(page, name, isOpen, [open, closed], isNeeded) {
  const button = document.getElementById(`${name}-open`);
  /** @type {any} */
  let view = null;

  async function load() {
    try {
      const part = await loadPart(name);
      view ??= part.createView({ ...TOOLS, ...page });
      view.update();
    } catch (error) {
      page.note(() => words.WORDS.noPart(String(error)));
    }
  }

  button?.addEventListener('click', () => page.change({ [name]: isOpen() ? closed : open }));

  return {
    /** Follows a change of the state, the reply or the language. */
    update() {
      button?.setAttribute('aria-pressed', String(isOpen()));
      if (view) view.update();
      else if (isOpen() || isNeeded?.()) load();
    },
  };
}
