/**
 * coordinates-numbers.js: the numbers of the coordinate check, for its table and its file: a row for each width and step.
 *
 * Pure.
 */
import { changesOf, LAYERS, PARAMETRIZATIONS, STEPS, WIDTHS } from './coordinates-plan.js';

/**
 * @param {import('./coordinates-plan.js').Known} known
 * @param {any} texts
 * @returns {import('../../charts/numbers-table.js').Numbers}
 */
export function numbersOfCoordinates(known, texts) {
  const columns = PARAMETRIZATIONS.flatMap((name) => LAYERS.map((layer) => ({ name, layer })));
  const rows = WIDTHS.flatMap((width, i) =>
    STEPS.map((step) => [width, step, ...columns.map(({ name, layer }) => changesOf(known, name, step, layer)[i])]),
  );
  const head = columns.map(({ name, layer }) => texts.column(texts[name], texts.layers[layer - 1]));
  return { head: [texts.width, texts.step, ...head], rows, write: { 0: String, 1: String } };
}
