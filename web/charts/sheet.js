/*
 * The one function that draws: a reply and the reader's view of it onto the whole sheet, a chart at a time, so that the
 * caller may let the page breathe in between. Every label is taken from the reply, none from the controls. Of a reply
 * that is not whole it may leave parts for a moment, and of the first inputs of a batch what is out of view: it then
 * says when it is to be called again. What it keeps is the charts, and what they were drawn from.
 */
import { agreement } from '../agreement.js';
import { words } from '../locales/words.js';
import { CLASSES } from '../networks.js';
import { LETTERS } from '../state.js';
import { verdict } from '../verdict.js';
import {
  axisOf,
  axisOfFamilies,
  axisOfTensors,
  BACKWARD,
  familyOf,
  rebin,
  scaleTensor,
  smooth,
  tensorOf,
} from './bins.js';
import { createConv } from './conv.js';
import { hasDensity, normalDensity, schemeDensity } from './density.js';
import { createDepth } from './depth.js';
import { createHistogram } from './histogram.js';
import { decades } from './logaxis.js';
import { createNumbers, numbersOfBins, numbersOfCurves, numbersOfRidges } from './numbers.js';
import { createRidge } from './ridge.js';
import { correlationCurve, correlationRange, deadCurve, deadRange, rmsCurves, sketchCurve } from './series.js';
import { write, writeFigures, writeFormula, writeRun } from './table.js';

/** @typedef {import('../client.js').Layer} Layer */
/** @typedef {import('../client.js').Network} Network */
/** @typedef {import('../client.js').Reply} Reply */
/** @typedef {import('../engine.js').Summary} Summary */
/** @typedef {import('../lessons/sketch.js').Sketched} Sketched */
/** @typedef {{ layer: number, tensor: string, sketched: Sketched | null }} View the chosen layer, which may be past the
 * end, the tensor, and what the reader sketched over the chart of rms */

const RIDGES = ['ridgeA', 'ridgeB'];

/** The curves of the charts by depth, and how their axes run. */
const DEPTH_CHARTS = /** @type {[id: string, curves: (letter: 'A' | 'B', network: Network) => any, look: any][]} */ ([
  ['rms', rmsCurves, { log: true, range: decades, right: 52 }],
  ['correlation', correlationCurve, { log: false, range: correlationRange, right: 28 }],
  [
    'dead',
    deadCurve,
    { log: false, range: deadRange, tick: (/** @type {number} */ value) => words.percent(value), right: 28 },
  ],
]);

/** Milliseconds, from the first reply that is not whole on, that is waited for the rest. Until the way forward is done
 * the ridges alone are drawn, over those of the run before, then all but what tells of the way back too: curves and
 * sentences would else be gone for a moment at each move of a slider. */
const GRACE = { forward: 450, back: 150 };

/** Whether there is nothing of the way back yet. @param {Network} network */
const isPartial = ({ passed, done, error }) => passed === 0 && !done && !error;

/** Whether the way forward is not done yet. @param {Network} network */
const isBegun = (network) => isPartial(network) && network.layers.length < network.spec.layers.length;

/**
 * @param {HTMLElement} root
 * @param {(layer: number) => void} choose
 * @param {() => void} redraw called when something comes into view that was left undrawn
 */
export function createSheet(root, choose, redraw) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const weights = { ...createHistogram(find('#weights canvas')), tell: createNumbers(find('#weights')) };
  const detail = { ...createHistogram(find('#detail canvas')), tell: createNumbers(find('#detail')) };
  const ridges = LETTERS.map((letter) => ({
    ...createRidge(find(`#ridge${letter} canvas`), choose),
    tell: createNumbers(find(`#ridge${letter}`)),
  }));
  const depthCharts = DEPTH_CHARTS.map(([id, curves, look]) => ({
    id,
    curves,
    canvas: find(`#${id} canvas`),
    title: find(`#${id} h3`),
    tell: createNumbers(find(`#${id}`)),
    chart: createDepth(find(`#${id} canvas`), choose, look),
  }));
  const conv = createConv(find('#conv'));
  const run = find('#run');

  /** What each part was last drawn from. @type {Record<string, unknown[]>} */
  const seen = {};

  /** Whether a part is to be drawn from something else than before. @param {string} part @param {unknown[]} from */
  function differs(part, from) {
    const before = seen[part] ?? [];
    seen[part] = from;
    return before.length !== from.length || from.some((value, i) => value !== before[i]);
  }

  /** Figures, and the table of the run, that are in view. @type {Set<Element>} */
  const inView = new Set();
  /** Whether one that was not has been left undrawn. */
  let unseen = false;
  const watching = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) inView[isIntersecting ? 'add' : 'delete'](target);
    if (unseen && entries.some(({ isIntersecting }) => isIntersecting)) redraw();
  });
  for (const figure of [...root.querySelectorAll('figure'), run.closest('details')]) watching.observe(figure);
  const ridgesInView = () => RIDGES.some((id) => inView.has(find(`#${id}`)));

  /** Since when something has been left for the rest of a reply; 0: nothing has. */
  let since = 0;
  /** What the ridges were last drawn from. @type {{ tensor: string, all: (Summary | undefined)[][] }} */
  let before = { tensor: '', all: [[], []] };

  /**
   * Draws a part at each step, charts only where what they show has changed, or all `again`. Returns milliseconds after
   * which it is to be called again, for what it has left; 0: nothing.
   * @param {Reply} reply
   * @param {View} view
   * @param {import('../spec.js').Tables} tables
   * @param {boolean} again
   * @returns {Generator<void, number, void>}
   */
  function* draw(reply, { layer, tensor, sketched }, tables, again) {
    const { request, state, coarse } = reply;
    const { depth } = state;
    const { lang } = words; // which may change before the last chart is drawn
    const networks = LETTERS.map((letter) => reply.networks[letter]);
    const chosen = Math.min(layer, depth);
    const here = networks.map(({ layers }) => layers[chosen - 1]);
    const failed = networks.every(({ error }) => error);
    const all = networks.flatMap(({ layers }) => layers);
    const tensorsOf = (/** @type {any[]} */ layers, /** @type {string} */ name) =>
      layers.map((layer) => tensorOf(layer, name));
    unseen = false;
    /** What is out of view waits until the reader rests or looks at it. @param {Element[]} elements */
    const areSeen = (...elements) => {
      const seen = !coarse || again || elements.some((element) => inView.has(element));
      unseen ||= !seen;
      return seen;
    };
    /** Whether figures are to be drawn. @param {string[]} ids @param {unknown[]} from */
    const areNew = (ids, from) =>
      areSeen(...ids.map((id) => find(`#${id}`))) && (differs(ids[0], [depth, chosen, failed, ...from]) || again);
    const now = performance.now();
    const begun = networks.some(isBegun);
    if (again || !networks.some(isPartial)) since = 0;
    else since ||= now;
    const left = since > 0 ? since + (begun ? GRACE.forward : GRACE.back) - now : 0;
    const waits = left > 0;
    const hidden = waits && BACKWARD.includes(tensor);
    const holds = waits && begun;
    if (holds && (hidden || !ridgesInView() || networks.some((of) => isBegun(of) && of.layers.length === 0)))
      return left;
    if (!holds) writeTitles(state, chosen, tensor);
    if (!waits) writeVerdicts(networks, state);
    if (!hidden) {
      const from = [
        tensor,
        holds,
        networks[0].layers.length,
        ...tensorsOf(all, tensor),
        ...networks.map(({ error }) => error),
      ];
      if (areNew(RIDGES, from)) drawRidges(networks, depth, chosen, tensor, holds);
      labelRidges();
      if (ridgesInView()) {
        const { width } = state;
        Object.assign(root.dataset, { ridgesDepth: depth, ridgesWidth: width }); // while the rest is being drawn
        if (!begun) Object.assign(root.dataset, { forwardDepth: depth, forwardWidth: width });
      }
      yield;
    }
    if (holds) return left;
    if (!waits) {
      LETTERS.forEach((letter, i) => {
        writeFormula(find(`#formula${letter}`), here[i], depth, tables);
      });
      writeFigures(find('#figures tbody'), here);
      yield;
      if (areNew(['rms'], [sketched, ...all])) yield drawDepth(depthCharts[0], networks, depth, chosen, sketched);
    }
    if (areNew(['weights'], tensorsOf(here, 'weights'))) yield drawWeights(here, chosen, failed);
    const ofActivations = [networks[0].layers.length, ...tensorsOf(all, 'activations')];
    for (const chart of depthCharts.slice(1))
      if (areNew([chart.id], ofActivations)) yield drawDepth(chart, networks, depth, chosen);
    if (!hidden && areNew(['detail'], [tensor, ...tensorsOf(here, tensor)]))
      yield drawDetail(here, chosen, tensor, failed);
    if (waits) return left;
    since &&= now;
    yield conv.update(networks, chosen);
    if (run.closest('details').open && areSeen(run.closest('details'))) {
      const layers = networks.map((network) => network.layers);
      yield writeRun(run, layers, depth);
    }
    const [{ layers: layersA, passed: passedA }, { layers: layersB, passed: passedB }] = networks;
    const done = { layersA: layersA.length, layersB: layersB.length, passedA, passedB };
    Object.assign(root.dataset, done, {
      request,
      coarse,
      depth,
      width: state.width,
      layer: chosen,
      a: state.a,
      b: state.b,
      lang,
      tensor,
    });
    return 0;
  }

  /** @param {Network[]} networks @param {import('../state.js').State} state */
  function writeVerdicts(networks, state) {
    LETTERS.forEach((letter, i) => {
      writeVerdict(find(`#verdict${letter}`), letter, state, networks[i]);
    });
    find('#rms canvas').setAttribute('aria-label', words.LABELS.rms(LETTERS.map(verdictOf)));
  }

  /** @param {import('../state.js').State} state @param {number} chosen @param {string} tensor */
  function writeTitles(state, chosen, tensor) {
    for (const title of root.querySelectorAll('.chosen')) write(title, words.WORDS.layer(chosen));
    for (const title of root.querySelectorAll('.ridge .tensor')) write(title, words.WORDS.ridges(tensor));
    write(find('.how'), words.ridgeHow(BACKWARD.includes(tensor)));
    write(find('#detail h3'), words.WORDS.detail(tensor));
    write(find('#layer h2'), words.WORDS.layerTitle(chosen, state.depth));
    for (const canvas of root.querySelectorAll('canvas[role=slider]')) {
      canvas.setAttribute('aria-valuenow', String(chosen));
      canvas.setAttribute('aria-valuemax', String(state.depth));
      canvas.setAttribute('aria-valuetext', words.WORDS.layerTitle(chosen, state.depth));
    }
  }

  /** What is written of a network. @param {'A' | 'B'} letter */
  const verdictOf = (letter) =>
    ['.word', '.sentence', '.agreement'].map((part) => find(`#verdict${letter} ${part}`).textContent).join(' ');

  /** @param {(Layer | undefined)[]} here @param {number} chosen @param {boolean} failed */
  function drawWeights(here, chosen, failed) {
    const tensors = here.map((layer) => tensorOf(layer, 'weights'));
    const cut = drawOver(weights, tensors, false, (i) => (x) => (here[i] ? schemeDensity(here[i], x) : 0));
    const without = LETTERS.filter((_, i) => here[i] && !hasDensity(here[i]));
    write(
      find('#weights figcaption'),
      failed ? `${words.WORDS.failed}.` : words.weightsCaption(without) + words.cutWords(cut),
    );
    find('#weights canvas').setAttribute('aria-label', words.LABELS.histogram('weights', chosen, tensors));
  }

  /** @param {(Layer | undefined)[]} here @param {number} chosen @param {string} tensor @param {boolean} failed */
  function drawDetail(here, chosen, tensor, failed) {
    const tensors = here.map((layer) => tensorOf(layer, tensor));
    const theory = /** @type {Record<string, (layer: Layer, x: number) => number>} */ ({
      weights: schemeDensity,
      preactivations: (layer, x) => (layer.theory ? normalDensity(x, Math.sqrt(layer.theory.zSquare)) : 0),
    })[tensor];
    const cut = drawOver(detail, tensors, true, theory && ((i) => (x) => (here[i] ? theory(here[i], x) : 0)));
    write(
      find('#detail figcaption'),
      failed ? `${words.WORDS.failed}.` : words.WORDS.detailCaption + words.cutWords(cut),
    );
    find('#detail canvas').setAttribute('aria-label', words.LABELS.histogram(tensor, chosen, tensors));
  }

  /**
   * A's and B's, which are compared, at once. If it `holds`, layers that are not there yet are as they were, and paler.
   * @param {Network[]} networks @param {number} depth @param {number} chosen @param {string} tensor
   * @param {boolean} holds
   */
  function drawRidges(networks, depth, chosen, tensor, holds) {
    const told = networks.map((network) => familyOf(network, tensor));
    const families = told.map((family, i) => {
      const was = holds && tensor === before.tensor && isPartial(networks[i]) ? before.all[i] : [];
      return { ...family, tensors: Array.from({ length: depth }, (_, layer) => family.tensors[layer] ?? was[layer]) };
    });
    const scale = scaleTensor(families);
    if (!scale) for (const family of families) family.tensors.fill(undefined); // of a glance that has no weights
    before = { tensor, all: families.map(({ tensors }) => tensors) };
    const axis = scale ? axisOfFamilies(families) : axisOf(0, 1);
    const fullHeight = scale ? Math.max(...ridgeOf(scale, axis).density) : 1;
    for (const [i, letter] of LETTERS.entries()) {
      const { tensors } = families[i];
      const binned = tensors.map((tensor) => tensor && ridgeOf(tensor, axis));
      const stds = tensors.map((tensor) => tensor?.std ?? Number.NaN);
      const stale = tensors.map((_, layer) => !told[i].tensors[layer]);
      ridges[i].update({ letter, axis, ridges: binned, stale, stds, depth, chosen, fullHeight });
      ridges[i].tell(() => numbersOfRidges(told[i].tensors));
      const [here, there] = [tensors[chosen - 1], binned[chosen - 1]];
      const missing = networks[i].error ? `${words.WORDS.failed}.` : words.WORDS.notDrawn(chosen);
      const caption = here && there ? words.ridgeCaption(here, chosen, there) : missing;
      write(find(`#ridge${letter} .measured`), caption);
      find(`#ridge${letter} .measured`).classList.toggle('stale', stale[chosen - 1] && here !== undefined);
    }
  }

  /** What is said of the ridges goes by the verdict, which may change where they do not. */
  function labelRidges() {
    for (const letter of LETTERS) {
      const caption = find(`#ridge${letter} .measured`).textContent;
      find(`#ridge${letter} canvas`).setAttribute('aria-label', `${letter}: ${verdictOf(letter)} ${caption}`);
    }
  }

  /**
   * What is written of A and of B once both are there as a whole; '' before, and where it is veiled.
   * @param {Reply} reply
   */
  function verdicts({ networks, coarse }) {
    if (coarse || LETTERS.some((letter) => !networks[letter].done && !networks[letter].error)) return '';
    if (getComputedStyle(find('#verdictA .word')).visibility === 'hidden') return '';
    return LETTERS.map((letter) => `${letter}: ${verdictOf(letter)}`).join(' ');
  }

  return { draw, verdicts, ridgesInView, at: depthCharts[0].chart.at };
}

/**
 * @param {any} made of a row of DEPTH_CHARTS
 * @param {Network[]} networks
 * @param {number} depth
 * @param {number} chosen
 * @param {Sketched | null} [sketched] which may keep the curves a secret
 */
function drawDepth({ curves, canvas, title, chart, tell }, networks, depth, chosen, sketched = null) {
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
 * Histograms over each other.
 * @param {ReturnType<typeof createHistogram> & { tell: ReturnType<typeof createNumbers> }} chart
 * @param {(Summary | undefined)[]} tensors of A and B
 * @param {boolean} withoutZeros
 * @param {(i: number) => (x: number) => number} [theory]
 */
function drawOver(chart, tensors, withoutZeros, theory) {
  const axis = axisOfTensors(tensors.filter((tensor) => tensor !== undefined));
  const densities = tensors.map((tensor) => tensor && rebin(tensor, axis, { withoutZeros }).density);
  const predicted = theory && tensors.map((_, i) => theory(i));
  chart.tell(() => numbersOfBins(axis, densities, predicted));
  return chart.update(axis, densities, predicted);
}

/** @param {Summary} tensor @param {import('./bins.js').Axis} axis */
function ridgeOf(tensor, axis) {
  const binned = rebin(tensor, axis, { withoutZeros: true });
  return { ...binned, density: smooth(binned.density, axis, tensor) };
}

/**
 * @param {HTMLElement} element
 * @param {'A' | 'B'} letter
 * @param {import('../state.js').State} state
 * @param {Network} network
 */
function writeVerdict(element, letter, state, { input, layers, share, passed, done, error, spec }) {
  const find = (/** @type {string} */ selector) => /** @type {Element} */ (element.querySelector(selector));
  const failed = { word: words.WORDS.failed, sentence: words.refusalWords(error ?? '') };
  const judged = !error && input && layers.length > 0;
  const { word, sentence } = judged ? words.verdictWords(verdict(layers, input)) : error ? failed : words.WORDS.working;
  const depth = spec.layers.length;
  const progress =
    layers.length < depth
      ? words.WORDS.forward(layers.length, depth, share)
      : words.WORDS.backward(passed, depth, share);
  write(find('.scheme'), words.networkWords(state, letter));
  write(find('.word'), word);
  write(find('.sentence'), sentence);
  const agreed = judged ? words.agreementWords(agreement(layers), agreement(layers, 'backward')) : '';
  write(find('.agreement'), agreed + (layers.some(({ tries }) => tries) ? words.tunedWords(layers) : ''));
  const first = Number(spec.batch);
  const still = first < state.batch ? words.WORDS.coarse(first, state.batch) : '';
  write(find('.progress'), error ? '' : done ? still : progress);
  const loss = done && spec.loss === 'cross-entropy' ? words.lossWords(layers[0].loss ?? Number.NaN, CLASSES) : '';
  write(find('.loss'), loss);
}
