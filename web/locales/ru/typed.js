/**
 * typed.js: what is said of a number that the reader has typed, in Russian: how it was read, and what is used instead.
 * What a number looks like is in numbers.js.
 */
import { entry, exact } from './numbers.js';

/** @import { NumberRow } from '../../state/state.js' */
/** @import { Typed } from '../../page/number-fields.js' */

/** What the rows of numbers are called. @type {Record<string, string>} */
const ROWS = {
  depth: 'глубина',
  width: 'ширина',
  inputs: 'число входов',
  mean: 'среднее входа',
  std: 'ст. откл. входа',
  kernel: 'размер ядра',
  channels: 'число каналов',
  size: 'размер изображений',
  headGain: 'усиление выходного слоя',
  batch: 'размер батча',
  seed: 'зерно',
  gainA: 'усиление A',
  valueA: 'значение для схемы A',
  gainB: 'усиление B',
  valueB: 'значение для схемы B',
  bias: 'ст. откл. смещений',
  layer: 'слой',
  parameter: 'параметр активации',
};

/** The longest piece of the reader's own text that is shown. */
const LONGEST = 24;

/** @param {string} text */
const quote = (text) => `«${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}»`;

/**
 * What to say of a typed number; '' if it is used as it was typed.
 * @param {NumberRow} row in whose field it was typed
 * @param {string} text as it was typed
 * @param {Typed} typed
 * @param {number} before what the row had before
 */
export function typedWords({ key, min, max }, text, { value, readings, computed, reason, fault }, before) {
  const name = ROWS[key] ?? key;
  if (reason === 'bad') {
    const rest = fault && fault < text.length ? ` начиная с ${quote(text.slice(fault))}` : '';
    return `Не удалось прочитать ${quote(text)}${rest} (${name}): осталось ${exact(before)}.`;
  }
  const [read, other] = readings.map(entry);
  const sentences = [
    (other || computed) && `${quote(text)} прочитано как ${read}${other ? `, а не ${other}` : ''}.`,
    reason === 'fraction' && `Нужно целое число (${name}): взято ${exact(value)}.`,
    reason === 'range' && `Допустимо от ${exact(min)} до ${exact(max)} (${name}): взято ${exact(value)}.`,
  ];
  return sentences.filter(Boolean).join(' ');
}
