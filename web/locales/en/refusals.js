/**
 * refusals.js: why a network was not run, in English: a sentence for each code of engine/refusal.js. If a control led to
 * the refusal, the sentence uses the control's label. They load with the first refusal: see later.js.
 */
import { callsOf } from '../called.js';
import { layerOf, shownIn } from '../refused.js';
import { choiceWords } from './choices.js';
import { STOPPED } from './later.js';
import { count } from './numbers.js';

/** @import { Refused, Sentences, Told } from '../refused.js' */

const shown = shownIn(count, (text) => `“${text}”`, {
  undefined: 'missing',
  array: 'an array',
  object: 'an object',
  function: 'a function',
});

const TYPES = /** @type {Record<string, string>} */ ({
  object: 'an object',
  array: 'an array',
  number: 'a number',
  boolean: 'true or false',
  Uint8ClampedArray: 'an array of bytes',
});

/** @param {readonly string[]} names */
const list = (names) => names.map((name) => choiceWords(name)).join(', ');

/** Fields of the reader's own layers, as the page calls them. @type {Record<string, string>} */
const FIELDS = {
  units: 'number of units',
  channelsOut: 'number of channels',
  inputs: 'number of inputs',
  size: 'side of the images',
};

/** @param {Refused & Told} refused */
function given({ field, value, layer, own }) {
  const name = own && FIELDS[String(field).match(/^layers\[\d+\]\.(\w+)/)?.[1] ?? ''];
  return name ? `Layer ${layer}: the ${name} is ${shown(value)}` : `${field} is ${shown(value)}`;
}

/** @param {readonly number[]} sides */
const sides = (sides) => sides.map(count).join(' × ');

/** @type {Sentences} */
export const REFUSED = {
  wrongType: (refused) => `${given(refused)}; it must be ${TYPES[refused.range]}.`,
  unknownName: (refused) => `${given(refused)}; it must be one of ${refused.range.join(', ')}.`,
  unknownField: ({ field, range }) => `There is no field ${field}. The fields are ${range.join(', ')}.`,
  wholeRange: (refused) =>
    `${given(refused)}; it must be a whole number from ${refused.range.map(count).join(' to ')}.`,
  numberRange: (refused) => `${given(refused)}; it must be a number from ${refused.range.map(count).join(' to ')}.`,
  wrongNames: (refused) => `${given(refused)}; it must be a list of some of these names: ${refused.range.join(', ')}.`,
  wrongSides: ({ field, range: [least, most] }) =>
    least === most ? `${field} must be a height and a width.` : `${field} must have ${least} to ${most} sides.`,
  noPytorchGain: ({ range: { activation } }) =>
    `PyTorch’s calculate_gain has no value for ${choiceWords(activation)}. Choose another preset of the gain, or a number.`,
  biasScheme: ({ value, range }) =>
    `Biases cannot be drawn by the scheme ${choiceWords(String(value))}, only by: ${list(range)}.`,
  biasScaling: ({ field, value, range }) =>
    `${field} is ${shown(value)}; for biases it must be one of ${range.join(', ')}.`,
  orthogonalSize: ({ field, layer, own, range: { most, inputs, units } }) =>
    `An orthogonal matrix has at most ${most} rows and columns, and layer ${layer} would have ` +
    `${sides([inputs, units])}. ${
      own
        ? `In “layers” give it at most ${most} inputs and ${most} units`
        : units > most
          ? `Set “width” to ${count(most)} or less`
          : layerOf(field) > 1
            ? 'Set “before the output” to “average”'
            : `Give the layer ${most} inputs or fewer`
    }, or choose another scheme.`,
  orthogonalKernel: ({ layer, own, range: { most, rows, mostRows } }) =>
    `An orthogonal matrix has at most ${mostRows} rows, and that of layer ${layer} would have ${count(rows)}: one for ` +
    `each number that goes into an output. ${
      own
        ? `In “layers” give it ${count(most)} channels in or fewer, or a smaller kernel`
        : `Set “channels” to ${count(most)} or less, take a smaller “kernel size”`
    }, or choose another scheme.`,
  identityKernel: ({ layer, own, value }) =>
    `An identity matrix needs a kernel of 1 × 1, and that of layer ${layer} is ${shown(value)}. ` +
    `${own ? 'In “layers” give it a kernel of 1 × 1' : 'Set “kernel size” to 1'}, or choose another scheme.`,
  unlikeBelow: (refused) => `${given(refused)}, but the layer before gives ${count(refused.range.needed)}.`,
  convAfterDense: ({ layer }) =>
    `Layer ${layer} needs images, but the layer before it gives a vector. Put convolutions and pooling first.`,
  sumFirst: () => 'The first layer cannot be a residual sum: there is no branch before it.',
  oddChannels: ({ layer, range: { channels } }) =>
    `Layer ${layer} multiplies one half of the channels by the other, so their number must be even. The layer before gives ${count(channels)}.`,
  sumShapes: ({ layer, range: { stream, branch } }) =>
    `Layer ${layer} adds ${sides(stream)} of the stream to ${sides(branch)} of the branch. Give both the same shape, or ` +
    'let the sum span another number of layers.',
  groupsDivide: ({ field, layer, value, range: { channelsIn, channelsOut } }) =>
    `${Number.isNaN(layerOf(field)) ? 'The layer' : `Layer ${layer}`} has ${shown(value)} groups. That number ` +
    `must divide its ${channelsIn} channels in and its ${channelsOut} channels out.`,
  kernelOverImage: ({ layer, own, value, range: { images } }) =>
    `With this padding layer ${layer} gets images of ${sides(images)}, too small for a kernel of side ` +
    `${shown(value)}. ${
      own
        ? 'In “layers” give it a smaller kernel or more padding, or let fewer layers before it shrink the images'
        : 'Reduce “depth” or “kernel size”, or set “padding” to “same”'
    }.`,
  windowOverImage: ({ layer, value, range: { images } }) =>
    `Layer ${layer} pools images of ${sides(images)}, too small for a window of side ${shown(value)}. Take a ` +
    'smaller window, or let fewer layers before it shrink the images.',
  imagesTooLarge: ({ layer, range: { most, images } }) =>
    `Layer ${layer} would give images of ${sides(images)}; their sides have at most ${most} pixels. Take a smaller ` +
    'stride or less padding.',
  tooManyWeights: ({ layer, own, value, range: { most, inputs, mostWeights } }) =>
    `Layer ${layer} would have ${count(inputs)} × ${shown(value)} weights; a layer has at most ` +
    `${count(mostWeights)}. ${
      own ? `In “layers” give it ${count(most)} units or fewer` : `Set “width” to ${count(most)} or less`
    }, or give the layer fewer inputs.`,
  inputLength: ({ value, range: { needed, batch, inputs } }) =>
    `The input has ${shown(value)} numbers; a batch of ${batch} with ${count(inputs)} numbers each needs ${count(needed)}.`,
  lossOfImages: ({ range: { images } }) =>
    `Cross-entropy needs one number for each class, but the last layer gives images of ${sides(images)}. End with a ` +
    'dense layer, or set the loss to random.',
  batchMemory: ({ own, value, range: { most, needed, mebibytes } }) =>
    `At this size and depth a batch of ${shown(value)} needs ${count(needed)}\u00a0MiB of memory, and a network may have ` +
    `${count(mebibytes)}\u00a0MiB. Set “batch” to ${most} or less, or make the network smaller` +
    `${own ? ' in “layers”' : ''}.`,
  networkMemory: ({ own, range: { needed, mebibytes } }) =>
    `At this size and depth the network needs ${count(needed)}\u00a0MiB of memory, and may have ` +
    `${count(mebibytes)}\u00a0MiB: not even a batch of 1 fits. ${own ? 'In “layers” take' : 'Take'} fewer layers, units or ` +
    'channels, or smaller images.',
  memoryExhausted: () => 'There is not enough memory for this network. Make it smaller, or reload the page.',
  moduleMemory: ({ range: { mebibytes } }) =>
    `The network needs ${count(mebibytes)}\u00a0MiB of memory, and the browser does not give it. Take a smaller batch or ` +
    'a smaller network, or close other tabs and try again.',
  tooManyNumbers: ({ range: { numbers, mostNumbers } }) =>
    `The images of one batch would have ${count(numbers)} numbers; the most is ${count(mostNumbers)}. ` +
    'Take a smaller batch, smaller images or fewer channels.',
  tooManyPixels: ({ range: { pixels, mostPixels } }) =>
    `The picture has ${count(pixels)} pixels; the most is ${count(mostPixels)}.`,
  pixelsLength: ({ value, range: { needed } }) =>
    `The picture has ${shown(value)} bytes; for its width and height there must be ${count(needed)}.`,
  oneBrightness: () =>
    'The part of the image that the network sees has one brightness only, so it cannot be normalised. ' +
    'Choose another image, or set “pixels” to “raw 0–255”.',
  noPicture: () =>
    'The image is not part of the link. Choose an image file, drop one onto the page, or choose another “input”.',
  ...STOPPED,
};

/**
 * @param {Refused} refused
 * @param {string[] | null} [names] of the layers, where they have names of their own
 * @param {boolean} [own] whether the layers are the reader's own: sentences then send to their line, and not to
 *   controls that are hidden
 */
export const refusalWords = (refused, names = null, own = false) =>
  /** @type {any} */ (REFUSED)[refused.code]({ ...refused, layer: callsOf(names)(layerOf(refused.field)), own });
