/*
 * How a job goes along: when it tells what it has found, when it looks at its post, and when a newer job need not wait
 * for its end.
 */

/** Milliseconds: after these a job looks at its post; gives way; tells how far it is. */
export const LOOK = 6;
const GIVE_WAY = 250;
export const TELL = 150;

/** What takes, or took the last time, longer than these is told in two: as soon as the way forward is done, and a newer
 * job need not wait for the way back. */
const AT_ONCE = 8;

/** Of a way forward that, at its pace, will take longer than SOON the first layer is told at once, and a newer job need
 * not wait for more, as long as a way forward was done within RECENT: so that under a finger the last layers move too. */
const SOON = 24;
const RECENT = 400;

/** Of the jobs so far: how long the last one took, and when a way forward was last done.
 * @typedef {{ took: number, forward: number }} Past */

/** Before the first job. @returns {Past} */
export const noPast = () => ({ took: 0, forward: -Infinity });

/**
 * @param {Pick<import('./messages.js').Job, 'spec' | 'refines' | 'ahead'>} job
 * @param {Past} past
 * @param {() => number} [now] milliseconds
 */
export function createPace({ spec, refines = false, ahead = false }, past, now = () => performance.now()) {
  const depth = spec.layers.length;
  const begun = now();
  let [looked, told] = [begun, begun];
  /** Whether what the way forward found has been told, and more follows. */
  let turned = false;

  return {
    /**
     * After a step: whether to tell now, and whether to look.
     * @param {number} layers that have been passed forward @param {number} left layers of both ways to come
     */
    after(layers, left) {
      const at = now();
      const isBack = spec.backward === true && left > 0 && left <= depth;
      const turns = isBack && !turned && (past.took > AT_ONCE || at - begun > AT_ONCE);
      const isFirst = ahead && told === begun && layers > 0 && (at - begun) * depth > SOON * layers;
      const tells = turns || isFirst || at - told > TELL;
      turned ||= turns;
      if (tells) told = at;
      return { tells, looks: turns || at - looked > LOOK };
    },

    /** The post has been looked at. */
    hasLooked() {
      looked = now();
    },

    /** Whether a newer job need not wait. What refines gives way at once. */
    givesWay() {
      const hasFirst = ahead && told > begun && now() - past.forward < RECENT;
      return turned || refines || hasFirst || looked - begun > GIVE_WAY;
    },
  };
}
