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
 */
export function drawImages(canvas, { count, columns, height, width }, colour) {
  const rows = Math.ceil(count / columns);
  canvas.width = Math.min(count, columns) * (width + GAP) - GAP;
  canvas.height = rows * (height + GAP) - GAP;
  canvas.style.aspectRatio = `${canvas.width} / ${canvas.height}`;
  canvas.style.setProperty('--columns', String(Math.min(count, columns)));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const pixels = context.createImageData(canvas.width, canvas.height);
  for (let image = 0; image < count; image++) {
    const [top, left] = [Math.floor(image / columns) * (height + GAP), (image % columns) * (width + GAP)];
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

/** The largest size of finite numbers, or 1 if there is none but 0. @param {ArrayLike<number>[]} arrays */
export function largest(arrays) {
  let most = 0;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const size = Math.abs(array[i]);
      if (size > most && size < Infinity) most = size;
    }
  }
  return most || 1;
}

/** Colours as numbers. @param {string} hex '#rrggbb' */
export const rgbOf = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Between two colours. @param {number[]} from @param {number[]} to @param {number} share 0 to 1; NaN is from */
export const between = (from, to, share) => {
  const part = share > 0 ? Math.min(1, share) : 0;
  return from.map((value, i) => value + part * (to[i] - value));
};
