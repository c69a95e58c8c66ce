/*
 * Every text that JavaScript writes, in English; what never changes stands in index.html. Functions of numbers and
 * names, without any knowledge of the document. Numbers: three significant figures, a true minus, powers of ten outside
 * 1e-3 .. 1e4.
 */

/** @typedef {import('../verdict.js').Verdict} Verdict */
/** @typedef {import('../state.js').Ignored} Ignored */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** @param {number} exponent */
export function power(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** @param {number} value */
export function number(value) {
  if (Number.isNaN(value)) return '–';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}∞`;
  if (size === 0) return '0';
  const [digits, exponent] = size.toExponential(2).split('e');
  if (Number(exponent) < -3 || Number(exponent) >= 4) return `${sign}${digits}\u202f×\u202f${power(Number(exponent))}`;
  return sign + size.toFixed(Math.max(0, 2 - Number(exponent)));
}

/** A number whose trailing zeros say nothing: one that was chosen, or a tick. @param {number} value */
export function plain(value) {
  const text = number(value);
  return text.includes('×') || !text.includes('.') ? text.replace(/\.?0+(?=\u202f)/, '') : text.replace(/\.?0+$/, '');
}

/** @param {number} share */
export function percent(share) {
  if (Number.isNaN(share)) return '–';
  const value = share * 100;
  if (value > 0 && value < 0.1) return value < 0.0005 ? '<\u202f0.001\u202f%' : `${value.toPrecision(1)}\u202f%`;
  if (value >= 1000) return `${number(value)}\u202f%`;
  return `${value === 0 || value >= 99.95 || value >= 10 ? Math.round(value) : value.toFixed(1)}\u202f%`;
}

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
      `In the last layer ${percent(v.share ?? 0)} of the units are 0 for the whole batch; ` +
      `${afterLayers(v.depth)} ${leftText(v.left)}.`,
  ],
  saturated: [
    'Saturated',
    (v) =>
      `In the last layer ${percent(v.share ?? 0)} of the activations lie at the ends of ` +
      'their range, where the slope is nearly 0.',
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
  growing: ['Growing', (v) => `The signal ${pace(v, 'grows slowly')}: ${afterLayers(v.depth)} ${leftText(v.left)}.`],
  exploding: ['Exploding', (v) => `The signal ${pace(v)}: ${afterLayers(v.depth)} ${leftText(v.left)}.`],
};

/** @param {Verdict} v */
export function verdictWords(v) {
  const [word, sentence] = VERDICTS[v.kind];
  return { word, sentence: sentence(v) };
}

/** How a scheme or an activation is written for readers; others are shown as they are named. */
const NAMES = /** @type {Record<string, string>} */ ({
  zeros: 'Zeros',
  constant: 'Constant',
  normal: 'Normal',
  uniform: 'Uniform',
  'xavier-normal': 'Xavier normal',
  'xavier-uniform': 'Xavier uniform',
  'he-normal': 'He normal',
  'he-uniform': 'He uniform',
  'lecun-normal': 'LeCun normal',
  'lecun-uniform': 'LeCun uniform',
  'pytorch-default': 'PyTorch default',
  linear: 'linear',
  relu: 'ReLU',
  'leaky-relu': 'leaky ReLU',
  elu: 'ELU',
  selu: 'SELU',
  gelu: 'GELU',
  silu: 'SiLU',
});

/** @param {string} name */
export const choiceWords = (name) => NAMES[name] ?? name;

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
 * @param {import('../state.js').Row} row
 * @param {string | number | null} value what is used instead
 */
export const clampedWords = (row, value) =>
  row.type === 'choice' ? '' : `${row.key} goes from ${row.min} to ${row.max}: ${value} is used.`;

/** @typedef {import('../engine.js').LayerResult} LayerResult */
/** @typedef {import('../engine.js').Summary} Summary */

/**
 * The formula of a layer's weights with its numbers put in, a line a step.
 * @param {LayerResult} layer
 * @param {import('../spec.js').Scheme} scheme
 */
export function formulaWords({ fanIn, fanOut, gain, mean, std, bound }, scheme) {
  if (scheme.mode === 'value') {
    const given = { constant: mean, uniform: bound ?? 0, normal: std }[scheme.distribution];
    const name = scheme.valueName ?? 'value';
    if (!scheme.valueName) return [`W = ${plain(mean)}, every weight`];
    const first =
      gain === 1
        ? `${name} = ${plain(given)}, given`
        : `${name} = ${plain(gain)} × ${plain(given / gain)} = ${plain(given)}, gain times what is given`;
    if (scheme.distribution === 'constant') return [first, 'Var(W) = 0'];
    if (bound === null) return [first, `Var(W) = std² = ${number(std * std)}`];
    return [first, `Var(W) = bound² / 3 = ${number(std * std)}`, `std = √Var(W) = ${number(std)}`];
  }
  const square = gain === 1 ? '' : `${plain(gain)}² × `;
  const [symbols, numbers] =
    scheme.mode === 'fan_in'
      ? fraction(scheme.scale, 'fan_in', String(fanIn))
      : [`${plain(2 * scheme.scale)} / (fan_in + fan_out)`, `${plain(2 * scheme.scale)} / (${fanIn} + ${fanOut})`];
  const lines = [
    `Var(W) = ${gain === 1 ? '' : 'gain² × '}${symbols}`,
    `= ${square}${numbers} = ${number(std * std)}`,
    `std = √Var(W) = ${number(std)}`,
  ];
  if (bound !== null) lines.push(`bound = √3 × std = ${number(bound)}`);
  return lines;
}

/** @param {number} scale @param {string} symbol @param {string} fan */
function fraction(scale, symbol, fan) {
  if (scale >= 1) return [`${plain(scale)} / ${symbol}`, `${plain(scale)} / ${fan}`];
  return [`1 / (${plain(1 / scale)} ${symbol})`, `1 / (${plain(1 / scale)} × ${fan})`];
}

/** The figures of a layer: name, and how it is read and written. @type {[string, (layer: LayerResult) => string][]} */
export const FIGURES = [
  ['fan_in', (layer) => String(layer.fanIn)],
  ['fan_out', (layer) => String(layer.fanOut)],
  ['W  std of the scheme', (layer) => number(layer.std)],
  ['W  std measured', (layer) => number(layer.weights.std)],
  ['z  std', (layer) => number(layer.preactivations.std)],
  ['a  mean', (layer) => number(layer.activations.mean)],
  ['a  std', (layer) => number(layer.activations.std)],
  ['a  rms', (layer) => number(layer.activations.rms)],
  ['a  min', (layer) => number(layer.activations.min)],
  ['a  max', (layer) => number(layer.activations.max)],
  ['a  exactly 0', (layer) => percent(layer.activations.zeros)],
  ['a  saturated', (layer) => percent(layer.activations.saturated)],
  ['units dead for the batch', (layer) => percent(layer.activations.dead)],
  ['a  not finite', (layer) => percent(layer.activations.nonFinite / layer.activations.size)],
];

/** The columns of the whole run, for each network. @type {[string, (layer: LayerResult) => string][]} */
export const COLUMNS = [
  ['mean', (layer) => number(layer.activations.mean)],
  ['std', (layer) => number(layer.activations.std)],
  ['rms', (layer) => number(layer.activations.rms)],
  ['0', (layer) => percent(layer.activations.zeros)],
  ['saturated', (layer) => percent(layer.activations.saturated)],
  ['dead', (layer) => percent(layer.activations.dead)],
];

/** @typedef {{ below: number, above: number }} Outside */

/** @param {Summary} tensor @param {number} layer @param {Outside} outside */
export function ridgeCaption({ zeros, nonFinite, size }, layer, { below, above }) {
  const parts = [`${percent(zeros)} are exactly 0, left out`, `${percent(below + above)} lie outside the frame`];
  if (nonFinite > 0) parts.push(`${percent(nonFinite / size)} are not finite`);
  return `Layer ${layer}: ${parts.join('; ')}.`;
}

/** @param {string} what @param {(layer: LayerResult) => number} std */
const stdLabel = (what, std) => (/** @type {number} */ chosen, /** @type {(LayerResult | undefined)[]} */ here) =>
  `${what} of layer ${chosen}: ${here.map((layer, i) => `${'AB'[i]} std ${layer ? number(std(layer)) : '–'}`).join(', ')}`;

/** What the charts show, in words. */
export const LABELS = {
  depths: (/** @type {string[]} */ verdicts) =>
    `Standard deviation by depth. ${verdicts.map((text, i) => `${'AB'[i]}: ${text}`).join(' ')}`,
  weights: stdLabel('Weights', (layer) => layer.weights.std),
  activations: stdLabel('Activations', (layer) => layer.activations.std),
};

export const WORDS = {
  layerTitle: (/** @type {number} */ layer, /** @type {number} */ depth) => `Layer ${layer} of ${depth}`,
  layer: (/** @type {number} */ layer) => `layer ${layer}`,
  progress: (/** @type {number} */ layers, /** @type {number} */ depth) => `${layers} of ${depth} layers`,
  failed: 'Not computed',
  layerColumn: 'layer',
  stdColumn: 'std',
  noSimd:
    'Initscope needs WebAssembly with SIMD, which this browser does not have. Chrome and Edge 91, Firefox 89 and ' +
    'Safari 16.4 and later have it.',
  noStart: (/** @type {string} */ message) => `The engine did not start: ${message}`,
  notDrawn: (/** @type {number} */ layer) => `layer ${layer} is not there yet`,
};
