/**
 * full-part.js: the part with the full engine: its module, and its worker, which also trains. It loads when a network
 * first needs it (engine/full.js), and takes the place of what the page opened with.
 */
import serve from '../../build/full-worker.bundle';

export { default as packed } from '../../build/full.gz';
export { serve };

/** The same worker, for training. A worker starts from the text of its function. */
export const train = Object.assign((/** @type {any} */ port) => serve(port, true), {
  toString: () => `(port) => (${serve})(port, true)`,
});
