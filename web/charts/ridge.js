/*
 * The activations of all layers of one network as a ridgeline: a density for each layer, layer 1 at the top. One
 * Chart.js chart with a dataset for each layer, later layers in front. The scale of the ridges: a density as high as
 * that of the first layer has full height; what spreads wider sinks accordingly, what is narrower is scaled down to
 * full height.
 */
import { number, WORDS } from '../locales/en.js';
import { binCount } from './bins.js';
import { axis, Chart, colours, commonOptions, fit, onPoint, textFont } from './theme.js';

/** @typedef {import('./bins.js').Axis} Axis */
/** @typedef {import('./bins.js').Binned} Binned */

/** A ridge over a row of r pixels is HEIGHT sqrt(r) high: one layer fills the frame, a hundred overlap fivefold. */
const HEIGHT = 10;

/** Pixels: above the plot, below it, on its right; least distance of labels. */
const TOP = 24;
const FOOT = 28;
const STD_WIDTH = 96;
const LABEL_PITCH = 18;
const LABEL_STEPS = [1, 2, 5, 10, 20, 50];

/** Less outside the frame than this is not marked. */
const OUTSIDE = 0.01;

/** An axis that only places things; to write ticks would cost more than all the rest. @param {any} scale */
const noTicks = (scale) => {
  scale.ticks = [];
};

/**
 * What is drawn: layers, from the first on, of `depth`; the chosen one.
 * fullHeight: the density that has full height.
 * @typedef {{ letter: 'A' | 'B', axis: Axis, ridges: Binned[], stds: number[], depth: number, chosen: number,
 *   fullHeight: number }} RidgeData
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

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(layer: number) => void} choose
 */
export function createRidge(canvas, choose) {
  /** @type {RidgeData | null} */
  let data = null;
  const chart = new Chart(
    canvas,
    /** @type {any} */ ({
      type: 'line',
      data: { datasets: [] },
      options: {
        ...commonOptions(),
        layout: { padding: { left: 36, right: STD_WIDTH, top: TOP } },
        scales: { x: axis('x', FOOT), y: { type: 'linear', display: false, min: 0, afterBuildTicks: noTicks } },
      },
      plugins: [{ id: 'labels', afterDatasetsDraw: (/** @type {any} */ drawn) => data && drawLabels(drawn, data) }],
    }),
  );

  /** @param {RidgeData} next */
  function update(next) {
    data = next;
    const { x, y } = /** @type {any} */ (chart.options.scales);
    x.min = data.axis.lo;
    x.max = data.axis.hi;
    const { row, ridge } = ridgeRows(chart.height - TOP - FOOT, data.depth);
    y.max = data.depth - 1 + ridge / row;
    const { datasets } = chart.data;
    while (datasets.length < data.ridges.length) datasets.push({ data: [], borderJoinStyle: 'round' });
    datasets.length = data.ridges.length;
    for (let i = 0; i < datasets.length; i++) drawRidge(datasets[i], data, i + 1, ridge / row);
    chart.update('none');
  }

  onPoint(canvas, (_, y) => {
    if (!data) return;
    const row = Math.floor(Math.max(0, Number(chart.scales.y.getValueForPixel(y - 2))));
    choose(Math.max(1, data.depth - row));
  });
  return { update };
}

/**
 * @param {any} dataset
 * @param {RidgeData} data
 * @param {number} layer
 * @param {number} height of a full ridge, in rows
 */
function drawRidge(dataset, { letter, axis: xs, ridges, depth, chosen, fullHeight }, layer, height) {
  const base = depth - layer;
  const { density } = ridges[layer - 1];
  const scale = height / (Math.max(fullHeight, ...density) || 1); // a layer of zeros has no density
  const bins = binCount(xs);
  const points = fit(dataset.data, bins + 4);
  const place = (/** @type {number} */ i, /** @type {number} */ x, /** @type {number} */ value) => {
    points[i].x = x;
    points[i].y = base + scale * value;
  };
  place(0, xs.lo, 0);
  place(1, xs.lo, density[0]);
  for (let i = 0; i < bins; i++) place(i + 2, xs.lo + (i + 0.5) * xs.width, density[i]);
  place(bins + 2, xs.hi, density[bins - 1]);
  place(bins + 3, xs.hi, 0);
  const accent = layer === chosen;
  dataset.order = depth - layer;
  dataset.fill = { value: base };
  dataset.borderColor = colours[letter];
  dataset.borderWidth = accent ? 2 : 1;
  dataset.backgroundColor = colours[`${accent ? 'strong' : 'wash'}${letter}`];
}

/**
 * Numbers of layers on the left, their std on the right, and arrows where values lie outside the frame.
 * @param {any} chart
 * @param {RidgeData} data
 */
function drawLabels({ ctx, chartArea, scales }, { letter, depth, chosen, ridges, stds }) {
  const row = scales.y.getPixelForValue(0) - scales.y.getPixelForValue(1);
  const place = (/** @type {number} */ layer) => scales.y.getPixelForValue(depth - layer);
  ctx.save();
  ctx.textBaseline = 'alphabetic';
  for (const layer of labelledLayers(depth, row, chosen)) {
    ctx.font = textFont(layer === chosen ? '700' : '400');
    ctx.fillStyle = layer === chosen ? colours.ink : colours.muted;
    ctx.textAlign = 'right';
    ctx.fillText(String(layer), chartArea.left - 12, place(layer));
    if (layer <= ridges.length) ctx.fillText(number(stds[layer - 1]), chartArea.right + STD_WIDTH - 2, place(layer));
  }
  ctx.font = textFont();
  ctx.fillStyle = colours.muted;
  ctx.textAlign = 'left';
  ctx.fillText(WORDS.layerColumn, 0, 12);
  ctx.textAlign = 'right';
  ctx.fillText(WORDS.stdColumn, chartArea.right + STD_WIDTH - 2, 12);
  ctx.fillStyle = colours[letter];
  ridges.forEach(({ below, above }, i) => {
    if (above > OUTSIDE) drawArrow(ctx, chartArea.right + 2, place(i + 1), Math.min(row, 10), 1);
    if (below > OUTSIDE) drawArrow(ctx, chartArea.left - 2, place(i + 1), Math.min(row, 10), -1);
  });
  ctx.restore();
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
