/**
 * stacks.js: the reader's own stack: from the line in a state to the layers of its networks. One place that knows how many
 * layers a state has.
 *
 * It reads no line itself: engine/stack.js does. The page loads that when a line first appears, and hands it over here.
 * Until then a state counts as one without a line.
 */

/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('./state.js').State} State */

/** @typedef {(line: string) => Layer[]} Parse throws a RefusalError where a line cannot be read */

/** @type {Parse | null} */
let parse = null;

/** Layers by the line that they were read from: a state is asked for them many times. @type {Map<string, Layer[]>} */
const read = new Map();

/** The most lines that are kept: those of A and B, before and after a change. */
const MOST_READ = 8;

/** Hands over what reads lines. @param {Parse} parser */
export function useParser(parser) {
  parse = parser;
}

/** @param {string} line @param {Parse} parser */
function readOnce(line, parser) {
  const layers = read.get(line) ?? parser(line);
  if (read.size >= MOST_READ) read.clear();
  read.set(line, layers);
  return layers;
}

/** The fields of a first layer that say what goes in. */
const OF_INPUT = ['inputs', 'channelsIn', 'size'];

/** An input before which any layer can stand. */
const ANY_INPUT = '8x8x8';

/**
 * The layers of B: those of A, with one changed.
 * @param {string} line of A
 * @param {string} change as in a state: the number of a layer, =, its item
 * @param {Parse} parser
 */
function changeLayer(line, change, parser) {
  const layers = readOnce(line, parser);
  const [, number, item] = /^(\d+)=(.*)$/s.exec(change) ?? [];
  const place = Number(number) - 1;
  if (!layers[place]) return layers;
  const input = place === 0 ? line.split('-')[0] : ANY_INPUT;
  const [changed] = readOnce(`${input}-${item}`, parser);
  const fields = Object.entries(changed).filter(([key]) => place === 0 || !OF_INPUT.includes(key));
  return layers.map((layer, i) => (i === place ? /** @type {any} */ (Object.fromEntries(fields)) : layer));
}

/**
 * The layers that a state's line asks for.
 * @param {State} state
 * @param {'A' | 'B'} letter
 * @returns {Layer[] | null} null where the state has no line
 * @throws {import('../engine/refusal.js').RefusalError} where the line cannot be read
 */
export function layersOfLine({ stack, changeB }, letter) {
  if (!stack || !parse) return null;
  return letter === 'B' && changeB ? changeLayer(stack, changeB, parse) : readOnce(stack, parse);
}

/** How many layers the networks of a state have. @param {State} state @returns {number} */
export const depthOf = (state) => layersOfLine(state, 'A')?.length ?? state.depth;

/** Kinds of layer without weights. @type {readonly string[]} */
const WEIGHTLESS = ['max-pool', 'average-pool', 'global-average-pool', 'flatten'];

/** Whether a layer has weights. @param {{ kind: string }} layer */
export const hasWeights = ({ kind }) => !WEIGHTLESS.includes(kind);
