/*
 * The page's side of the two networks: one job in flight for each, both of one request; the newest waiting request
 * wins. While requests come faster than answers, as under a finger that drags, only the first inputs of the batch are
 * passed, and the whole batch once the finger rests. What is drawn comes in replies that carry the state they were
 * asked with, so labels and data cannot disagree. It knows neither the document nor the charts.
 */
import { OWN } from '../engine/images.js';
import { withGains } from '../engine/lsuv.js';
import { OBSERVABLE } from '../engine/spec.js';
import { imagesOf, specOf } from '../state/networks.js';
import { LETTERS } from '../state/state.js';
import { keepPort } from './ports.js';

/** A layer without the input, which is the network's; with what the backward pass found once it came by, and where gains
 * were tuned, how often its output was looked at.
 * @typedef {Omit<import('../engine/engine.js').RunLayer, 'input'> & { tries?: number }} Layer
 */
/** @typedef {import('../engine/spec.js').Spec} Spec */
/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('./worker.js').Port} Port */

/**
 * What became of one network of a request: the layers there are (all of them once done) and the share of the next that
 * is passed, how many of them, from the last, the loss was passed back through; or why there are none. `asked` tells it
 * from any other; `seeing` and `seen` are the layer that was asked to be seen, and what it looks like.
 * @typedef {{ spec: Spec, images: ReturnType<typeof imagesOf>, tune?: string, asked: string,
 *   input?: import('../engine/engine.js').Summary, layers: Layer[], share: number, passed: number, done: boolean,
 *   error?: string, seeing?: number, seen?: import('./worker.js').Seen }} Network
 * @typedef {{ request: number, state: State, networks: { A: Network, B: Network }, coarse: boolean }} Reply
 *   coarse: what has changed is of the first inputs of the batch alone, and the whole follows
 * @typedef {{ id: number, before: any[], layers: any[], news: any[] }} Told
 */

/** Inputs of a batch that are passed while the reader drags: the same that the whole batch begins with. */
const COARSE = 16;

const BUT_WEIGHTS = OBSERVABLE.filter((name) => name !== 'weights');

/** Milliseconds without a request after which nobody drags. */
const REST = 150;

/** How the error of a network begins whose worker died over it twice; what is known of why follows. */
export const STOPPED = 'the engine stopped: ';

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

  /** The layers of the job last told of, as they came, and of the one before. */
  const told = { A: NOTHING, B: NOTHING };

  const settled = { A: true, B: true };
  const busy = () => !(settled.A && settled.B);
  /** Whether a network of the request in flight is being tried again. */
  const retried = { A: false, B: false };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let watching;

  /** @param {'A' | 'B'} letter */
  const keep = (letter) =>
    keepPort(
      opened[letter],
      reopen,
      (data) => hear(letter, data),
      (why) => lost(letter, why),
    );
  const ports = { A: keep('A'), B: keep('B') };

  /** @param {'A' | 'B'} letter @param {any} data */
  function hear(letter, data) {
    if (!current || data.id !== current.request) return;
    if (data.seen) {
      current.networks[letter] = { ...current.networks[letter], seen: data.seen };
    } else {
      told[letter] = unfold(told[letter], data);
      current.networks[letter] = merge(current.networks[letter], { ...data, layers: told[letter].news });
      settled[letter] = data.done !== undefined || data.error !== undefined;
    }
    tell();
  }

  /** What it was at is run once more, then given up. @param {'A' | 'B'} letter @param {string} why */
  function lost(letter, why) {
    told[letter] = NOTHING; // as another worker has told
    if (!current || settled[letter]) return;
    current.networks[letter] = takeOver(null, current.state, letter, pictures, current.coarse);
    if (!retried[letter] && !waiting) {
      retried[letter] = true;
      send(letter);
      return;
    }
    if (!waiting) current.networks[letter].error = STOPPED + why;
    settled[letter] = true;
    tell();
  }

  /** Has a network of the request in flight run. @param {'A' | 'B'} letter */
  async function send(letter) {
    await ports[letter].work(() => {
      const { request, networks } = /** @type {Reply} */ (current);
      const { spec, images, tune } = networks[letter];
      return { id: request, spec, images, tune, refines: refining, ahead: ahead() };
    });
    if (waiting) ports[letter].post({ stop: current?.request });
  }

  /** Counts the seconds of silence one by one: those that a page slept through, or was not let count, are none. */
  function watch() {
    clearTimeout(watching);
    if (!busy()) return;
    watching = setTimeout(() => {
      for (const letter of LETTERS) {
        if (!settled[letter]) ports[letter].beMissed();
      }
      watch();
    }, 1000);
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
      if (refining && last?.error?.startsWith(STOPPED)) return last;
      return takeOver(before, state, letter, pictures, unrefined !== null);
    };
    const networks = { A: next('A'), B: next('B') };
    current = { request, state, networks, coarse: unrefined !== null };
    for (const letter of LETTERS) {
      settled[letter] = whole(networks[letter]);
      retried[letter] = false;
    }
    for (const letter of LETTERS) if (!settled[letter]) send(letter);
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
      for (const letter of LETTERS) ports[letter].post({ stop: current?.request });
    },

    /** Whether everything that was asked for has been shown. */
    isAtRest: () =>
      current !== null &&
      !(busy() || waiting || unrefined) &&
      Object.values(current.networks).every(({ seeing, seen, error }) => error || seeing === seen?.layer),

    /** The reader's own picture, for requests to come. @param {import('../engine/textures.js').Picture} picture */
    usePicture(picture) {
      pictures++;
      for (const letter of LETTERS) ports[letter].post({ picture });
    },

    /**
     * Asks to see a layer of the networks of the last reply, unless that has been asked already. What there is to see
     * comes with a further reply.
     * @param {number} layer
     */
    see(layer) {
      if (!current || busy() || waiting) return;
      for (const letter of LETTERS) {
        const { spec, images, seeing, error } = current.networks[letter];
        if (seeing === layer || error) continue;
        current.networks[letter] = { ...current.networks[letter], seeing: layer };
        const { request } = current;
        ports[letter].work(() => ({ id: request, spec, images, see: layer }), false);
      }
    },
  };
}

/** Of no job. @type {Told} */
export const NOTHING = { id: 0, before: [], layers: [], news: [] };

/**
 * What has been told of a job once there is a further message: its first `same` layers are those of the job before,
 * which is not told again. `news` are the layers that were not there before the message.
 * @param {Told} told @param {any} message @returns {Told}
 */
export function unfold(told, { id, same = 0, layers = [] }) {
  const [before, had] = told.id === id ? [told.before, told.layers] : [told.layers, []];
  const news = [...before.slice(had.length, same), ...layers];
  return { id, before, layers: [...had, ...news], news };
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
  /** @param {State} of @param {Spec} spec */
  const ask = (of, spec) => {
    const images = imagesOf(of);
    return { spec, images, asked: JSON.stringify([spec, images, tune, images?.image === OWN ? pictures : 0]) };
  };
  const whole = ask(state, specOf(state, letter));
  const last = before?.networks[letter];
  // what was asked to be seen for an older request is not answered any more
  if (last?.done && last.asked === whole.asked) return { ...last, seeing: last.seen?.layer };
  const first = { ...state, batch: COARSE };
  const { spec, images, asked } =
    coarse && tune === 'none' // gains are tuned to the whole batch
      ? ask(first, glance(specOf(first, letter), state.layer, state.tensor))
      : whole;
  return { spec, images, tune, asked, layers: [], share: 0, passed: 0, done: false };
}

/**
 * A network without the summaries of weights but those that are looked at, which would take longer than the first
 * inputs.
 * @param {Spec} spec @param {number} chosen the layer, which may be past the end @param {string} tensor
 * @returns {Spec}
 */
function glance(spec, chosen, tensor) {
  if (tensor === 'weights') return spec;
  const layer = Math.min(chosen, spec.layers.length);
  const layers = spec.layers.map((of, i) => (i === layer - 1 ? of : { ...of, observe: BUT_WEIGHTS }));
  return { ...spec, layers };
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
