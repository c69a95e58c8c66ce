/**
 * search.js: which step both networks seek, and which one waits until they give way to it. They always end at one step.
 *
 * It posts nothing by itself and knows no rates: race.js does. How a worker reaches a step is in run/replay.js.
 */

/** @typedef {import('./training-lane.js').Lane} Lane */

/**
 * Milliseconds after which a newer target does not wait for the one under way. Until then the search goes on, as the
 * reader wants to see something.
 */
const GIVE_WAY = 300;

/** A step that both can soon be at lies so many milliseconds of work ahead: a worker is further than it has told. */
const AHEAD = 60;

/** Steps of a network in that time; 1 where its speed is not known. @param {Lane} lane */
const stepsAhead = ({ plain }) => (plain > 0 ? Math.ceil(AHEAD / plain) : 1);

/**
 * @param {() => Lane[]} live the networks that search
 * @param {(step: number, ticket: number) => void} send has them seek a step; ticket: number of the search
 * @param {() => number} now milliseconds
 */
export function createSearch(live, send, now) {
  /** The step that both seek, and a newer one that waits. @type {number | null} */
  let sought = null;
  let waiting = /** @type {number | null} */ (null);
  let ticket = 0;
  /** When the search began. */
  let since = 0;

  /** @param {number} step */
  function begin(step) {
    sought = step;
    since = now();
    send(step, ++ticket);
    if (live().length === 0) sought = waiting = null;
  }

  /** Has both meet at the first step on their way where they can soon be, unless they are about to arrive. */
  function meetOnTheWay() {
    const ahead = Math.max(...live().map((lane) => lane.step + stepsAhead(lane)));
    if (sought !== null && ahead < sought) begin(ahead);
  }

  /** @param {number} step */
  function seek(step) {
    waiting = null;
    begin(step);
  }

  return {
    isOn: () => sought !== null,
    /** The step that both are to come to; null where none is sought. */
    target: () => waiting ?? sought,
    /** What a network must be told that begins only now. */
    present: () => ({ step: sought, ticket }),
    /** Whether a network is still on its way. @param {Lane} lane */
    isUnderWay: (lane) => sought !== null && lane.found !== ticket,

    /** Seeks a step at once. */
    seek,

    /** Seeks a step, once both give way to it. @param {number} step */
    ask(step) {
      if (sought === null) seek(step);
      else waiting = step;
    },

    /** Gives way to the step that waits, if the search has gone on for long. Both first meet and are seen on the way. */
    giveWay() {
      if (waiting !== null && now() - since > GIVE_WAY) meetOnTheWay();
    },

    /** Gives way to the step that waits, at once. */
    hurry() {
      if (waiting !== null) seek(waiting);
    },

    /** Ends the search: both meet where they are. */
    leave() {
      waiting = null;
      meetOnTheWay();
    },

    /** Looks whether both are there, and then seeks the step that waits. @returns {boolean} whether a search has ended
     * and none has followed */
    arrive() {
      if (sought === null || live().some(({ found }) => found !== ticket)) return false;
      sought = null;
      if (waiting !== null) seek(waiting);
      return sought === null;
    },

    /** Forgets the search. */
    end() {
      sought = waiting = null;
    },
  };
}
