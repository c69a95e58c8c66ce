/*
 * The page's side of the two networks: one job in flight for each, both of one request; the newest waiting request
 * wins. While requests come faster than answers, as under a finger that drags, only the first inputs of the batch are
 * passed, and the whole batch once the finger rests. What is drawn comes in replies that carry the state they were
 * asked with, so labels and data cannot disagree. It knows neither the document nor the charts. What a reply is made of
 * is in reply.js, and what becomes of each network in lane.js.
 */
import { LETTERS } from '../state/state.js';
import { createLane } from './lane.js';
import { COARSE, hasSomething, isWhole, takeOver } from './reply.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('./messages.js').Port} Port */
/** @typedef {import('./reply.js').Reply} Reply */

/** Milliseconds without a request after which nobody drags. */
const REST = 150;

/**
 * Counts the seconds of silence one by one: those that a page slept through, or was not let count, are none.
 * @param {() => boolean} isBusy @param {() => void} miss called each second while it is busy
 */
function createWatch(isBusy, miss) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let watching;
  return function watch() {
    clearTimeout(watching);
    if (!isBusy()) return;
    watching = setTimeout(() => {
      miss();
      watch();
    }, 1000);
  };
}

/**
 * @param {{ A: Port, B: Port }} opened
 * @param {(reply: Reply) => void} show called with each reply, whole or in part, of the request in flight
 * @param {() => Promise<Port>} reopen gives another port for one that has died: what it was at is tried once more, and
 *   at the next request again
 * @param {() => boolean} [ahead] whether first layers are of use before the others are there
 */
export function createClient(opened, show, reopen, ahead = () => true) {
  let count = 0;
  let pictures = 0;
  /** @type {Reply | null} */
  let current = null;
  /** @type {State | null} */
  let waiting = null;
  /** What is to be run as a whole, once its first inputs are. @type {State | null} */
  let unrefined = null;
  /** Whether the request in flight is of a state whose first inputs have been shown. */
  let refining = false;
  let requested = -REST;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;

  /** @type {import('./lane.js').Client} */
  const client = {
    current: () => current,
    isWaiting: () => waiting !== null,
    job(letter) {
      const { request, networks } = /** @type {Reply} */ (current);
      const { spec, images, tune } = networks[letter];
      return { type: 'run', id: request, spec, images, tune, refines: refining, ahead: ahead() };
    },
    begin(letter) {
      const { state, coarse } = /** @type {Reply} */ (current);
      return takeOver(null, state, letter, pictures, coarse);
    },
    tell,
  };
  const lanes = LETTERS.map((letter) => createLane(letter, opened[letter], reopen, client));
  const busy = () => lanes.some((lane) => !lane.isSettled());
  const watch = createWatch(busy, () => {
    for (const lane of lanes) lane.miss();
  });

  /** Both networks are drawn together: not before each has something to show. */
  function tell() {
    if (!current) return;
    const { networks } = current;
    const begun = refining ? isWhole : hasSomething; // what was shown is of all layers
    if (LETTERS.every((letter) => begun(networks[letter]))) {
      show({ ...current, networks: { ...networks } });
    }
    if (busy()) return;
    clearTimeout(resting);
    if (waiting) start(waiting, true);
    else if (unrefined) resting = setTimeout(refine, REST - (performance.now() - requested));
  }

  function refine() {
    if (unrefined && !busy()) start(unrefined, false);
  }

  /** @param {State} state @param {boolean} coarse whether the first inputs of the batch will do */
  function start(state, coarse) {
    refining = state === unrefined;
    waiting = null;
    unrefined = coarse && state.batch > COARSE ? state : null;
    const before = current;
    const request = ++count;
    const next = (/** @type {'A' | 'B'} */ letter) => {
      const last = before?.networks[letter];
      // a worker that died twice over the first inputs would die over the whole batch
      if (refining && last?.error?.code === 'engineStopped') return last;
      return takeOver(before, state, letter, pictures, unrefined !== null);
    };
    const networks = { A: next('A'), B: next('B') };
    current = { request, state, networks, coarse: unrefined !== null };
    for (const lane of lanes) lane.start(networks[lane.letter]);
    for (const lane of lanes) if (!lane.isSettled()) lane.send();
    if (busy()) watch();
    else tell();
  }

  return {
    /** Asks for the networks of a state; while another request is in flight, the newest waits. @param {State} state */
    request(state) {
      const since = performance.now() - requested;
      requested += since;
      clearTimeout(resting);
      if (!busy()) {
        start(state, since < REST);
        return;
      }
      waiting = state;
      for (const lane of lanes) lane.stop();
    },

    /** Whether everything that was asked for has been shown. */
    isAtRest: () =>
      current !== null &&
      !(busy() || waiting || unrefined) &&
      Object.values(current.networks).every(({ seeing, seen, error }) => error || seeing === seen?.layer),

    /** The reader's own picture, for requests to come. @param {import('../engine/textures.js').Picture} picture */
    usePicture(picture) {
      pictures++;
      for (const lane of lanes) lane.post({ type: 'picture', picture });
    },

    /**
     * Asks to see a layer of the networks of the last reply, unless that has been asked already. What there is to see
     * comes with a further reply.
     * @param {number} layer
     */
    see(layer) {
      if (!current || busy() || waiting) return;
      const { request, networks } = current;
      for (const { letter, work } of lanes) {
        const { spec, images, seeing, error } = networks[letter];
        if (seeing === layer || error) continue;
        networks[letter] = { ...networks[letter], seeing: layer };
        work(() => ({ type: 'see', id: request, spec, images, layer }), false);
      }
    },
  };
}
