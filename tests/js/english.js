/*
 * All English words of the page: those of the main script, and those that parts of the page bring when they load. The words
 * of lessons, of sharing and of the glossary are apart.
 */
// index.js has OVERRULED, ignoredWords and refusalWords too: what is there until these have come
export { BLOCK_TEXTS, OVERRULED } from '../../web/locales/en/blocks.js';
export * from '../../web/locales/en/coordinates.js';
export * from '../../web/locales/en/file-refusals.js';
export * from '../../web/locales/en/formats.js';
export * from '../../web/locales/en/formula.js';
export { ignoredWords } from '../../web/locales/en/ignored.js';
export * from '../../web/locales/en/images.js';
export * from '../../web/locales/en/index.js';
export * from '../../web/locales/en/libraries.js';
export * from '../../web/locales/en/map.js';
export * from '../../web/locales/en/phase.js';
export { REFUSED, refusalWords } from '../../web/locales/en/refusals.js';
export * from '../../web/locales/en/remedies.js';
export * from '../../web/locales/en/seen.js';
export * from '../../web/locales/en/stack.js';
export * from '../../web/locales/en/stack-refusals.js';
export * from '../../web/locales/en/surprises.js';
export * from '../../web/locales/en/training.js';
export * from '../../web/locales/en/typed.js';
