/**
 * kinds.js: what each kind of layer has and gives. Page, worker and engine read it here.
 *
 * Pure, and without checks: the fields of each kind are in shapes.js, and its words in stack-words.js.
 */

/** @typedef {'dense' | 'conv' | 'transposed-conv' | 'max-pool' | 'average-pool' | 'global-average-pool' | 'flatten'} Kind */

/**
 * @typedef {object} Row
 * @property {boolean} weights whether the layer has weights
 * @property {'images' | 'places' | 'vector'} gives places: images of 1 x 1, with nothing to draw, but another window may
 *   follow
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
};

export const KIND_NAMES = Object.keys(KINDS);

/** @param {{ kind: string }} layer of a spec, or its result */
const rowOf = ({ kind }) => KINDS[/** @type {Kind} */ (kind)];

/** Whether a layer has weights. @param {{ kind: string }} layer of a spec, or its result */
export const hasWeights = (layer) => rowOf(layer).weights;

/** Whether a layer's output is images to draw. @param {{ kind: string }} layer of a spec, or its result */
export const givesImages = (layer) => rowOf(layer).gives === 'images';

/** Whether a layer's output is a vector, over which no window goes. @param {{ kind: string }} layer of a spec */
export const givesVector = (layer) => rowOf(layer).gives === 'vector';

/** The kinds that may follow a vector. */
export const AFTER_VECTOR = KIND_NAMES.filter((kind) => rowOf({ kind }).takesVectors);
