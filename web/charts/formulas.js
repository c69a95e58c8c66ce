/**
 * formulas.js: writes the formulas of the chosen layer's weights and biases, the library calls that draw them, and the
 * scheme's paper. It comes with a part of the page, once the reader looks at the layer.
 *
 * What they say is in reading/formula.js and reading/calls.js; mathml.js sets it. Everything is inserted as text or MathML,
 * never as HTML.
 */
import { hasWeights } from '../engine/kinds.js';
import { callWords } from '../reading/calls.js';
import { biasWords, formulaWords } from '../reading/formula.js';
import { speakFormulas, words } from '../reading/formula-words.js';
import { setLine } from './mathml.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {{ words: () => any, write: typeof import('./write.js').write }} Tools what the main script hands over */

/** The formulas of weights and biases have at most this many lines together. */
const LINES = 8;

/** @param {Tools} tools */
export const createFormulas = ({ words: spoken, write }) =>
  /**
   * Writes the formulas of a layer, what libraries call its scheme, and the scheme's paper.
   * @param {Element} section
   * @param {Layer | undefined} layer undefined before it has been computed
   * @param {number} depth
   * @param {import('../engine/spec.js').Tables} tables
   */
  function writeFormula(section, layer, depth, { schemes, libraries }) {
    speakFormulas(spoken());
    const find = (/** @type {string} */ selector) => /** @type {Element} */ (section.querySelector(selector));
    const list = find('.lines');
    const weighted = layer && hasWeights(layer);
    const lines = weighted ? [...formulaWords(layer, depth), ...biasWords(layer)] : [];
    while (list.children.length < LINES) list.append(document.createElement('p'));
    for (const [i, line] of /** @type {HTMLElement[]} */ ([...list.children]).entries()) {
      const text = lines[i] ?? '';
      if (line.dataset.text === text) continue;
      line.dataset.text = text;
      line.replaceChildren(...setLine(text));
    }
    write(find('.calls'), weighted ? callWords(layer, libraries) : layer ? spoken().WORDS.noWeights : '');
    write(find('.paper'), words.paperWords(schemes.find(({ name }) => name === layer?.scheme)?.paper ?? ''));
  };
