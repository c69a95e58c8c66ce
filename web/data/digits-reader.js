/**
 * digits-reader.js: reads the digits from the text of digits.js.
 *
 * It scales nothing: data.js does.
 */

import { unpack } from './coder.js';
import { LABELS, PACKED } from './digits.js';

/** @returns {Uint8Array} the label of each digit */
export const readLabels = () => Uint8Array.from(LABELS, Number);

/** What readPixels has unpacked. @type {Uint8Array | null} */
let pixels = null;

/** @returns {Uint8Array} (digits, 64 pixels row by row), each from 0 to 16; the same array each time, for reading only */
export function readPixels() {
  pixels ??= unpack(
    Uint8Array.from(atob(PACKED), (byte) => byte.charCodeAt(0)),
    64 * LABELS.length,
  );
  return pixels;
}
