/**
 * readback.js: finds out whether the browser gives back the pixels that a canvas holds. Against fingerprinting some give
 * back others: then a picture would be saved as stripes, and an image file read as noise.
 *
 * It asks each time, as the reader may change the setting meanwhile. What to do about it is its callers' matter.
 */

/** Pixels on a side of the canvas that is tried. */
const SIDE = 16;

/** Browsers that change the lowest bits only do no harm that could be seen. Out of 255. */
const SLACK = 8;

/** Whether a canvas gives back what was drawn on it. */
export function keepsPixels() {
  const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return false;
  const colours = Array.from({ length: SIDE }, (_, i) => [16 * i, 255 - 16 * i, (80 * i) % 256]);
  colours.forEach(([red, green, blue], row) => {
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(0, row, SIDE, 1);
  });
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return data.every((value, i) => {
    const drawn = [...colours[Math.floor(i / 4 / SIDE)], 255][i % 4];
    return Math.abs(value - drawn) <= SLACK;
  });
}
