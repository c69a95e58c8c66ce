/*
 * What is known of the two networks of a request, and how it grows with each message of a worker. Pure: no port, no
 * clock. Who asks for what, and when, is in client.js.
 */
import { OWN } from '../engine/images.js';
import { withGains } from '../engine/lsuv.js';
import { OBSERVABLE } from '../engine/spec.js';
import { imagesOf, specOf } from '../state/networks.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../engine/spec.js').Spec} Spec */
/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('./messages.js').News} News */

/**
 * What became of one network of a request: the layers there are (all of them once done) and the share of the next that
 * is passed, how many of them, from the last, the loss was passed back through; or why there are none. `asked` tells it
 * from any other; `seeing` and `seen` are the layer that was asked to be seen, and what it looks like.
 * @typedef {{ spec: Spec, images: ReturnType<typeof imagesOf>, tune?: string, asked: string,
 *   input?: import('../engine/engine.js').Summary, layers: Layer[], share: number, passed: number, done: boolean,
 *   error?: import('../engine/refusal.js').Refusal, seeing?: number, seen?: import('./messages.js').Seen }} Network
 * @typedef {{ request: number, state: State, networks: { A: Network, B: Network }, coarse: boolean }} Reply
 *   coarse: what has changed is of the first inputs of the batch alone, and the whole follows
 * @typedef {{ id: number, before: Layer[], layers: Layer[], news: Layer[] }} Told
 */

/** Inputs of a batch that are passed while the reader drags: the same that the whole batch begins with. */
export const COARSE = 16;

const BUT_WEIGHTS = OBSERVABLE.filter((name) => name !== 'weights');

/** Of no job. @type {Told} */
export const NOTHING = { id: 0, before: [], layers: [], news: [] };

/**
 * What has been told of a job once there is a further message: its first `same` layers are those of the job before,
 * which is not told again. `news` are the layers that were not there before the message.
 * @param {Told} told @param {Pick<News, 'id' | 'same' | 'layers'>} message @returns {Told}
 */
export function unfold(told, { id, same, layers }) {
  const [before, had] = told.id === id ? [told.before, told.layers] : [told.layers, []];
  const news = [...before.slice(had.length, same), ...layers];
  return { id, before, layers: [...had, ...news], news };
}

/** Whether there is something to show. @param {Network} network */
export const hasSomething = ({ layers, share, error }) => layers.length > 0 || share > 0 || error !== undefined;

/** Whether there is all that there will be. @param {Network} network */
export const isWhole = ({ done, error }) => done || error !== undefined;

/**
 * A network to be run, or, where what is asked is the same as in the last reply, what that one found.
 * @param {Reply | null} before
 * @param {State} state
 * @param {'A' | 'B'} letter
 * @param {number} pictures that the reader has given so far
 * @param {boolean} coarse
 * @returns {Network}
 */
export function takeOver(before, state, letter, pictures, coarse) {
  const tune = state[`tune${letter}`];
  /** @param {State} asking @param {Spec} spec */
  const ask = (asking, spec) => {
    const images = imagesOf(asking);
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
  const shown = Math.min(chosen, spec.layers.length);
  const layers = spec.layers.map((layer, i) => (i === shown - 1 ? layer : { ...layer, observe: BUT_WEIGHTS }));
  return { ...spec, layers };
}

/**
 * The network with what a message tells of it. What was shown before is left as it was: it may still be being drawn.
 * @param {Network} network
 * @param {News} news
 * @returns {Network}
 */
export function merge(network, { input, layers, backs, share, tuned, done = false }) {
  const spec = tuned ? withGains(network.spec, tuned.gains) : network.spec;
  const tries = (/** @type {Layer} */ layer) => (tuned ? { ...layer, tries: tuned.tries[layer.layer - 1] } : layer);
  const merged = [...network.layers, ...layers.map(tries)];
  for (const back of backs) merged[back.layer - 1] = { ...merged[back.layer - 1], ...back };
  const passed = network.passed + backs.length;
  return { ...network, spec, input: input ?? network.input, layers: merged, share, passed, done, error: undefined };
}

/** A network that was refused; of what there was of it all but the layers and their share stays.
 * @param {Network} network @param {import('../engine/refusal.js').Refusal} error @returns {Network} */
export const refused = (network, error) => ({ ...network, share: 0, done: false, error });
