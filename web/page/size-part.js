/**
 * size-part.js: finds a number with which a state fits. It is a part that loads with the first network that is refused for
 * its size, because it holds the engine's checks.
 *
 * remedy.js loads it, and offers what it finds.
 */
import { loadFits } from '../engine/fits.js';
import { findRemedy } from '../state/remedies.js';

/** One instance of the engine for all searches. @type {ReturnType<typeof loadFits> | undefined} */
let loading;

/**
 * @param {import('../state/state.js').State} state
 * @param {WebAssembly.Module} module
 */
export async function findFit(state, module) {
  loading ??= loadFits(module);
  return findRemedy(state, await loading);
}
