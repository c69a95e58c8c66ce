/**
 * stack-plain.js: what a layer takes where a line of the stack notation does not say, and the plain form of layers, without
 * what need not be said.
 *
 * Pure. It neither reads nor writes a line.
 */
import { plainActivation } from './activations.js';
import { EPSILONS } from './blocks.js';
import { FACTORS } from './tables.js';
import { PRELU_SLOPE } from './units.js';

/**
 * @typedef {import('./spec.js').Layer} Layer
 *
 * What layers take where the line does not say: the kernel and stride of convolutions and of transposed ones, and the
 * padding and groups of convolutions. Groups are reduced to the greatest number of groups that divides both numbers of
 * channels, so that Infinity makes equal channels depthwise. Activation, scheme, gain and the like are not here: a layer
 * that leaves them out takes the spec's.
 * @typedef {{ kernel?: readonly number[], stride?: number, padding?: 'same' | 'valid' | number, groups?: number }} Whole
 */

/** Fields that describe what is below a layer. Only the first layer needs them. */
const BELOW = ['inputs', 'channelsIn', 'size'];

/** Fields of whole numbers that may be 0. */
const FROM_ZERO = ['padding', 'outputPadding'];

/** Fields that hold a scheme. */
const CHOICES = ['scheme', 'bias'];

/** @param {string} kind */
const normDefaults = (kind) => ({ gain: 1, epsilon: EPSILONS[kind], activation: 'linear' });

/** Values that the engine gives a layer that leaves them out. @type {Record<string, Record<string, unknown>>} */
const DEFAULTS = {
  dense: { pool: 'flatten' },
  conv: { stride: 1, padding: 'same', groups: 1 },
  'transposed-conv': { stride: 1, padding: 0, outputPadding: 0, groups: 1 },
  'max-pool': { padding: 'valid' },
  'average-pool': { padding: 'valid' },
  'global-average-pool': {},
  flatten: {},
  'layer-norm': normDefaults('layer-norm'),
  'rms-norm': normDefaults('rms-norm'),
  'batch-norm': normDefaults('batch-norm'),
  add: { stream: 1, branch: 1, activation: 'linear' },
  glu: {},
  swiglu: {},
  geglu: {},
  prelu: { slope: PRELU_SLOPE, perChannel: false },
};

const KERNEL = [3, 3];
const WINDOW = [2, 2];

/** @param {number} a @param {number} b @returns {number} */
const commonDivisor = (a, b) => (b > 0 ? commonDivisor(b, a % b) : a);

/**
 * What a layer takes where the line does not say.
 * @param {string} kind
 * @param {Whole} whole
 * @param {number} channelsIn of a convolution
 * @param {number} channelsOut of a convolution
 * @returns {Record<string, unknown>}
 */
export function inherited(kind, whole, channelsIn, channelsOut) {
  const { kernel = KERNEL, stride = 1, padding = 'same', groups = 1 } = whole;
  if (kind === 'conv') {
    return { kernel, stride, padding, groups: commonDivisor(groups, commonDivisor(channelsIn, channelsOut)) };
  }
  if (kind === 'transposed-conv') return { kernel, ...DEFAULTS[kind], stride };
  return kind === 'max-pool' || kind === 'average-pool' ? { window: WINDOW, ...DEFAULTS[kind] } : DEFAULTS[kind];
}

/** A copy that shares no array or object. @param {any} value @returns {any} */
export function copyOf(value) {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, copyOf(held)]));
}

/** @param {any} fields @param {Record<string, unknown>} defaults @returns {any} */
const without = (fields, defaults) =>
  Object.fromEntries(Object.entries(fields).filter(([key, value]) => value !== undefined && value !== defaults[key]));

/** The layer with 0 for a whole number that is -0. @param {any} layer @returns {any} */
const withPlainZeros = (layer) =>
  Object.fromEntries(
    Object.entries(layer).map(([key, value]) => [key, value === 0 && FROM_ZERO.includes(key) ? 0 : value]),
  );

/** A layer without the fields that have the engine's own values. @param {any} layer @returns {any} */
export function withoutDefaults(layer) {
  const { kind, window } = layer;
  // the default stride of a window is its height, if it is a square
  const square = window && window[0] === window[1] ? { stride: window[0] } : {};
  return without(withPlainZeros(layer), { ...DEFAULTS[kind], ...square });
}

/** A scheme in plain form: its name alone where it has no number of its own. @param {any} choice */
function plainChoice(choice) {
  if (typeof choice !== 'object') return choice;
  const fields = without(choice, {});
  return Object.keys(fields).length > 1 ? fields : fields.name;
}

/**
 * Layers in the form in which the notation gives them back. Left out are fields that are undefined or have the engine's own
 * value, what layers after the first say about what is below them, and what observe lists again. A scheme or an activation
 * that is only a name is a text. All arrays and objects are copies.
 * @param {readonly Layer[]} layers of a spec that the engine runs
 * @returns {Layer[]}
 */
export const plainLayers = (layers) =>
  layers.map((layer, i) => {
    const { activation } = /** @type {any} */ (layer);
    const plain = withoutDefaults(
      activation === undefined ? layer : { ...layer, activation: plainActivation(activation) },
    );
    if (i > 0) for (const key of BELOW) delete plain[key];
    for (const key of CHOICES) if (key in plain) plain[key] = plainChoice(plain[key]);
    if ('observe' in plain) plain.observe = [...new Set(plain.observe)];
    if ('trains' in plain) plain.trains = FACTORS.filter((name) => plain.trains.includes(name));
    if (plain.trains?.length === 0) delete plain.trains;
    return /** @type {Layer} */ (copyOf(plain));
  });
