/**
 * words.js: `words` holds every text in the current language. Code that writes a text reads it from here each time, and
 * keeps no copy, because the language may change.
 *
 * Fixed texts are in index.html; page/language.js replaces them in other languages.
 */
import * as first from './en/index.js';

/** @typedef {typeof first} Words */

/** @type {Words} */
let english = first;

/** @type {Words} */
export let words = english;

/** Adds words in English that have come with a part of the page. @param {Partial<Words>} more */
export function learn(more) {
  const speaks = words === english;
  english = { ...english, ...more };
  if (speaks) words = english;
}

/** The language that the reader chose last; its words may still be loading. */
let wanted = 'en';

/**
 * Changes the language, once its words are loaded. It has no effect if another language was chosen meanwhile.
 * @param {string} lang one of LANGUAGES
 * @param {(lang: string) => Promise<Words>} load loads the words; if it rejects, the language stays and this rejects
 *   too
 */
export async function speak(lang, load) {
  wanted = lang;
  const next = lang === 'en' ? english : await load(lang);
  if (wanted === lang) words = next;
}
