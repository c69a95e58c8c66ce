/**
 * stack-plain.js: what a layer takes where a line of the stack notation does not say, and the plain form of layers: without
 * what need not be said.
 *
 * Pure. It neither reads nor writes a line.
 */

/**
 * @typedef {import('./spec.js').Layer} Layer
 *
 * What layers take where they do not say: the kernel, stride, padding and groups of convolutions, and the kernel and stride
 * of transposed ones. Groups that do not divide a layer's channels are reduced to the greatest number that does.
 * @typedef {{ kernel?: number[], stride?: number, padding?: 'same' | 'valid' | number, groups?: number }} Whole
 */

/** Fields that describe the layer before. Only the first layer needs them. */
const BELOW = ['inputs', 'channelsIn', 'size'];

/** @param {number} a @param {number} b @returns {number} */
const commonDivisor = (a, b) => (b === 0 ? a : commonDivisor(b, a % b));

/** Values that the engine gives a layer that leaves them out. A stride of null: the height of the window.
 * @type {Record<string, Record<string, unknown>>} */
const DEFAULTS = {
  dense: { pool: 'flatten' },
  conv: { stride: 1, padding: 'same', groups: 1 },
  'transposed-conv': { stride: 1, padding: 0, outputPadding: 0, groups: 1 },
  'max-pool': { padding: 'valid' },
  'average-pool': { padding: 'valid' },
};

const SQUARE = [3, 3];
const WINDOW = [2, 2];

/**
 * What a layer takes where the line does not say.
 * @param {string} kind
 * @param {Whole} whole
 * @param {number} channelsIn of a convolution
 * @param {number} channelsOut of a convolution
 * @returns {Record<string, unknown>}
 */
export function inherited(kind, whole, channelsIn, channelsOut) {
  const { kernel = SQUARE, stride = 1, padding = 'same', groups = 1 } = whole;
  if (kind === 'conv') {
    return { kernel, stride, padding, groups: commonDivisor(groups, commonDivisor(channelsIn, channelsOut)) };
  }
  if (kind === 'transposed-conv') return { ...DEFAULTS[kind], kernel, stride };
  if (kind.endsWith('-pool') && kind !== 'global-average-pool') return { window: WINDOW, ...DEFAULTS[kind] };
  return DEFAULTS[kind] ?? {};
}

/** A layer without the fields that have the engine's own values. @param {any} layer */
export function withoutDefaults(layer) {
  const { kind, window } = layer;
  const defaults = {
    ...DEFAULTS[kind],
    ...(window && window[0] === window[1] && { stride: window[0] }),
  };
  return Object.fromEntries(
    Object.entries(layer)
      .filter(([key, value]) => value !== undefined && defaults[key] !== value)
      .map(([key, value]) => [key, Array.isArray(value) ? [...value] : value]),
  );
}

/** A scheme in plain form: its name alone where it has no number of its own. @param {any} choice */
function plainChoice(choice) {
  if (typeof choice !== 'object') return choice;
  const said = Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined));
  return Object.keys(said).length > 1 ? said : said.name;
}

/**
 * Layers in the form in which the notation gives them back: fields that are undefined or have the engine's own value are
 * left out, and so is what later layers say about the layer before. A scheme that is only a name is a text. A first dense
 * layer has `inputs`; any other first layer has `size` and `channelsIn`. All objects are copies.
 * @param {readonly Layer[]} layers
 * @returns {Layer[]}
 */
export const plainLayers = (layers) =>
  layers.map((layer, i) => {
    const plain = withoutDefaults(layer);
    if (i > 0) for (const key of BELOW) delete plain[key];
    for (const key of ['scheme', 'bias']) if (key in plain) plain[key] = plainChoice(plain[key]);
    return /** @type {Layer} */ (/** @type {unknown} */ (plain));
  });
