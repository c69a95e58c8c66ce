/**
 * formula.js: writes the formula of a layer's weights and biases with the layer's numbers, one step on each line. It
 * covers every mode and distribution of a scheme.
 *
 * Pure. It does not compute the std or the bound: the engine has, and the formula shows them. The words are in
 * locales/.
 */
import { words } from './formula-words.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */

const number = (/** @type {number} */ value) => words.number(value);
const plain = (/** @type {number} */ value) => words.plain(value);
const exact = (/** @type {number} */ value) => words.exact(value);
const count = (/** @type {number} */ value) => words.count(value);

const FAN_AVG = 'fan_in + fan_out';

/** The divisor of Var(W) for each mode, in symbols and in numbers.
 * @type {Record<string, (layer: Layer) => [string, string]>} */
const FANS = {
  fan_in: ({ fanIn }) => ['fan_in', count(fanIn)],
  fan_out: ({ fanOut }) => ['fan_out', count(fanOut)],
  fan_avg: ({ fanIn, fanOut }) => [`(${FAN_AVG})`, `(${count(fanIn)} + ${count(fanOut)})`],
  fan_geo_avg: ({ fanIn, fanOut }) => ['√(fan_in × fan_out)', `√(${count(fanIn)} × ${count(fanOut)})`],
};

/** A quotient such as 2 / fan; or 1 / (3 fan), if the value is 1 / 3. @param {number} value @param {string} fan */
function over(value, fan) {
  const inverse = Math.round(1 / value);
  if (value >= 1 || Math.abs(inverse * value - 1) > 1e-9) return `${plain(value)} / ${fan}`;
  return `1 / (${inverse}${/^[0-9]/.test(fan) ? ' × ' : ' '}${fan})`;
}

/** The line of a number that the scheme gives. @param {Layer} layer @param {string} name of the number
 * @param {number} given */
const givenLine = ({ gain }, name, given) =>
  gain === 1
    ? `${name} = ${plain(given)}, ${words.SYMBOLS.given}`
    : `${name} = ${plain(gain)} × ${plain(given)} = ${plain(gain * given)}, ${words.SYMBOLS.timesGiven}`;

/** The gain as a factor; nothing for a gain of 1. @param {number} gain */
const byGain = (gain, power = '') => (gain === 1 ? '' : `${words.SYMBOLS.gain}${power} × `);

/** @param {number} std */
const variance = (std) => number(std * std);

/** @param {number} parent @param {number} bound */
const cutAt = (parent, bound) => `±${plain(Number((bound / parent).toPrecision(6)))}σ = ±${number(bound)}`;

/** @param {Layer} layer */
const correctedLines = ({ std, parent, bound }) =>
  bound === null
    ? []
    : [
        `${words.SYMBOLS.parent} = std / ${exact(Number((std / parent).toPrecision(4)))} = ${number(parent)}`,
        words.FORMULA.cut(cutAt(parent, bound)),
      ];

/** Distributions that are cut at ±2, whatever their std. */
const AT_TWO = ['cut', 'cut-spiked'];

/** @param {Layer} layer */
const cutLines = ({ std, parent, bound, distribution }) => {
  const isAtTwo = AT_TWO.includes(distribution);
  if (bound === null) return [...(isAtTwo ? [words.SYMBOLS.cutBeyond] : []), `std = ${number(std)}`];
  const edge = isAtTwo ? '±2' : cutAt(parent, bound);
  return [words.FORMULA.cut(edge), `${words.SYMBOLS.afterCut} = ${number(std / parent)} σ = ${number(std)}`];
};

/** The lines of rules whose number is the std, bound, share or value itself, by distribution.
 * @type {Record<string, (layer: Layer) => string[]>} */
const GIVEN = {
  constant: (layer) =>
    layer.scheme === 'zeros'
      ? [`W = 0, ${words.SYMBOLS.everyWeight}`]
      : [givenLine(layer, words.SYMBOLS.value, layer.number), 'Var(W) = 0'],
  normal: (layer) => [givenLine(layer, 'std', layer.number), `Var(W) = std² = ${variance(layer.std)}`],
  uniform: (layer) => [
    givenLine(layer, words.SYMBOLS.bound, layer.number),
    `Var(W) = ${words.SYMBOLS.bound}² / 3 = ${variance(layer.std)}`,
    `std = √Var(W) = ${number(layer.std)}`,
  ],
  'uniform-positive': (layer) => [
    givenLine(layer, words.SYMBOLS.bound, layer.number),
    `${words.SYMBOLS.mean} = ${words.SYMBOLS.bound} / 2 = ${number(layer.mean)}: ${words.SYMBOLS.notCentred}`,
    `std = ${words.SYMBOLS.bound} / √12 = ${number(layer.std)}`,
  ],
  'truncated-raw': (layer) => [givenLine(layer, words.SYMBOLS.parent, layer.number), ...cutLines(layer)],
  cut: (layer) => [givenLine(layer, words.SYMBOLS.parent, layer.number), ...cutLines(layer)],
  'cut-spiked': (layer) => [...GIVEN.cut(layer), words.SYMBOLS.spikeAtCut],
  'truncated-spiked': (layer) => [...GIVEN.cut(layer), words.FORMULA.spikeAt0(plain(0.0228))],
  'unit-sum': ({ gain, std, counts }) => [
    words.FORMULA.unitSum(plain(gain)),
    `std = ${byGain(gain)}2 / (√3 fan_in)`,
    `= ${gain === 1 ? '' : `${plain(gain)} × `}2 / (√3 × ${count(counts.true.fanIn)}) = ${number(std)}`,
  ],
  orthogonal: ({ gain, fanIn, fanOut, std }) => [
    `W = ${byGain(gain)}${words.FORMULA.orthonormal(fanIn < fanOut)}`,
    `${words.SYMBOLS.entry} = ${gain === 1 ? '1' : `${words.SYMBOLS.gain}²`} / max(fan_in, fan_out)`,
    `= ${gain === 1 ? '1' : `${plain(gain)}²`} / ${count(Math.max(fanIn, fanOut))} = ${variance(std)}`,
    `std = ${number(std)}`,
  ],
  identity: ({ gain }) => [
    `W = ${gain === 1 ? '1' : `${words.SYMBOLS.gain} = ${plain(gain)}`} ${words.SYMBOLS.diagonal}`,
  ],
  sparse: ({ number: share, fanOut, parent, std }) => {
    const zeros = Math.ceil(share * fanOut);
    return [
      `${words.SYMBOLS.share} = ${plain(share)}: ${words.FORMULA.zeros(zeros, fanOut)}`,
      words.FORMULA.rest(plain(parent)),
      `${words.SYMBOLS.stdOfAll} = ${plain(parent)} × √(1 − ${count(zeros)}/${count(fanOut)}) = ${number(std)}`,
    ];
  },
};

/** @param {Layer} layer @param {number} depth */
function depthLines(layer, depth) {
  const { gain, number: given, std } = layer;
  const blocks = Math.round(((gain * given) / std) ** 2 / 2) || depth; // layers, where there are no residual sums
  return [
    `std = ${byGain(gain)}${plain(given)} / √(2 × ${words.SYMBOLS[blocks === depth ? 'depth' : 'blocks']})`,
    `= ${gain === 1 ? '' : `${plain(gain)} × `}${plain(given)} / √(2 × ${blocks}) = ${number(std)}`,
    `Var(W) = std² = ${variance(std)}`,
  ];
}

/** @param {Layer} layer whose bound is Nguyen and Widrow's */
const nguyenWidrowLines = ({ gain, number: given, fanIn, fanOut, bound, mean, std }) => [
  `${words.SYMBOLS.bound} = ${byGain(gain)}${plain(given)} × fan_out^(1 / fan_in)`,
  `= ${gain === 1 ? '' : `${plain(gain)} × `}${plain(given)} × ${count(fanOut)}^(1 / ${count(fanIn)}) = ${number(bound ?? 0)}`,
  `${words.SYMBOLS.mean} = ${words.SYMBOLS.bound} / 2 = ${number(mean)}: ${words.SYMBOLS.notCentred}`,
  `std = ${words.SYMBOLS.bound} / √12 = ${number(std)}`,
];

/** The lines of rules whose number is not the scale, by mode; the rest go by fans.
 * @type {Record<string, (layer: Layer, depth: number) => string[]>} */
const BY_MODE = { depth: depthLines, nguyen_widrow: nguyenWidrowLines };

/** @param {Layer} layer whose variance depends on a fan */
function fanLines(layer) {
  const { mode, number: scale, gain, std, bound, parent, distribution } = layer;
  const raw = distribution === 'truncated-raw';
  const [symbol, fan] = FANS[mode](layer);
  const numerator = mode === 'fan_avg' ? 2 * scale : scale;
  const square = raw ? parent : std;
  const lines = [
    `${raw ? 'σ²' : 'Var(W)'} = ${byGain(gain, '²')}${over(numerator, symbol)}`,
    `= ${gain === 1 ? '' : `${plain(gain)}² × `}${over(numerator, fan)} = ${variance(square)}`,
    `${raw ? words.SYMBOLS.parent : 'std'} = √${raw ? 'σ²' : 'Var(W)'} = ${number(square)}`,
  ];
  if (raw) lines.push(...cutLines(layer));
  if (distribution === 'truncated') lines.push(...correctedLines(layer));
  if (distribution === 'uniform') lines.push(`${words.SYMBOLS.bound} = √3 × std = ${number(bound ?? 0)}`);
  return lines;
}

/** The fans of a convolution. @param {Layer} layer */
function countLines({ kind, kernel = [1, 1], channelsIn = 1, channelsOut = 1, groups = 1, fans, fanIn, fanOut }) {
  if (kind !== 'conv') return [];
  const factors = (/** @type {number} */ channels) => [...kernel, channels / groups];
  if (fans !== 'true') {
    const [trueIn, trueOut] = [channelsIn, channelsOut].map((channels) => factors(channels).reduce((a, b) => a * b));
    return [words.FORMULA.counted(fans, fanIn, fanOut, trueIn, trueOut)];
  }
  const times = (/** @type {number} */ channels) => factors(channels).join(' × ');
  return [`fan_in = ${times(channelsIn)} = ${count(fanIn)}, fan_out = ${times(channelsOut)} = ${count(fanOut)}`];
}

/** Distributions whose scale is the std before the cut. */
const BY_PARENT = [...AT_TWO, 'truncated-raw', 'truncated-spiked'];

/** The layer as its scheme intends it, before the mistake of using the variance as the std. @param {Layer} layer
 * @returns {Layer} */
export function meant(layer) {
  const { std, bound, parent, gain, distribution } = layer;
  const taken = BY_PARENT.includes(distribution) ? parent : std;
  const times = Math.sqrt(gain / taken); // from gain s^2 back to gain s
  return { ...layer, std: std * times, parent: parent * times, bound: bound && bound * times };
}

/**
 * The lines of the weights' formula: at most seven.
 * @param {Layer} layer
 * @param {number} depth of the network
 */
export function formulaWords(layer, depth) {
  const mistaken = layer.varianceAsStd && layer.std > 0;
  const right = mistaken ? meant(layer) : layer;
  const lines =
    layer.mode === 'value'
      ? GIVEN[layer.distribution](right)
      : [...countLines(layer), ...(BY_MODE[layer.mode] ?? fanLines)(right, depth)];
  const square = layer.gain === 1 ? 'Var(W)' : `Var(W) / ${words.SYMBOLS.gain}`;
  return mistaken ? [...lines, `${words.SYMBOLS.taken}: std = ${square} = ${number(layer.std)}`] : lines;
}

/** The lines of the biases' formula, by their scheme. @type {Record<string, (layer: Layer) => string[]>} */
const BIASES = {
  zeros: () => [],
  normal: ({ biasStd }) => [words.FORMULA.normalBias(plain(biasStd))],
  'pytorch-default': ({ biasStd }) => [words.FORMULA.uniformBias(number(Math.sqrt(3) * biasStd))],
};

/** The formula of the biases: at most one line; none if they are 0. @param {Layer} layer */
export const biasWords = (layer) => BIASES[layer.bias](layer);
