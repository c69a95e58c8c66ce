/**
 * tools.js: what a worker can do beside running networks, with the full engine: paint images as input, and tune gains.
 *
 * It comes with full-worker.js. The worker that the page opens with has none of this; engine/full.js says which jobs
 * need it.
 */
import { paintImages } from '../engine/images.js';
import { tune } from '../engine/lsuv.js';

/** @typedef {import('../engine/images.js').ImageSpec} ImageSpec */
/** @typedef {import('../engine/textures.js').Picture} Picture */
/** @typedef {ReturnType<typeof createTools>} Tools */

/** @param {Picture} [own] the reader's own image */
export function createTools(own) {
  let picture = own;
  /** The last batch of images. Painting a batch may take longer than running it, and most sliders do not change it.
   * @type {{ asked: string, picture?: Picture, input?: Float32Array }} */
  let painted = { asked: '' };
  return {
    tune,

    /** Takes the reader's own image. @param {Picture} next */
    usePicture(next) {
      picture = next;
    },

    /** A batch of images, as the input of a network. @param {ImageSpec} images @returns {Float32Array | undefined} */
    paint(images) {
      const asked = JSON.stringify(images);
      if (painted.asked !== asked || painted.picture !== picture)
        painted = { asked, picture, input: paintImages(images, picture) };
      return painted.input;
    },
  };
}
