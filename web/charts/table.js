/*
 * What is told in text and tables: the chosen layer's figures and formulas, and the whole run as a table. Everything
 * enters the document as textContent. Tables are built once for a number of rows and then only their text changes.
 */
import { words } from '../locales/words.js';
import { LETTERS } from '../state.js';

/** @typedef {import('../client.js').Layer} Layer */

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
 * @param {(Layer | undefined)[]} layers the chosen layer of A and of B
 */
export function writeFigures(body, layers) {
  fitRows(body, words.FIGURES.length, LETTERS.length);
  words.FIGURES.forEach(([name, value, speaksOf], i) => {
    write(body.rows[i].cells[0], name);
    body.rows[i].hidden = speaksOf !== undefined && !layers.some((layer) => layer && speaksOf(layer));
    for (const [network, layer] of layers.entries()) {
      write(body.rows[i].cells[network + 1], layer ? value(layer) : '–');
    }
  });
}

/** The formulas of weights and biases have at most so many lines. */
const LINES = 8;

/**
 * @param {Element} section with its lines, what libraries call the scheme, and its paper
 * @param {Layer | undefined} layer
 * @param {number} depth
 * @param {import('../spec.js').Tables} tables
 */
export function writeFormula(section, layer, depth, { schemes, libraries }) {
  const find = (/** @type {string} */ selector) => /** @type {Element} */ (section.querySelector(selector));
  const list = find('.lines');
  const lines = layer ? [...words.formulaWords(layer, depth), ...words.biasWords(layer)] : [];
  while (list.children.length < LINES) list.append(document.createElement('p'));
  for (const [i, line] of [...list.children].entries()) write(line, lines[i] ?? '');
  write(find('.calls'), layer ? words.callWords(layer, libraries) : '');
  write(find('.paper'), schemes.find(({ name }) => name === layer?.scheme)?.paper ?? '');
}

/**
 * The second row of the run's head: the columns of each network.
 * @param {HTMLTableSectionElement} head
 */
export function writeRunHead(head) {
  for (const [i, letter] of LETTERS.entries()) {
    head.rows[0].cells[i + 1].colSpan = words.COLUMNS.length;
    for (const [name] of words.COLUMNS) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = name;
      cell.className = letter;
      head.rows[1].append(cell);
    }
  }
}

/**
 * @param {HTMLTableSectionElement} body
 * @param {Layer[][]} networks
 * @param {number} depth
 */
export function writeRun(body, networks, depth) {
  fitRows(body, depth, words.COLUMNS.length * LETTERS.length);
  for (let i = 0; i < depth; i++) {
    const { cells } = body.rows[i];
    write(cells[0], String(i + 1));
    networks.forEach((layers, network) => {
      words.COLUMNS.forEach(([, value], column) => {
        write(cells[1 + network * words.COLUMNS.length + column], layers[i] ? value(layers[i]) : '–');
      });
    });
  }
}
