/*
 * How numbers are written in Russian, and the words that go with them.
 */
import { notation } from '../notation.js';

export const { power, fixed, exact, number, plain, percent, count } = notation(',', '·', '\u00a0');

const rules = new Intl.PluralRules('ru');

/**
 * The form of a word beside a number: 1 слой, 2 слоя, 5 слоёв; with a fraction as with two, 1,5 слоя.
 * @param {number} value @param {string} one @param {string} few @param {string} many
 */
export const plural = (value, one, few, many) => ({ one, many })[/** @type {string} */ (rules.select(value))] ?? few;

/** The form after a preposition with the genitive: из 1 слоя, из 2 слоёв. @param {number} value @param {string} one
 * @param {string} other */
export const pluralOf = (value, one, other) => (rules.select(value) === 'one' || value % 1 ? one : other);
