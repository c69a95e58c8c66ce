/**
 * headers.js: what kind of image a file's first bytes say it is, and how large, without decoding any of it: a file of a
 * few bytes may claim a size that no memory holds.
 *
 * Pure. A name, or a type that the system gives by the name, is not asked. Where a format states its size twice, as GIF
 * does, the larger counts. Not here: what is too large (picture.js), and whether the rest of the file is sound.
 */

/** @typedef {[width: number, height: number]} Size */
/**
 * @typedef {object} Format
 * @property {string} name
 * @property {string} type for the browser's decoder
 * @property {(view: DataView) => boolean} begins whether a file begins like one
 * @property {(view: DataView) => Size | null} size null where the header does not say; a read past the end throws
 */

/** @param {DataView} view @param {number} at @param {number} length */
const text = (view, at, length) =>
  at + length > view.byteLength
    ? ''
    : String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));

/** @param {DataView} view @param {number} at */
const uint24 = (view, at) => view.getUint16(at, true) + 2 ** 16 * view.getUint8(at + 2);

/** Markers of a frame's header, SOF0..SOF15; among them lie three that are tables. @param {number} marker */
const isFrame = (marker) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** ITU-T T.81, B.1 and B.2.2: segments up to the first frame's header. @param {DataView} view @returns {Size | null} */
function jpegSize(view) {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    if (marker === 0xda || marker === 0xd9) return null; // the data, or the end, before any frame
    const bare = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    at += marker === 0xff ? 1 : bare ? 2 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Bytes of a color table that such flags announce. @param {number} flags */
const tableLength = (flags) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** GIF89a, 18 to 24: the screen, and the first frame, which may be larger. @param {DataView} view @returns {Size} */
function gifSize(view) {
  let at = 13 + tableLength(view.getUint8(10));
  while (view.getUint8(at) === 0x21) {
    at += 2;
    while (view.getUint8(at) !== 0) at += 1 + view.getUint8(at);
    at += 1;
  }
  /** @param {number} screen @param {number} offset @param {number} length */
  const side = (screen, offset, length) =>
    Math.max(view.getUint16(screen, true), view.getUint16(at + offset, true) + view.getUint16(at + length, true));
  return view.getUint8(at) === 0x2c ? [side(6, 1, 5), side(8, 3, 7)] : [0, 0];
}

/** By the first chunk: lossy, lossless, extended. @type {Record<string, (view: DataView) => Size>} */
const WEBP_SIZES = {
  'VP8 ': (view) => [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff],
  VP8L: (view) => [(view.getUint32(21, true) & 0x3fff) + 1, ((view.getUint32(21, true) >>> 14) & 0x3fff) + 1],
  VP8X: (view) => [uint24(view, 24) + 1, uint24(view, 27) + 1],
};

/** The kind of a box as the number that its letters are: a file may have millions. @param {string} kind */
const codeOf = (kind) => [...kind].reduce((code, letter) => 2 ** 8 * code + letter.charCodeAt(0), 0);

/** Boxes of ISO/IEC 14496-12 that hold others, with the bytes before these. */
const HOLDERS = new Map([
  [codeOf('meta'), 4],
  [codeOf('iprp'), 0],
  [codeOf('ipco'), 0],
]);
const EXTENTS = codeOf('ispe');

/**
 * The largest of the sizes ('ispe') of a file's items, among which are thumbnails, tiles and masks.
 * @param {DataView} view @param {number} from @param {number} to @returns {Size | null}
 */
function avifSize(view, from = 0, to = view.byteLength) {
  /** @type {Size | null} */
  let largest = null;
  for (let at = from; at + 8 <= to; ) {
    const length = view.getUint32(at) || to - at; // 0: up to the end
    const kind = view.getUint32(at + 4);
    const before = HOLDERS.get(kind);
    const end = Math.min(to, at + length);
    if (length < 8) return largest; // 64-bit lengths are for what is larger than any file taken here
    const size = kind === EXTENTS ? /** @type {Size} */ ([view.getUint32(at + 12), view.getUint32(at + 16)]) : null;
    const found = size ?? (before === undefined ? null : avifSize(view, at + 8 + before, end));
    if (found && (!largest || found[0] * found[1] > largest[0] * largest[1])) largest = found;
    at = end;
  }
  return largest;
}

/** The brands of a file's first box. @param {DataView} view */
const brands = (view) =>
  text(view, 4, 4) === 'ftyp' ? text(view, 8, Math.min(view.getUint32(0), 256, view.byteLength) - 8) : '';

/** @type {Format[]} */
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
        : [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))], // negative: from the top down
  },
  { name: 'AVIF', type: 'image/avif', begins: (view) => /avi[fs]/.test(brands(view)), size: avifSize },
];

/** Images that are known, and not taken. @type {{ name: string, begins: (view: DataView) => boolean }[]} */
export const FOREIGN = [
  { name: 'SVG', begins: (view) => /<svg[\s>]/i.test(text(view, 0, Math.min(view.byteLength, 4096))) },
  { name: 'HEIC', begins: (view) => /hei[cfmsx]|hev[cx]|mif1|msf1/.test(brands(view)) },
];

/** What reads past the end of a file has found nothing. @template T @param {() => T} read @returns {T | null} */
function orNull(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The first of these kinds that a file begins like.
 * @template {{ begins: (view: DataView) => boolean }} F
 * @param {readonly F[]} formats @param {DataView} view @returns {F | undefined}
 */
export const formatOf = (formats, view) => formats.find(({ begins }) => orNull(() => begins(view)));

/** The size that the header states; null where it states none. @param {Format} format @param {DataView} view */
export const sizeOf = ({ size }, view) => orNull(() => size(view));
