/**
 * numbers-table.js: the numbers of a chart as a table in a fold below it. Screen readers read it as well.
 *
 * The table is filled only while the fold is open. It holds what the chart draws: apart from the edges of bins, nothing
 * is computed here.
 */
import { words } from '../locales/words.js';
import { LETTERS } from '../state/state.js';

/**
 * @typedef {object} Numbers
 * @property {string[]} head
 * @property {(number | undefined)[][]} rows the first number of a row is its heading; undefined: not known
 * @property {Record<number, (value: number) => string>} [write] how a column is written, where not as a number
 */

/** @param {import('./curves.js').Curve[]} curves @param {number} depth @returns {Numbers} a row for each layer from 0 */
export function numbersOfCurves(curves, depth) {
  const { layer, theory, lowest, highest } = words.TABLES;
  const columns = curves.flatMap(({ label, measured, theory: predicted, band }) => [
    { name: label, values: measured },
    ...(predicted.length > 0 ? [{ name: `${label}, ${theory}`, values: predicted }] : []),
    ...(band
      ? [
          { name: `${label}, ${lowest}`, values: band.lo },
          { name: `${label}, ${highest}`, values: band.hi },
        ]
      : []),
  ]);
  return {
    head: [layer, ...columns.map(({ name }) => name)],
    rows: Array.from({ length: depth + 1 }, (_, i) => [i, ...columns.map(({ values }) => values[i])]),
    write: { 0: String },
  };
}

/**
 * @param {(import('../engine/engine.js').Summary | undefined)[]} tensors by layer
 * @returns {Numbers} a row for each layer, from layer 1
 */
export function numbersOfTensors(tensors) {
  const { layer, columns, zeros } = words.TABLES;
  const keys = /** @type {(keyof typeof columns)[]} */ (Object.keys(columns));
  return {
    head: [layer, ...keys.map((key) => columns[key]), zeros],
    rows: tensors.map((tensor, i) => [i + 1, ...keys.map((key) => tensor?.[key]), tensor?.zeros]),
    write: { 0: String, [keys.length + 1]: words.percent },
  };
}

/**
 * @param {import('./bins.js').Axis} axis
 * @param {(Float64Array | undefined)[]} measured densities of A and B
 * @param {((x: number) => number)[]} [theory] densities of A and B
 * @returns {Numbers} a row for each bin, with theory's density at its middle
 */
export function numbersOfBins({ lo, width }, measured, theory) {
  const { from, to, density, theory: predicted } = words.TABLES;
  const length = measured.find(Boolean)?.length ?? 0;
  const theoryHead = theory ? LETTERS.map((letter) => `${letter}, ${predicted}`) : [];
  return {
    head: [from, to, ...LETTERS.map((letter) => `${letter}, ${density}`), ...theoryHead],
    rows: Array.from({ length }, (_, i) => {
      const left = lo + i * width;
      const values = [left + width, ...measured.map((densities) => densities?.[i])];
      return [left, ...values, ...(theory ?? []).map((predict) => predict(left + width / 2))];
    }),
  };
}

/** What the table of each figure shows. @type {WeakMap<Element, () => Numbers>} */
const shown = new WeakMap();

/** The numbers that a figure shows; null where it has none. @param {Element} figure */
export const numbersOfFigure = (figure) => shown.get(figure)?.() ?? null;

/**
 * Adds a fold with a table below a figure.
 * @param {HTMLElement} figure
 * @returns {(numbers: () => Numbers) => void} sets what the table shows; numbers() is called while the fold is open
 */
export function createNumbersTable(figure) {
  const [fold, summary, scroll] = ['details', 'summary', 'section'].map((name) => document.createElement(name));
  fold.className = 'numbers';
  scroll.className = 'scroll';
  scroll.tabIndex = 0; // so that the keyboard can scroll it
  fold.append(summary, scroll);
  figure.append(fold);
  function fill() {
    const title = figure.querySelector('h3')?.textContent ?? '';
    summary.textContent = words.TABLES.open;
    summary.setAttribute('aria-label', `${title}: ${words.TABLES.open}`);
    scroll.setAttribute('aria-label', title);
    const numbers = fold.hasAttribute('open') && numbersOfFigure(figure);
    scroll.replaceChildren(...(numbers ? [createTable(title, numbers)] : []));
  }
  fold.addEventListener('toggle', fill);
  return (numbers) => {
    shown.set(figure, numbers);
    fill();
  };
}

/** @param {string} title @param {Numbers} numbers */
function createTable(title, { head, rows, write = {} }) {
  const table = document.createElement('table');
  table.createCaption().textContent = title;
  const headings = table.createTHead().insertRow();
  for (const name of head) headings.append(createHeading(name, 'col'));
  const body = table.createTBody();
  for (const numbers of rows) {
    const [first, ...rest] = numbers.map((value, column) =>
      value === undefined ? '–' : (write[column] ?? words.number)(value),
    );
    const row = body.insertRow();
    row.append(createHeading(first, 'row'));
    for (const text of rest) row.insertCell().textContent = text;
  }
  return table;
}

/** @param {string} text @param {'col' | 'row'} scope */
const createHeading = (text, scope) => Object.assign(document.createElement('th'), { textContent: text, scope });
