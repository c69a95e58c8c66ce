/**
 * refusals-part.js: the part of the page that says in English why a network was refused. It is loaded with the first refusal.
 */
export { refusalWords } from '../locales/en/refusals.js';
