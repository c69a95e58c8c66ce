/**
 * control-display.js: one control of the form: fills in its choices and its range, shows the state in it, reads it.
 *
 * A control is named after its row of SCHEMA. What a change of it means is in control-changes.js.
 */
import { words } from '../locales/words.js';
import { SCHEME_GROUPS } from '../state/choices.js';
import { fromPosition, inputTakes, isOwnNumber, ownNumber, rowShown, toPosition } from '../state/state.js';
import { nameOfLayer } from './layer-name.js';
import { showsCallOf } from './library-calls.js';
import { asNumberField, readTyped, setFieldEnds, setUpField, showNumber } from './number-fields.js';

/** @typedef {import('../state/state.js').NumberRow} NumberRow */
/** @typedef {import('../state/state.js').State} State */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/** In place of a kind of layer: the layers are the reader's own. */
export const OWN_LAYERS = 'own-layers';

/**
 * Fills in the choices of a menu, without their words, or the ends of a range.
 * @param {Control} control
 * @param {import('../state/state.js').Row} row of SCHEMA
 */
export function setUp(control, row) {
  if (control.type === 'radio') return;
  if (control.name === 'a' || control.name === 'b') {
    for (const [group, schemes] of Object.entries(SCHEME_GROUPS)) control.append(makeGroup(group, schemes));
    return;
  }
  if (row.type === 'choice') control.append(...row.choices.map((choice) => new Option('', choice)));
  else if ('min' in row) setEnds(control, row);
  const field = asNumberField(control);
  if (field) setUpField(field, /** @type {NumberRow} */ (row));
}

/** @param {string} name @param {string[]} choices */
function makeGroup(name, choices) {
  const group = document.createElement('optgroup');
  group.dataset.name = name;
  group.append(...choices.map((choice) => new Option('', choice)));
  return group;
}

/** Writes the choices of a menu in the page's language. @param {HTMLSelectElement} select */
export function nameChoices(select) {
  for (const group of select.querySelectorAll('optgroup')) {
    if (group.dataset.name) group.label = words.choiceWords(group.dataset.name);
  }
  for (const option of select.options) {
    const { call } = option.dataset;
    option.text = call ? words.libraryWords(call) : words.choiceWords(option.value, select.name);
  }
}

/**
 * Sets a property if it differs: setting it costs the same even if it does not.
 * @param {any} element
 * @param {string} name of the property
 * @param {string} value
 */
function set(element, name, value) {
  if (element[name] !== value) element[name] = value;
}

/** @param {Control} control @param {NumberRow} row */
function setEnds(control, row) {
  const field = asNumberField(control);
  if (field) return setFieldEnds(field, row);
  for (const [name, end] of Object.entries({ min: 0, max: row.steps, step: 1 })) set(control, name, String(end));
}

/**
 * @param {Control} control
 * @param {State} state which may narrow the range
 * @returns {{ value: string | number | null, reason?: import('./number-fields.js').Typed['reason'] }} reason: why the
 *   value was not taken as it is
 */
export function readControl(control, state) {
  const row = rowShown(control.name, state);
  if (row.type === 'choice') return { value: control.value };
  if (control.type === 'range') return { value: fromPosition(/** @type {NumberRow} */ (row), Number(control.value)) };
  if (control.value.trim() === '' && row.default === null) return { value: null };
  return readTyped(/** @type {NumberRow} */ (row), control.value);
}

/**
 * Shows the number of a scheme or of an activation only where it has one, under the name that it gives it.
 * @param {Control} control
 * @param {ReturnType<typeof ownNumber>} own
 */
function showOwnField(control, own) {
  const field = /** @type {HTMLElement} */ (control.parentElement);
  field.classList.toggle('absent', !own);
  const label = /** @type {HTMLElement} */ (field.querySelector('label'));
  if (own) set(label, 'textContent', words.choiceWords(own.name, 'value')); // else its name stays, unseen
}

/**
 * Shows the state in a control.
 * @param {Control} control
 * @param {State} state
 * @param {boolean} typing whether the reader is typing into it: its text then stays
 * @param {import('../engine/spec.js').Tables | null} tables
 * @param {boolean} isOwn whether the layers are the reader's own
 */
export function showState(control, state, typing, tables, isOwn) {
  const row = rowShown(control.name, state);
  const isOwned = isOwnNumber(row.key);
  const own = isOwned ? ownNumber(row.key, state) : undefined;
  if (isOwned) showOwnField(control, own);
  control.closest('.field')?.classList.toggle('absent', !inputTakes(row.key, state));
  let value = state[row.key] ?? own?.given ?? '';
  if (row.key === 'kind' && isOwn) value = OWN_LAYERS;
  if (row.key === 'layer') value = Math.min(value, /** @type {NumberRow} */ (row).max);
  if (row.key === 'layer' || isOwned) setEnds(control, /** @type {NumberRow} */ (row));
  if (control.type === 'radio') {
    /** @type {HTMLInputElement} */ (control).checked = control.value === (value === 'auto' ? words.lang : value);
    return;
  }
  const field = asNumberField(control);
  if (field) return showNumber(field, value, typing);
  if (control.type === 'range')
    control.setAttribute(
      'aria-valuetext',
      words.valueWords(row.key, value, row.key === 'layer' ? nameOfLayer(state, value) : ''),
    );
  if ((typing && control.localName === 'input') || showsCallOf(control, state, tables)) return;
  set(control, 'value', String(control.type === 'range' ? toPosition(/** @type {NumberRow} */ (row), value) : value));
}
