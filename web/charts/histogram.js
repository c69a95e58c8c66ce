/**
 * histogram.js: the histograms of A and B over each other, as densities on one axis, with theory's density as a line.
 *
 * The sheet uses it twice: for the weights, and for any tensor of the chosen layer. The name of each axis is written at
 * its end. It counts nothing: bins.js brings the counts onto the axis.
 */
import { words } from '../locales/words.js';
import { LETTERS } from '../state/state.js';
import { binCount } from './bins.js';
import { writeAxisName } from './canvas.js';
import { axisOptions, BELOW_PLOT, createLateChart, sharedOptions } from './chartjs.js';
import { colours, MARKS } from './colours.js';

/** @typedef {import('./bins.js').Axis} Axis */

/** The frame is at most this many times as high as the lower of the two peaks. A higher peak is cut off. */
const TALLEST = 5;

const CURVE_POINTS = 160;

/** Each tensor's symbol in formulas. @type {Record<string, string>} */
const SYMBOLS = { weights: 'W', preactivations: 'z', activations: 'a', deltas: 'dL/dz', weightGradients: 'dL/dW' };

/** CSS pixels above the plot, for the name of the y axis. */
const HEAD = 20;

/** Datasets of Chart.js without points: theory's curves of A and B, then their outlines. */
const createDatasets = () => [
  ...LETTERS.map(() => ({ data: [], borderWidth: 1, order: 0 })),
  ...LETTERS.map((letter) => ({
    data: [],
    order: letter === 'A' ? 2 : 1, // B in front, as A is filled
    stepped: true,
    fill: letter === 'A' ? 'origin' : false,
    borderWidth: 1.75,
    borderDash: [...MARKS[letter].dash],
  })),
];

/** @param {HTMLCanvasElement} canvas */
export function createHistogram(canvas) {
  let exponent = 0;
  let symbol = '';
  const chart = createLateChart(canvas, {
    type: 'line',
    data: { datasets: createDatasets() },
    options: {
      ...sharedOptions(),
      layout: { padding: { top: HEAD, right: 12 } },
      scales: {
        x: axisOptions('x', 28, { grid: { display: false } }),
        y: axisOptions('y', 48, {
          min: 0,
          ticks: { callback: (/** @type {number} */ value) => words.plain(value / 10 ** exponent) },
        }),
      },
    },
    plugins: [{ id: 'axes', afterDatasetsDraw: (/** @type {any} */ drawn) => nameAxes(drawn, symbol, exponent) }],
  });

  /**
   * @param {string} tensor name of the tensor
   * @param {Axis} xs
   * @param {(Float64Array | undefined)[]} measured densities of A and B, one for each bin of xs
   * @param {((x: number) => number)[]} [theory] densities of A and B
   * @returns {(number | null)[]} for A and B: the height of the peak if the frame cuts it off, else null
   */
  function update(tensor, xs, measured, theory) {
    symbol = SYMBOLS[tensor];
    const densities = measured.map((density) => density ?? new Float64Array(binCount(xs)));
    const { x, y } = chart.options().scales;
    x.min = xs.lo;
    x.max = xs.hi;
    y.max = frameTop(densities);
    exponent = commonExponent(y.max);
    LETTERS.forEach((letter, i) => {
      const [curve, outline] = [chart.datasets[i], chart.datasets[i + 2]];
      fillSteps(/** @type {any} */ (outline.data), xs, densities[i]);
      fillCurve(/** @type {any} */ (curve.data), xs, theory?.[i]);
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
 * The power of ten that all ticks of an axis share.
 * @param {number} most the largest tick
 * @returns {number} the exponent; 0 where the ticks are easy to read without it
 */
export function commonExponent(most) {
  const exponent = Math.floor(Math.log10(most));
  return exponent < -2 || exponent > 3 ? exponent : 0;
}

/** @param {any} chart @param {string} symbol @param {number} exponent */
function nameAxes({ ctx, chartArea, scales }, symbol, exponent) {
  if (!scales.x.options.ticks.display) return; // the chart has no data
  const { density } = words.TABLES;
  writeAxisName(ctx, exponent === 0 ? density : `${density} ×\u202f${words.power(exponent)}`, 2);
  writeAxisName(ctx, symbol, chartArea.bottom + BELOW_PLOT);
}

/** @param {Float64Array[]} densities @returns {number} the density at the top of the frame */
function frameTop(densities) {
  const peaks = densities.map((density) => Math.max(...density)).filter((peak) => peak > 0);
  return peaks.length === 0 ? 1 : 1.12 * Math.min(Math.max(...peaks), TALLEST * Math.min(...peaks));
}

/**
 * The outline of a histogram as points for Chart.js.
 * @param {{ x: number, y: number }[]} points changed in place
 * @param {Axis} xs
 * @param {Float64Array} density one for each bin
 */
function fillSteps(points, xs, density) {
  const bins = binCount(xs);
  setLength(points, bins + 2);
  Object.assign(points[0], { x: xs.lo, y: 0 });
  for (let i = 0; i < bins; i++) Object.assign(points[i + 1], { x: xs.lo + i * xs.width, y: density[i] });
  Object.assign(points[bins + 1], { x: xs.hi, y: 0 });
}

/**
 * Theory's density as points for Chart.js.
 * @param {{ x: number, y: number }[]} points changed in place
 * @param {Axis} xs
 * @param {((x: number) => number) | undefined} density
 */
function fillCurve(points, xs, density) {
  setLength(points, density ? CURVE_POINTS + 1 : 0);
  points.forEach((point, i) => {
    point.x = xs.lo + ((xs.hi - xs.lo) * i) / CURVE_POINTS;
    point.y = density?.(point.x) ?? 0;
  });
}

/**
 * Keeps the points that exist: new ones at each frame would cost time.
 * @param {{ x: number, y: number }[]} points
 * @param {number} length
 */
function setLength(points, length) {
  while (points.length < length) points.push({ x: 0, y: 0 });
  points.length = length;
}
