/**
 * stacks.js: the reader's own stack: from the line in a state to the layers of its networks. One place that knows how many
 * layers a state has.
 *
 * It reads no line itself: engine/stack.js does. The page loads that when a line first appears, and hands it over here.
 * Until then a state counts as one without a line.
 */

/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('./state.js').State} State */

/**
 * What reads lines. Both throw a RefusalError where a text cannot be read.
 * @typedef {object} Reader
 * @property {(line: string) => Layer[]} parseStack
 * @property {(layers: readonly Layer[], index: number, item: string) => Layer[]} replaceLayer
 */

/** The controls that make layers. The reader's own take their place. */
export const MAKES_LAYERS = [
  ...['kind', 'depth', 'width', 'inputs', 'kernel', 'channels', 'size', 'padding', 'groups'],
  ...['head', 'headGain', 'pool'],
];

/** @type {Reader | null} */
let reader = null;

/** Layers by what they were read from: a state is asked for them many times. @type {Map<string, Layer[] | null>} */
const known = new Map();

/** The most layers that are kept: those of A and B, before and after a change. */
const MOST_KNOWN = 8;

/** Hands over what reads lines. @param {Reader} next */
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

/** How many layers the networks of a state have. @param {State} state @returns {number} */
export const depthOf = (state) => layersOfLine(state, 'A')?.length ?? state.depth;
