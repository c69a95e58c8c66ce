/*
 * The numbers of a chart as a table beneath it, which is filled when it is open and only then. What a chart draws comes
 * as it is drawn; here it is put into rows, with a heading for each row and column and the chart's title as the
 * caption. Nothing is computed but what a bin's ends are.
 */
import { words } from '../locales/words.js';
import { LETTERS } from '../state/state.js';

/** @typedef {{ head: string[], rows: string[][] }} Numbers the first of a row is its heading */

/** @param {number | undefined} value */
const cell = (value) => (value === undefined ? '–' : words.number(value));

/** @param {import('./curves.js').Curve[]} curves @param {number} depth @returns {Numbers} */
export function numbersOfCurves(curves, depth) {
  const { layer, theory, lowest, highest } = words.TABLES;
  const columns = curves.flatMap(({ label, measured, theory: predicted, band }) => [
    { name: label, values: measured },
    { name: `${label}, ${theory}`, values: predicted },
    ...(band
      ? [
          { name: `${label}, ${lowest}`, values: band.lo },
          { name: highest, values: band.hi },
        ]
      : []),
  ]);
  return {
    head: [layer, ...columns.map(({ name }) => name)],
    rows: Array.from({ length: depth + 1 }, (_, i) => [String(i), ...columns.map(({ values }) => cell(values[i]))]),
  };
}

/** Of each layer. @param {(import('../engine/engine.js').Summary | undefined)[]} tensors @returns {Numbers} */
export function numbersOfRidges(tensors) {
  const { layer, columns, zeros } = words.TABLES;
  const keys = /** @type {(keyof typeof columns)[]} */ (Object.keys(columns));
  return {
    head: [layer, ...keys.map((key) => columns[key]), zeros],
    rows: tensors.map((tensor, i) => [
      String(i + 1),
      ...keys.map((key) => cell(tensor?.[key])),
      tensor ? words.percent(tensor.zeros) : '–',
    ]),
  };
}

/** Of each bin, with theory in its middle. @param {import('./bins.js').Axis} axis
 * @param {(Float64Array | undefined)[]} measured of A and B
 * @param {((x: number) => number)[]} [theory] @returns {Numbers} */
export function numbersOfBins({ lo, width }, measured, theory) {
  const { from, to, density, theory: predicted } = words.TABLES;
  const length = measured.find(Boolean)?.length ?? 0;
  const ofTheory = theory ? LETTERS.map((letter) => `${letter}, ${predicted}`) : [];
  return {
    head: [from, to, ...LETTERS.map((letter) => `${letter}, ${density}`), ...ofTheory],
    rows: Array.from({ length }, (_, i) => {
      const left = lo + i * width;
      const values = [left + width, ...measured.map((densities) => densities?.[i])];
      return [left, ...values, ...(theory ?? []).map((at) => at(left + width / 2))].map(cell);
    }),
  };
}

/**
 * A fold beneath a figure.
 * @param {HTMLElement} figure
 * @returns {(numbers: () => Numbers) => void} to be told what the figure shows now
 */
export function createNumbers(figure) {
  const [fold, summary, scroll] = ['details', 'summary', 'section'].map((name) => document.createElement(name));
  fold.className = 'numbers';
  scroll.className = 'scroll';
  scroll.tabIndex = 0; // what scrolls must do so by the keyboard
  fold.append(summary, scroll);
  figure.append(fold);
  /** @type {(() => Numbers) | null} */
  let latest = null;

  function fill() {
    const title = figure.querySelector('h3')?.textContent ?? '';
    summary.textContent = words.TABLES.open;
    summary.setAttribute('aria-label', `${title}: ${words.TABLES.open}`);
    scroll.setAttribute('aria-label', title);
    if (latest && fold.hasAttribute('open')) scroll.replaceChildren(tableOf(title, latest()));
    else scroll.replaceChildren();
  }
  fold.addEventListener('toggle', fill);
  return (numbers) => {
    latest = numbers;
    fill();
  };
}

/** @param {string} title @param {Numbers} numbers */
function tableOf(title, { head, rows }) {
  const table = document.createElement('table');
  table.createCaption().textContent = title;
  const headings = table.createTHead().insertRow();
  for (const name of head) headings.append(heading(name, 'col'));
  const body = table.createTBody();
  for (const [first, ...rest] of rows) {
    const row = body.insertRow();
    row.append(heading(first, 'row'));
    for (const text of rest) row.insertCell().textContent = text;
  }
  return table;
}

/** @param {string} text @param {'col' | 'row'} scope */
const heading = (text, scope) => Object.assign(document.createElement('th'), { textContent: text, scope });
