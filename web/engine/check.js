/**
 * check.js: checks values that callers pass in. Each function returns the value, or throws a RefusalError that names
 * the field, the value and the allowed range.
 *
 * Pure. It does not know the fields of a spec: those are in spec.js and shapes.js. Refusals are defined in refusal.js.
 */

import { refuse } from './refusal.js';
import { LIMITS } from './tables.js';

/**
 * @template {string} T
 * @param {string} field
 * @param {unknown} value
 * @param {readonly T[]} names
 * @returns {T} the value, which is one of the names
 */
export const requireOneOf = (field, value, names) =>
  names.find((name) => name === value) ?? refuse('unknownName', field, value, names);

/** A whole number; -0 becomes 0. @param {string} field @param {unknown} value @param {number} least
 * @param {number} most @returns {number} */
export function requireWhole(field, value, least, most) {
  const whole = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
  return whole ? value + 0 : refuse('wholeRange', field, value, [least, most]);
}

/** A number, but not NaN. @param {string} field @param {unknown} value @param {number} least @param {number} most
 * @returns {number} */
export function requireNumber(field, value, least, most) {
  const within = typeof value === 'number' && value >= least && value <= most;
  return within ? value : refuse('numberRange', field, value, [least, most]);
}

/** Any number: infinity and NaN are allowed. @param {string} field @param {unknown} value @returns {number} */
export const requireAnyNumber = (field, value) =>
  typeof value === 'number' ? value : refuse('wrongType', field, value, 'number');

/**
 * Copies an array. A hole becomes undefined.
 * @param {any} value
 * @param {number} least items
 * @param {number} most items
 * @returns {unknown[] | null} null if the value is not an array, or has too few or too many items
 */
function copyItems(value, least, most) {
  const length = Array.isArray(value) ? value.length : -1;
  return length < least || length > most ? null : Array.from({ length }, (_, i) => value[i]);
}

/** An array of sides. The caller checks each side. @param {string} field @param {unknown} value
 * @param {number} least sides @param {number} most */
export const requireSides = (field, value, least, most) =>
  copyItems(value, least, most) ?? refuse('wrongSides', field, value, [least, most]);

/** An array of known names, no longer than the list of them. Each comes back once. @param {string} field
 * @param {unknown} value @param {readonly string[]} names */
export function requireNames(field, value, names) {
  const items = copyItems(value, 0, names.length) ?? refuse('wrongNames', field, value, names);
  return [...new Set(items.map((name, i) => requireOneOf(`${field}[${i}]`, name, names)))];
}

/**
 * Copies an object whose fields are all known. A field that is undefined counts as left out.
 * @param {string} field @param {any} value @param {readonly string[]} known @returns {any}
 */
export function requireFields(field, value, known) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse('wrongType', field, value, 'object');
  const copy = Object.entries(value).filter(([, held]) => held !== undefined);
  for (const [key, held] of copy) {
    if (!known.includes(key)) refuse('unknownField', `${field}.${key}`, held, known);
  }
  return Object.fromEntries(copy);
}

/** @param {string} field @param {unknown} value @returns {boolean} */
export const requireBoolean = (field, value) =>
  typeof value === 'boolean' ? value : refuse('wrongType', field, value, 'boolean');

/** The groups must divide both numbers of channels. @param {string} field @param {unknown} groups
 * @param {number} channelsIn @param {number} channelsOut @param {number} most groups */
export function requireGroups(field, groups, channelsIn, channelsOut, most) {
  const count = requireWhole(field, groups, 1, most);
  if (channelsIn % count === 0 && channelsOut % count === 0) return;
  refuse('groupsDivide', field, groups, { channelsIn, channelsOut });
}

/** A layer may not have more weights than histograms count. @param {string} field of the units or channels out
 * @param {number} units of the layer @param {number} inputs of each unit */
export function requireWeights(field, units, inputs) {
  const most = Math.floor(LIMITS.weights / inputs);
  if (units > most) refuse('tooManyWeights', field, units, { most, inputs, mostWeights: LIMITS.weights });
}

/**
 * Checks a field that only the first layer needs. In later layers it must equal the output below, or be left out.
 * @param {string} field
 * @param {unknown} value
 * @param {number | undefined} below undefined in the first layer
 * @param {number} most
 */
export function requireBelow(field, value, below, most) {
  if (below === undefined) return requireWhole(field, value, 1, most);
  return value === undefined || value === below ? below : refuse('unlikeBelow', field, value, { needed: below });
}
