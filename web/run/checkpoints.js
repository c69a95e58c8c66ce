/**
 * checkpoints.js: states of a training, kept at some of its steps, so that any step can be reached again soon. They are
 * thinned out evenly where they would take too much memory.
 *
 * Pure: it neither trains nor restores.
 */

/** Steps between two checkpoints, at first. */
const FIRST_GAP = 16;

/** With fewer, the way back would always be the whole way. */
const FEWEST = 4;

/** @typedef {{ step: number, values: Float32Array }} Saved what training.save() gives */

/**
 * @param {number} budget bytes of all checkpoints together
 * @param {number} bytes of one
 */
export function createCheckpoints(budget, bytes) {
  const most = Math.max(FEWEST, Math.floor(budget / bytes));
  let gap = FIRST_GAP;
  /** By step. @type {Saved[]} */
  let kept = [];
  /** The one that was last sought: the reader is likely to stay near. @type {Saved | null} */
  let near = null;

  /** Steps from one to the next. @param {number} i */
  const gapAfter = (i) => kept[i + 1].step - kept[i].step;

  /** Drops the one that is missed least: its neighbours are closest together. The first and the last stay. */
  function dropOne() {
    let least = 1;
    for (let i = 2; i < kept.length - 1; i++) {
      if (gapAfter(i - 1) + gapAfter(i) < gapAfter(least - 1) + gapAfter(least)) least = i;
    }
    kept.splice(least, 1);
    gap = Math.min(...kept.slice(1).map((_, i) => gapAfter(i)));
  }

  return {
    /** Whether a step is one to keep. @param {number} step */
    wants: (step) => step % gap === 0 && !kept.some((saved) => saved.step === step),

    /** @param {Saved} saved at a step that is wanted */
    keep(saved) {
      kept = [...kept, saved].sort((a, b) => a.step - b.step);
      while (kept.length > most) dropOne();
    },

    /** Keeps one more, in place of the last such. @param {Saved} saved */
    keepNear(saved) {
      near = saved;
    },

    /** The last one up to a step. @param {number} step @returns {Saved | undefined} */
    before(step) {
      const found = kept.filter((saved) => saved.step <= step).at(-1);
      return near && near.step <= step && near.step > (found?.step ?? -1) ? near : found;
    },

    /** Forgets what comes after a step. @param {number} step */
    cut(step) {
      kept = kept.filter((saved) => saved.step <= step);
      if (near && near.step > step) near = null;
    },

    /** Steps that are kept, for tests. */
    steps: () => kept.map(({ step }) => step),
  };
}
