/**
 * image-file.js: reads the reader's own image file into pixels. It checks the file, has the browser decode it, and reduces
 * it, all on this page: nothing is sent. It is a part of the page that loads with the first file, and needs a document.
 *
 * The first bytes (image-headers.js) show what is wrong before anything is decoded. engine/images.js makes a network's input
 * of the pixels.
 */

import { paintImages } from '../engine/images.js';
import { isRefusal, refusalOf } from '../engine/refusal.js';
import { FOREIGN, FORMATS, formatOf, sizeOf } from './image-headers.js';
import { keepsPixels } from './readback.js';
import { reduceImage } from './reduction.js';

/** The largest file, in bytes. */
const MOST_BYTES = 20e6;
/** The longest side of a decoded image, in pixels. */
const LONGEST_SIDE = 8192;
/** The most pixels of a decoded image, 4 bytes each. */
const MOST_PIXELS = 32e6;
/** The longer side of the reduced image, in pixels: both workers get a copy, and a network looks at less. */
const REDUCED_SIDE = 256;

/** The names of the formats that are read. */
export const KINDS = FORMATS.map(({ name }) => name);

/** @typedef {import('../locales/refused.js').FileRanges} FileRanges */

/**
 * @template {keyof FileRanges} C
 * @param {C} code
 * @param {string} name of the file
 * @param {FileRanges[C]} range
 * @returns {never} throws an Error that carries { code, field, value, range }, value being the name
 */
function refuse(code, name, range) {
  throw Object.assign(new Error(`${code}: ${name}`), { code, field: 'file', value: name, range });
}

/**
 * Turns any error on the way from a file to the input into plain data.
 * @param {unknown} error
 * @returns {import('../locales/refused.js').Refused}
 */
export function whyNoPicture(error) {
  const isOfFile = error instanceof Error && 'field' in error && error.field === 'file';
  if (!isOfFile) return refusalOf(error);
  const { code, field, value, range } = /** @type {any} */ (error);
  return { code, field, value, range };
}

/** @param {string} name @param {[width: number, height: number]} size */
function checkSize(name, size) {
  const [width, height] = size;
  if (width === 0 || height === 0) refuse('fileSizeless', name, null);
  if (Math.max(width, height) > LONGEST_SIDE) refuse('fileLong', name, { size, most: LONGEST_SIDE });
  if (width * height > MOST_PIXELS) refuse('fileLarge', name, { size, most: MOST_PIXELS });
}

/**
 * Checks a file without decoding it. Returns its bytes, as a blob of the type that they show.
 * @param {File} file
 */
async function checkFile(file) {
  const { name } = file;
  if (file.size === 0) refuse('fileEmpty', name, null);
  if (file.size > MOST_BYTES) refuse('fileHeavy', name, { bytes: file.size, most: MOST_BYTES });
  const bytes = await file.arrayBuffer().catch(() => refuse('fileUnread', name, null));
  const view = new DataView(bytes);
  const format = formatOf(FORMATS, view);
  if (!format) {
    const foreign = formatOf(FOREIGN, view);
    return foreign
      ? refuse('fileForeign', name, { kind: foreign.name, kinds: KINDS })
      : refuse('fileUnknown', name, { kinds: KINDS });
  }
  checkSize(name, sizeOf(format, view) ?? refuse('fileBroken', name, { kind: format.name }));
  return { blob: new Blob([bytes], { type: format.type }), kind: format.name };
}

/**
 * Reads an image file: of an animation the first frame; turned as its camera says; transparent pixels over white.
 * @param {File} file
 * @returns {Promise<{ name: string, width: number, height: number, pixels: Uint8ClampedArray }>} pixels: RGBA, at most
 *   REDUCED_SIDE on the longer side. Rejects with an Error that carries { code, field, value, range } where the
 *   file is not taken.
 */
export async function readPicture(file) {
  const { name } = file;
  const { blob, kind } = await checkFile(file);
  const bitmap = await createImageBitmap(blob).catch(() => refuse('fileBroken', name, { kind }));
  try {
    if (!keepsPixels()) refuse('filePixels', name, null);
    checkSize(name, [bitmap.width, bitmap.height]); // what was decoded, whatever the header said
    return { name, ...reduceImage(bitmap, REDUCED_SIDE) };
  } finally {
    bitmap.close();
  }
}

/**
 * Refuses an image that would have one brightness for the networks.
 * @param {{ name: string, width: number, height: number, pixels: Uint8ClampedArray }} picture
 * @param {import('../engine/images.js').ImageSpec | null} images that are to be made of it
 * @throws {Error} that carries { code, field, value, range }
 */
export function requireContrast(picture, images) {
  try {
    if (images) paintImages(images, picture);
  } catch (error) {
    if (isRefusal(error) && error.code === 'oneBrightness') refuse('fileFlat', picture.name, null);
    throw error;
  }
}
