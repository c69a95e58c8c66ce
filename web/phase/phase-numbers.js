/**
 * phase-numbers.js: the numbers of the phase map, for its table and its file: a row for some variances of the biases, with
 * the critical variance of the weights, and where networks of the page's depth can train.
 *
 * Pure.
 */
import { COLUMNS, crossing, ROWS } from './phase-grid.js';

/** Rows of the grid from one row of the table to the next. */
const EVERY = 4;

/**
 * @param {import('./phase-grid.js').Grid} grid
 * @param {number} depth of the networks
 * @param {any} texts
 * @returns {import('../charts/numbers-table.js').Numbers}
 */
export function numbersOfPhase({ most, rates, chis }, depth, texts) {
  const limit = 6 / depth;
  const rows = Array.from({ length: (ROWS - 1) / EVERY + 1 }, (_, i) => {
    const row = i * EVERY;
    const columns = [crossing(chis, 1, row), crossing(rates, limit, row), crossing(rates, -limit, row)];
    const squares = columns.map((column) => (column / (COLUMNS - 1)) * most.weightSquare);
    return [(most.biasSquare * row) / (ROWS - 1), ...squares.map((one) => (Number.isNaN(one) ? undefined : one))];
  });
  return { head: [texts.biasAxis, texts.critical, texts.from(depth), texts.to], rows };
}
