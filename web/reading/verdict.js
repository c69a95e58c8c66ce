/**
 * verdict.js: judges a run by its outcome over the whole depth: one word, at most two cautions, a cause.
 *
 * The measures are in outcome.js, the causes in cause.js, the numbers that decide in thresholds.js. Pure, and without
 * words: locales/en/verdicts.js has the sentences. It predicts nothing (agreement.js compares with theory).
 */

import { isNorm } from '../engine/kinds.js';
import { HOMOGENEOUS } from '../engine/tables.js';
import { adviseOn } from './advice.js';
import { causeOf, hasWrongStd, holdingFactor } from './cause.js';
import {
  bodyOf,
  hasZeroHead,
  isSum,
  measureOutcome,
  spreadOf,
  streamOf,
  weightedLayers,
  withoutZeroed,
} from './outcome.js';
import { MARGINAL, SETTLED, TINY } from './thresholds.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../engine/engine.js').Summary} Summary */
/** @typedef {import('./outcome.js').Outcome} Outcome */

/**
 * The words:
 * - overflow: values are not finite from `layer` on
 * - zero: all activations are 0 from `layer` on
 * - symmetric: the units of `layer` are copies of one another
 * - fading, vanishing, growing, exploding: the signal
 * - gradients-fade, gradients-vanish, gradients-grow, gradients-explode: dL/dz on its way from layer L to layer 1
 * - loss, saturated, dead, alike: that measure is severe
 * - settled: the signal has reached a level of its own
 * - kept: signal and gradient keep their scale
 * The cautions have the names of the words, and also input, and chance: chance has moved the signal or the gradient.
 *
 * @typedef {object} Verdict
 * @property {string} word
 * @property {string[]} cautions at most two, the worst first
 * @property {import('./cause.js').Cause} cause
 * @property {number} [layer] the first where it happens, or the one that shows it most; none for kept, settled and loss
 * @property {number} depth L: layers of the body
 * @property {number} left rms of layer L / rms of the input
 * @property {number | null} factor left^(1 / L); null if it is not finite, or if layers differ
 * @property {Outcome} outcome
 * @property {boolean} still whether the signal has stopped moving
 * @property {import('./advice.js').Advice} advice
 * @property {number | null} hold what to multiply the weights by; null where theory knows no such number
 * @property {string} activation of the body
 * @property {string} distribution of the weights of the last layer of the body
 * @property {boolean} undone whether a norm undoes the scale of the weights of that layer
 * @property {boolean} residual whether the network has residual sums
 * @property {boolean} normed whether it has, and a norm begins each branch
 * @property {boolean} centred whether their mean is 0 by the rule, or small beside their std
 * @property {number} std of the weights of the first layer that is scaled by mistake; else of the last of the body
 * @property {number} rightStd std of that layer without the mistake
 * @property {boolean} varianceAsStd whether that is the mistake
 * @property {{ saturated: number, slope: number } | null} head of a head that is not linear, once the gradient has
 *   passed it
 */

/** The words of a change, by its level and direction. @type {Record<string, [less: string, more: string][]>} */
const CHANGES = {
  signal: [
    ['fading', 'growing'],
    ['vanishing', 'exploding'],
  ],
  gradient: [
    ['gradients-fade', 'gradients-grow'],
    ['gradients-vanish', 'gradients-explode'],
  ],
};

/** The order of measures of equal level: for the word, and for the cautions. */
const FOR_WORD = /** @type {const} */ (['signal', 'gradient', 'loss', 'saturated', 'dead', 'alike']);
const FOR_CAUTIONS = /** @type {const} */ (['loss', 'gradient', 'signal', 'saturated', 'alike', 'dead', 'input']);
const MOST_CAUTIONS = 2;

/** A mean of the weights this small beside their std is no slip of the scheme: number formats leave such a mean. */
const SMALL_MEAN = 0.1;

/** After these words the other measures mean nothing, apart from the input. */
const FINAL = ['overflow', 'zero'];

/** The name of a raised measure, as a word or a caution. @param {string} name @param {Outcome} outcome */
function nameOf(name, outcome) {
  if (name !== 'signal' && name !== 'gradient') return name;
  const { level, ratio } = /** @type {import('./outcome.js').Change} */ (outcome[name]);
  return CHANGES[name][level - 1][ratio < 1 ? 0 : 1];
}

/** The last layer whose weights can be changed. @param {Layer[]} body */
const lastOf = (body) => weightedLayers(body).slice(-1)[0];

/** Whether a level of its own exists, which the signal can settle at. @param {Layer} last of the body */
function hasLevel({ activation, biasStd, fixedPoint }) {
  if (!fixedPoint) return biasStd > 0 || !HOMOGENEOUS.includes(activation);
  const { q, lengthDepth } = fixedPoint;
  return q > 0 && q < Infinity && lengthDepth > 0 && lengthDepth < MARGINAL;
}

/** The most that the signal may move to have settled. @param {Layer[]} body */
function mostMoved(body) {
  const { still, most, fixed } = SETTLED;
  return hasLevel(lastOf(body)) ? Math.min(most, Math.max(still, spreadOf(body) || 0)) : fixed;
}

/** Whether the signal has left the level of the input and stopped moving. @param {Layer[]} body @param {number} left */
function hasSettled(body, left) {
  if (body.length < SETTLED.layers || !(Math.abs(Math.log(left)) >= SETTLED.off)) return false;
  const logs = body.slice((body.length >> 1) - 1).map(({ activations }) => Math.log(activations.rms));
  return Math.max(...logs) - Math.min(...logs) < mostMoved(body);
}

/**
 * The fatal word, if there is one.
 * @param {Layer[]} layers @param {Layer[]} body @param {Summary} input
 * @returns {{ word: string, layer: number } | null}
 */
function fatalOf(layers, body, input) {
  const overflow = layers.find(
    ({ activations, preactivations }) => activations.nonFinite + preactivations.nonFinite > 0,
  );
  if (overflow) return { word: 'overflow', layer: overflow.layer };
  const zero = streamOf(hasZeroHead(layers) ? body : layers).find(({ activations }) => activations.rms === 0);
  // a signal that shrank to 0 was tiny in the layer before, and has vanished; one that was cut off was not
  const before = zero && (zero.layer === 1 ? input : layers[zero.layer - 2].activations).rms;
  if (zero && !(Number(before) > 0 && Number(before) < TINY)) return { word: 'zero', layer: zero.layer };
  // a branch that starts at 0 adds nothing, and what is below it makes its units differ
  const symmetric = withoutZeroed(body).find(({ copies }) => copies);
  return symmetric ? { word: 'symmetric', layer: symmetric.layer } : null;
}

/**
 * The word that the measures give.
 * @param {Outcome} outcome @param {boolean} still whether the signal has stopped moving
 */
function wordOf(outcome, still) {
  const levels = Object.fromEntries(FOR_WORD.map((name) => [name, outcome[name]?.level ?? 0]));
  if (still && levels.signal === 1) levels.signal = 0; // its level is its own
  const named =
    FOR_WORD.find((name) => levels[name] === 2) ?? FOR_WORD.find((name) => levels[name] === 1 && name in CHANGES);
  if (named) return { named, word: nameOf(named, outcome) };
  return still ? { named: 'signal', word: 'settled' } : { named: '', word: 'kept' };
}

/**
 * The other measures that are raised, the worst first.
 * @param {string} word
 * @param {string} named the measure that gave the word
 * @param {Outcome} outcome
 */
function cautionsOf(word, named, outcome) {
  const isSaid = (/** @type {string} */ name) => name === named || (FINAL.includes(word) && name !== 'input');
  const level = (/** @type {typeof FOR_CAUTIONS[number]} */ name) => (isSaid(name) ? 0 : (outcome[name]?.level ?? 0));
  const raised = FOR_CAUTIONS.filter((name) => level(name) > 0).sort((a, b) => level(b) - level(a));
  const byChance = !FINAL.includes(word) && [outcome.signal, outcome.gradient].some((change) => change?.byChance);
  return [...raised.map((name) => nameOf(name, outcome)), ...(byChance ? ['chance'] : [])].slice(0, MOST_CAUTIONS);
}

/** The layer that shows it most; undefined where it is in no one layer. @param {string} named @param {Outcome} outcome
 * @returns {number | undefined} */
const layerOf = (named, outcome) => /** @type {any} */ (outcome)[named]?.layer;

/** What is reported of a head. @param {Layer} layer */
const headOf = ({ activation, activations, meanSlope }) =>
  activation === 'linear' || meanSlope === undefined ? null : { saturated: activations.saturated, slope: meanSlope };

/**
 * Judges a run.
 * @param {Layer[]} layers that are there so far; at least one
 * @param {Summary} input
 * @param {{ spec: import('../engine/spec.js').Spec }} asked
 * @returns {Verdict}
 */
export function verdict(layers, input, { spec }) {
  const body = bodyOf(layers);
  const last = lastOf(body);
  const sums = layers.filter(isSum);
  const scaled = layers.find(hasWrongStd) ?? last;
  const outcome = measureOutcome(layers, input, spec);
  const left = body[body.length - 1].activations.rms / input.rms;
  const factor = outcome.signal?.factor ?? Number.NaN;
  const still = hasSettled(body, left);
  const fatal = fatalOf(layers, body, input);
  const { named, word } = fatal ? { named: '', word: fatal.word } : wordOf(outcome, still);
  const layer = fatal?.layer ?? (word === 'settled' ? undefined : layerOf(named, outcome));
  const judged = {
    word,
    cautions: cautionsOf(word, named, outcome),
    cause: causeOf({ word, layer, layers, last, outcome, still }),
    ...(layer !== undefined && { layer }),
    depth: body.length,
    left,
    factor: Number.isFinite(factor) ? factor : null,
    outcome,
    still,
    hold: holdingFactor(last),
    activation: last.activation,
    distribution: last.distribution,
    undone: layers.some(({ layer, kind }) => layer === last.layer + 1 && isNorm({ kind })),
    residual: sums.length > 0,
    normed: sums.length > 0 && sums.every(({ layer, over = 0 }) => isNorm(layers[layer - 1 - over])),
    centred: Math.abs(last.mean) <= SMALL_MEAN * last.std,
    std: scaled.std,
    rightStd: scaled.rightStd,
    varianceAsStd: scaled.varianceAsStd,
    head: body.length < layers.length ? headOf(layers[layers.length - 1]) : null,
  };
  return { ...judged, advice: adviseOn(judged) };
}
