/**
 * language.js: chooses the language of the page, and writes the texts of index.html in it. Each English text is the key
 * to its translation (words.DOCUMENT).
 *
 * It collects the texts before anything else is written, and leaves alone whatever other files write later.
 */
import { LANGUAGES } from '../locales/languages.js';
import { speak, words } from '../locales/words.js';
import { loadPart } from './parts.js';

/** Attributes that hold text for the reader. */
const ATTRIBUTES = ['aria-label', 'title', 'placeholder'];

/**
 * The language to speak: the chosen one, else the first of the browser's that the page speaks, else English.
 * @param {string} chosen auto, or a language
 * @param {readonly string[]} preferred the browser's languages, such as ru-RU, best first
 */
export function languageOf(chosen, preferred) {
  if (chosen !== 'auto') return chosen;
  const found = preferred.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => LANGUAGES.includes(tag));
  return found ?? 'en';
}

/**
 * Translates a text into the language that is spoken; as it is where it has no translation. It keeps the spaces around
 * it, except before a punctuation mark.
 * @param {string} text in English
 */
function translate(text) {
  const key = text.trim();
  const translation = words.DOCUMENT[key.replace(/\s+/g, ' ')];
  if (translation === undefined) return text;
  const [before, after] = text.split(key);
  return (/^[:,;.]/.test(translation) ? '' : before) + translation + after;
}

/**
 * Collects the texts and the attributes with text inside an element.
 * @param {Element} root
 * @returns {() => void} writes them in the language that is spoken
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
      if (text.isConnected) text.data = translate(data);
    });
  }
  for (const name of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[${name}]`)) {
      const value = element.getAttribute(name) ?? '';
      writers.push(() => element.setAttribute(name, translate(value)));
    }
  }
  return () => {
    for (const write of writers) write();
  };
}

/**
 * Collects the texts of the document: call it before anything else writes.
 * @param {HTMLElement} root the document's root element
 */
export function createLanguage(root) {
  const writeTexts = collectTexts(document.body);
  return {
    /**
     * Writes the document in a language. Where the words cannot be loaded, the language stays as it was.
     * @param {string} lang en or ru
     * @returns {Promise<string>} why the words could not be loaded; '' if they could
     */
    async speak(lang) {
      let failure = '';
      await speak(lang, loadPart).catch((error) => {
        failure = String(error);
      });
      if (root.lang !== words.lang) writeTexts();
      root.lang = words.lang;
      return failure;
    },
  };
}
