/**
 * layer-name.js: the name of a layer in a state that need not have been run. The names of a run come from its specs
 * (charts/sheet.js).
 */
import { words } from '../locales/words.js';
import { ownNames } from '../reading/layer-names.js';
import { composedLayers } from '../state/stacks.js';
import { LETTERS } from '../state/state.js';

/**
 * @param {import('../state/state.js').State} state
 * @param {number} layer from 1
 * @returns {string | undefined} undefined where layers go by their numbers
 */
export const nameOfLayer = (state, layer) =>
  ownNames(
    state,
    LETTERS.map((letter) => composedLayers(state, letter) ?? []),
    words.WORDS.outputLayer,
  )?.[layer - 1];
