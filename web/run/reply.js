/**
 * reply.js: the reply to a request: what is known of its two networks, and how each message from a worker adds to it.
 *
 * Pure: no port and no clock. It does not decide what to ask for, or when: client.js does.
 */
import { OWN } from '../engine/image-names.js';
import { givesImages } from '../engine/kinds.js';
import { withGains } from '../engine/lsuv.js';
import { layerShown } from '../engine/shapes.js';
import { OBSERVABLE } from '../engine/spec.js';
import { imagesOf, specOf } from '../state/networks.js';
import { LETTERS } from '../state/state.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../engine/spec.js').Spec} Spec */
/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('./messages.js').News} News */

/**
 * @typedef {object} Network one network of a request, as far as it is known
 * @property {Spec} spec
 * @property {ReturnType<typeof imagesOf>} images
 * @property {string} [tune] as in messages.js
 * @property {string} asked key of what was asked for; equal keys give equal results
 * @property {import('../engine/engine.js').Summary} [input]
 * @property {Layer[]} layers passed forward so far; all of them once done
 * @property {number} share of the next layer that is done, 0..1
 * @property {number} passed layers that the loss was passed back through
 * @property {boolean} done
 * @property {import('../engine/refusal.js').Refusal} [error] why there are no layers, or no more
 * @property {number} [seeing] layer that was asked to be seen
 * @property {import('./messages.js').Seen} [seen] the layer that has been seen
 *
 * @typedef {object} Reply
 * @property {number} request number of the request
 * @property {State} state that was asked for
 * @property {{ A: Network, B: Network }} networks
 * @property {boolean} coarse new results are from the first inputs of the batch only; the whole batch follows
 *
 * @typedef {object} Told what a worker has reported of a job
 * @property {number} id number of the request
 * @property {Layer[]} before layers of the job before
 * @property {Layer[]} layers of this job
 * @property {Layer[]} news layers that the last message added
 */

/** While the reader drags, only so many inputs are run: the first of the batch. */
export const COARSE = 16;

const BUT_WEIGHTS = OBSERVABLE.filter((name) => name !== 'weights');

/** Codes of refusals that no change of the network cures: only another try. */
const TO_TRY_AGAIN = ['engineStopped', 'engineUnfetched'];

/** Why there is no engine, if there is none for A or B. @param {Reply} reply */
export const findStopped = ({ networks }) =>
  LETTERS.map((letter) => networks[letter].error).find((error) => TO_TRY_AGAIN.includes(error?.code ?? ''));

/**
 * The layer whose images are shown; null where there are no images.
 * @param {Reply} reply
 * @param {number} chosen layer, which may exceed the depth
 */
export function findLayerToSee({ networks: { A } }, chosen) {
  const { layers } = A.spec;
  return A.images || givesImages(layers).includes(true) ? layerShown(layers, Math.min(chosen, layers.length)) : null;
}

/** Before the first job. @type {Told} */
export const NOTHING = { id: 0, before: [], layers: [], news: [] };

/**
 * Adds a message to what a worker has reported. A message leaves out the first `same` layers, which equal those of the
 * job before; they are filled in here.
 * @param {Told} told
 * @param {Pick<News, 'id' | 'same' | 'layers'>} message
 * @returns {Told}
 */
export function unfold(told, { id, same, layers }) {
  const [before, had] = told.id === id ? [told.before, told.layers] : [told.layers, []];
  const news = [...before.slice(had.length, same), ...layers];
  return { id, before, layers: [...had, ...news], news };
}

/** Whether there is something to show. @param {Network} network */
export const hasSomething = ({ layers, share, error }) => layers.length > 0 || share > 0 || error !== undefined;

/** Whether nothing more will come. @param {Network} network */
export const isWhole = ({ done, error }) => done || error !== undefined;

/**
 * The network of a new request, without results. If the last reply has the results already, it is that reply's network.
 * @param {Reply | null} before the last reply
 * @param {State} state
 * @param {'A' | 'B'} letter
 * @param {number} pictures how many images the reader has chosen so far
 * @param {boolean} coarse whether to run only the first inputs of the batch
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
  // a request to see a layer is not answered once a newer request has come
  if (last?.done && last.asked === whole.asked) return { ...last, seeing: last.seen?.layer };
  const first = { ...state, batch: COARSE };
  const { spec, images, asked } =
    coarse && tune === 'none' // gains are tuned to the whole batch
      ? ask(first, glance(specOf(first, letter), state.layer, state.tensor))
      : whole;
  return { spec, images, tune, asked, layers: [], share: 0, passed: 0, done: false };
}

/**
 * The spec without summaries of the weights, which would take longer than the first inputs do. Those on screen are
 * kept.
 * @param {Spec} spec
 * @param {number} chosen layer, from 1; may be past the end
 * @param {string} tensor on screen
 * @returns {Spec}
 */
function glance(spec, chosen, tensor) {
  if (tensor === 'weights') return spec;
  const shown = Math.min(chosen, spec.layers.length);
  const layers = spec.layers.map((layer, i) => (i === shown - 1 ? layer : { ...layer, observe: BUT_WEIGHTS }));
  return { ...spec, layers };
}

/**
 * The network with the results of a message added. It is a new object, as the old one may still be being drawn.
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

/** A network that was refused. It keeps the layers that it has.
 * @param {Network} network @param {import('../engine/refusal.js').Refusal} error @returns {Network} */
export const refused = (network, error) => ({ ...network, share: 0, done: false, error });
