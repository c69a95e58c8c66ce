/**
 * formula-words.js: the words in the formulas of a layer, in the language that is spoken. They are English until another
 * language is. They come with the part of the page that writes the formulas, so they are no part of locales/words.js.
 */
import { libraryWords } from '../locales/en/choices.js';
import * as formula from '../locales/en/formula.js';
import * as numbers from '../locales/en/numbers.js';

const english = { ...numbers, ...formula, libraryWords };

/** @typedef {typeof english} FormulaWords */

/** @type {FormulaWords} */
export let words = english;

/** What is spoken. @type {Partial<FormulaWords>} */
let language = english;

/** @param {Partial<FormulaWords>} spoken the words of a language; what it lacks stays English */
export function speakFormulas(spoken) {
  if (spoken !== language) words = { ...english, ...spoken };
  language = spoken;
}
