/**
 * ridgeline.js: one tensor in all layers of one network as a ridgeline: a density for each layer, layer 1 at the top,
 * later layers in front.
 *
 * A density as high as that of the scale tensor (bins.js) has full height. A wider distribution is lower. A narrower
 * one would be higher, and is scaled down to full height. Drawn without Chart.js: its axis alone takes longer than all
 * the ridges, and they should appear first.
 */
import { words } from '../locales/words.js';
import { linearTicks } from './bins.js';
import { createPlainCanvas, listenForPicks, strokePath } from './canvas.js';
import { colours, textFont } from './colours.js';

/** @typedef {import('./bins.js').Axis} Axis */
/** @typedef {import('./bins.js').Binned} Binned */

/** With rows r pixels high a ridge is HEIGHT sqrt(r) high. One layer fills the frame; of a hundred, five overlap. */
const HEIGHT = 10;

/** CSS pixels to the left of the plot, above it, below it and to its right. Names of layers may need more on the
 * left. */
const LEFT = 36;
const MOST_LEFT = 96;
const TOP = 24;
const FOOT = 28;
const STD_WIDTH = 96;

/** Labels of layers: CSS pixels from one to the next, at least, and the layers from one to the next. */
const LABEL_PITCH = 18;
const LABEL_STEPS = [1, 2, 5, 10, 20, 50];

/** CSS pixels from the label of a layer to the plot. */
const LABEL_MARGIN = 12;

/** The axis, in CSS pixels: canvas width per tick, length of a tick, gap between a tick and its number. */
const TICK_PITCH = 75;
const TICK = 4;
const LABEL_GAP = 4;

/** An arrow shows that more than this share of the values lies outside the frame. */
const OUTSIDE = 0.01;

/** How opaque a ridge of the previous run is. */
const STALE_ALPHA = 0.35;

/**
 * @typedef {object} RidgeData lists begin with layer 1
 * @property {'A' | 'B'} letter
 * @property {Axis} axis
 * @property {(Binned | undefined)[]} ridges undefined for layers that have not been computed yet
 * @property {boolean[]} stale whether the ridge is of the previous run
 * @property {number[]} stds
 * @property {number} depth
 * @property {string[] | null} names of the layers; null where they go by their numbers
 * @property {number} chosen layer
 * @property {number} fullHeight the density that has full height
 */

/**
 * Finds heights with which `depth` rows fill the plot: (depth - 1) r + HEIGHT sqrt(r) = height.
 * @param {number} height CSS pixels
 * @param {number} depth
 * @returns {{ row: number, ridge: number }} CSS pixels
 */
export function ridgeRows(height, depth) {
  const gaps = depth - 1;
  const root = gaps === 0 ? height / HEIGHT : (Math.sqrt(HEIGHT ** 2 + 4 * gaps * height) - HEIGHT) / (2 * gaps);
  return { row: root * root, ridge: HEIGHT * root };
}

/**
 * Chooses the layers that get a label: the chosen layer, and as many round numbers as there is room for.
 * @param {number} depth
 * @param {number} row height in CSS pixels
 * @param {number} chosen layer
 */
export function labelledLayers(depth, row, chosen) {
  const step = LABEL_STEPS.find((size) => size * row >= LABEL_PITCH) ?? depth;
  const round = [1];
  for (let layer = step; layer <= depth; layer += step) {
    if ((layer - round[round.length - 1]) * row >= LABEL_PITCH) round.push(layer);
  }
  return [...round.filter((layer) => Math.abs(layer - chosen) * row >= LABEL_PITCH), chosen];
}

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Area of the plot, in CSS pixels */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(layer: number) => void} choose
 */
export function createRidgeline(canvas, choose) {
  /** @type {RidgeData | null} */
  let data = null;
  const areaOf = (/** @type {number} */ width, /** @type {number} */ height, left = LEFT) => ({
    left,
    right: width - STD_WIDTH,
    top: TOP,
    bottom: height - FOOT,
  });
  const chart = createPlainCanvas(canvas, (context, width, height) => {
    if (data?.ridges.some(Boolean)) drawAll(context, areaOf(width, height, leftOf(context, data)), data);
  });

  /** @param {RidgeData} next */
  function update(next) {
    data = next;
    chart.draw();
  }

  listenForPicks(canvas, (_, y) => {
    if (!data) return;
    const { top, bottom } = areaOf(0, chart.height());
    const row = Math.floor(Math.max(0, bottom - y + 2) / ridgeRows(bottom - top, data.depth).row);
    choose(Math.max(1, data.depth - row));
  });
  return { update };
}

/** Where the plot begins: beside the longest name. @param {CanvasRenderingContext2D} ctx @param {RidgeData} data */
function leftOf(ctx, { names }) {
  ctx.font = textFont('700');
  const longest = Math.max(0, ...(names ?? []).map((name) => ctx.measureText(name).width));
  return Math.min(MOST_LEFT, Math.max(LEFT, Math.ceil(longest) + LABEL_MARGIN));
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Area} area
 * @param {RidgeData} data
 */
function drawAll(ctx, area, data) {
  const { row, ridge } = ridgeRows(area.bottom - area.top, data.depth);
  const baseOf = (/** @type {number} */ layer) => area.bottom - (data.depth - layer) * row;
  drawAxis(ctx, area, data.axis);
  ctx.lineJoin = 'round';
  data.ridges.forEach((binned, i) => {
    ctx.globalAlpha = data.stale[i] ? STALE_ALPHA : 1;
    if (binned) drawRidge(ctx, area, data, binned, i + 1, baseOf(i + 1), ridge);
  });
  ctx.globalAlpha = 1;
  drawLabels(ctx, area, data, row, baseOf);
}

/**
 * Draws the axis below the plot, and its grid.
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
 * @param {number} base y of density 0
 * @param {number} height of a ridge of full height
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
 * Writes the numbers or names of the layers on the left and their std on the right, and draws an arrow on each side
 * where values lie outside the frame.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ left: number, right: number }} area
 * @param {RidgeData} data
 * @param {number} row height in CSS pixels
 * @param {(layer: number) => number} baseOf y of a layer's density 0
 */
function drawLabels(ctx, { left, right }, { letter, depth, names, chosen, ridges, stale, stds }, row, baseOf) {
  ctx.textBaseline = 'alphabetic';
  for (const layer of labelledLayers(depth, row, chosen)) {
    ctx.font = textFont(layer === chosen ? '700' : '400');
    ctx.fillStyle = layer === chosen ? colours.ink : colours.muted;
    ctx.textAlign = 'right';
    ctx.fillText(names?.[layer - 1] ?? String(layer), left - LABEL_MARGIN, baseOf(layer), left - LABEL_MARGIN);
    ctx.globalAlpha = stale[layer - 1] ? STALE_ALPHA : 1;
    if (ridges[layer - 1]) ctx.fillText(words.number(stds[layer - 1]), right + STD_WIDTH - 2, baseOf(layer));
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
    if (above > OUTSIDE) drawArrow(ctx, right + 2, baseOf(i + 1), Math.min(row, 10), 1);
    if (below > OUTSIDE) drawArrow(ctx, left - 2, baseOf(i + 1), Math.min(row, 10), -1);
  });
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x of its base
 * @param {number} y of the lower end of its base
 * @param {number} size length of its base
 * @param {1 | -1} direction right or left
 */
function drawArrow(ctx, x, y, size, direction) {
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + (direction * size) / 1.6, y - size / 2);
  ctx.lineTo(x, y - size);
  ctx.fill();
}
