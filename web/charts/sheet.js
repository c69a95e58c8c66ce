/*
 * The one function that draws: a reply and the reader's view of it onto the whole sheet, a part at a time, so that the
 * caller may let the page breathe in between. Every label is taken from the reply, none from the controls. What it may
 * leave for a moment is in waiting.js: it then says when it is to be called again. What it keeps is the charts, and what
 * they were drawn from.
 */
import { words } from '../locales/words.js';
import { LETTERS } from '../state/state.js';
import { axisOfTensors, BACKWARD, rebin, tensorOf } from './bins.js';
import { hasDensity, normalDensity, schemeDensity } from './density.js';
import { createDepth } from './depth.js';
import { createHistogram } from './histogram.js';
import { createConv } from './images/section.js';
import { decades } from './logaxis.js';
import { createNumbers, numbersOfBins, numbersOfCurves } from './numbers-table.js';
import { createRidges } from './ridges.js';
import { createSentences } from './sentences.js';
import { correlationCurve, correlationRange, deadCurve, deadRange, rmsCurves, sketchCurve } from './series.js';
import { write, writeFigures, writeFormula, writeRun } from './text.js';
import { createPatience, FIRST, FORWARD, isBegun, WHOLE, watchView } from './waiting.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../run/reply.js').Network} Network */
/** @typedef {import('../run/reply.js').Reply} Reply */
/** @typedef {import('../engine/spec.js').Tables} Tables */
/**
 * A line that the reader sketches over the chart of rms by depth: the powers of ten that its axis spans, and whether
 * the measured curves are still a secret.
 * @typedef {{ label: string, line: number[], range: { lo: number, hi: number }, secret: boolean, layer: number }} Sketched
 */
/** @typedef {{ layer: number, tensor: string, sketched: Sketched | null }} View the chosen layer, which may be past the
 * end, the tensor, and what the reader sketched over the chart of rms */

/** What is drawn: the reply, its networks A and B and all their layers, those that are chosen, whether neither could be
 * run, how much of it is drawn, the view, and the language, which may change before the last chart is drawn.
 * @typedef {{ reply: Reply, networks: Network[], all: Layer[], depth: number, chosen: number, here: (Layer | undefined)[], failed: boolean,
 *   stage: number, tensor: string, sketched: Sketched | null, tables: Tables, lang: string }} Scene */

/** A part of the sheet: from which stage of the reply on it is drawn, `ofTensor` if it is of the tensor that is looked
 * at, which may take the way back; what it is drawn from, where it is not drawn if all that is as before; the elements
 * one of which is to be in view.
 * @typedef {{ stage: number, ofTensor?: boolean, from?: (scene: Scene) => unknown[], within?: Element[],
 *   draw: (scene: Scene) => void }} Part */

/** The curves of the charts by depth, and how their axes run. */
const DEPTH_CHARTS = /** @type {Record<string, [curves: (letter: 'A' | 'B', network: Network) => any, look: any]>} */ ({
  rms: [rmsCurves, { log: true, range: decades, right: 52 }],
  correlation: [correlationCurve, { log: false, range: correlationRange, right: 28 }],
  dead: [
    deadCurve,
    { log: false, range: deadRange, tick: (/** @type {number} */ value) => words.percent(value), right: 28 },
  ],
});

/** @param {(Layer | undefined)[]} layers @param {string} name */
const tensorsOf = (layers, name) => layers.map((layer) => tensorOf(layer, name));

/** Of both networks, and where those of A end. @param {Scene} scene @param {string} name */
const tensorsOfAll = ({ networks, all }, name) => [networks[0].layers.length, ...tensorsOf(all, name)];

/**
 * @param {HTMLElement} root
 * @param {(layer: number) => void} choose
 * @param {() => void} redraw called when something comes into view that was left undrawn
 */
export function createSheet(root, choose, redraw) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const { writeTitles, writeVerdicts, labelRidges, verdicts } = createSentences(root);
  const figuresOfRidges = LETTERS.map((letter) => find(`#ridge${letter}`));
  const drawRidges = createRidges(figuresOfRidges, choose);
  const [weights, detail] = ['#weights', '#detail'].map((id) => ({
    ...createHistogram(find(`${id} canvas`)),
    figure: find(id),
    canvas: find(`${id} canvas`),
    caption: find(`${id} figcaption`),
    tell: createNumbers(find(id)),
  }));
  const [rms, correlation, dead] = Object.entries(DEPTH_CHARTS).map(([id, [curves, look]]) => ({
    curves,
    figure: find(`#${id}`),
    canvas: find(`#${id} canvas`),
    title: find(`#${id} h3`),
    tell: createNumbers(find(`#${id}`)),
    chart: createDepth(find(`#${id} canvas`), choose, look),
  }));
  const conv = createConv(find('#conv'));
  const run = find('#run');
  const runFold = run.closest('details');

  /** In the order in which they are drawn. @type {Part[]} */
  const parts = [
    { stage: FORWARD, draw: ({ reply, chosen, tensor }) => writeTitles(reply.state, chosen, tensor) },
    { stage: WHOLE, draw: ({ reply, networks }) => writeVerdicts(reply.state, networks) },
    {
      stage: FIRST,
      ofTensor: true,
      from: (scene) => [
        scene.tensor,
        scene.stage === FIRST,
        ...tensorsOfAll(scene, scene.tensor),
        ...scene.networks.map(({ error }) => error),
      ],
      within: figuresOfRidges,
      draw: ({ networks, depth, chosen, stage, tensor }) =>
        drawRidges(networks, depth, chosen, tensor, stage === FIRST),
    },
    { stage: FIRST, ofTensor: true, draw: tellOfRidges },
    {
      stage: WHOLE,
      from: ({ here }) => here,
      draw: ({ depth, chosen, here, tables }) => {
        LETTERS.forEach((letter, i) => {
          writeFormula(find(`#formula${letter}`), here[i], depth, tables);
        });
        writeFigures(find('#figures tbody'), here);
        write(find('#layer h2'), words.WORDS.layerTitle(chosen, depth));
      },
    },
    {
      stage: WHOLE,
      from: ({ all, sketched }) => [sketched, ...all],
      within: [rms.figure],
      draw: (scene) => drawDepth(rms, scene, scene.sketched),
    },
    {
      stage: FORWARD,
      from: ({ here }) => tensorsOf(here, 'weights'),
      within: [weights.figure],
      draw: drawWeights,
    },
    ...[correlation, dead].map((of) => ({
      stage: FORWARD,
      from: (/** @type {Scene} */ scene) => tensorsOfAll(scene, 'activations'),
      within: [of.figure],
      draw: (/** @type {Scene} */ scene) => drawDepth(of, scene),
    })),
    {
      stage: FORWARD,
      ofTensor: true,
      from: ({ here, tensor }) => [tensor, ...tensorsOf(here, tensor)],
      within: [detail.figure],
      draw: drawDetail,
    },
    { stage: WHOLE, from: ({ networks }) => networks, draw: ({ networks, chosen }) => conv.update(networks, chosen) },
    {
      stage: WHOLE,
      from: ({ all }) => (runFold.open ? all : []),
      within: [runFold],
      draw: ({ networks, depth }) => {
        const layers = networks.map((network) => network.layers);
        if (runFold.open) writeRun(run, layers, depth);
      },
    },
    { stage: WHOLE, draw: tellOfAll },
  ];

  /** What each part was last drawn from. @type {Map<Part, unknown[]>} */
  const drawnFrom = new Map();

  /** Whether a part is to be drawn from something else than before. @param {Part} part @param {unknown[]} from */
  function differs(part, from) {
    const before = drawnFrom.get(part) ?? [];
    drawnFrom.set(part, from);
    return before.length !== from.length || from.some((value, i) => value !== before[i]);
  }

  const patience = createPatience();
  const view = watchView([...root.querySelectorAll('figure'), runFold], redraw);
  const ridgesInView = () => figuresOfRidges.some(view.has);

  /**
   * Draws a part at each step, only where what it shows has changed, or all `again`. Returns milliseconds after which it
   * is to be called again, for what it has left; 0: nothing.
   * @param {Reply} reply
   * @param {View} of
   * @param {Tables} tables
   * @param {boolean} again
   * @returns {Generator<void, number, void>}
   */
  function* draw(reply, { layer, tensor, sketched }, tables, again) {
    const { depth } = reply.state;
    const networks = LETTERS.map((letter) => reply.networks[letter]);
    const { stage, left } = patience(networks, again);
    const chosen = Math.min(layer, depth);
    const here = networks.map(({ layers }) => layers[chosen - 1]);
    const failed = networks.every(({ error }) => error);
    const all = networks.flatMap(({ layers }) => layers);
    const scene = {
      reply,
      networks,
      all,
      depth,
      chosen,
      here,
      failed,
      stage,
      tensor,
      sketched,
      tables,
      lang: words.lang,
    };
    view.left = false;
    if (stage === FIRST && !ridgesInView()) return left;
    for (const part of parts) {
      const { ofTensor, from, within, draw } = part;
      if (stage < (ofTensor && BACKWARD.includes(tensor) ? WHOLE : part.stage)) continue;
      if (within && reply.coarse && !again && !within.some(view.has)) {
        view.left = true;
        continue;
      }
      if (from) {
        if (!differs(part, [depth, chosen, failed, ...from(scene)]) && !again) continue;
        yield;
      }
      draw(scene);
    }
    return left;
  }

  /** @param {Scene} scene */
  function drawWeights(scene) {
    const without = LETTERS.filter((_, i) => scene.here[i] && !hasDensity(scene.here[i]));
    drawHistogram(weights, 'weights', scene, false, schemeDensity, words.weightsCaption(without));
  }

  /** @param {Scene} scene */
  function drawDetail(scene) {
    const theory = /** @type {Record<string, (layer: Layer, x: number) => number>} */ ({
      weights: schemeDensity,
      preactivations: (layer, x) => (layer.theory ? normalDensity(x, Math.sqrt(layer.theory.zSquare)) : 0),
    })[scene.tensor];
    drawHistogram(detail, scene.tensor, scene, true, theory, words.WORDS.detailCaption);
  }

  /** What the ridges are of is there to be read, by tests too, while the rest is being drawn. @param {Scene} scene */
  function tellOfRidges({ reply, networks, depth }) {
    labelRidges();
    if (!ridgesInView()) return;
    const { width } = reply.state;
    Object.assign(root.dataset, { ridgesDepth: depth, ridgesWidth: width });
    if (!networks.some(isBegun)) Object.assign(root.dataset, { forwardDepth: depth, forwardWidth: width });
  }

  /** And what the whole sheet is of. @param {Scene} scene */
  function tellOfAll({ reply, networks: [A, B], depth, chosen, tensor, lang }) {
    const { request, coarse, state } = reply;
    const { width, a, b } = state;
    const done = { layersA: A.layers.length, layersB: B.layers.length, passedA: A.passed, passedB: B.passed };
    Object.assign(root.dataset, done, { request, coarse, depth, width, layer: chosen, a, b, lang, tensor });
  }

  return { draw, verdicts, ridgesInView, at: rms.chart.at };
}

/**
 * @param {any} made of a row of DEPTH_CHARTS
 * @param {Scene} scene
 * @param {Sketched | null} [sketched] which may keep the curves a secret
 */
function drawDepth({ curves, canvas, title, chart, tell }, { networks, depth, chosen }, sketched = null) {
  const drawn = sketched?.secret ? [] : LETTERS.flatMap((letter, i) => curves(letter, networks[i]));
  chart.update({
    curves: sketched ? [...drawn, sketchCurve(sketched.label, sketched.line)] : drawn,
    depth,
    chosen: sketched?.secret ? sketched.layer : chosen,
    range: sketched?.secret ? sketched.range : undefined,
  });
  tell(() => numbersOfCurves(drawn, depth));
  if (canvas.closest('#rms')) return;
  canvas.setAttribute('aria-label', words.LABELS.curves(title.textContent, drawn, chosen));
}

/**
 * Of A and B over each other, of the chosen layer.
 * @param {any} chart
 * @param {string} name of the tensor
 * @param {Scene} scene
 * @param {boolean} withoutZeros
 * @param {((layer: Layer, x: number) => number) | undefined} theory its density
 * @param {string} caption
 */
function drawHistogram(chart, name, { here, chosen, failed }, withoutZeros, theory, caption) {
  const tensors = tensorsOf(here, name);
  const axis = axisOfTensors(tensors.filter((tensor) => tensor !== undefined));
  const densities = tensors.map((tensor) => tensor && rebin(tensor, axis, { withoutZeros }).density);
  const predicted = theory && here.map((layer) => (/** @type {number} */ x) => (layer ? theory(layer, x) : 0));
  chart.tell(() => numbersOfBins(axis, densities, predicted));
  const cut = chart.update(name, axis, densities, predicted);
  write(chart.caption, failed ? `${words.WORDS.failed}.` : caption + words.cutWords(cut));
  chart.canvas.setAttribute('aria-label', words.LABELS.histogram(name, chosen, tensors));
}
