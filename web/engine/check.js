/**
 * check.js: what a value that comes from outside must be, else it is refused with its field, what it was and what it
 * may be. Pure; what the fields are is said in spec.js and shapes.js, and what a refusal is in refusal.js.
 */

import { refuse } from './refusal.js';

/**
 * @template {string} T
 * @param {string} field
 * @param {unknown} value
 * @param {readonly T[]} names
 * @returns {T} the value, if it is one of the names
 */
export const requireOneOf = (field, value, names) =>
  names.find((name) => name === value) ?? refuse('unknownName', field, value, names);

/** @param {string} field @param {unknown} value @param {number} least @param {number} most @returns {number} */
export function requireWhole(field, value, least, most) {
  const whole = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
  return whole ? value : refuse('wholeRange', field, value, [least, most]);
}

/** @param {string} field @param {unknown} value @param {number} least @param {number} most @returns {number} */
export function requireNumber(field, value, least, most) {
  const within = typeof value === 'number' && value >= least && value <= most;
  return within ? value : refuse('numberRange', field, value, [least, most]);
}

/** Not finite, it has an answer too. @param {string} field @param {unknown} value @returns {number} */
export const requireAnyNumber = (field, value) =>
  typeof value === 'number' ? value : refuse('wrongType', field, value, 'number');

/**
 * A copy of an array, in which a hole is undefined; null where it is no array of so many items.
 * @param {any} value @param {number} least @param {number} most
 * @returns {unknown[] | null}
 */
function copyItems(value, least, most) {
  const length = Array.isArray(value) ? value.length : -1;
  return length < least || length > most ? null : Array.from({ length }, (_, i) => value[i]);
}

/** Sides of something, each still to be checked. @param {string} field @param {unknown} value
 * @param {number} least sides @param {number} most */
export const requireSides = (field, value, least, most) =>
  copyItems(value, least, most) ?? refuse('wrongSides', field, value, [least, most]);

/** No more names than there are. @param {string} field @param {unknown} value @param {readonly string[]} names */
export function requireNames(field, value, names) {
  const items = copyItems(value, 0, names.length) ?? refuse('wrongNames', field, value, names);
  return items.map((name, i) => requireOneOf(`${field}[${i}]`, name, names));
}

/**
 * A copy of an object that has no field but these; a field that is undefined counts as left out.
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
