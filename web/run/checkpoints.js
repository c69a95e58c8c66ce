/**
 * checkpoints.js: states of a training, kept at some of its steps, so that any step can be reached again soon. They are
 * thinned out evenly where they would take too much memory. A few more lie close to the step that the reader has sought.
 *
 * Pure: it neither trains nor restores.
 */

/** Steps between two checkpoints, at first. */
const FIRST_GAP = 16;

/** Steps between two near states, and how many there are at most. */
const NEAR_GAP = 4;
const MOST_NEAR = 8;

/** The share of all states that may be near ones. */
const NEAR_SHARE = 1 / 8;

/** @typedef {{ step: number, values: Float32Array }} Saved what training.save() gives */

/** Takes a state. Gives null where there is no memory for it. @param {() => Saved} save */
function trySaving(save) {
  try {
    return save();
  } catch (error) {
    if (error instanceof RangeError) return null; // the array could not be allocated
    throw error;
  }
}

/**
 * @param {number} budget bytes of all checkpoints together; that of the start is kept even where it alone takes more
 * @param {number} bytes of one
 */
export function createCheckpoints(budget, bytes) {
  const all = Math.max(1, Math.floor(budget / bytes));
  const mostNear = all === 1 ? 0 : Math.min(MOST_NEAR, Math.max(1, Math.floor(all * NEAR_SHARE)));
  const most = all - mostNear;
  let gap = most === 1 ? Number.POSITIVE_INFINITY : FIRST_GAP;
  /** By step. @type {Saved[]} */
  const kept = [];
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

  /** How many are kept up to a step. @param {number} step */
  function countUpTo(step) {
    let [low, high] = [0, kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (kept[middle].step <= step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The last one up to a step, near ones apart. @param {number} step */
  const keptBefore = (step) => kept[Math.max(1, countUpTo(step)) - 1];

  return {
    /** Whether a step is one to keep. @param {number} step */
    wants: (step) => (step === 0 || step % gap === 0) && keptBefore(step)?.step !== step,

    /** Whether a step is one to keep near a step that is sought. @param {number} step @param {number} sought */
    wantsNear: (step, sought) =>
      step < sought &&
      sought - step <= mostNear * NEAR_GAP &&
      step % NEAR_GAP === 0 &&
      keptBefore(step).step !== step &&
      !near.some((saved) => saved.step === step),

    /**
     * Keeps a state. Room is made before it is taken. Without memory for it, it is not kept.
     * @param {number} step that is wanted
     * @param {() => Saved} save takes the state; only that of the start must not fail
     */
    keep(step, save) {
      if (step === 0) {
        kept.unshift(save());
        return;
      }
      const coming = { step, values: new Float32Array(0) };
      kept.splice(countUpTo(step), 0, coming);
      while (kept.length > most) dropOne();
      const place = kept.indexOf(coming);
      if (place < 0) return; // it is missed least itself
      const saved = trySaving(save);
      kept.splice(place, 1, ...(saved ? [saved] : []));
    },

    /** Keeps a state near the step that is sought, in place of the oldest such. @param {() => Saved} save */
    keepNear(save) {
      if (near.length >= mostNear) near.shift();
      const saved = trySaving(save);
      if (saved) near.push(saved);
    },

    /** The last one up to a step. @param {number} step */
    before: (step) =>
      near.reduce((last, saved) => (saved.step <= step && saved.step > last.step ? saved : last), keptBefore(step)),

    /** Forgets what comes after a step. @param {number} step */
    cut(step) {
      kept.length = countUpTo(step);
      near = near.filter((saved) => saved.step <= step);
    },

    /** Steps that are kept, and those that are kept near, for tests. */
    steps: () => kept.map(({ step }) => step),
    nearSteps: () => near.map(({ step }) => step),
  };
}
