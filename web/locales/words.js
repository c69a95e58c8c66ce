/**
 * words.js: `words` holds every text of the language that is spoken. Who writes for the reader takes a text from here
 * at the time of writing, and keeps none.
 *
 * Texts that never change stand in index.html (page/language.js writes them in other languages).
 */
import * as english from './en/index.js';

/** @typedef {typeof english} Words */

/** @type {Words} */
export let words = english;

/** The language that was asked for last. */
let wanted = 'en';

/**
 * Speaks a language from now on, once its words are loaded, unless another language has been asked for meanwhile.
 * Rejects where the words cannot be loaded; then the language stays as it was.
 * @param {string} lang en or ru
 * @param {(lang: string) => Promise<Words>} load
 */
export async function speak(lang, load) {
  wanted = lang;
  const next = lang === 'en' ? english : await load(lang);
  if (wanted === lang) words = next;
}
