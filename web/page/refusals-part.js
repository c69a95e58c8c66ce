/**
 * refusals-part.js: the part of the page that says in English why a network was refused, and what of an
 * address was ignored. It is loaded when one of them is first to be said.
 */
export { ignoredWords } from '../locales/en/ignored.js';
export { refusalWords } from '../locales/en/refusals.js';
