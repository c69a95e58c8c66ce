/**
 * depth-chart.js: a chart of curves over depth, on a linear or a log axis. A click chooses a layer.
 *
 * Chart.js draws the axes only, and curve-drawing.js the curves. As datasets of Chart.js, with a size for each mark, the
 * curves would take several times as long. Which curves there are is up to curves.js.
 */
import { words } from '../locales/words.js';
import { footOf } from './axis-names.js';
import { linearTicks } from './bins.js';
import { listenForPicks } from './canvas.js';
import { axisOptions, createLateChart, sharedOptions } from './chartjs.js';
import { drawCurves } from './curve-drawing.js';
import { endsOf, ticksWithEnds, tickText } from './log-axis.js';

/** @typedef {import('./curves.js').Curve} Curve */
/** @typedef {import('./log-axis.js').Range} Range */

/** Where the first residual sum is, and how many layers the next is away. Without sums: 0 and 1.
 * @typedef {{ first: number, apart: number }} Sums */

/**
 * @typedef {object} DepthData
 * @property {Curve[]} curves from back to front
 * @property {number} depth the last layer on the axis
 * @property {string[] | null} names of the layers; null where they go by their numbers
 * @property {number} chosen layer
 * @property {Sums} sums
 * @property {import('./late-limits.js').Limits | null} [limits] of a number format
 * @property {Range} [range] of the y axis; default: look.range of the values
 *
 * @typedef {object} Look
 * @property {boolean} log whether the y axis is a log axis
 * @property {(values: number[]) => Range} range of the y axis; exponents of 10 if log
 * @property {(value: number) => string} [tick] text of a tick on a linear axis
 * @property {number} right CSS pixels for the labels at the ends of the curves
 */

/** All values, measured and predicted. @param {DepthData} data @returns {number[]} */
const valuesOf = ({ curves }) =>
  curves.flatMap(({ measured, theory }) =>
    [...measured, ...theory.filter(Number.isFinite)].filter((value) => value !== undefined),
  );

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(layer: number) => void} choose
 * @param {Look} look
 */
export function createDepthChart(canvas, choose, look) {
  let data = /** @type {DepthData} */ ({ curves: [], depth: 1, names: null, chosen: 1, sums: { first: 0, apart: 1 } });
  const axis = { range: { lo: 0, hi: 1 }, ends: { floor: '', ceiling: '' } };
  const curves = { id: 'curves', afterDatasetsDraw: (/** @type {any} */ drawn) => drawCurves(drawn, data, look.log) };
  const chart = createLateChart(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: chartOptions(look, axis, () => data.names),
    plugins: [curves],
  });

  /** @param {DepthData} next */
  function update(next) {
    data = next;
    const values = valuesOf(data);
    const range = data.range ?? data.limits?.range(values) ?? look.range(values);
    Object.assign(axis, { range, ends: endsOf(values, range) });
    const { x, y } = chart.options().scales;
    x.max = data.depth;
    y.min = look.log ? 10 ** range.lo : range.lo;
    y.max = look.log ? 10 ** range.hi : range.hi;
    chart.update(values.length > 0, [
      data.depth,
      String(data.names),
      range.lo,
      range.hi,
      axis.ends.floor,
      axis.ends.ceiling,
    ]);
  }

  listenForPicks(canvas, (x) => {
    const scales = chart.scales();
    if (!scales) return;
    const layer = Math.round(Number(scales.x.getValueForPixel(x)));
    choose(Math.min(data.depth, Math.max(1, layer)));
  });

  /**
   * The layer and the exponent of 10 at a point of a log chart.
   * @param {number} left CSS pixels
   * @param {number} top CSS pixels
   * @returns null before the first drawing
   */
  function locate(left, top) {
    const scales = chart.scales();
    if (!scales) return null;
    const [layer, value] = [scales.x.getValueForPixel(left), scales.y.getValueForPixel(top)];
    return { layer: Math.round(layer), power: Math.log10(value) };
  }
  return { update, locate };
}

/**
 * @param {Look} look
 * @param {{ range: Range, ends: import('./log-axis.js').Ends }} axis read at each drawing
 * @param {() => string[] | null} namesNow of the layers, read at each drawing
 */
function chartOptions({ log, tick = (value) => words.plain(value), right }, axis, namesNow) {
  const logAxis = {
    type: 'logarithmic',
    bounds: 'data',
    afterBuildTicks: (/** @type {any} */ scale) => {
      scale.ticks = ticksWithEnds(axis.range, scale.height / 28, axis.ends);
    },
    ticks: { callback: (/** @type {number} */ value) => tickText(axis.range, value, axis.ends) },
  };
  return {
    ...sharedOptions(),
    layout: { padding: { top: 8, right } },
    scales: {
      x: axisOptions('x', 28, {
        min: 0,
        grid: { display: false },
        ticks: { callback: (/** @type {number} */ value) => (namesNow() ? '' : words.plain(value)) },
        afterFit: (/** @type {any} */ scale) => {
          scale.height = footOf(scale, namesNow());
        },
        afterBuildTicks: (/** @type {any} */ scale) => {
          const most = Math.min(10, scale.width / 28);
          scale.ticks = linearTicks(0, scale.max, most).filter(({ value }) => Number.isInteger(value));
        },
      }),
      y: axisOptions('y', 56, log ? logAxis : { ticks: { callback: tick } }),
    },
  };
}
