/**
 * history.js: what the reader did to a stack, to be undone and done again.
 *
 * Pure, apart from the clock that the caller hands in. It does not know what it keeps.
 */

/** Keys that follow each other within this time, in milliseconds, are one step. */
const TOGETHER = 1000;

/** More steps are forgotten. */
const MOST = 200;

/**
 * @template T
 * @param {T} first
 * @param {() => number} now in milliseconds
 */
export function createHistory(first, now = () => performance.now()) {
  /** @type {T[]} */
  let steps = [first];
  let place = 0;
  /** What the last step was typed into; '' where it was not typed. */
  let typedInto = '';
  let typedAt = 0;

  /** @param {number} to */
  function go(to) {
    place = Math.min(steps.length - 1, Math.max(0, to));
    typedInto = '';
    return steps[place];
  }

  return {
    /**
     * Keeps a step. What is typed into one field without a pause is one step.
     * @param {T} step
     * @param {string} [field] that it was typed into
     */
    add(step, field = '') {
      const together = field !== '' && field === typedInto && now() - typedAt < TOGETHER && place > 0;
      steps = [...steps.slice(0, place + (together ? 0 : 1)), step].slice(-MOST);
      place = steps.length - 1;
      typedInto = field;
      typedAt = now();
    },
    undo: () => go(place - 1),
    redo: () => go(place + 1),
    canUndo: () => place > 0,
    canRedo: () => place < steps.length - 1,
  };
}
