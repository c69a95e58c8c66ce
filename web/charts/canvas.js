/**
 * canvas.js: what charts need to draw on a canvas by themselves: a canvas that fits its box, paths, labels and clicks.
 *
 * Knows no data and no axes. Charts that use Chart.js get their canvas from chartjs.js.
 */
import { colours, textFont } from './colours.js';

/** @typedef {{ x: number, y: number }[]} Points in CSS pixels; y is NaN where the path has a gap */

/** One function for each plain canvas: it resizes the canvas and draws it. @type {Set<(fineness?: number) => void>} */
const resizers = new Set();

/**
 * Makes a canvas fill its box, without Chart.js.
 * @param {HTMLCanvasElement} canvas
 * @param {(context: CanvasRenderingContext2D, width: number, height: number) => void} paint draws on the cleared canvas,
 *   in CSS pixels
 */
export function createPlainCanvas(canvas, paint) {
  const box = /** @type {HTMLElement} */ (canvas.parentElement);
  /** @type {number | undefined} */
  let fineness;
  let [width, height] = [0, 0];
  const context = canvas.getContext('2d');

  function measure() {
    [width, height] = [box.clientWidth, box.clientHeight];
  }

  function draw() {
    if (!context) return;
    if (width === 0) measure();
    const dots = fineness ?? devicePixelRatio;
    const sides = [width, height].map((side) => Math.round(side * dots));
    if (canvas.width !== sides[0] || canvas.height !== sides[1]) [canvas.width, canvas.height] = sides;
    context.setTransform(dots, 0, 0, dots, 0, 0);
    context.clearRect(0, 0, width, height);
    context.save();
    paint(context, width, height);
    context.restore();
  }

  function resize() {
    measure();
    draw();
  }
  new ResizeObserver(resize).observe(box);
  resizers.add((next) => {
    fineness = next;
    resize();
  });
  return { draw, height: () => height };
}

/** @param {number} [fineness] dots to a CSS pixel; default: the screen's */
export function fitPlainCanvases(fineness) {
  for (const resize of resizers) resize(fineness);
}

/**
 * Strokes a path, with a gap where a point has no y.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Points} points
 */
export function strokePath(ctx, points) {
  let down = false;
  ctx.beginPath();
  for (const { x, y } of points) {
    if (!Number.isFinite(y)) down = false;
    else if (down) ctx.lineTo(x, y);
    else {
      ctx.moveTo(x, y);
      down = true;
    }
  }
  ctx.stroke();
}

/**
 * Traces the mark of a network, to fill or stroke: a circle for A, a triangle for B.
 * @param {CanvasRenderingContext2D} ctx
 * @param {'A' | 'B'} letter
 * @param {number} x
 * @param {number} y
 * @param {number} reach CSS pixels that the triangle reaches to each side and up
 */
export function traceMark(ctx, letter, x, y, reach) {
  ctx.beginPath();
  if (letter === 'A') ctx.arc(x, y, (7 / 8) * reach, 0, 2 * Math.PI);
  else {
    const base = y + (3 / 4) * reach;
    ctx.moveTo(x, y - reach);
    ctx.lineTo(x + reach, base);
    ctx.lineTo(x - reach, base);
    ctx.closePath();
  }
}

/**
 * Writes the name of an axis at the left edge of the canvas.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {number} top CSS pixels
 */
export function writeAxisName(ctx, text, top) {
  ctx.save();
  ctx.font = textFont();
  ctx.fillStyle = colours.muted;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.fillText(text, 0, top);
  ctx.restore();
}

/**
 * Calls back for each click on a canvas, and while the mouse drags over it.
 * @param {HTMLCanvasElement} canvas
 * @param {(x: number, y: number) => void} pick gets CSS pixels from the canvas's top left
 */
export function listenForPicks(canvas, pick) {
  canvas.addEventListener('click', ({ offsetX, offsetY }) => pick(offsetX, offsetY));
  canvas.addEventListener('pointermove', ({ buttons, pointerType, offsetX, offsetY }) => {
    if (buttons === 1 && pointerType === 'mouse') pick(offsetX, offsetY);
  });
}
