/**
 * stack-reader.js: reads the stack notation: a line such as 28x28x1-conv6:5x5:tanh-maxpool2-120-10 becomes the layers of a
 * spec. A wrong line is refused with the position, and with what was expected there.
 *
 *   line   = input, then one or more of: - item
 *   input  = N, or HxW (one channel), or HxWxC
 *   item   = [count *] layer, or count * ( layer - layer ... )
 *   layer  = units, or a word and its number (conv6, maxpool2, gap); then any of: [:] option
 *   option = sides (5x5), a name (tanh, he-normal=0.02, valid), a word and its value (gain=2), or a letter (k3 s2 p1 g4)
 *
 * Spaces may stand between words, and in place of a colon. Case does not matter. The words are in stack-words.js. What
 * needs more than the line, such as groups that divide the channels, is checked in spec.js.
 */
import { refuse } from './refusal.js';
import {
  CLOSE,
  COLON,
  DASH,
  OPEN,
  readNumber,
  readSides,
  skipSpace,
  startOf,
  TIMES,
  take,
  takeWord,
  tokenAt,
  unexpected,
} from './stack-cursor.js';
import { readOption, readSquare, refuseLater } from './stack-options.js';
import { inherited, withoutDefaults } from './stack-plain.js';
import { KIND_WORDS, KINDS, OPTIONS } from './stack-words.js';
import { LIMITS } from './tables.js';

/** @typedef {import('./spec.js').Layer} Layer */
/** @typedef {import('./stack-plain.js').Whole} Whole */
/** @typedef {import('./stack-cursor.js').Cursor} Cursor */
/** @typedef {{ start: number, end: number }} Place of a layer in the line; end is excluded */

/** The longest line. The canonical line of every spec is shorter. */
const LONGEST_LINE = 2 ** 16;

/** A dense layer's units, of the last layer. */
const MOST_UNITS = 65536;

/** One layer without what it takes from the whole. @param {Cursor} cursor @returns {{ layer: any, place: Place }} */
function readLayer(cursor) {
  const start = skipSpace(cursor);
  /** @type {any} */
  let layer;
  if (/\d/.test(cursor.text[start] ?? '')) {
    layer = { kind: 'dense', units: readNumber(cursor, 'units', 1, MOST_UNITS) };
  } else {
    const word = takeWord(cursor, KIND_WORDS);
    if (word === null) return unexpected(cursor, 'layer', start, KIND_WORDS.words);
    if ('later' in word) return refuseLater(cursor, start, 'layer');
    layer = { kind: word.kind };
    const { number } = KINDS[word.kind];
    if (number === 'units') layer.units = readNumber(cursor, 'units', 1, MOST_UNITS);
    if (number === 'channels') layer.channelsOut = readNumber(cursor, 'channels', 1, LIMITS.channels);
    if (number === 'window' && /\d/.test(cursor.text[skipSpace(cursor)] ?? '')) {
      layer.window = readSquare(cursor, 'window', OPTIONS.window.most ?? 0);
    }
  }
  let { place: end } = cursor;
  for (;;) {
    const colon = take(cursor, COLON) !== null;
    if (!readOption(cursor, layer.kind, layer, colon)) break;
    end = cursor.place;
  }
  return { layer, place: { start, end } };
}

/**
 * One item: a layer, a repeated layer, or a repeated group of layers.
 * @param {Cursor} cursor
 * @param {number} before layers before it
 * @returns {{ layer: any, place: Place }[]} expanded
 */
function readItem(cursor, before) {
  const start = skipSpace(cursor);
  const counted = /^\d+(?:\.\d+)?\s*\*/.test(cursor.text.slice(start, start + 40));
  const count = counted ? readNumber(cursor, 'count', 1, LIMITS.depth) : 1;
  if (counted) take(cursor, TIMES);
  const open = take(cursor, OPEN) !== null;
  /** @type {ReturnType<typeof readLayer>[]} */
  const items = [];
  do {
    const position = items.length === 0 ? start : skipSpace(cursor);
    if (before + count * (items.length + 1) > LIMITS.depth) {
      refuse('stackDeep', 'stack', cursor.line, {
        position,
        expected: LIMITS.depth,
        found: tokenAt(cursor.text, position),
      });
    }
    items.push(readLayer(cursor));
  } while (open && take(cursor, DASH));
  if (open && !take(cursor, CLOSE)) unexpected(cursor, 'close');
  return Array.from({ length: count }, () => items).flat();
}

/** What the first layer needs to know of the input. @param {Cursor} cursor @param {any} layer
 * @param {number[]} input @param {number} start of the input */
function withInput(cursor, layer, input, start) {
  if (layer.kind === 'dense') {
    const inputs = input.reduce((product, side) => product * side);
    if (input.length > 1 && layer.pool === 'average') unexpected(cursor, 'vector', start);
    if (inputs > LIMITS.inputs) {
      const range = { position: start, expected: /** @type {const} */ ('inputs'), found: tokenAt(cursor.text, start) };
      refuse('stackNumber', 'stack', cursor.line, { ...range, least: 1, most: LIMITS.inputs, whole: true });
    }
    return { ...layer, inputs };
  }
  if (input.length === 1) {
    if (layer.kind !== 'transposed-conv') unexpected(cursor, 'image', start);
    return { ...layer, size: [1, 1], channelsIn: input[0] };
  }
  return { ...layer, size: input.slice(0, 2), channelsIn: input[2] ?? 1 };
}

/**
 * Reads a line, with the place of each layer in it.
 * @param {string} line
 * @param {Whole} [whole] what layers take where they do not say
 * @returns {{ layers: Layer[], places: Place[] }} layers in plain form, as plainLayers makes it
 * @throws {import('./refusal.js').RefusalError} field 'stack'; the range has the position, from 0, and what was expected
 */
export function readStack(line, whole = {}) {
  if (typeof line !== 'string') {
    return refuse('stackUnexpected', 'stack', line, { position: 0, expected: 'text', found: '', near: [] });
  }
  if (line.length > LONGEST_LINE) {
    refuse('stackLong', 'stack', line, { position: LONGEST_LINE, expected: LONGEST_LINE, found: '' });
  }
  const cursor = startOf(line);
  const start = skipSpace(cursor);
  const input = readSides(cursor, 'input', LIMITS.inputs);
  if (input.length > 3) unexpected(cursor, 'input', start);
  const items = [];
  while (take(cursor, DASH)) items.push(...readItem(cursor, items.length));
  if (skipSpace(cursor) < cursor.text.length || items.length === 0) unexpected(cursor, 'dash');
  let channels = input[2] ?? 1;
  const layers = items.map(({ layer: said }, i) => {
    const layer = i === 0 ? withInput(cursor, said, input, start) : said;
    const full = { ...inherited(layer.kind, whole, channels, layer.channelsOut), ...layer };
    channels = layer.channelsOut ?? channels;
    return /** @type {Layer} */ (/** @type {unknown} */ (withoutDefaults(full)));
  });
  return { layers, places: items.map(({ place }) => place) };
}

/**
 * The layers that a line describes.
 * @param {string} line
 * @param {Whole} [whole]
 * @returns {Layer[]}
 * @throws {import('./refusal.js').RefusalError}
 */
export const parseStack = (line, whole) => readStack(line, whole).layers;
