/**
 * keyboard.js: the keyboard on the sheet. On a chart, keys choose a layer. The controls above the sheet never hide the
 * element that has the focus.
 *
 * The keys of the form are the browser's own.
 */

/** The layer that a key leads to from a layer. @type {Record<string, (layer: number) => number>} */
const KEYS = {
  ArrowUp: (layer) => layer - 1,
  ArrowLeft: (layer) => layer - 1,
  ArrowDown: (layer) => layer + 1,
  ArrowRight: (layer) => layer + 1,
  PageUp: (layer) => layer - 10,
  PageDown: (layer) => layer + 10,
  Home: () => 1,
  End: () => Infinity,
};

/** CSS pixels between the controls and the element that has the focus. */
const FOCUS_MARGIN = 12;

/**
 * @param {HTMLElement} sheet
 * @param {HTMLElement} controls the form, which stays in view above the sheet
 * @param {() => number} chosen the layer that is chosen now
 * @param {(layer: number) => void} choose takes a layer, which may lie outside the network
 */
export function listenForKeys(sheet, controls, chosen, choose) {
  sheet.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return; // the browser's own: Alt and left goes back
    const move = event.target instanceof HTMLCanvasElement && KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    choose(move(chosen()));
  });

  /** @param {FocusEvent} event */
  function uncover({ target }) {
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    const covered = controls.getBoundingClientRect().bottom - target.getBoundingClientRect().top;
    if (covered > 0) scrollBy(0, -covered - FOCUS_MARGIN);
  }
  for (const below of [sheet, document.getElementById('layers')]) below?.addEventListener('focusin', uncover);

  document.querySelector('.skip')?.addEventListener('click', (event) => {
    event.preventDefault(); // following the link would replace the state in the address
    sheet.focus();
  });
}
