/**
 * late-part.js: what the sheet draws with a part of the page that loads once it is needed. When it is needed is up to the caller:
 * late-limits.js, late-formulas.js.
 */
import { words } from '../locales/words.js';

/**
 * @template T
 * @param {Pick<import('./sheet.js').Page, 'load' | 'note' | 'redraw'>} page
 * @param {string} name of the part
 * @param {(part: any) => T} make makes of its exports what draws
 */
export function createLatePart({ load, note, redraw }, name, make) {
  /** @type {T | null} */
  let made = null;
  let isLoading = false;

  return {
    /** What draws; null until it has loaded. */
    made: () => made,

    /** Whether nothing is still to be loaded. */
    ready: () => !isLoading,

    /** Loads the part, unless it is there or on its way, and has the sheet drawn again. */
    async request() {
      if (made || isLoading) return;
      isLoading = true;
      try {
        made = make(await load(name));
      } catch (error) {
        note(() => words.WORDS.noPart(String(error)));
      }
      isLoading = false;
      redraw();
    },
  };
}
