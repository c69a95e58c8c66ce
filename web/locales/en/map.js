/**
 * map.js: the words of the map of trainable depth, in English. index.js does not export them: they load with the map.
 */
import { count, percent, plain } from './numbers.js';

/** @typedef {import('../../training/map/map-plan.js').Cell} Cell */

/** @param {Cell[]} cells */
const deepestText = (cells) =>
  cells.length === 0
    ? 'None reaches 90%.'
    : `Deepest that reach 90%: ${cells.map(({ depth, square }) => `${depth} layers at ${plain(square)}`).join(', ')}.`;

export const MAP_WORDS = {
  title: 'Accuracy by depth and variance of the weights',
  text:
    'How deep may a network be? Each cell is a network of tanh with 64 units in each layer, as deep as its row says. Its ' +
    'column says σ² = fan_in × Var W; the biases have a variance of 0.05. All train on the digits by SGD with momentum 0.9 ' +
    'at rate 0.003, three times, from seeds 1 to 3.',
  fill: 'fill the map',
  stop: 'stop',
  goOn: 'go on',
  again: 'fill again',
  steps: 'steps each',
  save: 'save this chart',
  cells: 'networks of the map: the arrow keys move, Enter opens one as A',
  depth: 'depth',
  square: 'σ²',
  limit: '6 ξ',
  mean: 'mean',
  seed: (/** @type {number} */ seed) => `seed ${seed}`,
  caption:
    'Accuracy in %, bold once it is the mean of three seeds. Line: 6 ξ, the greatest depth at which mean-field ' +
    'theory expects networks to train; over ξ layers, a difference between two inputs shrinks to 37%. At 1.76 it is infinite: there, the width of 64 and the number of steps set the limit. ' +
    'A cell opens its network as A.',
  run: (/** @type {number} */ steps) =>
    `Layers of 64 tanh units, variance of the biases 0.05; digits, batch 64, SGD with momentum 0.9 at rate 0.003, ${count(steps)} steps, seeds 1 to 3`,
  progress: (/** @type {number} */ done, /** @type {number} */ all) => `${count(done)} of ${count(all)} networks`,
  failed: (/** @type {string} */ reason) => `The map could not be trained further: ${reason}`,
  cell: (
    /** @type {number} */ depth,
    /** @type {number} */ square,
    /** @type {number} */ accuracy,
    /** @type {number} */ seeds,
  ) => {
    const network = `${depth} layers, variance ${plain(square)}`;
    if (seeds === 0) return `${network}: not trained yet`;
    return `${network}: accuracy ${percent(accuracy)}, ${seeds === 1 ? 'one seed' : `mean of ${seeds} seeds`}`;
  },
  opened: (/** @type {number} */ depth, /** @type {number} */ square) =>
    `A is now the network with ${depth} layers and variance ${plain(square)}. B has the same layers and biases, and keeps its scheme.`,
  filled: (/** @type {Cell[]} */ deepest) => `The map is filled. ${deepestText(deepest)}`,
  label: (/** @type {number} */ done, /** @type {number} */ all, /** @type {Cell[]} */ deepest) =>
    `Map of trainable depth: ${count(done)} of ${count(all)} networks trained. ${done > 0 ? deepestText(deepest) : ''}`.trim(),
};
