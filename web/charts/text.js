/*
 * What is told in text and tables: the chosen layer's figures and formulas, and the whole run as a table. Everything
 * enters the document as text, or as MathML (mathml.js). Tables are built once for a number of rows and then only their text changes.
 */

import { words } from '../locales/words.js';
import { FIGURES, SPEAKS_OF } from '../reading/figures.js';
import { biasWords, callWords, formulaWords } from '../reading/formula.js';
import { LETTERS } from '../state/state.js';
import { setLine } from './mathml.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */

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
  const names = Object.entries(words.FIGURE_NAMES);
  fitRows(body, names.length, LETTERS.length);
  names.forEach(([key, name], i) => {
    write(body.rows[i].cells[0], name);
    body.rows[i].hidden = key in SPEAKS_OF && !layers.some((layer) => layer && SPEAKS_OF[key](layer));
    for (const [network, layer] of layers.entries()) {
      write(body.rows[i].cells[network + 1], layer ? textOf(key, layer) : '–');
    }
  });
}

/** @param {string} key of a figure @param {Layer} layer */
const textOf = (key, layer) => FIGURES[/** @type {keyof typeof FIGURES} */ (key)](layer);

/** The formulas of weights and biases have at most so many lines. */
const LINES = 8;

/**
 * @param {Element} section with its lines, what libraries call the scheme, and its paper
 * @param {Layer | undefined} layer
 * @param {number} depth
 * @param {import('../engine/spec.js').Tables} tables
 */
export function writeFormula(section, layer, depth, { schemes, libraries }) {
  const find = (/** @type {string} */ selector) => /** @type {Element} */ (section.querySelector(selector));
  const list = find('.lines');
  const lines = layer ? [...formulaWords(layer, depth), ...biasWords(layer)] : [];
  while (list.children.length < LINES) list.append(document.createElement('p'));
  for (const [i, line] of /** @type {HTMLElement[]} */ ([...list.children]).entries()) {
    const text = lines[i] ?? '';
    if (line.dataset.text === text) continue;
    line.dataset.text = text;
    line.replaceChildren(...setLine(text));
  }
  write(find('.calls'), layer ? callWords(layer, libraries) : '');
  write(find('.paper'), schemes.find(({ name }) => name === layer?.scheme)?.paper ?? '');
}

/**
 * The second row of the run's head: the columns of each network.
 * @param {HTMLTableSectionElement} head
 */
function writeRunHead({ rows: [first, second] }) {
  const names = Object.values(words.COLUMN_NAMES);
  LETTERS.forEach((letter, network) => {
    first.cells[network + 1].colSpan = names.length;
    names.forEach((name, column) => {
      const place = 1 + network * names.length + column;
      if (!second.cells[place]) {
        const cell = document.createElement('th');
        second.append(Object.assign(cell, { scope: 'col', className: letter }));
      }
      write(second.cells[place], name);
    });
  });
}

/**
 * @param {HTMLTableElement} table
 * @param {Layer[][]} networks
 * @param {number} depth
 */
export function writeRun({ tHead, tBodies: [body] }, networks, depth) {
  const keys = Object.keys(words.COLUMN_NAMES);
  writeRunHead(/** @type {HTMLTableSectionElement} */ (tHead));
  fitRows(body, depth, keys.length * LETTERS.length);
  for (let i = 0; i < depth; i++) {
    const { cells } = body.rows[i];
    write(cells[0], String(i + 1));
    networks.forEach((layers, network) => {
      keys.forEach((key, column) => {
        write(cells[1 + network * keys.length + column], layers[i] ? textOf(key, layers[i]) : '–');
      });
    });
  }
}
