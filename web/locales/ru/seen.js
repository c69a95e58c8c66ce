/**
 * seen.js: the captions of a network's pictures, in Russian: the signal by position, kernels, feature maps and the
 * input. The sentences on fans are in images.js.
 */
import { called } from '../called.js';
import { number } from './numbers.js';
import { pluralOf } from './plural.js';

/**
 * @param {'A' | 'B'} letter @param {number} layer @param {import('../../engine/engine.js').Places} places
 * @param {number} most rms that has full colour @param {string} [name] of the layer
 */
export function placesWords(letter, layer, { squares, inside, interiorRms, borderRms }, most, name) {
  const what = `СКЗ предактиваций ${letter} по положению, слой ${called(layer, name)}. Полный цвет: ${number(most)}.`;
  if (!inside || interiorRms === null) return `${what} Дополнение повлияло на все точки: ${number(borderRms ?? 0)}.`;
  const within = (inside.bottom - inside.top) * (inside.right - inside.left);
  if (borderRms === null) return `${what} Дополнение не повлияло ни на одну точку: ${number(interiorRms)}.`;
  return (
    `${what} Внутри (${within} из ${squares.length} ${pluralOf(squares.length, 'точки', 'точек')}, ` +
    `дополнение на них не повлияло): ${number(interiorRms)}. У края: ${number(borderRms)}.`
  );
}

/** @param {number} count @param {number} all */
const ofAll = (count, all) => (count === all ? `все ${all}` : `${count} из ${all}`);

/** @typedef {{ least: number, most: number }} Range */

/** The colours of activations. @param {Range} range */
function scaleWords({ least, most }) {
  if (least === 0 && most === 0) return 'Все равны 0.';
  if (least >= 0) return `Цвет фона: 0. Цвет текста: ${number(most)}.`;
  const reach = Math.max(-least, most);
  return `Цвет фона: ${number(-reach)}. Посередине: 0. Цвет текста: ${number(reach)}.`;
}

/** By the kind of the first layer: a convolution, or dense units that each see the whole image. */
const KINDS = {
  conv: { title: 'Ядро и изображения', what: 'Ядра', as: '' },
  dense: { title: 'Изображения', what: 'Веса нейронов', as: ', как изображения' },
};

/** The channels of a picture in colour. */
const RGB = 3;

/** Which channels a picture has, and how. @param {number} channels */
function planesWords(channels) {
  if (channels < RGB) return `${channels > 1 ? 'первый канал ' : ''}в оттенках серого`;
  return `${channels > RGB ? 'первые три канала ' : ''}в красном, зелёном и синем`;
}

export const figureWords = {
  kinds: KINDS,
  /** @param {'A' | 'B'} letter @param {number} count @param {number} all @param {'conv' | 'dense'} kind
   * @param {number} reach @param {number} channels that go in */
  kernels: (letter, count, all, kind, reach, channels) =>
    `${KINDS[kind].what} ${letter}, первый слой: ${ofAll(count, all)}, ${planesWords(channels)}. ` +
    (channels < RGB
      ? `Средний серый\u00a0— 0, белый\u00a0— ${number(reach)}, чёрный\u00a0— ${number(-reach)} в A и B.`
      : `Серый\u00a0— 0, полный цвет\u00a0— ±${number(reach)} в A и B.`),
  /** @param {'A' | 'B'} letter @param {number} layer @param {number} count @param {number} all @param {Range} range
   * @param {string} [name] of the layer */
  maps: (letter, layer, count, all, range, name) =>
    `Активации ${letter}, слой ${called(layer, name)}, для первого изображения; каналы: ${ofAll(count, all)}. ${scaleWords(range)}`,
  input: 'Первое изображение батча.',
  /** @param {import('../../charts/images/patch.js').KernelShape} shape @param {number} shown @param {number} chosen
   * @param {string[] | null} names of the layers, where they have names of their own */
  counting: ({ kernel, channelsIn, channelsOut, groups }, shown, chosen, names = null) =>
    `Слой ${called(shown, names?.[shown - 1])}: ядро (${[...kernel, channelsIn / groups, channelsOut].join(', ')}), его fan_in и fan_out` +
    (shown === chosen
      ? ''
      : names
        ? `; у слоя ${called(chosen, names[chosen - 1])} ядра нет`
        : `; выходной слой (слой ${chosen}) полносвязный, ядра у него нет`),
};
