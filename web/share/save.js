/*
 * What all that is taken away shares: the words for it, a file for the reader, and whether that can be had at all.
 */
import { SHARE_WORDS } from '../locales/en/share.js';

/** In the language that is spoken. @param {any} words of the page @returns {typeof SHARE_WORDS} */
export const textsOf = (words) => words.SHARE_WORDS ?? SHARE_WORDS;

/** Milliseconds for which the file is kept: browsers do not tell when they have taken it. */
const KEPT = 60000;

/** Whether this may be a frame that downloads nothing: browsers do not tell that either. */
export const mayBeBlocked = () => self.origin === 'null' && parent !== self;

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
