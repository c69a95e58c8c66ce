/**
 * chartjs.js: the parts of Chart.js that this page uses, and the options that every such chart shares.
 *
 * The options keep an update cheap. This file draws no chart itself, and knows nothing of networks.
 */
import { Chart, Filler, LinearScale, LineController, LineElement, LogarithmicScale, PointElement } from 'chart.js';
import { words } from '../locales/words.js';
import { linearTicks } from './bins.js';
import { fitPlainCanvases } from './canvas.js';
import { colours } from './colours.js';

Chart.register(Filler, LinearScale, LineController, LineElement, LogarithmicScale, PointElement);

/** CSS pixels from the plot down to the numbers of its x axis. */
export const BELOW_PLOT = 11;

/**
 * Resizes every chart to its box and draws it, at once.
 * @param {number} [fineness] dots to a CSS pixel; default: the screen's
 */
export function fitCharts(fineness) {
  fitPlainCanvases(fineness);
  for (const chart of Object.values(Chart.instances)) {
    if (!chart.ctx) continue; // the browser gave this canvas no context
    chart.options.devicePixelRatio = fineness;
    chart.resize();
  }
}

/**
 * The options of an axis. Its size is fixed, so the plot does not move when the numbers change.
 * @param {'x' | 'y'} direction
 * @param {number} size CSS pixels: width of a y axis, height of an x axis
 * @param {Record<string, any>} [more] options that replace the shared ones
 */
export function axisOptions(direction, size, more = {}) {
  const { ticks, ...rest } = more;
  return {
    type: 'linear',
    border: { color: () => colours.hairline },
    grid: { color: () => colours.grid, tickLength: 4 },
    ticks: {
      color: () => colours.muted,
      maxRotation: 0,
      autoSkip: false,
      callback: (/** @type {number} */ value) => words.plain(value),
      ...ticks,
    },
    afterBuildTicks: (/** @type {any} */ scale) => {
      const most = direction === 'x' ? scale.chart.width / 75 : scale.chart.height / 60;
      scale.ticks = linearTicks(scale.min, scale.max, most);
    },
    afterFit: (/** @type {any} */ scale) => {
      scale[direction === 'x' ? 'height' : 'width'] = size;
    },
    ...rest,
  };
}

/** Options of a whole chart. Chart.js's defaults would make each update several times as slow. */
export const sharedOptions = () =>
  /** @type {any} */ ({
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    elements: { line: { tension: 0 }, point: { radius: 0 } },
  });

/**
 * A Chart.js chart that is created at its first update. Creating an empty one first would double the cost.
 * @param {HTMLCanvasElement} canvas
 * @param {any} config of Chart.js
 */
export function createLateChart(canvas, config) {
  /** @type {any} */
  let chart = null;
  let drawnFrom = '';
  return {
    datasets: config.data.datasets,
    /** Change these before update(). */
    options: () => (chart ?? config).options,
    /** undefined before the first update */
    scales: () => chart?.scales,
    /**
     * @param {boolean} hasData without data the axes have no ticks, as their range would be invented
     * @param {(string | number)[]} [axes] for a chart without datasets: the values that its axes depend on. While they
     *   stay the same only the plot is drawn again.
     */
    update(hasData, axes) {
      const from = `${[hasData, axes, colours.ink, colours.paper, words.lang]}`;
      if (axes && chart?.ctx && from === drawnFrom) {
        chart.draw();
        return;
      }
      drawnFrom = from;
      for (const { ticks, grid } of Object.values(
        /** @type {Record<string, any>} */ ((chart ?? config).options.scales),
      )) {
        ticks.display = hasData;
        Object.assign(grid, { drawOnChartArea: hasData, drawTicks: hasData });
      }
      if (!chart) chart = new Chart(canvas, config);
      else if (chart.ctx) chart.update('none');
    },
  };
}
