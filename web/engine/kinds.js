/**
 * kinds.js: what each kind of layer has and gives. Page, worker and engine all read it here.
 *
 * Pure, and without checks: the fields of each kind are in shapes.js, and its words in stack-words.js.
 */

/** @typedef {'dense' | 'conv' | 'transposed-conv' | 'max-pool' | 'average-pool' | 'global-average-pool' | 'flatten'} Kind */

/** Whether a layer has weights, and whether it gives images. @type {Record<string, Record<'weights' | 'images', boolean>>} */
const KINDS = {
  dense: { weights: true, images: false },
  conv: { weights: true, images: true },
  'transposed-conv': { weights: true, images: true },
  'max-pool': { weights: false, images: true },
  'average-pool': { weights: false, images: true },
  'global-average-pool': { weights: false, images: false },
  flatten: { weights: false, images: false },
};

/** Whether a layer has weights. @param {{ kind: string }} layer of a spec, or its result */
export const hasWeights = ({ kind }) => KINDS[kind].weights;

/** Whether a layer's output is images. @param {{ kind: string }} layer of a spec, or its result */
export const givesImages = ({ kind }) => KINDS[kind].images;
