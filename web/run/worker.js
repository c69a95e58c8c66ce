/*
 * The side of a port on which networks are run: one thing at a time, in the order of the post (messages.js). While it
 * works it tells something at least each TELL, from which its silence can be told. Of a job that it has answered it
 * keeps the network, in case the next has layers in common.
 *
 * Bundled on its own it is what the worker does; where no worker can start, ports.js serves a MessagePort with it on the
 * page itself. What a job does is in job.js.
 */
import { loadEngine } from '../engine/engine.js';
import { failure, finish, noJob, runJob, see } from './job.js';

/** @typedef {import('../engine/engine.js').Engine} Engine */
/** @typedef {import('./messages.js').ToWorker} ToWorker */
/** @typedef {import('./messages.js').WorkerPort} WorkerPort */

/** @param {WorkerPort} port */
export function serve(port) {
  /** @type {Promise<Engine>} */
  let loading;
  /** Of all jobs: while a slider moves, one is much like the last. @type {ReturnType<Engine['series']>} */
  let runs;
  const last = noJob();
  let stop = 0;
  /** @type {import('../engine/textures.js').Picture | undefined} */
  let picture;
  let asked = 0;
  /** What has been asked for so far. */
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
      runs.end(); // there may not be room beside it
      const seen = await finish(see(engine, asked, asked.layer, picture), stopped);
      if (seen) port.postMessage({ type: 'seen', id: asked.id, seen });
    } catch (error) {
      const why = failure(asked.id, error);
      if (why.type === 'dead') port.postMessage(why); // what is refused says why when it is run, and is not to be seen
    }
  }

  /** @param {Extract<ToWorker, { type: 'run' }>} job */
  const run = async (job) =>
    runJob(
      await loading,
      job,
      (message) => port.postMessage(message),
      () => stop === job.id,
      picture,
      runs,
      last,
    );

  port.onmessage = ({ data }) => {
    if (data.type === 'stop') {
      stop = data.id;
    } else if (data.type === 'picture') {
      picture = data.picture;
    } else if (data.type === 'module') {
      load(data.module);
    } else {
      const number = ++asked;
      work = work.then(() => (data.type === 'see' ? show(data, () => asked > number) : run(data)));
    }
  };
}
