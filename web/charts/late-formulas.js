/**
 * late-formulas.js: the formulas of the chosen layer. They stand below the first view, so what writes them loads once the
 * reader looks at them: formulas.js.
 */
import { words } from '../locales/words.js';
import { createLatePart } from './late-part.js';
import { write } from './write.js';

/** @typedef {ReturnType<typeof import('./formulas.js').createFormulas>} WriteFormula */

/** @param {Pick<import('./sheet.js').Page, 'load' | 'note' | 'redraw'>} page */
export function createLateFormulas(page) {
  const { made, ready, request } = createLatePart(
    page,
    'formulas',
    (part) => /** @type {WriteFormula} */ (part.createFormulas({ words: () => words, write })),
  );
  /** The last reply for which the part was asked for, so that each reply tries once. @type {object | null} */
  let asked = null;

  return {
    /** What writes the formulas; null until it has loaded. @param {boolean} isSeen whether they are in view
     * @param {object} reply */
    writer(isSeen, reply) {
      if (isSeen && asked !== reply) {
        asked = reply;
        request();
      }
      return made();
    },
    request,
    ready,
  };
}
