/*
 * What both languages need to say why something was refused: the codes of files that are not taken, beside those of the
 * engine (engine/refusal.js), and what is read off a refusal. No words.
 */

/** @typedef {import('../engine/refusal.js').Ranges} Ranges */
/** @typedef {import('../engine/refusal.js').Value} Value */

/**
 * What `range` holds for a file that is not taken, by code. Sizes are in pixels, [width, height].
 * @typedef {object} FileRanges
 * @property {null} fileEmpty
 * @property {{ bytes: number, most: number }} fileHeavy
 * @property {null} fileUnread the disk gave an error
 * @property {{ kind: string, kinds: readonly string[] }} fileForeign kind: a key of FOREIGN_KINDS
 * @property {{ kinds: readonly string[] }} fileUnknown
 * @property {null} fileSizeless
 * @property {{ size: readonly number[], most: number }} fileLong most: pixels of a side
 * @property {{ size: readonly number[], most: number }} fileLarge most: pixels
 * @property {{ kind: string }} fileBroken
 * @property {null} fileFlat of one brightness
 *
 * @typedef {Ranges & FileRanges} AllRanges
 */

/**
 * @template {keyof AllRanges} [C=keyof AllRanges]
 * @typedef {{ [K in C]: { code: K, field: string | null, value: Value, range: AllRanges[K] } }[C]} Refused
 */

/** A sentence for each code. @typedef {{ [C in keyof AllRanges]: (refused: Refused<C>) => string }} Sentences */

/** @type {readonly (keyof FileRanges)[]} */
export const FILE_CODES = [
  'fileEmpty',
  'fileHeavy',
  'fileUnread',
  'fileForeign',
  'fileUnknown',
  'fileSizeless',
  'fileLong',
  'fileLarge',
  'fileBroken',
  'fileFlat',
];

/** The number of the layer, from 1, that a field belongs to: 2 of layers[1].units. @param {string | null} field */
export const layerOf = (field) => Number((field ?? '').split(/[[\]]/)[1]) + 1;

/** Longest name of a file that is shown. */
const LONGEST = 40;

/** The reader's own name of a file, cut short. @param {Value} value */
export function shortName(value) {
  const name = String(value);
  return name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name;
}

/**
 * How a language shows what came in.
 * @param {(value: number) => string} number
 * @param {(text: string) => string} quote
 * @param {Record<string, string>} types words for types; others are named as in JavaScript
 * @returns {(value: Value) => string}
 */
export const shownIn = (number, quote, types) => (value) => {
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return value.map(number).join(' × ');
  return value === null || typeof value === 'boolean' ? String(value) : (types[value.type] ?? value.type);
};
