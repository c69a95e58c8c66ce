/**
 * file-refusals.js: why an image file was not used, in Russian: a sentence for each code of a file in refused.js. They
 * load with all other Russian words.
 */
import { shortName } from '../refused.js';
import { count, exact, fixed } from './numbers.js';
import { plural } from './plural.js';

/** @import { FileSentences } from '../refused.js' */

/** Images that other programs read. @type {Record<string, string>} */
const FOREIGN_KINDS = { SVG: 'рисунок SVG', HEIC: 'фотография HEIC' };

/** @param {readonly number[]} sides */
const sides = (sides) => sides.map(count).join(' × ');

/** @param {number} number */
const millions = (number) => fixed(number / 1e6, 1);

/** @type {FileSentences} */
export const FILE_REFUSED = {
  fileEmpty: ({ value }) => `Файл «${shortName(value)}» пуст.`,
  fileHeavy: ({ value, range: { bytes, most } }) =>
    `Размер файла «${shortName(value)}»\u00a0— ${millions(bytes)} МБ. Выберите файл не больше ${exact(most / 1e6)} МБ.`,
  fileUnread: ({ value }) => `Файл «${shortName(value)}» не удалось прочитать с диска.`,
  fileForeign: ({ value, range: { kind, kinds } }) =>
    `«${shortName(value)}»\u00a0— ${FOREIGN_KINDS[kind]}; такие файлы эта страница не читает. Сохраните изображение как ` +
    `${kinds.join(', ')}.`,
  fileUnknown: ({ value, range: { kinds } }) =>
    `«${shortName(value)}» — не изображение или изображение неизвестного вида. Страница читает ${kinds.join(', ')}.`,
  fileSizeless: ({ value }) => `Судя по файлу «${shortName(value)}», в изображении нет ни одного пикселя.`,
  fileLong: ({ value, range: { size, most } }) =>
    `Размер изображения «${shortName(value)}»\u00a0— ${sides(size)}. Выберите изображение со сторонами не длиннее ` +
    `${count(most)} ${plural(most, 'пикселя', 'пикселей', 'пикселей')}.`,
  fileLarge: ({ value, range: { size, most } }) =>
    `В изображении «${shortName(value)}» ${sides(size)} пикселей, ${millions(size[0] * size[1])} млн. Выберите ` +
    `изображение, где их не больше ${millions(most)} млн.`,
  fileBroken: ({ value, range: { kind } }) =>
    `«${shortName(value)}» не удалось раскодировать: файл повреждён, или браузер не читает такой ${kind}.`,
  filePixels: ({ value }) =>
    `Файл «${shortName(value)}» не прочитан: для защиты от слежки браузер подменяет то, что страница читает из изображений. ` +
    'Разрешите этой странице их читать или откройте её в другом браузере.',
  fileFlat: ({ value }) =>
    `В изображении «${shortName(value)}» та часть, которую видит сеть, вся одной яркости. Выберите другое изображение.`,
};
