/**
 * library-engine.js: the engine of the view Libraries: a worker of its own with the full module, which runs one network after
 * another; and the layers of defaults that it has run.
 *
 * What is run is decided in library-choice.js and network-measure.js.
 */
import { compileModule } from '../run/module.js';
import { openPort } from '../run/ports.js';
import { isRunnable, specOfLayer } from './library-choice.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../engine/library-tables.js').Default} Default */

/**
 * Runs networks on a port, in the order in which they are asked for.
 * @param {import('../run/messages.js').Port} port
 * @returns {(spec: any) => Promise<Layer[]>} rejects where the network is refused, or the worker has died
 */
function createRunner(port) {
  /** The layers of the last network: a message leaves out the first of the next that equal them. @type {Layer[]} */
  let before = [];
  let id = 0;
  /** Settles when all that was asked for is answered. @type {Promise<unknown>} */
  let last = Promise.resolve();

  /** @param {any} spec @returns {Promise<Layer[]>} */
  const ask = (spec) =>
    new Promise((resolve, reject) => {
      /** @type {Layer[]} */
      let layers = [];
      const own = ++id;
      port.onerror = ({ message }) => reject(new Error(message));
      port.onmessage = ({ data }) => {
        if (data.type === 'dead') reject(new Error(data.reason));
        else if (data.type === 'refused') reject(new Error(data.error.code));
        if (data.type !== 'news' || data.id !== own) return;
        layers = [...layers, ...before.slice(layers.length, data.same), ...data.layers];
        if (!data.done) return;
        before = layers;
        resolve(layers);
      };
      port.postMessage({ type: 'run', id: own, spec });
    });

  return (spec) => {
    const answer = last.then(() => ask(spec));
    last = answer.catch(Boolean);
    return answer;
  };
}

/**
 * @param {(name: string) => Promise<any>} loadPart see page/parts.js
 * @param {() => void} changed called when a layer has been run
 * @param {(error: unknown) => void} failed called where one cannot be
 */
export async function openEngine(loadPart, changed, failed) {
  const { serve, packed } = await loadPart('full');
  const { port, tables } = await openPort(serve, compileModule(packed));
  const run = createRunner(port);
  /** What was asked for: null until it is there. @type {Map<Default, Layer | null>} */
  const layers = new Map();

  /** @param {Default} row */
  async function fetchLayer(row) {
    layers.set(row, null);
    try {
      layers.set(row, (await run(specOfLayer(row, tables.schemes)))[0]);
      changed();
    } catch (error) {
      failed(error);
    }
  }

  return {
    tables,
    run,

    /** The layer at which a default was measured, once it has been run. @param {Default} row @returns {Layer | null} */
    layerOf(row) {
      if (!layers.has(row) && isRunnable(row)) fetchLayer(row);
      return layers.get(row) ?? null;
    },
  };
}
