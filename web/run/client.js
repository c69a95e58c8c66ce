/**
 * client.js: the page's side of the two networks. One request is in flight at a time, with a job for each network; the
 * newest waiting request wins.
 *
 * While the reader drags, it runs only the first inputs of the batch, and the whole batch afterwards. Each reply
 * carries the state that was asked for, so labels and data always agree. It knows neither the document nor the charts.
 * reply.js builds the replies; lane.js follows each network.
 */
import { LETTERS } from '../state/state.js';
import { createLane } from './lane.js';
import { COMPLETE } from './ports.js';
import { COARSE, hasSomething, isWhole, takeOver } from './reply.js';
import { createWatch } from './watch.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('./messages.js').Port} Port */
/** @typedef {import('./reply.js').Reply} Reply */

/** Milliseconds: without a request for so long, the reader has stopped dragging. */
const REST = 150;

/**
 * Creates the client. It returns methods that ask for networks and for layers to be seen.
 * @param {{ A: Port, B: Port }} opened a port for each network
 * @param {(reply: Reply) => void} show called with each reply to the request in flight, complete or partial
 * @param {() => Promise<Port>} reopen opens a port in place of one that has died; its job is then tried once more
 * @param {() => boolean} [ahead] whether the first layers should be sent before the others are done
 * @param {import('./ports.js').Edition} [engine]
 */
export function createClient(opened, show, reopen, ahead = () => true, engine = COMPLETE) {
  let count = 0;
  /** How many images the reader has chosen so far. */
  let pictures = 0;
  /** @type {Reply | null} */
  let current = null;
  /** @type {State | null} */
  let waiting = null;
  /** To be run with its whole batch, after its first inputs. @type {State | null} */
  let unrefined = null;
  /** Whether the first inputs of the request in flight have been shown already. */
  let refining = false;
  /** Time of the last request. */
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
  const lanes = LETTERS.map((letter) => createLane(letter, opened[letter], reopen, client, engine));
  const busy = () => lanes.some((lane) => !lane.isSettled());
  const watch = createWatch(busy, () => {
    for (const lane of lanes) lane.miss();
  });

  /** Shows both networks together, once each has something to show; then starts the next request. */
  function tell() {
    if (!current) return;
    const { networks } = current;
    const begun = refining ? isWhole : hasSomething; // all layers are on screen already: do not replace them with fewer
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

  /** @param {State} state @param {boolean} coarse whether to run only the first inputs of the batch */
  function start(state, coarse) {
    refining = state === unrefined;
    waiting = null;
    unrefined = coarse && state.batch > COARSE ? state : null;
    const before = current;
    const request = ++count;
    const next = (/** @type {'A' | 'B'} */ letter) => {
      const last = before?.networks[letter];
      // a worker that died twice on the first inputs would die on the whole batch too
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
    /** Asks for the networks of a state. While a request is in flight, the newest one waits. @param {State} state */
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

    /** Sends the reader's own image to the workers.
     * @param {import('../engine/textures.js').Picture} picture */
    usePicture(picture) {
      pictures++;
      for (const lane of lanes) lane.post({ type: 'picture', picture });
    },

    /**
     * Asks for the tensors of a layer of the last reply's networks, unless it has asked already. They come with another
     * reply.
     * @param {number} layer from 1
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
