/**
 * reduction.js: makes an image smaller by averages over areas, in plain arithmetic. Browsers reduce images by methods of
 * their own, which differ by up to 55 of 255; these averages are the same in all.
 *
 * It draws an image pixel by pixel, over white. Which images are read, and how small they become, is in image-file.js.
 */

/** Rows that are drawn and read at once: a large image as a whole would take too much memory. */
const STRIP = 64;

/** Numbers of a pixel in the sums: red, green, blue. */
const CHANNELS = 3;

/**
 * Which cells of a shorter side each pixel of a side covers: at most two, with the share of the pixel in the first.
 * @param {number} pixels of the side
 * @param {number} cells of the shorter side
 */
function coverage(pixels, cells) {
  return Array.from({ length: pixels }, (_, i) => {
    const first = Math.floor((i * cells) / pixels);
    const end = ((first + 1) * pixels) / cells; // where the next cell begins
    return { first, share: Math.min(1, end - i) };
  });
}

/**
 * Reads an image over white, some rows at a time.
 * @param {ImageBitmap} bitmap
 * @param {(row: Uint8ClampedArray, y: number) => void} take gets each row of RGBA
 */
function readRows(bitmap, take) {
  const { width, height } = bitmap;
  const canvas = Object.assign(document.createElement('canvas'), { width, height: Math.min(STRIP, height) });
  const context = canvas.getContext('2d', { willReadFrequently: true }); // in memory: it is read, never shown
  if (!context) throw new Error('no canvas');
  context.imageSmoothingEnabled = false;
  context.fillStyle = '#fff';
  for (let top = 0; top < height; top += STRIP) {
    const rows = Math.min(STRIP, height - top);
    context.fillRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, -top);
    const { data } = context.getImageData(0, 0, width, rows);
    for (let y = 0; y < rows; y++) take(data.subarray(4 * width * y, 4 * width * (y + 1)), top + y);
  }
}

/**
 * Adds a row of an image to the sums of a shorter row.
 * @param {Float64Array} sums (cells, 3)
 * @param {Uint8ClampedArray} row RGBA
 * @param {ReturnType<typeof coverage>} columns
 */
function addRow(sums, row, columns) {
  for (let x = 0; x < columns.length; x++) {
    const { first, share } = columns[x];
    for (let c = 0; c < CHANNELS; c++) {
      const value = row[4 * x + c];
      sums[CHANNELS * first + c] += share * value;
      if (share < 1) sums[CHANNELS * (first + 1) + c] += (1 - share) * value;
    }
  }
}

/**
 * Reduces an image. It never enlarges.
 * @param {ImageBitmap} bitmap
 * @param {number} longest the most pixels on the longer side
 * @returns {{ width: number, height: number, pixels: Uint8ClampedArray }} pixels: RGBA
 */
export function reduceImage(bitmap, longest) {
  const ratio = Math.max(1, Math.max(bitmap.width, bitmap.height) / longest);
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side / ratio)));
  const [columns, rows] = [coverage(bitmap.width, width), coverage(bitmap.height, height)];
  const sums = new Float64Array(CHANNELS * width * (height + 1)); // a row more than is read, for a share that rounds below 1
  const line = new Float64Array(CHANNELS * (width + 1));
  readRows(bitmap, (row, y) => {
    line.fill(0);
    addRow(line, row, columns);
    const { first, share } = rows[y];
    for (let i = 0; i < CHANNELS * width; i++) {
      sums[CHANNELS * width * first + i] += share * line[i];
      if (share < 1) sums[CHANNELS * width * (first + 1) + i] += (1 - share) * line[i];
    }
  });
  const area = (bitmap.width / width) * (bitmap.height / height); // pixels of a cell
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < CHANNELS; c++) pixels[4 * i + c] = Math.round(sums[CHANNELS * i + c] / area);
    pixels[4 * i + 3] = 255;
  }
  return { width, height, pixels };
}
