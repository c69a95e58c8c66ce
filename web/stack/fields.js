/**
 * fields.js: the fields of a layer as text, one at a time: what a cell of the table shows, and what is typed into it. Both
 * are in the stack notation, so the table takes what the line takes.
 *
 * Pure. What a cell looks like is in cells.js.
 */
import { KINDS, OPTIONS } from '../engine/stack-words.js';
import { SCHEMES } from '../engine/tables.js';
import { readItem, writeItem } from './rows.js';

/** The field that holds a layer's size. @type {Record<string, string>} */
const SIZE_FIELDS = { units: 'units', channels: 'channelsOut', window: 'window' };

/** Sizes of a layer that has none yet. @type {Record<string, unknown>} */
const SIZES = { units: 64, channelsOut: 16, window: [2, 2] };

/** @param {string} kind @returns {string | null} */
export const sizeFieldOf = (kind) => SIZE_FIELDS[KINDS[kind].number ?? ''] ?? null;

/** A layer with its size and nothing else. @param {string} kind */
function bareLayer(kind) {
  const field = sizeFieldOf(kind);
  return field ? { kind, [field]: SIZES[field] } : { kind };
}

/** What a layer of a kind takes where its line does not say, of the fields that the notation fills in.
 * @param {string} kind @returns {Record<string, unknown>} */
const filledIn = (kind) => readItem(writeItem(bareLayer(kind)));

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
  return usual[field] ?? filledIn(kind)[field];
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
 * Reads what was typed.
 * @param {any} layer
 * @param {string} field
 * @param {string} text '' takes the field away
 * @returns {Record<string, unknown>} fields to set
 * @throws {import('../engine/refusal.js').RefusalError}
 */
export function readField(layer, field, text) {
  const { kind } = layer;
  const word = KINDS[kind].words[0];
  if (field === 'size') {
    const key = /** @type {string} */ (sizeFieldOf(kind));
    const item = kind === 'dense' ? text : key === 'window' ? `${word}:window=${text}` : word + text;
    return { [key]: readItem(item)[key] };
  }
  if (text === '') return { [field]: undefined };
  const bare = writeItem(bareLayer(kind));
  const option = field === 'scheme' ? text : `${OPTIONS[field].words[0]}=${text}`;
  return { [field]: readItem(`${bare}:${option}`)[field] };
}

/** The name of a scheme's own number, its default, and what a layer says; null where there is none.
 * @param {any} layer */
export function schemeNumberOf({ scheme }) {
  const name = typeof scheme === 'object' ? scheme.name : scheme;
  const row = /** @type {{ name: string, value?: string, given?: number }[]} */ (/** @type {unknown} */ (SCHEMES)).find(
    (one) => one.name === name,
  );
  if (!row?.value) return null;
  return { name, given: Number(row.given), said: typeof scheme === 'object' ? scheme[row.value] : undefined };
}

/** A layer of another kind, with what both kinds have. @param {any} layer @param {string} kind */
export function changeKind(layer, kind) {
  const [before, after] = [sizeFieldOf(layer.kind), sizeFieldOf(kind)];
  const bare = /** @type {any} */ (bareLayer(kind));
  const counts = ['units', 'channelsOut'];
  if (after && before && counts.includes(before) && counts.includes(after)) bare[after] = layer[before];
  const kept = Object.entries(layer).filter(
    ([field]) => KINDS[kind].options.includes(field) && field !== 'window' && field !== 'padding' && field !== 'stride',
  );
  return { ...bare, ...Object.fromEntries(kept) };
}

/** The layer that the reader is likely to want after another: one like it, or a convolution after a pooling.
 * @param {any} last */
export function nextLayer({ kind, units, channelsOut }) {
  if (kind === 'conv' || kind === 'transposed-conv') return { kind, channelsOut };
  if (kind.endsWith('-pool') && kind !== 'global-average-pool') return { kind: 'conv', channelsOut: SIZES.channelsOut };
  return { kind: 'dense', units: units ?? SIZES.units };
}
