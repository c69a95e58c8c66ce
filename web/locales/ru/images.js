/*
 * What the picture of a kernel says: how many numbers go into one output, how many outputs one number goes into, and
 * what groups, stride and border change of it. Functions of numbers, without any knowledge of the document.
 */
import { count } from './numbers.js';
import { plural } from './plural.js';

/** @import { KernelShape } from '../../charts/images/patch.js' */

export const SLIDE = { start: 'двигать ядро', stop: 'стоп', step: 'сдвинуть ядро' };

/** @param {number[]} factors */
const times = (...factors) => factors.join(' × ');

/** @param {number[]} factors @param {number} product */
const product = (factors, product) => `${times(...factors)} = ${count(product)}`;

/** Numbers go in as one subject: 1 число входит, 75 чисел входят, 0,5 числа входит. @param {number} value */
const numbersGo = (value) => `${plural(value, 'число входит', 'числа входят', 'чисел входят')}`;

/** @param {number} value in the accusative */
const outputs = (value) => plural(value, 'выход', 'выхода', 'выходов');

/** Of what an input channel is joined to. @param {KernelShape} shape @param {[own: string, group: string]} whose */
function groupWords({ channelsIn, groups }, [own, group]) {
  if (groups === 1) return '';
  return groups === channelsIn
    ? `. Поканальная свёртка: ${own}`
    : `. ${groups} ${plural(groups, 'группа', 'группы', 'групп')}: ${group}`;
}

/**
 * @param {KernelShape} shape
 * @returns {{ term: string, sentence: string, label: string }}
 */
export function fanInWords(shape) {
  const { kernel, channelsIn, groups, fanIn } = shape;
  const seen = groupWords(shape, ['выход видит только свой канал', 'выход видит только свою группу']);
  const sentence = `${product([...kernel, channelsIn / groups], fanIn)} ${numbersGo(fanIn)} в один выход${seen}.`;
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
    `При шаге ${stride} одно число входит в среднем в (${times(...factors)}) / ${square} = ${count(fanOut / square)} ` +
    `${outputs(fanOut / square)}; fan_out в библиотеках считается без шага: ${product(factors, fanOut)}`;
  const plainly = `Одно число входит в ${product(factors, fanOut)} ${outputs(fanOut)}`;
  const joined = groupWords(shape, ['число входит только в выходы своего канала', 'число входит только в свою группу']);
  const sentence = `${stride > 1 ? strided : plainly}${joined}.`;
  return { term: `fan_out = ${count(fanOut)}`, sentence, label: `${kernelWords(shape)} ${sentence}` };
}

/** @param {KernelShape} shape */
const kernelWords = ({ kernel, channelsIn, channelsOut, size }) =>
  `Ядро ${times(...kernel)} на изображении ${times(...size)}, каналов на входе ${channelsIn}, на выходе ${channelsOut}.`;

/**
 * The place where the kernel stands.
 * @param {KernelShape} shape
 * @param {number} zeros cells of the patch outside the image, of one channel
 * @param {number[]} output rows and columns of the output
 */
export function hereInWords({ kernel, channelsIn, groups, padding, fanIn }, zeros, output) {
  if (padding === 'valid')
    return `Дополнение «valid»: ядро не выходит за изображение, поэтому выход — ${times(...output)}.`;
  const channels = channelsIn / groups;
  if (zeros > 0) {
    const outside = product([zeros, channels], zeros * channels);
    return `У этого края из ${count(fanIn)} чисел нулевые ${outside}: сумма меньше.`;
  }
  return times(...kernel) === '1 × 1'
    ? 'Ядро 1 × 1 смешивает каналы и не выходит за изображение.'
    : 'Дополнение «same»: за краем стоят нули, и сумма там меньше.';
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
  if (reaches === 0) return 'Шаг проходит мимо этого числа: оно не входит ни в один выход.';
  const here = `${product([rows, columns, channels], reaches)} ${outputs(reaches)}`;
  if (stride > 1) return `Это число входит в ${here}.`;
  if (rows < kernel[0] || columns < kernel[1]) return `Так близко к краю оно входит лишь в ${here}.`;
  return times(...kernel) === '1 × 1' ? 'Точка изображения входит в ту же точку выхода.' : 'У края их меньше.';
}

/** @param {'input' | 'output'} which @param {number[]} size @param {number} channels */
export const pileWords = (which, size, channels) =>
  `${which === 'input' ? 'вход' : 'выход'} ${times(...size, channels)}`;

/** Beside sheets, where not all are drawn. @param {number} drawn @param {number} channels */
export const manyWords = (drawn, channels) => `${drawn} из ${channels}`;
