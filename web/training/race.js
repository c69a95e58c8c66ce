/**
 * race.js: the page's side of both trainings: A and B side by side, from one seed. It begins them, lets them go on
 * window by window, and keeps their curves.
 *
 * It knows neither the document nor the charts. Which step both seek is in search.js. What each worker does is in
 * run/trainer.js.
 */
import { engineStopped } from '../engine/refusal.js';
import { createWatch } from '../run/watch.js';
import { createPaceTogether } from './pace-together.js';
import { createSearch } from './search.js';
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
  /** Whether the page can draw another observed step. */
  let canDraw = true;
  /** When the last observation was asked for. */
  let looked = 0;

  const lanes = { A: createLane('A', open, hear, die), B: createLane('B', open, hear, die) };
  const both = LETTERS.map((letter) => lanes[letter]);
  const live = () => both.filter(({ error }) => !error);
  /** The step that both have reached. */
  const step = () => Math.min(...(live().length > 0 ? live() : both).map((lane) => lane.step));

  const search = createSearch(live, sendSearch, now);
  /** The step that both are at, or go to. */
  const target = () => search.target() ?? step();

  /** Whether a network is still on its way. @param {Lane} lane */
  const isAtWork = (lane) => (search.isOn() ? search.isUnderWay(lane) : lane.step < until);

  const watch = createWatch(
    () => isPlaying || search.isOn(),
    () => {
      for (const lane of live()) if (isAtWork(lane)) lane.beMissed();
    },
  );

  /** @param {ToTrainer} message */
  const post = (message) => {
    if (message.type === 'go' || message.type === 'seek') watch();
    for (const lane of live()) lane.post(message);
  };

  /** @param {number} step @param {number} ticket */
  function sendSearch(step, ticket) {
    until = step;
    for (const lane of both) lane.outputs = null;
    post({ type: 'seek', id, step, ticket });
  }

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
    lane.plans = []; // it begins with the newest
    lane.post({ type: 'begin', id, ...begun[lane.letter], rates: ratesOf(settings), budget: budget() });
    const { step: sought, ticket } = search.present();
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
    search.seek(search.target() ?? until);
    begin(lane);
    changed();
  }

  /** @param {Lane} lane @param {import('../engine/refusal.js').Refusal} error */
  function fail(lane, error) {
    lane.error = error;
    lane.seen = null;
    if (live().length === 0) isPlaying = false;
    arrive();
    if (isPlaying) grant(); // the other may have waited for this one
    changed();
  }

  /** @param {Lane} lane @param {FromTrainer} message */
  function hear(lane, message) {
    if (!('id' in message) || message.id !== id) return;
    HEAR[message.type](lane, message);
    search.giveWay();
    changed();
  }

  /** What each message does. @type {Record<string, (lane: Lane, message: any) => void>} */
  const HEAR = {
    refused: (lane, { error }) => fail(lane, error),
    begun(lane, { spec }) {
      lane.spec = spec;
    },
    news(lane, { step: reached, points, scores, cost }) {
      lane.curves.add(points, scores, lastOf(lane));
      [lane.plain, lane.extra] = cost;
      if (reached <= lastOf(lane)) lane.step = reached;
      if (isPlaying && !search.isOn()) {
        pace.reach(step());
        grant();
      }
    },
    seen(lane, { step: seen, layers, ticket: found }) {
      if (seen > lastOf(lane)) return;
      lane.seen = { step: seen, layers };
      if (found > 0) [lane.step, lane.found] = [seen, found];
      arrive();
    },
    outputs(lane, { step: seen, values }) {
      if (seen <= lastOf(lane)) lane.outputs = { step: seen, values };
    },
    planned(lane) {
      lane.plans.shift();
    },
  };

  /** Up to this step, what a lane tells holds: it has not heard yet of rates that change there. @param {Lane} lane */
  const lastOf = (lane) => Math.min(LAST_STEP, ...lane.plans);

  /** Plays on, once a search has ended. */
  function arrive() {
    if (!search.arrive() || !isPlaying) return;
    until = step();
    grant();
  }

  /** Lets both go on by a window, unless one is too far behind. */
  function grant() {
    if (search.isOn()) return;
    const size = pace.window(Math.max(...live().map(({ extra }) => extra)));
    if (until - step() > size / 2) return;
    if (step() >= end || live().every(({ curves, step: reached }) => curves.divergedBy(reached) > 0)) {
      stopAt(Math.max(step(), Math.min(end, until)));
      return;
    }
    until = Math.min(end, Math.max(until, step()) + size);
    const looks = canDraw && now() - looked >= PAUSE ? [until] : [];
    if (looks.length > 0) [canDraw, looked] = [false, now()];
    post({ type: 'go', id, until, looks });
  }

  /** Stops playing, and has both wait at a step. @param {number} last */
  function stopAt(last) {
    isPlaying = false;
    pace.restart();
    search.seek(last);
    changed();
  }

  return {
    lanes,
    step,
    isPlaying: () => isPlaying,
    /** Whether both are where they were asked to be, and their scores there are known. */
    isAtRest: () =>
      job !== null && !isPlaying && !search.isOn() && live().every((lane) => lane.curves.scoreAt(lane.step)),
    isSeeking: search.isOn,
    target,
    /** Whether an experiment has begun. */
    isOn: () => job !== null,
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
      pace.restart();
      for (const lane of both) lane.renew();
      search.seek(next.settings.step);
      for (const lane of both) begin(lane);
    },

    /**
     * Plays, once a search has ended.
     * @param {number} last where to stop by itself; while it plays, it goes on to the later of both
     * @returns {boolean} whether it plays
     */
    play(last) {
      if (!job || live().length === 0) return false;
      end = Math.max(last, target(), isPlaying ? end : 0);
      if (isPlaying) return true;
      isPlaying = true;
      if (!search.isOn()) until = step();
      canDraw = true;
      pace.restart();
      pace.reach(step());
      grant();
      changed();
      return true;
    },

    /** Stops where both may go to: there they meet. A search ends where both are. */
    pause() {
      if (!search.isOn()) {
        if (isPlaying) stopAt(until);
        return;
      }
      isPlaying = false;
      search.leave();
      changed();
    },

    /** Goes to a step. A search under way goes on for a while, as the reader wants to see something. @param {number} next */
    seek(next) {
      if (!job) return;
      isPlaying = false;
      pace.restart();
      search.ask(next);
      search.giveWay();
      changed();
    },

    /**
     * Takes over a change of the rate. While both play, it counts from where they may go to: neither is past it. What they
     * tell of later steps no longer holds, until they have heard of it.
     * @param {(step: number) => Settings | null} change the settings, if the rate changes at a step
     * @returns {Settings | null} null where nothing changes
     */
    changePlan(change) {
      const from = search.target() ?? (isPlaying ? until : step());
      const settings = change(from);
      if (!settings || !job) return null;
      job = { ...job, settings };
      search.hurry();
      for (const { curves, plans } of both) {
        curves.cut(from);
        plans.push(from);
      }
      post({ type: 'rates', id, rates: ratesOf(settings), from });
      return settings;
    },

    /** Asks both for the outputs for some inputs, at a step that neither is past. @param {Float32Array} inputs */
    ask: (inputs) => post({ type: 'ask', id, inputs, step: isPlaying ? until : step() }),

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
      search.end();
      until = 0;
      for (const lane of both) lane.renew();
    },
  };
}
