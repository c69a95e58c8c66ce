/**
 * page.js: the sentences that JavaScript writes, in English: theory, captions, labels, notes. They are functions of
 * numbers and names, and know nothing of the document. Not here: verdicts (verdicts.js), formulas (formula.js), figures
 * (figures.js), and fixed texts (index.html).
 */
import { called, callsOf } from '../called.js';
import { choiceWords } from './choices.js';
import { exact, fixed, number, percent, share } from './numbers.js';

/** @import { Agreement } from '../../reading/agreement.js' */
/** @import { Summary } from '../../engine/engine.js' */
/** @import { Call } from '../called.js' */

/** Where theory does not apply, by the distribution of the weights. @type {Record<string, string>} */
const WITHOUT_THEORY = {
  constant: 'constant weights',
  identity: 'an identity matrix',
  orthogonal: 'orthogonal weights of fewer than 64 units',
  'uniform-positive': 'weights whose mean is not 0',
  'cut-spiked': 'weights whose mean is not 0',
  border: 'images this small: padding affects every position',
};

/** @param {Agreement} a @param {Call} call */
const outsideText = ({ from, to, whole, compared, within }, call) => {
  if (from === to) return `layer ${call(from)}`;
  return whole
    ? `layers ${call(from)} to ${call(to)}`
    : `${compared - within} of ${compared} layers from ${call(from)} on`;
};

/** @param {Agreement} a that agrees */
const insideText = ({ within, compared, total }) => {
  if (compared === 1) return 'the one layer that theory covers';
  const covered = 2 * compared < total ? ' that theory covers' : '';
  return `${within === compared ? `all ${compared}` : `${within} of ${compared}`} layers${covered}`;
};

/** Why theory leaves layers out. @param {Agreement} a */
const leftOutText = ({ bordered, narrow }) =>
  (narrow > 0 ? `; for ${narrow} more it has no band at this width` : '') +
  (bordered > 0 ? `; in ${bordered} more, padding affects every position` : '');

/** The sentence for each kind of agreement. @type {Record<string, (a: Agreement, call: Call) => string>} */
const AGREEMENTS = {
  agrees: (a) => `As theory predicts, in ${insideText(a)}${leftOutText(a)}.`,
  more: (a, call) => `Smaller than theory predicts: preactivations lie below its band in ${outsideText(a, call)}.`,
  less: (a, call) => `Larger than theory predicts: preactivations lie above its band in ${outsideText(a, call)}.`,
  apart: (a, call) => `Not as theory predicts: preactivations lie outside its band in ${outsideText(a, call)}.`,
  absent: ({ why }) => `Mean-field theory does not apply to ${WITHOUT_THEORY[why] ?? 'these weights'}.`,
  bandless: () => 'Theory has no band for these weights.',
  narrow: () => 'Theory has no band for networks this narrow and deep.',
  died: ({ died, chance }, call) =>
    `The signal has died: all activations are 0 from layer ${call(died)} on. At this width that has probability ` +
    `${share(chance)} for one input, and at most that for a whole batch.`,
  incomparable: () => 'Nothing to compare with theory: no layer has a signal that is finite and above 0.',
};

/** The sentence on the backward pass; none if nothing can be compared. @type {typeof AGREEMENTS} */
const AGREEMENTS_BACK = {
  agrees: (a) => ` Backward: as predicted, in ${insideText(a)}.`,
  more: (a, call) => ` Backward: below the band in ${outsideText(a, call)}.`,
  less: (a, call) => ` Backward: above the band in ${outsideText(a, call)}.`,
  apart: (a, call) => ` Backward: outside the band in ${outsideText(a, call)}.`,
  narrow: () => ' Backward: no band at this width.',
};

/** @param {Agreement} forward @param {Agreement} backward
 * @param {string[] | null} [names] of the layers, where they have names of their own */
export function agreementWords(forward, backward, names = null) {
  const call = callsOf(names);
  const both = forward.kind === 'agrees' && backward.kind === 'agrees';
  if (both && insideText(forward) === insideText(backward))
    return `As theory predicts, in ${insideText(forward)}, forward and backward${leftOutText(forward)}.`;
  if (forward.kind === 'narrow' && backward.kind === 'narrow') return AGREEMENTS.narrow(forward, call);
  return AGREEMENTS[forward.kind](forward, call) + (AGREEMENTS_BACK[backward.kind]?.(backward, call) ?? '');
}

/** The longest piece of the reader's own text that is shown. */
const LONGEST = 24;

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** What a slider's number counts or measures. @type {Record<string, (value: number, name?: string) => string>} */
const VALUES = {
  depth: (value) => `${value} ${value === 1 ? 'layer' : 'layers'}`,
  width: (value) => `${value} ${value === 1 ? 'unit' : 'units'} per layer`,
  kernel: (value) => `kernel ${value} by ${value}`,
  channels: (value) => `${value} ${value === 1 ? 'channel' : 'channels'}`,
  size: (value) => `images ${value} by ${value}`,
  batch: (value) => `${value} ${value === 1 ? 'input' : 'inputs'}`,
  bias: (value) => `standard deviation ${exact(value)}`,
  layer: (value, name) => `layer ${called(value, name)}`,
};

/** @param {string} key of a row; the others are gains @param {number} value @param {string} [name] of a layer */
export const valueWords = (key, value, name) => VALUES[key]?.(value, name) ?? `gain ${exact(value)}`;

/** @typedef {{ below: number, above: number }} Outside */

/** @param {Summary} tensor @param {number} layer @param {Outside} outside @param {string} [name] of the layer */
export function ridgeCaption({ zeros, nonFinite, size }, layer, { below, above }, name) {
  const parts = [];
  if (zeros > 0) parts.push(`${percent(zeros)} are exactly 0 (left out)`);
  if (below + above > 0) parts.push(`${percent(below + above)} lie outside the frame`);
  if (nonFinite > 0) parts.push(`${percent(nonFinite / size)} are not finite`);
  return `Layer ${called(layer, name)}: ${parts.join('; ') || 'all values lie within the frame'}.`;
}

/** With a capital. @param {string} name of a tensor */
const title = (name) => choiceWords(name).replace(/^./, (letter) => letter.toUpperCase());

/** @param {string} name of a tensor @param {number} chosen @param {(Summary | undefined)[]} here of A and B
 * @param {string} [layer] name of the layer */
const stdLabel = (name, chosen, here, layer) =>
  `${title(name)} of layer ${called(chosen, layer)}: ${here
    .map((tensor, i) => `${'AB'[i]} std ${tensor ? number(tensor.std) : '–'}`)
    .join(', ')}`;

/** @param {string} what @param {import('../../charts/curves.js').Curve[]} curves @param {number} chosen
 * @param {string} [name] of the layer */
const curvesLabel = (what, curves, chosen, name) =>
  `${what}. Layer ${called(chosen, name)}: ${curves
    .map(({ label, measured }) => `${label} ${number(measured[chosen] ?? Number.NaN)}`)
    .join(', ')}`;

/** What the charts show, in words. */
export const LABELS = {
  rms: (/** @type {string[]} */ verdicts) =>
    `Root mean square by depth. ${verdicts.map((text, i) => `${'AB'[i]}: ${text}`).join(' ')}`,
  curves: curvesLabel,
  histogram: stdLabel,
};

/** @param {boolean} backward whether the tensor comes from the backward pass */
export const ridgeHow = (backward) =>
  'To choose a layer, click a histogram or a point, or use the arrow keys. Histograms are smoothed and leave out exact ' +
  `zeros. The ${backward ? 'last' : 'first'} layer sets the height; taller histograms are scaled down. ` +
  'Triangles: over 1% of values lie outside.';

/** @param {string[]} without the letters of the networks that have none
 * @param {number[]} counts how many values the weights of A and of B can take; 0: all of their format */
export const weightsCaption = (without, counts) =>
  'Density of the weights. Thin lines: the scheme’s density' +
  (without.length === 0 ? '.' : without.length === 2 ? ' (none for these).' : ` (none for ${without[0]}).`) +
  counts.map((count, i) => (count > 0 ? ` ${'AB'[i]} takes ${count} values only.` : '')).join('');

/** @param {(number | null)[]} cut the peaks of A and B, where they lie above the frame */
export const cutWords = (cut) =>
  cut.map((peak, i) => (peak === null ? '' : ` ${'AB'[i]} peaks at ${number(peak)}, above the frame.`)).join('');

/** The mean loss over the batch, beside the loss of guessing at random. @param {number} loss
 * @param {number} classes */
export const lossWords = (loss, classes) =>
  `loss ${loss < 100 ? fixed(loss, 3) : number(loss)} (chance: ${fixed(Math.log(classes), 3)})`;

/** Gains that have a short exact form. @type {[number, string][]} */
const EXACT = [
  [Math.SQRT2, '√2'],
  [5 / 3, '5/3'],
];

/**
 * A preset of the gain: its value and what it is for.
 * @param {string[]} names own, pytorch, forward or backward
 * @param {number | null} value null: calculate_gain has none
 */
function gainWords(names, value) {
  if (value === null) return 'PyTorch: none';
  const keeps = [names.includes('forward') && 'signal', names.includes('backward') && 'gradient'].filter(Boolean);
  const whose = [
    names.includes('own') && 'the scheme’s own',
    names.includes('pytorch') && 'PyTorch',
    keeps.length > 0 && `keeps the ${keeps.join(' and ')}`,
  ].filter(Boolean);
  const root = EXACT.find(([size]) => Math.abs(size - value) < 1e-4)?.[1];
  return `${root ? `${root} = ` : ''}${exact(value)}: ${whose.join('; ')}`;
}

/** @param {number} share of the next layer that is done */
const shareText = (share) => (share > 0 ? `, ${percent(share)} of the next` : '');

export const WORDS = {
  anyLength: 'any',
  layerTitle: (/** @type {number} */ layer, /** @type {number} */ depth, name = '') =>
    `Layer ${layer} of ${depth}${name && `: ${name}`}`,
  layer: (/** @type {number} */ layer, name = '') => `layer ${called(layer, name)}`,
  inputLayer: 'input',
  outputLayer: 'output',
  noWeights: 'This layer has no weights.',
  tensor: (/** @type {string} */ name) => title(name),
  detail: (/** @type {string} */ name) => `${title(name)} of A and B`,
  detailCaption: 'Densities without exact zeros. A and B share one axis.',
  forward: (/** @type {number} */ layers, /** @type {number} */ depth, /** @type {number} */ share) =>
    `${layers} of ${depth} layers${shareText(share)}`,
  coarse: (/** @type {number} */ first, /** @type {number} */ batch) => `first ${first} of ${batch} inputs`,
  backward: (/** @type {number} */ layers, /** @type {number} */ depth, /** @type {number} */ share) =>
    `backward: ${layers} of ${depth}${shareText(share)}`,
  working: { word: 'Working', cautions: '', sentence: 'Computing the first layer.', advice: '' },
  picture: (/** @type {string} */ name) => `“${short(name)}” is now the input. It never leaves this page.`,
  failed: 'Not computed',
  wholePage: 'Initscope: the whole page',
  notShared: (/** @type {string} */ message) => `Sharing failed: ${message}`,
  layerColumn: 'layer',
  stdColumn: 'std',
  gain: gainWords,
  noSimd:
    'Initscope needs WebAssembly with SIMD, which this browser does not have. Chrome and Edge 91, Firefox 113 and ' +
    'Safari 16.4 and later have it.',
  noImages: (/** @type {string} */ message) => `The reader of images could not be loaded: ${message}`,
  noPictures: (/** @type {string} */ message) => `The pictures of kernels and images could not be loaded: ${message}`,
  noPart: (/** @type {string} */ message) => `A part of the page could not be loaded: ${message}`,
  noStack: (/** @type {string} */ message) => `The editor of layers could not be loaded: ${message}`,
  noGlossary: (/** @type {string} */ message) => `The glossary could not be loaded: ${message}`,
  noTraining: (/** @type {string} */ message) => `Training could not be loaded: ${message}`,
  noLessons: (/** @type {string} */ message) => `The lessons could not be loaded: ${message}`,
  notSpoken: (/** @type {string} */ message) => `This language could not be loaded: ${message}`,
  noStart: (/** @type {string} */ message) => `The engine did not start: ${message}`,
  notDrawn: (/** @type {number} */ layer, name = '') => `Layer ${called(layer, name)} is not computed yet.`,
};
