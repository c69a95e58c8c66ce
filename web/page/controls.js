/**
 * controls.js: the form of controls. It shows the state, and reports what the reader changes. Controls are bound to the
 * rows of SCHEMA by name; a row may have several, such as a slider and a number.
 *
 * One control is in control-display.js; what else changes with it, in control-changes.js. What only the engine knows,
 * library calls and gains, is offered once it has started.
 */
import { computedState, hasImages } from '../state/networks.js';
import { blockOf } from '../state/stacks.js';
import { nextSeed, rowOf } from '../state/state.js';
import { createChanges, tuneOf } from './control-changes.js';
import { nameChoices, OWN_LAYERS, readControl, setUp, showState } from './control-display.js';
import { fillGainMenus, forgetGainMenus, LSUV } from './gain-presets.js';
import { offerCalls } from './library-calls.js';
import { asNumberField, fitWidth, listenToField, markInvalid, sayTyped } from './number-fields.js';
import { guardSliders } from './touch-sliders.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('../engine/spec.js').Tables} Tables */
/** @typedef {import('./control-display.js').Control} Control */

/**
 * Listens to every control, also to those that are outside the form and belong to it.
 * @param {HTMLFormElement} form
 * @param {string} type of the event
 * @param {(control: Control) => void} listener
 */
function listenToControls(form, type, listener) {
  for (const control of form.elements) {
    if (control.localName === 'fieldset') continue; // events of the controls inside bubble to it
    control.addEventListener(type, () => listener(/** @type {any} */ (control)));
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {(changes: Partial<State>) => void} change called with what the reader changed
 * @param {(say: () => string) => void} note writes a note
 * @param {() => void} beginOwn called when the reader wants layers of their own
 */
export function createControls(form, change, note, beginOwn) {
  const controls = /** @type {Control[]} */ ([...form.elements].filter((element) => /** @type {any} */ (element).name));
  for (const control of controls) setUp(control, rowOf(control.name));
  guardSliders(form);

  /** The control that the reader is changing now. @type {Control | null} */
  let changing = null;
  /** The field that the reader has typed into and not left, and the value that its text stands for.
   * @type {{ field: Control, value: string | number | null } | null} */
  let typing = null;
  let state = /** @type {State} */ ({});
  /** @type {Tables | null} */
  let tables = null;
  const changesOf = createChanges();

  /** @param {string} name of the control @param {string | number | null} value */
  const report = (name, value) => change(changesOf(name, value, state, tables));

  /** Sets a gain to the preset that its menu shows. @param {Control} menu @param {string} gain gainA or gainB */
  function takePreset(menu, gain) {
    if (menu.value === LSUV) change({ [tuneOf(gain)]: LSUV });
    else report(gain, Number(menu.value));
  }

  listenToControls(form, 'input', (control) => {
    if (control.dataset.gain) return takePreset(control, control.dataset.gain);
    if (control.value === OWN_LAYERS) return beginOwn();
    const { value, reason } = readControl(control, state);
    const field = asNumberField(control);
    if (field) {
      typing = { field, value: reason ? state[field.name] : value };
      fitWidth(field);
    }
    if (reason) return;
    changing = control;
    report(control.name, value);
    changing = null;
  });

  /** Takes a typed number when it is finished, and says how it was read. @param {HTMLInputElement} field */
  function finish(field) {
    typing = null;
    const { name, value: text } = field;
    const { value, reason } = readControl(field, state);
    const say = sayTyped(field, state);
    if (reason === 'bad' && text.trim())
      markInvalid(field); // the text stays, to be put right
    else if (reason === 'bad' || value === state[name])
      change({}); // shows the state's number
    else report(name, value);
    if (say()) note(say);
  }

  for (const field of controls.flatMap((control) => asNumberField(control) ?? [])) {
    listenToField(
      field,
      () => state,
      () => finish(field),
    );
  }
  form.addEventListener('submit', (event) => event.preventDefault());
  /** @type {HTMLElement} */ (form.querySelector('[data-next-seed]')).addEventListener('click', () => {
    change({ seed: nextSeed(state.seed) });
  });

  return {
    /** Writes the choices in the language that is spoken. */
    name() {
      for (const control of controls) if (control instanceof HTMLSelectElement) nameChoices(control);
      forgetGainMenus(form);
    },

    /** Shows a state. @param {State} next @param {boolean} isOwn whether the layers are, or are to be, the reader's own */
    reflect(next, isOwn) {
      state = next;
      form.dataset.kind = state.stack ? 'own' : state.kind;
      form.dataset.block = blockOf(state);
      form.dataset.images = String(hasImages(state));
      const shown = computedState(state);
      const typed = typing && state[typing.field.name] === typing.value ? typing.field : null;
      for (const control of controls)
        showState(control, shown, control === changing || control === typed, tables, isOwn);
      if (tables) fillGainMenus(form, state, tables);
    },

    /** Offers what the engine knows: library calls now, gains at the next reflect(). @param {Tables} offered */
    offer(offered) {
      tables = offered;
      for (const name of ['a', 'b']) {
        const select = /** @type {HTMLSelectElement} */ (controls.find((control) => control.name === name));
        offerCalls(select, offered);
      }
    },
  };
}
