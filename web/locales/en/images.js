/*
 * What the picture of a kernel says: how many numbers go into one output, how many outputs one number goes into, and
 * what groups, stride and border change of it. Functions of numbers, without any knowledge of the document.
 */
import { count } from './numbers.js';

/** @import { KernelShape } from '../../charts/images/patch.js' */

export const SLIDE = { start: 'slide the kernel', stop: 'stop', step: 'step the kernel' };

/** @param {number[]} factors */
const times = (...factors) => factors.join(' × ');

/** @param {number} value @param {string} one @param {string} many */
const plural = (value, one, many) => (value === 1 ? one : many);

/** @param {number[]} factors @param {number} product */
const product = (factors, product) => `${times(...factors)} = ${count(product)}`;

/** Of what an input channel is joined to. @param {KernelShape} shape */
function groupWords({ channelsIn, groups }, /** @type {string} */ whose) {
  if (groups === 1) return '';
  return groups === channelsIn
    ? `. Depthwise: ${whose} its own channel only`
    : `. In ${groups} groups: ${whose} its own group only`;
}

/**
 * @param {KernelShape} shape
 * @returns {{ term: string, sentence: string, label: string }}
 */
export function fanInWords(shape) {
  const { kernel, channelsIn, groups, fanIn } = shape;
  const factors = [...kernel, channelsIn / groups];
  const sentence =
    `${product(factors, fanIn)} ${plural(fanIn, 'number goes', 'numbers go')} into one output` +
    `${groupWords(shape, 'an output sees')}.`;
  return { term: `fan_in = ${count(fanIn)}`, sentence, label: `${kernelWords(shape)} ${sentence}` };
}

/**
 * With a stride the count that libraries make is not that of the outputs: each number is met by one position in
 * stride squared.
 * @param {KernelShape} shape
 * @returns {{ term: string, sentence: string, label: string }}
 */
export function fanOutWords(shape) {
  const { kernel, channelsOut, groups, stride, fanOut } = shape;
  const factors = [...kernel, channelsOut / groups];
  const square = stride * stride;
  const strided =
    `With stride ${stride} one number goes into (${times(...factors)}) / ${square} = ${count(fanOut / square)} ` +
    `${plural(fanOut / square, 'output', 'outputs')} on average; ` +
    `fan_out as libraries count it is without the stride, ${product(factors, fanOut)}`;
  const plainly = `One number goes into ${product(factors, fanOut)} ${plural(fanOut, 'output', 'outputs')}`;
  const sentence = `${stride > 1 ? strided : plainly}${groupWords(shape, 'a number goes into the outputs of')}.`;
  return { term: `fan_out = ${count(fanOut)}`, sentence, label: `${kernelWords(shape)} ${sentence}` };
}

/** @param {KernelShape} shape */
const kernelWords = ({ kernel, channelsIn, channelsOut, size }) =>
  `A kernel of ${times(...kernel)} on an image of ${times(...size)} with ${channelsIn} ` +
  `${plural(channelsIn, 'channel', 'channels')}, into ${channelsOut}.`;

/**
 * The place where the kernel stands.
 * @param {KernelShape} shape
 * @param {number} zeros cells of the patch outside the image, of one channel
 * @param {number[]} output rows and columns of the output
 */
export function hereInWords({ kernel, channelsIn, groups, padding, fanIn }, zeros, output) {
  if (padding === 'valid')
    return `Padding “valid”: the kernel stays on the image, so the output is ${times(...output)}.`;
  const channels = channelsIn / groups;
  if (zeros > 0) {
    const outside = product([zeros, channels], zeros * channels);
    return `At this border ${outside} of the ${count(fanIn)} are zeros: the sum is smaller.`;
  }
  return times(...kernel) === '1 × 1'
    ? 'A kernel of 1 × 1 mixes channels, and never leaves the image.'
    : 'Padding “same”: beyond the border zeros go in, and the sum is smaller.';
}

/**
 * The place of the one number.
 * @param {KernelShape} shape
 * @param {number[]} reached rows and columns of outputs
 */
export function hereOutWords({ kernel, channelsOut, groups, stride }, reached) {
  const channels = channelsOut / groups;
  const [rows, columns] = reached;
  const reaches = rows * columns * channels;
  if (reaches === 0) return 'The stride passes this number over: it goes into no output.';
  const here = `${product([rows, columns, channels], reaches)} ${plural(reaches, 'output', 'outputs')}`;
  if (stride > 1) return `This one goes into ${here}.`;
  if (rows < kernel[0] || columns < kernel[1]) return `So near the border it goes into ${here} only.`;
  return times(...kernel) === '1 × 1'
    ? 'A place of the image goes into the same place of the output.'
    : 'Near a border they are fewer.';
}

/** @param {'input' | 'output'} which @param {number[]} size @param {number} channels */
export const pileWords = (which, size, channels) => `${which} ${times(...size, channels)}`;

/** Beside sheets, where not all are drawn. @param {number} drawn @param {number} channels */
export const manyWords = (drawn, channels) => `${drawn} of ${channels}`;
