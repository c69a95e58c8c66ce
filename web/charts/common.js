/*
 * What all charts share: the parts of Chart.js that are used, the colours of the style sheet, and options that make an
 * update cheap. Not a chart itself; nothing here knows of networks beyond the letters A and B.
 */
import { Chart, Filler, LinearScale, LineController, LineElement, LogarithmicScale, PointElement } from 'chart.js';
import { words } from '../locales/words.js';
import { linearTicks } from './bins.js';

Chart.register(Filler, LinearScale, LineController, LineElement, LogarithmicScale, PointElement);

export { Chart };

/** Never colour alone: B is dashed, and a triangle where A is a circle. */
export const MARKS = /** @type {const} */ ({
  A: { dash: [], point: 'circle' },
  B: { dash: [6, 4], point: 'triangle' },
});

const TEXT_SIZE = 13;

/** The style sheet's colours, by the names of its variables; readColours keeps them up to date. */
export const colours = {
  paper: '',
  ink: '',
  muted: '',
  hairline: '',
  grid: '',
  A: '',
  B: '',
  washA: '',
  washB: '',
  strongA: '',
  strongB: '',
};

/** A colour of the system, such as CanvasText, as what it is here. @param {string} colour */
function hexOf(colour) {
  if (colour.startsWith('#')) return colour;
  const probe = document.createElement('span');
  probe.style.color = colour;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/\d+/g) ?? [];
  probe.remove();
  return `#${parts
    .slice(0, 3)
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')}`;
}

export function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of /** @type {(keyof typeof colours)[]} */ (Object.keys(colours))) {
    colours[name] = hexOf(style.getPropertyValue(`--${name}`).trim());
  }
  Chart.defaults.font.family = style.getPropertyValue('--sans').trim();
  Chart.defaults.font.size = TEXT_SIZE;
}

/** Brings every chart to the size of its box at once, at so many dots to a pixel; undefined: as many as the screen has.
 * @param {number} [fineness] */
export function fitCharts(fineness) {
  for (const fit of canvases) fit(fineness);
  for (const chart of Object.values(Chart.instances)) {
    if (!chart.ctx) continue; // a canvas that cannot be drawn on
    chart.options.devicePixelRatio = fineness;
    chart.resize();
  }
}

/** @param {string} [weight] */
export const textFont = (weight = '400') => `${weight} ${TEXT_SIZE}px ${Chart.defaults.font.family}`;

/** Quietly, at the left edge of the canvas. @param {CanvasRenderingContext2D} ctx @param {string} text @param {number} top */
export function writeAside(ctx, text, top) {
  ctx.save();
  ctx.font = textFont();
  ctx.fillStyle = colours.muted;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.fillText(text, 0, top);
  ctx.restore();
}

/** Between the plot and the numbers of its x axis. */
export const BELOW = 11;

/**
 * An axis in the common style. Its size is fixed, so that the plot does not move when its numbers change.
 * @param {'x' | 'y'} axis
 * @param {number} size width of a y axis, height of an x axis
 * @param {Record<string, any>} [more]
 */
export function axis(axis, size, more = {}) {
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
      scale.ticks = linearTicks(scale.min, scale.max, axis === 'x' ? scale.chart.width / 75 : scale.chart.height / 60);
    },
    afterFit: (/** @type {any} */ scale) => {
      scale[axis === 'x' ? 'height' : 'width'] = size;
    },
    ...rest,
  };
}

/** Options without which each update would cost several times as much. */
export const commonOptions = () =>
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
 * A chart that is made when it is first drawn, with what there is to draw: an empty one would cost as much again.
 * @param {HTMLCanvasElement} canvas
 * @param {any} config of Chart.js
 */
export function lateChart(canvas, config) {
  /** @type {any} */
  let chart = null;
  let drawnFrom = '';
  return {
    datasets: config.data.datasets,
    /** to be changed before update() */
    options: () => (chart ?? config).options,
    /** undefined before it was drawn */
    scales: () => chart?.scales,
    /**
     * @param {boolean} there whether there is anything to draw: without it an axis would be an invented one
     * @param {(string | number)[]} [axes] what the axes depend on, of a chart without datasets: where that is as it was,
     *   only the plot is drawn again
     */
    update(there, axes) {
      const from = `${[there, axes, colours.ink, colours.paper, words.lang]}`;
      if (axes && chart?.ctx && from === drawnFrom) {
        chart.draw();
        return;
      }
      drawnFrom = from;
      for (const { ticks, grid } of Object.values(
        /** @type {Record<string, any>} */ ((chart ?? config).options.scales),
      )) {
        ticks.display = there;
        Object.assign(grid, { drawOnChartArea: there, drawTicks: there });
      }
      if (!chart) chart = new Chart(canvas, config);
      else if (chart.ctx) chart.update('none');
    },
  };
}

/** Of each canvas that is drawn on without Chart.js. @type {Set<(fineness?: number) => void>} */
const canvases = new Set();

/**
 * A canvas that fills its box, and is drawn on without Chart.js.
 * @param {HTMLCanvasElement} canvas
 * @param {(context: CanvasRenderingContext2D, width: number, height: number) => void} paint in CSS pixels, on nothing
 */
export function plainCanvas(canvas, paint) {
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
  canvases.add((next) => {
    fineness = next;
    resize();
  });
  return { draw, height: () => height };
}

/** @typedef {{ x: number, y: number }[]} Places in pixels, NaN where there is nothing */

/**
 * A path with gaps where there is no place.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Places} places
 */
export function strokePath(ctx, places) {
  let down = false;
  ctx.beginPath();
  for (const { x, y } of places) {
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
 * Brings an array of points to a length without making new points for those that are there already.
 * @param {{ x: number, y: number }[]} points
 * @param {number} length
 */
export function fit(points, length) {
  while (points.length < length) points.push({ x: 0, y: 0 });
  points.length = length;
  return points;
}

/**
 * Calls back with each place that the reader clicks on a canvas, or passes with the mouse button down.
 * @param {HTMLCanvasElement} canvas
 * @param {(x: number, y: number) => void} point
 */
export function onPoint(canvas, point) {
  canvas.addEventListener('click', ({ offsetX, offsetY }) => point(offsetX, offsetY));
  canvas.addEventListener('pointermove', ({ buttons, pointerType, offsetX, offsetY }) => {
    if (buttons === 1 && pointerType === 'mouse') point(offsetX, offsetY);
  });
}
