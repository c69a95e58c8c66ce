/**
 * own-stack.js: the reader's own stack of layers, on the side of the main script. It loads the part `stack` when a line first
 * appears, has lines read, and hands the part what it needs of the page.
 *
 * The editor is in the part (web/stack/). What the layers of a line are is decided in state/stacks.js.
 */
import { words } from '../locales/words.js';
import { specOf } from '../state/networks.js';
import { useReader } from '../state/stacks.js';
import { loadPart } from './parts.js';

/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('../state/state.js').State} State */

/**
 * @typedef {object} Page what the editor needs of the page
 * @property {(id: string) => HTMLElement} find an element of the page
 * @property {() => State} state
 * @property {(changes: Partial<State>) => void} change
 * @property {(say: () => string) => void} note writes a note
 * @property {(text: string) => void} say has a text read out; it is not shown
 *
 * @typedef {Page & { words: () => any, layersOf: (state: State) => Layer[] }} Host layersOf: those that the controls make
 */

/** @param {State} state @returns {Layer[]} */
function layersOf(state) {
  const { layers } = specOf({ ...state, stack: '' }, 'A');
  if (state.headGain !== 1) return layers;
  return layers.map((layer) => /** @type {any} */ ({ ...layer, gain: undefined })); // that of each network
}

/** @param {Page} page */
export function createOwnStack(page) {
  /** @type {any} */
  let editor = null;
  /** Whether the last address has a line. */
  let hasLine = false;
  // an embed has kept the controls that it names, and not the line
  const find = (/** @type {string} */ id) => page.find(id) ?? document.createElement('div');

  async function load() {
    const part = await loadPart('stack');
    useReader(part);
    editor ??= part.createEditor({ ...page, find, words: () => words, layersOf });
  }

  /** Does something with the editor, once it is there; says so where it cannot be loaded. @param {() => any} act */
  async function withEditor(act) {
    try {
      if (!editor) await load();
      return act();
    } catch (error) {
      page.note(() => words.WORDS.noStack(String(error)));
    }
  }

  return {
    /** Turns the layers of the state into a line of the reader's own. */
    begin: () => withEditor(() => editor.begin()),

    /**
     * Has the line of a new state read.
     * @param {State} state
     * @returns {Promise<Partial<State>> | null} what must change where the line cannot be read; null where there is no line
     */
    read(state) {
      hasLine = state.stack !== '';
      if (!hasLine) return null;
      return withEditor(() => editor.open(state)).then(
        (changes) => changes ?? (editor ? {} : { stack: '', changeB: '' }),
      );
    },

    /** What is wrong with the line of the last address, if it has one. */
    fault: () => (hasLine ? String(editor?.fault() ?? '') : ''),

    /** Shows a state. @param {State} state */
    reflect: (state) => editor?.reflect(state),

    /** Writes every text again, in another language. */
    write: () => editor?.write(),
  };
}
