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
 * @property {() => void} loadFormulas has the formulas of the chosen layer loaded, in view or not
 * @property {(say: () => string) => void} note writes a note
 * @property {() => { state: import('../state/state.js').State, lines: string[] } | null} trained where the charts show a
 *   training: its state at the step that they show, and lines that describe it
 */

/** Lines that describe what was run, and the link to it. @param {Page} page */
function describeRun({ state, reply, trained }) {
  const signal = { ...state(), ...reply()?.state, train: state().train }; // the reply may be older than the view
  const { lines = [], state: shown = signal } = trained() ?? {};
  return [...words.stateWords(shown), ...lines, linkTo(shown)].filter(Boolean);
}

/** What the part is handed. @param {Page} page */
const collectShared = (page) => ({
  words,
  state: page.state(),
  reply: page.reply(),
  format,
  linkTo,
  run: describeRun(page),
  drawAtOnce: page.drawAtOnce,
  note: page.note,
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

  function open() {
    page.loadFormulas(); // the dialog can print
    return withPart((part) => part.openShare(collectShared(page)));
  }
  document.getElementById('share')?.addEventListener('click', open);
  document.addEventListener('click', ({ target }) => {
    const button = /** @type {Element} */ (target).closest('figure > .save');
    if (!button) return;
    withPart((part) =>
      part.toggleSaveMenu(/** @type {HTMLElement} */ (button), numbersOfFigure, () => collectShared(page)),
    );
  });
  listenForPrint(page.drawAtOnce, () => describeRun(page));
}
