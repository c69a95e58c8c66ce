/**
 * plural.js: the forms that Russian words take after numbers. A fraction takes the genitive singular: 1,5 слоя.
 */
import { number } from './numbers.js';

const rules = new Intl.PluralRules('ru');

/**
 * The form of a word that is counted: 1 слой, 2 слоя, 5 слоёв, 1,5 слоя.
 * @param {number} value @param {string} one @param {string} few also beside a fraction @param {string} many
 */
export const plural = (value, one, few, many) => ({ one, many })[/** @type {string} */ (rules.select(value))] ?? few;

/** The form after a preposition: из 1 слоя, из 2 слоёв, из 1,5 слоя. @param {number} value @param {string} one
 * @param {string} other */
export const pluralOf = (value, one, other) => (rules.select(value) === 'one' || value % 1 ? one : other);

/** From here on a factor is written without decimals, and from the second on as a power of ten. */
const WHOLE = 99.95;
const POWERS = 9995;

/** How many times, with the right form: в 1,50 раза, в 129 раз, в 1,29 × 10⁵ раз. @param {number} value */
export function timesWords(value) {
  const whole = value >= WHOLE ? Math.round(value) : 1.5;
  return `в ${number(value)} ${value < POWERS ? plural(whole, 'раз', 'раза', 'раз') : 'раз'}`;
}
