/**
 * full-part.js: the part with the full engine: its module, and its worker. It loads when a network first needs it
 * (engine/full.js), and takes the place of what the page opened with.
 */

export { default as packed } from '../../build/full.gz';
export { default as serve } from '../../build/full-worker.bundle';
