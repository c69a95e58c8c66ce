/**
 * worker.js: the worker's side of a port. It answers messages (messages.js) one at a time, in their order. While it
 * works it sends news at least every TELL, so the page can notice a dead worker. It keeps the last network, because the
 * next one may share layers with it.
 *
 * It is bundled on its own as the worker. If no worker can start, ports.js runs it on the page. It computes nothing
 * itself: job.js does.
 */
import { loadEngine } from '../engine/engine.js';
import { failure, finish, noJob, runJob, see } from './job.js';

/** @typedef {import('../engine/engine.js').Engine} Engine */
/** @typedef {import('./messages.js').ToWorker} ToWorker */
/** @typedef {import('./messages.js').WorkerPort} WorkerPort */

/**
 * Answers the messages of a port.
 * @param {WorkerPort} port
 * @param {import('./tools.js').Tools | null} [tools] with the full engine; without them no job may need them
 */
export function serve(port, tools = null) {
  /** @type {Promise<Engine>} */
  let loading;
  /** One for all jobs: while a slider moves, each is much like the last. @type {ReturnType<Engine['series']>} */
  let runs;
  const last = noJob();
  /** Number of the request that a newer one waits for. */
  let stop = 0;
  /** How many jobs and layers have been asked for so far. */
  let asked = 0;
  /** Settles when all of them are answered. */
  let work = Promise.resolve();

  /** @param {WebAssembly.Module} module */
  function load(module) {
    loading = loadEngine(module);
    loading.then(
      (engine) => {
        const { schemes, libraries, activations, limits } = engine;
        runs = engine.series();
        port.postMessage({ type: 'ready', tables: { schemes, libraries, activations, limits } });
      },
      (error) => port.postMessage({ type: 'dead', reason: String(error) }),
    );
  }

  /** @param {Extract<ToWorker, { type: 'see' }>} asked @param {() => boolean} stopped */
  async function show(asked, stopped) {
    try {
      const engine = await loading;
      runs.end(); // seeing needs the memory that the last network holds
      const seen = await finish(see(engine, asked, asked.layer, tools), stopped);
      if (seen) port.postMessage({ type: 'seen', id: asked.id, seen });
    } catch (error) {
      const why = failure(asked.id, error);
      if (why.type === 'dead') port.postMessage(why); // a refusal is reported when the network is run
    }
  }

  /** @param {Extract<ToWorker, { type: 'run' }>} job */
  const run = async (job) =>
    runJob(
      await loading,
      job,
      (message) => port.postMessage(message),
      () => stop === job.id,
      tools,
      runs,
      last,
    );

  port.onmessage = ({ data }) => {
    if (data.type === 'stop') {
      stop = data.id;
    } else if (data.type === 'picture') {
      tools?.usePicture(data.picture);
    } else if (data.type === 'module') {
      load(data.module);
    } else {
      const number = ++asked;
      work = work.then(() => (data.type === 'see' ? show(data, () => asked > number) : run(data)));
    }
  };
}
