/**
 * stack-reader.js: reads the stack notation: a line such as 28x28x1-conv6:5x5:tanh-maxpool2-120-10 becomes the layers of a
 * spec. A wrong line is refused with the position, and with what was expected there.
 *
 *   line   = input, then one or more of: - item
 *   input  = N, or HxW (one channel), or HxWxC
 *   item   = [count *] layer, or [count *] ( item - item ... ) without brackets inside
 *   layer  = units, or a word and its number (conv6, maxpool2, gap, layernorm, add2); then any of: [:] option
 *   option = sides (5x5), a name (tanh, he-normal, normal=0.02, valid), a word and its value (gain=2), or a letter and
 *            its number (k3 s2 p1 g4)
 *
 * Spaces may stand between words, and in place of a colon. Case does not matter. What needs more than the line, such as
 * groups that divide the channels, is checked in spec.js.
 */
import { AFTER_VECTOR } from './kinds.js';
import { refuse } from './refusal.js';
import {
  isAt,
  readNumber,
  readSides,
  refuseAt,
  skipSpace,
  startOf,
  take,
  takeWord,
  unexpected,
} from './stack-cursor.js';
import { readOption, readSquare } from './stack-options.js';
import { copyOf, inherited, plainLayers, withoutDefaults } from './stack-plain.js';
import { KIND_WORDS, KINDS, OPTION_NAMES } from './stack-words.js';
import { LIMITS } from './tables.js';
import { channelsFrom } from './units.js';

/** @typedef {import('./spec.js').Layer} Layer */
/** @typedef {import('./stack-plain.js').Whole} Whole */
/** @typedef {import('./stack-cursor.js').Cursor} Cursor */
/** @typedef {ReturnType<typeof readSides>} Input N, or height, width and perhaps channels; where they stand */
/** @typedef {{ start: number, end: number }} Place of a layer in the line; end is excluded */
/** @typedef {{ layer: any, place: Place }} Said a layer as the line says it, without what it takes from elsewhere */

/** The longest line. The canonical line of every spec is shorter. */
const LONGEST_LINE = 2 ** 17;

const DASH = /-\s*>?/y;
const COLON = /:/y;
const TIMES = /\*/y;
const OPEN = /\(/y;
const CLOSE = /\)/y;
const DIGIT = /\d/y;
/** Some write decimals so, and some a list of layers. */
const COMMA = /,/y;
const COUNTED = /\d+(?:\.\d+)?\s*\*/y;

/** A layer without its options. @param {Cursor} cursor @returns {any} */
function readKind(cursor) {
  const position = skipSpace(cursor);
  const word = isAt(cursor, DIGIT) ? { kind: 'dense' } : takeWord(cursor, KIND_WORDS);
  if (word === null) {
    const attached = takeWord({ ...cursor }, OPTION_NAMES) !== null; // 256-relu for 256:relu
    return unexpected(cursor, attached ? 'attached' : 'layer', KIND_WORDS.words);
  }
  if ('later' in word) return refuseAt(cursor, 'stackLater', position, { expected: 'layer' });
  const { kind } = word;
  const { number } = KINDS[kind];
  if (number === 'units') return { kind, units: readNumber(cursor, 'units', 1, LIMITS.outputs) };
  if (number === 'over') return { kind, over: readNumber(cursor, 'over', 1, LIMITS.depth - 1) };
  if (number === 'channels') return { kind, channelsOut: readNumber(cursor, 'channels', 1, LIMITS.channels) };
  return number === 'window' && isAt(cursor, DIGIT) ? { kind, window: readSquare(cursor, kind, 'window') } : { kind };
}

/** A layer with its options. @param {Cursor} cursor @returns {Said} */
function readLayer(cursor) {
  const start = skipSpace(cursor);
  const layer = readKind(cursor);
  let end = cursor.place;
  while (readOption(cursor, layer, take(cursor, COLON) !== null)) end = cursor.place;
  return { layer, place: { start, end } };
}

/**
 * One item, expanded. How many layers it has is known before it is expanded.
 * @param {Cursor} cursor
 * @param {number} room how many layers it may have
 * @param {boolean} [inside] whether it is inside brackets, where there are no others
 * @returns {Said[]}
 */
function readItem(cursor, room, inside = false) {
  const position = skipSpace(cursor);
  const counted = isAt(cursor, COUNTED);
  const count = counted ? readNumber(cursor, 'count', 1, LIMITS.depth) : 1;
  if (counted) take(cursor, TIMES);
  if (count > room) refuseAt(cursor, 'stackDeep', position, { expected: LIMITS.depth });
  if (inside || !take(cursor, OPEN)) return Array(count).fill(readLayer(cursor));
  const most = Math.floor(room / count);
  /** @type {Said[]} */
  const items = [];
  do items.push(...readItem(cursor, most - items.length, true));
  while (take(cursor, DASH));
  if (!take(cursor, CLOSE)) unexpected(cursor, 'close');
  return Array.from({ length: count }, () => items).flat();
}

/**
 * The first layer, with what it needs to know of the input.
 * @param {Cursor} cursor
 * @param {any} layer
 * @param {Input} input
 */
function withInput(cursor, layer, { sides, positions }) {
  const { kind } = layer;
  const image = sides.length > 1;
  const [position] = positions;
  if (kind === 'dense') {
    if (image && layer.pool === 'average') {
      refuseAt(cursor, 'stackUnexpected', position, { expected: 'vector', near: [] });
    }
    const inputs = sides.reduce((product, side) => product * side);
    if (inputs <= LIMITS.inputs) return { ...layer, inputs };
    const range = { expected: /** @type {const} */ ('inputs'), least: 1, most: LIMITS.inputs, whole: true };
    return refuseAt(cursor, 'stackNumber', position, range);
  }
  if (!image && !AFTER_VECTOR.includes(kind)) {
    refuseAt(cursor, 'stackUnexpected', position, { expected: 'image', near: [] });
  }
  const [height, width, channelsIn = 1] = image ? sides : [1, 1, sides[0]];
  const isVector = height * width === 1 && AFTER_VECTOR.includes(kind);
  sides.forEach((side, i) => {
    const channels = !image || i === 2;
    const most = channels ? (isVector ? LIMITS.inputs : LIMITS.channels) : LIMITS.side;
    /** @type {import('./refusal.js').Expected} */
    const expected = channels ? 'channels' : 'side';
    if (side > most) refuseAt(cursor, 'stackNumber', positions[i], { expected, least: 1, most, whole: true });
  });
  return { ...layer, size: [height, width], channelsIn };
}

/**
 * A layer with what it takes where the line does not say, in plain form.
 * @param {any} layer
 * @param {Whole} whole
 * @param {number} channels below it
 * @returns {Layer}
 */
function complete(layer, whole, channels) {
  const { kind, channelsOut } = layer;
  return copyOf(withoutDefaults({ kind, ...inherited(kind, whole, channels, channelsOut), ...layer }));
}

/** @param {any} line @returns {Cursor} at its start */
function begin(line) {
  if (typeof line !== 'string') {
    return refuse('stackUnexpected', 'stack', line, { position: 0, expected: 'text', found: '', near: [] });
  }
  if (line.length <= LONGEST_LINE) return startOf(line);
  return refuse('stackLong', 'stack', line, { position: LONGEST_LINE, expected: LONGEST_LINE, found: '' });
}

/**
 * Reads a line, with the place of each layer in it.
 * @param {string} line
 * @param {Whole} [whole] what layers take where they do not say
 * @returns {{ layers: Layer[], places: Place[] }} layers in plain form, as plainLayers makes it
 * @throws {import('./refusal.js').RefusalError} the field is 'stack'; the range has the position, from 0, what was found
 *   and what was expected
 */
export function readStack(line, whole = {}) {
  const cursor = begin(line);
  if (isAt(cursor, COUNTED)) unexpected(cursor, 'start');
  const input = readSides(cursor, 'input', LIMITS.inputs, 3);
  /** @type {Said[]} */
  const items = [];
  while (take(cursor, DASH)) items.push(...readItem(cursor, LIMITS.depth - items.length));
  if (isAt(cursor, COMMA)) unexpected(cursor, 'comma');
  if (skipSpace(cursor) < cursor.text.length || items.length === 0) unexpected(cursor, 'dash');

  const { sides } = input;
  let channels = sides.length === 1 ? sides[0] : (sides[2] ?? 1);
  const layers = items.map(({ layer: said }, i) => {
    const layer = complete(i === 0 ? withInput(cursor, said, input) : said, whole, channels);
    channels = said.channelsOut ?? channelsFrom(said.kind, channels);
    return layer;
  });
  return { layers, places: items.map(({ place }) => place) };
}

/**
 * The layers that a line describes.
 * @param {string} line
 * @param {Whole} [whole]
 * @returns {Layer[]}
 * @throws {import('./refusal.js').RefusalError} as readStack
 */
export const parseStack = (line, whole) => readStack(line, whole).layers;

/**
 * The layers with another one in place of one of them.
 * @param {readonly Layer[]} layers of a spec that the engine runs
 * @param {number} index of the layer, from 0
 * @param {string} item the other layer, such as 256:tanh
 * @param {Whole} [whole]
 * @returns {Layer[]} in plain form
 * @throws {import('./refusal.js').RefusalError} as readStack; positions are those in the item
 */
export function replaceLayer(layers, index, item, whole = {}) {
  const cursor = begin(item);
  const { layer: said } = readLayer(cursor);
  if (skipSpace(cursor) < cursor.text.length) unexpected(cursor, 'single');
  const plain = /** @type {any[]} */ (plainLayers(layers));
  const [first] = plain;
  const { kind, inputs, size, channelsIn } = first;
  const isVector = AFTER_VECTOR.includes(kind) && String(size) === '1,1'; // as the writer has it
  const sides = kind === 'dense' ? [inputs] : isVector ? [channelsIn] : [...size, channelsIn];
  const positions = sides.map(() => 0);
  const channels = plain
    .slice(0, index)
    .reduce((below, { kind: one, channelsOut = channelsFrom(one, below) }) => channelsOut, channelsIn);
  plain[index] = complete(index === 0 ? withInput(cursor, said, { sides, positions }) : said, whole, channels);
  return plain;
}
