/**
 * rows.js: a line of the stack notation as rows of a table, and back: a row for each item, with how often it is repeated.
 * What can be done to rows is here too.
 *
 * Pure. The notation itself is in engine/stack.js. The rows keep what the reader wrote apart: 256-256 are two rows, and
 * 2*256 is one.
 */
import { isRefusal, refusalOf } from '../engine/refusal.js';
import { checkLayerShape } from '../engine/shapes.js';
import { formatStack, readStack, replaceLayer } from '../engine/stack.js';
import { LIMITS } from '../engine/tables.js';

/**
 * @typedef {import('../engine/stack-reader.js').Place} Place
 * @typedef {import('../engine/shapes.js').LayerShape} LayerShape
 *
 * @typedef {object} Row
 * @property {any} layer as in a spec, with the fields that it says itself, and nothing of the input
 * @property {number} count how often it is there
 * @property {any} [changed] the first of its layers as it is in B only
 *
 * @typedef {object} Stack
 * @property {string} input as it is written: 784 or 28x28x1
 * @property {Row[]} rows
 *
 * @typedef {object} Reading a line that could be read
 * @property {Stack} stack
 * @property {import('../engine/spec.js').Layer[]} layers
 * @property {Place[]} places of the layers in the line
 */

/** Fields of a first layer that say what goes in. */
const OF_INPUT = ['inputs', 'channelsIn', 'size'];

/** Inputs before which a layer of each kind can stand. */
const VECTOR = { inputs: 8 };
const IMAGES = { size: [8, 8], channelsIn: 8 };

/** The refusal that was thrown. Anything else is thrown on. @param {unknown} error */
export function whyRefused(error) {
  if (!isRefusal(error)) throw error;
  return refusalOf(error);
}

/** Layers in whose second place a layer of any kind can be read. @type {any[]} */
const AROUND = [{ kind: 'conv', kernel: [1, 1], channelsOut: 8, ...IMAGES }, { kind: 'flatten' }];

/** The hyphens that part items; the input has none. */
const HYPHENS = /[-‐‑‒–—−→]/;

/** The input of a line as it is written. @param {string} line */
export const inputOf = (line) => line.split(HYPHENS)[0].trim();

/** @param {any} layer */
const withoutInput = (layer) => Object.fromEntries(Object.entries(layer).filter(([key]) => !OF_INPUT.includes(key)));

/**
 * @param {string} line
 * @returns {Reading}
 * @throws {import('../engine/refusal.js').RefusalError} where the line cannot be read
 */
export function readRows(line) {
  const { layers, places } = readStack(line);
  /** @type {Row[]} */
  const rows = [];
  layers.forEach((layer, i) => {
    // layers that are written once share their place
    if (i > 0 && places[i] === places[i - 1]) rows[rows.length - 1].count++;
    else rows.push({ layer: withoutInput(layer), count: 1 });
  });
  return { stack: { input: inputOf(line), rows }, layers, places };
}

/**
 * Reads one layer as it is written in a line.
 * @param {string} item
 * @returns {any} the layer, with nothing of the input
 * @throws {import('../engine/refusal.js').RefusalError} positions are those in the item
 */
export const readItem = (item) => replaceLayer(AROUND, 1, item)[1];

/** One layer as it is written in a line. @param {any} layer without an input */
export function writeItem(layer) {
  const line = formatStack([{ ...layer, ...(layer.kind === 'dense' ? VECTOR : IMAGES) }]);
  return line.slice(line.indexOf('-') + 1);
}

/** A row as it is written in a line. @param {Row} row */
export const itemOf = ({ layer, count }) => (count > 1 ? `${count}*` : '') + writeItem(layer);

/** @param {Stack} stack */
export const writeRows = ({ input, rows }) => [input, ...rows.map(itemOf)].join('-');

/** The layer from which a row's layers begin, counted from 1. @param {Row[]} rows @param {number} place of the row */
export const firstLayerOf = (rows, place) => rows.slice(0, place).reduce((sum, { count }) => sum + count, 1);

/** The row of a layer. @param {Row[]} rows @param {number} layer from 1 */
export const rowOf = (rows, layer) => rows.findIndex((row, place) => layer < firstLayerOf(rows, place) + row.count);

/**
 * What each layer gives, up to the first that cannot be there.
 * @param {import('../engine/spec.js').Layer[]} layers
 * @returns {{ shapes: LayerShape[], refusal: import('../engine/refusal.js').Refusal | null }}
 */
export function checkShapes(layers) {
  /** @type {LayerShape[]} */
  const shapes = [];
  try {
    layers.forEach((layer, i) => {
      shapes.push(checkLayerShape(LIMITS, `layers[${i}]`, layer, shapes, i === layers.length - 1));
    });
    return { shapes, refusal: null };
  } catch (error) {
    return { shapes, refusal: whyRefused(error) };
  }
}

/** @template T @param {readonly T[]} list @param {number} place @param {T[]} items put there in place of one */
const replace = (list, place, ...items) => [...list.slice(0, place), ...items, ...list.slice(place + 1)];

/** @param {Row[]} rows @param {number} place @param {Row} row */
export const insertRow = (rows, place, row) => [...rows.slice(0, place), row, ...rows.slice(place)];

/** @param {Row[]} rows @param {number} place */
export const copyRow = (rows, place) =>
  replace(rows, place, rows[place], { layer: rows[place].layer, count: rows[place].count });

/** The last row stays: a network has a layer. @param {Row[]} rows @param {number} place */
export const removeRow = (rows, place) => (rows.length > 1 ? replace(rows, place) : rows);

/** @param {Row[]} rows @param {number} place @param {number} to where the row is afterwards */
export function moveRow(rows, place, to) {
  const end = Math.min(rows.length - 1, Math.max(0, to));
  return insertRow(replace(rows, place), end, rows[place]);
}

/** @param {Row[]} rows @param {number} place @param {Partial<Row>} fields */
export const setRow = (rows, place, fields) => replace(rows, place, { ...rows[place], ...fields });

/**
 * Has a row's first layer differ in B, beginning as it is, or no longer. Only one layer differs.
 * @param {Row[]} rows @param {number} place
 */
export const toggleChanged = (rows, place) =>
  rows.map(({ changed, ...row }, i) => (i === place && !changed ? { ...row, changed: row.layer } : row));

/**
 * Has a layer differ in B. A row that begins before it is two rows then.
 * @param {Row[]} rows none of them changed
 * @param {number} number of the layer, from 1
 * @param {any} changed the layer as it is in B
 */
export function changeLayer(rows, number, changed) {
  const place = rowOf(rows, number);
  const { layer, count } = rows[place];
  const before = number - firstLayerOf(rows, place);
  /** @type {Row[]} */
  const apart = before > 0 ? [{ layer, count: before }] : [];
  return replace(rows, place, ...apart, { layer, count: count - before, changed });
}
