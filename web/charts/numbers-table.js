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
 * @property {(number | string | undefined)[][]} rows the first of a row is its heading; undefined: not known
 * @property {Record<number, (value: number) => string>} [write] how a column is written, where not as a number
 */

/**
 * The head and the numbers of a table by layer, with a column of names where the layers have names.
 * @param {string[]} columns
 * @param {(number | undefined)[][]} rows of numbers
 * @param {number} first the layer of the first row
 * @param {string[] | null} names
 * @returns {Numbers}
 */
function byLayer(columns, rows, first, names) {
  const { layer, name } = words.TABLES;
  return {
    head: [layer, ...(names ? [name] : []), ...columns],
    rows: rows.map((numbers, i) => [i + first, ...(names ? [names[i + first - 1]] : []), ...numbers]),
    write: { 0: String },
  };
}

/** @param {import('./curves.js').Curve[]} curves @param {number} depth @param {string[] | null} names of the layers
 * @returns {Numbers} a row for each layer from 0 */
export function numbersOfCurves(curves, depth, names = null) {
  const { theory, lowest, highest } = words.TABLES;
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
  const rows = Array.from({ length: depth + 1 }, (_, i) => columns.map(({ values }) => values[i]));
  return byLayer(
    columns.map(({ name }) => name),
    rows,
    0,
    names,
  );
}

/**
 * @param {(import('../engine/engine.js').Summary | undefined)[]} tensors by layer
 * @param {string[] | null} names of the layers
 * @returns {Numbers} a row for each layer, from layer 1
 */
export function numbersOfTensors(tensors, names = null) {
  const { columns, zeros } = words.TABLES;
  const keys = /** @type {(keyof typeof columns)[]} */ (Object.keys(columns));
  const rows = tensors.map((tensor) => [...keys.map((key) => tensor?.[key]), tensor?.zeros]);
  const table = byLayer([...keys.map((key) => columns[key]), zeros], rows, 1, names);
  return { ...table, write: { 0: String, [table.head.length - 1]: words.percent } };
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
      value === undefined ? '–' : typeof value === 'string' ? value : (write[column] ?? words.number)(value),
    );
    const row = body.insertRow();
    row.append(createHeading(first, 'row'));
    for (const text of rest) row.insertCell().textContent = text;
  }
  return table;
}

/** @param {string} text @param {'col' | 'row'} scope */
const createHeading = (text, scope) => Object.assign(document.createElement('th'), { textContent: text, scope });
