/**
 * pace.js: decides when a job sends news, when it looks for messages, and when it gives way to a newer job. All times
 * are in milliseconds.
 *
 * Pure, apart from the clock. It sends nothing and stops nothing: job.js does.
 */

/** A job looks for messages this often. */
export const LOOK = 6;

/** A job that has run for so long gives way to a newer one. */
const GIVE_WAY = 250;

/** A job sends news at least this often. */
export const TELL = 150;

/** A job that takes longer than this, or whose predecessor did, sends its news in two: as soon as the forward pass is
 * done, and at the end. From the first news on, it gives way to a newer job. */
const AT_ONCE = 8;

/** If the forward pass will take longer than SOON, at the pace so far, the first layer is sent at once. The job then
 * gives way, provided that some forward pass was completed within RECENT. So while the reader drags, the last layers
 * move too. */
const SOON = 24;
const RECENT = 400;

/** Earlier jobs. `took`: how long the last one took. `forward`: when a forward pass was last completed.
 * @typedef {{ took: number, forward: number }} Past */

/** A fresh Past, before the first job. @returns {Past} */
export const noPast = () => ({ took: 0, forward: -Infinity });

/**
 * Creates the pace of one job, which begins now.
 * @param {Pick<import('./messages.js').Job, 'spec' | 'refines' | 'ahead'>} job
 * @param {Past} past
 * @param {() => number} [now] milliseconds
 */
export function createPace({ spec, refines = false, ahead = false }, past, now = () => performance.now()) {
  const depth = spec.layers.length;
  const begun = now();
  let [looked, told] = [begun, begun];
  /** Whether the news of the whole forward pass has been sent, and the backward pass goes on. */
  let turned = false;

  return {
    /**
     * What to do after a step.
     * @param {number} layers that have been passed forward
     * @param {number} left layers still to pass, forward and backward
     * @returns {{ tells: boolean, looks: boolean }} whether to send news, and whether to look for messages
     */
    after(layers, left) {
      const time = now();
      const isBack = spec.backward === true && left > 0 && left <= depth;
      const turns = isBack && !turned && (past.took > AT_ONCE || time - begun > AT_ONCE);
      const isFirst = ahead && told === begun && layers > 0 && (time - begun) * depth > SOON * layers;
      const tells = turns || isFirst || time - told > TELL;
      turned ||= turns;
      if (tells) told = time;
      return { tells, looks: turns || time - looked > LOOK };
    },

    /** Called when the job has looked for messages. */
    hasLooked() {
      looked = now();
    },

    /** Whether to stop for a newer job. A job that refines stops at once. */
    givesWay() {
      const hasFirst = ahead && told > begun && now() - past.forward < RECENT;
      return turned || refines || hasFirst || looked - begun > GIVE_WAY;
    },
  };
}
