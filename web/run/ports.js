/**
 * ports.js: opens a port to the place where a network runs: a worker of its own, or the page itself if no worker can
 * start. It also replaces a port that has died.
 *
 * It decides neither what to send nor what to try again: client.js and lane.js do. The messages are in messages.js.
 */

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
 * A working worker that is silent for so many seconds is taken for dead. The longest part, an orthogonal matrix of
 * 1024, takes 1.5 s on a busy computer, and ten times that on a slow phone.
 */
const SILENCE = 30;

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

  /** @param {string} reason */
  function die(reason) {
    if (port) Object.assign(port, { onmessage: null, onerror: null });
    port?.terminate?.();
    port = null;
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

/**
 * Compiles the engine, and opens a port for each of two networks meanwhile.
 * @param {Uint8Array<ArrayBuffer>} packed the module, compressed by gzip
 * @param {(port: WorkerPort) => void} serve see openPort
 */
export function openEngine(packed, serve) {
  const module = compileModule(packed);
  const open = () => openPort(serve, module);
  return { module, opened: Promise.all([open(), open()]), reopen: async () => (await open()).port };
}
