/**
 * index.js: the words in English that the main script needs. Every export of these files is a property of `words`
 * (words.js). Fixed texts are in index.html. A part of the page that loads later holds its own English words.
 */
/** @type {string} */
export const lang = 'en';
export * from './choices.js';
export * from './document.js';
export * from './figures.js';
export { ignoredWords, refusalWords } from './later.js';
export * from './legend.js';
export * from './numbers.js';
export * from './overruled.js';
export * from './page.js';
export * from './tables.js';
export * from './tuning.js';
export * from './verdicts.js';
