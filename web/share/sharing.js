/*
 * What may be taken away from the page: the buttons for it, which load the part that does it (web/share/), and print. Here
 * is what that part is handed; what it offers is its own business.
 */

import { words } from '../locales/words.js';
import { addressOf } from '../page/embed.js';
import { listenForPrint } from '../page/paper.js';
import { loadPart } from '../page/parts.js';
import { format } from '../state/state.js';

/**
 * @typedef {object} Page
 * @property {() => import('../state/state.js').State} state
 * @property {() => import('../run/reply.js').Reply | null} reply what has been computed
 * @property {(fineness?: number) => void} drawAtOnce all charts, at so many dots to a CSS pixel or the screen's
 * @property {(say: () => string) => void} note says a quiet word
 */

/** What the part is handed. @param {Page} page */
const sharedOf = ({ state, reply, drawAtOnce, note }) => ({
  words,
  state: state(),
  reply: reply(),
  format,
  addressOf,
  run: runWords(reply()?.state ?? state()),
  drawAtOnce,
  note,
});

/** @typedef {ReturnType<typeof sharedOf>} Shared */

/** What was run, in words, and the link to it. @param {import('../state/state.js').State} state */
const runWords = (state) => [...words.stateWords(state), addressOf(state)].filter(Boolean);

/** @param {Page} page */
export function listenForSharing(page) {
  /** @param {(part: typeof import('./share.js')) => unknown} use */
  async function withPart(use) {
    try {
      await use(await loadPart('share'));
    } catch (error) {
      page.note(() => words.WORDS.notShared(String(error)));
    }
  }

  document.getElementById('share')?.addEventListener('click', () => withPart((part) => part.openShare(sharedOf(page))));
  for (const button of document.querySelectorAll('figure > .save')) {
    const figure = /** @type {HTMLElement} */ (button.parentElement);
    button.addEventListener('click', () => withPart((part) => part.savePicture(figure, sharedOf(page))));
  }
  listenForPrint(page.drawAtOnce, () => runWords(page.reply()?.state ?? page.state()));
}
