/**
 * save.js: saves a file for the reader, and knows where that may fail. It also holds the words of the part.
 *
 * What is in the files is in statistics.js and chart-image.js.
 */
import { SHARE_WORDS } from '../locales/en/share.js';

/**
 * The part's words in the language that is spoken: the part holds the English ones, other languages bring their own.
 * @param {any} words of the page
 * @returns {typeof SHARE_WORDS}
 */
export const textsOf = (words) => words.SHARE_WORDS ?? SHARE_WORDS;

/** Milliseconds for which a file is kept: browsers do not say when they have read it. */
const KEPT = 60000;

/** Whether the page may be in a frame that allows no downloads: browsers do not say that either. */
export const mayBeBlocked = () => self.origin === 'null' && parent !== self;

/** @param {Blob} blob the file @param {string} name the file's name */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
