/**
 * stack-options.js: reads one option of a layer in the stack notation, such as 5x5, tanh, he-normal=0.02 or gain=2.
 *
 * The options, their words and their ranges are tables in stack-words.js. Layers and lines are read in stack-reader.js.
 */
import { parameterOf, plainActivation } from './activations.js';
import { CUTS } from './rules.js';
import { isAt, readNumber, readSides, refuseAt, skipSpace, take, takeWord, unexpected } from './stack-cursor.js';
import {
  ARGUMENT_NAMES,
  argumentsOf,
  KINDS,
  numberOfScheme,
  OPTION_NAMES,
  OPTION_WORDS,
  OPTIONS,
  rangeOf,
  SCHEME_WORDS,
  SHORT_WORDS,
  VALUE_NAMES,
  written,
} from './stack-words.js';

/** @typedef {import('./stack-cursor.js').Cursor} Cursor */
/** @typedef {import('./refusal.js').Expected} Expected */

const EQUALS = /=/y;
const OPEN = /\(/y;
const CLOSE = /\)/y;
const COMMA = /,/y;
const DIGIT = /\d/y;
const LETTER = /[\p{L}_]/uy;
const NUMBER = /[-+]?\.?\d/y;
/** The name of an argument may stand before it. */
const ARGUMENT = /[\p{L}_]+(?=\s*=)/uy;

/** A height and a width; one number is both. @param {Cursor} cursor @param {string} kind @param {string} field */
export function readSquare(cursor, kind, field) {
  const { most } = rangeOf(kind, field);
  const [height, width = height] = readSides(cursor, /** @type {Expected} */ (field), most, 2).sides;
  return [height, width];
}

/** One of the words that an option takes, or an argument. @param {Cursor} cursor @param {string} field
 * @param {typeof VALUE_NAMES} [names] by field @returns {string} */
function readName(cursor, field, names = VALUE_NAMES) {
  const words = names[field];
  return takeWord(cursor, words) ?? unexpected(cursor, /** @type {Expected} */ (field), words.words);
}

/** The number of a scheme. @param {Cursor} cursor @param {{ least: number, most: number }} range */
const readSchemeNumber = (cursor, { least, most }) => readNumber(cursor, 'schemeNumber', least, most, false);

/** An argument of a scheme in brackets: its number, its mode, its distribution or its cut. A name before it says which.
 * @param {Cursor} cursor @param {Record<string, any>} choice that it is added to
 */
function readArgument(cursor, choice) {
  const position = skipSpace(cursor);
  const fields = argumentsOf(choice.name);
  const number = numberOfScheme(choice.name);
  const name = take(cursor, ARGUMENT)?.toLowerCase();
  if (name !== undefined && !fields.includes(name)) {
    refuseAt(cursor, 'stackUnexpected', position, { expected: 'argument', near: fields });
  }
  if (name !== undefined) take(cursor, EQUALS);
  const isHere = (/** @type {string} */ one) => one in ARGUMENT_NAMES && takeWord({ ...cursor }, ARGUMENT_NAMES[one]);
  const field = name ?? fields.find(isHere) ?? fields[0];
  const range = field === 'cut' || !number ? { least: CUTS[0], most: CUTS[1] } : number;
  const value = field in ARGUMENT_NAMES ? readName(cursor, field, ARGUMENT_NAMES) : readSchemeNumber(cursor, range);
  if (field in choice) refuseAt(cursor, 'stackTwice', position, { expected: 'nothing', option: field });
  choice[field] = value;
}

/** What follows the name of a scheme: its number after =, or arguments in brackets.
 * @param {Cursor} cursor @param {string} name @returns {import('./spec.js').SchemeChoice} */
function readScheme(cursor, name) {
  const number = numberOfScheme(name);
  if (number && take(cursor, EQUALS)) return { name, [number.field]: readSchemeNumber(cursor, number) };
  if (argumentsOf(name).length === 0 || !take(cursor, OPEN)) return name;
  const choice = { name };
  do readArgument(cursor, choice);
  while (take(cursor, COMMA));
  if (!take(cursor, CLOSE)) unexpected(cursor, 'close');
  return choice;
}

/** What follows the name of an activation: its parameter after =.
 * @param {Cursor} cursor @param {string} name @returns {import('./activations.js').ActivationChoice} */
function readActivation(cursor, name) {
  const own = parameterOf(name);
  if (!own || !take(cursor, EQUALS)) return name;
  return plainActivation({ name, [own.name]: readNumber(cursor, 'parameter', own.least, own.most, false) });
}

/** Reads the value of an option, by its type.
 * @type {Record<string, (cursor: Cursor, kind: string, field: string) => unknown>} */
const READERS = {
  whole(cursor, kind, field) {
    const { least, most } = rangeOf(kind, field);
    return readNumber(cursor, /** @type {Expected} */ (field), least, most);
  },
  number(cursor, kind, field) {
    const { least, most } = rangeOf(kind, field);
    return readNumber(cursor, /** @type {Expected} */ (field), least, most, false);
  },
  sides: readSquare,
  padding(cursor, kind, field) {
    // a transposed convolution takes a number only
    const { least, most } = rangeOf(kind, field);
    const named = kind !== 'transposed-conv';
    if (named && !isAt(cursor, NUMBER)) return readName(cursor, field);
    return readNumber(cursor, named ? 'padding' : 'rows', least, most);
  },
  gain(cursor, kind, field) {
    const { least, most } = rangeOf(kind, field);
    return isAt(cursor, NUMBER) ? readNumber(cursor, 'gain', least, most, false) : readName(cursor, field);
  },
  name: (cursor, _, field) => readName(cursor, field),
  activation: (cursor, _, field) => readActivation(cursor, readName(cursor, field)),
  scheme(cursor) {
    const name = takeWord(cursor, SCHEME_WORDS) ?? unexpected(cursor, 'scheme', SCHEME_WORDS.words);
    return readScheme(cursor, name);
  },
  bias(cursor, kind, field) {
    const name = takeWord(cursor, SCHEME_WORDS);
    if (name !== null) return readScheme(cursor, name);
    if (!isAt(cursor, NUMBER)) return unexpected(cursor, 'bias', SCHEME_WORDS.words);
    const { least, most } = rangeOf(kind, field);
    const std = readNumber(cursor, 'bias', least, most, false);
    return std === 0 ? 'zeros' : { name: 'normal', std };
  },
  flag: (cursor, _, field) => readName(cursor, field) === 'true',
  names(cursor, _, field) {
    /** @type {string[]} */
    const names = [];
    do {
      const position = skipSpace(cursor);
      const name = readName(cursor, field);
      if (names.includes(name))
        refuseAt(cursor, 'stackTwice', position, { expected: 'nothing', option: written(name) });
      names.push(name);
      // none goes with no other name
      if (names.length > 1 && names.includes('none')) {
        refuseAt(cursor, 'stackUnexpected', position, { expected: /** @type {Expected} */ (field), near: [] });
      }
    } while (take(cursor, COMMA));
    return names.filter((name) => name !== 'none');
  },
};

/** What may follow names that say which option they are, by field. @type {Record<string, (cursor: Cursor, name: string) => any>} */
const NAMED = { activation: readActivation, scheme: readScheme };

/**
 * The option at the cursor, without its value: the field, and its value where one word says both.
 * @param {Cursor} cursor
 * @param {string} kind of layer
 * @returns {import('./stack-words.js').OptionWord | null} null if there is no known word
 */
function takeOption(cursor, kind) {
  const sides = KINDS[kind].options.find((field) => OPTIONS[field].type === 'sides');
  if (sides && isAt(cursor, DIGIT)) return { field: sides, said: true };
  const short = { ...cursor };
  const word = takeWord(short, SHORT_WORDS[kind]);
  take(short, EQUALS);
  if (word && isAt(short, DIGIT)) {
    cursor.place = short.place;
    return { ...word, said: true };
  }
  return takeWord(cursor, OPTION_NAMES) ?? takeWord(cursor, OPTION_WORDS[kind]);
}

/**
 * Reads one option.
 * @param {Cursor} cursor
 * @param {any} layer that it is added to
 * @param {boolean} needed whether an option must stand here
 * @returns {boolean} whether there was one
 */
export function readOption(cursor, layer, needed) {
  const position = skipSpace(cursor);
  const { kind } = layer;
  const { options } = KINDS[kind];
  const words = options.map((field) => OPTIONS[field].words[0]);
  // a second pair of sides without a colon belongs to no option
  if (!needed && isAt(cursor, DIGIT) && options.some((field) => OPTIONS[field].type === 'sides' && field in layer)) {
    return false;
  }
  const option = takeOption(cursor, kind);
  if (option === null) {
    if (!needed && !isAt(cursor, LETTER)) return false;
    return unexpected(cursor, options.length > 0 ? 'option' : 'dash', [...OPTION_NAMES.words, ...words]);
  }
  if ('later' in option) return refuseAt(cursor, 'stackLater', position, { expected: 'option' });
  const { field, name, said } = option;
  if (!options.includes(field)) return refuseAt(cursor, 'stackMisfit', position, { expected: words, kind });
  if (field in layer) {
    return refuseAt(cursor, 'stackTwice', position, { expected: 'nothing', option: OPTIONS[field].words[0] });
  }
  if (name !== undefined) {
    if (field === 'padding' && kind === 'transposed-conv') {
      return refuseAt(cursor, 'stackUnexpected', position, { expected: 'rows', near: [] });
    }
    layer[field] = NAMED[field]?.(cursor, name) ?? name;
  } else {
    const given = said || take(cursor, EQUALS) !== null;
    // variance-as-std alone means true
    layer[field] = OPTIONS[field].type === 'flag' && !given ? true : READERS[OPTIONS[field].type](cursor, kind, field);
  }
  return true;
}
