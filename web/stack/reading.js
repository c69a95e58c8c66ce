/**
 * reading.js: reads a line and a change in B, with all that the editor shows of them: rows, what each layer gives, and what
 * is wrong.
 *
 * Pure, and without words: what is wrong is a refusal and a place in the line.
 */
import { isRefusal, refusalOf } from '../engine/refusal.js';
import { formatStack } from '../engine/stack.js';
import { readChange } from '../state/stacks.js';
import { checkShapes, firstLayerOf, readItem, readRows, writeItem, writeRows } from './rows.js';

/** @typedef {import('../engine/refusal.js').Refusal} Refusal */
/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./rows.js').Stack} Stack */

/** What the reader writes: a line, and what differs in B. @typedef {{ line: string, changeB: string }} Written */

/**
 * @typedef {object} Fault
 * @property {number} start place in the line
 * @property {number} end of it, excluded
 * @property {Refusal} refusal
 * @property {number} row that cannot be there; -1 where the line cannot be read
 * @property {boolean} inB whether it is so in B only
 *
 * @typedef {object} Reading
 * @property {Stack} stack
 * @property {Layer[]} layers of A
 * @property {Layer[]} layersB
 * @property {import('../engine/shapes.js').LayerShape[]} shapes of A's layers, up to the first that cannot be there
 * @property {Written} state what a state holds: the canonical line
 */

/** The change in B as a state holds it. @param {Row[]} rows */
export function changeOf(rows) {
  const place = rows.findIndex(({ changed }) => changed !== undefined);
  return place < 0 ? '' : `${firstLayerOf(rows, place)}=${writeItem(rows[place].changed)}`;
}

/** What the reader would write for rows. @param {Stack} stack @returns {Written} */
export const writeStack = (stack) => ({ line: writeRows(stack), changeB: changeOf(stack.rows) });

/** The row of a layer. @param {Row[]} rows @param {number} layer from 1 */
const rowOf = (rows, layer) => rows.findIndex((row, place) => layer < firstLayerOf(rows, place) + row.count);

/** The line of B alone: the changed row stands apart. @param {Stack} stack */
function lineOfB({ input, rows }) {
  const apart = rows.flatMap((row) =>
    row.changed
      ? [
          { layer: row.changed, count: 1 },
          { layer: row.layer, count: row.count - 1 },
        ]
      : [row],
  );
  return writeRows({ input, rows: apart.filter(({ count }) => count > 0) });
}

/**
 * @param {Written} written
 * @returns {{ reading: Reading | null, fault: Fault | null }} no reading where the line cannot be read
 */
export function readWritten({ line, changeB }) {
  try {
    const { stack, layers, places } = readRows(line);
    const change = readChange(changeB);
    const place = change ? rowOf(stack.rows, change.layer) : -1;
    if (change && place >= 0) stack.rows[place] = { ...stack.rows[place], changed: readItem(change.item) };
    const inB = readRows(lineOfB(stack)).layers;
    const [ofA, ofB] = [layers, inB].map(checkShapes);
    const refusal = ofA.refusal ?? ofB.refusal;
    const layer = (ofA.refusal ? ofA : ofB).shapes.length;
    const fault = refusal && {
      ...places[layer],
      refusal,
      row: rowOf(stack.rows, layer + 1),
      inB: ofA.refusal === null,
    };
    const state = { line: formatStack(layers), changeB: changeOf(stack.rows) };
    return { reading: { stack, layers, layersB: inB, shapes: ofA.shapes, state }, fault };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { position, found } = /** @type {{ position: number, found: string }} */ (error.range);
    const place = { start: position, end: position + found.length };
    return { reading: null, fault: { ...place, refusal: refusalOf(error), row: -1, inB: false } };
  }
}
