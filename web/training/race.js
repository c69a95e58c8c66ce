/**
 * race.js: the page's side of both trainings: A and B side by side, from one seed. It begins them, lets them go on
 * window by window, seeks steps, and keeps their curves.
 *
 * It knows neither the document nor the charts. What each worker does is in training-worker.js.
 */
import { engineStopped } from '../engine/refusal.js';
import { createWatch } from '../run/watch.js';
import { createPaceTogether } from './pace-together.js';
import { LAST_STEP, ratesOf } from './settings.js';
import { createLane } from './training-lane.js';

/** @typedef {import('../run/training-messages.js').FromTrainer} FromTrainer */
/** @typedef {import('../run/training-messages.js').ToTrainer} ToTrainer */
/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./training-lane.js').Lane} Lane */
/** @typedef {'A' | 'B'} Letter */

/**
 * @typedef {object} Job what both are to train
 * @property {Record<Letter, Pick<import('../run/training-messages.js').Begun, 'spec' | 'tunes' | 'options'>>} begun
 * @property {Settings} settings
 */

const LETTERS = /** @type {const} */ (['A', 'B']);

/**
 * Bytes of checkpoints for each network, for each GiB of memory that the machine has: 96 MiB, and 1.5 GiB at most. A browser
 * that does not say counts as 4 GiB.
 */
const SHARE = 96 * 2 ** 20;
const budget = () => {
  const { deviceMemory = 4 } = /** @type {{ deviceMemory?: number }} */ (globalThis.navigator ?? {});
  return SHARE * Math.min(16, deviceMemory);
};

/** Milliseconds between two observed steps at least: 20 in a second. */
const PAUSE = 50;

/** How often a network is tried again once its worker has died. */
const TRIES = 1;

/**
 * @param {() => Promise<any>} open opens a port to a worker, whose engine has started
 * @param {() => void} changed called when anything has changed
 * @param {() => number} [now] milliseconds
 */
export function createRace(open, changed, now = () => performance.now()) {
  const pace = createPaceTogether(now);
  let id = 0;
  /** @type {Job | null} */
  let job = null;
  let isPlaying = false;
  /** Both may go to this step, and have been told so. */
  let until = 0;
  /** Where to stop by itself. */
  let end = LAST_STEP;
  /** A step that both seek, and a newer one that waits. @type {number | null} */
  let sought = null;
  let waiting = /** @type {number | null} */ (null);
  /** Number of the search. */
  let ticket = 0;
  /** Whether the page can draw another observed step. */
  let canDraw = true;
  /** When a step was last to be observed. */
  let looked = 0;

  const lanes = { A: createLane('A', open, hear, die), B: createLane('B', open, hear, die) };
  const both = LETTERS.map((letter) => lanes[letter]);
  const live = () => both.filter(({ error }) => !error);
  /** The step that both have reached. */
  const step = () => Math.min(...(live().length > 0 ? live() : both).map((lane) => lane.step));

  /** Whether a network is still on its way. @param {Lane} lane */
  const isAtWork = (lane) => (sought === null ? lane.step < until : lane.found !== ticket);

  const watch = createWatch(
    () => isPlaying || sought !== null,
    () => {
      for (const lane of live()) if (isAtWork(lane)) lane.beMissed();
    },
  );

  /** @param {ToTrainer} message */
  const post = (message) => {
    if (message.type === 'go' || message.type === 'seek') watch();
    for (const lane of live()) lane.post(message);
  };

  /** Opens a port for a lane, if it has none, and begins the job there. @param {Lane} lane */
  async function begin(lane) {
    const asked = id;
    try {
      await lane.ready();
    } catch (error) {
      if (asked === id) fail(lane, engineStopped(String(error)));
      return;
    }
    if (asked !== id || !job) return;
    const { settings, begun } = job;
    lane.post({ type: 'begin', id, ...begun[lane.letter], rates: ratesOf(settings), budget: budget() });
    lane.post({ type: 'seek', id, step: sought ?? until, ticket });
    watch();
  }

  /**
   * A worker has died: its network is tried again once, from the start. Both then wait where they were to go.
   * @param {Lane} lane @param {string} reason
   */
  function die(lane, reason) {
    if (!job) return;
    if (lane.tries++ >= TRIES) {
      fail(lane, engineStopped(reason));
      return;
    }
    Object.assign(lane, { step: 0, seen: null });
    isPlaying = false;
    seek(waiting ?? sought ?? until);
    begin(lane);
    changed();
  }

  /** @param {Lane} lane @param {import('../engine/refusal.js').Refusal} error */
  function fail(lane, error) {
    lane.error = error;
    lane.seen = null;
    if (live().length === 0) isPlaying = false;
    arrive();
    changed();
  }

  /** @param {Lane} lane @param {FromTrainer} message */
  function hear(lane, message) {
    if (!('id' in message) || message.id !== id) return;
    HEAR[message.type](lane, message);
    changed();
  }

  /** What each message does. @type {Record<string, (lane: Lane, message: any) => void>} */
  const HEAR = {
    refused: (lane, { error }) => fail(lane, error),
    begun(lane, { spec }) {
      lane.spec = spec;
    },
    news(lane, { step: reached, points, scores, cost }) {
      lane.curves.add(points, scores);
      lane.step = reached;
      lane.extra = cost[1];
      if (isPlaying && sought === null) {
        pace.reach(step());
        grant();
      }
    },
    seen(lane, { step: at, layers, ticket: found }) {
      lane.seen = { step: at, layers };
      if (found > 0) [lane.step, lane.found] = [at, found];
      arrive();
    },
    outputs(lane, { step: at, values }) {
      lane.outputs = { step: at, values };
    },
  };

  /** Ends a search once both are there, and begins the one that waits. */
  function arrive() {
    if (sought === null || live().some(isAtWork)) return;
    sought = null;
    if (waiting !== null) seek(waiting);
    else if (isPlaying) {
      until = step();
      grant();
    }
  }

  /** Lets both go on by a window, unless one is too far behind. */
  function grant() {
    if (sought !== null) return;
    const size = pace.window(Math.max(...live().map(({ extra }) => extra)));
    if (until - step() > size / 2) return;
    if (step() >= end || live().every(({ curves, step: at }) => curves.divergedBy(at) > 0)) {
      stopAt(Math.min(end, until));
      return;
    }
    until = Math.min(end, Math.max(until, step()) + size);
    const looks = canDraw && now() - looked >= PAUSE ? [until] : [];
    if (looks.length > 0) [canDraw, looked] = [false, now()];
    post({ type: 'go', id, until, looks });
  }

  /** @param {number} target */
  function seek(target) {
    waiting = null;
    sought = until = target;
    ticket++;
    for (const lane of both) lane.outputs = null;
    post({ type: 'seek', id, step: target, ticket });
    if (live().length === 0) sought = null;
  }

  /** Stops playing, and has both wait at a step. @param {number} target */
  function stopAt(target) {
    isPlaying = false;
    pace.restart();
    if (sought === null) seek(target);
    else waiting = target;
    changed();
  }

  return {
    lanes,
    step,
    isPlaying: () => isPlaying,
    /** Whether both are where they were asked to be, and their scores there are known. */
    isAtRest: () =>
      job !== null && !isPlaying && sought === null && live().every(({ curves, step: at }) => curves.scoreAt(at)),
    isSeeking: () => sought !== null,
    /** The step that both are at, or go to. */
    target: () => waiting ?? sought ?? step(),
    perSecond: pace.perSecond,
    /** The last step that the curves show. */
    reached: () => Math.max(...both.map(({ curves }) => curves.length())),
    end: () => end,

    /** Begins an experiment at a step. @param {Job} next @param {number} last where it stops by itself */
    begin(next, last) {
      job = next;
      id++;
      end = last;
      isPlaying = false;
      canDraw = true;
      waiting = null;
      sought = until = next.settings.step;
      ticket++;
      pace.restart();
      for (const lane of both) {
        lane.renew();
        begin(lane);
      }
    },

    /** @param {number} last where to stop by itself */
    play(last) {
      if (!job || isPlaying || live().length === 0) return;
      end = last;
      isPlaying = true;
      if (sought === null) until = step();
      canDraw = true;
      pace.restart();
      pace.reach(step());
      grant();
      changed();
    },

    /** Stops where both may go to: there they meet. */
    pause() {
      if (isPlaying) stopAt(until);
    },

    /** Goes to a step. A search under way is finished first, as the reader wants to see something. @param {number} target */
    seek(target) {
      if (!job) return;
      isPlaying = false;
      pace.restart();
      if (sought === null) seek(target);
      else waiting = target;
      changed();
    },

    /**
     * Takes over a change of the rate. While both train, it counts from where they may go to: neither is past it.
     * @param {(step: number) => Settings | null} change the settings, if the rate changes at a step
     * @returns {Settings | null}
     */
    changePlan(change) {
      const from = isPlaying ? until : (waiting ?? sought ?? step());
      const settings = change(from);
      if (!settings || !job) return null;
      job = { ...job, settings };
      for (const { curves } of both) curves.cut(from);
      post({ type: 'rates', id, rates: ratesOf(settings), from });
      return settings;
    },

    /** Asks both for the outputs for some inputs. @param {Float32Array} inputs */
    ask: (inputs) => post({ type: 'ask', id, inputs }),

    /** The page has drawn what was seen, and can draw more. */
    drawn() {
      canDraw = true;
    },

    /** Ends both. Their workers are kept for the next experiment. */
    stop() {
      post({ type: 'stop' });
      id++;
      job = null;
      isPlaying = false;
      sought = waiting = null;
    },
  };
}
