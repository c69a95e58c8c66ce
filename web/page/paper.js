/*
 * The present state on paper: the sheet laid out for a page of about this width, black on white whatever the theme, with
 * the state in words and its link in place of the controls. How it is laid out stands in paper.css; what is drawn is the
 * sheet's. All is done before the browser's own print returns, for it waits for nothing.
 */
import { LETTERS } from '../state/state.js';

/** Dots to a CSS pixel: paper is finer than most screens. */
const FINENESS = 3;

/** The table of the whole run is too wide for paper: there is one for each network. */
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
 * @param {(fineness?: number) => void} drawAtOnce all charts, at so many dots to a pixel or the screen's
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
