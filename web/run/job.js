/*
 * One job of a worker: a network is run, part by part, and what is found is told on the way; or a layer is looked at.
 * Between the parts it lets other events in, from which a worker hears that a newer job waits. In what order jobs are
 * done is in worker.js, and when they tell and give way in pace.js.
 */
import { paintImages } from '../engine/images.js';
import { tune, withGains } from '../engine/lsuv.js';
import { refusalOf } from '../engine/refusal.js';
import { createPace, LOOK, noPast, TELL } from './pace.js';

/** @typedef {import('../engine/engine.js').BackResult} BackResult */
/** @typedef {import('../engine/engine.js').Engine} Engine */
/** @typedef {import('../engine/engine.js').PassedLayer} PassedLayer */
/** @typedef {import('../engine/engine.js').Step} Step */
/** @typedef {import('../engine/engine.js').Summary} Summary */
/** @typedef {import('../engine/textures.js').Picture} Picture */
/** @typedef {import('./messages.js').Asked} Asked */
/** @typedef {import('./messages.js').FromWorker} FromWorker */
/** @typedef {import('./messages.js').Job} Job */
/** @typedef {import('./messages.js').News} News */
/** @typedef {import('./messages.js').Seen} Seen */

/** What is known of the jobs so far, with the layers that were told of the last.
 * @typedef {import('./pace.js').Past & { told: PassedLayer[] }} Last */

/** Units of the first layer whose weights are sent to be seen. */
export const MOST_KERNELS = 32;

/** Before the first job. @returns {Last} */
export const noJob = () => ({ ...noPast(), told: [] });

/** Lets other events in, at once: a timer would wait 4 ms. @returns {Promise<void>} */
function look() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Adds a step to what is to be told: a part of a layer, a layer passed, without the input that is the same for all of
 * them, or a layer that the loss was passed back through. Returns how many layers that is.
 * @param {News} news @param {Step} step
 * @param {PassedLayer[]} told all layers of the job so far @param {PassedLayer[]} before those of the job before
 */
function take(news, step, told, before) {
  news.share = typeof step === 'number' ? step : 0;
  if (typeof step === 'number') return 0;
  if ('deltas' in step) {
    news.backs.push(step);
  } else {
    const { input, ...layer } = step;
    news.input = input;
    told.push(layer);
    if (news.same === layer.layer - 1 && isSame(layer, before[news.same])) news.same++;
    else news.layers.push(layer);
  }
  return 1;
}

/** @param {PassedLayer} layer @param {PassedLayer | undefined} before */
const isSame = (layer, before) =>
  before !== undefined &&
  /** @type {(keyof PassedLayer)[]} */ (Object.keys(layer)).every((name) => Object.is(layer[name], before[name]));

/** @param {unknown} value @returns {value is Summary} */
const isSummary = (value) => typeof value === 'object' && value !== null && 'counts' in value;

/**
 * Layers whose histograms are places in one buffer: of hundreds of buffers a message takes as long as a network.
 * @template {PassedLayer | BackResult} T
 * @param {T[]} layers
 * @returns {T[]}
 */
function pack(layers) {
  const summaries = layers.flatMap((layer) => Object.values(layer)).filter(isSummary);
  const bins = new Uint32Array(summaries.reduce((sum, { counts }) => sum + counts.length, 0));
  let used = 0;
  /** @param {Summary} summary */
  const place = (summary) => {
    bins.set(summary.counts, used);
    used += summary.counts.length;
    return { ...summary, counts: bins.subarray(used - summary.counts.length, used) };
  };
  /** @param {T} layer */
  const packed = (layer) =>
    Object.entries(layer).map(([name, value]) => [name, isSummary(value) ? place(value) : value]);
  return layers.map((layer) => Object.fromEntries(packed(layer)));
}

/** The images of the last job that had some: to paint a batch may take longer than to pass it, and while a slider moves
 * it is the same. @type {{ asked: string, picture?: Picture, input?: Float32Array }} */
let painted = { asked: '' };

/** The spec of a job, with its images. @param {Asked} asked @param {Picture | undefined} picture */
function specOfJob({ spec, images }, picture) {
  if (!images) return spec;
  const asked = JSON.stringify(images);
  if (painted.asked !== asked || painted.picture !== picture)
    painted = { asked, picture, input: paintImages(images, picture) };
  return { ...spec, input: painted.input };
}

/**
 * @param {Engine} engine @param {Asked} job @param {number} layer @param {Picture} [picture]
 * @returns {Generator<void, Seen, void>}
 */
export function* see(engine, job, layer, picture) {
  const whole = specOfJob(job, picture);
  const { input } = whole;
  const first = input instanceof Float32Array ? input.slice(0, input.length / (job.images?.batch ?? 1)) : input;
  const spec = { ...whole, input: first, batch: 1, backward: false };
  return {
    layer,
    kernels: engine.tensor(spec, 'weights', 1, MOST_KERNELS),
    input: engine.tensor(spec, 'input'),
    activations: yield* engine.tensorSteps(spec, 'activations', layer),
  };
}

/**
 * What steps come to; null where a newer job came in between.
 * @template T
 * @param {Generator<void, T, void>} steps @param {() => boolean} stopped @param {() => void} [tell] called each TELL
 * @returns {Promise<T | null>}
 */
export async function finish(steps, stopped, tell = () => {}) {
  try {
    for (let [looked, told] = [performance.now(), performance.now()]; ; ) {
      const { done, value } = steps.next();
      if (done) return value;
      const now = performance.now();
      if (now - told > TELL) {
        tell();
        told = now;
      }
      if (now - looked < LOOK) continue;
      await look();
      looked = performance.now();
      if (stopped()) return null;
    }
  } finally {
    steps.return(/** @type {T} */ (null)); // which frees what they hold, but for a series
  }
}

/** What becomes of a job that threw: after a trap nothing that the engine holds is certain.
 * @param {number} id @param {unknown} error @returns {FromWorker} */
export const failure = (id, error) =>
  error instanceof WebAssembly.RuntimeError
    ? { type: 'dead', reason: String(error) }
    : { type: 'refused', id, error: refusalOf(error) };

/**
 * The news of one job. `tell` sends what is new since it last did.
 * @param {number} id @param {(message: FromWorker) => void} answer
 */
function collectNews(id, answer) {
  /** @type {News} */
  const news = { id, same: 0, input: null, layers: [], backs: [], share: 0 };
  /** @param {{ done?: boolean }} [more] */
  const tell = (more = {}) => {
    answer({ type: 'news', ...news, layers: pack(news.layers), backs: pack(news.backs), ...more });
    Object.assign(news, { layers: [], backs: [] });
  };
  return { news, tell };
}

/**
 * Runs one job and answers it.
 * @param {Engine} engine
 * @param {Job} job
 * @param {(message: FromWorker) => void} answer
 * @param {() => boolean} stopped
 * @param {Picture} [picture]
 * @param {{ steps: Engine['steps'], end?: () => void }} [runs] a series of the engine, of which the last job was
 * @param {Last} [last] becomes what is known of this job
 */
export async function runJob(engine, job, answer, stopped, picture, runs = engine, last = noJob()) {
  const { id, spec } = job;
  const before = last.told;
  /** @type {PassedLayer[]} */
  const layers = [];
  const { news, tell } = collectNews(id, answer);
  last.told = [];
  const came = performance.now();
  try {
    const given = specOfJob(job, picture);
    if (job.tune === 'lsuv') runs.end?.(); // there may not be room for its networks beside the last
    const tuned = job.tune === 'lsuv' ? await finish(tune(engine, given), stopped, tell) : undefined;
    if (tuned === null) {
      tell({ done: false });
      return;
    }
    if (tuned) news.tuned = tuned;
    const pace = createPace(job, last);
    let left = spec.layers.length * (spec.backward ? 2 : 1);
    for (const step of runs.steps(tuned ? withGains(given, tuned.gains) : given, true)) {
      left -= take(news, step, layers, before);
      const { tells, looks } = pace.after(layers.length, left);
      if (tells) tell();
      if (looks) {
        await look();
        pace.hasLooked();
      }
      if (left > 0 && stopped() && pace.givesWay()) break;
    }
    if (layers.length === spec.layers.length) last.forward = performance.now();
    tell({ done: left === 0 });
    last.told = layers;
  } catch (error) {
    answer(failure(id, error));
  } finally {
    last.took = performance.now() - came;
  }
}
