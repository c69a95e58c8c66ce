/*
 * What is said beside the pictures of a network of images: the signal by place, kernels, feature maps and the input.
 */
import { number } from './numbers.js';

/**
 * @param {'A' | 'B'} letter @param {number} layer @param {import('../engine.js').Places} places
 * @param {number} most rms that has full colour
 */
export function placesWords(letter, layer, { squares, inside, interiorRms, borderRms }, most) {
  const what = `Rms of the preactivations of ${letter} by place, layer ${layer}; full colour is ${number(most)}.`;
  if (!inside || interiorRms === null)
    return `${what} The border has been felt at every place: ${number(borderRms ?? 0)}.`;
  const within = (inside.bottom - inside.top) * (inside.right - inside.left);
  if (borderRms === null) return `${what} No place has felt a border: ${number(interiorRms)}.`;
  return `${what} Interior, ${within} of ${squares.length} places: ${number(interiorRms)}; where the border was felt: ${number(borderRms)}.`;
}

/** @param {number} count @param {number} all */
const ofAll = (count, all) => (count === all ? `all ${all}` : `${count} of ${all}`);

export const figureWords = {
  kernels: (/** @type {'A' | 'B'} */ letter, /** @type {number} */ count, /** @type {number} */ all) =>
    `Kernels of the first layer of ${letter}, ${ofAll(count, all)}, as red, green and blue.`,
  maps: (
    /** @type {'A' | 'B'} */ letter,
    /** @type {number} */ layer,
    /** @type {number} */ count,
    /** @type {number} */ all,
    /** @type {number} */ most,
  ) =>
    `Activations of ${letter}, layer ${layer}, of the first image: ${ofAll(count, all)} channels. Grey is 0, white ` +
    `${number(most)}, in A and B.`,
  counting: (/** @type {any} */ { kernel, channelsIn, channelsOut, groups }, /** @type {number} */ layer) =>
    `Layer ${layer}: a kernel of (${[...kernel, channelsIn / groups, channelsOut].join(', ')}), and its fans`,
  input: 'The first image of the batch.',
};
