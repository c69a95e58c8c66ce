/*
 * Where a network is run: a worker of its own, or the page itself where none can be started; and that another takes the
 * place of one that has died. What is said through a port is in messages.js, who says it, and what is tried again, in
 * client.js.
 */

/** @typedef {import('../engine/spec.js').Tables} Tables */
/** @typedef {import('./messages.js').FromWorker} FromWorker */
/** @typedef {import('./messages.js').Port} Port */
/** @typedef {import('./messages.js').ToWorker} ToWorker */
/** @typedef {import('./messages.js').WorkerPort} WorkerPort */

/** How long a worker may take to start, in milliseconds, before the page does its work. */
const PATIENCE = 4000;

/**
 * Starts a worker for a network, or, where none can be started, serves it on the page.
 * @param {(port: WorkerPort) => void} serve what the worker does: its text must need nothing around it
 * @param {Promise<WebAssembly.Module>} module which need not be there yet
 * @returns {Promise<{ port: Port, tables: Tables, where: 'worker' | 'page' }>}
 */
export async function openPort(serve, module) {
  const address = URL.createObjectURL(new Blob([`(${serve})(self)`], { type: 'text/javascript' }));
  /** @type {Worker | undefined} */
  let worker;
  try {
    worker = new Worker(address);
    return { port: worker, tables: await greet(worker, module), where: 'worker' };
  } catch {
    worker?.terminate(); // it may only be slow
    const { port1, port2 } = new MessageChannel();
    serve(port2);
    return { port: port1, tables: await greet(port1, module), where: 'page' };
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * @param {Port} port
 * @param {Promise<WebAssembly.Module>} compiling
 * @returns {Promise<Tables>}
 */
function greet(port, compiling) {
  return new Promise((resolve, reject) => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let late;
    port.onerror = reject; // which may be before there is a module
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
 * Seconds without a word after which a worker that is at work is taken for dead. The longest that an honest one takes
 * over a part, an orthogonal matrix of 1024, is 1.5 s on a busy computer, and ten times that on a slow phone.
 */
const SILENCE = 30;

/**
 * A port in whose place another comes where it has died: because it said so, or said nothing while it was at work.
 * @param {Port} opened
 * @param {() => Promise<Port>} reopen
 * @param {(message: FromWorker) => void} hear what is told
 * @param {(reason: string) => void} lost called where what it was at will not be answered
 */
export function keepPort(opened, reopen, hear, lost) {
  /** @type {Port | null} */
  let port = null;
  /** Seconds of work that have gone by without a word. */
  let silent = 0;
  /** The last message with a picture, for the next to have it too. @type {ToWorker | null} */
  let picture = null;
  /** Until there is another. @type {Promise<void> | null} */
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

  /** Another, for all that wait for one; with the picture. */
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
    /** @param {ToWorker} message */
    post(message) {
      if (message.type === 'picture') picture = message;
      port?.postMessage(message);
    },

    /** Gives it work. @param {() => ToWorker} message asked for once there is a port
     * @param {boolean} [isLost] whether it is lost where there will be none, rather than of no use any more */
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

    /** A second more has gone by while it was at work. */
    beMissed() {
      if (port && ++silent > SILENCE) die('');
    },
  };
}
