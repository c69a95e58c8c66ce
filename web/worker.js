/*
 * The side of a port on which networks are run: one job at a time, layer by layer, with a look at the post in between.
 * Bundled on its own it is the worker; where no worker can start, client.js serves a MessagePort with it on the page
 * itself. It keeps nothing of a job once it has answered.
 *
 * In:  { module } once; { id, spec } a job; { stop: id } a newer one waits.
 * Out: { ready: tables } | { fatal: message } once; for each job any number of { id, input, layers, backs } with what is
 *      new, and then one of { id, input, layers, backs, done } and { id, error }.
 */
import { loadEngine } from './engine.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {{ postMessage: (message: any) => void, onmessage: ((event: any) => void) | null,
 *   onerror?: ((event: any) => void) | null }} Port of which only a worker has errors */

/** Milliseconds: after these the worker looks at its post; gives way to a newer job; tells how far it is. */
const LOOK = 12;
const GIVE_WAY = 100;
const TELL = 150;

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
 * Adds a step to what is to be told: a layer passed, without the input that is the same for all of them, or a layer that
 * the loss was passed back through.
 * @param {any} news
 * @param {any} step
 */
function take(news, step) {
  if ('deltas' in step) {
    news.backs.push(step);
    return;
  }
  const { input, ...layer } = step;
  news.input = input;
  news.layers.push(layer);
}

/**
 * Runs one job and answers it.
 * @param {Engine} engine
 * @param {{ id: number, spec: import('./spec.js').Spec }} job
 * @param {(message: any) => void} answer
 * @param {() => boolean} stopped
 */
export async function runJob(engine, { id, spec }, answer, stopped) {
  const begun = performance.now();
  let [looked, told] = [begun, begun];
  const news = { id, input: null, layers: [], backs: [] };
  const tell = (more = {}) => {
    answer({ ...news, ...more });
    Object.assign(news, { layers: [], backs: [] });
  };
  let left = spec.layers.length * (spec.backward ? 2 : 1);
  let done = true;
  try {
    for (const step of engine.steps(spec)) {
      take(news, step);
      left--;
      const now = performance.now();
      if (now - told > TELL) {
        tell();
        told = now;
      }
      if (now - looked > LOOK) {
        await look();
        looked = performance.now();
      }
      if (stopped() && looked - begun > GIVE_WAY && left > 0) {
        done = false;
        break;
      }
    }
    tell({ done });
  } catch (error) {
    answer({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

/** @param {Port} port */
export function serve(port) {
  /** @type {Promise<Engine>} */
  let loading;
  let stop = 0;
  port.onmessage = async ({ data }) => {
    if (data.stop !== undefined) {
      stop = data.stop;
    } else if (data.module) {
      loading = loadEngine(data.module);
      loading.then(
        ({ schemes, libraries, activations, limits }) =>
          port.postMessage({ ready: { schemes, libraries, activations, limits } }),
        (error) => port.postMessage({ fatal: String(error) }),
      );
    } else {
      await runJob(
        await loading,
        data,
        (message) => port.postMessage(message),
        () => stop === data.id,
      );
    }
  };
}

const scope = /** @type {any} */ (globalThis);
if (typeof scope.WorkerGlobalScope === 'function' && scope instanceof scope.WorkerGlobalScope) serve(scope);
