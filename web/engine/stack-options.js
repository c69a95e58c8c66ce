/**
 * stack-options.js: reads one option of a layer in the stack notation, such as 5x5, tanh, he-normal=0.02 or gain=2.
 *
 * The options, their words and their ranges are tables in stack-words.js. Layers and lines are read in stack-reader.js.
 */
import { refuse } from './refusal.js';
import {
  CLOSE,
  COMMA,
  EQUALS,
  OPEN,
  readNumber,
  readSides,
  skipSpace,
  take,
  takeWord,
  tokenAt,
  unexpected,
} from './stack-cursor.js';
import {
  DISTRIBUTION_WORDS,
  KINDS,
  MODE_WORDS,
  numberOfScheme,
  OPTION_NAMES,
  OPTION_WORDS,
  OPTIONS,
  SCHEME_WORDS,
  VALUE_NAMES,
} from './stack-words.js';
import { LIMITS } from './tables.js';

/** @typedef {import('./stack-cursor.js').Cursor} Cursor */
/** @typedef {import('./refusal.js').Expected} Expected */

const ARGUMENT = /(?:scale|std|bound|value|share|mode|distribution)\s*=\s*/iy;

/** A height and a width; one number is both. @param {Cursor} cursor @param {Expected} expected
 * @param {number} most */
export function readSquare(cursor, expected, most) {
  const start = skipSpace(cursor);
  const sides = readSides(cursor, expected, most);
  if (sides.length > 2) return unexpected(cursor, expected, start);
  return [sides[0], sides[1] ?? sides[0]];
}

/** The argument of a scheme in brackets: its number, its mode or its distribution.
 * @param {Cursor} cursor @param {Record<string, any>} choice that it is added to */
function readArgument(cursor, choice) {
  const start = skipSpace(cursor);
  take(cursor, ARGUMENT);
  const number = numberOfScheme(choice.name);
  const scaling = number?.field === 'scale';
  const mode = scaling && takeWord(cursor, MODE_WORDS);
  const distribution = scaling && !mode && takeWord(cursor, DISTRIBUTION_WORDS);
  /** @type {[string, unknown]} */
  const [key, value] = mode
    ? ['mode', mode]
    : distribution
      ? ['distribution', distribution]
      : [number?.field ?? '', number && readNumber(cursor, 'schemeNumber', number.least, number.most, false)];
  if (!number) unexpected(cursor, 'close');
  if (key in choice) refuseTwice(cursor, key, start);
  choice[key] = value;
}

/** @param {Cursor} cursor @param {string} option @param {number} position @returns {never} */
const refuseTwice = (cursor, option, position) =>
  refuse('stackTwice', 'stack', cursor.line, {
    position,
    expected: 'nothing',
    found: tokenAt(cursor.text, position),
    option: OPTIONS[option]?.words[0] ?? option,
  });

/** What follows the name of a scheme: =number, or arguments in brackets.
 * @param {Cursor} cursor @param {string} name @returns {import('./spec.js').SchemeChoice} */
function readScheme(cursor, name) {
  const choice = /** @type {any} */ ({ name });
  const number = numberOfScheme(name);
  if (number && take(cursor, EQUALS)) {
    choice[number.field] = readNumber(cursor, 'schemeNumber', number.least, number.most, false);
  } else if (number && take(cursor, OPEN)) {
    do readArgument(cursor, choice);
    while (take(cursor, COMMA));
    if (!take(cursor, CLOSE)) unexpected(cursor, 'close');
  }
  return Object.keys(choice).length > 1 ? choice : name;
}

/** @param {Cursor} cursor @param {string} field of the layer @returns {string} */
function readName(cursor, field) {
  const words = VALUE_NAMES[field];
  return takeWord(cursor, words) ?? unexpected(cursor, /** @type {any} */ (field), undefined, words.words);
}

/** A scheme, or for biases also a number: their std. @param {Cursor} cursor @param {string} field */
function readChoice(cursor, field) {
  const name = takeWord(cursor, SCHEME_WORDS);
  if (name !== null) return readScheme(cursor, name);
  if (field === 'bias' && isNumber(cursor)) {
    const std = readNumber(cursor, 'bias', 0, LIMITS.scale, false);
    return std === 0 ? 'zeros' : { name: 'normal', std };
  }
  return unexpected(cursor, field === 'bias' ? 'bias' : 'scheme', undefined, SCHEME_WORDS.words);
}

/** @param {Cursor} cursor */
const isNumber = ({ text, place }) => /^\s*[-+]?\.?\d/.test(text.slice(place, place + 40));

/** The value of an option, by its type. @type {Record<string, (cursor: Cursor, field: string) => unknown>} */
const READERS = {
  whole: (cursor, field) => {
    const { least = 0, most = 0 } = OPTIONS[field];
    return readNumber(cursor, /** @type {any} */ (field), least, most);
  },
  sides: (cursor, field) => readSquare(cursor, /** @type {any} */ (field), OPTIONS[field].most ?? 0),
  padding: (cursor, field) => (isNumber(cursor) ? READERS.whole(cursor, field) : readName(cursor, field)),
  gain: (cursor, field) =>
    isNumber(cursor) ? readNumber(cursor, 'gain', 0, LIMITS.scale, false) : readName(cursor, field),
  name: readName,
  scheme: readChoice,
  flag: (cursor, field) => readName(cursor, field) === 'true',
  names: (cursor, field) => {
    const names = [];
    do names.push(readName(cursor, field));
    while (take(cursor, COMMA));
    return names.filter((name) => name !== 'none');
  },
};

/**
 * One option.
 * @param {Cursor} cursor
 * @param {string} kind
 * @param {any} layer that it is added to
 * @param {boolean} needed whether an option must stand here
 * @returns {boolean} whether there was one
 */
export function readOption(cursor, kind, layer, needed) {
  const start = skipSpace(cursor);
  const { options } = KINDS[kind];
  const sides = options.find((field) => OPTIONS[field].type === 'sides' && !(field in layer));
  if (sides && /\d/.test(cursor.text[start] ?? '')) {
    layer[sides] = READERS.sides(cursor, sides);
    return true;
  }
  const short = /^(op|[kspg])\s*=?\s*(?=\d)/i.exec(cursor.text.slice(start, start + 20));
  const shortField = short && Object.keys(OPTIONS).filter((field) => OPTIONS[field].short === short[1].toLowerCase());
  if (short) cursor.place = start + short[0].length;
  const word = shortField
    ? { field: shortField.find((field) => options.includes(field)) ?? shortField[0] }
    : (takeWord(cursor, OPTION_NAMES) ?? takeWord(cursor, OPTION_WORDS[kind]));
  if (word === null) {
    if (!needed && !/[\p{L}_]/u.test(cursor.text[start] ?? '')) return false;
    return unexpected(cursor, options.length > 0 ? 'option' : 'dash', start, [
      ...OPTION_NAMES.words,
      ...options.map((field) => OPTIONS[field].words[0]),
    ]);
  }
  if ('later' in word) return refuseLater(cursor, start, 'option');
  const { field } = word;
  if (!options.includes(field)) {
    const found = tokenAt(cursor.text, start);
    return refuse('stackMisfit', 'stack', cursor.line, {
      position: start,
      expected: options.map((name) => OPTIONS[name].words[0]),
      found,
      kind,
    });
  }
  if (field in layer) return refuseTwice(cursor, field, start);
  if ('name' in word) {
    layer[field] = field === 'scheme' ? readScheme(cursor, String(word.name)) : word.name;
  } else {
    const given = short !== null || take(cursor, EQUALS);
    layer[field] = field === 'varianceAsStd' && !given ? true : READERS[OPTIONS[field].type](cursor, field);
  }
  return true;
}

/** @param {Cursor} cursor @param {number} position @param {'layer' | 'option'} expected @returns {never} */
export const refuseLater = (cursor, position, expected) =>
  refuse('stackLater', 'stack', cursor.line, { position, expected, found: tokenAt(cursor.text, position) });
