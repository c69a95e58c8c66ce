/*
 * The page's side of the two networks: one job in flight for each, both of one request; the newest waiting request
 * wins. While requests come faster than answers, as under a finger that drags, only the first inputs of the batch are
 * passed, and the whole batch once the finger rests. What is drawn comes in replies that carry the state they were asked with, so labels and data cannot disagree.
 * It knows neither the document nor the charts.
 */
import { OWN } from './images.js';
import { withGains } from './lsuv.js';
import { imagesOf, specOf } from './networks.js';
import { LETTERS } from './state.js';

/** A layer without the input, which is the network's; with what the backward pass found once it came by, and where gains
 * were tuned, how often its output was looked at.
 * @typedef {Omit<import('./engine.js').RunLayer, 'input'> & { tries?: number }} Layer
 */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./worker.js').Port} Port */

/**
 * What became of one network of a request: the layers there are (all of them once done) and the share of the next that
 * is passed, how many of them, from the last, the loss was passed back through; or why there are none. `asked` tells it
 * from any other; `seeing` and `seen` are the layer that was asked to be seen, and what it looks like.
 * @typedef {{ spec: import('./spec.js').Spec, images: ReturnType<typeof imagesOf>, tune?: string, asked: string,
 *   input?: import('./engine.js').Summary, layers: Layer[], share: number, passed: number, done: boolean,
 *   error?: string, seeing?: number, seen?: import('./worker.js').Seen }} Network
 * @typedef {{ request: number, state: State, networks: { A: Network, B: Network }, coarse: boolean }} Reply
 *   coarse: what has changed is of the first inputs of the batch alone, and the whole follows
 */

/** Inputs of a batch that are passed while the reader drags: the same that the whole batch begins with. */
const COARSE = 16;

/** Milliseconds without a request after which nobody drags. */
const REST = 150;

/**
 * Starts a worker for a network, or, where none can be started, serves it on the page.
 * @param {(port: Port) => void} serve what the worker does: its text must need nothing around it
 * @param {WebAssembly.Module} module
 * @returns {Promise<{ port: Port, tables: any, where: 'worker' | 'page' }>}
 */
export async function openPort(serve, module) {
  const address = URL.createObjectURL(new Blob([`(${serve})(self)`], { type: 'text/javascript' }));
  /** @type {Worker | undefined} */
  let worker;
  try {
    worker = new Worker(address);
    return { port: worker, tables: await greet(worker, module), where: 'worker' };
  } catch {
    worker?.terminate(); // it may only be slow
    const { port1, port2 } = new MessageChannel();
    serve(port2);
    return { port: port1, tables: await greet(port1, module), where: 'page' };
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** How long a worker may take to start, in milliseconds, before the page does its work. */
const PATIENCE = 4000;

/**
 * @param {any} port
 * @param {WebAssembly.Module} module
 * @returns {Promise<any>} the engine's tables
 */
function greet(port, module) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(reject, PATIENCE, new Error('no answer'));
    port.onerror = reject;
    port.onmessage = (/** @type {any} */ { data }) => {
      clearTimeout(late);
      if (data.ready) resolve(data.ready);
      else reject(new Error(data.fatal));
    };
    port.postMessage({ module });
  });
}

/**
 * @param {{ A: Port, B: Port }} ports
 * @param {(reply: Reply) => void} show called with each reply, whole or in part, of the request in flight
 * @param {(message: string) => void} failed called where a worker has died, after which nothing more comes
 */
export function createClient(ports, show, failed) {
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

  const settled = { A: true, B: true };
  const busy = () => !(settled.A && settled.B);

  for (const letter of LETTERS) {
    ports[letter].onerror = (event) => failed(event.message);
    ports[letter].onmessage = ({ data }) => {
      if (!current || data.id !== current.request) return;
      if (data.seen) {
        current.networks[letter] = { ...current.networks[letter], seen: data.seen };
        tell();
        return;
      }
      current.networks[letter] = merge(current.networks[letter], data);
      settled[letter] = data.done !== undefined || data.error !== undefined;
      tell();
    };
  }

  /** Both networks are drawn together: not before each has something to show. */
  function tell() {
    if (!current) return;
    const { networks } = current;
    const begun = refining ? whole : something; // what was shown is of all layers
    if (LETTERS.every((letter) => begun(networks[letter]))) {
      show({ ...current, networks: { ...networks } });
    }
    if (busy()) return;
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
    const networks = {
      A: takeOver(before, state, 'A', pictures, unrefined !== null),
      B: takeOver(before, state, 'B', pictures, unrefined !== null),
    };
    current = { request, state, networks, coarse: unrefined !== null };
    for (const letter of LETTERS) {
      const { spec, images, tune, done } = networks[letter];
      settled[letter] = done;
      if (!done) ports[letter].postMessage({ id: request, spec, images, tune, refines: refining });
    }
    if (!busy()) tell();
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
      for (const letter of LETTERS) ports[letter].postMessage({ stop: current?.request });
    },

    /** The reader's own picture, for requests to come. @param {import('./textures.js').Picture} picture */
    usePicture(picture) {
      pictures++;
      for (const letter of LETTERS) ports[letter].postMessage({ picture });
    },

    /**
     * Asks to see a layer of the networks of the last reply, unless that has been asked already. What there is to see
     * comes with a further reply.
     * @param {number} layer
     */
    see(layer) {
      if (!current || busy()) return;
      for (const letter of LETTERS) {
        const { spec, images, seeing, error } = current.networks[letter];
        if (seeing === layer || error) continue;
        current.networks[letter] = { ...current.networks[letter], seeing: layer };
        ports[letter].postMessage({ id: current.request, spec, images, see: layer });
      }
    },
  };
}

/** Whether there is something to show. @param {Network} network */
const something = ({ layers, share, error }) => layers.length > 0 || share > 0 || error !== undefined;

/** Whether there is all that there will be. @param {Network} network */
const whole = ({ done, error }) => done || error !== undefined;

/**
 * A network to be run, or, where what is asked is the same as in the last reply, what that one found.
 * @param {Reply | null} before
 * @param {State} state
 * @param {'A' | 'B'} letter
 * @param {number} pictures that the reader has given so far
 * @param {boolean} coarse
 * @returns {Network}
 */
function takeOver(before, state, letter, pictures, coarse) {
  const tune = state[`tune${letter}`];
  const askedOf = (/** @type {State} */ of) => {
    const [spec, images] = [specOf(of, letter), imagesOf(of)];
    return { spec, images, asked: JSON.stringify([spec, images, tune, images?.image === OWN ? pictures : 0]) };
  };
  const last = before?.networks[letter];
  // what was asked to be seen for an older request is not answered any more
  if (last?.done && last.asked === askedOf(state).asked) return { ...last, seeing: last.seen?.layer };
  const first = coarse && tune === 'none'; // gains are tuned to the whole batch
  const { spec, images, asked } = askedOf(first ? { ...state, batch: COARSE } : state);
  return { spec, images, tune, asked, layers: [], share: 0, passed: 0, done: false };
}

/**
 * The network with what a message tells of it. What was shown before is left as it was: it may still be being drawn.
 * @param {Network} network
 * @param {any} news
 * @returns {Network}
 */
function merge(network, { input, layers = [], backs = [], share = 0, tuned, done, error }) {
  const spec = tuned ? withGains(network.spec, tuned.gains) : network.spec;
  const tries = (/** @type {Layer} */ layer) => (tuned ? { ...layer, tries: tuned.tries[layer.layer - 1] } : layer);
  const merged = [...network.layers, ...layers.map(tries)];
  for (const back of backs) merged[back.layer - 1] = { ...merged[back.layer - 1], ...back };
  const passed = network.passed + backs.length;
  return { ...network, spec, input: input ?? network.input, layers: merged, share, passed, done: done === true, error };
}
