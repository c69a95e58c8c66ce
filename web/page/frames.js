/*
 * Drawing in frames: as many steps of a drawing as fit into a frame, so that the page keeps answering, and one drawing
 * at a time. What is drawn is not its business.
 */

/** Milliseconds of a frame in which a further step may be begun. */
const SLOT = 8;
/** Milliseconds of a whole one. */
const FRAME = 16;

/** A drawing, of which each step is a chart; what it returns are milliseconds after which there is more to be drawn, 0:
 * there is none.
 * @typedef {Generator<void, number, void>} Drawing */

/**
 * @param {(again: boolean) => Drawing | null} begin a drawing, of what has changed or of all
 * @param {() => void} rest called when all is drawn
 */
export function createFrames(begin, rest) {
  /** The one that is under way. @type {Drawing | null} */
  let drawing = null;
  let stale = false;
  let again = false;
  /** Of the timer or the frame that draws next; 0: there is none. */
  let next = 0;
  /** When something was last drawn. */
  let drawn = 0;
  /** Until what a drawing has left is to be drawn. */
  let leftTimer = 0;

  /** What has changed is to be drawn: at once, rather than when the next frame begins, if nothing has been drawn since the
   * last. */
  function drawChanges() {
    stale = true;
    if (next) return;
    const soon = !again && performance.now() - drawn > FRAME;
    next = soon ? window.setTimeout(drawSome) : requestAnimationFrame(drawSome);
  }

  /** Draws as many steps as fit into a frame, at least one, and leaves the others to the next. */
  function drawSome() {
    next = 0;
    drawn = performance.now();
    const end = drawn + SLOT;
    if (!drawing && stale) {
      drawing = begin(again);
      stale = again = false;
    }
    try {
      while (drawing && performance.now() < end) {
        const { done, value } = drawing.next();
        if (!done) continue;
        drawing = null;
        clearTimeout(leftTimer);
        if (value) leftTimer = window.setTimeout(drawChanges, value);
      }
      if (!drawing && !stale) rest();
    } catch (error) {
      again = true; // what was to be drawn is not
      throw error;
    } finally {
      if (drawing || stale) next = requestAnimationFrame(drawSome); // of a generator that threw, the next step is done
    }
  }

  return {
    drawChanges,

    /** Everything is to be drawn again, once the drawing that is under way has been finished. */
    drawAgain() {
      again = true;
      drawChanges();
    },

    /** Everything is drawn again before this returns. */
    drawNow() {
      drawing = begin(true);
      while (drawing && !drawing.next().done);
      drawing = null;
    },

    /** Whether something is still to be drawn. */
    isBusy: () => drawing !== null || stale,
  };
}
