/**
 * sharing.js: the buttons that share the page: one opens the dialog, and one on each chart saves it. They load their
 * part when it is first needed. The browser's own print is handled here too.
 *
 * What the dialog offers is in the part (share.js); this file is in the main script.
 */
import { numbersOfFigure } from '../charts/numbers-table.js';
import { words } from '../locales/words.js';
import { linkTo } from '../page/address.js';
import { listenForPrint } from '../page/paper.js';
import { loadPart } from '../page/parts.js';
import { format } from '../state/state.js';

/**
 * @typedef {object} Page
 * @property {() => import('../state/state.js').State} state
 * @property {() => import('../run/reply.js').Reply | null} reply what has been computed
 * @property {(fineness?: number) => void} drawAtOnce draws all charts, at `fineness` dots to a CSS pixel; default: the
 *   screen's
 * @property {(say: () => string) => void} note writes a note
 */

/** Lines that describe what was run, and the link to it. @param {import('../state/state.js').State} state */
const describeRun = (state) => [...words.stateWords(state), linkTo(state)].filter(Boolean);

/** What the part is handed. @param {Page} page */
const collectShared = ({ state, reply, drawAtOnce, note }) => ({
  words,
  state: state(),
  reply: reply(),
  format,
  linkTo,
  run: describeRun(reply()?.state ?? state()),
  drawAtOnce,
  note,
});

/** @typedef {ReturnType<typeof collectShared>} Shared */

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

  const open = () => withPart((part) => part.openShare(collectShared(page)));
  document.getElementById('share')?.addEventListener('click', open);
  document.addEventListener('click', ({ target }) => {
    const button = /** @type {Element} */ (target).closest('figure > .save');
    if (!button) return;
    withPart((part) =>
      part.toggleSaveMenu(/** @type {HTMLElement} */ (button), numbersOfFigure, () => collectShared(page)),
    );
  });
  listenForPrint(page.drawAtOnce, () => describeRun(page.reply()?.state ?? page.state()));
}
