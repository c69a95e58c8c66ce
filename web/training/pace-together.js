/**
 * pace-together.js: how far two networks may go, so that neither runs far ahead of the other, and which steps are
 * observed. Pure, apart from the clock that it is handed.
 */

/** Milliseconds of work in one window of steps: the charts move that often. */
const WINDOW = 50;

/** What observing a step adds may take this share of the time. */
const SHARE = 0.15;

/** Milliseconds over which the speed is measured. */
const SPAN = 1000;

/** @param {() => number} now milliseconds */
export function createPaceTogether(now) {
  /** Steps that both have reached, and when. @type {[time: number, step: number][]} */
  let reached = [];

  /** Steps in a millisecond. */
  const speed = () => {
    const [first, last] = [reached[0], reached[reached.length - 1]];
    return reached.length > 1 && last[0] > first[0] ? (last[1] - first[1]) / (last[0] - first[0]) : 0;
  };

  return {
    /** Forgets the past: training has stopped or begins anew. */
    restart() {
      reached = [];
    },

    /** Both networks have reached a step. @param {number} step */
    reach(step) {
      const time = now();
      // a tab that was asleep has no speed to tell
      if (reached.length > 0 && time - reached[reached.length - 1][0] > SPAN) reached = [];
      reached.push([time, step]);
      while (reached.length > 2 && time - reached[0][0] > SPAN) reached.shift();
    },

    /** Steps in a second; 0 where it is not known yet. */
    perSecond: () => speed() * 1000,

    /**
     * Steps in the next window.
     * @param {number} extra milliseconds that observing a step adds
     */
    window: (extra) => Math.max(1, Math.round(speed() * Math.max(WINDOW, extra / SHARE))),
  };
}
