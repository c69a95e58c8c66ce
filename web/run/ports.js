/**
 * ports.js: opens a port to the place where a network runs: a worker of its own, or the page itself if no worker can
 * start. It also replaces a port that has died.
 *
 * It decides neither what to send nor what to try again: client.js and lane.js do. The messages are in messages.js.
 */

import { needsFullModule } from '../engine/full.js';
import { compileModule } from './module.js';

/** @typedef {import('../engine/spec.js').Tables} Tables */
/** @typedef {import('./messages.js').FromWorker} FromWorker */
/** @typedef {import('./messages.js').Port} Port */
/** @typedef {import('./messages.js').ToWorker} ToWorker */
/** @typedef {import('./messages.js').WorkerPort} WorkerPort */

/** Milliseconds that a worker may take to start. After that, the page does its work. */
const PATIENCE = 4000;

/**
 * Starts a worker, or serves the port on the page if no worker can start.
 * @param {(port: WorkerPort) => void} serve what the worker does; the worker gets its source text, so it must use
 *   nothing from outside itself
 * @param {Promise<WebAssembly.Module>} module may still be compiling
 * @returns {Promise<{ port: Port, tables: Tables, where: 'worker' | 'page' }>} rejects if the engine does not start
 */
export async function openPort(serve, module) {
  const address = URL.createObjectURL(new Blob([`(${serve})(self)`], { type: 'text/javascript' }));
  /** @type {Worker | undefined} */
  let worker;
  try {
    worker = new Worker(address);
    return { port: worker, tables: await greet(worker, module), where: 'worker' };
  } catch {
    worker?.terminate(); // it may be slow rather than dead
    const { port1, port2 } = new MessageChannel();
    serve(port2);
    return { port: port1, tables: await greet(port1, module), where: 'page' };
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * Sends the module through a port, and waits until the engine has started.
 * @param {Port} port
 * @param {Promise<WebAssembly.Module>} compiling
 * @returns {Promise<Tables>} rejects on an error, or after PATIENCE
 */
function greet(port, compiling) {
  return new Promise((resolve, reject) => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let late;
    port.onerror = reject; // a worker may fail before the module is compiled
    port.onmessage = ({ data }) => {
      clearTimeout(late);
      if (data.type === 'ready') resolve(data.tables);
      else if (data.type === 'dead') reject(new Error(data.reason));
    };
    compiling.then((module) => {
      late = setTimeout(reject, PATIENCE, new Error('no answer'));
      port.postMessage({ type: 'module', module });
    }, reject);
  });
}

/**
 * A working worker that is silent for so many seconds is taken for dead. The longest part draws the largest input, 1 GiB
 * of numbers: 3 s on a busy computer. A phone has no room for such an input. Reading the weights of an orthogonal layer makes
 * its matrix in one go: 2048 x 2048 takes 3.5 s there, and ten times that on a slow phone.
 */
export const SILENCE = 30;

/**
 * Keeps a port alive: replaces it once it has died. It is dead if it says so, fails, or is silent for too long at work.
 * @param {Port} opened
 * @param {() => Promise<Port>} reopen opens another port
 * @param {(message: FromWorker) => void} hear called with each message
 * @param {(reason: string) => void} lost called when the current work will get no answer
 */
export function keepPort(opened, reopen, hear, lost) {
  /** @type {Port | null} */
  let port = null;
  /** Seconds of work without a message. */
  let silent = 0;
  /** The last message with an image: a new port gets it too. @type {ToWorker | null} */
  let picture = null;
  /** Pending while another port is being opened. @type {Promise<void> | null} */
  let opening = null;

  /** @param {Port} next */
  function listen(next) {
    port = next;
    next.onerror = ({ message = '' }) => die(message);
    next.onmessage = ({ data }) => {
      silent = 0;
      if (data.type === 'dead') die(data.reason);
      else hear(data);
    };
  }

  /** Closes the port. The next work opens another. */
  function close() {
    if (port) Object.assign(port, { onmessage: null, onerror: null });
    port?.terminate?.();
    port?.close?.();
    port = null;
  }

  /** @param {string} reason */
  function die(reason) {
    close();
    lost(reason);
  }

  /** Opens another port, once for all callers, and sends it the image. */
  function open() {
    opening ??= reopen()
      .then((next) => {
        listen(next);
        if (picture) next.postMessage(picture);
      })
      .finally(() => {
        opening = null;
      });
    return opening;
  }

  listen(opened);
  return {
    close,

    /** Sends a message, unless the port is dead. @param {ToWorker} message */
    post(message) {
      if (message.type === 'picture') picture = message;
      port?.postMessage(message);
    },

    /**
     * Sends a message that needs an answer. Opens another port first if this one is dead.
     * @param {() => ToWorker} message makes the message, once there is a port
     * @param {boolean} [isLost] whether to call `lost` if no port can be opened
     */
    async work(message, isLost = true) {
      try {
        if (!port) await open();
      } catch (error) {
        if (isLost) lost(String(error));
        return;
      }
      silent = 0;
      port?.postMessage(message());
    },

    /** Called after each second of work without a message. */
    beMissed() {
      if (port && ++silent > SILENCE) die('');
    },
  };
}

/** What of a job says which engine it needs.
 * @typedef {Pick<import('./messages.js').Job, 'spec' | 'images' | 'tune'>} Needs */

/** Whether a job needs the full engine. @param {Needs} job */
const needsFull = ({ spec, images, tune }) => Boolean(images) || tune === 'lsuv' || needsFullModule(spec);

/**
 * The engine: compiles its module while ports are opened. At first it is the small one. The full one is loaded when a
 * job first needs it, and takes its place in every port that is opened from then on.
 * @param {Uint8Array<ArrayBuffer>} packed the small module, compressed by gzip
 * @param {(port: WorkerPort) => void} serve see openPort
 * @param {() => Promise<{ packed: typeof packed, serve: typeof serve }>} fetchFull loads the same of the full engine
 */
export function openEngine(packed, serve, fetchFull) {
  const small = { module: compileModule(packed), serve };
  let engine = small;
  /** @type {Promise<typeof small> | null} */
  let loading = null;

  async function replace() {
    const { packed: fullPacked, serve: serveFull } = await fetchFull();
    const module = compileModule(fullPacked);
    await module; // the small engine stays where the full one is broken
    engine = { module, serve: serveFull };
    return engine;
  }

  /** Loads the full engine, once. Rejects if it cannot be loaded; the next call then tries again. */
  function load() {
    loading ??= replace().catch((error) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  const open = () => openPort(engine.serve, engine.module);
  const openBoth = () => Promise.all([open(), open()]);
  return {
    module: small.module,
    /** Opens a port for each network. @param {boolean} full whether the full engine is needed at once */
    open: (full) => (full ? load().then(openBoth, openBoth) : openBoth()),
    reopen: async () => (await open()).port,
    load,
    /** Whether a job needs the full engine, and it is not there. @param {Needs} job */
    lacks: (job) => engine === small && needsFull(job),
    /** What a port must have been opened with to be of use: it changes when the full engine has come. */
    edition: () => /** @type {object} */ (engine),
  };
}

/** An engine that lacks nothing, as in tests. */
export const COMPLETE = { load: async () => {}, lacks: () => false, edition: () => COMPLETE };

/** What a lane needs to know of its engine. @typedef {object} Edition
 * @property {() => Promise<unknown>} load
 * @property {(job: Needs) => boolean} lacks
 * @property {() => object} edition
 */
