/**
 * keyboard.js: what the keyboard does on the sheet: keys choose a layer on a chart, and what has the focus is never
 * hidden behind the controls. The form's own keys are the browser's.
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

/** Pixels between the controls and what has the focus. */
const FOCUS_MARGIN = 12;

/**
 * @param {HTMLElement} sheet
 * @param {HTMLElement} controls which stay in view above it
 * @param {() => number} chosen the layer that is chosen
 * @param {(layer: number) => void} choose a layer, which may lie outside the network
 */
export function listenForKeys(sheet, controls, chosen, choose) {
  sheet.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return; // the browser's: Alt and an arrow lead back
    const move = event.target instanceof HTMLCanvasElement && KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    choose(move(chosen()));
  });

  sheet.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    const covered = controls.getBoundingClientRect().bottom - target.getBoundingClientRect().top;
    if (covered > 0) scrollBy(0, -covered - FOCUS_MARGIN);
  });

  document.querySelector('.skip')?.addEventListener('click', (event) => {
    event.preventDefault(); // the address holds the state
    sheet.focus();
  });
}
