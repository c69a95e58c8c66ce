/**
 * paper.js: the page in print. The sheet is drawn again for paper, black on white in either theme; lines that describe
 * the state, and its link, take the place of the controls.
 *
 * The layout is in css/paper.css. Everything happens inside `beforeprint`: the browser's print does not wait.
 */
import { LETTERS } from '../state/state.js';

/** Dots to a CSS pixel: paper is finer than most screens. */
const FINENESS = 3;

/** The table of the whole run is too wide for paper: splits it into one table for each network. */
function splitRun() {
  const table = /** @type {HTMLTableElement} */ (document.getElementById('run'));
  return LETTERS.map((letter, network) => {
    const copy = /** @type {HTMLTableElement} */ (table.cloneNode(true));
    copy.removeAttribute('id');
    copy.className = `run ${letter}`;
    for (const { cells } of copy.rows) {
      const each = (cells.length - 1) / LETTERS.length;
      for (const cell of [...cells].splice(1 + (1 - network) * each, each)) cell.remove();
    }
    table.before(copy);
    return copy;
  });
}

/**
 * @param {(fineness?: number) => void} drawAtOnce draws all charts, at `fineness` dots to a CSS pixel; default: the
 *   screen's
 * @param {() => string[]} head lines that say what is shown
 */
export function listenForPrint(drawAtOnce, head) {
  /** @type {Element[]} */
  let added = [];

  addEventListener('beforeprint', () => {
    document.documentElement.dataset.printing = '';
    drawAtOnce(FINENESS);
    const lines = head().map((line) =>
      Object.assign(document.createElement('p'), { className: 'state', textContent: line }),
    );
    document.querySelector('.head')?.after(...lines);
    added = [...lines, ...splitRun()];
  });
  addEventListener('afterprint', () => {
    for (const element of added) element.remove();
    delete document.documentElement.dataset.printing;
    drawAtOnce();
  });
}
