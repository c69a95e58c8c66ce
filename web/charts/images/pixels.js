/*
 * Arrays as pixels: images side by side in one canvas, a canvas pixel a number, which the style sheet enlarges without
 * smoothing. Knows nothing of what the numbers are, nor of colours beyond what it is given.
 */

/** Canvas pixels between images. */
const GAP = 1;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{ count: number, columns: number, height: number, width: number }} sheet of images, in rows of `columns`
 * @param {(image: number, y: number, x: number) => readonly number[]} colour red, green, blue of 0..255
 * @param {readonly number[]} [edge] the colour of the gaps around an image, where they are to be seen
 */
export function drawImages(canvas, { count, columns, height, width }, colour, edge) {
  const rows = Math.ceil(count / columns);
  canvas.width = Math.min(count, columns) * (width + GAP) - GAP;
  canvas.height = rows * (height + GAP) - GAP;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const pixels = context.createImageData(canvas.width, canvas.height);
  for (let image = 0; image < count; image++) {
    const [top, left] = [Math.floor(image / columns) * (height + GAP), (image % columns) * (width + GAP)];
    if (edge) frame(pixels, { top: top - GAP, left: left - GAP, bottom: top + height, right: left + width }, edge);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = 4 * ((top + y) * canvas.width + left + x);
        const [red, green, blue] = colour(image, y, x);
        pixels.data.set([red, green, blue, 255], at);
      }
    }
  }
  context.putImageData(pixels, 0, 0);
}

/**
 * The pixels along the inside of a rectangle, as far as there are any.
 * @param {ImageData} pixels @param {{ top: number, left: number, bottom: number, right: number }} sides inclusive
 * @param {readonly number[]} colour
 */
function frame({ data, width, height }, { top, left, bottom, right }, [red, green, blue]) {
  const put = (/** @type {number} */ y, /** @type {number} */ x) => {
    if (y >= 0 && x >= 0 && y < height && x < width) data.set([red, green, blue, 255], 4 * (y * width + x));
  };
  for (let x = left; x <= right; x++) for (const y of [top, bottom]) put(y, x);
  for (let y = top; y <= bottom; y++) for (const x of [left, right]) put(y, x);
}

/**
 * In how many columns images are largest in a box.
 * @param {{ count: number, height: number, width: number }} images
 * @param {number} ratio of the box, width by height
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

/** The least and the most of finite numbers; 0 and 0 if there are none. @param {ArrayLike<number>} values */
export function rangeOf(values) {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < least && value > -Infinity) least = value;
    if (value > most && value < Infinity) most = value;
  }
  return least <= most ? { least, most } : { least: 0, most: 0 };
}

/** Colours as numbers. @param {string} hex '#rrggbb' */
export const rgbOf = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Between two colours. @param {number[]} from @param {number[]} to @param {number} share 0 to 1; NaN is from */
export const between = (from, to, share) => {
  const part = share > 0 ? Math.min(1, share) : 0;
  return from.map((value, i) => value + part * (to[i] - value));
};
