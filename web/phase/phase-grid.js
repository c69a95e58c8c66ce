/**
 * phase-grid.js: the phase map as numbers at the nodes of a grid, filled column by column, and the lines on which a number
 * has a given value.
 *
 * Pure. The engine computes (engine/phase.js); how it looks is up to phase-chart.js.
 */

/** Cells of a coarse grid, across and up. */
const CELLS = { across: 96, up: 64 };

/** Rates beyond are cut: with weights of 0 the rate is infinite. */
const MOST_RATE = 20;

/** Phases in which nearly equal inputs part, or q grows. */
const BEYOND = ['chaotic', 'explodes'];

/**
 * @typedef {{ weightSquare: number, biasSquare: number }} Place
 *
 * A value of node (column, row) is at column * rows + row. Rows go up.
 * @typedef {object} Grid
 * @property {number} fineness 1, or how many times as many cells it has each way
 * @property {number} columns of nodes
 * @property {number} rows
 * @property {Place} most the variances at the last column and row; at the first they are 0
 * @property {Float64Array} rates 1 / depth scale, above 0 in order and below 0 beyond: so it is smooth at the critical line
 * @property {Float64Array} chis
 * @property {string[]} phases
 * @property {number} filled columns
 */

/** A grid of which nothing is known yet. @param {Place} most @param {number} [fineness] @returns {Grid} */
export function createGrid(most, fineness = 1) {
  const [columns, rows] = [CELLS.across * fineness + 1, CELLS.up * fineness + 1];
  const [rates, chis] = [new Float64Array(columns * rows), new Float64Array(columns * rows)];
  return { most, fineness, columns, rows, rates, chis, phases: [], filled: 0 };
}

/** Whether all columns are filled. @param {Grid} grid */
export const isFull = ({ filled, columns }) => filled === columns;

/** Fills the next column. @param {Grid} grid @param {import('../engine/phase.js').PhaseMap} map */
export function fillColumn(grid, map) {
  const { most, filled, columns, rows } = grid;
  const step = most.biasSquare / (rows - 1);
  const column = map.column((most.weightSquare * filled) / (columns - 1), { first: 0, step, count: rows });
  column.phases.forEach((phase, row) => {
    const i = filled * rows + row;
    const rate = Math.min(MOST_RATE, column.rates[row]);
    grid.rates[i] = BEYOND.includes(phase) ? -rate : rate;
    grid.chis[i] = column.chis[row];
    grid.phases[i] = phase;
  });
  grid.filled++;
}

/** The rate between nodes. @param {Grid} grid @param {number} column @param {number} row */
export function rateBetween({ columns, rows, rates: values }, column, row) {
  const [left, low] = [Math.min(columns - 2, Math.floor(column)), Math.min(rows - 2, Math.floor(row))];
  const [x, y, i] = [column - left, row - low, left * rows + low];
  const from = values[i] + y * (values[i + 1] - values[i]);
  const to = values[i + rows] + y * (values[i + rows + 1] - values[i + rows]);
  return from + x * (to - from);
}

/** The sides of a cell, as pairs of its corners: left below, left above, right below, right above. */
const SIDES = [
  [0, 1],
  [2, 3],
  [0, 2],
  [1, 3],
];

/**
 * The line on which values have a level, as pieces of it, cell by cell.
 * @param {Grid} grid @param {'rates' | 'chis'} name of the values @param {number} level
 * @returns {[column: number, row: number, toColumn: number, toRow: number][]}
 */
export function contour({ columns, rows, ...grid }, name, level) {
  const values = grid[name];
  /** @type {[number, number, number, number][]} */
  const pieces = [];
  for (let column = 0; column < columns - 1; column++) {
    for (let row = 0; row < rows - 1; row++) {
      const i = column * rows + row;
      const above = [i, i + 1, i + rows, i + rows + 1].map((node) => values[node] - level);
      const ends = SIDES.filter(([from, to]) => above[from] > 0 !== above[to] > 0).map(([from, to]) => {
        const share = above[from] / (above[from] - above[to]);
        const place = (/** @type {number} */ a, /** @type {number} */ b) => a + share * (b - a);
        return [column + place(from >> 1, to >> 1), row + place(from & 1, to & 1)];
      });
      for (let k = 0; k + 1 < ends.length; k += 2)
        pieces.push([ends[k][0], ends[k][1], ends[k + 1][0], ends[k + 1][1]]);
    }
  }
  return pieces;
}

/** Where values first cross a level in a row, from the left: a column, or NaN. @param {Grid} grid
 * @param {'rates' | 'chis'} name @param {number} level @param {number} row */
export function crossing({ columns, rows, ...grid }, name, level, row) {
  const values = grid[name];
  for (let column = 0; column < columns - 1; column++) {
    const [from, to] = [values[column * rows + row] - level, values[(column + 1) * rows + row] - level];
    if (from > 0 !== to > 0) return column + from / (from - to);
  }
  return Number.NaN;
}

/** The middle of each phase that has an area: where its name may stand. @param {Grid} grid
 * @returns {{ phase: string, column: number, row: number }[]} */
export function middlesOf({ rows, phases }) {
  return [...new Set(phases)].flatMap((phase) => {
    const nodes = phases.flatMap((one, i) => (one === phase ? [i] : []));
    if (nodes.length < phases.length / 40) return [];
    const mean = (/** @type {(i: number) => number} */ read) =>
      nodes.reduce((sum, i) => sum + read(i), 0) / nodes.length;
    const [column, row] = [mean((i) => Math.floor(i / rows)), mean((i) => i % rows)];
    return phases[Math.round(column) * rows + Math.round(row)] === phase ? [{ phase, column, row }] : [];
  });
}

/** Multiples of the least range. */
const RANGES = { weightSquare: [1, 2.5, 10, 64], biasSquare: [1, 4, 25] };

/** The least range that shows all places. @param {Place} least of the activation @param {Place[]} places
 * @returns {Place} */
export function rangeFor(least, places) {
  const most = (/** @type {keyof Place} */ key) => {
    const largest = Math.max(0, ...places.map((place) => place[key]));
    const factor = RANGES[key].find((one) => one * least[key] >= largest) ?? RANGES[key][RANGES[key].length - 1];
    return factor * least[key];
  };
  return { weightSquare: most('weightSquare'), biasSquare: most('biasSquare') };
}

/** The range with which the map of an activation opens: one in which something happens. Sigmoid is ordered up to 100.
 * @param {import('../engine/phase.js').PhaseMap} map @returns {Place} */
export function leastRange(map) {
  const weightSquare = [4, 160].find((most) => !['ordered', 'decays'].includes(map.point(most).phase)) ?? 4;
  return { weightSquare, biasSquare: 1 };
}
