/**
 * typed.js: what is said of a number that the reader has typed, in English: how it was read, and what is used instead.
 * What a number looks like is in numbers.js.
 */
import { entry, exact } from './numbers.js';

/** @import { NumberRow } from '../../state/state.js' */
/** @import { Typed } from '../../page/number-fields.js' */

/** What the rows of numbers are called, where their key does not say it. @type {Record<string, string>} */
const ROWS = {
  inputs: 'number of inputs',
  mean: 'mean of the input',
  std: 'std of the input',
  kernel: 'kernel size',
  channels: 'number of channels',
  size: 'image size',
  headGain: 'gain of the output layer',
  gainA: 'gain of A',
  valueA: 'value of A',
  gainB: 'gain of B',
  valueB: 'value of B',
  bias: 'std of biases',
  parameter: 'parameter of the activation',
};

/** The longest piece of the reader's own text that is shown. */
const LONGEST = 24;

/** @param {string} text */
const quote = (text) => `“${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}”`;

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
    const rest = fault && fault < text.length ? ` from ${quote(text.slice(fault))} on` : '';
    return `${quote(text)} cannot be read${rest}: ${name} stays ${exact(before)}.`;
  }
  const [read, other] = readings.map(entry);
  const sentences = [
    (other || computed) && `${quote(text)} is read as ${read}${other ? `, not as ${other}` : ''}.`,
    reason === 'fraction' && `${name} is a whole number: ${exact(value)} is used.`,
    reason === 'range' && `${name} goes from ${exact(min)} to ${exact(max)}: ${exact(value)} is used.`,
  ];
  return sentences.filter(Boolean).join(' ');
}
