/*
 * The side of a port on which networks are run: one thing at a time, in the order of the post, with a look at it
 * between the parts of layers. While it works it tells something at least each TELL, from which its silence can be
 * told. Bundled on its own it is what the worker does; where no worker can start, ports.js serves a MessagePort with it
 * on the page itself. Of a job that it has answered it keeps the network, in case the next has layers in common.
 *
 * In:  { module } once; { picture } the reader's own, for jobs to come; { id, spec, images, tune, refines, ahead } a job;
 *      { id, spec, images, see } what a layer looks like; { stop: id } a newer job waits.
 * Out: { ready: tables } once; { fatal: message } where the engine did not start, or is not to be trusted any more; for
 *      each job any number of { id, same, input, layers, backs, share } with what is new, of which the first has what was
 *      tuned, and then one of { id, same, input, layers, backs, done } and { id, error }; the first `same` layers are
 *      those of the job before and are not told again; { id, seen } for what is to be seen.
 */
import { loadEngine } from '../engine/engine.js';
import { OWN, paintImages } from '../engine/images.js';
import { tune, withGains } from '../engine/lsuv.js';
import { createPace, LOOK, noPast, TELL } from './pace.js';

/** @typedef {import('../engine/engine.js').Engine} Engine */
/** @typedef {{ postMessage: (message: any) => void, onmessage: ((event: any) => void) | null,
 *   onerror?: ((event: any) => void) | null, terminate?: () => void }} Port
 * of which only a worker has errors and an end
 */
/**
 * tune: 'lsuv' finds the gains before the run; refines: the first inputs of this have been told; ahead: the first layers
 * are of use before the others are there.
 * @typedef {{ id: number, spec: import('../engine/spec.js').Spec, images?: import('../engine/images.js').ImageSpec | null,
 *   tune?: string, refines?: boolean, ahead?: boolean }} Job
 */
/** @typedef {import('../engine/textures.js').Picture} Picture */

/**
 * What a layer looks like, of the first example: the weights of the first layer, (height, width, channels in, out), of
 * as many of its units as may be drawn, and the input and the layer's activations, (height, width, channels).
 * @typedef {{ layer: number, kernels: Float32Array, input: Float32Array, activations: Float32Array }} Seen
 */

/** What is known of the jobs so far, with the layers that were told of the last.
 * @typedef {import('./pace.js').Past & { told: any[] }} Last */

/** Units of the first layer whose weights are sent to be seen. */
export const MOST_KERNELS = 32;

/** What is said of a picture that is not there yet: an address can name it, but not hold it. */
export const NO_PICTURE = 'the picture is not there yet: choose or drop an image file';

/** Before the first job. @returns {Last} */
const noJob = () => ({ ...noPast(), told: [] });

/** Lets other events in, at once: a timer would wait 4 ms. */
function look() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}

/**
 * Adds a step to what is to be told: a part of a layer, a layer passed, without the input that is the same for all of
 * them, or a layer that the loss was passed back through. Returns how many layers that is.
 * @param {any} news @param {any} step
 * @param {any[]} told all layers of the job so far @param {any[]} before those of the job before
 */
function take(news, step, told, before) {
  news.share = typeof step === 'number' ? step : 0;
  if (typeof step === 'number') return 0;
  const { input, ...layer } = step;
  if ('deltas' in step) {
    news.backs.push(step);
  } else {
    news.input = input;
    told.push(layer);
    if (news.same === layer.layer - 1 && isSame(layer, before[news.same])) news.same++;
    else news.layers.push(layer);
  }
  return 1;
}

/** @param {any} layer @param {any} before */
const isSame = (layer, before) => before && Object.keys(layer).every((name) => Object.is(layer[name], before[name]));

/**
 * Layers whose histograms are places in one buffer: of hundreds of buffers a message takes as long as a network.
 * @param {any[]} layers
 */
function pack(layers) {
  const tensors = layers.flatMap(Object.values).filter((tensor) => tensor?.counts);
  const bins = new Uint32Array(tensors.reduce((sum, { counts }) => sum + counts.length, 0));
  let used = 0;
  /** @param {any} tensor */
  const place = (tensor) => {
    bins.set(tensor.counts, used);
    used += tensor.counts.length;
    return { ...tensor, counts: bins.subarray(used - tensor.counts.length, used) };
  };
  return layers.map((layer) =>
    Object.fromEntries(Object.entries(layer).map(([name, value]) => [name, value?.counts ? place(value) : value])),
  );
}

/** The images of the last job that had some: to paint a batch may take longer than to pass it, and while a slider moves
 * it is the same. @type {{ asked: string, picture?: Picture, input?: Float32Array }} */
let painted = { asked: '' };

/** The spec of a job, with its images. @param {Job} job @param {Picture | undefined} picture */
function specOfJob({ spec, images }, picture) {
  if (!images) return spec;
  if (images.image === OWN && !picture) throw new RangeError(NO_PICTURE);
  const asked = JSON.stringify(images);
  if (painted.asked !== asked || painted.picture !== picture)
    painted = { asked, picture, input: paintImages(images, picture) };
  return { ...spec, input: painted.input };
}

/**
 * @param {Engine} engine @param {Job} job @param {number} layer @param {Picture} [picture]
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
async function finish(steps, stopped, tell = () => {}) {
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
    steps.return(/** @type {any} */ (null)); // which frees what they hold, but for a series
  }
}

/** What became of a job that threw: after a trap nothing that the engine holds is certain. @param {any} error */
const failure = (error) =>
  error instanceof WebAssembly.RuntimeError
    ? { fatal: String(error) }
    : { error: error instanceof Error ? error.message : String(error) };

/**
 * Runs one job and answers it.
 * @param {Engine} engine
 * @param {Job} job
 * @param {(message: any) => void} answer
 * @param {() => boolean} stopped
 * @param {Picture} [picture]
 * @param {{ steps: Engine['steps'], end?: () => void }} [runs] a series of the engine, of which the last job was
 * @param {Last} [last] becomes what is known of this job
 */
export async function runJob(engine, job, answer, stopped, picture, runs = engine, last = noJob()) {
  const { id, spec } = job;
  const before = last.told;
  /** @type {any[]} */
  const layers = [];
  const news = { id, same: 0, input: null, layers: [], backs: [], share: 0 };
  const tell = (more = {}) => {
    answer({ ...news, layers: pack(news.layers), backs: pack(news.backs), ...more });
    Object.assign(news, { layers: [], backs: [] });
  };
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
    if (tuned) Object.assign(news, { tuned });
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
    answer({ id, ...failure(error) });
  } finally {
    last.took = performance.now() - came;
  }
}

/** @param {Port} port */
export function serve(port) {
  /** @type {Promise<Engine>} */
  let loading;
  /** Of all jobs: while a slider moves, one is much like the last. @type {ReturnType<Engine['series']>} */
  let runs;
  /** @type {Last} */
  const last = noJob();
  let stop = 0;
  /** @type {Picture | undefined} */
  let picture;
  let asked = 0;
  /** What has been asked for so far. */
  let work = Promise.resolve();

  /** @param {Job & { see: number }} job @param {() => boolean} stopped */
  async function show(job, stopped) {
    try {
      const engine = await loading;
      runs.end(); // there may not be room beside it
      const seen = await finish(see(engine, job, job.see, picture), stopped);
      if (seen) port.postMessage({ id: job.id, seen });
    } catch (error) {
      const { fatal } = failure(error);
      if (fatal) port.postMessage({ fatal }); // what cannot be run says why itself, and is not to be seen
    }
  }

  port.onmessage = ({ data }) => {
    if (data.stop !== undefined) {
      stop = data.stop;
    } else if (data.picture) {
      picture = data.picture;
    } else if (data.module) {
      loading = loadEngine(data.module);
      loading.then(
        (engine) => {
          const { schemes, libraries, activations, limits } = engine;
          runs = engine.series();
          port.postMessage({ ready: { schemes, libraries, activations, limits } });
        },
        (error) => port.postMessage({ fatal: String(error) }),
      );
    } else {
      const number = ++asked;
      const tell = (/** @type {any} */ message) => port.postMessage(message);
      work = work.then(async () => {
        if (data.see !== undefined) await show(data, () => asked > number);
        else await runJob(await loading, data, tell, () => stop === data.id, picture, runs, last);
      });
    }
  };
}
