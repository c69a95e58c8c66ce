/**
 * number-fields.js: the fields in which the reader types a number. A field is a text field with the role and the keys of
 * a spin button, because the browsers' own number fields throw away a comma or read it as something else.
 *
 * How a number is written is in state/written-numbers.js, a part that loads when the first field is entered; which rows
 * have a field, in index.html. The wheel changes nothing.
 */
import { words } from '../locales/words.js';
import { fit, fromPosition, isPlainNumber, ownNumber, rowShown } from '../state/state.js';
import { loadPart } from './parts.js';

/** @typedef {import('../state/state.js').NumberRow} NumberRow */
/** @typedef {import('../state/state.js').State} State */

/**
 * What was read in a field.
 * @typedef {object} Typed
 * @property {number} value to use; NaN where nothing could be read
 * @property {number[]} readings see readNumber
 * @property {boolean} computed see readNumber
 * @property {'bad' | 'fraction' | 'range'} [reason] why the value is not the reading: there is none, the row has whole
 *   numbers, or it lies outside the row's range
 * @property {number} [fault] where the text stops being a number
 */

/** How far a key goes. @type {Record<string, number>} */
const KEYS = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** Significant digits of a sum, so that 0.57 + 1 is 1.57. */
const SUM_DIGITS = 12;

/** Characters beyond which a field has smaller digits, and beyond which it takes the place of its slider or label. */
const LONG = 8;
const LONGER = 12;

/**
 * The control as a number field; null where it is none.
 * @param {Element} control
 */
export const asNumberField = (control) =>
  control instanceof HTMLInputElement && control.type === 'text' ? control : null;

/** @typedef {Pick<typeof import('./number-reader.js'), 'readNumber' | 'typedWords'>} Reader */

/** The part that reads numbers. Before it is there, plain numbers can be read. @type {Reader} */
let reader = {
  readNumber: (text) => (isPlainNumber(text) ? { readings: [Number(text)], computed: false } : { fault: 0 }),
  typedWords: () => '',
};
let loaded = false;

/** Loads the part. Where that fails, the next field that is entered tries again. */
async function loadReader() {
  try {
    reader = await loadPart('numbers');
    loaded = true;
  } catch {}
}

/**
 * @param {NumberRow} row
 * @param {string} text
 * @param {Reader['readNumber']} [readNumber]
 * @returns {Typed}
 */
export function readTyped(row, text, readNumber = reader.readNumber) {
  const found = readNumber(text, row.type === 'integer');
  if ('fault' in found) return { value: Number.NaN, readings: [], computed: false, reason: 'bad', fault: found.fault };
  const [number] = found.readings;
  const { value, reason } = fit(row, number);
  const inside = number >= row.min && number <= row.max;
  return { ...found, value, reason: reason && inside ? 'fraction' : reason };
}

/**
 * The number that a row stands for: its own, or the one used in its place.
 * @param {string} key
 * @param {State} state
 * @returns {number}
 */
const numberInUse = (key, state) =>
  state[key] ?? (key === 'inputs' ? state.width : (ownNumber(key, state)?.given ?? 0));

/** Characters of the longest number that a row's slider can give. @param {NumberRow} row */
const longest = (row) =>
  Math.max(
    ...Array.from({ length: (row.steps ?? 0) + 1 }, (_, i) => String(row.steps ? fromPosition(row, i) : '').length),
  );

/** Sets an attribute, or removes it. @param {Element} element @param {string} name @param {string | number | null} value */
function setAttribute(element, name, value) {
  if (value === null || value === '') element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}

/** Makes a field as wide as its text. @param {HTMLInputElement} field */
export function fitWidth(field) {
  const { length } = field.value;
  const around = /** @type {HTMLElement} */ (field.parentElement);
  around.style.setProperty('--digits', String(Math.max(length, Number(field.dataset.least))));
  around.classList.toggle('long', length > LONG);
  around.classList.toggle('longer', length > LONGER);
}

/** @param {HTMLInputElement} field @param {NumberRow} row */
export function setUpField(field, row) {
  setAttribute(field, 'role', 'spinbutton');
  field.dataset.least = String(longest(row));
  fitWidth(field);
}

/** Marks a field whose text could not be read. @param {HTMLInputElement} field */
export const markInvalid = (field) => setAttribute(field, 'aria-invalid', 'true');

/** @param {HTMLInputElement} field @param {NumberRow} row in this state */
export function setFieldEnds(field, { type, min, max }) {
  setAttribute(field, 'aria-valuemin', min);
  setAttribute(field, 'aria-valuemax', max);
  // some keypads for digits have no minus
  field.inputMode = type === 'integer' ? 'numeric' : min < 0 ? 'text' : 'decimal';
}

/**
 * @param {HTMLInputElement} field
 * @param {number | string} value '' where the row has none of its own
 * @param {boolean} typing whether the reader is typing into it: its text then stays
 */
export function showNumber(field, value, typing) {
  setAttribute(field, 'aria-valuenow', value);
  setAttribute(field, 'aria-invalid', null);
  const text = words.entry(value);
  if (!typing && field.value !== text) field.value = text;
  fitWidth(field);
}

/** @param {HTMLInputElement} field @param {State} state */
const rowOfField = (field, state) => /** @type {NumberRow} */ (rowShown(field.name, state));

/**
 * What to say of the text in a field.
 * @param {HTMLInputElement} field
 * @param {State} state before the text was taken
 * @returns {() => string} '' if the number is used as it was typed
 */
export function sayTyped(field, state) {
  const text = field.value.trim();
  const row = rowOfField(field, state);
  const [typed, before] = [readTyped(row, text), numberInUse(field.name, state)];
  // the part holds its English words; other languages bring their own
  const own = () => /** @type {Partial<Reader>} */ (words).typedWords ?? reader.typedWords;
  return () => (text ? own()(row, text, typed, before) : '');
}

/**
 * Has a field tell when its text is finished, and has the arrow keys change its number, as they do in a spin button.
 * @param {HTMLInputElement} field
 * @param {() => State} current the state now
 * @param {() => void} finish called with a text that is finished, once it can be read
 */
export function listenToField(field, current, finish) {
  /** Whether the text has changed since it was last taken. */
  let unfinished = false;
  async function end() {
    const text = field.value;
    unfinished = false;
    if (!loaded) await loadReader();
    if (field !== document.activeElement) field.value = text; // the page may have written its own meanwhile
    finish();
  }
  field.addEventListener('focus', loadReader);
  field.addEventListener('input', async () => {
    const text = field.value;
    unfinished = true;
    if (loaded || isPlainNumber(text)) return; // it has been read
    await loadReader();
    if (loaded && unfinished && field.value === text) field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  field.addEventListener('change', end);
  // a text that is typed again as it was is no change to the browser
  field.addEventListener('blur', () => unfinished && end());
  field.addEventListener('keydown', (event) => {
    const step = KEYS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const row = rowOfField(field, current());
    const { value, reason } = readTyped(row, field.value);
    const from = reason === 'bad' ? numberInUse(field.name, current()) : value;
    field.value = words.entry(fit(row, Number((from + step).toPrecision(SUM_DIGITS))).value);
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
  });
}
