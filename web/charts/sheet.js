/*
 * The one function that draws: a reply and the reader's view of it onto the whole sheet. Every label is taken from the
 * reply, none from the controls. It asks for nothing and keeps no state but the charts.
 */
import { COLUMNS, choiceWords, LABELS, ridgeCaption, verdictWords, WORDS } from '../locales/en.js';
import { verdict } from '../verdict.js';
import { axisOf, axisOfNetworks, axisOfTensors, rebin, scaleLayer, schemeDensity, smooth } from './bins.js';
import { createDepth } from './depth.js';
import { createHistogram } from './histogram.js';
import { createRidge } from './ridge.js';
import { write, writeFigures, writeFormula, writeRun } from './table.js';
import { LETTERS } from './theme.js';

/** @typedef {import('../client.js').Reply} Reply */
/** @typedef {import('../engine.js').LayerResult} LayerResult */

/**
 * @param {HTMLElement} root
 * @param {(layer: number) => void} choose
 */
export function createSheet(root, choose) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const weights = createHistogram(find('#weights canvas'));
  const detail = createHistogram(find('#detail canvas'));
  const depthChart = createDepth(find('#depths canvas'), choose);
  const ridges = LETTERS.map((letter) => createRidge(find(`#ridge${letter} canvas`), choose));
  const run = find('#run');
  writeRunHead(run.tHead);

  /**
   * @param {Reply} reply
   * @param {number} layer the chosen one, which may be past the end
   * @param {import('../spec.js').Scheme[]} schemes
   */
  function draw({ request, state, networks }, layer, schemes) {
    const { depth } = state;
    const chosen = Math.min(layer, depth);
    const layers = LETTERS.map((letter) => networks[letter].layers);
    const here = layers.map((all) => all[chosen - 1]);
    for (const letter of LETTERS) writeVerdict(find(`#verdict${letter}`), letter, state, networks[letter]);
    drawWeights(here);
    drawDetail(here);
    drawRidges(layers, depth, chosen);
    drawDepths(layers, depth, chosen);
    describe(here, chosen);
    for (const title of root.querySelectorAll('.chosen')) write(title, WORDS.layer(chosen));
    write(find('#layer h2'), WORDS.layerTitle(chosen, depth));
    writeFigures(find('#figures tbody'), here);
    LETTERS.forEach((letter, i) => {
      writeFormula(find(`#formula${letter} .lines`), find(`#formula${letter} .paper`), here[i], schemes);
    });
    if (run.closest('details').open) writeRun(run.tBodies[0], layers, depth);
    Object.assign(root.dataset, { request, depth, width: state.width, layer: chosen, a: state.a, b: state.b });
    Object.assign(root.dataset, { layersA: layers[0].length, layersB: layers[1].length });
  }

  /**
   * What the pictures show, for those who do not see them.
   * @param {(LayerResult | undefined)[]} here
   * @param {number} chosen
   */
  function describe(here, chosen) {
    const verdicts = LETTERS.map((letter) => {
      const [word, sentence] = ['.word', '.sentence'].map((part) => find(`#verdict${letter} ${part}`).textContent);
      return `${word}. ${sentence}`;
    });
    for (const [i, letter] of LETTERS.entries()) {
      find(`#ridge${letter} canvas`).setAttribute('aria-label', `${letter}: ${verdicts[i]}`);
    }
    find('#depths canvas').setAttribute('aria-label', LABELS.depths(verdicts));
    find('#weights canvas').setAttribute('aria-label', LABELS.weights(chosen, here));
    find('#detail canvas').setAttribute('aria-label', LABELS.activations(chosen, here));
  }

  /** @param {(LayerResult | undefined)[]} here */
  function drawWeights(here) {
    const there = here.filter((layer) => layer !== undefined);
    const axis = axisOfTensors(there.map((layer) => layer.weights));
    const binned = here.map((layer) => (layer ? rebin(layer.weights, axis).density : new Float64Array(1)));
    const theory = here.map((layer) => (/** @type {number} */ x) => (layer ? schemeDensity(layer, x) : 0));
    weights.update(axis, binned, theory);
  }

  /** @param {(LayerResult | undefined)[]} here */
  function drawDetail(here) {
    const there = here.filter((layer) => layer !== undefined);
    const axis = axisOfTensors(there.map((layer) => layer.activations));
    const options = { withoutZeros: true };
    detail.update(
      axis,
      here.map((layer) => (layer ? rebin(layer.activations, axis, options).density : new Float64Array(1))),
    );
  }

  /** @param {LayerResult[][]} layers @param {number} depth @param {number} chosen */
  function drawRidges(layers, depth, chosen) {
    const shown = layers.filter((all) => all.length > 0);
    const axis = shown.length > 0 ? axisOfNetworks(shown) : axisOf(0, 1);
    const binned = layers.map((all) => all.map(({ activations }) => ridgeOf(activations, axis)));
    const fullHeight = shown.length > 0 ? Math.max(...ridgeOf(scaleLayer(shown).activations, axis).density) : 1;
    LETTERS.forEach((letter, i) => {
      const stds = layers[i].map(({ activations }) => activations.std);
      ridges[i].update({ letter, axis, ridges: binned[i], stds, depth, chosen, fullHeight });
      const here = layers[i][chosen - 1];
      const caption = here ? ridgeCaption(here.activations, chosen, binned[i][chosen - 1]) : WORDS.notDrawn(chosen);
      write(find(`#ridge${letter} .measured`), caption);
    });
  }

  /** @param {LayerResult[][]} layers @param {number} depth @param {number} chosen */
  function drawDepths(layers, depth, chosen) {
    const stds = layers.map((all) =>
      all.length > 0 ? [all[0].input.std, ...all.map((layer) => layer.activations.std)] : [],
    );
    depthChart.update({ stds, depth, chosen });
  }

  return { draw };
}

/** @param {import('../engine.js').Summary} tensor @param {import('./bins.js').Axis} axis */
function ridgeOf(tensor, axis) {
  const binned = rebin(tensor, axis, { withoutZeros: true });
  return { ...binned, density: smooth(binned.density) };
}

/** @param {HTMLTableSectionElement} head */
function writeRunHead(head) {
  const row = head.rows[1];
  for (const letter of LETTERS) {
    for (const [name] of COLUMNS) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = name;
      cell.className = letter;
      row.append(cell);
    }
  }
}

/**
 * @param {HTMLElement} element
 * @param {'A' | 'B'} letter
 * @param {import('../state.js').State} state
 * @param {import('../client.js').Network} network
 */
function writeVerdict(element, letter, state, { layers, done, error, spec }) {
  const find = (/** @type {string} */ selector) => /** @type {Element} */ (element.querySelector(selector));
  const failed = { word: WORDS.failed, sentence: error ?? '' };
  const { word, sentence } = layers.length === 0 ? failed : verdictWords(verdict(layers, layers[0].input));
  write(find('.scheme'), choiceWords(state[letter.toLowerCase()]));
  write(find('.word'), word);
  write(find('.sentence'), error ?? sentence);
  write(find('.progress'), done || error ? '' : WORDS.progress(layers.length, spec.layers.length));
}
