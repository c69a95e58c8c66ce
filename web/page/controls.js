/*
 * Form <-> state, by element name: every control is named after its row of SCHEMA, and a row may have several (a slider
 * and a number, or a few radio buttons). It fills in choices and ranges, shows a state, and tells what the reader
 * changed. What a change means is not its business, save that a scheme's own number goes with the scheme, and that a
 * library's call which says what biases are (a layer's default) sets those too, and the gain to 1. What libraries call
 * the schemes, and the gains of activations, are the engine's, and offered once it is there.
 */

import { words } from '../locales/words.js';
import { SCHEME_GROUPS } from '../state/choices.js';
import { hasImages } from '../state/networks.js';
import { changesOfKind, fromPosition, nextSeed, read, rowOf, rowShown, schemeOf, toPosition } from '../state/state.js';

/** @typedef {import('../state/state.js').NumberRow} NumberRow */
/** @typedef {import('../state/state.js').State} State */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */
/** @typedef {import('../engine/spec.js').Tables} Tables */

/**
 * @param {HTMLFormElement} form
 * @param {(change: Partial<State>) => void} changed
 * @param {(say: () => string) => void} note says a quiet word
 */
export function createControls(form, changed, note) {
  const controls = /** @type {Control[]} */ ([...form.elements].filter((element) => /** @type {any} */ (element).name));
  for (const control of controls) setUp(control, rowOf(control.name));

  /** The control that the reader is typing into: what it shows is not touched. @type {Control | null} */
  let typing = null;
  let state = /** @type {State} */ ({});
  /** @type {Tables | null} */
  let tables = null;

  /** @param {string} name @param {string | number | null} value */
  function tell(name, value) {
    const call = tables?.libraries[Number(/^call (\d+)$/.exec(String(value))?.[1] ?? -1)];
    if (name === 'kind') return changed({ kind: value, ...changesOfKind(state, String(value)) });
    // a gain that is set by hand is no longer found
    if (name === 'gainA' || name === 'gainB') return changed({ [name]: value, [tuneOf(name)]: 'none' });
    if (name !== 'a' && name !== 'b') return changed({ [name]: value });
    const letter = name.toUpperCase();
    const whole = call?.bias ? { [`bias${letter}`]: call.bias, [`gain${letter}`]: 1 } : {};
    changed({ [name]: call?.scheme ?? value, [`value${letter}`]: call?.number ?? null, ...whole });
  }

  // not all of them stand within the form
  const listen = (/** @type {string} */ type, /** @type {(control: Control) => void} */ listener) => {
    for (const control of form.elements) {
      if (control.localName === 'fieldset') continue; // it hears what is in it
      control.addEventListener(type, () => listener(/** @type {any} */ (control)));
    }
  };

  listen('input', (control) => {
    const setsGain = control.dataset.gain;
    if (setsGain) {
      if (control.value === LSUV) changed({ [tuneOf(setsGain)]: LSUV });
      else tell(setsGain, Number(control.value));
      control.value = '';
      return;
    }
    const { value, reason } = readControl(control, state);
    if (reason) return;
    typing = control;
    tell(control.name, value);
    typing = null;
  });

  // a typed number is put right when it is finished, not while it is being typed
  listen('change', (control) => {
    if (control.type !== 'number') return;
    const { value, reason } = readControl(control, state);
    if (reason === 'bad' || value === state[control.name])
      changed({}); // which shows it as it is
    else tell(control.name, value);
    if (reason === 'range') {
      const row = rowShown(control.name, state);
      note(() => words.clampedWords(row, value));
    }
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  /** @type {HTMLElement} */ (form.querySelector('[data-next-seed]')).addEventListener('click', () => {
    changed({ seed: nextSeed(state.seed) });
  });

  return {
    /** Names what can be chosen in the language that is spoken. */
    name() {
      for (const control of controls) if (control instanceof HTMLSelectElement) nameChoices(control);
      for (const select of gainSelects(form)) delete select.dataset.activation;
    },

    /** @param {State} next */
    reflect(next) {
      state = next;
      form.dataset.kind = state.kind;
      form.dataset.images = String(hasImages(state));
      for (const control of controls) show(control, state, control === typing);
      if (tables) for (const select of gainSelects(form)) showGains(select, state, tables);
    },

    /** What the engine knows beyond the names of the schemes. @param {Tables} offered */
    offer(offered) {
      tables = offered;
      for (const name of ['a', 'b']) {
        const select = /** @type {HTMLSelectElement} */ (controls.find((control) => control.name === name));
        offerCalls(select, offered);
      }
    },
  };
}

/** @param {HTMLFormElement} form */
const gainSelects = (form) => /** @type {NodeListOf<HTMLSelectElement>} */ (form.querySelectorAll('select[data-gain]'));

/** The schemes by what libraries call them, a group a library. @param {HTMLSelectElement} select
 * @param {Tables} tables */
function offerCalls(select, { libraries }) {
  for (const library of new Set(libraries.map((entry) => entry.library))) {
    const group = document.createElement('optgroup');
    group.label = library;
    libraries.forEach((entry, i) => {
      if (entry.library !== library) return;
      const option = new Option(`${library}: ${entry.call}`, `call ${i}`);
      option.dataset.scheme = entry.scheme;
      option.dataset.number = String(entry.number);
      option.dataset.bias = entry.bias ?? '';
      group.append(option);
    });
    select.append(group);
  }
}

/** Digits of a gain that is set from the table: enough for any depth, and few enough to be read. */
const GAIN_DIGITS = 5;

/** The preset that is found, and not a number. */
const LSUV = 'lsuv';

/** @param {string} gain gainA or gainB */
const tuneOf = (gain) => gain.replace('gain', 'tune');

/**
 * The gains of the activation; choosing one sets the number, so the select itself never shows one.
 * @param {HTMLSelectElement} select @param {State} state @param {Tables} tables
 */
function showGains(select, { activation }, { activations }) {
  if (select.dataset.activation === activation) return;
  select.dataset.activation = activation;
  /** the names of each gain: some are the same number @type {Map<number | null, string[]>} */
  const names = new Map([[1, ['own']]]);
  for (const [name, gain] of Object.entries(activations.find((row) => row.name === activation)?.gains ?? {})) {
    const value = gain && Number(gain.toPrecision(GAIN_DIGITS));
    names.set(value, [...(names.get(value) ?? []), name]);
  }
  const options = [...names].map(([value, alike]) => {
    const option = new Option(words.WORDS.gain(alike, value), String(value));
    option.disabled = value === null;
    return option;
  });
  select.replaceChildren(select.options[0], ...options, new Option(words.TUNE, LSUV));
  select.value = '';
}

/** @param {Control} control @param {import('../state/state.js').Row} row */
function setUp(control, row) {
  if (control.type === 'radio') return;
  if (control.name === 'a' || control.name === 'b') {
    for (const [label, names] of Object.entries(SCHEME_GROUPS)) control.append(groupOf(label, names));
    return;
  }
  if (row.type === 'choice') control.append(...row.choices.map((choice) => new Option('', choice)));
  else if ('min' in row) setEnds(control, row);
}

/** @param {string} name @param {string[]} choices */
function groupOf(name, choices) {
  const group = document.createElement('optgroup');
  group.dataset.name = name;
  group.append(...choices.map((choice) => new Option('', choice)));
  return group;
}

/** Libraries have names of their own for what can be chosen. @param {HTMLSelectElement} select */
function nameChoices(select) {
  for (const group of select.querySelectorAll('optgroup')) {
    if (group.dataset.name) group.label = words.choiceWords(group.dataset.name);
  }
  for (const option of select.options) {
    if (!option.dataset.scheme) option.text = words.choiceWords(option.value, select.name);
  }
}

/** Where it is so already, setting it would cost as much again. @param {any} element @param {string} name
 * @param {string} value */
function set(element, name, value) {
  if (element[name] !== value || element.validity?.badInput) element[name] = value;
}

/** @param {Control} control @param {NumberRow} row */
function setEnds(control, row) {
  const ends =
    control.type === 'range'
      ? { min: 0, max: row.steps, step: 1 }
      : { min: row.min, max: row.max, step: row.type === 'integer' ? 1 : 'any' };
  for (const [name, end] of Object.entries(ends)) set(control, name, String(end));
}

/**
 * @param {Control} control @param {State} state
 * @returns {{ value: string | number | null, reason?: 'bad' | 'range' }}
 */
function readControl(control, state) {
  const row = rowShown(control.name, state);
  if (row.type === 'choice') return { value: control.value };
  if (control.type === 'range') return { value: fromPosition(/** @type {NumberRow} */ (row), Number(control.value)) };
  return control.value === '' && row.default === null ? { value: null } : read(row, control.value);
}

/**
 * @param {Control} control
 * @param {State} state
 * @param {boolean} untouched leaves its value as it is
 */
function show(control, state, untouched) {
  const row = rowShown(control.name, state);
  const own = row.key === 'valueA' ? schemeOf(state, 'A') : row.key === 'valueB' ? schemeOf(state, 'B') : null;
  if (own) {
    const field = /** @type {HTMLElement} */ (control.parentElement);
    field.classList.toggle('absent', !own.value);
    const label = /** @type {HTMLElement} */ (field.querySelector('label'));
    set(label, 'textContent', own.value ? words.choiceWords(own.value, 'value') : '');
  }
  let value = state[row.key] ?? own?.given ?? '';
  if (row.key === 'layer') {
    setEnds(control, /** @type {NumberRow} */ (row));
    value = Math.min(value, /** @type {NumberRow} */ (row).max);
  }
  if (control.type === 'radio') {
    /** @type {HTMLInputElement} */ (control).checked = control.value === (value === 'auto' ? words.lang : value);
    return;
  }
  if (control.type === 'range') control.setAttribute('aria-valuetext', words.valueWords(row.key, value));
  if (untouched || showsCallOf(control, state)) return;
  set(control, 'value', String(control.type === 'range' ? toPosition(/** @type {NumberRow} */ (row), value) : value));
}

/**
 * Whether a select shows a library's name for the very scheme and number of the state, and where the call says what
 * biases are, for these biases and a gain of 1: that name then stays.
 * @param {Control} control @param {State} state
 */
function showsCallOf(control, state) {
  const { scheme, number, bias } = (control instanceof HTMLSelectElement && control.selectedOptions[0]?.dataset) || {};
  const letter = control.name.toUpperCase();
  if (scheme !== state[control.name] || number !== String(state[`value${letter}`])) return false;
  return !bias || (bias === state[`bias${letter}`] && state[`gain${letter}`] === 1);
}
