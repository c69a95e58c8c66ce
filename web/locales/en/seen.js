/*
 * What is said beside the pictures of a network of images: the signal by place, kernels, feature maps and the input.
 */
import { number } from './numbers.js';

/**
 * @param {'A' | 'B'} letter @param {number} layer @param {import('../../engine/engine.js').Places} places
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

/** @typedef {{ least: number, most: number }} Range */

/** The colours of activations. @param {Range} range */
function scaleWords({ least, most }) {
  if (least === 0 && most === 0) return 'All are 0.';
  if (least >= 0) return `From 0, paper, to ${number(most)}, ink.`;
  const reach = Math.max(-least, most);
  return `From ${number(-reach)}, paper, to ${number(reach)}, ink; 0 is halfway.`;
}

/** What is told apart of networks that begin with a convolution, and those whose units see all of an image. */
const KINDS = {
  conv: { title: 'Kernel and images', what: 'Kernels', as: '' },
  dense: { title: 'Images', what: 'Weights of units', as: ', as images' },
};

export const figureWords = {
  kinds: KINDS,
  /** @param {'A' | 'B'} letter @param {number} count @param {number} all @param {'conv' | 'dense'} kind
   * @param {number} reach */
  kernels: (letter, count, all, kind, reach) =>
    `${KINDS[kind].what} of the first layer of ${letter}, ${ofAll(count, all)}, as red, green and blue; ` +
    `grey is 0, full colour ±${number(reach)} in A and B.`,
  /** @param {'A' | 'B'} letter @param {number} layer @param {number} count @param {number} all @param {Range} range */
  maps: (letter, layer, count, all, range) =>
    `Activations of ${letter}, layer ${layer}, of the first image: ${ofAll(count, all)} channels. ${scaleWords(range)}`,
  input: 'The first image of the batch.',
  /** @param {import('../../charts/images/patch.js').KernelShape} shape @param {number} shown @param {number} chosen */
  counting: ({ kernel, channelsIn, channelsOut, groups }, shown, chosen) =>
    `Layer ${shown}: a kernel of (${[...kernel, channelsIn / groups, channelsOut].join(', ')}), and its fans` +
    (shown === chosen ? '' : `; the head, layer ${chosen}, is dense and has none`),
};
