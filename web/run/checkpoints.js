/**
 * checkpoints.js: states of a training, kept at some of its steps, so that any step can be reached again soon. They are
 * thinned out evenly where they would take too much memory. A few more lie close to the step that the reader has sought.
 *
 * Pure: it neither trains nor restores.
 */

/** Steps between two checkpoints, at first. */
const FIRST_GAP = 16;

/** With fewer, the way back would always be the whole way. */
const FEWEST = 4;

/** Steps between two near states, and how many there are at most. */
const NEAR_GAP = 4;
const MOST_NEAR = 8;

/** The share of all states that may be near ones. */
const NEAR_SHARE = 1 / 8;

/** @typedef {{ step: number, values: Float32Array }} Saved what training.save() gives */

/**
 * @param {number} budget bytes of all checkpoints together
 * @param {number} bytes of one
 */
export function createCheckpoints(budget, bytes) {
  const all = Math.floor(budget / bytes);
  const mostNear = Math.min(MOST_NEAR, Math.max(1, Math.floor(all * NEAR_SHARE)));
  const most = Math.max(FEWEST, all - mostNear);
  let gap = FIRST_GAP;
  /** By step. @type {Saved[]} */
  let kept = [];
  /** Those near the step that was sought, in the order in which they were kept. @type {Saved[]} */
  let near = [];

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

  /** @param {number} step */
  const has = (step) => [...kept, ...near].some((saved) => saved.step === step);

  return {
    /** Whether a step is one to keep. @param {number} step */
    wants: (step) => step % gap === 0 && !kept.some((saved) => saved.step === step),

    /** Whether a step is one to keep near a step that is sought. @param {number} step @param {number} sought */
    wantsNear: (step, sought) =>
      step < sought && sought - step <= mostNear * NEAR_GAP && step % NEAR_GAP === 0 && !has(step),

    /** @param {Saved} saved at a step that is wanted */
    keep(saved) {
      kept = [...kept, saved].sort((a, b) => a.step - b.step);
      while (kept.length > most) dropOne();
    },

    /** @param {Saved} saved at a step that is wanted near */
    keepNear(saved) {
      near = [...near, saved].slice(-mostNear);
    },

    /** The last one up to a step. @param {number} step */
    before(step) {
      const earlier = [...kept, ...near].filter((saved) => saved.step <= step);
      return earlier.reduce((last, saved) => (saved.step > last.step ? saved : last), kept[0]);
    },

    /** Forgets what comes after a step. @param {number} step */
    cut(step) {
      kept = kept.filter((saved) => saved.step <= step);
      near = near.filter((saved) => saved.step <= step);
    },

    /** Steps that are kept, but for the near ones, for tests. */
    steps: () => kept.map(({ step }) => step),
  };
}
