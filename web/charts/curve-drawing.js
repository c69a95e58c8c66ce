/**
 * curve-drawing.js: draws the curves of a chart by depth: measured values, theory as a thin line, theory's band, and a
 * label at the end of each curve.
 *
 * The axes are drawn before, by depth-chart.js. Which curves there are is up to curves.js.
 */
import { drawPoint } from 'chart.js/helpers';
import { words } from '../locales/words.js';
import { drawNames } from './axis-names.js';
import { strokePath, writeAxisName } from './canvas.js';
import { BELOW_PLOT } from './chartjs.js';
import { colours, MARKS, textFont } from './colours.js';
import { clampToFrame } from './log-axis.js';

/** @typedef {import('./curves.js').Curve} Curve */
/** @typedef {import('./curves.js').Values} Values */
/** @typedef {import('./canvas.js').Points} Points */
/** @typedef {import('./depth-chart.js').DepthData} DepthData */

/** A curve has about this many marks at most. In a residual network they are at sums: at the stream. */
const MARKED_LAYERS = 20;

/** The width of a curve inside the branches of a residual network. */
const IN_BRANCH = 0.5;

/** CSS pixels from one label at the end of a curve to the next. */
const LABEL_PITCH = 15;

/** How opaque a filled band is, and the edges of a band that is not filled. Many of them overlap. */
const BAND_ALPHA = '26';
const EDGE_ALPHA = '66';

/** CSS pixels to each side of a single layer: theory's line would have no length there. */
const TICK = 8;

/**
 * @typedef {object} Style
 * @property {number} width
 * @property {Record<string, readonly number[]>} dash by letter
 * @property {Record<string, import('chart.js').PointStyle>} point by letter
 * @property {boolean} open marks are filled with the colour of the paper
 */

/** Curves never differ by colour alone: A has circles and x, B triangles and +. Forward is solid, backward is dashed. */
const STYLES = /** @type {Record<import('./curves.js').Kind, Style>} */ ({
  activations: { width: 2.5, dash: { A: [], B: [] }, point: { A: 'circle', B: 'triangle' }, open: false },
  deltas: { width: 1.5, dash: { A: [6, 4], B: [6, 4] }, point: { A: 'circle', B: 'triangle' }, open: true },
  weightGradients: { width: 1.25, dash: { A: [1, 3], B: [1, 3] }, point: { A: 'crossRot', B: 'cross' }, open: true },
  sketch: { width: 2, dash: { ink: [1, 4] }, point: { ink: 'rect' }, open: true },
  plain: {
    width: 2,
    dash: { A: MARKS.A.dash, B: MARKS.B.dash },
    point: { A: MARKS.A.point, B: MARKS.B.point },
    open: false,
  },
});

/**
 * Draws, from back to front: the chosen layer, bands, measured curves, theory. B comes after A, so that B's dashes show
 * where both are alike.
 * @param {any} chart of Chart.js, with its axes drawn
 * @param {DepthData} data
 * @param {boolean} log whether the y axis is a log axis
 */
export function drawCurves({ ctx, chartArea, scales: { x, y } }, data, log) {
  const { left, right, top, bottom } = chartArea;
  const first = x.getPixelForValue(0);
  const step = x.getPixelForValue(1) - first;
  /** @param {Values} values @returns {Points} */
  const toPoints = (values) =>
    values.map((value, layer) => ({
      x: first + layer * step,
      y: value === undefined ? Number.NaN : y.getPixelForValue(value),
    }));
  const drawClipped = (/** @type {() => void} */ draw) => {
    ctx.save();
    ctx.beginPath();
    ctx.rect(left - TICK, top, right - left + 2 * TICK, bottom - top);
    ctx.clip();
    draw();
    ctx.restore();
  };
  ctx.save();
  ctx.lineWidth = 1;
  ctx.strokeStyle = colours.hairline;
  const chosen = first + data.chosen * step;
  strokePath(ctx, [
    { x: chosen, y: top },
    { x: chosen, y: bottom },
  ]);
  data.limits?.draw(ctx, chartArea, y);
  drawClipped(() => {
    for (const curve of data.curves) drawBand(ctx, curve, toPoints);
  });
  for (const curve of data.curves) drawMeasured(ctx, curve, data, log ? y : null, toPoints);
  drawClipped(() => {
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours.ink;
    for (const { theory } of data.curves) strokePath(ctx, widenSingle(toPoints(theory).filter(isOnStream(data))));
  });
  drawLabels(ctx, chartArea, data, x, y);
  if (x.options.ticks.display) {
    writeAxisName(ctx, words.WORDS.layerColumn, bottom + BELOW_PLOT);
    if (data.names) drawNames(x, bottom, data.names, data);
  }
  ctx.restore();
}

/** Which points are on the stream of a residual network, which goes from sum to sum; elsewhere all are.
 * @param {Pick<DepthData, 'sums'>} data */
const isOnStream =
  ({ sums }) =>
  (/** @type {unknown} */ _, /** @type {number} */ layer) =>
    (layer - sums.first) % sums.apart === 0;

/** Makes a single point a short line. @param {Points} points @returns {Points} */
function widenSingle(points) {
  const drawn = points.filter(({ y }) => Number.isFinite(y));
  return drawn.length === 1 ? [-TICK, TICK].map((aside) => ({ x: drawn[0].x + aside, y: drawn[0].y })) : points;
}

/**
 * The band of the activations is filled. Those of the backward pass have edges only, as they would hide each other.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Curve} curve
 * @param {(values: Values) => Points} toPoints
 */
function drawBand(ctx, { letter, kind, band }, toPoints) {
  if (!band) return;
  const [lo, hi] = [widenSingle(toPoints(band.lo)), widenSingle(toPoints(band.hi))];
  if (kind === 'activations') {
    ctx.fillStyle = colours[letter] + BAND_ALPHA;
    ctx.beginPath();
    for (const { x, y } of [...hi, ...[...lo].reverse()]) {
      if (Number.isFinite(y)) ctx.lineTo(x, y);
    }
    ctx.fill();
    return;
  }
  ctx.lineWidth = 1;
  ctx.strokeStyle = colours[letter] + EDGE_ALPHA;
  ctx.setLineDash([...STYLES[kind].dash[letter]]);
  for (const edge of [lo, hi]) strokePath(ctx, edge);
  ctx.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Curve} curve
 * @param {DepthData} data
 * @param {{ min: number, max: number } | null} frame of a log axis: values outside it are drawn on its edge
 * @param {(values: Values) => Points} toPoints
 */
function drawMeasured(ctx, { letter, kind, measured }, { depth, chosen, sums }, frame, toPoints) {
  const { width, dash, point, open } = STYLES[kind];
  const step = sums.apart * Math.ceil(depth / sums.apart / MARKED_LAYERS);
  const framed = measured.map((value) => (frame ? clampToFrame(value, frame) : { y: value, clamped: false }));
  const points = toPoints(framed.map(({ y }) => y));
  ctx.strokeStyle = colours[letter];
  ctx.fillStyle = open ? colours.paper : colours[letter];
  ctx.lineWidth = IN_BRANCH;
  if (sums.apart > 1) strokePath(ctx, points);
  ctx.lineWidth = width;
  ctx.setLineDash([...dash[letter]]);
  strokePath(ctx, points.filter(isOnStream({ sums })));
  ctx.setLineDash([]);
  points.forEach(({ x, y }, layer) => {
    const reachesEdge = framed[layer].clamped && !framed[layer - 1]?.clamped;
    if (!Number.isFinite(y) || !(layer === chosen || (layer - sums.first) % step === 0 || reachesEdge)) return;
    const radius = layer === chosen ? 5 : 3;
    drawPoint(ctx, { pointStyle: point[letter], radius, borderWidth: 1.5, rotation: 0 }, x, y);
  });
}

/**
 * Moves labels apart so that none overlap. Each stays as near as possible to where it should be; labels that come too
 * close form a cluster around their mean.
 * @param {number[]} wanted positions in ascending order
 * @param {number} pitch least distance
 * @param {number} lo least position
 * @param {number} hi largest position
 * @returns {number[]} positions in the same order
 */
export function keepApart(wanted, pitch, lo, hi) {
  // each wanted position, less the pitches before it: labels touch where these fall, so clusters merge until they rise
  const clusters = /** @type {{ sum: number, count: number }[]} */ ([]);
  const mean = (/** @type {{ sum: number, count: number } | undefined} */ cluster) =>
    cluster ? cluster.sum / cluster.count : -Infinity;
  wanted.forEach((position, i) => {
    const cluster = { sum: position - i * pitch, count: 1 };
    while (mean(clusters.at(-1)) > mean(cluster)) {
      const { sum, count } = /** @type {{ sum: number, count: number }} */ (clusters.pop());
      cluster.sum += sum;
      cluster.count += count;
    }
    clusters.push(cluster);
  });
  const last = Math.max(lo, hi - (wanted.length - 1) * pitch);
  return clusters
    .flatMap((cluster) => Array(cluster.count).fill(Math.min(last, Math.max(lo, mean(cluster)))))
    .map((start, i) => start + i * pitch);
}

/**
 * Writes the label of each curve beside its last measured value.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ top: number, bottom: number }} area
 * @param {DepthData} data
 * @param {any} x scale
 * @param {any} y scale
 */
function drawLabels(ctx, { top, bottom }, { curves }, x, y) {
  const labels = curves
    .map((curve) => ({ ...curve, last: curve.measured.map((value) => value !== undefined).lastIndexOf(true) }))
    .filter(({ last }) => last >= 0)
    .map((curve) => ({ ...curve, end: y.getPixelForValue(clampToFrame(curve.measured[curve.last], y).y) }))
    .sort((a, b) => a.end - b.end);
  const wanted = labels.map(({ end }) => end);
  const heights = keepApart(wanted, LABEL_PITCH, top + 4, bottom - 4);
  ctx.font = textFont('600');
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  labels.forEach(({ letter, label, last }, i) => {
    ctx.fillStyle = colours[letter];
    ctx.fillText(label, x.getPixelForValue(last) + 10, heights[i]);
  });
}
