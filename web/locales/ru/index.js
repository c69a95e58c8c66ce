/*
 * All words in Russian, the part of the page that is loaded for who reads it: the same names as in English.
 */
/** @type {string} */
export const lang = 'ru';
export * from './choices.js';
export * from './document.js';
export * from './figures.js';
export * from './formula.js';
export * from './images.js';
export * from './lessons.js';
export * from './numbers.js';
export * from './page.js';
export * from './refusals.js';
export * from './seen.js';
export * from './share.js';
export * from './tables.js';
export * from './tuning.js';
