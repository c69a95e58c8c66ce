/*
 * What is told in text and tables: the chosen layer's figures and formulas, and the whole run as a table. Everything
 * enters the document as textContent. Tables are built once for a number of rows and then only their text changes.
 */
import { COLUMNS, FIGURES, formulaWords } from '../locales/en.js';
import { LETTERS } from './theme.js';

/** @typedef {import('../engine.js').LayerResult} LayerResult */

/**
 * Text into an element, only if it differs.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Brings a table's body to a number of rows and columns; the first cell of a row is its heading.
 * @param {HTMLTableSectionElement} body
 * @param {number} rows
 * @param {number} columns
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

/**
 * @param {HTMLTableSectionElement} body
 * @param {(LayerResult | undefined)[]} layers the chosen layer of A and of B
 */
export function writeFigures(body, layers) {
  fitRows(body, FIGURES.length, LETTERS.length);
  FIGURES.forEach(([name, value], i) => {
    write(body.rows[i].cells[0], name);
    for (const [network, layer] of layers.entries()) {
      write(body.rows[i].cells[network + 1], layer ? value(layer) : '–');
    }
  });
}

/**
 * @param {Element} list of lines
 * @param {Element} paper
 * @param {LayerResult | undefined} layer
 * @param {import('../spec.js').Scheme[]} schemes
 */
export function writeFormula(list, paper, layer, schemes) {
  const scheme = schemes.find(({ name }) => name === layer?.scheme);
  const lines = layer && scheme ? formulaWords(layer, scheme) : [];
  while (list.children.length < 4) list.append(document.createElement('p'));
  for (const [i, line] of [...list.children].entries()) write(line, lines[i] ?? '');
  write(paper, scheme?.paper ?? '');
}

/**
 * @param {HTMLTableSectionElement} body
 * @param {LayerResult[][]} networks
 * @param {number} depth
 */
export function writeRun(body, networks, depth) {
  fitRows(body, depth, COLUMNS.length * LETTERS.length);
  for (let i = 0; i < depth; i++) {
    const { cells } = body.rows[i];
    write(cells[0], String(i + 1));
    networks.forEach((layers, network) => {
      COLUMNS.forEach(([, value], column) => {
        write(cells[1 + network * COLUMNS.length + column], layers[i] ? value(layers[i]) : '–');
      });
    });
  }
}
