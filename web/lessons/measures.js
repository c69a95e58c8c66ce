/**
 * measures.js: the numbers that lessons measure: each takes a network and a layer, counted from 1.
 *
 * It knows no lesson.
 */

/** @typedef {import('./lessons.js').Layer} Layer */
/** @typedef {import('./lessons.js').Network} Network */

/** A layer that the network does not have, because the reader has made it shallower: nothing of it can be measured. */
const NO_LAYER = /** @type {Layer} */ (/** @type {unknown} */ ({ preactivations: {}, activations: {}, weights: {} }));

export const layerOf = (/** @type {Network} */ { layers }, /** @type {number} */ layer) =>
  layers[layer - 1] ?? NO_LAYER;

/** @param {(layer: Layer) => number} value @returns {(network: Network, layer: number) => number} */
const measureLayer = (value) => (network, layer) => value(layerOf(network, layer));

export const zRms = measureLayer(({ preactivations }) => preactivations.rms);
export const aRms = measureLayer(({ activations }) => activations.rms);
export const aStd = measureLayer(({ activations }) => activations.std);
export const aMean = measureLayer(({ activations }) => activations.mean);
export const saturated = measureLayer(({ activations }) => activations.saturated);
export const deltaRms = measureLayer(({ deltas }) => deltas?.rms ?? Number.NaN);
export const gradientRms = measureLayer(({ weightGradients }) => weightGradients?.rms ?? Number.NaN);
export const weightMean = measureLayer(({ weights }) => weights.mean);
export const weightStd = measureLayer(({ weights }) => weights.std);

/** Accuracy on the training data after so many steps. @param {Network} network @param {number} step */
export const accuracyAt = ({ curves }, step) => curves?.scoreAt(step)?.accuracy ?? Number.NaN;

/** Loss on the training data after so many steps. @param {Network} network @param {number} step */
export const lossAt = ({ curves }, step) => curves?.scoreAt(step)?.loss ?? Number.NaN;

/** How many times as far the first step moves a layer, at a width, as at the least width. @param {Network} network
 * @param {number} width @param {number} layer */
export const timesAt = ({ coordinates }, width, layer) => coordinates?.timesAt(width, layer) ?? Number.NaN;

/**
 * The factor by which a number grows from one layer to the next: the geometric mean over several layers.
 * @param {(network: Network, layer: number) => number} value
 * @param {Network} network
 * @param {number} from the first layer
 * @param {number} to the last layer
 */
export const factorALayer = (value, network, from, to) =>
  (value(network, to) / value(network, from)) ** (1 / (to - from));
