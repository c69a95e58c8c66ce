/**
 * images.js: images as the input of a network. Each example of the batch shows a part of a texture (textures.js) or of
 * the reader's own image, resized to the input's size.
 *
 * Pure: it gives the same bits in the worker, in Node and on the page. It averages the stored values and does not undo
 * the display's gamma; libraries do the same. It neither reads files (page/image-file.js) nor draws.
 */
import { requireFields, requireOneOf, requireSides, requireWhole } from './check.js';
import { IMAGES, OWN, PIXELS } from './image-names.js';
import { refuse } from './refusal.js';
import { LIMITS } from './tables.js';
import { hash, modulo, paintTexture, TILE } from './textures.js';

/** @typedef {import('./textures.js').Picture} Picture */

/**
 * @typedef {object} ImageSpec
 * @property {string} image one of IMAGES, or OWN
 * @property {number} batch
 * @property {[height: number, width: number]} size
 * @property {number} channels 1: grey (luma); more: red, green, blue, grey, red, green, and so on
 * @property {number} seed
 * @property {'normalised' | 'raw'} pixels
 */

export { IMAGES, OWN, PIXELS };

const FIELDS = ['image', 'batch', 'size', 'channels', 'seed', 'pixels'];
const MOST_SIDE = 1024;
const MOST_CHANNELS = 1024;
/** Numbers in one batch: 128 MiB. */
const MOST_VALUES = 2 ** 25;
const MOST_PIXELS = 2 ** 25;

/** Planes of a pixel: red, green, blue and grey. */
const PLANES = 4;
/** Weights of ITU-R BT.601. PIL's 'L' and TensorFlow's rgb_to_grayscale round them. */
const LUMA = [0.299, 0.587, 0.114];

/** [least, most] size of a part, as a share of the largest that fits: textures close up, own images nearly whole. */
const SHARES = { texture: [1 / 4, 3 / 8], own: [2 / 3, 1] };

/** Below this std, on the scale of 255, the image has one colour, and normalising would show only rounding errors. */
const LEAST_RMS = 1e-3;

/** Each texture is painted once, when it is first needed. @type {Map<string, Picture>} */
const painted = new Map();

/** @param {string} name @returns {Picture} */
function texture(name) {
  const picture = painted.get(name) ?? paintTexture(name);
  painted.set(name, picture);
  return picture;
}

/** @param {any} picture @returns {Picture} */
function checkPicture(picture) {
  if (picture === undefined) refuse('noPicture', 'picture', picture, null);
  const { width, height, pixels } = requireFields('picture', picture, ['name', 'width', 'height', 'pixels']);
  requireWhole('picture.width', width, 1, MOST_PIXELS);
  requireWhole('picture.height', height, 1, MOST_PIXELS);
  if (width * height > MOST_PIXELS) {
    refuse('tooManyPixels', 'picture.height', height, { pixels: width * height, mostPixels: MOST_PIXELS });
  }
  if (!(pixels instanceof Uint8ClampedArray)) refuse('wrongType', 'picture.pixels', pixels, 'Uint8ClampedArray');
  const needed = 4 * width * height;
  if (pixels.length !== needed) refuse('pixelsLength', 'picture.pixels.length', pixels.length, { needed });
  return { width, height, pixels };
}

/** @param {unknown} spec @returns {ImageSpec} */
function checkImages(spec) {
  const given = requireFields('images', spec, FIELDS);
  requireOneOf('image', given.image, [...IMAGES, OWN]);
  requireWhole('batch', given.batch, 1, LIMITS.batch);
  const size = requireSides('size', given.size, 2, 2).map((side, i) => requireWhole(`size[${i}]`, side, 1, MOST_SIDE));
  requireWhole('channels', given.channels, 1, MOST_CHANNELS);
  const numbers = given.batch * size[0] * size[1] * given.channels;
  if (numbers > MOST_VALUES)
    refuse('tooManyNumbers', 'channels', given.channels, { numbers, mostNumbers: MOST_VALUES });
  requireWhole('seed', given.seed, 0, 2 ** 32 - 1);
  requireOneOf('pixels', given.pixels, PIXELS);
  return { ...given, size };
}

/**
 * @typedef {object} Taps which input pixels each output pixel of a row (or column) averages
 * @property {Int32Array} places (count, reach): positions in the input, wrapped or clamped at the edge
 * @property {Float64Array} weights (count, reach): the weights of one output pixel sum to 1
 * @property {number} reach how many input pixels an output pixel reads
 */

/**
 * Resizing in one dimension: area averaging when it reduces, bilinear when it enlarges. An output pixel averages the
 * piece of the input that it covers, at least one input pixel. The weight of an input pixel is its overlap with the
 * piece.
 * @param {number} from where the part begins, in input pixels
 * @param {number} length of the part, in input pixels
 * @param {number} count of output pixels
 * @param {number} limit of input pixels
 * @param {boolean} wraps whether the image repeats
 * @returns {Taps}
 */
function tapsOf(from, length, count, limit, wraps) {
  const piece = Math.max(1, length / count);
  const reach = Math.ceil(piece) + 1;
  const places = new Int32Array(count * reach);
  const weights = new Float64Array(count * reach);
  for (let i = 0; i < count; i++) {
    const begin = from + ((i + 0.5) * length) / count - piece / 2;
    const first = Math.floor(begin);
    for (let k = 0; k < reach; k++) {
      const place = first + k;
      const overlap = Math.min(begin + piece, place + 1) - Math.max(begin, place);
      places[i * reach + k] = wraps ? modulo(place, limit) : Math.min(limit - 1, Math.max(0, place));
      weights[i * reach + k] = Math.max(0, overlap) / piece;
    }
  }
  return { places, weights, reach };
}

/**
 * The part of the image that an example shows, in input pixels. It has the proportions of the example. It does not
 * depend on the batch.
 * @param {Picture} source
 * @param {boolean} own whether it is the reader's own image
 * @param {ImageSpec} spec
 * @param {number} example place in the batch, from 0
 */
function partOf({ width, height }, own, { size: [h, w], seed }, example) {
  const [least, most] = own ? SHARES.own : SHARES.texture;
  /** @param {number} salt */
  const draw = (salt) => hash(seed, example, salt);
  const share = least + (most - least) * draw(1);
  const scale = share * Math.min(width / w, height / h);
  const [across, down] = [scale * w, scale * h];
  return {
    across,
    down,
    left: draw(2) * (own ? width - across : TILE), // a tile has no edge
    top: draw(3) * (own ? height - down : TILE),
  };
}

/**
 * Resizes one example: first the rows that are needed, then the columns.
 * @param {Picture} source
 * @param {Taps} columns
 * @param {Taps} rows
 * @param {number} h height of the example
 * @param {number} w width of the example
 * @param {Float64Array} out (h, w, PLANES)
 */
function reduce({ width, pixels }, columns, rows, h, w, out) {
  /** Rows that are resized already, by input row: (w, 3). @type {Map<number, Float64Array>} */
  const narrowed = new Map();
  /** @param {number} row */
  const narrow = (row) => {
    const line = new Float64Array(3 * w);
    for (let x = 0; x < w; x++) {
      for (let k = x * columns.reach; k < (x + 1) * columns.reach; k++) {
        const pixel = 4 * (row * width + columns.places[k]);
        for (let c = 0; c < 3; c++) line[3 * x + c] += columns.weights[k] * pixels[pixel + c];
      }
    }
    narrowed.set(row, line);
    return line;
  };
  out.fill(0);
  for (let y = 0; y < h; y++) {
    for (let k = y * rows.reach; k < (y + 1) * rows.reach; k++) {
      const line = narrowed.get(rows.places[k]) ?? narrow(rows.places[k]);
      for (let x = 0; x < w; x++) {
        for (let c = 0; c < 3; c++) out[PLANES * (y * w + x) + c] += rows.weights[k] * line[3 * x + c];
      }
    }
  }
  for (let i = 0; i < out.length; i += PLANES) {
    out[i + 3] = LUMA[0] * out[i] + LUMA[1] * out[i + 1] + LUMA[2] * out[i + 2];
  }
}

/**
 * Subtracts the mean and divides by the std, in place.
 * @param {Float32Array} values
 */
function normalise(values) {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const rms = Math.sqrt(squares / values.length);
  if (rms < LEAST_RMS) refuse('oneBrightness', 'image', rms, { least: LEAST_RMS });
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - mean) / rms;
}

/**
 * A batch of images. The part that example b shows depends on (seed, b) alone, so a larger batch begins with the
 * smaller one. This is exact for 'raw' pixels. 'normalised' ones differ by a shift and a scale, which give the whole
 * batch (all channels together) mean 0 and mean square 1.
 * @param {ImageSpec} spec
 * @param {Picture} [picture] the reader's own image, for OWN only; a part covers 2/3 to all of its shorter side
 * @returns {Float32Array} (batch, height, width, channels)
 * @throws {import('./refusal.js').RefusalError} also if pixels to be 'normalised' all have one brightness
 */
export function paintImages(spec, picture) {
  const checked = checkImages(spec);
  const { image, batch, size, channels, pixels } = checked;
  const [h, w] = size;
  const own = image === OWN;
  const source = own ? checkPicture(picture) : texture(image);
  const values = new Float32Array(batch * h * w * channels);
  const example = new Float64Array(h * w * PLANES);
  const planes = Array.from({ length: channels }, (_, c) => (channels === 1 ? PLANES - 1 : c % PLANES));
  for (let b = 0, to = 0; b < batch; b++) {
    const { left, top, across, down } = partOf(source, own, checked, b);
    const columns = tapsOf(left, across, w, source.width, !own);
    const rows = tapsOf(top, down, h, source.height, !own);
    reduce(source, columns, rows, h, w, example);
    for (let i = 0; i < example.length; i += PLANES) for (const plane of planes) values[to++] = example[i + plane];
  }
  if (pixels === 'normalised') normalise(values);
  return values;
}
