/**
 * refused.js: what the sentences on refusals need in every language: the codes for image files, beside those of
 * engine/refusal.js, and helpers that read a refusal. It has no words: those are in each language's refusals.js.
 */

/** @typedef {import('../engine/refusal.js').Ranges} Ranges */
/** @typedef {import('../engine/refusal.js').Value} Value */

/**
 * What `range` holds for each code of a refused file. A size is [width, height], in pixels.
 * @typedef {object} FileRanges
 * @property {null} fileEmpty The file is empty.
 * @property {{ bytes: number, most: number }} fileHeavy The file has too many bytes.
 * @property {null} fileUnread The disk gave an error.
 * @property {{ kind: string, kinds: readonly string[] }} fileForeign The file is of a known kind that cannot be used.
 * @property {{ kinds: readonly string[] }} fileUnknown The file is of no known kind. These kinds can be used.
 * @property {null} fileSizeless The width or the height is 0.
 * @property {{ size: readonly number[], most: number }} fileLong A side is longer than `most` pixels.
 * @property {{ size: readonly number[], most: number }} fileLarge The image has more than `most` pixels.
 * @property {{ kind: string }} fileBroken The file is damaged: its size or its pixels cannot be read.
 * @property {null} filePixels The browser gives back other pixels than those of the image.
 * @property {null} fileFlat The image has one brightness.
 *
 * @typedef {Ranges & FileRanges} AllRanges
 */

/**
 * @template {keyof AllRanges} [C=keyof AllRanges]
 * @typedef {{ [K in C]: { code: K, field: string | null, value: Value, range: AllRanges[K] } }[C]} Refused
 */

/** What a language is told besides: what the layer of the field is called, and whether the layers are the reader's own.
 * Their line then says what the controls for layers say elsewhere. @typedef {{ layer: string, own: boolean }} Told */

/** A code of the stack notation. @typedef {Extract<keyof Ranges, `stack${string}`>} StackCode */

/** A sentence for each code of the engine, as a function, for each of the stack notation, and for each of a file.
 * @typedef {{ [C in Exclude<keyof Ranges, StackCode>]: (refused: Refused<C> & Told) => string }} Sentences
 * @typedef {{ [C in StackCode]: (refused: Refused<C>) => string }} StackSentences
 * @typedef {{ [C in keyof FileRanges]: (refused: Refused<C>) => string }} FileSentences */

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
  'filePixels',
  'fileFlat',
];

/** The layer of a field, from 1: for layers[1].units it is 2. @param {string | null} field */
export const layerOf = (field) => Number((field ?? '').split(/[[\]]/)[1]) + 1;

/** A longer file name is cut short. */
const LONGEST = 40;

/** A file name for the page. @param {Value} value */
export function shortName(value) {
  const name = String(value);
  return name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name;
}

/**
 * How a language writes a refused value.
 * @param {(value: number) => string} number writes a number
 * @param {(text: string) => string} quote puts a text in quotation marks
 * @param {Record<string, string>} types words for types; a type without words keeps its JavaScript name
 * @returns {(value: Value) => string}
 */
export const shownIn = (number, quote, types) => (value) => {
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return value.map(number).join(' × ');
  return value === null || typeof value === 'boolean' ? String(value) : (types[value.type] ?? value.type);
};
