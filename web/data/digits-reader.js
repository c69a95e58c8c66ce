/**
 * digits-reader.js: reads the text of the digits. digits.js says what stands where.
 *
 * It scales nothing: data.js does.
 */

import { TEXT } from './digits.js';

/** Pixels of a digit. */
const PIXELS = 64;

/** The characters of the numbers 0 to 16. */
const NUMERALS = '0123456789abcdefg';

const LINES = TEXT.trim().split('\n');

/** @returns {Uint8Array} the label of each digit */
export const readLabels = () => Uint8Array.from(LINES[PIXELS], (numeral) => NUMERALS.indexOf(numeral));

/** @returns {Uint8Array} (digits, pixels row by row), each from 0 to 16 */
export const readPixels = () =>
  Uint8Array.from({ length: LINES[0].length * PIXELS }, (_, i) =>
    NUMERALS.indexOf(LINES[i % PIXELS][Math.floor(i / PIXELS)]),
  );
