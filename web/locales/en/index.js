/**
 * index.js: all words in English. Every export of these files is a property of `words` (words.js). Fixed texts are in
 * index.html.
 */
/** @type {string} */
export const lang = 'en';
export * from './choices.js';
export * from './document.js';
export * from './figures.js';
export * from './formula.js';
export * from './images.js';
export * from './legend.js';
export * from './numbers.js';
export * from './overruled.js';
export * from './page.js';
export * from './refusals.js';
export * from './seen.js';
export * from './tables.js';
export * from './tuning.js';
export * from './verdicts.js';
