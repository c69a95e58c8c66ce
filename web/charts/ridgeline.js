/*
 * A tensor of all layers of one network as a ridgeline: a density for each layer, layer 1 at the top, later layers in
 * front. The scale of the ridges: a density as high as that of the layer that sets the scale has full height; what
 * spreads wider sinks accordingly, what is narrower is scaled down to full height. Drawn without Chart.js, whose axis
 * alone would take longer than all the ridges: they are the first thing that is to be seen.
 */
import { words } from '../locales/words.js';
import { linearTicks } from './bins.js';
import { colours, onPoint, plainCanvas, strokePath, textFont } from './common.js';

/** @typedef {import('./bins.js').Axis} Axis */
/** @typedef {import('./bins.js').Binned} Binned */

/** A ridge over a row of r pixels is HEIGHT sqrt(r) high: one layer fills the frame, a hundred overlap fivefold. */
const HEIGHT = 10;

/** Pixels: on the left of the plot, above it, below it, on its right; least distance of labels. */
const LEFT = 36;
const TOP = 24;
const FOOT = 28;
const STD_WIDTH = 96;
const LABEL_PITCH = 18;
const LABEL_STEPS = [1, 2, 5, 10, 20, 50];

/** Of the axis: of how many pixels of the canvas there is a tick, its length, and what is left above its number. */
const TICK_PITCH = 75;
const TICK = 4;
const LABEL_GAP = 4;

/** Less outside the frame than this is not marked. */
const OUTSIDE = 0.01;

/** How much of its colour a ridge has that is of the run before. */
const STALE_ALPHA = 0.35;

/**
 * What is drawn: layers, from the first on, of `depth`, undefined where not there yet; the chosen one. stale: those that
 * are of the run before. fullHeight: the density that has full height.
 * @typedef {{ letter: 'A' | 'B', axis: Axis, ridges: (Binned | undefined)[], stale: boolean[], stds: number[], depth: number,
 *   chosen: number, fullHeight: number }} RidgeData
 */

/**
 * The height of a row and of a ridge so that `depth` rows fill `height`: (depth - 1) r + HEIGHT sqrt(r) = height.
 * @param {number} height
 * @param {number} depth
 */
export function ridgeRows(height, depth) {
  const gaps = depth - 1;
  const root = gaps === 0 ? height / HEIGHT : (Math.sqrt(HEIGHT ** 2 + 4 * gaps * height) - HEIGHT) / (2 * gaps);
  return { row: root * root, ridge: HEIGHT * root };
}

/**
 * The layers that get a label: as many round numbers as there is room for, and the chosen one.
 * @param {number} depth
 * @param {number} row
 * @param {number} chosen
 */
export function labelledLayers(depth, row, chosen) {
  const step = LABEL_STEPS.find((size) => size * row >= LABEL_PITCH) ?? depth;
  const round = [1];
  for (let layer = step; layer <= depth; layer += step) {
    if ((layer - round[round.length - 1]) * row >= LABEL_PITCH) round.push(layer);
  }
  return [...round.filter((layer) => Math.abs(layer - chosen) * row >= LABEL_PITCH), chosen];
}

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Area of the plot */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(layer: number) => void} choose
 */
export function createRidge(canvas, choose) {
  /** @type {RidgeData | null} */
  let data = null;
  const areaOf = (/** @type {number} */ width, /** @type {number} */ height) => ({
    left: LEFT,
    right: width - STD_WIDTH,
    top: TOP,
    bottom: height - FOOT,
  });
  const chart = plainCanvas(canvas, (context, width, height) => {
    if (data?.ridges.some(Boolean)) drawAll(context, areaOf(width, height), data);
  });

  /** @param {RidgeData} next */
  function update(next) {
    data = next;
    chart.draw();
  }

  onPoint(canvas, (_, y) => {
    if (!data) return;
    const { top, bottom } = areaOf(0, chart.height());
    const row = Math.floor(Math.max(0, bottom - y + 2) / ridgeRows(bottom - top, data.depth).row);
    choose(Math.max(1, data.depth - row));
  });
  return { update };
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Area} area
 * @param {RidgeData} data
 */
function drawAll(ctx, area, data) {
  const { row, ridge } = ridgeRows(area.bottom - area.top, data.depth);
  const place = (/** @type {number} */ layer) => area.bottom - (data.depth - layer) * row;
  drawAxis(ctx, area, data.axis);
  ctx.lineJoin = 'round';
  data.ridges.forEach((binned, i) => {
    ctx.globalAlpha = data.stale[i] ? STALE_ALPHA : 1;
    if (binned) drawRidge(ctx, area, data, binned, i + 1, place(i + 1), ridge);
  });
  ctx.globalAlpha = 1;
  drawLabels(ctx, area, data, row, place);
}

/**
 * The axis of values, below, with its grid.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Area} area
 * @param {Axis} axis
 */
function drawAxis(ctx, { left, right, top, bottom }, { lo, hi }) {
  ctx.font = textFont();
  ctx.fillStyle = colours.muted;
  ctx.lineWidth = 1;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.strokeStyle = colours.grid;
  for (const { value } of linearTicks(lo, hi, (right + STD_WIDTH) / TICK_PITCH)) {
    const x = left + ((value - lo) / (hi - lo)) * (right - left);
    const crisp = Math.round(x) + 0.5;
    strokePath(ctx, [
      { x: crisp, y: top },
      { x: crisp, y: bottom + TICK },
    ]);
    ctx.fillText(words.plain(value), x, bottom + TICK + LABEL_GAP);
  }
  ctx.strokeStyle = colours.hairline;
  strokePath(ctx, [
    { x: left, y: bottom + 0.5 },
    { x: right, y: bottom + 0.5 },
  ]);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ left: number, right: number }} area
 * @param {RidgeData} data
 * @param {Binned} binned
 * @param {number} layer
 * @param {number} base where a density of 0 is
 * @param {number} height of a full ridge
 */
function drawRidge(ctx, { left, right }, { letter, chosen, fullHeight }, { density }, layer, base, height) {
  const scale = height / (Math.max(fullHeight, ...density) || 1); // a layer of zeros has no density
  const width = (right - left) / density.length;
  ctx.beginPath();
  ctx.moveTo(left, base);
  ctx.lineTo(left, base - scale * density[0]);
  density.forEach((value, bin) => {
    ctx.lineTo(left + (bin + 0.5) * width, base - scale * value);
  });
  ctx.lineTo(right, base - scale * density[density.length - 1]);
  ctx.lineTo(right, base);
  const accent = layer === chosen;
  ctx.strokeStyle = colours[letter];
  ctx.lineWidth = accent ? 2 : 1;
  ctx.fillStyle = colours[`${accent ? 'strong' : 'wash'}${letter}`];
  ctx.fill();
  ctx.stroke();
}

/**
 * Numbers of layers on the left, their std on the right, and arrows where values lie outside the frame.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ left: number, right: number }} area
 * @param {RidgeData} data
 * @param {number} row height of one
 * @param {(layer: number) => number} place where a layer stands
 */
function drawLabels(ctx, { left, right }, { letter, depth, chosen, ridges, stale, stds }, row, place) {
  ctx.textBaseline = 'alphabetic';
  for (const layer of labelledLayers(depth, row, chosen)) {
    ctx.font = textFont(layer === chosen ? '700' : '400');
    ctx.fillStyle = layer === chosen ? colours.ink : colours.muted;
    ctx.textAlign = 'right';
    ctx.fillText(String(layer), left - 12, place(layer));
    ctx.globalAlpha = stale[layer - 1] ? STALE_ALPHA : 1;
    if (ridges[layer - 1]) ctx.fillText(words.number(stds[layer - 1]), right + STD_WIDTH - 2, place(layer));
    ctx.globalAlpha = 1;
  }
  ctx.font = textFont();
  ctx.fillStyle = colours.muted;
  ctx.textAlign = 'left';
  ctx.fillText(words.WORDS.layerColumn, 0, 12);
  ctx.textAlign = 'right';
  ctx.fillText(words.WORDS.stdColumn, right + STD_WIDTH - 2, 12);
  ctx.fillStyle = colours[letter];
  ridges.forEach((ridge, i) => {
    const { below, above } = ridge ?? { below: 0, above: 0 };
    ctx.globalAlpha = stale[i] ? STALE_ALPHA : 1;
    if (above > OUTSIDE) drawArrow(ctx, right + 2, place(i + 1), Math.min(row, 10), 1);
    if (below > OUTSIDE) drawArrow(ctx, left - 2, place(i + 1), Math.min(row, 10), -1);
  });
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {1 | -1} direction
 */
function drawArrow(ctx, x, y, size, direction) {
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + (direction * size) / 1.6, y - size / 2);
  ctx.lineTo(x, y - size);
  ctx.fill();
}
