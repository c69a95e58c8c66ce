/**
 * folds.js: the parts of the page that fold. On a wide screen the further controls start open. A part that opens
 * scrolls into view.
 *
 * It does not know what the parts hold.
 */

/** From this width on there is room for all controls. */
const wide = matchMedia('(min-width: 1024px)');

/**
 * @param {(id: string) => HTMLElement} find an element of the page
 * @param {() => void} redraw called when the table of the run opens or closes
 */
export function listenForFolds(find, redraw) {
  const more = /** @type {HTMLDetailsElement} */ (find('more'));
  const openMore = () => {
    more.open = wide.matches;
  };
  openMore();
  wide.addEventListener('change', openMore);
  for (const fold of document.querySelectorAll('.experiments details')) {
    fold.addEventListener('toggle', () => fold.hasAttribute('open') && fold.scrollIntoView({ block: 'nearest' }));
  }
  const table = find('run');
  table.closest('details')?.addEventListener('toggle', redraw);
  /** @type {HTMLElement} */ (table.parentElement).tabIndex = 0; // the keyboard, too, must be able to scroll it
}
