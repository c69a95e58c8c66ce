/*
 * What lessons measure of a network, layer by layer, each a function of its layers and of one or two of their numbers.
 * Nothing here knows a lesson.
 */

/** @typedef {import('./lessons.js').Layer} Layer */
/** @typedef {import('./lessons.js').Network} Network */

/** @param {(layer: Layer) => number} value @returns {(network: Network, layer: number) => number} */
const of =
  (value) =>
  ({ layers }, layer) =>
    value(layers[layer - 1]);

export const layerOf = (/** @type {Network} */ { layers }, /** @type {number} */ layer) => layers[layer - 1];
export const zRms = of(({ preactivations }) => preactivations.rms);
export const aRms = of(({ activations }) => activations.rms);
export const aStd = of(({ activations }) => activations.std);
export const aMean = of(({ activations }) => activations.mean);
export const saturated = of(({ activations }) => activations.saturated);
export const deltaRms = of(({ deltas }) => deltas?.rms ?? Number.NaN);
export const gradientRms = of(({ weightGradients }) => weightGradients?.rms ?? Number.NaN);
export const weightStd = of(({ weights }) => weights.std);

/**
 * The factor from one layer to a later one, for each layer between: the mean of what a single layer does.
 * @param {(network: Network, layer: number) => number} value @param {Network} network
 * @param {number} from @param {number} to
 */
export const factorALayer = (value, network, from, to) =>
  (value(network, to) / value(network, from)) ** (1 / (to - from));
