/**
 * language.js: which language the page speaks, and the texts of index.html in that language. Their English is the key
 * to their translation (words.DOCUMENT).
 *
 * The texts are collected before anything else is written. Texts that change later are written by others.
 */
import { LANGUAGES } from '../locales/languages.js';
import { speak, words } from '../locales/words.js';
import { loadPart } from './parts.js';

const ATTRIBUTES = ['aria-label', 'title', 'placeholder'];

/**
 * What is chosen, else the first of the browser's that there is, else English.
 * @param {string} chosen auto, or a language
 * @param {readonly string[]} preferred by the browser, such as ru-RU
 */
export function languageOf(chosen, preferred) {
  if (chosen !== 'auto') return chosen;
  const found = preferred.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => LANGUAGES.includes(tag));
  return found ?? 'en';
}

/** A text in the language that is spoken, with the spaces around it that it had; none before a sign. @param {string} text */
function spoken(text) {
  const key = text.trim();
  const other = words.DOCUMENT[key.replace(/\s+/g, ' ')];
  if (other === undefined) return text;
  const [before, after] = text.split(key);
  return (/^[:,;.]/.test(other) ? '' : before) + other + after;
}

/**
 * All that stands in an element now.
 * @param {Element} root
 * @returns {() => void} writes it in the language that is spoken
 */
function collectTexts(root) {
  /** @type {(() => void)[]} */
  const writers = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = /** @type {Text} */ (node);
    const { data, parentElement } = text;
    if (data.trim() === '' || parentElement?.localName === 'noscript') continue;
    writers.push(() => {
      if (text.isConnected) text.data = spoken(data);
    });
  }
  for (const name of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[${name}]`)) {
      const value = element.getAttribute(name) ?? '';
      writers.push(() => element.setAttribute(name, spoken(value)));
    }
  }
  return () => {
    for (const write of writers) write();
  };
}

/**
 * Collects the texts that stand in the document now.
 * @param {HTMLElement} root the document's root element
 */
export function createLanguage(root) {
  const writeTexts = collectTexts(document.body);
  return {
    /**
     * Has the document speak a language. Rejects where its words cannot be loaded; then the language stays as it was.
     * @param {string} lang en or ru
     */
    async speak(lang) {
      await speak(lang, loadPart);
      if (root.lang !== words.lang) writeTexts();
      root.lang = words.lang;
    },
  };
}
