/**
 * images.js: the sentences beside the picture of a kernel, in Russian: how many inputs an output is computed from, how
 * many outputs an input affects, and how groups, stride and border change that. They are functions of numbers and know
 * nothing of the document.
 */
import { count } from './numbers.js';
import { plural } from './plural.js';

/** @import { KernelShape } from '../../charts/images/patch.js' */

export const SLIDE = { start: 'двигать ядро', stop: 'стоп', step: 'сдвинуть ядро' };

/** @param {number[]} factors */
const times = (...factors) => factors.join(' × ');

/** @param {number[]} factors @param {number} product */
const product = (factors, product) => `${times(...factors)} = ${count(product)}`;

/** @param {number} value */
const inputs = (value) => plural(value, 'вход', 'входа', 'входов');

/** @param {number} value in the accusative */
const outputs = (value) => plural(value, 'выход', 'выхода', 'выходов');

/** Which channels are connected. @param {KernelShape} shape @param {string} connects */
function groupWords({ channelsIn, groups }, connects) {
  if (groups === 1) return '';
  return groups === channelsIn
    ? ` Поканальная свёртка: ${connects} только свой канал.`
    : ` ${groups} ${plural(groups, 'группа', 'группы', 'групп')}: ${connects} только свою группу.`;
}

/**
 * @param {KernelShape} shape
 * @returns {{ term: string, sentence: string, label: string }}
 */
export function fanInWords(shape) {
  const { kernel, channelsIn, groups, fanIn } = shape;
  const sentence =
    `На каждый выход приходится ${product([...kernel, channelsIn / groups], fanIn)} ${inputs(fanIn)}.` +
    groupWords(shape, 'выход видит');
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
    `При шаге ${stride} каждый вход влияет в среднем на (${times(...factors)}) / ${square} = ${count(fanOut / square)} ` +
    `${outputs(fanOut / square)}. Библиотеки шаг не учитывают: fan_out = ${product(factors, fanOut)}.`;
  const plainly = `Каждый вход влияет на ${product(factors, fanOut)} ${outputs(fanOut)}.`;
  const sentence = (stride > 1 ? strided : plainly) + groupWords(shape, 'вход затрагивает');
  return { term: `fan_out = ${count(fanOut)}`, sentence, label: `${kernelWords(shape)} ${sentence}` };
}

/** @param {KernelShape} shape */
const kernelWords = ({ kernel, channelsIn, channelsOut, size }) =>
  `Ядро ${times(...kernel)}, изображение ${times(...size)}, каналов на входе ${channelsIn}, на выходе ${channelsOut}.`;

/**
 * What the kernel does at its current position.
 * @param {KernelShape} shape
 * @param {number} zeros cells of the patch outside the image, of one channel
 * @param {number[]} output rows and columns of the output
 */
export function hereInWords({ kernel, channelsIn, groups, padding, fanIn }, zeros, output) {
  if (padding === 'valid')
    return `Дополнение «valid»: ядро не выходит за края изображения, поэтому размер выхода\u00a0— ${times(...output)}.`;
  const channels = channelsIn / groups;
  if (zeros > 0) {
    const outside = product([zeros, channels], zeros * channels);
    return `У этого края из ${count(fanIn)} входов нулевые ${outside}, и сумма меньше.`;
  }
  return times(...kernel) === '1 × 1'
    ? 'Ядро 1 × 1 смешивает каналы и не выходит за края изображения.'
    : 'Дополнение «same»: вокруг изображения стоят нули, и у края сумма меньше.';
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
  if (reaches === 0) return 'Шаг пропускает этот вход: он не влияет ни на один выход.';
  const here = `${product([rows, columns, channels], reaches)} ${outputs(reaches)}`;
  if (stride > 1) return `Этот вход влияет на ${here}.`;
  if (rows < kernel[0] || columns < kernel[1]) return `Так близко к краю он влияет лишь на ${here}.`;
  return times(...kernel) === '1 × 1' ? 'Каждая точка влияет только на ту же точку выхода.' : 'У края выходов меньше.';
}

/** @param {'input' | 'output'} which @param {number[]} size @param {number} channels */
export const pileWords = (which, size, channels) =>
  `${which === 'input' ? 'вход' : 'выход'} ${times(...size, channels)}`;

/** A note if not all channels are drawn. @param {number} drawn @param {number} channels */
export const manyWords = (drawn, channels) => `${drawn} из ${channels}`;
