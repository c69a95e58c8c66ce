/*
 * Form <-> state, by element name: every control is named after its row of SCHEMA, and a row may have several (a slider
 * and a number). It fills in choices and ranges, shows a state, and tells what the reader changed. What a change means
 * is not its business, save that a scheme's own number goes with the scheme.
 */
import { choiceWords, clampedWords } from './locales/en.js';
import { fromPosition, read, rowOf, schemeOf, toPosition } from './state.js';

/** @typedef {import('./state.js').NumberRow} NumberRow */
/** @typedef {import('./state.js').State} State */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/**
 * @param {HTMLFormElement} form
 * @param {(change: Partial<State>) => void} changed
 * @param {(text: string) => void} note says a quiet word
 */
export function createControls(form, changed, note) {
  const controls = /** @type {Control[]} */ ([...form.elements].filter((element) => /** @type {any} */ (element).name));
  for (const control of controls) setUp(control);

  /** The control that the reader is typing into: what it shows is not touched. @type {Control | null} */
  let typing = null;

  /** @param {Control} control @param {string | number | null} value */
  const tell = ({ name }, value) =>
    changed({ [name]: value, ...(name === 'a' ? { valueA: null } : name === 'b' ? { valueB: null } : {}) });

  form.addEventListener('input', ({ target }) => {
    const control = /** @type {Control} */ (target);
    const { value, reason } = readControl(control);
    if (reason) return;
    typing = control;
    tell(control, value);
    typing = null;
  });

  // a typed number is put right when it is finished, not while it is being typed
  form.addEventListener('change', ({ target }) => {
    const control = /** @type {Control} */ (target);
    if (control.type !== 'number') return;
    const { value, reason } = readControl(control);
    if (reason === 'bad') changed({});
    else tell(control, value);
    if (reason === 'range') note(clampedWords(rowOf(control.name), value));
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  /** @type {HTMLElement} */ (form.querySelector('[data-next-seed]')).addEventListener('click', () => {
    const row = /** @type {NumberRow} */ (rowOf('seed'));
    const seed = Number(controls.find((control) => control.name === 'seed')?.value);
    changed({ seed: seed >= row.max ? row.min : seed + 1 });
  });

  return {
    /** @param {State} state */
    reflect(state) {
      for (const control of controls) show(control, state, control === typing);
    },
  };
}

/** @param {Control} control */
function setUp(control) {
  const row = rowOf(control.name);
  if (row.type === 'choice') {
    control.append(...row.choices.map((choice) => new Option(choiceWords(choice), choice)));
    return;
  }
  const slider = control.type === 'range';
  const ends = slider
    ? { min: 0, max: row.steps, step: 1 }
    : { min: row.min, max: row.max, step: row.type === 'integer' ? 1 : 'any' };
  Object.assign(control, ends);
}

/** @param {Control} control @returns {{ value: string | number | null, reason?: 'bad' | 'range' }} */
function readControl(control) {
  const row = rowOf(control.name);
  if (control.type === 'range') return { value: fromPosition(/** @type {NumberRow} */ (row), Number(control.value)) };
  return control.value === '' && row.default === null ? { value: null } : read(row, control.value);
}

/**
 * @param {Control} control
 * @param {State} state
 * @param {boolean} untouched leaves its value as it is
 */
function show(control, state, untouched) {
  const row = rowOf(control.name);
  const own = row.key === 'valueA' ? schemeOf(state, 'A') : row.key === 'valueB' ? schemeOf(state, 'B') : null;
  if (own) {
    const field = /** @type {HTMLElement} */ (control.parentElement);
    field.classList.toggle('absent', !own.value);
    /** @type {HTMLElement} */ (field.querySelector('label')).textContent = own.value ?? '';
  }
  const value = state[row.key] ?? own?.given ?? '';
  if (control.type === 'range') control.setAttribute('aria-valuetext', String(value));
  if (untouched) return;
  control.value = String(control.type === 'range' ? toPosition(/** @type {NumberRow} */ (row), value) : value);
}
