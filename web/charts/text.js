/**
 * text.js: writes the sheet's tables: the chosen layer's figures, and the table of all layers. Formulas are in formulas.js.
 *
 * What they say comes from web/reading/ and the locale. The DOM changes only where the text does: a table's rows are made
 * once for each number of layers. Everything is inserted as text, never as HTML.
 */

import { words } from '../locales/words.js';
import { FIGURES, FURTHER, SPEAKS_OF } from '../reading/figures.js';
import { LETTERS } from '../state/state.js';
import { write } from './write.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */

/**
 * Adds or deletes rows. The first cell of a row is its heading.
 * @param {HTMLTableSectionElement} body
 * @param {number} rows
 * @param {number} columns besides the heading
 */
function fitRows(body, rows, columns) {
  while (body.rows.length > rows) body.deleteRow(-1);
  while (body.rows.length < rows) {
    const row = body.insertRow();
    const heading = document.createElement('th');
    heading.scope = 'row';
    row.append(heading);
    for (let i = 0; i < columns; i++) row.insertCell();
  }
}

/** Figures whose names are terms. @type {Record<string, string>} */
export const TERM_OF = {
  tries: 'lsuv',
  gain: 'gain',
  fanIn: 'fanIn',
  fanOut: 'fanOut',
  schemeStd: 'scheme',
  zRms: 'rms',
  zBorder: 'border',
  correlation: 'correlation',
  aStd: 'std',
  saturated: 'saturated',
  meanSlope: 'slope',
  dead: 'dead',
  deltaRms: 'gradient',
  gradientRms: 'weightGradient',
  weightSquare: 'weightSquare',
  q: 'q',
  chi: 'chi',
  lengthDepth: 'xi',
};

/** Writes the name of a figure, as a button where it is a term. @param {Element} cell @param {string} key */
function writeName(cell, key) {
  if (key in TERM_OF && !cell.firstElementChild) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'term' });
    button.dataset.term = TERM_OF[key];
    cell.append(button);
  }
  write(cell.firstElementChild ?? cell, words.FIGURE_NAMES[/** @type {keyof typeof words.FIGURE_NAMES} */ (key)]);
}

/**
 * Fills the tables of the chosen layer's figures. A figure that concerns neither layer is hidden.
 * @param {HTMLTableSectionElement[]} bodies for a first look, and for a second one (FURTHER)
 * @param {(Layer | undefined)[]} layers the chosen layer of A and of B
 */
export function writeFigures(bodies, layers) {
  bodies.forEach((body, look) => {
    const keys = Object.keys(words.FIGURE_NAMES).filter((key) => FURTHER.includes(key) === look > 0);
    fitRows(body, keys.length, LETTERS.length);
    keys.forEach((key, i) => {
      writeName(body.rows[i].cells[0], key);
      body.rows[i].hidden = key in SPEAKS_OF && !layers.some((layer) => layer && SPEAKS_OF[key](layer));
      for (const [network, layer] of layers.entries()) {
        write(body.rows[i].cells[network + 1], layer ? textOf(key, layer) : '–');
      }
    });
  });
}

/** @param {string} key of a figure @param {Layer} layer */
const textOf = (key, layer) => FIGURES[/** @type {keyof typeof FIGURES} */ (key)](layer);

/**
 * Fills the second row of the head: the columns of A, then those of B.
 * @param {HTMLTableSectionElement} head
 */
function writeRunHead({ rows: [first, second] }) {
  const names = Object.values(words.COLUMN_NAMES);
  LETTERS.forEach((letter, network) => {
    first.cells[network + 1].colSpan = names.length;
    names.forEach((name, column) => {
      const i = 1 + network * names.length + column;
      if (!second.cells[i]) {
        const cell = document.createElement('th');
        second.append(Object.assign(cell, { scope: 'col', className: letter }));
      }
      write(second.cells[i], name);
    });
  });
}

/**
 * Fills the table of the whole run: a row for each layer, with the columns of A and of B.
 * @param {HTMLTableElement} table
 * @param {Layer[][]} networks the layers of A and of B
 * @param {number} depth
 * @param {string[] | null} names of the layers
 */
export function writeRun({ tHead, tBodies: [body] }, networks, depth, names) {
  const keys = Object.keys(words.COLUMN_NAMES);
  writeRunHead(/** @type {HTMLTableSectionElement} */ (tHead));
  fitRows(body, depth, keys.length * LETTERS.length);
  for (let i = 0; i < depth; i++) {
    const { cells } = body.rows[i];
    write(cells[0], names ? `${i + 1} ${names[i]}` : String(i + 1));
    networks.forEach((layers, network) => {
      keys.forEach((key, column) => {
        write(cells[1 + network * keys.length + column], layers[i] ? textOf(key, layers[i]) : '–');
      });
    });
  }
}
