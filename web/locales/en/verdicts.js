/**
 * verdicts.js: what a verdict says, in English: its word, its cautions, a sentence with the numbers, and a line that says
 * what to do. Whether theory agrees is said in page.js.
 */
import { composeVerdict } from '../compose-verdict.js';
import { number, percent, share } from './numbers.js';

/** @import { Advice } from '../../reading/advice.js' */
/** @import { Verdict } from '../../reading/verdict.js' */
/** @import { Call } from '../called.js' */

/** @type {Record<string, string>} */
const NAMES = {
  overflow: 'Overflow',
  zero: 'Nothing passes',
  symmetric: 'Units are copies',
  kept: 'Scale kept',
  settled: 'Scale settles',
  fading: 'Signal fades',
  vanishing: 'Signal vanishes',
  growing: 'Signal grows',
  exploding: 'Signal explodes',
  'gradients-fade': 'Gradients fade',
  'gradients-vanish': 'Gradients vanish',
  'gradients-grow': 'Gradients grow',
  'gradients-explode': 'Gradients explode',
  loss: 'Loss too high',
  saturated: 'Saturated',
  dead: 'Dead units',
  alike: 'Inputs alike',
};

/** The other cautions are names, with a small letter. @type {Record<string, (v: Verdict) => string>} */
const CAUTIONS = {
  loss: ({ outcome }) => `loss ${number(outcome.loss?.ratio ?? Number.NaN)}\u00a0× that of guessing`,
  saturated: ({ outcome }) => `${percent(outcome.saturated.share)} saturated`,
  dead: ({ outcome }) => `${percent(outcome.dead.share)} dead units`,
  alike: () => 'inputs grow alike',
  input: ({ outcome }) => `input of rms ${number(outcome.input.rms)}`,
  chance: () => 'chance plays a part',
};

/** @param {number} depth */
const layersText = (depth) => `${depth} ${depth === 1 ? 'layer' : 'layers'}`;

/** @param {number} ratio */
const amountText = (ratio) => (ratio < 1 ? `${share(ratio)} of it` : `${number(ratio)} times as much`);

/** @param {Verdict} v @param {Call} call */
function signalText({ depth, left, factor, still, layer = 0, word, outcome }, call) {
  if (word === 'vanishing' && outcome.signal?.ratio === 0)
    return `The signal shrinks below the smallest float: it is exactly 0 from layer ${call(layer)} on.`;
  if (!outcome.signal) return '';
  const { signal } = outcome;
  const peak = signal.peaks ? ` Layer ${call(signal.layer)} has ${amountText(signal.ratio)}.` : '';
  if (still) return `The signal settles at ${percent(left)} of the input within ${layersText(depth)}.${peak}`;
  const end = left < 1 ? `${share(left)} of the signal is left` : `the signal is ${number(left)} times the input`;
  const pace = depth > 1 && factor !== null ? ` (×\u00a0${number(factor)} per layer)` : '';
  return `After ${layersText(depth)}, ${end}${pace}.${peak}`;
}

/** @param {Verdict} v @param {Call} call */
function gradientText({ depth, outcome: { gradient } }, call) {
  if (!gradient || !(gradient.level > 0 || gradient.byChance)) return '';
  const { ratio, layer, left, factor } = gradient;
  if (!(ratio > 0 && ratio < Infinity)) {
    const where = layer === 1 ? `in layer ${call(1)}` : `from layer ${call(layer)} back to layer ${call(1)}`;
    return ratio > 0 ? `Gradients overflow ${where}.` : `Gradients are exactly 0 ${where}.`;
  }
  const peak = gradient.peaks ? ` Layer ${call(layer)} has ${amountText(ratio)}.` : '';
  const end =
    left < 1
      ? `${share(left)} of the gradient reaches layer ${call(1)}`
      : `The gradient at layer ${call(1)} is ${number(left)} times that at layer ${call(depth)}`;
  return `${end}${factor === null ? '' : ` (×\u00a0${number(factor)})`}.${peak}`;
}

/** What the word stands for, where signal and gradient do not say it.
 * @type {Record<string, (v: Verdict, call: Call) => string>} */
const REASONS = {
  overflow: ({ layer = 0 }, call) => `From layer ${call(layer)} on, values exceed the largest float.`,
  zero: ({ layer = 0 }, call) => `Every activation is exactly 0 from layer ${call(layer)} on.`,
  symmetric: ({ layer = 0 }, call) =>
    `All units of layer ${call(layer)} have equal weights and equal biases: they compute and learn the same.`,
  loss: ({ outcome: { loss } }) =>
    `The loss is ${number(loss?.value ?? 0)}; guessing gives ${number(loss?.chance ?? 0)}.`,
  saturated: ({ outcome: { saturated } }, call) =>
    `${percent(saturated.share)} of activations in layer ${call(saturated.layer)} lie where the activation function is flat.`,
  dead: ({ outcome: { dead } }, call) =>
    `${percent(dead.share)} of units in layer ${call(dead.layer)} are 0 for the whole batch.`,
  alike: ({ layer = 0, outcome: { alike } }, call) =>
    `In layer ${call(layer)} two inputs have correlation ${alike.correlation < 1 ? `1 − ${number(1 - alike.correlation)}` : '1'}: it sees one input.`,
};

/** @param {Verdict} v */
const headText = ({ head }) =>
  head ? `Output layer: ${percent(head.saturated)} saturated, mean slope ${number(head.slope)}.` : '';

/** What to do. @type {Record<string, string | ((v: Verdict, advice: Advice, call: Call) => string)>} */
const ADVICE = {
  nothing: 'Nothing needs to change.',
  trains: 'It can still be trained.',
  skip: 'So deep a network needs skip connections or normalisation.',
  branches: 'Norms undo the scale of these weights: use fewer blocks or smaller branches.',
  blocks: 'Fewer blocks or smaller branches change the stream less.',
  normalise: 'Normalise the input to an rms of 1: the weights are meant for that.',
  seed: 'Another seed gives another scale; wider layers leave less to chance.',
  larger: 'Make the weights larger.',
  smaller: 'Make the weights smaller.',
  'slightly-larger': 'A slightly larger gain evens it out.',
  'slightly-smaller': 'A slightly smaller gain evens it out.',
  multiply: (_, { by, scheme }) =>
    `Multiply the weights by ${number(Number(by))}${scheme ? `: that is ${scheme} initialization` : ''}.`,
  'multiply-more': (_, { by }) => `Multiply the weights by ${number(Number(by))} or a little more.`,
  centre: 'Centre the weights: their mean must be 0.',
  'zero-weights': (_, { layer }, call) =>
    `${layer ? `The weights of layer ${call(layer)} are 0, so` : 'Where the weights of a layer are 0,'} dL/dz of every layer ` +
    'below is exactly 0. Draw them at random.',
  'equal-weights': 'Draw the weights at random: copies get equal gradients, and stay copies.',
  widen: 'Widen the layers: in a narrow one all units can be 0 by chance.',
  width: 'Widen the layers or try another seed: at this width much is chance.',
  variance: (v) => `Pass the std, not the variance: ${stdText(v)}`,
  fans: (v) => `Count the true fans: ${stdText(v)}`,
  'no-input': 'The input is 0: choose another.',
  input: 'Divide pixels by 255, or normalise the input to an rms of 1.',
  head: (_, { by }) => `Divide the output layer’s weights by ${number(Number(by))}: its outputs then have an rms of 1.`,
  bias: 'Start the biases at 0: they drown the signal.',
  activation: 'This activation passes less gradient than signal: choose one with a slope near 1.',
  leaky: 'Leaky ReLU has no dead units; wider layers have fewer.',
  critical: 'The signal falls as a power of the depth: a slightly larger gain holds it.',
  depth: 'Fewer layers, skip connections or normalisation keep inputs apart.',
};

/** @param {Verdict} v */
const stdText = ({ std, rightStd }) => `the weights need a std of ${number(rightStd)}, not ${number(std)}.`;

/** The verdict in words. */
export const verdictWords = composeVerdict(NAMES, CAUTIONS, REASONS, ADVICE, [signalText, gradientText, headText]);
