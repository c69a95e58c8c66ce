/**
 * own-stack.js: the reader's own stack of layers and residual blocks, on the side of the main script. It loads the part `stack`
 * when a line or a block first appears, has lines read, and hands the part what it needs of the page.
 *
 * The editor is in the part (web/stack/). What the layers of a line are is decided in state/stacks.js.
 */
import { later } from '../locales/en/later.js';
import { learn, words } from '../locales/words.js';
import { specOf } from '../state/networks.js';
import { isComposed, useReader } from '../state/stacks.js';
import { overruledChange } from './overruled.js';
import { loadPart } from './parts.js';

/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('../state/state.js').State} State */

/**
 * @typedef {object} Page what the editor needs of the page
 * @property {(id: string) => HTMLElement} find an element of the page
 * @property {() => State} state
 * @property {(changes: Partial<State>) => void} change
 * @property {(changes: Partial<State>) => void} takeRead takes over what was read of a line
 * @property {(say: () => string) => void} note writes a note
 * @property {(text: string) => void} say has a text read out; it is not shown
 *
 * @typedef {Page & { words: () => any, layersOf: (state: State) => Layer[] }} Host layersOf: those that the controls make
 */

/** @param {State} state @returns {Layer[]} */
function layersOf(state) {
  const plain = { ...state, stack: '' };
  const { layers } = specOf(plain, 'A');
  if (state.headGain !== 1 || isComposed(plain)) return layers; // blocks say a gain only where it is their own
  return layers.map((layer) => /** @type {any} */ ({ ...layer, gain: undefined })); // that of each network
}

/** @param {Page} page */
export function createOwnStack(page) {
  /** @type {any} */
  let editor = null;
  /** Whether the part is on its way, and whether it could not be loaded before. */
  let isLoading = false;
  let hasFailed = false;
  /** Whether the reader has asked for layers of their own, and they are not there yet. */
  let isWanted = false;
  /** Called when no line is left to wait for. */
  let free = () => {};
  // an embed has kept the controls that it names, and not the line
  const find = (/** @type {string} */ id) => page.find(id) ?? document.createElement('div');

  /** Takes over what is read of the state's line. Nothing may come between: the editor knows no other line. */
  function readNow() {
    const state = page.state();
    page.takeRead(state.stack ? editor.open(state) : { block: state.block });
    const overruled = overruledChange(state, state, ['depth', 'norm']); // an address may ask for too much
    if (overruled()) page.note(overruled);
  }

  /** Loads the part, and reads the line that the state has then, or takes over its block. Says so where it cannot be loaded. */
  async function load() {
    isLoading = true;
    try {
      // what is wrong with a line is said while it is typed
      const [part] = await Promise.all([loadPart('stack'), words.lang === 'en' && later.load()]);
      isLoading = false;
      useReader(part);
      learn(part.BLOCK_WORDS);
      if (editor) return;
      editor = part.createEditor({ ...page, find, words: () => words, layersOf });
      readNow();
    } catch (error) {
      [isLoading, hasFailed, isWanted] = [false, true, false];
      const { stack } = page.state();
      page.takeRead(stack ? { stack } : { block: 'none' }); // a line stays, to be read at the next change
      page.note(() => words.WORDS.noStack(String(error)));
    } finally {
      free();
    }
  }

  /** The controls make the layers from now on. */
  function leave() {
    isWanted = false;
    editor?.leave();
  }

  return {
    leave,

    /** Turns the layers of the state into a line of the reader's own, if they still want that once it can be done. */
    async begin() {
      isWanted = true;
      if (!editor) await load();
      if (!isWanted) return;
      isWanted = false;
      editor.begin();
    },

    /**
     * Reads the line of a state that is taken next: now, or as soon as the part is there.
     * @param {State} next
     * @returns {Partial<State>} what must change in it
     */
    read(next) {
      if (!next.stack) leave();
      else if (editor) return editor.open(next);
      this.retry(next);
      return {};
    },

    /** Loads the part where a state needs it and it is not there: also where it could not be loaded before. @param {State} state */
    retry(state) {
      if (isComposed(state) && !editor && !isLoading) load();
    },

    /** Whether the networks wait for the line of the state, or for its blocks. */
    isReading: () => isLoading && !hasFailed && isComposed(page.state()),

    /** Resolves when the networks wait for no line. */
    async settle() {
      if (!isLoading || !isComposed(page.state())) return;
      await new Promise((resolve) => {
        free = () => resolve(undefined);
      });
    },

    /** Whether the layers are the reader's own, or are to be. */
    isOwn: () => page.state().stack !== '' || isWanted || Boolean(editor?.isPending()),

    /** What is wrong with the line of the last address, if it has one. */
    fault: () => String(editor?.fault() ?? ''),

    /** Shows a state. @param {State} state */
    reflect(state) {
      if (!isComposed(state)) free();
      editor?.reflect(state);
    },

    /** Writes every text again, in another language. */
    write: () => editor?.write(),
  };
}
