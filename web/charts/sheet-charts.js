/**
 * sheet-charts.js: creates the charts of the sheet and finds the elements that its parts write to.
 *
 * It draws a histogram or a chart by depth from a scene. When to draw is up to sheet-parts.js and sheet.js; the drawing
 * itself is each chart's own.
 */
import { words } from '../locales/words.js';
import { LETTERS } from '../state/state.js';
import { axisForTensors, rebin, tensorOf } from './bins.js';
import { correlationCurve, correlationRange, deadCurve, deadRange, rmsCurves, sketchCurve } from './curves.js';
import { createDepthChart } from './depth-chart.js';
import { createHistogram } from './histogram.js';
import { createLateImages } from './late-images.js';
import { logRange } from './log-axis.js';
import { createNumbersTable, numbersOfBins, numbersOfCurves } from './numbers-table.js';
import { createRidgelinePair } from './ridgeline-pair.js';
import { createSentences } from './sentences.js';
import { write } from './write.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../run/reply.js').Network} Network */
/** @typedef {import('./sheet.js').Scene} Scene */
/** @typedef {ReturnType<typeof createCharts>} Charts */

/** Of each chart by depth: the curves of a network, and the look of its axes. @typedef {(letter: 'A' | 'B',
 * network: Network, lines: string[]) => any} CurvesOf */
const DEPTH_CHARTS = /** @type {Record<string, [curves: CurvesOf, look: any]>} */ ({
  rms: [rmsCurves, { log: true, range: logRange, right: 72 }],
  correlation: [correlationCurve, { log: false, range: correlationRange, right: 28 }],
  dead: [
    deadCurve,
    { log: false, range: deadRange, tick: (/** @type {number} */ value) => words.percent(value), right: 28 },
  ],
});

/** @param {HTMLElement} root @param {import('./sheet.js').Page} page */
export function createCharts(root, page) {
  const { choose } = page;
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const findPair = (/** @type {string} */ selector) => LETTERS.map((letter) => find(`${selector}${letter}`));
  const createFigure = (/** @type {string} */ id) => ({
    figure: find(id),
    canvas: find(`${id} canvas`),
    setNumbers: createNumbersTable(find(id)),
  });
  const [weights, detail] = ['#weights', '#detail'].map((id) => ({
    ...createFigure(id),
    ...createHistogram(find(`${id} canvas`)),
    caption: find(`${id} figcaption`),
  }));
  const [rms, correlation, dead] = Object.entries(DEPTH_CHARTS).map(([id, [curves, look]]) => ({
    ...createFigure(`#${id}`),
    ...createDepthChart(find(`#${id} canvas`), choose, look),
    curves,
    title: find(`#${id} h3`),
    caption: find(`#${id} figcaption`),
  }));
  const figures = findPair('#ridge');
  return {
    root,
    sentences: createSentences(root),
    ridges: { figures, draw: createRidgelinePair(figures, choose) },
    weights,
    detail,
    rms,
    correlation,
    dead,
    images: createLateImages(find('#conv'), page),
    layerTitle: find('#layer h2'),
    formulas: findPair('#formula'),
    figures: [...root.querySelectorAll('#figures tbody')],
    run: find('#run'),
    runFold: find('#run').closest('details'),
  };
}

/**
 * @param {Charts['rms']} chart
 * @param {Scene} scene
 * @param {import('./sheet.js').Sketched | null} [sketched] drawn over the curves, or instead of them if they are secret
 */
export function drawDepthChart(chart, { networks, depth, names, chosen, lines, sums, limits }, sketched = null) {
  const { curves, canvas, title, update, setNumbers } = chart;
  const drawn = sketched?.secret ? [] : LETTERS.flatMap((letter, i) => curves(letter, networks[i], lines));
  update({
    curves: sketched ? [...drawn, sketchCurve(sketched.label, sketched.line)] : drawn,
    depth,
    names,
    sums,
    limits: curves === rmsCurves ? limits : null,
    chosen: sketched?.secret ? sketched.layer : chosen,
    range: sketched?.secret ? sketched.range : undefined,
  });
  setNumbers(() => numbersOfCurves(drawn, depth, names));
  if (canvas.closest('#rms')) return; // the verdicts are its label
  canvas.setAttribute('aria-label', words.LABELS.curves(title.textContent, drawn, chosen, names?.[chosen - 1]));
}

/**
 * Draws a tensor of the chosen layer, A and B over each other.
 * @param {Charts['weights']} chart
 * @param {string} name of the tensor
 * @param {Scene} scene
 * @param {boolean} withoutZeros see rebin
 * @param {((layer: Layer, x: number) => number) | undefined} theory density at x
 * @param {string} caption
 */
export function drawHistogram(chart, name, { chosenLayers, chosen, names, failed }, withoutZeros, theory, caption) {
  const tensors = chosenLayers.map((layer) => tensorOf(layer, name));
  const axis = axisForTensors(tensors.filter((tensor) => tensor !== undefined));
  const densities = tensors.map((tensor) => tensor && rebin(tensor, axis, { withoutZeros }).density);
  const predicted = theory && chosenLayers.map((layer) => (/** @type {number} */ x) => (layer ? theory(layer, x) : 0));
  chart.setNumbers(() => numbersOfBins(axis, densities, predicted));
  const cut = chart.update(name, axis, densities, predicted);
  write(chart.caption, failed ? `${words.WORDS.failed}.` : caption + words.cutWords(cut));
  chart.canvas.setAttribute('aria-label', words.LABELS.histogram(name, chosen, tensors, names?.[chosen - 1]));
}
