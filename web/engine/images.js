/**
 * images.js: images as the input of a network: an example of the batch is a part of a texture (textures.js) or of the
 * reader's own picture, reduced to the size asked for, as numbers.
 *
 * Pure: runs in the worker, in Node and on the page alike, and gives the same bits in all of them. Not here: reading a
 * file (picture.js), and drawing. Values are averaged as they are stored, without undoing the display's gamma, as
 * the libraries do.
 */
import { requireFields, requireOneOf, requireSides, requireWhole } from './check.js';
import { refuse } from './refusal.js';
import { hash, modulo, paintTexture, TEXTURES, TILE } from './textures.js';

/** @typedef {import('./textures.js').Picture} Picture */

/**
 * @typedef {object} ImageSpec
 * @property {string} image one of IMAGES, or 'own'
 * @property {number} batch
 * @property {[height: number, width: number]} size
 * @property {number} channels 1: grey, by luma; others: red, green, blue, grey, over and over, as many as there are
 * @property {number} seed
 * @property {'normalised' | 'raw'} pixels
 */

/** The names of the images that the project ships. */
export const IMAGES = TEXTURES;
/** The name of the reader's own picture. */
export const OWN = 'own';
/** What pixels may be: of mean 0 and mean square 1, or 0..255. */
export const PIXELS = ['normalised', 'raw'];

const FIELDS = ['image', 'batch', 'size', 'channels', 'seed', 'pixels'];
const MOST_BATCH = 1024;
const MOST_SIDE = 1024;
const MOST_CHANNELS = 1024;
/** Numbers of one batch: 128 MiB, as much as the engine's whole memory. */
const MOST_VALUES = 2 ** 25;
const MOST_PIXELS = 2 ** 25;

/** Red, green, blue and grey of a pixel. */
const PLANES = 4;
/** ITU-R BT.601, of which PIL's 'L' and TensorFlow's rgb_to_grayscale are roundings. */
const LUMA = [0.299, 0.587, 0.114];

/** Shares of the largest part of the image's shape: a texture is seen from near, a picture nearly whole. */
const SHARES = { texture: [1 / 4, 3 / 8], own: [2 / 3, 1] };

/** Rms about the mean, of 255, below which an image is one colour, and rounding all that would be seen of it. */
const LEAST_RMS = 1e-3;

/** @type {Map<string, Picture>} a texture is painted once, when it is first asked for */
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
  requireWhole('batch', given.batch, 1, MOST_BATCH);
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
 * @typedef {object} Taps what each output pixel of a row (or column) reads
 * @property {Int32Array} places (count, reach) of the input, wrapped or held at the edge
 * @property {Float64Array} weights (count, reach), which sum to 1
 * @property {number} reach
 */

/**
 * Averages over the piece of the input that an output pixel covers, or over one input pixel where that is more: area
 * averaging when it reduces, bilinear when it enlarges. A weight is the overlap of the piece with the pixel.
 * @param {number} from where the part begins @param {number} length of the part, in input pixels
 * @param {number} count of output pixels @param {number} limit of input pixels @param {boolean} wraps
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
      const at = first + k;
      const overlap = Math.min(begin + piece, at + 1) - Math.max(begin, at);
      places[i * reach + k] = wraps ? modulo(at, limit) : Math.min(limit - 1, Math.max(0, at));
      weights[i * reach + k] = Math.max(0, overlap) / piece;
    }
  }
  return { places, weights, reach };
}

/**
 * The part of an image that an example shows: of the example's shape, its corner in input pixels. The same for an
 * example whatever the batch.
 * @param {Picture} source @param {boolean} own @param {ImageSpec} spec @param {number} example
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
 * One example, reduced: first each row that is needed, then each column.
 * @param {Picture} source @param {Taps} columns @param {Taps} rows @param {number} h @param {number} w
 * @param {Float64Array} out (h, w, PLANES)
 */
function reduce({ width, pixels }, columns, rows, h, w, out) {
  /** @type {Map<number, Float64Array>} by input row: (w, 3) */
  const narrowed = new Map();
  /** @param {number} row */
  const narrow = (row) => {
    const line = new Float64Array(3 * w);
    for (let x = 0; x < w; x++) {
      for (let k = x * columns.reach; k < (x + 1) * columns.reach; k++) {
        const at = 4 * (row * width + columns.places[k]);
        for (let c = 0; c < 3; c++) line[3 * x + c] += columns.weights[k] * pixels[at + c];
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
 * Subtracts the mean and divides by the rms about it, in place.
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
 * A batch of images. Example b is a part of the image whose place and scale come from (seed, b) alone, so that a larger
 * batch begins with the smaller one: exactly where pixels are 'raw'; 'normalised' ones differ by the shift and scale
 * that give the whole batch, all channels together, mean 0 and mean square 1.
 * @param {ImageSpec} spec
 * @param {Picture} [picture] for 'own' only: parts are taken of 2/3 to the whole of its shorter side
 * @returns {Float32Array} (batch, height, width, channels)
 * @throws {import('./refusal.js').RefusalError} for 'normalised' also where all that is seen is one brightness
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
