/**
 * phase-tones.js: the tones of the phase map: from the paper's colour for a short depth scale to the ink's for a long one.
 *
 * Lines and names are in phase-chart.js.
 */
import { rateBetween } from './phase-grid.js';

/** @typedef {import('./phase-grid.js').Grid} Grid */

/** Pixels of the tones, across and up. */
const PICTURE = { width: 384, height: 256 };

/** The depth scales with the least and the most ink. */
export const RANGE = { least: 1, most: 1000 };

/** How many tones there are, and the share of ink of the first and the last. */
const TONES = { count: 256, from: 0.02, to: 0.58 };

/** The share of the tones that a depth scale has. @param {number} depth */
export const shareOf = (depth) =>
  Math.min(1, Math.max(0, Math.log(depth / RANGE.least) / Math.log(RANGE.most / RANGE.least)));

/** The red, green and blue of a colour. @param {string} hex '#rrggbb' */
const partsOf = (hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

/** The tones, as words of an image. @param {string} paper @param {string} ink */
export function makeTones(paper, ink) {
  const [from, to] = [partsOf(paper), partsOf(ink)];
  return Uint32Array.from({ length: TONES.count }, (_, i) => {
    const share = TONES.from + ((TONES.to - TONES.from) * i) / (TONES.count - 1);
    const [red, green, blue] = from.map((value, k) => Math.round(value + share * (to[k] - value)));
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

/** The map without lines, as an image. @param {Grid} grid @param {Uint32Array} tones @param {HTMLCanvasElement} canvas */
export function paintTones(grid, tones, canvas) {
  const { width, height } = PICTURE;
  Object.assign(canvas, { width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  for (let y = 0; y < height; y++) {
    const row = ((height - y - 0.5) / height) * (grid.rows - 1);
    for (let x = 0; x < width; x++) {
      const rate = Math.abs(rateBetween(grid, ((x + 0.5) / width) * (grid.columns - 1), row));
      words[y * width + x] = tones[Math.round((TONES.count - 1) * shareOf(1 / rate))];
    }
  }
  context.putImageData(image, 0, 0);
}

/** The tone of a share, as CSS writes it. @param {Uint32Array} tones @param {number} share */
export function toneAt(tones, share) {
  const tone = tones[Math.round((TONES.count - 1) * share)];
  return `rgb(${tone & 255} ${(tone >> 8) & 255} ${(tone >> 16) & 255})`;
}
