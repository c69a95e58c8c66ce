/**
 * checkpoints.js: states of a training, kept at some of its steps, so that any step can be reached again soon. They are
 * thinned out evenly where they would take too much memory.
 *
 * Pure: it neither trains nor restores.
 */

/** Steps between two checkpoints, at first. It doubles whenever there are too many. */
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
  /** By step. @type {Map<number, Saved>} */
  const kept = new Map();
  /** The one that was last sought: the reader is likely to stay near. @type {Saved | null} */
  let near = null;

  const all = () => [...kept.values(), ...(near ? [near] : [])];

  return {
    /** Whether a step is one to keep. @param {number} step */
    wants: (step) => step % gap === 0 && !kept.has(step),

    /** @param {Saved} saved at a step that is wanted */
    keep(saved) {
      kept.set(saved.step, saved);
      while (kept.size > most) {
        gap *= 2;
        for (const step of kept.keys()) if (step % gap !== 0) kept.delete(step);
      }
    },

    /** Keeps one more, in place of the last such. @param {Saved} saved */
    keepNear(saved) {
      near = saved;
    },

    /** The last one up to a step. @param {number} step @returns {Saved | undefined} */
    before(step) {
      let best;
      for (const saved of all()) if (saved.step <= step && saved.step >= (best?.step ?? 0)) best = saved;
      return best;
    },

    /** Forgets what comes after a step. @param {number} step */
    cut(step) {
      for (const later of [...kept.keys()].filter((one) => one > step)) kept.delete(later);
      if (near && near.step > step) near = null;
    },

    /** Steps that are kept, for tests. */
    steps: () => [...kept.keys()].sort((a, b) => a - b),
  };
}
