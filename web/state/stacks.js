/**
 * stacks.js: networks that are no stack of equal layers: the reader's own stack, from the line in a state to its layers, and
 * residual blocks. One place that knows how many layers a state has.
 *
 * It reads no line itself, and builds no block: engine/stack.js and block-layers.js do. The page loads them when they are first
 * needed, and hands them over here. Until then a state counts as one without a line or a block.
 */

/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('./state.js').State} State */

/**
 * What reads lines and builds blocks. The first two throw a RefusalError where a text cannot be read.
 * @typedef {object} Reader
 * @property {(line: string) => Layer[]} parseStack
 * @property {(layers: readonly Layer[], index: number, item: string) => Layer[]} replaceLayer
 * @property {typeof import('./block-layers.js').layersOfBlocks} [layersOfBlocks] not in tests of lines
 * @property {typeof import('./block-layers.js').computedOfBlocks} [computedOfBlocks]
 */

/** The controls that make layers. The reader's own take their place. */
export const MAKES_LAYERS = [
  ...['kind', 'block', 'norm', 'branch', 'depth', 'width', 'inputs', 'kernel', 'channels', 'size', 'padding', 'groups'],
  ...['head', 'headGain', 'pool'],
];

/** @type {Reader | null} */
let reader = null;

/** Layers by what they were read from: a state is asked for them many times. @type {Map<string, Layer[] | null>} */
const known = new Map();

/** The most layers that are kept: those of A and B, before and after a change. */
const MOST_KNOWN = 8;

/** Hands over what reads lines and builds blocks. @param {Reader} next */
export function useReader(next) {
  reader = next;
}

/** The editor says what is wrong with a line. @param {() => Layer[]} read */
function tryTo(read) {
  try {
    return read();
  } catch {
    return null;
  }
}

/** @param {string} text that names the layers @param {() => Layer[]} read @returns {Layer[] | null} */
function readOnce(text, read) {
  const layers = known.has(text) ? (known.get(text) ?? null) : tryTo(read);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, layers);
  return layers;
}

/**
 * A change in B as a state holds it: 2=300 makes layer 2 one of 300 units.
 * @param {string} changeB
 * @returns {{ layer: number, item: string } | null} layer: from 1; item: as in a line, not read yet; null: B is as A
 */
export function readChange(changeB) {
  const [, number, item] = /^(\d+)=(.*)$/s.exec(changeB) ?? [];
  return number ? { layer: Number(number), item } : null;
}

/**
 * The layers that a state's line asks for.
 * @param {State} state
 * @param {'A' | 'B'} letter
 * @returns {Layer[] | null} null where the state has no line, or one that cannot be read
 */
export function layersOfLine({ stack, changeB }, letter) {
  if (!stack || !reader) return null;
  const { parseStack, replaceLayer } = reader;
  const layers = readOnce(stack, () => parseStack(stack));
  const change = letter === 'B' ? readChange(changeB) : null;
  if (!change || !layers?.[change.layer - 1]) return layers;
  return readOnce(`${stack} ${changeB}`, () => replaceLayer(layers, change.layer - 1, change.item)) ?? layers;
}

/** The block of which a state's networks are made; 'none': they have none. @param {State} state @returns {string} */
export const blockOf = ({ block, kind, stack }) => (kind === 'dense' && !stack ? block : 'none');

/** Whether the layers of a state take a part of the page. @param {State} state */
export const isComposed = (state) => state.stack !== '' || blockOf(state) !== 'none';

/**
 * The layers of a state that are not all alike.
 * @param {State} state
 * @param {'A' | 'B'} letter
 * @param {number} [inputs] numbers of an example
 * @returns {Layer[] | null} null where the state has no line and no block, or one that cannot be read
 */
export const composedLayers = (state, letter, inputs = state.width) =>
  blockOf(state) === 'none' ? layersOfLine(state, letter) : (reader?.layersOfBlocks?.(state, letter, inputs) ?? null);

/** The controls that blocks compute otherwise than they were set. @param {State} state @returns {Partial<State>} */
export const computedOfBlock = (state) => (blockOf(state) === 'none' ? {} : (reader?.computedOfBlocks?.(state) ?? {}));

/** How many layers the networks of a state have. @param {State} state @returns {number} */
export const depthOf = (state) => composedLayers(state, 'A')?.length ?? state.depth;
