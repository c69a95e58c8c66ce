/**
 * plot.js: axes and lines of the small charts of training, on a plain canvas.
 *
 * Which lines there are is up to learning-chart.js and ratio-chart.js.
 */

/** @typedef {Pick<import('./training-host.js').Host, 'colours' | 'textFont' | 'traceMark' | 'words'>} Tools */

/**
 * A panel of a chart: where it is, in CSS pixels, and what its axes show.
 * @typedef {object} Panel
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 * @property {[number, number]} x
 * @property {[number, number]} y
 */

/** Pixels that a mark reaches to each side. */
const MARK = 4;

/** @param {Panel} panel @param {number} value */
export const placeX = ({ left, right, x: [lo, hi] }, value) => left + ((value - lo) / (hi - lo)) * (right - left);

/** A value beyond the axis is drawn on its edge. @param {Panel} panel @param {number} value */
export function placeY({ top, bottom, y: [lo, hi] }, value) {
  if (value === undefined || Number.isNaN(value)) return Number.NaN;
  return bottom - ((Math.min(hi, Math.max(lo, value)) - lo) / (hi - lo)) * (bottom - top);
}

/**
 * Draws the axes of a panel, with a name for each.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Tools} tools
 * @param {Panel} panel
 * @param {{ value: number, text: string }[]} xTicks without text where another panel has it
 * @param {{ value: number, text: string }[]} yTicks
 * @param {string} name of the y axis
 */
export function drawAxes(ctx, { colours, textFont }, panel, xTicks, yTicks, name) {
  const { left, right, top, bottom } = panel;
  ctx.lineWidth = 1;
  ctx.font = textFont();
  ctx.fillStyle = colours.muted;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'right';
  for (const { value, text } of yTicks) {
    const y = Math.round(placeY(panel, value)) + 0.5;
    ctx.strokeStyle = colours.grid;
    line(ctx, left, y, right, y);
    ctx.fillText(text, left - 6, y);
  }
  ctx.textBaseline = 'top';
  ctx.textAlign = 'center';
  for (const { value, text } of xTicks) {
    const x = Math.round(placeX(panel, value)) + 0.5;
    ctx.strokeStyle = colours.hairline;
    line(ctx, x, bottom, x, bottom + 4);
    ctx.fillText(text, x, bottom + 7);
  }
  ctx.strokeStyle = colours.hairline;
  line(ctx, left, bottom + 0.5, right, bottom + 0.5);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.fillText(name, left, top - 4);
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
export function line(ctx, x0, y0, x1, y1) {
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
}

/**
 * The mark of a network in its own curve.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Tools} tools
 * @param {'A' | 'B'} letter
 * @param {number} x
 * @param {number} y
 */
export function drawMark(ctx, { traceMark }, letter, x, y) {
  traceMark(ctx, letter, x, y, MARK);
  ctx.fill();
}

/**
 * Writes the names of lines at their right ends, apart from each other.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Tools} tools
 * @param {Panel} panel
 * @param {{ letter: 'A' | 'B', value: number }[]} ends
 * @param {number} x
 */
export function drawEnds(ctx, { colours, textFont }, panel, ends, x) {
  ctx.font = textFont('600');
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const placed = ends
    .map(({ letter, value }) => ({ letter, y: placeY(panel, value) }))
    .filter(({ y }) => Number.isFinite(y))
    .sort((a, b) => a.y - b.y);
  if (placed.length > 1 && placed[1].y - placed[0].y < 14) {
    const middle = Math.min(panel.bottom - 14, Math.max(panel.top + 12, (placed[0].y + placed[1].y) / 2));
    [placed[0].y, placed[1].y] = [middle - 7, middle + 7];
  }
  for (const { letter, y } of placed) {
    ctx.fillStyle = colours[letter];
    ctx.fillText(letter, x, Math.min(panel.bottom - 7, Math.max(panel.top + 5, y)));
  }
}
