/*
 * What the page says of a picture that it does not take, in Russian. Functions of numbers and names, without
 * any knowledge of files or of the document.
 */
import { exact, fixed } from './numbers.js';

const LONGEST = 40;

/** The reader's own name of a file, cut short. @param {string} name */
const short = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);

/** @param {number} bytes */
const megabytes = (bytes) => fixed(bytes / 1e6, 1);

export const PICTURE_WORDS = {
  empty: (/** @type {string} */ name) => `Файл «${short(name)}» пуст.`,
  heavy: (/** @type {string} */ name, /** @type {number} */ bytes, /** @type {number} */ most) =>
    `Размер файла «${short(name)}» — ${megabytes(bytes)} МБ; читаются файлы не больше ${exact(most / 1e6)} МБ.`,
  unread: (/** @type {string} */ name) => `Файл «${short(name)}» не удалось прочитать с диска.`,
  foreign: (/** @type {string} */ name, /** @type {string} */ kind, /** @type {readonly string[]} */ kinds) =>
    `«${short(name)}» — файл ${kind}, здесь такие не принимаются; сохраните его как ${kinds.join(', ')}.`,
  unknown: (/** @type {string} */ name, /** @type {readonly string[]} */ kinds) =>
    `«${short(name)}» — не изображение из тех, что принимаются здесь: ${kinds.join(', ')}.`,
  sizeless: (/** @type {string} */ name) => `Судя по файлу «${short(name)}», в нём нет ни одного пикселя.`,
  long: (/** @type {string} */ name, /** @type {[number, number]} */ [width, height], /** @type {number} */ most) =>
    `Размер изображения «${short(name)}» — ${width} × ${height}; сторона может быть не длиннее ${most}.`,
  large: (/** @type {string} */ name, /** @type {[number, number]} */ [width, height], /** @type {number} */ most) =>
    `В изображении «${short(name)}» ${width} × ${height} = ${megabytes(width * height)} млн пикселей; ` +
    `читается не больше ${megabytes(most)} млн.`,
  broken: (/** @type {string} */ name, /** @type {string} */ kind) =>
    `«${short(name)}» не удалось раскодировать: файл повреждён, или браузер не знает такой разновидности ${kind}.`,
  flat: (/** @type {string} */ name) =>
    `Там, куда смотрит сеть, изображение «${short(name)}» одной яркости; нужно больше одной.`,
};
