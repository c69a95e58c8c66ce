/**
 * late-limits.js: the limits of the number format that the reader has chosen. It loads what draws them when they are first
 * needed: format-limits.js.
 */
import { words } from '../locales/words.js';
import { colours, textFont } from './colours.js';

/** @typedef {ReturnType<ReturnType<typeof import('./format-limits.js').createFormatLimits>>} Limits */

/** @param {Pick<import('./sheet.js').Page, 'load' | 'note' | 'redraw'>} page */
export function createLateLimits({ load, note, redraw }) {
  /** @type {((name: string) => Limits) | null} */
  let limitsOf = null;
  let isLoading = false;
  /** The last choice, so that each choice tries to load once. */
  let asked = 'none';

  async function request() {
    isLoading = true;
    try {
      limitsOf = (await load('formats')).createFormatLimits({ words: () => words, colours, textFont });
    } catch (error) {
      note(() => words.WORDS.noPart(String(error)));
    }
    isLoading = false;
    redraw();
  }

  return {
    /** The limits of a format; null for none, and while they load. @param {string} name of the format */
    of(name) {
      if (name !== asked && name !== 'none' && !limitsOf && !isLoading) request();
      asked = name;
      return (name !== 'none' && limitsOf?.(name)) || null;
    },

    /** Whether nothing is still to be loaded. */
    ready: () => !isLoading,
  };
}
