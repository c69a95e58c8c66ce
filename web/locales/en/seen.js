/**
 * seen.js: the captions of a network's pictures, in English: the signal by position, kernels, feature maps and the
 * input. The sentences on fans are in images.js.
 */
import { called } from '../called.js';
import { number } from './numbers.js';

/**
 * @param {'A' | 'B'} letter @param {number} layer @param {import('../../engine/engine.js').Places} places
 * @param {number} most rms that has full colour @param {string} [name] of the layer
 */
export function placesWords(letter, layer, { squares, inside, interiorRms, borderRms }, most, name) {
  const what = `Rms of the preactivations of ${letter} by position, layer ${called(layer, name)}. Full colour: ${number(most)}.`;
  if (!inside || interiorRms === null) return `${what} Padding has affected every position: ${number(borderRms ?? 0)}.`;
  const within = (inside.bottom - inside.top) * (inside.right - inside.left);
  if (borderRms === null) return `${what} Padding has affected no position: ${number(interiorRms)}.`;
  return (
    `${what} Interior (${within} of ${squares.length} positions, which padding has not affected): ` +
    `${number(interiorRms)}. Border: ${number(borderRms)}.`
  );
}

/** @param {number} count @param {number} all */
const ofAll = (count, all) => (count === all ? `all ${all}` : `${count} of ${all}`);

/** @typedef {{ least: number, most: number }} Range */

/** The colours of activations. @param {Range} range */
function scaleWords({ least, most }) {
  if (least === 0 && most === 0) return 'All are 0.';
  if (least >= 0) return `Background colour: 0. Text colour: ${number(most)}.`;
  const reach = Math.max(-least, most);
  return `Background colour: ${number(-reach)}. Halfway: 0. Text colour: ${number(reach)}.`;
}

/** By the kind of the first layer: a convolution, or dense units that each see the whole image. */
const KINDS = {
  conv: { title: 'Kernel and images', what: 'Kernels', as: '' },
  dense: { title: 'Images', what: 'Weights of units', as: ', as images' },
};

/** The channels of a picture in colour. */
const RGB = 3;

/** Which channels a picture has, and how. @param {number} channels */
function planesWords(channels) {
  if (channels < RGB) return `${channels > 1 ? 'the first channel ' : ''}in shades of grey`;
  return `${channels > RGB ? 'the first three channels ' : ''}in red, green and blue`;
}

export const figureWords = {
  kinds: KINDS,
  /** @param {'A' | 'B'} letter @param {number} count @param {number} all @param {'conv' | 'dense'} kind
   * @param {number} reach @param {number} channels that go in */
  kernels: (letter, count, all, kind, reach, channels) =>
    `${KINDS[kind].what} of ${letter}, first layer: ${ofAll(count, all)}, ${planesWords(channels)}. ` +
    (channels < RGB
      ? `Middle grey is 0, white ${number(reach)}, black ${number(-reach)}, in both A and B.`
      : `Grey is 0; full colour is ±${number(reach)} in both A and B.`),
  /** @param {'A' | 'B'} letter @param {number} layer @param {number} count @param {number} all @param {Range} range
   * @param {string} [name] of the layer */
  maps: (letter, layer, count, all, range, name) =>
    `Activations of ${letter}, layer ${called(layer, name)}, for the first image: ${ofAll(count, all)} channels. ${scaleWords(range)}`,
  input: 'The first image of the batch.',
  /** @param {import('../../charts/images/patch.js').KernelShape} shape @param {number} shown @param {number} chosen
   * @param {string[] | null} names of the layers, where they have names of their own */
  counting: ({ kernel, channelsIn, channelsOut, groups }, shown, chosen, names = null) =>
    `Layer ${called(shown, names?.[shown - 1])}: kernel (${[...kernel, channelsIn / groups, channelsOut].join(', ')}) and its fans` +
    (shown === chosen
      ? ''
      : names
        ? `; layer ${called(chosen, names[chosen - 1])} has no kernel`
        : `; the output layer (layer ${chosen}) is dense and has no kernel`),
};
