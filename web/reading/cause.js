/**
 * cause.js: finds the cause of a verdict, and the number that its advice needs: what to multiply the weights by.
 *
 * A table of causes for each word, tried in their order. Pure, and without words.
 */
import { HOMOGENEOUS } from '../engine/tables.js';
import { isZeroed } from './outcome.js';
import { BIASED, CRITICAL, LARGE_INPUT, WRONG_STD } from './thresholds.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('./outcome.js').Outcome} Outcome */

/**
 * - none: nothing is wrong
 * - zero-weights, equal-weights: a layer's weights are all 0, or all equal
 * - width: the network is so narrow that chance decides
 * - mistake: fans are counted wrongly, or a variance is used as a std
 * - input: the input is too large
 * - head: the output layer's weights are too large
 * - bias: biases give half of E z^2 or more
 * - activation: the activation's slope, or its zeros
 * - critical: the weights have just the size at which the signal falls as a power of the depth
 * - small, large: the weights are
 * - depth: the number of layers
 * @typedef {'none' | 'zero-weights' | 'equal-weights' | 'width' | 'mistake' | 'input' | 'head' | 'bias' | 'activation' |
 *   'critical' | 'small' | 'large' | 'depth'} Cause
 *
 * @typedef {object} Case what a cause is found from
 * @property {string} word
 * @property {number} [layer] where it happens
 * @property {Layer[]} layers
 * @property {Layer} last last layer of the body
 * @property {Outcome} outcome
 * @property {boolean} still whether the signal has settled
 */

/** Activations that are nearly z around 0, and smaller elsewhere. */
const UNIT_SLOPE = ['tanh', 'hardtanh', 'softsign', 'sin'];

/** Whether all weights of a layer are 0: as drawn, or by their rule where they were not observed.
 * @param {Layer | undefined} layer */
const hasZeroWeights = (layer) => {
  if (!layer) return false;
  const { weights } = layer;
  return weights ? weights.min === 0 && weights.max === 0 : isZeroed(layer);
};

/** @param {Case} found */
const hasZeroGradients = ({ word, outcome, layers }) =>
  word === 'gradients-vanish' && outcome.gradient?.ratio === 0 && hasZeroWeights(layers[outcome.gradient.layer]);

/** Whether the fans are counted wrongly, or a variance is used as a std, and that matters. @param {Layer} layer */
export const hasWrongStd = ({ std, rightStd }) => Math.abs(std - rightStd) > WRONG_STD * rightStd;

/** @param {Layer} layer */
const isBiased = ({ biasStd, preactivations }) => biasStd ** 2 >= BIASED * preactivations.rms ** 2;

/** @param {Layer} layer */
const isCritical = ({ activation, biasStd, chiAtZero, fixedPoint }) =>
  !HOMOGENEOUS.includes(activation) && // these keep any signal, where it is critical
  biasStd === 0 &&
  Math.abs(chiAtZero - 1) < CRITICAL &&
  (fixedPoint?.q ?? 0) === 0;

/** @param {Case} found */
const isSmallByChance = ({ word, outcome }) =>
  Boolean((word.startsWith('gradients') ? outcome.gradient : outcome.signal)?.beyondChance);

/**
 * Whether the signal only comes from the scale of the input to the level that the activation holds: down from a large input,
 * up from a small one. An activation that keeps any signal has no such level.
 * @param {Case} found
 */
function isOfInput({ word, outcome, last }) {
  if (outcome.input.level === 0 || HOMOGENEOUS.includes(last.activation)) return false;
  return [...SIGNALS_LESS, ...GRADIENTS_LESS].includes(word) === outcome.input.rms > LARGE_INPUT;
}

const SIGNALS = ['fading', 'vanishing', 'growing', 'exploding'];
const GRADIENTS = ['gradients-fade', 'gradients-vanish', 'gradients-grow', 'gradients-explode'];
const [GRADIENTS_LESS, SIGNALS_LESS] = [GRADIENTS.slice(0, 2), SIGNALS.slice(0, 2)];

/** The first row counts whose words include the verdict's and whose condition holds.
 * @type {[cause: Cause, words: string[] | null, (found: Case) => boolean][]} words null: any word */
const CAUSES = [
  ['zero-weights', ['zero', 'symmetric'], ({ layer, layers }) => hasZeroWeights(layers[Number(layer) - 1])],
  ['zero-weights', GRADIENTS, hasZeroGradients],
  ['equal-weights', ['symmetric'], () => true],
  ['input', ['zero'], ({ outcome }) => outcome.input.rms === 0],
  ['width', ['zero'], () => true],
  ['none', ['kept', 'settled'], () => true],
  ['mistake', null, ({ layers }) => layers.some(hasWrongStd)],
  ['input', ['loss', 'saturated'], ({ outcome }) => outcome.input.rms > LARGE_INPUT],
  ['head', ['loss'], () => true],
  ['width', [...SIGNALS, ...GRADIENTS], isSmallByChance],
  ['bias', [...GRADIENTS_LESS, 'alike'], ({ last }) => isBiased(last)],
  ['activation', GRADIENTS_LESS, ({ outcome, still }) => still || !outcome.signal?.level],
  ['input', [...SIGNALS, ...GRADIENTS], isOfInput],
  ['critical', SIGNALS_LESS, ({ last }) => isCritical(last)],
  ['small', [...SIGNALS_LESS, ...GRADIENTS_LESS], () => true],
  ['activation', ['dead'], () => true],
  ['depth', ['alike'], () => true],
  ['large', null, () => true],
];

/** @param {Case} found @returns {Cause} */
export function causeOf(found) {
  const row = CAUSES.find(([, words, holds]) => (words === null || words.includes(found.word)) && holds(found));
  return /** @type {NonNullable<typeof row>} */ (row)[0];
}

/**
 * What to multiply the weights by, so that signal and gradient hold: then sigma_w^2 phi'(0)^2 is 1. Null for activations
 * where that is not enough.
 * @param {Layer} last last layer of the body
 */
export const holdingFactor = ({ activation, chiAtZero }) =>
  chiAtZero > 0 && [...HOMOGENEOUS, ...UNIT_SLOPE].includes(activation) ? 1 / Math.sqrt(chiAtZero) : null;
