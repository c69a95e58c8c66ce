/**
 * phase-host.js: the page's side of the view Phase map. It loads the part when its button is pressed or the address has
 * `phase`, and hands it what it needs of the page.
 *
 * The view is in the part (phase-part.js); this file is in the main script.
 */
import { TOOLS } from '../page/part-tools.js';
import { loadPart } from '../page/parts.js';

/**
 * @typedef {object} Page what the view needs of the page
 * @property {() => import('../state/state.js').State} state
 * @property {() => import('../run/reply.js').Reply | null} reply
 * @property {(changes: Partial<import('../state/state.js').State>) => void} change
 * @property {(say: () => string) => void} note writes a note
 *
 * @typedef {Page & typeof TOOLS} Host what the part is handed
 */

/** @param {Page} page */
export function createPhase(page) {
  const button = document.getElementById('phase-open');
  /** @type {any} */
  let view = null;
  const isOpen = () => page.state().phase === '1';

  async function load() {
    try {
      const part = await loadPart('phase');
      view ??= part.createView({ ...TOOLS, ...page });
      view.update();
    } catch (error) {
      page.note(() => String(error));
    }
  }

  button?.addEventListener('click', () => page.change({ phase: isOpen() ? '0' : '1' }));

  return {
    /** Follows a change of the state, the reply or the language. */
    update() {
      button?.setAttribute('aria-pressed', String(isOpen()));
      if (view) view.update();
      else if (isOpen()) load();
    },
  };
}
