/*
 * All English words of the page: those of the main script, and those that parts of the page bring when they load. The words
 * of lessons, of sharing and of the glossary are apart.
 */
// with what index.js has of the same name
export { BLOCK_TEXTS, OVERRULED } from '../../web/locales/en/blocks.js';
export * from '../../web/locales/en/coordinates.js';
export * from '../../web/locales/en/file-refusals.js';
export * from '../../web/locales/en/images.js';
export * from '../../web/locales/en/index.js';
export * from '../../web/locales/en/map.js';
export * from '../../web/locales/en/phase.js';
// index.js has a refusalWords that stands in for this one
export { REFUSED, refusalWords } from '../../web/locales/en/refusals.js';
export * from '../../web/locales/en/remedies.js';
export * from '../../web/locales/en/seen.js';
export * from '../../web/locales/en/stack.js';
export * from '../../web/locales/en/stack-refusals.js';
export * from '../../web/locales/en/training.js';
export * from '../../web/locales/en/typed.js';
