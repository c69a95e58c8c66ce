/*
 * Where a network is run: a worker of its own, or the page itself where none can be started. What is said through a
 * port is in worker.js, who says it in client.js.
 */

/** @typedef {import('./worker.js').Port} Port */

/** How long a worker may take to start, in milliseconds, before the page does its work. */
const PATIENCE = 4000;

/**
 * Starts a worker for a network, or, where none can be started, serves it on the page.
 * @param {(port: Port) => void} serve what the worker does: its text must need nothing around it
 * @param {WebAssembly.Module} module
 * @returns {Promise<{ port: Port, tables: any, where: 'worker' | 'page' }>}
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
 * @param {any} port
 * @param {WebAssembly.Module} module
 * @returns {Promise<any>} the engine's tables
 */
function greet(port, module) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(reject, PATIENCE, new Error('no answer'));
    port.onerror = reject;
    port.onmessage = (/** @type {any} */ { data }) => {
      clearTimeout(late);
      if (data.ready) resolve(data.ready);
      else reject(new Error(data.fatal));
    };
    port.postMessage({ module });
  });
}
