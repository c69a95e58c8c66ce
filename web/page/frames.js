/**
 * frames.js: spreads a drawing over animation frames. Each frame runs as many steps as fit, so that the page keeps
 * answering. One drawing runs at a time.
 *
 * It does not know what is drawn: charts/sheet.js does.
 */

/** Milliseconds from the start of a frame in which another step may begin. */
const SLOT = 8;

/** Milliseconds of a whole frame. */
const FRAME = 16;

/**
 * A drawing: each step draws a chart. It returns the milliseconds after which there will be more to draw; 0: never.
 * @typedef {Generator<void, number, void>} Drawing
 */

/**
 * Runs steps of a drawing until a time.
 * @param {Drawing} drawing
 * @param {number} end as performance.now() gives it
 * @returns {number | null | undefined} what the drawing returned; undefined if it threw before; null if it has steps
 *   left
 */
function runUntil(drawing, end) {
  while (performance.now() < end) {
    const { done, value } = drawing.next();
    if (done) return value;
  }
  return null;
}

/**
 * @param {(again: boolean) => Drawing | null} begin starts a drawing of what has changed, or of everything again
 * @param {() => void} rest called when everything is drawn
 */
export function createFrames(begin, rest) {
  /** The drawing under way. @type {Drawing | null} */
  let drawing = null;
  /** Whether something has changed since that drawing began. */
  let stale = false;
  /** Whether the next drawing draws everything again. */
  let again = false;
  /** The timer or animation frame that draws next; 0: none. */
  let next = 0;
  /** When something was last drawn, in milliseconds. */
  let drawn = 0;
  /** The timer of what the last drawing left for later. */
  let leftTimer = 0;

  /** Draws what has changed: at once if nothing was drawn for a frame, else in the next frame. */
  function drawChanges() {
    stale = true;
    if (next) return;
    const soon = !again && performance.now() - drawn > FRAME;
    next = soon ? window.setTimeout(drawSome) : requestAnimationFrame(drawSome);
  }

  /** Draws for one slot, and leaves the other steps to the next frame. */
  function drawSome() {
    next = 0;
    drawn = performance.now();
    const end = drawn + SLOT;
    if (!drawing && stale) {
      drawing = begin(again);
      stale = again = false;
    }
    try {
      const wait = drawing && runUntil(drawing, end);
      if (wait !== null) {
        drawing = null;
        clearTimeout(leftTimer);
        if (wait) leftTimer = window.setTimeout(drawChanges, wait);
      }
      if (!drawing && !stale) rest();
    } catch (error) {
      again = true; // the sheet is half drawn
      throw error;
    } finally {
      if (drawing || stale) next = requestAnimationFrame(drawSome); // a generator that threw is done at its next step
    }
  }

  /** Draws everything again, once the drawing under way is finished. */
  function drawAgain() {
    again = true;
    drawChanges();
  }

  addEventListener('resize', drawAgain);
  addEventListener('contextrestored', drawAgain, true); // the browser had dropped the picture of a canvas

  return {
    drawChanges,
    drawAgain,

    /** Draws everything again before it returns. */
    drawNow() {
      drawing = begin(true);
      while (drawing && !drawing.next().done);
      drawing = null;
    },

    /** Whether something is still to be drawn. */
    isBusy: () => drawing !== null || stale,
  };
}
