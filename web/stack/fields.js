/**
 * fields.js: the fields of a layer as text, one at a time: what a cell of the table shows, and what is typed into it. Both
 * are in the stack notation, so the table takes what the line takes.
 *
 * Pure. What a cell looks like is in cells.js.
 */
import { refuse } from '../engine/refusal.js';
import { inherited } from '../engine/stack-plain.js';
import { KINDS, OPTIONS } from '../engine/stack-words.js';
import { LIMITS, SCHEMES } from '../engine/tables.js';
import { inputOf, readItem, writeItem } from './rows.js';

/** The field that holds a layer's size. @type {Record<string, string>} */
const SIZE_FIELDS = { units: 'units', channels: 'channelsOut', window: 'window', over: 'over' };

/** Sizes of a layer that has none yet. @type {Record<string, unknown>} */
const SIZES = { units: 64, channelsOut: 16, window: [2, 2], over: 1 };

/** @param {string} kind @returns {string | null} */
export const sizeFieldOf = (kind) => SIZE_FIELDS[KINDS[kind].number ?? ''] ?? null;

/** A layer with its size and nothing else. @param {string} kind */
function bareLayer(kind) {
  const field = sizeFieldOf(kind);
  return field ? { kind, [field]: SIZES[field] } : { kind };
}

/** What filledIn has read, by kind: a table asks for it at each cell. @type {Map<string, Record<string, unknown>>} */
const known = new Map();

/** What a layer of a kind takes where its line does not say, of the fields that the notation fills in.
 * @param {string} kind @returns {Record<string, unknown>} */
function filledIn(kind) {
  const fields = known.get(kind) ?? readItem(writeItem(bareLayer(kind)));
  known.set(kind, fields);
  return fields;
}

/** The value that the engine gives a field that a layer does not say; undefined where the whole network says it.
 * @param {string} kind @param {string} field @param {any} layer */
function usualOf(kind, field, layer) {
  const window = layer.window?.[0];
  const usual = /** @type {Record<string, unknown>} */ ({
    stride: kind.endsWith('-pool') ? window : 1,
    padding: kind === 'conv' ? 'same' : kind === 'transposed-conv' ? 0 : 'valid',
    outputPadding: 0,
    groups: 1,
  });
  return usual[field] ?? inherited(kind, {}, 1, 1)[field] ?? filledIn(kind)[field];
}

/** @param {any} value */
const textOf = (value) => (Array.isArray(value) && value[0] === value[1] ? String(value[0]) : String(value));

/** Whether a layer of a kind has a field. @param {string} kind @param {string} field */
export const hasField = (kind, field) =>
  field === 'size' ? sizeFieldOf(kind) !== null : KINDS[kind].options.includes(field) && field !== 'window';

/**
 * @param {any} layer
 * @param {string} field `size`, or one of the notation's
 * @returns {string} as in the notation; '' where the layer does not say
 */
export function showField(layer, field) {
  const { kind } = layer;
  const key = field === 'size' ? /** @type {string} */ (sizeFieldOf(kind)) : field;
  const value = layer[key];
  if (value === undefined || (field !== 'size' && String(value) === String(usualOf(kind, field, layer)))) return '';
  if (field === 'size' || field === 'kernel')
    return Array.isArray(value) && value[0] !== value[1] ? value.join('x') : textOf(value);
  if (field === 'scheme') return typeof value === 'object' ? value.name : value;
  if (field !== 'bias') return String(value);
  const item = writeItem({ ...bareLayer(kind), bias: value });
  return item.slice(item.indexOf('bias=') + 'bias='.length);
}

/** What is used where the layer does not say; '' where the whole network says it. @param {any} layer @param {string} field */
export const showUsual = (layer, field) => {
  const usual = usualOf(layer.kind, field, layer);
  return usual === undefined ? '' : textOf(usual);
};

/**
 * Reads an item that says one field of a layer and nothing else.
 * @param {string} kind
 * @param {string} field
 * @param {string} item
 * @returns {Record<string, unknown>}
 * @throws {import('../engine/refusal.js').RefusalError}
 */
function readOne(kind, field, item) {
  const read = readItem(item);
  const usual = { ...filledIn(kind), [field]: read[field] };
  if (Object.entries(read).some(([key, value]) => String(value) !== String(usual[key])))
    refuse('wrongType', 'stack', item, 'number');
  return { [field]: read[field] };
}

/**
 * Reads what was typed.
 * @param {any} layer
 * @param {string} field
 * @param {string} text '' takes the field away
 * @returns {Record<string, unknown>} fields to set
 * @throws {import('../engine/refusal.js').RefusalError}
 */
export function readField({ kind }, field, text) {
  const word = KINDS[kind].words[0];
  if (field === 'size') {
    const key = /** @type {string} */ (sizeFieldOf(kind));
    return readOne(kind, key, word + (key === 'window' ? `:window=${text}` : text));
  }
  if (text === '') return { [field]: undefined };
  const option = field === 'scheme' ? text : `${OPTIONS[field].words[0]}=${text}`;
  return readOne(kind, field, `${writeItem(bareLayer(kind))}:${option}`);
}

/**
 * Reads what was typed as the input. Whether a network can begin with it is decided where the line is read.
 * @param {string} text
 * @throws {import('../engine/refusal.js').RefusalError} where it would begin layers
 */
export function readInput(text) {
  if (inputOf(text) !== text) refuse('wrongType', 'stack', text, 'number');
  return text;
}

/**
 * Reads how often a layer is there.
 * @param {string} text
 * @returns {number}
 * @throws {import('../engine/refusal.js').RefusalError}
 */
export function readCount(text) {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > LIMITS.depth)
    refuse('wholeRange', 'stack', text, [1, LIMITS.depth]);
  return count;
}

/**
 * Reads the number of a layer's scheme. What else the scheme says stays.
 * @param {any} layer whose scheme has a number
 * @param {string} text '' takes the number away
 * @returns {Record<string, unknown>} fields to set
 * @throws {import('../engine/refusal.js').RefusalError}
 */
export function readSchemeNumber(layer, text) {
  const { name, key } = /** @type {SchemeNumber} */ (schemeNumberOf(layer));
  const { scheme } = /** @type {any} */ (readField(layer, 'scheme', `${name}${text && `=${text}`}`));
  const before = typeof layer.scheme === 'object' ? layer.scheme : {};
  const kept = Object.fromEntries(Object.entries(before).filter(([field]) => field !== key));
  return { scheme: Object.keys(kept).length > 1 ? { ...kept, ...(text && { [key]: scheme[key] }) } : scheme };
}

/**
 * @typedef {object} SchemeNumber a scheme's own number
 * @property {string} name of the scheme
 * @property {string} key the field that holds the number
 * @property {number} given its default
 * @property {number} [said] what the layer says
 */

/** The number of a layer's scheme; null where it has none. @param {any} layer @returns {SchemeNumber | null} */
export function schemeNumberOf({ scheme }) {
  const name = typeof scheme === 'object' ? scheme.name : scheme;
  const row = /** @type {{ name: string, value?: string, given?: number }[]} */ (/** @type {unknown} */ (SCHEMES)).find(
    (one) => one.name === name,
  );
  if (!row?.value) return null;
  return { name, key: row.value, given: Number(row.given), said: scheme[row.value] };
}

/** Fields that only layers with the same size field share: the stride of a pooling is not that of a convolution. */
const OF_WINDOW = ['window', 'stride', 'padding'];

/** The most channels that a dense layer becomes: a convolution has them at each place. */
const MOST_CHANNELS = 64;

/**
 * A layer of another kind, with what both kinds have. A transposed convolution takes no padding by name.
 * @param {any} layer @param {string} kind
 */
export function changeKind(layer, kind) {
  const [before, after] = [sizeFieldOf(layer.kind), sizeFieldOf(kind)];
  const bare = /** @type {any} */ (bareLayer(kind));
  const counts = ['units', 'channelsOut'];
  if (after && before && counts.includes(before) && counts.includes(after)) bare[after] = layer[before];
  if (before === 'units' && after === 'channelsOut') bare[after] = Math.min(layer.units, MOST_CHANNELS);
  const isNamed = (/** @type {unknown} */ value) => typeof value === 'string';
  const kept = Object.entries(layer).filter(([field, value]) => {
    if (!KINDS[kind].options.includes(field) || (OF_WINDOW.includes(field) && before !== after)) return false;
    return field !== 'padding' || kind === layer.kind || after === 'window' || !isNamed(value);
  });
  return { ...bare, ...Object.fromEntries(kept) };
}

/** The layer that the reader is likely to want next: one like the last, or after a pooling one like the convolution
 * before. @param {any[]} layers @returns {any} */
export function nextLayer(layers) {
  const last = layers[layers.length - 1];
  const { kind } = last;
  const keep = (/** @type {any} */ { kernel, channelsOut }) => ({ channelsOut, ...(kernel && { kernel }) });
  if (kind === 'conv' || kind === 'transposed-conv') return { kind, ...keep(last) };
  if (kind.endsWith('-pool') && kind !== 'global-average-pool') {
    const before = layers.filter((layer) => layer.kind === 'conv').pop() ?? { channelsOut: SIZES.channelsOut };
    return { kind: 'conv', ...keep(before) };
  }
  return { kind: 'dense', units: last.units ?? SIZES.units };
}
