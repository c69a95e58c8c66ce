/**
 * gain-presets.js: the menus beside the gains. They offer the gains that suit the activation, and LSUV, which finds a
 * gain.
 *
 * Choosing a gain sets the number beside the menu, and the menu does not keep it; it shows LSUV while that is on. The
 * gains come from the engine's tables.
 */
import { parameterOf } from '../engine/activations.js';
import { words } from '../locales/words.js';
import { gainsWith } from '../reading/gains.js';
import { tuneOf } from './control-changes.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('../engine/spec.js').Tables} Tables */

/** The preset that is found by running the network. */
export const LSUV = 'lsuv';

/** Digits of a preset: enough for any depth, and few enough to read. */
const GAIN_DIGITS = 5;

/** @param {HTMLFormElement} form */
const gainMenus = (form) => /** @type {NodeListOf<HTMLSelectElement>} */ (form.querySelectorAll('select[data-gain]'));

/**
 * Each gain of an activation and its names: some names stand for the same number.
 * @param {State} state
 * @param {Tables} tables
 * @returns {Map<number | null, string[]>} null: the activation has no such gain
 */
function namesByGain({ activation, parameter }, { activations }) {
  const own = parameterOf(activation);
  const usual = activations.find((row) => row.name === activation)?.gains;
  const gains = own && usual && parameter !== null ? gainsWith(usual, own, parameter) : usual;
  /** @type {Map<number | null, string[]>} */
  const names = new Map([[1, ['own']]]);
  for (const [name, gain] of Object.entries(gains ?? {})) {
    const value = gain && Number(gain.toPrecision(GAIN_DIGITS));
    names.set(value, [...(names.get(value) ?? []), name]);
  }
  return names;
}

/** Has every menu written again at the next fillGainMenus, in another language. @param {HTMLFormElement} form */
export function forgetGainMenus(form) {
  for (const menu of gainMenus(form)) delete menu.dataset.activation;
}

/**
 * Offers the gains of the state's activation.
 * @param {HTMLFormElement} form
 * @param {State} state
 * @param {Tables} tables
 */
export function fillGainMenus(form, state, tables) {
  for (const menu of gainMenus(form)) {
    if (menu.dataset.activation !== keyOf(state)) fillMenu(menu, state, tables);
    menu.value = state[tuneOf(String(menu.dataset.gain))] === LSUV ? LSUV : '';
  }
}

/** What the gains depend on. @param {State} state */
const keyOf = ({ activation, parameter }) => `${activation} ${parameter}`;

/** @param {HTMLSelectElement} menu @param {State} state @param {Tables} tables */
function fillMenu(menu, state, tables) {
  menu.dataset.activation = keyOf(state);
  const options = [...namesByGain(state, tables)].map(([value, names]) => {
    const option = new Option(words.WORDS.gain(names, value), String(value));
    option.disabled = value === null;
    return option;
  });
  menu.replaceChildren(menu.options[0], ...options, new Option(words.TUNE, LSUV));
}
