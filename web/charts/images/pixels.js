/**
 * pixels.js: draws arrays as images, side by side on one canvas. One number is one canvas pixel, or one colour of it; the
 * style sheet enlarges the canvas without smoothing.
 *
 * It does not know what the numbers mean, and the caller chooses the colours.
 */

/** Canvas pixels between images. */
const GAP = 1;

/**
 * @param {HTMLCanvasElement} canvas resized to hold the images
 * @param {{ count: number, columns: number, height: number, width: number }} layout images per row, pixels of an image
 * @param {(image: number, y: number, x: number) => readonly number[]} colour red, green and blue, 0 to 255
 * @param {readonly number[]} [edge] colour of the gaps between images; default: transparent
 */
export function drawImages(canvas, { count, columns, height, width }, colour, edge) {
  const rows = Math.ceil(count / columns);
  canvas.width = Math.min(count, columns) * (width + GAP) - GAP;
  canvas.height = rows * (height + GAP) - GAP;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const pixels = context.createImageData(canvas.width, canvas.height);
  for (let image = 0; image < count; image++) {
    const [top, left] = [Math.floor(image / columns) * (height + GAP), (image % columns) * (width + GAP)];
    if (edge) drawFrame(pixels, { top: top - GAP, left: left - GAP, bottom: top + height, right: left + width }, edge);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const offset = 4 * ((top + y) * canvas.width + left + x);
        const [red, green, blue] = colour(image, y, x);
        pixels.data.set([red, green, blue, 255], offset);
      }
    }
  }
  context.putImageData(pixels, 0, 0);
}

/**
 * Draws a rectangle, one pixel wide. What is outside the canvas is left out.
 * @param {ImageData} pixels
 * @param {{ top: number, left: number, bottom: number, right: number }} sides inclusive
 * @param {readonly number[]} colour
 */
function drawFrame({ data, width, height }, { top, left, bottom, right }, [red, green, blue]) {
  const put = (/** @type {number} */ y, /** @type {number} */ x) => {
    if (y >= 0 && x >= 0 && y < height && x < width) data.set([red, green, blue, 255], 4 * (y * width + x));
  };
  for (let x = left; x <= right; x++) for (const y of [top, bottom]) put(y, x);
  for (let y = top; y <= bottom; y++) for (const x of [left, right]) put(y, x);
}

/**
 * The number of columns with which images are largest in a box.
 * @param {{ count: number, height: number, width: number }} images
 * @param {number} ratio width of the box divided by its height
 */
export function columnsOf({ count, height, width }, ratio) {
  const scaleOf = (/** @type {number} */ columns) =>
    Math.min(
      ratio / (columns * (width + GAP) - GAP), //
      1 / (Math.ceil(count / columns) * (height + GAP) - GAP),
    );
  let best = 1;
  for (let columns = 2; columns <= count; columns++) if (scaleOf(columns) > scaleOf(best)) best = columns;
  return best;
}

/** The smallest and the largest finite number; 0 and 0 if there is none. @param {ArrayLike<number>} values */
export function rangeOf(values) {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < least && value > -Infinity) least = value;
    if (value > most && value < Infinity) most = value;
  }
  return least <= most ? { least, most } : { least: 0, most: 0 };
}

/** @param {string} hex '#rrggbb' @returns {number[]} red, green and blue, 0 to 255 */
export const rgbOf = (hex) => [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));

/**
 * Mixes two colours.
 * @param {number[]} from red, green and blue
 * @param {number[]} to likewise
 * @param {number} share of `to`; is limited to 0 to 1, and NaN counts as 0
 */
export const mix = (from, to, share) => {
  const part = share > 0 ? Math.min(1, share) : 0;
  return from.map((value, i) => value + part * (to[i] - value));
};
