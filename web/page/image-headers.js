/**
 * image-headers.js: reads the format and the size of an image from a file's first bytes. It decodes nothing: a file of
 * a few bytes may claim a size that fits into no memory.
 *
 * Pure. It ignores the file's name, and the type that the system derives from the name. Where a file states its size
 * twice, as GIF does, the larger counts. What is too large is in image-file.js; only the browser's decoder finds out
 * whether the rest of the file is sound.
 */

/** @typedef {[width: number, height: number]} Size */
/**
 * @typedef {object} Format
 * @property {string} name
 * @property {string} type the MIME type, for the browser's decoder
 * @property {(view: DataView) => boolean} begins whether a file begins like this format
 * @property {(view: DataView) => Size | null} size in pixels; null where the header does not say. Throws a RangeError
 *   where it reads past the end
 */

/**
 * Bytes as text, a character each; '' where they lie past the end.
 * @param {DataView} view
 * @param {number} offset
 * @param {number} length
 */
const text = (view, offset, length) =>
  offset + length > view.byteLength
    ? ''
    : String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + offset, length));

/** A little-endian integer of 24 bits. @param {DataView} view @param {number} offset */
const uint24 = (view, offset) => view.getUint16(offset, true) + 2 ** 16 * view.getUint8(offset + 2);

/** Whether a JPEG marker starts a frame: SOF0 to SOF15, except three that hold tables. @param {number} marker */
const isFrame = (marker) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * Walks through the segments to the first frame's header (ITU-T T.81, B.1 and B.2.2).
 * @param {DataView} view
 * @returns {Size | null}
 */
function jpegSize(view) {
  for (let offset = 2; view.getUint8(offset) === 0xff; ) {
    const marker = view.getUint8(offset + 1);
    if (isFrame(marker)) return [view.getUint16(offset + 7), view.getUint16(offset + 5)];
    if (marker === 0xda || marker === 0xd9) return null; // the data, or the end, before any frame
    const bare = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    offset += marker === 0xff ? 1 : bare ? 2 : 2 + view.getUint16(offset + 2);
  }
  return null;
}

/** Bytes of the color table that these flags announce. @param {number} flags */
const tableLength = (flags) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/**
 * The larger of the logical screen and the far edge of the first frame (GIF89a, sections 18 to 24).
 * @param {DataView} view
 * @returns {Size} 0 by 0 where no frame follows
 */
function gifSize(view) {
  let frame = 13 + tableLength(view.getUint8(10));
  while (view.getUint8(frame) === 0x21) {
    frame += 2;
    while (view.getUint8(frame) !== 0) frame += 1 + view.getUint8(frame);
    frame += 1;
  }
  /** @param {number} screen @param {number} start @param {number} length offsets; the last two within the frame */
  const side = (screen, start, length) =>
    Math.max(view.getUint16(screen, true), view.getUint16(frame + start, true) + view.getUint16(frame + length, true));
  return view.getUint8(frame) === 0x2c ? [side(6, 1, 5), side(8, 3, 7)] : [0, 0];
}

/** By the kind of the first chunk: lossy, lossless, extended. @type {Record<string, (view: DataView) => Size>} */
const WEBP_SIZES = {
  'VP8 ': (view) => [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff],
  VP8L: (view) => [(view.getUint32(21, true) & 0x3fff) + 1, ((view.getUint32(21, true) >>> 14) & 0x3fff) + 1],
  VP8X: (view) => [uint24(view, 24) + 1, uint24(view, 27) + 1],
};

/**
 * The four letters of a box's kind as a 32-bit integer: a file may have millions of boxes, and integers compare fast.
 * @param {string} kind
 */
const codeOf = (kind) => [...kind].reduce((code, letter) => 2 ** 8 * code + letter.charCodeAt(0), 0);

/** Boxes of ISO/IEC 14496-12 that hold other boxes, and how many bytes come before those. */
const HOLDERS = new Map([
  [codeOf('meta'), 4],
  [codeOf('iprp'), 0],
  [codeOf('ipco'), 0],
]);

/** The box that states a size. */
const EXTENTS = codeOf('ispe');

/**
 * The largest size that a file's items state. Items may also be thumbnails, tiles and masks.
 * @param {DataView} view
 * @param {number} from offset of the first box
 * @param {number} to offset of the end
 * @returns {Size | null}
 */
function avifSize(view, from = 0, to = view.byteLength) {
  /** @type {Size | null} */
  let largest = null;
  for (let box = from; box + 8 <= to; ) {
    const length = view.getUint32(box) || to - box; // 0: up to the end
    const kind = view.getUint32(box + 4);
    const before = HOLDERS.get(kind);
    const end = Math.min(to, box + length);
    if (length < 8) return largest; // 1: a 64-bit length, of a file larger than any that is accepted
    const size = kind === EXTENTS ? /** @type {Size} */ ([view.getUint32(box + 12), view.getUint32(box + 16)]) : null;
    const found = size ?? (before === undefined ? null : avifSize(view, box + 8 + before, end));
    if (found && (!largest || found[0] * found[1] > largest[0] * largest[1])) largest = found;
    box = end;
  }
  return largest;
}

/** The brands in a file's first box, one after the other; '' where it has none. @param {DataView} view */
const brands = (view) =>
  text(view, 4, 4) === 'ftyp' ? text(view, 8, Math.min(view.getUint32(0), 256, view.byteLength) - 8) : '';

/** The formats that are accepted. @type {Format[]} */
export const FORMATS = [
  {
    name: 'PNG',
    type: 'image/png',
    begins: (view) => text(view, 0, 8) === '\x89PNG\r\n\x1a\n',
    size: (view) => [view.getUint32(16), view.getUint32(20)],
  },
  { name: 'JPEG', type: 'image/jpeg', begins: (view) => text(view, 0, 3) === '\xff\xd8\xff', size: jpegSize },
  { name: 'GIF', type: 'image/gif', begins: (view) => /^GIF8[79]a$/.test(text(view, 0, 6)), size: gifSize },
  {
    name: 'WebP',
    type: 'image/webp',
    begins: (view) => text(view, 0, 4) === 'RIFF' && text(view, 8, 4) === 'WEBP',
    size: (view) => WEBP_SIZES[text(view, 12, 4)]?.(view) ?? null,
  },
  {
    name: 'BMP',
    type: 'image/bmp',
    begins: (view) => text(view, 0, 2) === 'BM' && [12, 40, 52, 56, 64, 108, 124].includes(view.getUint32(14, true)),
    size: (view) =>
      view.getUint32(14, true) === 12
        ? [view.getUint16(18, true), view.getUint16(20, true)]
        : [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))], // below 0: rows from the top down
  },
  { name: 'AVIF', type: 'image/avif', begins: (view) => /avi[fs]/.test(brands(view)), size: avifSize },
];

/** Formats that are recognized but not accepted. @type {{ name: string, begins: (view: DataView) => boolean }[]} */
export const FOREIGN = [
  { name: 'SVG', begins: (view) => /<svg[\s>]/i.test(text(view, 0, Math.min(view.byteLength, 4096))) },
  { name: 'HEIC', begins: (view) => /hei[cfmsx]|hev[cx]|mif1|msf1/.test(brands(view)) },
];

/**
 * What a function reads; null where it reads past the end of the file.
 * @template T
 * @param {() => T} read
 * @returns {T | null}
 */
function orNull(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The first of some formats that a file begins like.
 * @template {{ begins: (view: DataView) => boolean }} F
 * @param {readonly F[]} formats
 * @param {DataView} view the file
 * @returns {F | undefined}
 */
export const formatOf = (formats, view) => formats.find(({ begins }) => orNull(() => begins(view)));

/**
 * The size that a file's header states.
 * @param {Format} format
 * @param {DataView} view the file
 * @returns {Size | null} in pixels; null where the header states none
 */
export const sizeOf = ({ size }, view) => orNull(() => size(view));
