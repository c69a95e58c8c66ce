/*
 * The forms that Russian words take beside numbers.
 */
const rules = new Intl.PluralRules('ru');

/**
 * The form of a word that is counted: 1 слой, 2 слоя, 5 слоёв; with a fraction as with two, 1,5 слоя.
 * @param {number} value @param {string} one @param {string} few @param {string} many
 */
export const plural = (value, one, few, many) => ({ one, many })[/** @type {string} */ (rules.select(value))] ?? few;

/** The form after a preposition: из 1 слоя, из 2 слоёв. @param {number} value whole @param {string} one
 * @param {string} other */
export const pluralOf = (value, one, other) => (rules.select(value) === 'one' ? one : other);
