/**
 * image-file.js: the reader's own image file, as pixels that networks may look at. It is read, checked, decoded by the
 * browser and reduced on this page, and sent nowhere.
 *
 * Needs a document. What is wrong is told from the first bytes (image-headers.js) before anything is decoded. Not here: the
 * parts that an example shows (images.js), the words (locales/en/refusals.js), and where they are written.
 */

import { paintImages } from '../engine/images.js';
import { isRefusal, refusalOf } from '../engine/refusal.js';
import { FOREIGN, FORMATS, formatOf, sizeOf } from './image-headers.js';

/** Bytes of a file. */
export const MOST_BYTES = 20e6;
/** Pixels of a side as it is decoded. */
const LONGEST_SIDE = 8192;
/** Pixels as they are decoded, 4 bytes each. */
const MOST_PIXELS = 32e6;
/** Pixels of the longer side of what is returned: it is sent to two workers, and a network looks at less. */
export const REDUCED_SIDE = 256;

/** Names of what is taken. */
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
 * Why, as plain data, of whatever was thrown on the way from a file to the input.
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
 * The file's bytes as a blob of the type that they show, once nothing speaks against decoding them.
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
 * The image over white, in an own canvas of this size.
 * @param {CanvasImageSource} image @param {number} width @param {number} height
 */
function drawn(image, width, height) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true }); // in memory: it is read, never shown
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return { canvas, context };
}

/**
 * Reduces by halves and then by what is left, which averages every pixel in whatever browser; never enlarges.
 * @param {ImageBitmap} bitmap
 */
function reduced(bitmap) {
  let [width, height] = [bitmap.width, bitmap.height];
  /** @type {CanvasImageSource} */
  let image = bitmap;
  /** @param {number} ratio */
  const reduceBy = (ratio) => {
    [width, height] = [width, height].map((side) => Math.max(1, Math.round(side / ratio)));
    return drawn(image, width, height);
  };
  while (Math.max(width, height) > 2 * REDUCED_SIDE) image = reduceBy(2).canvas;
  const { context } = reduceBy(Math.max(1, Math.max(width, height) / REDUCED_SIDE));
  return { width, height, pixels: context.getImageData(0, 0, width, height).data };
}

/**
 * Reads an image file: the first frame of one that moves, turned as its camera says, transparent pixels over white.
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
    checkSize(name, [bitmap.width, bitmap.height]); // what was decoded, whatever the header said
    return { name, ...reduced(bitmap) };
  } finally {
    bitmap.close();
  }
}

/**
 * Refuses a picture of which the networks would see one brightness, and so nothing.
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
