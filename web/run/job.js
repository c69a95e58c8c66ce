/**
 * job.js: one job of a worker. It runs a network part by part and reports the results on the way, or computes the
 * tensors of one layer to be seen.
 *
 * Between parts it lets other events in, so that the worker hears of a newer job. It does not decide the order of jobs
 * (worker.js), nor when to report or give way (pace.js).
 */

import { hasWeights } from '../engine/kinds.js';
import { withGains } from '../engine/lsuv.js';
import { refusalOf } from '../engine/refusal.js';
import { MOST_KERNELS } from './messages.js';
import { createPace, LOOK, noPast, TELL } from './pace.js';

/** @typedef {import('../engine/engine.js').BackResult} BackResult */
/** @typedef {import('../engine/engine.js').Engine} Engine */
/** @typedef {import('../engine/engine.js').PassedLayer} PassedLayer */
/** @typedef {import('../engine/engine.js').Step} Step */
/** @typedef {import('../engine/engine.js').Summary} Summary */
/** @typedef {import('./messages.js').Asked} Asked */
/** @typedef {import('./messages.js').FromWorker} FromWorker */
/** @typedef {import('./messages.js').Job} Job */
/** @typedef {import('./messages.js').News} News */
/** @typedef {import('./messages.js').Seen} Seen */
/** @typedef {import('./tools.js').Tools} Tools */

/** What is known of the jobs so far. `told` are the layers that the last job reported.
 * @typedef {import('./pace.js').Past & { told: PassedLayer[] }} Last */

/** A fresh Last, before the first job. @returns {Last} */
export const noJob = () => ({ ...noPast(), told: [] });

/** Lets other events in. A timer would do it too, but would wait 4 ms. @returns {Promise<void>} */
export function look() {
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
 * Adds a step to the news. The input is the same for all layers, so it is kept once.
 * @param {News} news is changed
 * @param {Step} step
 * @param {PassedLayer[]} told all layers of the job so far; is changed
 * @param {PassedLayer[]} before all layers of the job before
 * @returns {number} layers that the step has finished: 1, or 0 for a part of a layer
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
 * Moves the histograms of all layers into one buffer. A message with hundreds of buffers takes as long as running the
 * network.
 * @template {PassedLayer | BackResult} T
 * @param {T[]} layers
 * @returns {T[]}
 */
export function pack(layers) {
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

/** The spec of a job, with its images as the input. @param {Asked} asked @param {Tools | null} tools
 * @returns {import('../engine/spec.js').Spec} */
const specOfJob = ({ spec, images }, tools) => (images ? { ...spec, input: tools?.paint(images) } : spec);

/**
 * Computes what there is to see of a layer, for the first example. Yields between the parts of layers.
 * @param {Engine} engine
 * @param {Asked} job
 * @param {number} layer from 1
 * @param {Tools | null} [tools] where there are images
 * @returns {Generator<void, Seen, void>}
 */
export function* see(engine, job, layer, tools = null) {
  const whole = specOfJob(job, tools);
  const { input } = whole;
  const first = input instanceof Float32Array ? input.slice(0, input.length / (job.images?.batch ?? 1)) : input;
  const spec = { ...whole, input: first, batch: 1, backward: false };
  return {
    layer,
    kernels: hasWeights(spec.layers[0]) ? engine.tensor(spec, 'weights', 1, MOST_KERNELS) : new Float32Array(0),
    input: engine.tensor(spec, 'input'),
    activations: yield* engine.tensorSteps(spec, 'activations', layer),
  };
}

/**
 * Runs a generator to its end, and lets other events in on the way.
 * @template T
 * @param {Generator<unknown, T, void>} steps
 * @param {() => boolean} stopped whether a newer job waits
 * @param {() => void} [tell] called every TELL milliseconds
 * @returns {Promise<T | null>} the generator's result; null if it was stopped
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
    steps.return(/** @type {T} */ (null)); // frees the network that the generator holds; a series keeps its own
  }
}

/** The message for a job that threw. After a trap the engine's memory cannot be trusted, so the worker is dead.
 * @param {number} id @param {unknown} error @returns {FromWorker} */
export const failure = (id, error) =>
  error instanceof WebAssembly.RuntimeError
    ? { type: 'dead', reason: String(error) }
    : { type: 'refused', id, error: refusalOf(error) };

/**
 * Collects the news of one job. `tell` sends what is new since the last time.
 * @param {number} id of the request
 * @param {(message: FromWorker) => void} answer sends a message
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
 * Runs one job and sends its news.
 * @param {Engine} engine
 * @param {Job} job
 * @param {(message: FromWorker) => void} answer sends a message
 * @param {() => boolean} stopped whether a newer job waits
 * @param {Tools | null} [tools] where there are images, or gains are to be tuned
 * @param {{ steps: Engine['steps'], end?: () => void }} [runs] the series that ran the last job, whose work it may
 *   reuse
 * @param {Last} [last] what is known of earlier jobs; is updated
 */
export async function runJob(engine, job, answer, stopped, tools = null, runs = engine, last = noJob()) {
  const { id, spec } = job;
  const before = last.told;
  /** @type {PassedLayer[]} */
  const layers = [];
  const { news, tell } = collectNews(id, answer);
  last.told = [];
  const came = performance.now();
  try {
    const given = specOfJob(job, tools);
    const tune = job.tune === 'lsuv' ? tools?.tune : undefined;
    if (tune) runs.end?.(); // tuning needs the memory that the last network holds
    const tuned = tune && (await finish(tune(engine, given), stopped, tell));
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
