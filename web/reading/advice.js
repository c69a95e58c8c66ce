/**
 * advice.js: what to do about a verdict, from its word, its cause and its cautions. Pure, and without words.
 */
import { HOMOGENEOUS } from '../engine/tables.js';
import { LARGE_INPUT, MODERATE_DEPTH, SAME_FACTOR } from './thresholds.js';

/** @typedef {Omit<import('./verdict.js').Verdict, 'advice'>} Judged */

/** The distributions of weights that are drawn one by one, as He et al. draw them. */
const INDEPENDENT = ['normal', 'uniform', 'truncated'];

/**
 * - larger, smaller, slightly-larger, slightly-smaller: the weights
 * - multiply: the weights by `by`, which gives the initialization `scheme`, if it has a name
 * - multiply-more: the weights by `by` or a little more, as at `by` the signal falls slowly
 * - centre: the weights, so that their mean is 0
 * - trains: nothing, it can still be trained; nothing: all is well
 * - branches, blocks: the branches of a residual network, or how many there are
 * - the others are named after their causes
 * @typedef {{ kind: string, by?: number, scheme?: 'He', layer?: number, also?: Advice }} Advice
 */

/** @param {Judged} v @param {'larger' | 'smaller'} how the weights should be @returns {Advice} */
function resize({ word, hold, activation, outcome, distribution, undone, residual, normed }, how) {
  const rectified = HOMOGENEOUS.includes(activation);
  const measure = word.startsWith('gradients') ? outcome.gradient : outcome.signal;
  if (undone) return { kind: measure?.level !== 2 ? 'trains' : residual ? 'branches' : 'skip' };
  // norms at the beginning of all branches hide the scale of the stream
  if (normed && measure?.level === 1) return { kind: 'trains' };
  if (measure?.level === 1 && !rectified) return { kind: `slightly-${how}` };
  const fits = hold !== null && (how === 'larger' ? hold > SAME_FACTOR : hold < 1 / SAME_FACTOR);
  if (!fits) return { kind: how };
  if (!rectified) return { kind: 'multiply-more', by: hold };
  const isNamed = activation !== 'linear' && INDEPENDENT.includes(distribution);
  return { kind: 'multiply', by: hold, ...(isNamed && { scheme: 'He' }) };
}

/** @param {Judged} v @returns {Advice} */
const stayTrainable = ({ depth, residual }) => ({
  kind: depth <= MODERATE_DEPTH ? 'trains' : residual ? 'blocks' : 'skip',
});

/** @param {Judged} v @returns {Advice} */
const shrinkHead = ({ outcome }) => ({ kind: 'head', by: outcome.loss?.rms });

/** What to do about a caution where the word is good. @type {Record<string, (v: Judged) => Advice>} */
const CAUTIOUS = {
  loss: shrinkHead,
  input: ({ normed }) => ({ kind: normed ? 'nothing' : 'normalise' }),
  saturated: (v) => resize(v, 'smaller'),
  dead: stayTrainable,
  alike: stayTrainable,
  chance: () => ({ kind: 'seed' }),
};

/** The caution that the advice is on: the worst, but an input of another scale goes before, as all else follows from it.
 * @param {Judged} v */
const foremost = ({ cautions }) => (cautions.includes('input') ? 'input' : cautions[0]);

/** By cause; the other causes are kinds of advice. @type {Record<string, (v: Judged) => Advice>} */
const BY_CAUSE = {
  none: (v) => CAUTIOUS[foremost(v)]?.(v) ?? { kind: 'nothing' },
  'zero-weights': ({ word, layer = 0 }) => ({
    kind: 'zero-weights',
    ...(word.startsWith('gradients') && { layer: layer + 1 }),
  }),
  depth: ({ residual }) => ({ kind: residual ? 'blocks' : 'depth' }),
  width: ({ word }) => ({ kind: word === 'zero' ? 'widen' : 'width' }),
  mistake: ({ varianceAsStd }) => ({ kind: varianceAsStd ? 'variance' : 'fans' }),
  input: ({ word, outcome }) => ({
    kind: word === 'zero' ? 'no-input' : outcome.input.rms > LARGE_INPUT ? 'input' : 'normalise',
  }),
  head: shrinkHead,
  bias: (v) => ({ kind: 'bias', ...(resize(v, 'larger').by && { also: resize(v, 'larger') }) }),
  activation: ({ word, residual }) => ({ kind: word === 'dead' ? 'leaky' : residual ? 'blocks' : 'activation' }),
  small: (v) => resize(v, 'larger'),
  large: (v) => (v.centred ? resize(v, 'smaller') : { kind: 'centre' }),
};

/** @param {Judged} v @returns {Advice} */
export function adviseOn(v) {
  const advice = BY_CAUSE[v.cause]?.(v) ?? { kind: v.cause };
  // larger weights alone would bring back what an input of another scale does
  return v.cause === 'small' && v.cautions.includes('input') ? { kind: 'normalise', also: advice } : advice;
}
