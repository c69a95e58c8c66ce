/**
 * phase-numbers.js: the numbers of the phase map, for its table and its file: a row for some variances of the biases, with
 * the critical variance of the weights, and where networks of the page's depth can train.
 *
 * Pure.
 */
import { crossing } from './phase-grid.js';

/** Steps of the table. */
const STEPS = 16;

/**
 * @param {import('./phase-grid.js').Grid} grid
 * @param {number} depth of the networks
 * @param {any} texts
 * @returns {import('../charts/numbers-table.js').Numbers}
 */
export function numbersOfPhase(grid, depth, texts) {
  const limit = 6 / depth;
  const rows = Array.from({ length: STEPS + 1 }, (_, i) => {
    const row = (i * (grid.rows - 1)) / STEPS;
    const columns = [
      crossing(grid, 'chis', 1, row),
      crossing(grid, 'rates', limit, row),
      crossing(grid, 'rates', -limit, row),
    ];
    const squares = columns.map((column) => (column / (grid.columns - 1)) * grid.most.weightSquare);
    return [(grid.most.biasSquare * i) / STEPS, ...squares.map((one) => (Number.isNaN(one) ? undefined : one))];
  });
  return { head: [texts.biasAxis, texts.critical, texts.from(depth), texts.to], rows };
}
