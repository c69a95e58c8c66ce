/**
 * kinds.js: what each kind of layer has and gives. Page, worker and engine read it here.
 *
 * Pure, and without checks: the fields of each kind are in shapes.js, and its words in stack-words.js.
 */

/**
 * @typedef {'dense' | 'conv' | 'transposed-conv' | 'max-pool' | 'average-pool' | 'global-average-pool' | 'flatten' |
 *   'layer-norm' | 'rms-norm' | 'batch-norm' | 'add' | 'glu' | 'swiglu' | 'geglu' | 'prelu'} Kind
 */

/**
 * @typedef {object} Row
 * @property {boolean} weights whether the layer has weights
 * @property {'images' | 'places' | 'vector' | 'same'} gives places: images of 1 x 1, with nothing to draw, but another
 *   window may follow; same: what the layer before gives
 * @property {boolean} takesVectors whether it may follow a layer that gives a vector
 */

/** @type {Record<Kind, Row>} */
const KINDS = {
  dense: { weights: true, gives: 'vector', takesVectors: true },
  conv: { weights: true, gives: 'images', takesVectors: false },
  'transposed-conv': { weights: true, gives: 'images', takesVectors: true },
  'max-pool': { weights: false, gives: 'images', takesVectors: false },
  'average-pool': { weights: false, gives: 'images', takesVectors: false },
  'global-average-pool': { weights: false, gives: 'places', takesVectors: false },
  flatten: { weights: false, gives: 'vector', takesVectors: true },
  'layer-norm': { weights: false, gives: 'same', takesVectors: true },
  'rms-norm': { weights: false, gives: 'same', takesVectors: true },
  'batch-norm': { weights: false, gives: 'same', takesVectors: true },
  add: { weights: false, gives: 'same', takesVectors: true },
  glu: { weights: false, gives: 'same', takesVectors: true },
  swiglu: { weights: false, gives: 'same', takesVectors: true },
  geglu: { weights: false, gives: 'same', takesVectors: true },
  prelu: { weights: false, gives: 'same', takesVectors: true },
};

export const KIND_NAMES = Object.keys(KINDS);

/** @param {{ kind: string }} layer of a spec, or its result */
const rowOf = ({ kind }) => KINDS[/** @type {Kind} */ (kind)];

/** Whether a layer has weights. @param {{ kind: string }} layer of a spec, or its result */
export const hasWeights = (layer) => rowOf(layer).weights;

/** What a layer gives where `below` is what the layer before gives. @param {{ kind: string }} layer @param {string} below */
const givenBy = (layer, below) => (rowOf(layer).gives === 'same' ? below : rowOf(layer).gives);

/**
 * Which layers' outputs are images to draw.
 * @param {readonly { kind: string, size?: number[] }[]} layers of a spec, or their results, from the first
 */
export function givesImages(layers) {
  const [height = 1, width = 1] = layers[0]?.size ?? [];
  let below = height * width > 1 ? 'images' : 'places';
  return layers.map((layer) => {
    below = givenBy(layer, below);
    return below === 'images';
  });
}

/**
 * Whether a layer's output is a vector, over which no window goes.
 * @param {{ kind: string }} layer of a spec
 * @param {boolean} below whether the layer before gives one
 */
export const givesVector = (layer, below) => givenBy(layer, below ? 'vector' : 'places') === 'vector';

/** Whether a layer normalizes. @param {{ kind: string }} layer */
export const isNorm = ({ kind }) => kind.endsWith('-norm');

/** The kinds that may follow a vector. */
export const AFTER_VECTOR = /* @__PURE__ */ KIND_NAMES.filter((kind) => rowOf({ kind }).takesVectors);
