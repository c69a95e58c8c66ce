/**
 * ratio-chart.js: the chart of the update-to-weight ratio by layer, of A and B on one log axis, with a line at the rule of
 * thumb.
 */
import { drawAxes, drawEnds, drawMark, line, placeX, placeY } from './plot.js';

const LETTERS = /** @type {const} */ (['A', 'B']);

/** The rule of thumb: updates of about a thousandth of the weights. */
const THUMB = -3;

/** Powers of ten that the axis has at least and at most. */
const LEAST = [-5, -1];
const MOST = [-12, 2];

const EDGES = { left: 46, right: 24, top: 20, bottom: 24 };

/** @typedef {(number | undefined)[]} Ratios by layer */

/** The range of the axis, in powers of ten. @param {Ratios[]} both @returns {[number, number]} */
function rangeOf(both) {
  const logs = both.flat().flatMap((ratio) => (ratio && Number.isFinite(ratio) ? [Math.log10(ratio)] : []));
  return [
    Math.max(MOST[0], Math.floor(Math.min(LEAST[0], ...logs))),
    Math.min(MOST[1], Math.ceil(Math.max(LEAST[1], ...logs))),
  ];
}

/** A ratio as a power of ten; 0 lies below every axis, and what is not finite nowhere. @param {number | undefined} ratio */
export const logOf = (ratio) =>
  ratio === 0 ? Number.NEGATIVE_INFINITY : Number.isFinite(ratio) ? Math.log10(Number(ratio)) : Number.NaN;

/** The median of the ratios that are finite; NaN where there is none. @param {Ratios} ratios */
export function medianOf(ratios) {
  const sorted = ratios.filter((ratio) => Number.isFinite(ratio)).sort((a, b) => Number(a) - Number(b));
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** @param {HTMLCanvasElement} canvas @param {import('./training-host.js').Host} host */
export function createRatioChart(canvas, host) {
  const { colours, strokePath, textFont, words } = host;
  /** @type {{ ratios: Record<'A' | 'B', Ratios>, depth: number, texts: any } | null} */
  let shown = null;

  const { draw } = host.createPlainCanvas(canvas, (ctx, width, height) => {
    if (!shown) return;
    const { ratios, depth, texts } = shown;
    const { left, right, top, bottom } = EDGES;
    const panel = {
      ...{ left, right: width - right, top, bottom: height - bottom },
      ...{ x: /** @type {[number, number]} */ ([0.5, depth + 0.5]), y: rangeOf([ratios.A, ratios.B]) },
    };
    const by = Math.ceil((panel.y[1] - panel.y[0]) / ((panel.bottom - panel.top) / 24));
    const powers = Array.from({ length: panel.y[1] - panel.y[0] + 1 }, (_, i) => panel.y[0] + i);
    const yTicks = powers.filter((power) => power % by === 0).map((value) => ({ value, text: words().power(value) }));
    const step = Math.max(1, Math.ceil(depth / ((width - 70) / 32)));
    const xTicks = Array.from({ length: depth }, (_, i) => i + 1)
      .filter((layer) => layer % step === 0 || layer === 1)
      .map((value) => ({ value, text: String(value) }));
    drawAxes(ctx, host, panel, xTicks, yTicks, '');
    ctx.strokeStyle = colours.muted;
    const thumb = Math.round(placeY(panel, THUMB)) + 0.5;
    line(ctx, panel.left, thumb, panel.right, thumb);
    for (const letter of LETTERS) {
      const points = ratios[letter].map((ratio, i) => ({ x: placeX(panel, i + 1), y: placeY(panel, logOf(ratio)) }));
      ctx.strokeStyle = ctx.fillStyle = colours[letter];
      ctx.lineWidth = 2;
      ctx.setLineDash(letter === 'A' ? [] : [6, 4]);
      strokePath(ctx, points);
      ctx.setLineDash([]);
      for (const { x, y } of points) if (Number.isFinite(y)) drawMark(ctx, host, letter, x, y);
    }
    const ends = LETTERS.map((letter) => ({ letter, value: logOf(ratios[letter].at(-1)) }));
    drawEnds(ctx, host, panel, ends, panel.right + 8);
    ctx.font = textFont();
    ctx.fillStyle = colours.muted;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    ctx.fillText(texts.layer, 0, panel.bottom + 7);
  });

  return {
    /** @param {Record<'A' | 'B', Ratios>} ratios @param {number} layers of the axis, also while no ratio is known
     * @param {any} texts */
    update(ratios, layers, texts) {
      shown = { ratios, depth: Math.max(layers, ratios.A.length, ratios.B.length), texts };
      draw();
    },
  };
}

/**
 * @param {Record<'A' | 'B', Ratios>} ratios
 * @param {any} texts
 * @returns {import('../charts/numbers-table.js').Numbers}
 */
export const numbersOfRatios = (ratios, texts) => ({
  head: [texts.layer, 'A', 'B'],
  rows: Array.from({ length: Math.max(ratios.A.length, ratios.B.length) }, (_, i) => [
    i + 1,
    ...LETTERS.map((letter) => ratios[letter][i]),
  ]),
  write: { 0: String },
});
