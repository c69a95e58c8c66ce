/**
 * save-menu.js: the menu of a figure that saves it: as a picture, or its numbers. The arrow keys move in it, Escape closes
 * it, and the focus goes back to its button.
 *
 * What is saved is made in chart-image.js and statistics.js. The numbers of the whole run are in the dialog.
 */
import { make, makeButton } from '../page/elements.js';
import { fileName, savePicture } from './chart-image.js';
import { mayBeBlocked, save, textsOf } from './save.js';
import { toTable } from './statistics.js';

/** @typedef {import('./sharing.js').Shared} Shared */
/** @typedef {import('../charts/numbers-table.js').Numbers} Numbers */

/** The item that a key leads to. @type {Record<string, (item: number, count: number) => number>} */
const KEYS = {
  ArrowDown: (item, count) => (item + 1) % count,
  ArrowUp: (item, count) => (item + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** @param {HTMLElement} figure @param {Numbers} numbers @param {Shared} shared */
function saveNumbers(figure, numbers, { words, note }) {
  const { saved, mayBlock } = textsOf(words);
  const name = fileName(figure, 'csv');
  save(new Blob([toTable(numbers)], { type: 'text/csv' }), name);
  note(() => (mayBeBlocked() ? mayBlock(name) : saved(name)));
}

/** Closes the menu that is open. @type {(() => void) | null} */
let closeOpen = null;

/**
 * Opens the menu of a figure, or closes it.
 * @param {HTMLElement} button of the figure
 * @param {(figure: HTMLElement) => Numbers | null} numbersOf the numbers that a figure shows
 * @param {() => Shared} collect what the files need, when they are saved
 */
export function toggleSaveMenu(button, numbersOf, collect) {
  const figure = /** @type {HTMLElement} */ (button.parentElement);
  const wasOpen = button.getAttribute('aria-expanded') === 'true';
  closeOpen?.();
  if (wasOpen) return;
  const texts = textsOf(collect().words);
  const numbers = numbersOf(figure);

  /** @param {string} text @param {() => unknown} act */
  const makeItem = (text, act) => {
    const choose = async () => {
      close();
      button.focus();
      try {
        await act();
      } catch (error) {
        const { note, words } = collect();
        note(() => words.WORDS.notShared(String(error)));
      }
    };
    return makeButton(text, choose, { role: 'menuitem', tabIndex: -1 });
  };
  const items = [makeItem(texts.picture, () => savePicture(figure, collect()))];
  if (numbers) items.push(makeItem(texts.figures, () => saveNumbers(figure, numbers, collect())));
  const menu = make('div.save-menu', { role: 'menu', ariaLabel: texts.menu }, ...items);

  /** @param {KeyboardEvent} event */
  function listenForKeys(event) {
    const item = KEYS[event.key]?.(items.indexOf(document.activeElement), items.length);
    if (item !== undefined) items[item].focus();
    else if (event.key === 'Escape') {
      close();
      button.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  /** @param {Event} event */
  function closeOutside({ target }) {
    if (target instanceof Node && !menu.contains(target) && !button.contains(target)) close();
  }
  function close() {
    closeOpen = null;
    removeEventListener('pointerdown', closeOutside, true);
    removeEventListener('focusin', closeOutside, true);
    menu.remove();
    button.setAttribute('aria-expanded', 'false');
  }

  menu.addEventListener('keydown', listenForKeys);
  addEventListener('pointerdown', closeOutside, true);
  addEventListener('focusin', closeOutside, true);
  button.after(menu);
  button.setAttribute('aria-expanded', 'true');
  closeOpen = close;
  items[0].focus();
}
