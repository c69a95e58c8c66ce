/**
 * map-numbers.js: the numbers of the map of trainable depth, for its table and its file: a row for each cell.
 *
 * Pure.
 */
import { CELLS, meanOf, SAMPLES, SCALES, SEEDS } from './map-plan.js';

/**
 * @param {(cell: import('./map-plan.js').Cell) => (number | undefined)[]} valuesOf the accuracy for each seed
 * @param {number[]} scales depth scales for each of SAMPLES; empty while they are not known
 * @param {any} texts
 * @returns {import('../../charts/numbers-table.js').Numbers}
 */
export function numbersOfMap(valuesOf, scales, texts) {
  const rows = CELLS.map((cell) => {
    const values = valuesOf(cell);
    const mean = meanOf(values);
    const limit = SCALES * scales[SAMPLES.indexOf(cell.square)];
    return [
      ...[cell.depth, cell.square, ...SEEDS.map((_, i) => values[i])],
      ...[Number.isNaN(mean) ? undefined : mean, Number.isNaN(limit) ? undefined : limit],
    ];
  });
  const head = [texts.depth, texts.square, ...SEEDS.map(texts.seed), texts.mean, texts.limit];
  return { head, rows, write: { 0: String } };
}
