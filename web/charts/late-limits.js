/**
 * late-limits.js: the limits of the number format that the reader has chosen. It loads what draws them when they are first
 * needed: format-limits.js.
 */
import { words } from '../locales/words.js';
import { colours, textFont } from './colours.js';
import { createLatePart } from './late-part.js';

/** @typedef {ReturnType<ReturnType<typeof import('./format-limits.js').createFormatLimits>>} Limits */

/** @param {Pick<import('./sheet.js').Page, 'load' | 'note' | 'redraw'>} page */
export function createLateLimits(page) {
  const { made, ready, request } = createLatePart(
    page,
    'formats',
    (part) =>
      /** @type {(name: string) => Limits} */ (part.createFormatLimits({ words: () => words, colours, textFont })),
  );
  /** The last choice, so that each choice tries to load once. */
  let asked = 'none';

  return {
    /** The limits of a format; null for none, and while they load. @param {string} name of the format */
    of(name) {
      if (name !== asked && name !== 'none') request();
      asked = name;
      return (name !== 'none' && made()?.(name)) || null;
    },
    ready,
  };
}
