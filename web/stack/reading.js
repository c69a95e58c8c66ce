/**
 * reading.js: reads a line and a change in B, with all that the editor shows of them: rows, what each layer gives, and what
 * is wrong.
 *
 * Pure, and without words: what is wrong is a refusal and a place in the line.
 */
import { formatStack } from '../engine/stack.js';
import { readChange } from '../state/stacks.js';
import {
  changeLayer,
  checkShapes,
  firstLayerOf,
  readItem,
  readRows,
  rowOf,
  whyRefused,
  writeItem,
  writeRows,
} from './rows.js';

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
 * @property {Written} state what a state holds: the canonical line, and a change in B that fits
 *
 * @typedef {object} Lost a change in B that does not count
 * @property {number | null} layer that it is of, from 1; null where it has no number
 * @property {string} item what was written for that layer; all that was written, where it has no number
 * @property {number} depth how many layers there are
 * @property {Refusal | null} refusal of the layer, with positions in it, or in the line for an input that it does not fit;
 *   null where there is no such layer
 */

/** The change in B as a state holds it. @param {Row[]} rows */
export function changeOf(rows) {
  const place = rows.findIndex(({ changed }) => changed !== undefined);
  return place < 0 ? '' : `${firstLayerOf(rows, place)}=${writeItem(rows[place].changed)}`;
}

/** What the reader would write for rows. @param {Stack} stack @returns {Written} */
export const writeStack = (stack) => ({ line: writeRows(stack), changeB: changeOf(stack.rows) });

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
 * The rows with the change in B, or why it does not count.
 * @param {Row[]} rows
 * @param {string} changeB
 * @returns {{ rows: Row[], lost: Lost | null }}
 */
function withChange(rows, changeB) {
  if (changeB === '') return { rows, lost: null };
  const { layer, item } = readChange(changeB) ?? { layer: null, item: changeB };
  const depth = firstLayerOf(rows, rows.length) - 1;
  if (layer === null || layer < 1 || layer > depth) return { rows, lost: { layer, item, depth, refusal: null } };
  try {
    return { rows: changeLayer(rows, layer, readItem(item)), lost: null };
  } catch (error) {
    return { rows, lost: { layer, item, depth, refusal: whyRefused(error) } };
  }
}

/**
 * What cannot be there, if anything: a layer of A, the input before the changed first layer, or a layer of B.
 * @param {Stack} stack
 * @param {import('./rows.js').Place[]} places
 * @param {number} start of the input in the line
 * @param {ReturnType<typeof checkShapes>} ofA
 * @param {ReturnType<typeof readB>} ofB
 * @returns {Fault | null}
 */
function faultOf({ rows }, places, start, ofA, ofB) {
  const inB = ofA.refusal === null;
  const { refusal, shapes } = inB ? ofB : ofA;
  if (!refusal) return null;
  if (inB && !ofB.layers) return { ...placeOf(refusal, start), refusal, row: 0, inB };
  return { ...places[shapes.length], refusal, row: rowOf(rows, shapes.length + 1), inB };
}

/** The place of what cannot be read. @param {Refusal} refusal @param {number} [start] of the text in the line */
function placeOf({ range }, start = 0) {
  const { position, found } = /** @type {{ position: number, found: string }} */ (range);
  return { start: start + position, end: start + position + found.length };
}

/** B's layers, or why they do not fit the input: the changed layer is the first then. @param {Stack} stack */
function readB(stack) {
  try {
    const { layers } = readRows(lineOfB(stack));
    return { layers, ...checkShapes(layers) };
  } catch (error) {
    return { layers: null, shapes: [], refusal: whyRefused(error) };
  }
}

/**
 * @param {Written} written
 * @returns {{ reading: Reading | null, fault: Fault | null, lost: Lost | null }} no reading where the line cannot be read
 */
export function readWritten({ line, changeB }) {
  try {
    const { stack: written, layers, places } = readRows(line);
    const { rows, lost } = withChange(written.rows, changeB);
    const stack = { ...written, rows };
    const [ofA, ofB] = [checkShapes(layers), readB(stack)];
    const fits = ofB.layers !== null;
    const state = { line: formatStack(layers), changeB: fits ? changeOf(rows) : '' };
    return {
      reading: { stack, layers, layersB: ofB.layers ?? layers, shapes: ofA.shapes, state },
      fault: faultOf(stack, places, line.length - line.trimStart().length, ofA, ofB),
      lost: fits ? lost : { layer: 1, item: writeItem(rows[0].changed), depth: layers.length, refusal: ofB.refusal },
    };
  } catch (error) {
    const refusal = whyRefused(error);
    return { reading: null, fault: { ...placeOf(refusal), refusal, row: -1, inB: false }, lost: null };
  }
}
