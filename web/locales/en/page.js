/*
 * Every text that JavaScript writes, in English, but for the formulas (formula.js) and tables (figures.js); what never
 * changes stands in index.html. Functions of numbers and names, without any knowledge of the document.
 */
import { choiceWords } from './choices.js';
import { exact, fixed, number, percent } from './numbers.js';

/** @import { Agreement } from '../../reading/agreement.js' */
/** @import { Summary } from '../../engine/engine.js' */
/** @import { Verdict } from '../../reading/verdict.js' */
/** @import { Ignored } from '../../state/state.js' */

/** @param {number} depth */
const afterLayers = (depth) => (depth === 1 ? 'after 1 layer' : `after ${depth} layers`);

/** @param {number} left */
const leftText = (left) =>
  left > 0 && left < 1e-5
    ? `${number(left)} of it is left`
    : left < 1
      ? `${percent(left)} of it is left`
      : `it is ${number(left)} times the input`;

/** @param {Verdict} v */
const pace = (v, verb = v.factor !== null && v.factor < 1 ? 'shrinks' : 'grows') =>
  `${verb} by a factor of ${number(v.factor ?? Number.NaN)} a layer`;

/** The word and the sentence for each kind of verdict. @type {Record<string, [string, (v: Verdict) => string]>} */
const VERDICTS = {
  nothing: ['Nothing passes', (v) => `Every activation is exactly 0 from layer ${v.layer} on.`],
  overflow: [
    'Overflow',
    (v) =>
      (v.factor === null ? '' : `The signal ${pace(v)}: `) +
      `${v.factor === null ? 'F' : 'f'}rom layer ${v.layer} on, numbers exceed the largest float.`,
  ],
  symmetric: [
    'All alike',
    () => 'All weights of a layer are equal, so that all its units compute the same and learn the same.',
  ],
  dead: [
    'Dead units',
    (v) =>
      `${percent(v.share ?? 0)} of the last layer’s units are 0 for the whole batch; ` +
      `${afterLayers(v.depth)} ${leftText(v.left)}.`,
  ],
  saturated: [
    'Saturated',
    (v) => `${percent(v.share ?? 0)} of the last layer’s activations lie at the flat ends of their range.`,
  ],
  one: ['One layer', (v) => `The signal passes a single layer: ${leftText(v.left)}.`],
  vanishing: [
    'Vanishing',
    (v) =>
      v.from === undefined
        ? `The signal ${pace(v)}: ${afterLayers(v.depth)} ${leftText(v.left)}.`
        : `The signal ${pace(v)}, and is exactly 0 from layer ${v.from} on.`,
  ],
  fading: ['Fading', (v) => `The signal ${pace(v, 'shrinks slowly')}: ${afterLayers(v.depth)} ${leftText(v.left)}.`],
  healthy: [
    'Healthy',
    (v) =>
      `The signal holds, with a factor of ${number(v.factor ?? Number.NaN)} a layer: ` +
      `${afterLayers(v.depth)} ${leftText(v.left)}.`,
  ],
  settled: ['Healthy', (v) => `The signal settles at ${percent(v.left)} of the input, within ${v.depth} layers.`],
  growing: ['Growing', (v) => `The signal ${pace(v, 'grows slowly')}: ${afterLayers(v.depth)} ${leftText(v.left)}.`],
  exploding: ['Exploding', (v) => `The signal ${pace(v)}: ${afterLayers(v.depth)} ${leftText(v.left)}.`],
};

/** @import { Back } from '../../reading/verdict.js' */

/** What becomes of gradients: the word where the signal is healthy, and the sentence. */
const GRADIENTS = /** @type {Record<Back['kind'], { word: string, verb: string, end: (layer: number) => string }>} */ ({
  vanishing: { word: 'Gradients vanish', verb: 'shrink', end: (layer) => `are exactly 0 from layer ${layer} back` },
  exploding: { word: 'Gradients explode', verb: 'grow', end: (layer) => `overflow from layer ${layer} back` },
});

/** @param {Back} back */
function gradientText({ kind, factor, left, layer }) {
  const { verb, end } = GRADIENTS[kind];
  if (layer !== undefined) return ` Gradients ${end(layer)}.`;
  const reaches = left < 1e-5 ? number(left) : left < 1 ? percent(left) : `${number(left)} times`;
  return ` Gradients ${verb} by a factor of ${number(factor ?? Number.NaN)} a layer: ${reaches} ${left < 1 ? 'reaches' : 'at'} layer 1.`;
}

/** @param {Verdict} v */
function headText({ kind, head }) {
  if (!head) return '';
  const slope = `mean slope is ${number(head.slope)}`;
  return kind === 'saturated'
    ? ` Its ${slope}.`
    : ` Of the head’s outputs ${percent(head.saturated)} are saturated; its ${slope}.`;
}

/** @param {Verdict} v */
export function verdictWords(v) {
  const [word, sentence] = VERDICTS[v.kind];
  return {
    word: v.back && word === 'Healthy' ? GRADIENTS[v.back.kind].word : word,
    sentence: sentence(v) + headText(v) + (v.back ? gradientText(v.back) : ''),
  };
}

/** Where theory does not apply, by the distribution of the weights. @type {Record<string, string>} */
const WITHOUT_THEORY = {
  constant: 'constant weights',
  identity: 'an identity matrix',
  orthogonal: 'orthogonal weights of fewer than 64 units',
  'uniform-positive': 'weights whose mean is not 0',
  border: 'images this small: every place has felt the border',
};

/** @param {Agreement} a */
const outsideText = ({ from, to, whole, compared, within }) => {
  if (from === to) return `layer ${from}`;
  return whole ? `layers ${from} to ${to}` : `${compared - within} of ${compared} layers from ${from} on`;
};

/** Why theory leaves the last layers out. @param {number} bordered */
const borderText = (bordered) => (bordered > 0 ? `; in ${bordered} more the border is everywhere` : '');

/** The sentence for each kind of agreement. @type {Record<string, (a: Agreement) => string>} */
const AGREEMENTS = {
  agrees: ({ within, compared, bordered }) =>
    compared === 1
      ? 'Theory agrees with the one layer that it tells of.'
      : `Theory agrees: preactivations of ${within} of ${compared} layers lie in its band${borderText(bordered)}.`,
  more: (a) => `Theory predicts more: preactivations lie below its band in ${outsideText(a)}.`,
  less: (a) => `Theory predicts less: preactivations lie above its band in ${outsideText(a)}.`,
  apart: (a) => `Theory disagrees: preactivations lie outside its band in ${outsideText(a)}.`,
  absent: ({ why }) => `Mean-field theory does not apply to ${WITHOUT_THEORY[why] ?? 'these weights'}.`,
  bandless: () => 'Theory has no band for such weights.',
  incomparable: () => 'Theory has nothing to be compared with: no signal is finite and above 0.',
};

/** What follows on it of the way back; nothing where nothing can be compared. @type {typeof AGREEMENTS} */
const AGREEMENTS_BACK = {
  agrees: ({ within, compared }) =>
    compared === 1 ? ' On the way back too, of one layer.' : ` On the way back ${within} of ${compared} do.`,
  more: (a) => ` On the way back: below in ${outsideText(a)}.`,
  less: (a) => ` On the way back: above in ${outsideText(a)}.`,
  apart: (a) => ` On the way back: outside in ${outsideText(a)}.`,
};

/** @param {Agreement} forward @param {Agreement} backward */
export const agreementWords = (forward, backward) =>
  AGREEMENTS[forward.kind](forward) + (AGREEMENTS_BACK[backward.kind]?.(backward) ?? '');

/** Longest piece of the reader's own text that is shown, and most such pieces. */
const LONGEST = 24;
const MOST = 3;

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** @type {Record<Ignored['reason'], (item: Ignored) => string>} */
const REASONS = {
  unknown: ({ key }) => short(key),
  repeated: ({ key, text }) => `a second ${short(`${key}=${text}`)}`,
  bad: ({ key, text, used }) => `${short(`${key}=${text}`)} (${used === 'null' ? 'the scheme’s own' : used} is used)`,
  unused: ({ key, text }) => `${short(`${key}=${text}`)} (the scheme takes no number)`,
  range: ({ key, text, used }) => `${short(`${key}=${text}`)} (${used} is used)`,
};

/** One line about what of an address was not taken. @param {Ignored[]} ignored */
export function ignoredWords(ignored) {
  if (ignored.length === 0) return '';
  const pieces = ignored.slice(0, MOST).map((item) => REASONS[item.reason](item));
  const more = ignored.length - pieces.length;
  return `Ignored in the address: ${pieces.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

/**
 * @param {import('../../state/state.js').Row} row
 * @param {string | number | null} value what is used instead
 */
export const clampedWords = (row, value) =>
  !('min' in row) ? '' : `${row.key} goes from ${exact(row.min)} to ${exact(row.max)}: ${exact(value ?? '')} is used.`;

/** What a number on a slider is of. @type {Record<string, (value: number) => string>} */
const VALUES = {
  depth: (value) => `${value} ${value === 1 ? 'layer' : 'layers'}`,
  width: (value) => `${value} ${value === 1 ? 'unit' : 'units'} a layer`,
  kernel: (value) => `kernel ${value} by ${value}`,
  channels: (value) => `${value} ${value === 1 ? 'channel' : 'channels'}`,
  size: (value) => `images ${value} by ${value}`,
  batch: (value) => `${value} ${value === 1 ? 'input' : 'inputs'}`,
  bias: (value) => `standard deviation ${exact(value)}`,
  layer: (value) => `layer ${value}`,
};

/** @param {string} key of a row; those that are not here are gains @param {number} value */
export const valueWords = (key, value) => VALUES[key]?.(value) ?? `gain ${exact(value)}`;

/** @typedef {{ below: number, above: number }} Outside */

/** @param {Summary} tensor @param {number} layer @param {Outside} outside */
export function ridgeCaption({ zeros, nonFinite, size }, layer, { below, above }) {
  const parts = [];
  if (zeros > 0) parts.push(`${percent(zeros)} are exactly 0, left out`);
  if (below + above > 0) parts.push(`${percent(below + above)} lie outside the frame`);
  if (nonFinite > 0) parts.push(`${percent(nonFinite / size)} are not finite`);
  return `Layer ${layer}: ${parts.join('; ') || 'all values lie within the frame'}.`;
}

/** With a capital. @param {string} name of a tensor */
const title = (name) => choiceWords(name).replace(/^./, (letter) => letter.toUpperCase());

/** @param {string} name of a tensor @param {number} chosen @param {(Summary | undefined)[]} here of A and B */
const stdLabel = (name, chosen, here) =>
  `${title(name)} of layer ${chosen}: ${here
    .map((tensor, i) => `${'AB'[i]} std ${tensor ? number(tensor.std) : '–'}`)
    .join(', ')}`;

/** @param {string} what @param {import('../../charts/curves.js').Curve[]} curves @param {number} chosen */
const curvesLabel = (what, curves, chosen) =>
  `${what}. Layer ${chosen}: ${curves
    .map(({ label, measured }) => `${label} ${number(measured[chosen] ?? Number.NaN)}`)
    .join(', ')}`;

/** What the charts show, in words. */
export const LABELS = {
  rms: (/** @type {string[]} */ verdicts) =>
    `Root mean square by depth. ${verdicts.map((text, i) => `${'AB'[i]}: ${text}`).join(' ')}`,
  curves: curvesLabel,
  histogram: stdLabel,
};

/** @param {boolean} backward whether the tensor comes of the way back */
export const ridgeHow = (backward) =>
  'Click a ridge or a point, or use the arrow keys, to choose a layer. Ridges are densities, smoothed, without exact zeros; ' +
  `the ${backward ? 'last' : 'first'} layer sets the scale, and what is narrower is scaled down to full height. ` +
  'Arrows: more than 1\u00a0% lies outside.';

/** @param {string[]} without the letters of the networks that have none */
export const weightsCaption = (without) =>
  'Density of the weights drawn; the thin line is the density that the scheme promises' +
  (without.length === 0 ? '.' : without.length === 2 ? ', of which these have none.' : `; ${without[0]} has none.`);

/** @param {(number | null)[]} cut how high A and B rise, where that is beyond the frame */
export const cutWords = (cut) =>
  cut.map((peak, i) => (peak === null ? '' : ` ${'AB'[i]} rises to ${number(peak)}, beyond the frame.`)).join('');

/** Of the mean over the batch, beside what a guess among all classes costs. @param {number} loss
 * @param {number} classes */
export const lossWords = (loss, classes) =>
  `loss ${loss < 100 ? fixed(loss, 3) : number(loss)}; guessing costs ${fixed(Math.log(classes), 3)}`;

/** Gains that are written as what they are. @type {[number, string][]} */
const EXACT = [
  [Math.SQRT2, '√2'],
  [5 / 3, '5/3'],
];

/**
 * A preset of the gain: what it is, and whose.
 * @param {string[]} names own, pytorch, forward or backward
 * @param {number | null} value null: calculate_gain knows none
 */
function gainWords(names, value) {
  if (value === null) return 'PyTorch: none';
  const keeps = names.filter((name) => name === 'forward' || name === 'backward').join(' and ');
  const whose = [
    names.includes('own') && 'the scheme’s own',
    names.includes('pytorch') && 'PyTorch’s',
    keeps && `keeps ${keeps}`,
  ].filter(Boolean);
  const root = EXACT.find(([size]) => Math.abs(size - value) < 1e-4)?.[1];
  return `${root ? `${root} = ` : ''}${exact(value)}: ${whose.join('; ')}`;
}

/** Of the next layer. @param {number} share */
const shareText = (share) => (share > 0 ? `, ${percent(share)} of the next` : '');

export const WORDS = {
  anyLength: 'any',
  layerTitle: (/** @type {number} */ layer, /** @type {number} */ depth) => `Layer ${layer} of ${depth}`,
  layer: (/** @type {number} */ layer) => `layer ${layer}`,
  ridges: (/** @type {string} */ name) => title(name),
  detail: (/** @type {string} */ name) => `${title(name)} of A and B`,
  detailCaption: 'Densities without exact zeros, on an axis of this layer’s own, shared by A and B.',
  forward: (/** @type {number} */ layers, /** @type {number} */ depth, /** @type {number} */ share) =>
    `${layers} of ${depth} layers${shareText(share)}`,
  coarse: (/** @type {number} */ first, /** @type {number} */ batch) => `the first ${first} of ${batch} inputs`,
  backward: (/** @type {number} */ layers, /** @type {number} */ depth, /** @type {number} */ share) =>
    `back ${layers} of ${depth}${shareText(share)}`,
  working: { word: 'Working', sentence: 'The first layer is being passed.' },
  picture: (/** @type {string} */ name) => `“${short(name)}” is the input now; it stays on this page.`,
  failed: 'Not computed',
  wholePage: 'Initscope: the whole page',
  notShared: (/** @type {string} */ message) => `This did not work: ${message}`,
  layerColumn: 'layer',
  stdColumn: 'std',
  gain: gainWords,
  noSimd:
    'Initscope needs WebAssembly with SIMD, which this browser does not have. Chrome and Edge 91, Firefox 113 and ' +
    'Safari 16.4 and later have it.',
  noLessons: (/** @type {string} */ message) => `The lessons could not be loaded: ${message}`,
  notSpoken: (/** @type {string} */ message) => `The words of that language could not be loaded: ${message}`,
  noStart: (/** @type {string} */ message) => `The engine did not start: ${message}`,
  notDrawn: (/** @type {number} */ layer) => `layer ${layer} is not there yet`,
};
