/**
 * index.js: all words in Russian, under the same names as in English. They load when the reader chooses Russian.
 */
/** @type {string} */
export const lang = 'ru';
export * from './blocks.js';
export * from './choices.js';
export * from './coordinates.js';
export * from './document.js';
export * from './figures.js';
export * from './file-refusals.js';
export * from './formats.js';
export * from './formula.js';
export * from './glossary.js';
export * from './images.js';
export * from './legend.js';
export * from './lessons.js';
export * from './libraries.js';
export * from './map.js';
export * from './numbers.js';
export * from './overruled.js';
export * from './page.js';
export * from './phase.js';
export * from './refusals.js';
export * from './remedies.js';
export * from './seen.js';
export * from './share.js';
export * from './stack.js';
export * from './stack-refusals.js';
export * from './surprises.js';
export * from './tables.js';
export * from './training.js';
export * from './tuning.js';
export * from './typed.js';
export * from './verdicts.js';
