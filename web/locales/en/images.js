/**
 * images.js: the sentences beside the picture of a kernel, in English: how many inputs an output is computed from, how
 * many outputs an input affects, and how groups, stride and border change that. They are functions of numbers and know
 * nothing of the document.
 */
import { count } from './numbers.js';

/** @import { KernelShape } from '../../charts/images/patch.js' */

export const SLIDE = { start: 'slide the kernel', stop: 'stop', step: 'move the kernel' };

/** @param {number[]} factors */
const times = (...factors) => factors.join(' × ');

/** @param {number} value @param {string} one @param {string} many */
const plural = (value, one, many) => (value === 1 ? one : many);

/** @param {number[]} factors @param {number} product */
const product = (factors, product) => `${times(...factors)} = ${count(product)}`;

/** Which channels are connected. @param {KernelShape} shape */
function groupWords({ channelsIn, groups }, /** @type {string} */ connects) {
  if (groups === 1) return '';
  return groups === channelsIn
    ? ` Depthwise: it ${connects} only its own channel.`
    : ` With ${groups} groups, it ${connects} only its own group.`;
}

/**
 * @param {KernelShape} shape
 * @returns {{ term: string, sentence: string, label: string }}
 */
export function fanInWords(shape) {
  const { kernel, channelsIn, groups, fanIn } = shape;
  const factors = [...kernel, channelsIn / groups];
  const sentence =
    `Each output is computed from ${product(factors, fanIn)} ${plural(fanIn, 'input', 'inputs')}.` +
    groupWords(shape, 'sees');
  return { term: `fan_in = ${count(fanIn)}`, sentence, label: `${kernelWords(shape)} ${sentence}` };
}

/**
 * With a stride, libraries count too many outputs: the kernel visits one of every stride squared positions.
 * @param {KernelShape} shape
 * @returns {{ term: string, sentence: string, label: string }}
 */
export function fanOutWords(shape) {
  const { kernel, channelsOut, groups, stride, fanOut } = shape;
  const factors = [...kernel, channelsOut / groups];
  const square = stride * stride;
  const strided =
    `With stride ${stride}, each input affects (${times(...factors)}) / ${square} = ${count(fanOut / square)} ` +
    `${plural(fanOut / square, 'output', 'outputs')} on average. ` +
    `Libraries ignore the stride: fan_out = ${product(factors, fanOut)}.`;
  const plainly = `Each input affects ${product(factors, fanOut)} ${plural(fanOut, 'output', 'outputs')}.`;
  const sentence = (stride > 1 ? strided : plainly) + groupWords(shape, 'affects');
  return { term: `fan_out = ${count(fanOut)}`, sentence, label: `${kernelWords(shape)} ${sentence}` };
}

/** @param {KernelShape} shape */
const kernelWords = ({ kernel, channelsIn, channelsOut, size }) =>
  `Kernel ${times(...kernel)}, image ${times(...size)}, ${channelsIn} ${plural(channelsIn, 'channel', 'channels')} in, ` +
  `${channelsOut} out.`;

/**
 * What the kernel does at its current position.
 * @param {KernelShape} shape
 * @param {number} zeros cells of the patch outside the image, of one channel
 * @param {number[]} output rows and columns of the output
 */
export function hereInWords({ kernel, channelsIn, groups, padding, fanIn }, zeros, output) {
  if (padding === 'valid')
    return `Padding “valid”: the kernel stays inside the image, so the output is ${times(...output)}.`;
  const channels = channelsIn / groups;
  if (zeros > 0) {
    const outside = product([zeros, channels], zeros * channels);
    return `At this border, ${outside} of the ${count(fanIn)} inputs are zeros from the padding, so the sum is smaller.`;
  }
  return times(...kernel) === '1 × 1'
    ? 'A 1 × 1 kernel mixes channels and never leaves the image.'
    : 'Padding “same”: zeros surround the image, so sums near the border are smaller.';
}

/**
 * Which outputs the marked input affects.
 * @param {KernelShape} shape
 * @param {number[]} reached rows and columns of outputs
 */
export function hereOutWords({ kernel, channelsOut, groups, stride }, reached) {
  const channels = channelsOut / groups;
  const [rows, columns] = reached;
  const reaches = rows * columns * channels;
  if (reaches === 0) return 'The stride skips this input: it affects no output.';
  const here = `${product([rows, columns, channels], reaches)} ${plural(reaches, 'output', 'outputs')}`;
  if (stride > 1) return `This input affects ${here}.`;
  if (rows < kernel[0] || columns < kernel[1]) return `This close to the border, it affects only ${here}.`;
  return times(...kernel) === '1 × 1'
    ? 'Each position affects only the same position of the output.'
    : 'Near the border it affects fewer.';
}

/** @param {'input' | 'output'} which @param {number[]} size @param {number} channels */
export const pileWords = (which, size, channels) => `${which} ${times(...size, channels)}`;

/** A note if not all channels are drawn. @param {number} drawn @param {number} channels */
export const manyWords = (drawn, channels) => `${drawn} of ${channels}`;
