/**
 * kept-rows.js: reads a line that the table wrote. Where it cannot be read, the table keeps its rows, and the row or the
 * field that is wrong is found by its place in the line.
 *
 * Pure. What a line means is in reading.js.
 */
import { readWritten } from './reading.js';
import { itemOf } from './rows.js';

/**
 * @typedef {import('./rows.js').Stack} Stack
 * @typedef {import('./reading.js').Reading} Reading
 * @typedef {import('./reading.js').Fault} Fault
 *
 * What the reader wrote. Rows: those that the table wrote the line from.
 * @typedef {import('./reading.js').Written & { stack?: Stack }} Kept
 */

/** Fields of a layer that its row shows as its size, and those of a first layer that the input says.
 * @type {Record<string, string>} */
const SHOWN_AS = {
  units: 'size',
  channelsOut: 'size',
  window: 'size',
  inputs: 'input',
  size: 'input',
  channelsIn: 'input',
};

/** Refusals of a whole line that are about one field. @type {Record<string, string>} */
const FIELD_OF_CODE = { stackDeep: 'count' };

/** Where a place in the line of rows is. @param {Stack} stack @param {number} position */
function findInRows({ input, rows }, position) {
  let end = input.length;
  if (position < end) return { row: -1, field: 'input' };
  const row = rows.findIndex((one) => {
    end += 1 + itemOf(one).length;
    return position < end;
  });
  return { row: row < 0 ? rows.length - 1 : row, field: 'kind' };
}

/** Rows whose line cannot be read: what their layers give is not known. @param {Stack} stack @returns {any} */
function unreadRows(stack) {
  const layers = stack.rows.flatMap(({ layer, count }) => Array(count).fill(layer));
  return { stack, layers, layersB: layers, shapes: [], state: { line: '', changeB: '' } };
}

/** The field of a layer's row, or of the input, that a refusal is about. @param {Fault} fault */
function fieldOf({ refusal: { code, field } }) {
  if (code.startsWith('stack')) return 'kind'; // B's first layer takes another input
  const key = String(field).split('.').at(-1) ?? '';
  return SHOWN_AS[key] ?? key;
}

/**
 * @param {Kept} written
 * @returns {ReturnType<typeof readWritten> & { wrong: { row: number, field: string, inB: boolean } | null }} with the place
 *   in the table that is wrong; null where the table does not show what is wrong
 */
export function readKept(written) {
  const found = readWritten(written);
  const { reading, fault } = found;
  const { stack } = written;
  if (!fault) return { ...found, wrong: null };
  if (reading) return { ...found, wrong: { row: fault.row, field: fieldOf(fault), inB: fault.inB } };
  if (!stack) return { ...found, wrong: null };
  const { row, field } = findInRows(stack, fault.start);
  const wrong = { row, field: FIELD_OF_CODE[fault.refusal.code] ?? field, inB: fault.inB };
  return { ...found, reading: unreadRows(stack), wrong };
}
