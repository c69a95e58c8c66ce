/**
 * sheet-parts.js: the table of the sheet's parts: from which stage of a reply each is drawn, from what, and how.
 *
 * A part is drawn again only if what it is drawn from has changed. sheet.js goes through the table; the charts themselves
 * are created in sheet-charts.js.
 */
import { words } from '../locales/words.js';
import { withoutTheory } from '../state/lines.js';
import { LETTERS } from '../state/state.js';
import { tensorOf } from './bins.js';
import { hasDensity, normalDensity, schemeDensity } from './density.js';
import { drawDepthChart, drawHistogram } from './sheet-charts.js';
import { writeFigures, writeRun } from './text.js';
import { FIRST, FORWARD, lacksForward, WHOLE } from './waiting.js';
import { write } from './write.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('./sheet.js').Scene} Scene */
/** @typedef {import('./sheet-charts.js').Charts} Charts */

/**
 * @typedef {object} Part
 * @property {number} stage of the reply from which on the part is drawn (waiting.js)
 * @property {boolean} [ofTensor] it shows the chosen tensor: one of the backward pass waits for the whole reply
 * @property {(scene: Scene, charts: Charts) => unknown[]} [from] what it is drawn from; without it, it is always drawn
 * @property {(charts: Charts) => Element[]} [within] while the slider moves it is drawn only if one of these is in view
 * @property {(scene: Scene, charts: Charts) => void} draw
 */

/** @param {(Layer | undefined)[]} layers @param {string} name of the tensor */
const tensorsOf = (layers, name) => layers.map((layer) => tensorOf(layer, name));

/** A tensor in all layers, after the number of A's layers. @param {Scene} scene @param {string} name */
const tensorsOfAll = ({ networks, allLayers }, name) => [networks[0].layers.length, ...tensorsOf(allLayers, name)];

/** In the order in which they are drawn. @type {Part[]} */
export const PARTS = [
  {
    stage: FORWARD,
    draw: ({ depth, names, chosen, tensor, lines, allLayers, limits }, { sentences, rms }) => {
      sentences.writeTitles(depth, chosen, tensor, names?.[chosen - 1]);
      const drawn = allLayers.some(({ theory }) => theory) ? lines : withoutTheory(lines);
      write(rms.caption, words.rmsCaption(drawn, names) + (limits?.caption() ?? ''));
    },
  },
  {
    stage: WHOLE,
    draw: ({ reply, networks, names, limits }, { sentences }) =>
      sentences.writeVerdicts(reply.state, networks, names, limits),
  },
  {
    stage: FIRST,
    ofTensor: true,
    from: (scene) => [
      scene.tensor,
      scene.stage === FIRST,
      ...tensorsOfAll(scene, scene.tensor),
      ...scene.networks.map(({ error }) => error),
    ],
    within: ({ ridges }) => ridges.figures,
    draw: (scene, { ridges }) => ridges.draw(scene, scene.stage === FIRST),
  },
  { stage: FIRST, ofTensor: true, draw: publishRidges },
  { stage: WHOLE, from: ({ chosenLayers }) => chosenLayers, draw: writeLayer },
  { stage: WHOLE, from: ({ chosenLayers, writeFormula }) => [writeFormula, ...chosenLayers], draw: writeFormulas },
  {
    stage: WHOLE,
    from: ({ allLayers, lines, limits, sketched }) => [sketched, limits, String(lines), ...allLayers],
    within: ({ rms }) => [rms.figure],
    draw: (scene, { rms }) => drawDepthChart(rms, scene, scene.sketched),
  },
  {
    stage: FORWARD,
    from: ({ chosenLayers }) => tensorsOf(chosenLayers, 'weights'),
    within: ({ weights }) => [weights.figure],
    draw: drawWeights,
  },
  .../** @type {const} */ (['correlation', 'dead']).map((name) => ({
    stage: FORWARD,
    from: (/** @type {Scene} */ scene) => tensorsOfAll(scene, 'activations'),
    within: (/** @type {Charts} */ charts) => [charts[name].figure],
    draw: (/** @type {Scene} */ scene, /** @type {Charts} */ charts) => drawDepthChart(charts[name], scene),
  })),
  {
    stage: FORWARD,
    ofTensor: true,
    from: ({ chosenLayers, tensor }) => [tensor, ...tensorsOf(chosenLayers, tensor)],
    within: ({ detail }) => [detail.figure],
    draw: drawDetail,
  },
  {
    stage: WHOLE,
    from: ({ networks }) => networks,
    draw: ({ networks, chosen, names }, { images }) => images.update(networks, chosen, names),
  },
  {
    stage: WHOLE,
    from: ({ allLayers }, { runFold }) => (runFold.open ? allLayers : []),
    within: ({ runFold }) => [runFold],
    draw: ({ networks, depth, names }, { run, runFold }) => {
      const layers = networks.map((network) => network.layers);
      if (runFold.open) writeRun(run, layers, depth, names);
    },
  },
  { stage: WHOLE, draw: publishSheet },
];

/** @param {Scene} scene @param {Charts} charts */
function writeLayer({ chosen, chosenLayers, depth, names }, { layerTitle, figures }) {
  writeFigures(/** @type {HTMLTableSectionElement[]} */ (figures), chosenLayers);
  write(layerTitle, words.WORDS.layerTitle(chosen, depth, names?.[chosen - 1]));
}

/** @param {Scene} scene @param {Charts} charts */
function writeFormulas({ chosenLayers, depth, tables, writeFormula }, { formulas }) {
  formulas.forEach((section, i) => {
    writeFormula?.(section, chosenLayers[i], depth, tables);
  });
}

/** @param {Scene} scene @param {Charts} charts */
function drawWeights(scene, { weights }) {
  const without = LETTERS.filter((_, i) => scene.chosenLayers[i] && !hasDensity(scene.chosenLayers[i]));
  const counts = scene.chosenLayers.map((layer) => layer?.valueCount ?? 0);
  drawHistogram(weights, 'weights', scene, false, schemeDensity, words.weightsCaption(without, counts));
}

/** Theory's density, for the tensors that have one. @type {Record<string, (layer: Layer, x: number) => number>} */
const PREDICTED = {
  weights: schemeDensity,
  preactivations: (layer, x) => (layer.theory?.zNormal ? normalDensity(x, Math.sqrt(layer.theory.zSquare)) : 0),
};

/** @param {Scene} scene @param {Charts} charts */
function drawDetail(scene, { detail }) {
  drawHistogram(detail, scene.tensor, scene, true, PREDICTED[scene.tensor], words.WORDS.detailCaption);
}

/**
 * Publishes what the ridges show as data attributes, which tests read, while the rest is being drawn.
 * @param {Scene} scene
 * @param {Charts} charts
 */
function publishRidges({ reply, networks, depth, isInView }, { root, sentences, ridges }) {
  sentences.labelRidges();
  if (!ridges.figures.some(isInView)) return;
  const { width } = reply.state;
  Object.assign(root.dataset, { ridgesDepth: depth, ridgesWidth: width });
  if (!networks.some(lacksForward)) Object.assign(root.dataset, { forwardDepth: depth, forwardWidth: width });
}

/** Publishes what the whole sheet shows. @param {Scene} scene @param {Charts} charts */
function publishSheet({ reply, networks: [A, B], depth, chosen, tensor, lang }, { root }) {
  const { request, coarse, state } = reply;
  const { width, a, b } = state;
  const done = { layersA: A.layers.length, layersB: B.layers.length, passedA: A.passed, passedB: B.passed };
  Object.assign(root.dataset, done, { request, coarse, depth, width, layer: chosen, a, b, lang, tensor });
}
