/**
 * remedy.js: where a network is refused for its size, offers a number that fits, as a button below the refusal.
 *
 * The search is in size-part.js, a part that loads with the first such refusal. Without it there is no button.
 */
import { words } from '../locales/words.js';
import { LETTERS } from '../state/state.js';
import { makeButton } from './elements.js';
import { loadPart } from './parts.js';

/** @typedef {import('../run/reply.js').Reply} Reply */
/** @typedef {import('../state/remedies.js').Remedy} Remedy */

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
 * @param {Promise<WebAssembly.Module>} module of the engine
 */
export function createRemedy(find, change, module) {
  /** What is offered now. @type {Remedy | null} */
  let offered = null;
  /** The newest reply; a search for an older one is too late. @type {Reply | null} */
  let newest = null;
  const button = makeButton('', () => {
    const { key, value } = /** @type {Remedy} */ (offered);
    find('sheet').focus(); // the button goes
    change({ [key]: value });
  });
  button.className = 'remedy';

  /** Writes the button in the language that is spoken. */
  function write() {
    if (offered) button.textContent = words.REMEDIES[offered.key](offered.value);
  }

  return {
    write,

    /** Offers what cures a reply's refusal, once it has been found. @param {Reply} reply */
    async show(reply) {
      newest = reply;
      offered = null;
      button.remove();
      const letter = LETTERS.find((one) => OF_SIZE.includes(reply.networks[one].error?.code ?? ''));
      if (!letter || reply.coarse) return;
      const part = await loadPart('size').catch(() => null);
      const found = await part?.findFit(reply.state, await module);
      if (!found || newest !== reply) return;
      offered = found;
      write();
      find(`verdict${letter}`).append(button);
    },
  };
}
