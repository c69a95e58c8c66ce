/**
 * stack-cursor.js: a place in a line of the stack notation. It takes words and numbers from the line, and refuses what is
 * wrong with its position.
 *
 * It knows no grammar: that is in stack-reader.js and stack-options.js. All expressions are sticky, so that reading a line
 * takes time in proportion to its length.
 */
import { refuse } from './refusal.js';
import { findWord, nearWords } from './stack-words.js';

/**
 * @typedef {object} Cursor
 * @property {string} text the line as it is read: with plain signs in place of others that look like them
 * @property {string} line as it was written
 * @property {number} place that has been reached in both
 *
 * @typedef {import('./refusal.js').Expected} Expected
 * @typedef {import('./refusal.js').Ranges} Ranges
 * @typedef {Extract<keyof Ranges, `stack${string}`>} StackCode
 */

const SPACE = /\s*/y;
const NOTHING = /(?:)/y;
const BY = /x(?=\s*\d)/iy;
/** A number of things. It may have decimals here, so that a message can show all of it. */
const UNSIGNED = /\d+(?:\.\d+)?/y;
const SIGNED = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/iy;
/** What a message shows of a wrong place: a word, a number or one character. */
const TOKEN = /[\p{L}_]+(?:[-_][\p{L}_]+)*|\d[\d.]*|\S/uy;
const LONGEST_TOKEN = 40;

/** Signs that readers type, and what they are read as. Each is one character, so that positions stay. */
const LOOKALIKES = /** @type {[RegExp, string][]} */ ([
  [/[‐‑‒–—−→]/g, '-'],
  [/[×хХ✕]/g, 'x'],
  [/[∗⋅·]/g, '*'],
]);

/** The start of a line. @param {string} line @returns {Cursor} */
export const startOf = (line) => ({
  text: LOOKALIKES.reduce((text, [pattern, plain]) => text.replace(pattern, plain), line),
  line,
  place: 0,
});

/** @param {Cursor} cursor @param {RegExp} token sticky @returns {string | null} what is there, after any spaces */
export function take(cursor, token) {
  SPACE.lastIndex = cursor.place;
  SPACE.exec(cursor.text);
  token.lastIndex = SPACE.lastIndex;
  const found = token.exec(cursor.text);
  if (!found) return null;
  cursor.place = token.lastIndex;
  return found[0];
}

/** Whether something is there, after any spaces. @param {Cursor} cursor @param {RegExp} token sticky */
export const isAt = (cursor, token) => take({ ...cursor }, token) !== null;

/** Passes over spaces. @param {Cursor} cursor @returns {number} the position of the next character */
export function skipSpace(cursor) {
  take(cursor, NOTHING);
  return cursor.place;
}

/**
 * @template T
 * @param {Cursor} cursor
 * @param {import('./stack-words.js').Vocabulary<T>} words
 * @returns {T | null} what the word there stands for
 */
export function takeWord(cursor, words) {
  const found = findWord(words, cursor.text, skipSpace(cursor));
  if (!found) return null;
  cursor.place = found.end;
  return found.value;
}

/** @param {Cursor} cursor @param {number} position @returns {string} '' at the end */
function tokenAt({ line }, position) {
  TOKEN.lastIndex = position;
  return TOKEN.exec(line)?.[0].slice(0, LONGEST_TOKEN) ?? '';
}

/**
 * Refuses what stands at a position.
 * @template {StackCode} C
 * @param {Cursor} cursor
 * @param {C} code
 * @param {number} position
 * @param {Omit<Ranges[C], 'position' | 'found'> & { found?: string }} range
 * @returns {never}
 */
export function refuseAt(cursor, code, position, range) {
  const full = /** @type {unknown} */ ({ position, found: tokenAt(cursor, position), ...range });
  return refuse(code, 'stack', cursor.line, /** @type {Ranges[C]} */ (full));
}

/**
 * Refuses the next word.
 * @param {Cursor} cursor
 * @param {Expected} expected
 * @param {readonly string[]} [names] that would be right there: the nearest are offered
 * @returns {never}
 */
export function unexpected(cursor, expected, names = []) {
  const position = skipSpace(cursor);
  const found = tokenAt(cursor, position);
  // a hyphen may belong to the word, or end the item: in he-10 the word is he
  const words = [found, found.split('-')[0]];
  const word = words.find((one) => nearWords(one, names).length > 0);
  return refuseAt(cursor, 'stackUnexpected', position, {
    expected,
    found: word ?? found,
    near: word === undefined ? [] : nearWords(word, names),
  });
}

/**
 * @param {Cursor} cursor
 * @param {Expected} expected what the number is
 * @param {number} least
 * @param {number} most
 * @param {boolean} [whole] false: it may have decimals, a sign and an exponent
 */
export function readNumber(cursor, expected, least, most, whole = true) {
  const position = skipSpace(cursor);
  const found = take(cursor, whole ? UNSIGNED : SIGNED);
  if (found === null) return unexpected(cursor, expected);
  const value = Number(found);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  return refuseAt(cursor, 'stackNumber', position, {
    expected,
    found: cursor.line.slice(position, position + Math.min(found.length, LONGEST_TOKEN)),
    ...{ least, most, whole },
  });
}

/**
 * Numbers with an x between them.
 * @param {Cursor} cursor
 * @param {Expected} expected what they are
 * @param {number} most of one
 * @param {number} count how many there may be
 * @returns {{ sides: number[], positions: number[] }}
 */
export function readSides(cursor, expected, most, count) {
  const sides = [];
  const positions = [];
  do {
    positions.push(skipSpace(cursor));
    sides.push(readNumber(cursor, expected, 1, most));
  } while (sides.length < count && take(cursor, BY));
  return { sides, positions };
}
