/**
 * screen.js: keeps what is on screen right where the browser changes it without a resize: on a screen of another density,
 * after a zoom, and when the reader comes back to a page that the browser has kept.
 *
 * Every other reason to draw is in frames.js; how the sheet is drawn for paper, in paper.js.
 */

/**
 * @param {() => void} draw draws everything before it returns
 * @param {() => void} reflect shows the state in all controls
 */
export function listenForScreen(draw, reflect) {
  /** A query holds for one density only, so each change of density needs another. */
  function watchDensity() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', changeDensity, { once: true });
  }
  function changeDensity() {
    watchDensity();
    if (document.documentElement.dataset.printing === undefined) draw();
  }
  watchDensity();

  // WebKit resets fields without autocompletion after this event, and shows no canvas until it is drawn on
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    setTimeout(() => {
      reflect();
      draw();
    });
  });
}
