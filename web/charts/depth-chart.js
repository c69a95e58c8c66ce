/*
 * Charts by depth: curves of what was measured in A and B, theory's prediction as a thin line through them, and its
 * band. On a log axis there is no place for 0, infinity and NaN: those stand on the frame's floor or ceiling. Choosing
 * a layer is by click. What the curves are is told by series.js. Chart.js draws the axes only: its datasets, with a
 * size for each mark, would take it several times as long as these paths do.
 */
import { drawPoint } from 'chart.js/helpers';
import { words } from '../locales/words.js';
import { linearTicks } from './bins.js';
import {
  axis,
  BELOW,
  colours,
  commonOptions,
  lateChart,
  MARKS,
  onPoint,
  strokePath,
  textFont,
  writeAside,
} from './common.js';
import { endsOf, standIn, ticksWithEnds, tickText } from './log-axis.js';

/** @typedef {import('./curves.js').Curve} Curve */
/** @typedef {import('./log-axis.js').Range} Range */
/** @typedef {import('./common.js').Places} Places */

/** A curve has about this many marks at most. */
const MARKED_LAYERS = 20;

/** Pixels between the labels at the ends of curves. */
const LABEL_PITCH = 15;

/** @typedef {{ width: number, dash: Record<string, readonly number[]>, point: Record<string, import('chart.js').PointStyle>,
 *   open: boolean }} Style */

/** Never colour alone: A is a circle or an x, B a triangle or a +; what goes forward is solid, what goes back is
 * not. */
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

/** How much of a colour a band has, and the edges of one that is not filled: many of these lie over each other. */
const BAND_ALPHA = '26';
const EDGE_ALPHA = '66';

/** Pixels to each side of theory for a single layer, which would else be a line without length. */
const TICK = 8;

/**
 * @typedef {{ curves: Curve[], depth: number, chosen: number, range?: Range }} DepthData range: given, not found
 *
 * @typedef {object} Look of a chart
 * @property {boolean} log whether its axis is
 * @property {(values: number[]) => Range} range of the axis; in powers of ten where it is log
 * @property {(value: number) => string} [tick] of a linear axis
 * @property {number} right width of the labels at the ends
 */

/** Measured, and what theory predicts where it does. @param {DepthData} data @returns {number[]} */
const valuesOf = ({ curves }) =>
  curves.flatMap(({ measured, theory }) =>
    [...measured, ...theory.filter(Number.isFinite)].filter((value) => value !== undefined),
  );

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(layer: number) => void} choose
 * @param {Look} look
 */
export function createDepth(canvas, choose, look) {
  let data = /** @type {DepthData} */ ({ curves: [], depth: 1, chosen: 1 });
  const axis = { range: { lo: 0, hi: 1 }, ends: { floor: '', ceiling: '' } };
  const curves = { id: 'curves', afterDatasetsDraw: (/** @type {any} */ drawn) => drawAll(drawn, data, look.log) };
  const chart = lateChart(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: optionsOf(look, axis),
    plugins: [curves],
  });

  /** @param {DepthData} next */
  function update(next) {
    data = next;
    const values = valuesOf(data);
    const range = data.range ?? look.range(values);
    Object.assign(axis, { range, ends: endsOf(values, range) });
    const { x, y } = chart.options().scales;
    x.max = data.depth;
    y.min = look.log ? 10 ** range.lo : range.lo;
    y.max = look.log ? 10 ** range.hi : range.hi;
    chart.update(values.length > 0, [data.depth, range.lo, range.hi, axis.ends.floor, axis.ends.ceiling]);
  }

  onPoint(canvas, (x) => {
    const scales = chart.scales();
    if (!scales) return;
    const layer = Math.round(Number(scales.x.getValueForPixel(x)));
    choose(Math.min(data.depth, Math.max(1, layer)));
  });
  /** What stands at a place of the canvas, on a log axis; null before anything is drawn. @param {number} left
   * @param {number} top */
  function at(left, top) {
    const scales = chart.scales();
    if (!scales) return null;
    const [layer, value] = [scales.x.getValueForPixel(left), scales.y.getValueForPixel(top)];
    return { layer: Math.round(layer), power: Math.log10(value) };
  }
  return { update, at };
}

/** @param {Look} look @param {{ range: Range, ends: import('./log-axis.js').Ends }} now as it is at a drawing */
function optionsOf({ log, tick = (value) => words.plain(value), right }, now) {
  const logAxis = {
    type: 'logarithmic',
    bounds: 'data',
    afterBuildTicks: (/** @type {any} */ scale) => {
      scale.ticks = ticksWithEnds(now.range, scale.height / 28, now.ends);
    },
    ticks: { callback: (/** @type {number} */ value) => tickText(now.range, value, now.ends) },
  };
  return {
    ...commonOptions(),
    layout: { padding: { top: 8, right } },
    scales: {
      x: axis('x', 28, {
        min: 0,
        grid: { display: false },
        afterBuildTicks: (/** @type {any} */ scale) => {
          const most = Math.min(10, scale.width / 28);
          scale.ticks = linearTicks(0, scale.max, most).filter(({ value }) => Number.isInteger(value));
        },
      }),
      y: axis('y', 56, log ? logAxis : { ticks: { callback: tick } }),
    },
  };
}

/**
 * From back to front: the chosen layer, bands, curves (B's dashes over A where they are alike), theory.
 * @param {any} chart
 * @param {DepthData} data
 * @param {boolean} log
 */
function drawAll({ ctx, chartArea, scales: { x, y } }, data, log) {
  const { left, right, top, bottom } = chartArea;
  const [step, first] = [x.getPixelForValue(1) - x.getPixelForValue(0), x.getPixelForValue(0)];
  /** @param {import('./curves.js').Values} values @returns {Places} */
  const placesOf = (values) =>
    values.map((value, layer) => ({
      x: first + layer * step,
      y: value === undefined ? Number.NaN : y.getPixelForValue(value),
    }));
  ctx.save();
  ctx.lineWidth = 1;
  ctx.strokeStyle = colours.hairline;
  strokePath(ctx, [
    { x: first + data.chosen * step, y: top },
    { x: first + data.chosen * step, y: bottom },
  ]);
  const clipped = (/** @type {() => void} */ body) => {
    ctx.save();
    ctx.beginPath();
    ctx.rect(left - TICK, top, right - left + 2 * TICK, bottom - top);
    ctx.clip();
    body();
    ctx.restore();
  };
  clipped(() => {
    for (const { letter, kind, band } of data.curves) {
      if (!band) continue;
      const [lo, hi] = [widened(placesOf(band.lo)), widened(placesOf(band.hi))];
      if (kind === 'activations') fillBand(ctx, lo, hi, colours[letter] + BAND_ALPHA);
      else strokeEdges(ctx, [lo, hi], colours[letter] + EDGE_ALPHA, STYLES[kind].dash[letter]);
    }
  });
  for (const curve of data.curves) drawMeasured(ctx, curve, data, log ? y : null, placesOf);
  clipped(() => {
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours.ink;
    for (const { theory } of data.curves) strokePath(ctx, widened(placesOf(theory)));
  });
  drawEnds(ctx, chartArea, data, x, y);
  if (x.options.ticks.display) writeAside(ctx, words.WORDS.layerColumn, bottom + BELOW);
  ctx.restore();
}

/** A single place as a short line. @param {Places} places @returns {Places} */
function widened(places) {
  const there = places.filter(({ y }) => Number.isFinite(y));
  return there.length === 1 ? [-TICK, TICK].map((aside) => ({ x: there[0].x + aside, y: there[0].y })) : places;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Places[]} edges
 * @param {string} colour
 * @param {readonly number[]} dash
 */
function strokeEdges(ctx, edges, colour, dash) {
  ctx.lineWidth = 1;
  ctx.strokeStyle = colour;
  ctx.setLineDash([...dash]);
  for (const edge of edges) strokePath(ctx, edge);
  ctx.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Places} lo
 * @param {Places} hi
 * @param {string} colour
 */
function fillBand(ctx, lo, hi, colour) {
  ctx.fillStyle = colour;
  ctx.beginPath();
  for (const { x, y } of [...hi, ...[...lo].reverse()]) {
    if (Number.isFinite(y)) ctx.lineTo(x, y);
  }
  ctx.fill();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Curve} curve
 * @param {DepthData} data
 * @param {{ min: number, max: number } | null} frame of a log axis, on whose edges stands what it has no place for
 * @param {(values: import('./curves.js').Values) => Places} placesOf
 */
function drawMeasured(ctx, { letter, kind, measured }, { depth, chosen }, frame, placesOf) {
  const { width, dash, point, open } = STYLES[kind];
  const step = Math.ceil(depth / MARKED_LAYERS);
  const stands = measured.map((value) => (frame ? standIn(value, frame) : { y: value, clamped: false }));
  const places = placesOf(stands.map(({ y }) => y));
  ctx.strokeStyle = colours[letter];
  ctx.fillStyle = open ? colours.paper : colours[letter];
  ctx.lineWidth = width;
  ctx.setLineDash([...dash[letter]]);
  strokePath(ctx, places);
  ctx.setLineDash([]);
  places.forEach(({ x, y }, layer) => {
    const arrives = stands[layer].clamped && !stands[layer - 1]?.clamped;
    if (!Number.isFinite(y) || !(layer === chosen || layer % step === 0 || arrives)) return;
    const radius = layer === chosen ? 5 : 3;
    drawPoint(ctx, { pointStyle: point[letter], radius, borderWidth: 1.5, rotation: 0 }, x, y);
  });
}

/**
 * Places on a line, as near to those wanted as they may be with `pitch` between them, all from lo to hi: those that
 * come too near to each other stand around their middle.
 * @param {number[]} wanted in rising order
 * @param {number} pitch
 * @param {number} lo
 * @param {number} hi
 */
export function keepApart(wanted, pitch, lo, hi) {
  // where the first would stand, were each the only one; these must not fall, so that clusters take their mean
  const clusters = /** @type {{ sum: number, count: number }[]} */ ([]);
  const mean = (/** @type {{ sum: number, count: number } | undefined} */ cluster) =>
    cluster ? cluster.sum / cluster.count : -Infinity;
  wanted.forEach((place, i) => {
    const cluster = { sum: place - i * pitch, count: 1 };
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
 * The labels at the ends of the curves.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ top: number, bottom: number }} area
 * @param {DepthData} data
 * @param {any} x scale
 * @param {any} y scale
 */
function drawEnds(ctx, { top, bottom }, { curves }, x, y) {
  const ends = curves
    .map((curve) => ({ ...curve, last: curve.measured.map((value) => value !== undefined).lastIndexOf(true) }))
    .filter(({ last }) => last >= 0)
    .map((curve) => ({ ...curve, place: y.getPixelForValue(standIn(curve.measured[curve.last], y).y) }))
    .sort((a, b) => a.place - b.place);
  const wanted = ends.map(({ place }) => place);
  const places = keepApart(wanted, LABEL_PITCH, top + 4, bottom - 4);
  ctx.font = textFont('600');
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ends.forEach(({ letter, label, last }, i) => {
    ctx.fillStyle = colours[letter];
    ctx.fillText(label, x.getPixelForValue(last) + 10, places[i]);
  });
}
