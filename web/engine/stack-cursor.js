/**
 * stack-cursor.js: a place in a line of the stack notation: takes words and numbers from it, and refuses what is wrong with
 * its position.
 *
 * It knows no grammar: that is in stack-reader.js and stack-options.js.
 */
import { refuse } from './refusal.js';
import { findWord, nearWords } from './stack-words.js';

/** @typedef {import('./refusal.js').Expected} Expected */
/** A line: as it is read, the place that has been reached, and as it was written.
 * @typedef {{ text: string, place: number, line: string }} Cursor */

const SPACE = /\s*/y;
export const DASH = /-\s*>?/y;
export const COLON = /:/y;
export const EQUALS = /=/y;
export const TIMES = /\*/y;
export const OPEN = /\(/y;
export const CLOSE = /\)/y;
export const COMMA = /,/y;
const BY = /x(?=\s*\d)/iy;
/** A number with a point; whether it is whole is checked later. */
const UNSIGNED = /\d+(?:\.\d+)?/y;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/iy;
/** What a message shows of a wrong place: a word, a number or one character. */
const TOKEN = /[\p{L}_]+(?:[-_][\p{L}_]+)*|\d[\d.]*|./uy;

/** Other characters that readers type. Each stands for one, so that positions stay. */
const LOOKALIKES = /** @type {[RegExp, string][]} */ ([
  [/[‐‑‒–—−→]/g, '-'],
  [/[×хХ✕]/g, 'x'],
  [/[∗⋅·]/g, '*'],
]);

/** A place at the start of a line. @param {string} line @returns {Cursor} */
export const startOf = (line) => ({
  text: LOOKALIKES.reduce((changed, [pattern, plain]) => changed.replace(pattern, plain), line),
  place: 0,
  line,
});

/** @param {Cursor} cursor @param {RegExp} token sticky @returns {string | null} what was there; spaces are passed over */
export function take(cursor, token) {
  const start = cursor.place;
  SPACE.lastIndex = start;
  SPACE.exec(cursor.text);
  token.lastIndex = SPACE.lastIndex;
  const found = token.exec(cursor.text);
  cursor.place = found ? token.lastIndex : start;
  return found === null ? null : found[0];
}

/** @param {Cursor} cursor */
export function skipSpace(cursor) {
  take(cursor, /(?:)/y);
  return cursor.place;
}

/**
 * @template T @param {Cursor} cursor
 * @param {import('./stack-words.js').Vocabulary<T>} words
 * @returns {T | null}
 */
export function takeWord(cursor, words) {
  const found = findWord(words, cursor.text, skipSpace(cursor));
  if (!found) return null;
  cursor.place = found.end;
  return found.value;
}

/** What stands at a position. @param {string} text @param {number} position @returns {string} '' at the end */
export function tokenAt(text, position) {
  TOKEN.lastIndex = position;
  return TOKEN.exec(text)?.[0].slice(0, 40) ?? '';
}

/**
 * @param {Cursor} cursor
 * @param {Expected} expected
 * @param {number} [position] default: the next word
 * @param {readonly string[]} [names] that would be right there
 * @returns {never}
 */
export function unexpected({ text, place, line }, expected, position, names = []) {
  SPACE.lastIndex = place;
  SPACE.exec(text);
  const where = position ?? SPACE.lastIndex;
  const found = tokenAt(text, where);
  const near = nearWords(found, names);
  // a hyphen may also end the item: of he-10 the word is he
  const first = near.length > 0 ? found : found.split('-')[0];
  const more = near.length > 0 ? near : nearWords(first, names);
  return refuse('stackUnexpected', 'stack', line, {
    position: where,
    expected,
    found: more.length > 0 ? first : found,
    near: more,
  });
}

/**
 * @param {Cursor} cursor
 * @param {Expected} expected what the number is
 * @param {number} least
 * @param {number} most
 * @param {boolean} [whole]
 */
export function readNumber(cursor, expected, least, most, whole = true) {
  const start = skipSpace(cursor);
  const written = take(cursor, whole ? UNSIGNED : NUMBER);
  if (written === null) return unexpected(cursor, expected);
  const value = Number(written);
  const fits = value >= least && value <= most && (!whole || Number.isInteger(value));
  if (fits) return value;
  return refuse('stackNumber', 'stack', cursor.line, {
    position: start,
    expected,
    found: written.slice(0, 40),
    least,
    most,
    whole,
  });
}

/** One side, or several with an x between them. @param {Cursor} cursor @param {Expected} expected
 * @param {number} most of a side @returns {number[]} */
export function readSides(cursor, expected, most) {
  const sides = [readNumber(cursor, expected, 1, most)];
  while (sides.length < 4 && take(cursor, BY)) sides.push(readNumber(cursor, expected, 1, most));
  return sides;
}
