/**
 * remedy.js: has a number offered that fits, where a network is refused for its size.
 *
 * The search and the button are in size-part.js, a part that loads with the first such refusal. Without it a refusal
 * stands alone.
 */
import { words } from '../locales/words.js';
import { specOf } from '../state/networks.js';
import { LETTERS } from '../state/state.js';
import { loadPart } from './parts.js';

/** @typedef {import('../run/reply.js').Reply} Reply */

/** Refusals that a smaller number may cure. */
const OF_SIZE = [
  'batchMemory',
  'networkMemory',
  'tooManyWeights',
  'orthogonalSize',
  'orthogonalKernel',
  'identityKernel',
  'kernelOverImage',
];

/**
 * @param {(id: string) => HTMLElement} find an element of the page
 * @param {(changes: Partial<import('../state/state.js').State>) => void} change
 * @param {() => Promise<{ module: Promise<WebAssembly.Module> }>} loadEngine loads the full engine
 */
export function createRemedy(find, change, loadEngine) {
  /** @type {ReturnType<typeof import('./size-part.js').createOffer> | null} */
  let offer = null;
  /** The newest reply: an older one must not be answered after it. @type {Reply | null} */
  let newest = null;

  async function load() {
    const module = loadEngine().then((engine) => engine.module);
    const [part, compiled] = await Promise.all([loadPart('size'), module]).catch(() => []);
    offer ??= part?.createOffer({ find, change, module: compiled, specOf, words: () => words }) ?? null;
  }

  return {
    /** Writes the button in the language that is spoken. */
    write: () => offer?.write(),

    /** Offers what cures a reply's refusal, once it has been found. @param {Reply} reply */
    async show(reply) {
      newest = reply;
      const letter = LETTERS.find((one) => OF_SIZE.includes(reply.networks[one].error?.code ?? ''));
      const needed = letter && !reply.coarse;
      if (needed && !offer) await load();
      if (newest === reply) offer?.show(reply.state, needed ? letter : null);
    },
  };
}
