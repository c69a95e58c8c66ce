/**
 * number-reader.js: the part of the page that reads typed numbers, with the English sentences on how they were read. It
 * is loaded when the reader first enters a field for numbers.
 *
 * It touches no document. The fields are in number-fields.js.
 */
export { typedWords } from '../locales/en/typed.js';
export { readNumber } from '../state/written-numbers.js';
