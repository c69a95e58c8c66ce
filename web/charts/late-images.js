/**
 * late-images.js: shows the section of images where the networks have images, and loads what draws it when it is first
 * needed. Most readers begin with dense layers and noise, and never need it.
 *
 * What the section draws is in images/image-section.js.
 */
import { givesImages } from '../engine/kinds.js';
import { words } from '../locales/words.js';
import { colours } from './colours.js';

/** @typedef {import('../run/reply.js').Network} Network */
/** @typedef {ReturnType<typeof import('./images/image-section.js').createImageSection>} Section */

/**
 * @param {HTMLElement} section
 * @param {object} page
 * @param {(name: string) => Promise<any>} page.load loads a part of the page
 * @param {(say: () => string) => void} page.note writes a note
 * @param {() => void} page.redraw called when the section has been drawn for the first time
 */
export function createLateImages(section, { load, note, redraw }) {
  /** @type {Section | null} */
  let drawn = null;
  /** What to draw once the part is there. @type {Parameters<Section['update']> | null} */
  let waits = null;

  async function request() {
    try {
      const { createImageSection } = await load('images');
      drawn = createImageSection(section, { words: () => words, colours });
    } catch (error) {
      note(() => words.WORDS.noPictures(String(error))); // the next reply tries again
    }
    if (waits && drawn) drawn.update(...waits);
    waits = null;
    redraw();
  }

  return {
    /** @param {Network[]} networks @param {number} chosen layer @param {string[] | null} names of the layers */
    update(networks, chosen, names) {
      const [{ spec, images }] = networks;
      section.hidden = !images && !givesImages(spec.layers).includes(true);
      if (section.hidden) return;
      if (drawn) return drawn.update(networks, chosen, names);
      const first = waits === null;
      waits = [networks, chosen, names];
      if (first) request();
    },

    /** Whether all is drawn that was asked for. */
    ready: () => waits === null,
  };
}
