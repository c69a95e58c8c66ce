/*
 * The formula of a layer's weights with its numbers put in, a line a step, for every mode and distribution of a scheme,
 * and of its biases.
 * What the numbers are was computed by the engine: here they are only shown beside the rule that gave them.
 */
import { number, plain } from './numbers.js';

/** @import { Layer } from '../../client.js' */

const FAN_AVG = 'fan_in + fan_out';

/** What Var(W) is divided by, in symbols and in numbers. @type {Record<string, (layer: Layer) => [string, string]>} */
const FANS = {
  fan_in: ({ fanIn }) => ['fan_in', String(fanIn)],
  fan_out: ({ fanOut }) => ['fan_out', String(fanOut)],
  fan_avg: ({ fanIn, fanOut }) => [`(${FAN_AVG})`, `(${fanIn} + ${fanOut})`],
  fan_geo_avg: ({ fanIn, fanOut }) => ['√(fan_in × fan_out)', `√(${fanIn} × ${fanOut})`],
};

/** 2 / fan, or 1 / (3 fan) for the inverse of a whole number. @param {number} value @param {string} fan */
function over(value, fan) {
  const inverse = Math.round(1 / value);
  if (value >= 1 || Math.abs(inverse * value - 1) > 1e-9) return `${plain(value)} / ${fan}`;
  return `1 / (${inverse}${/^[0-9]/.test(fan) ? ' × ' : ' '}${fan})`;
}

/** @param {Layer} layer @param {string} name of what is given @param {number} given */
const givenLine = ({ gain }, name, given) =>
  gain === 1
    ? `${name} = ${plain(given)}, given`
    : `${name} = ${plain(gain)} × ${plain(given)} = ${plain(gain * given)}, gain times what is given`;

/** @param {number} std */
const variance = (std) => number(std * std);

/** @param {Layer} layer */
const correctedLines = ({ parent }) => [
  `parent std σ = std / 0.8796 = ${number(parent)}`,
  `cut at ±2σ = ±${number(2 * parent)}`,
];

/** @param {Layer} layer */
const cutLines = ({ std, parent, bound, distribution }) => {
  if (bound === null) return ['cut at ±2, farther out than any value', `std = ${number(std)}`];
  const edge = distribution === 'cut' ? '±2' : `±2σ = ±${number(bound)}`;
  return [`cut at ${edge}`, `std after the cut = ${number(std / parent)} σ = ${number(std)}`];
};

/** Rules whose number is the std, bound, share or value itself. @type {Record<string, (layer: Layer) => string[]>} */
const GIVEN = {
  constant: (layer) =>
    layer.scheme === 'zeros' ? ['W = 0, every weight'] : [givenLine(layer, 'value', layer.number), 'Var(W) = 0'],
  normal: (layer) => [givenLine(layer, 'std', layer.number), `Var(W) = std² = ${variance(layer.std)}`],
  uniform: (layer) => [
    givenLine(layer, 'bound', layer.number),
    `Var(W) = bound² / 3 = ${variance(layer.std)}`,
    `std = √Var(W) = ${number(layer.std)}`,
  ],
  'uniform-positive': (layer) => [
    givenLine(layer, 'bound', layer.number),
    `mean = bound / 2 = ${number(layer.mean)}: not centred`,
    `std = bound / √12 = ${number(layer.std)}`,
  ],
  'truncated-raw': (layer) => [givenLine(layer, 'parent std σ', layer.number), ...cutLines(layer)],
  cut: (layer) => [givenLine(layer, 'parent std σ', layer.number), ...cutLines(layer)],
  orthogonal: ({ gain, fanIn, fanOut, std }) => [
    `W = ${gain === 1 ? '' : 'gain × '}orthonormal ${fanIn < fanOut ? 'rows' : 'columns'}`,
    `Var of an entry = ${gain === 1 ? '1' : 'gain²'} / max(fan_in, fan_out)`,
    `= ${gain === 1 ? '1' : `${plain(gain)}²`} / ${Math.max(fanIn, fanOut)} = ${variance(std)}`,
    `std = ${number(std)}`,
  ],
  identity: ({ gain }) => [`W = ${gain === 1 ? '1' : `gain = ${plain(gain)}`} on the diagonal, 0 elsewhere`],
  sparse: ({ number: share, fanOut, parent, std }) => {
    const zeros = Math.ceil(share * fanOut);
    return [
      `share = ${plain(share)}: ${zeros} of the ${fanOut} weights of an input are 0`,
      `the rest: normal of std ${plain(parent)}`,
      `std of all = ${plain(parent)} × √(1 − ${zeros}/${fanOut}) = ${number(std)}`,
    ];
  },
};

/** @param {Layer} layer @param {number} depth */
function depthLines(layer, depth) {
  const { gain, number: given, std } = layer;
  return [
    `std = ${gain === 1 ? '' : 'gain × '}${plain(given)} / √(2 × depth)`,
    `= ${gain === 1 ? '' : `${plain(gain)} × `}${plain(given)} / √(2 × ${depth}) = ${number(std)}`,
    `Var(W) = std² = ${variance(std)}`,
  ];
}

/** @param {Layer} layer whose variance goes by a fan */
function fanLines(layer) {
  const { mode, number: scale, gain, std, bound, parent, distribution } = layer;
  const raw = distribution === 'truncated-raw';
  const [symbol, fan] = FANS[mode](layer);
  const numerator = mode === 'fan_avg' ? 2 * scale : scale;
  const square = raw ? parent : std;
  const lines = [
    `${raw ? 'σ²' : 'Var(W)'} = ${gain === 1 ? '' : 'gain² × '}${over(numerator, symbol)}`,
    `= ${gain === 1 ? '' : `${plain(gain)}² × `}${over(numerator, fan)} = ${variance(square)}`,
    `${raw ? 'parent std σ' : 'std'} = √${raw ? 'σ²' : 'Var(W)'} = ${number(square)}`,
  ];
  if (raw) lines.push(...cutLines(layer));
  if (distribution === 'truncated') lines.push(...correctedLines(layer));
  if (distribution === 'uniform') lines.push(`bound = √3 × std = ${number(bound ?? 0)}`);
  return lines;
}

/** Who counted the fans of a kernel, if not truly. @type {Record<string, string>} */
const COUNTERS = { pytorch: 'by PyTorch', keras: 'by Keras', jax: 'by JAX', channels: 'by the channels alone' };

/** The fans of a convolution. @param {Layer} layer */
function countLines({ kind, kernel = [1, 1], channelsIn = 1, channelsOut = 1, groups = 1, fans, fanIn, fanOut }) {
  if (kind !== 'conv') return [];
  const factors = (/** @type {number} */ channels) => [...kernel, channels / groups];
  if (fans !== 'true') {
    const [trueIn, trueOut] = [channelsIn, channelsOut].map((channels) => factors(channels).reduce((a, b) => a * b));
    return [`counted ${COUNTERS[fans]}: ${fanIn} and ${fanOut}; truly ${trueIn} and ${trueOut}`];
  }
  const times = (/** @type {number} */ channels) => factors(channels).join(' × ');
  return [`fan_in = ${times(channelsIn)} = ${fanIn}, fan_out = ${times(channelsOut)} = ${fanOut}`];
}

/** The layer as its scheme means it, where its weights got the variance for a std. @param {Layer} layer
 * @returns {Layer} */
function meant(layer) {
  const { std, bound, parent, gain, distribution } = layer;
  const taken = distribution === 'truncated-raw' || distribution === 'cut' ? parent : std;
  const times = Math.sqrt(gain / taken); // from gain s^2 back to gain s
  return { ...layer, std: std * times, parent: parent * times, bound: bound && bound * times };
}

/**
 * At most seven lines.
 * @param {Layer} layer
 * @param {number} depth of the network
 */
export function formulaWords(layer, depth) {
  const mistaken = layer.varianceAsStd && layer.std > 0;
  const right = mistaken ? meant(layer) : layer;
  const lines =
    layer.mode === 'value'
      ? GIVEN[layer.distribution](right)
      : [...countLines(layer), ...(layer.mode === 'depth' ? depthLines(right, depth) : fanLines(right))];
  const square = layer.gain === 1 ? 'Var(W)' : 'Var(W) / gain';
  return mistaken ? [...lines, `taken for the std: std = ${square} = ${number(layer.std)}`] : lines;
}

/** By the scheme of the biases. @type {Record<string, (layer: Layer) => string[]>} */
const BIASES = {
  zeros: () => [],
  normal: ({ biasStd }) => [`b: normal of std σ_b = ${plain(biasStd)}, given`],
  'pytorch-default': ({ biasStd }) => [`b: uniform, |b| < 1 / √fan_in = ${number(Math.sqrt(3) * biasStd)}`],
};

/** At most one line: none where the biases are 0. @param {Layer} layer of a network of the page */
export const biasWords = (layer) => BIASES[layer.bias](layer);

/**
 * What libraries call this scheme with this number; a layer's default that has other biases is so only in its weights.
 * @param {Layer} layer
 * @param {readonly import('../../spec.js').LibraryCall[]} libraries
 */
export const callWords = (layer, libraries) =>
  libraries
    .filter((entry) => entry.scheme === layer.scheme && (entry.number ?? layer.number) === layer.number)
    .map(
      ({ library, call, bias }) => `${library} ${call}${(bias ?? layer.bias) === layer.bias ? '' : ' (weights only)'}`,
    )
    .join('; ');
