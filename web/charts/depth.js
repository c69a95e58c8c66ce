/*
 * The standard deviation of the activations by depth, A and B, on a log axis, layer 0 being the input. A log axis has
 * no place for 0, infinity and NaN: those stand on the frame's floor or ceiling, as open marks. Choosing a layer is by
 * click.
 */
import { plain, power } from '../locales/en.js';
import { linearTicks } from './bins.js';
import { axis, Chart, colours, commonOptions, fit, LETTERS, MARKS, onPoint, textFont } from './theme.js';

/** The frame spans at most these powers of ten. */
const FURTHEST = 18;

/** Within so many powers of ten the ticks are 1, 2, 5; beyond, powers. */
const NEAR = 2;

/** Layers beyond this many are drawn without marks. */
const MARKED_LAYERS = 40;

/**
 * The powers of ten, in halves, between which all values lie that can be shown, at least one power apart.
 * @param {number[]} values
 */
export function decades(values) {
  const logs = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const lo = Math.max(-FURTHEST, Math.floor(2 * Math.min(0, ...logs) - 0.1) / 2);
  const hi = Math.min(FURTHEST, Math.ceil(2 * Math.max(0, ...logs) + 0.1) / 2);
  return { lo, hi };
}

/**
 * Ticks that read well, at most so many where they are powers.
 * @param {{ lo: number, hi: number }} range
 * @param {number} most
 */
export function logTicks({ lo, hi }, most) {
  const step = hi - lo <= NEAR ? 0 : ([1, 2, 3, 4, 6, 8].find((size) => (hi - lo) / size <= most) ?? 8);
  const ticks = [];
  for (let k = Math.floor(lo); k <= hi; k++) {
    for (const digit of step === 0 ? [1, 2, 5] : [1]) {
      const log = k + Math.log10(digit);
      if (log >= lo && log <= hi && (step === 0 || k % step === 0)) ticks.push({ value: digit * 10 ** k });
    }
  }
  return ticks;
}

/** @param {{ lo: number, hi: number }} range @param {number} value */
function tickText({ lo, hi }, value) {
  return hi - lo <= NEAR || value === 1 ? plain(value) : power(Math.round(Math.log10(value)));
}

/**
 * stds[network][layer], the input's at 0; as many as are there.
 * @typedef {{ stds: number[][], depth: number, chosen: number }} DepthData
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(layer: number) => void} choose
 */
export function createDepth(canvas, choose) {
  let data = /** @type {DepthData} */ ({ stds: [], depth: 1, chosen: 1 });
  let range = { lo: 0, hi: 1 };
  const lines = LETTERS.map((letter) => ({
    data: [],
    borderWidth: 2,
    borderDash: [...MARKS[letter].dash],
    pointStyle: MARKS[letter].point,
    pointRadius: [],
    clip: false,
  }));
  const chart = new Chart(
    canvas,
    /** @type {any} */ ({
      type: 'line',
      data: { datasets: [...lines, { data: fit([], 2), borderWidth: 1, borderDash: [2, 3] }] },
      options: {
        ...commonOptions(),
        layout: { padding: { top: 8, right: 28 } },
        scales: {
          x: axis('x', 28, {
            min: 0,
            grid: { display: false },
            afterBuildTicks: (/** @type {any} */ scale) => {
              scale.ticks = linearTicks(0, scale.max, 10).filter(({ value }) => Number.isInteger(value));
            },
          }),
          y: axis('y', 48, {
            type: 'logarithmic',
            bounds: 'data',
            afterBuildTicks: (/** @type {any} */ scale) => {
              scale.ticks = logTicks(range, scale.height / 28);
            },
            ticks: { callback: (/** @type {number} */ value) => tickText(range, value) },
          }),
        },
      },
      plugins: [
        {
          id: 'marks',
          beforeDatasetsDraw: (/** @type {any} */ drawn) => drawChosen(drawn, data.chosen),
          afterDatasetsDraw: (/** @type {any} */ drawn) => drawLetters(drawn, data),
        },
      ],
    }),
  );

  /** @param {DepthData} next */
  function update(next) {
    data = next;
    range = decades(data.stds.flat());
    const { x, y } = /** @type {any} */ (chart.options.scales);
    x.max = data.depth;
    y.min = 10 ** range.lo;
    y.max = 10 ** range.hi;
    for (const [i, letter] of LETTERS.entries()) drawLine(chart.data.datasets[i], letter, data, i, y);
    const reference = /** @type {any} */ (chart.data.datasets[2]);
    const level = data.stds.find((stds) => stds.length > 0)?.[0] ?? Number.NaN;
    reference.borderColor = colours.muted;
    Object.assign(reference.data[0], { x: 0, y: level });
    Object.assign(reference.data[1], { x: data.depth, y: level });
    chart.update('none');
  }

  onPoint(canvas, (x) => {
    const layer = Math.round(Number(chart.scales.x.getValueForPixel(x)));
    choose(Math.min(data.depth, Math.max(1, layer)));
  });
  return { update };
}

/**
 * Where a value stands: on the floor if it is too small or 0, on the ceiling if too large or not finite.
 * @param {number} value
 * @param {{ min: number, max: number }} frame
 */
export function standIn(value, { min, max }) {
  if (Number.isNaN(value) || value > max) return { y: max, clamped: true };
  return value < min ? { y: min, clamped: true } : { y: value, clamped: false };
}

/**
 * @param {any} dataset
 * @param {'A' | 'B'} letter
 * @param {DepthData} data
 * @param {number} network
 * @param {{ min: number, max: number }} frame
 */
function drawLine(dataset, letter, { stds, depth, chosen }, network, frame) {
  const values = stds[network];
  fit(dataset.data, values.length);
  const plainRadius = depth > MARKED_LAYERS ? 0 : 3;
  dataset.pointRadius = values.map((_, layer) => (layer === chosen ? 6 : plainRadius));
  dataset.pointBackgroundColor = [];
  values.forEach((value, layer) => {
    const { y, clamped } = standIn(value, frame);
    dataset.data[layer].x = layer;
    dataset.data[layer].y = y;
    dataset.pointBackgroundColor.push(clamped ? colours.paper : colours[letter]);
    if (clamped) dataset.pointRadius[layer] = layer === chosen ? 6 : 3;
  });
  dataset.borderColor = colours[letter];
  dataset.pointBorderColor = colours[letter];
}

/**
 * @param {any} chart
 * @param {number} chosen
 */
function drawChosen({ ctx, chartArea, scales }, chosen) {
  const x = scales.x.getPixelForValue(chosen);
  ctx.save();
  ctx.strokeStyle = colours.muted;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x, chartArea.top);
  ctx.lineTo(x, chartArea.bottom);
  ctx.stroke();
  ctx.restore();
}

/**
 * The letters at the ends of the lines, kept apart where the lines end together.
 * @param {any} chart
 * @param {DepthData} data
 */
function drawLetters({ ctx, chartArea, data: { datasets }, scales }, { stds }) {
  const ends = LETTERS.filter((_, i) => stds[i]?.length).map((letter, i) => {
    const end = datasets[i].data[stds[i].length - 1];
    return { letter, x: scales.x.getPixelForValue(end.x), y: scales.y.getPixelForValue(end.y) };
  });
  if (ends.length === 2 && Math.abs(ends[0].y - ends[1].y) < 16) {
    const middle = Math.min(chartArea.bottom - 8, Math.max(chartArea.top + 8, (ends[0].y + ends[1].y) / 2));
    const upper = ends[0].y <= ends[1].y ? 0 : 1;
    ends[upper].y = middle - 8;
    ends[1 - upper].y = middle + 8;
  }
  ctx.save();
  ctx.font = textFont('700');
  ctx.textBaseline = 'middle';
  for (const { letter, x, y } of ends) {
    ctx.fillStyle = colours[letter];
    ctx.fillText(letter, x + 11, y);
  }
  ctx.restore();
}
