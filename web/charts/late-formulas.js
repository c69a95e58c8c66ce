/**
 * late-formulas.js: the formulas of the chosen layer. They stand below the first view, so what writes them loads once the
 * reader looks at them: formulas.js.
 */
import { words } from '../locales/words.js';
import { write } from './write.js';

/** @typedef {ReturnType<typeof import('./formulas.js').createFormulas>} WriteFormula */

/** @param {Pick<import('./sheet.js').Page, 'load' | 'note' | 'redraw'>} page */
export function createLateFormulas({ load, note, redraw }) {
  /** @type {WriteFormula | null} */
  let writeFormula = null;
  let isLoading = false;
  /** The last reply for which the part was asked for, so that each reply tries once. @type {object | null} */
  let asked = null;

  async function request() {
    if (writeFormula || isLoading) return;
    isLoading = true;
    try {
      writeFormula = (await load('formulas')).createFormulas({ words: () => words, write });
    } catch (error) {
      note(() => words.WORDS.noPart(String(error)));
    }
    isLoading = false;
    redraw();
  }

  return {
    /** What writes the formulas; null until it has loaded. @param {boolean} isSeen whether they are in view
     * @param {object} reply */
    writer(isSeen, reply) {
      if (isSeen && asked !== reply) {
        asked = reply;
        request();
      }
      return writeFormula;
    },

    request,

    /** Whether nothing is still to be loaded. */
    ready: () => !isLoading,
  };
}
