/*
 * Two histograms over each other, A and B, as densities on one axis, each with the density promised by theory where
 * there is one. What is on the axes stands at their ends, with a power of ten that all ticks of the densities have. Used for the
 * weights and for the activations of the chosen layer. It counts nothing: bins.js did.
 */
import { words } from '../locales/words.js';
import { LETTERS } from '../state/state.js';
import { binCount } from './bins.js';
import { axis, BELOW, colours, commonOptions, fit, lateChart, MARKS, writeAside } from './common.js';

/** @typedef {import('./bins.js').Axis} Axis */

/** How much higher than the lower of the two peaks the frame is at most; the higher one then runs out of it. */
const TALLEST = 5;

const CURVE_POINTS = 160;

/** What a tensor is called in formulas. @type {Record<string, string>} */
const SYMBOLS = { weights: 'W', preactivations: 'z', activations: 'a', deltas: 'δ', weightGradients: 'dW' };

/** Pixels above the plot, for what its axis is of. */
const HEAD = 20;

/** @param {HTMLCanvasElement} canvas */
export function createHistogram(canvas) {
  const outlines = LETTERS.map((letter) => ({
    data: [],
    order: letter === 'A' ? 2 : 1, // B over the filled A
    stepped: true,
    fill: letter === 'A' ? 'origin' : false,
    borderWidth: 1.75,
    borderDash: [...MARKS[letter].dash],
  }));
  const curves = LETTERS.map(() => ({ data: [], borderWidth: 1, order: 0 }));
  let exponent = 0;
  let symbol = '';
  const chart = lateChart(canvas, {
    type: 'line',
    data: { datasets: [...curves, ...outlines] },
    options: {
      ...commonOptions(),
      layout: { padding: { top: HEAD, right: 12 } },
      scales: {
        x: axis('x', 28, { grid: { display: false } }),
        y: axis('y', 48, {
          min: 0,
          ticks: { callback: (/** @type {number} */ value) => words.plain(value / 10 ** exponent) },
        }),
      },
    },
    plugins: [{ id: 'axes', afterDatasetsDraw: (/** @type {any} */ drawn) => writeAxes(drawn, symbol, exponent) }],
  });

  /**
   * @param {string} tensor
   * @param {Axis} xs
   * @param {(Float64Array | undefined)[]} measured densities of A and B
   * @param {((x: number) => number)[]} [theory] of A and B
   * @returns {(number | null)[]} of A and B: how high it rises, where that is beyond the frame
   */
  function update(tensor, xs, measured, theory) {
    symbol = SYMBOLS[tensor];
    const densities = measured.map((density) => density ?? new Float64Array(binCount(xs)));
    const { x, y } = chart.options().scales;
    x.min = xs.lo;
    x.max = xs.hi;
    y.max = ceiling(densities);
    exponent = exponentOf(y.max);
    LETTERS.forEach((letter, i) => {
      const [curve, outline] = [chart.datasets[i], chart.datasets[i + 2]];
      drawSteps(/** @type {any} */ (outline.data), xs, densities[i]);
      drawCurve(/** @type {any} */ (curve.data), xs, theory?.[i]);
      outline.borderColor = colours[letter];
      outline.backgroundColor = colours[`wash${letter}`];
      curve.borderColor = colours.ink;
    });
    chart.update(measured.some(Boolean));
    return densities.map((density) => Math.max(...density)).map((peak) => (peak > y.max ? peak : null));
  }
  return { update };
}

/**
 * The power of ten that the ticks up to this one have in common: 0 where they are read easily without.
 * @param {number} most
 */
export function exponentOf(most) {
  const exponent = Math.floor(Math.log10(most));
  return exponent < -2 || exponent > 3 ? exponent : 0;
}

/** What the axes are of. @param {any} chart @param {string} symbol @param {number} exponent */
function writeAxes({ ctx, chartArea, scales }, symbol, exponent) {
  if (!scales.x.options.ticks.display) return; // there is nothing on them
  const { density } = words.TABLES;
  writeAside(ctx, exponent === 0 ? density : `${density} ×\u202f${words.power(exponent)}`, 2);
  writeAside(ctx, symbol, chartArea.bottom + BELOW);
}

/** The top of the frame. @param {Float64Array[]} densities */
function ceiling(densities) {
  const peaks = densities.map((density) => Math.max(...density)).filter((peak) => peak > 0);
  return peaks.length === 0 ? 1 : 1.12 * Math.min(Math.max(...peaks), TALLEST * Math.min(...peaks));
}

/**
 * @param {{ x: number, y: number }[]} points
 * @param {Axis} xs
 * @param {Float64Array} density
 */
function drawSteps(points, xs, density) {
  const bins = binCount(xs);
  fit(points, bins + 2);
  Object.assign(points[0], { x: xs.lo, y: 0 });
  for (let i = 0; i < bins; i++) Object.assign(points[i + 1], { x: xs.lo + i * xs.width, y: density[i] });
  Object.assign(points[bins + 1], { x: xs.hi, y: 0 });
}

/**
 * @param {{ x: number, y: number }[]} points
 * @param {Axis} xs
 * @param {((x: number) => number) | undefined} density
 */
function drawCurve(points, xs, density) {
  fit(points, density ? CURVE_POINTS + 1 : 0);
  points.forEach((point, i) => {
    point.x = xs.lo + ((xs.hi - xs.lo) * i) / CURVE_POINTS;
    point.y = density?.(point.x) ?? 0;
  });
}
