/**
 * phase.js: the words of the phase map, in English. index.js does not export them: they load with the view.
 */
import { count, number, plain } from './numbers.js';

/** @typedef {import('../../engine/phase.js').PhasePoint} Point */

/** @param {number} depth */
const layersText = (depth) => (depth === 1 ? '1 layer' : `${count(depth)} layers`);

/** @param {number} value a depth scale */
const scaleText = (value) => (Number.isFinite(value) ? number(value) : '∞');

/** What happens in each phase; isLinear: the activation is linear on either side of 0.
 * @type {Record<string, (point: Point, isLinear: boolean) => string>} */
const SENTENCES = {
  ordered: ({ depth }) =>
    `Inputs become alike: what tells them apart falls by a factor of e in ξ\u00a0=\u00a0${number(depth)} layers. On the way back gradients vanish as fast.`,
  decays: ({ depth }) =>
    `The signal dies out: its mean square falls by a factor of e in ξ\u00a0=\u00a0${number(depth)} layers. On the way back gradients vanish as fast.`,
  critical: ({ weightSquare }, isLinear) =>
    isLinear
      ? `Gradients keep their size, however deep the network is. The slope χ₁ is 1 on the whole line σ_w²\u00a0=\u00a0${number(weightSquare)}, but only here, without biases, q stays finite.`
      : 'Neither order nor chaos: gradients keep their size, however deep the network is.',
  chaotic: ({ depth, chi, correlation }) =>
    `Nearly equal inputs part: they come nearer to a correlation of ${number(correlation)} by a factor of e in ξ\u00a0=\u00a0${number(depth)} layers. On the way back gradients explode, by χ₁\u00a0=\u00a0${number(chi)} a layer.`,
  explodes: ({ slope, biasSquare }) =>
    slope <= 1
      ? `The slope is 1, but q has no limit: each layer adds σ_b²\u00a0=\u00a0${plain(biasSquare)} to it. This is not the chaos of tanh, where q stays finite.`
      : `The signal explodes: q grows by a factor of ${number(slope)} a layer, and has no limit. This is not the chaos of tanh, where q stays finite and inputs part.`,
};

export const PHASE_WORDS = {
  title: 'Phase map',
  heading: (/** @type {string} */ activation) => `Order and chaos: ${activation}`,
  text:
    'Each point is a deep stack of wide, equal layers. Drag A or B, tap the map, or use the arrow keys: sideways the gain ' +
    'changes, upwards the std of the biases, which A and B share. The charts below follow.',
  caption: (/** @type {number} */ depth) =>
    'The stronger the tone, the larger ξ: over so many layers, what tells inputs apart changes by a factor of e, and where the signal explodes, its mean square q. Thick line: ' +
    `χ₁\u00a0=\u00a01. Thin lines: 6\u00a0ξ\u00a0=\u00a0${count(depth)}, as deep as the networks are; between these lines a network of that depth can train ` +
    '(Schoenholz et al. 2017).',
  save: 'save this chart',
  weightAxis: 'σ_w²\u00a0=\u00a0fan_in × Var W',
  biasAxis: 'σ_b²\u00a0=\u00a0Var b',
  line: 'χ₁\u00a0=\u00a01',
  limit: (/** @type {number} */ depth) => `6\u00a0ξ\u00a0=\u00a0${count(depth)}`,
  areas: /** @type {Record<string, string>} */ ({ ordered: 'order', chaotic: 'chaos', explodes: 'explodes' }),
  states: /** @type {Record<string, string>} */ ({
    ...{ ordered: 'ordered', critical: 'critical', chaotic: 'chaotic', explodes: 'explodes', decays: 'decays' },
  }),
  sentence: (/** @type {Point} */ point, /** @type {boolean} */ isLinear) => SENTENCES[point.phase](point, isLinear),
  figures: (/** @type {Point} */ { q, chi, depth }) =>
    `q*\u00a0=\u00a0${Number.isFinite(q) ? number(q) : '∞'}, χ₁\u00a0=\u00a0${number(chi)}, ξ\u00a0=\u00a0${scaleText(depth)}`,
  reach: (/** @type {number} */ limit, /** @type {number} */ depth) => {
    if (!Number.isFinite(limit)) return 'Theory sets no limit to the depth here.';
    const own = `6\u00a0ξ\u00a0=\u00a0${number(limit)}, and the network has ${layersText(depth)}`;
    return depth <= limit ? `${own}: it can train.` : `${own}: too deep to train.`;
  },
  where: (/** @type {number} */ some, /** @type {number} */ all) =>
    some === all ? (all === 1 ? 'its layer' : `all ${count(all)} layers`) : `${count(some)} of ${layersText(all)}`,
  place: (/** @type {number} */ weightSquare, /** @type {number} */ biasSquare) =>
    `σ_w²\u00a0=\u00a0${number(weightSquare)}, σ_b²\u00a0=\u00a0${number(biasSquare)}`,
  missing: /** @type {Record<string, string>} */ ({
    coming: 'It is being computed.',
    blocks: 'Not on the map: it has norms, residual sums or gated units, and the map is of plain stacks.',
    activation: 'Not on the map: none of its layers has this activation.',
    theory: 'Not on the map: mean-field theory does not cover its weights.',
  }),
  handle: (/** @type {string} */ letter) => `${letter} in the phase map; the arrow keys move it`,
  value: (/** @type {string} */ place, /** @type {string} */ state, /** @type {number} */ depth) =>
    `${place}: ${state}, ξ ${Number.isFinite(depth) ? number(depth) : 'infinite'}`,
  held: /** @type {Record<string, (letter: string) => string>} */ ({
    'weights-tuned': (letter) =>
      `The gains of ${letter} are tuned layer by layer, so its point stays where tuning leaves it.`,
    'weights-own': (letter) => `The layers of ${letter} have gains of their own, which the map does not change.`,
    'biases-choice': (letter) => `${letter} has biases of another kind: the std of the biases does not move its point.`,
    'biases-own': (letter) => `The layers of ${letter} have biases of their own, which the map does not change.`,
    gain: (letter) => `The gain of ${letter} is at its limit.`,
    bias: () => 'The std of the biases is at its limit.',
  }),
  label: (/** @type {string} */ activation, /** @type {string[]} */ points) =>
    `Phase map, ${activation}: the depth scale by σ_w² and σ_b². ${points.join(' ')}`.trim(),
  critical: 'critical σ_w²',
  from: (/** @type {number} */ depth) => `6\u00a0ξ above ${count(depth)}: from σ_w²`,
  to: 'to σ_w²',
};
