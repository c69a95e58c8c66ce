/*
 * The words of the language that is spoken: `words` has every export of its files and follows `speak`. Who writes for
 * the reader takes them from here when they write, and keeps none. Not here: what never changes, which stands in
 * index.html, and when to write again, which is main.js's to say.
 */
import { loadPart } from '../page/parts.js';
import * as english from './en/index.js';

/** @typedef {typeof english} Words */

/** @type {Words} */
export let words = english;

/** The language that was asked for last. */
let wanted = 'en';

/**
 * Speaks a language from now on, once its words are there, unless another has been asked for meanwhile. Rejects, and
 * goes on as before, where they cannot be had.
 * @param {string} lang en or ru
 */
export async function speak(lang) {
  wanted = lang;
  const next = lang === 'en' ? english : await loadPart(lang);
  if (wanted === lang) words = next;
}
