/**
 * check.js: what a value that comes from outside must be, else a RangeError that names its field, what it was and what
 * it may be. Pure; what the fields are is said in spec.js and shapes.js.
 */

/**
 * @param {string} field
 * @param {unknown} value
 * @param {string} range what it may be
 * @returns {never}
 */
export function refuse(field, value, range) {
  throw new RangeError(`${field} is ${show(value)}; it must be ${range}`);
}

/** @param {unknown} value */
function show(value) {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (['number', 'boolean', 'undefined'].includes(typeof value) || value === null) return String(value);
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}

/** @param {string} field @param {unknown} value @param {readonly string[]} names @returns {string} */
export function requireOneOf(field, value, names) {
  return typeof value === 'string' && names.includes(value)
    ? value
    : refuse(field, value, `one of ${names.join(', ')}`);
}

/** @param {string} field @param {unknown} value @param {number} lo @param {number} hi @returns {number} */
export function requireWhole(field, value, lo, hi) {
  const whole = typeof value === 'number' && Number.isInteger(value) && value >= lo && value <= hi;
  return whole ? value : refuse(field, value, `a whole number from ${lo} to ${hi}`);
}

/** @param {string} field @param {unknown} value @param {number} lo @param {number} hi @returns {number} */
export function requireNumber(field, value, lo, hi) {
  const within = typeof value === 'number' && value >= lo && value <= hi;
  return within ? value : refuse(field, value, `a number from ${lo} to ${hi}`);
}

/** Not finite, it has an answer too. @param {string} field @param {unknown} value @returns {number} */
export const requireAnyNumber = (field, value) =>
  typeof value === 'number' ? value : refuse(field, value, 'a number');

/**
 * A copy of an array, in which a hole is undefined.
 * @param {string} field @param {any} value @param {number} least items @param {number} most @param {string} what it must be
 * @returns {unknown[]}
 */
export function requireItems(field, value, least, most, what) {
  const length = Array.isArray(value) ? value.length : -1;
  if (length < least || length > most) refuse(field, value, what);
  return Array.from({ length }, (_, i) => value[i]);
}

/**
 * A copy of an object that has no field but these; a field that is undefined counts as left out.
 * @param {string} field @param {any} value @param {readonly string[]} known @returns {any}
 */
export function requireFields(field, value, known) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(field, value, 'an object');
  const copy = Object.entries(value).filter(([, held]) => held !== undefined);
  for (const [key, held] of copy) {
    if (!known.includes(key)) refuse(`${field}.${key}`, held, `left out; the fields are ${known.join(', ')}`);
  }
  return Object.fromEntries(copy);
}

/** @param {string} field @param {unknown} value @returns {boolean} */
export const requireBoolean = (field, value) =>
  typeof value === 'boolean' ? value : refuse(field, value, 'true or false');
