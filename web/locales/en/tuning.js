/** tuning.js: the sentences on gains that LSUV found, in English. LSUV itself is in engine/lsuv.js. */
import { number } from './numbers.js';

/** LSUV among the presets of the gain. @type {string} */
export const TUNE = 'LSUV: set layer by layer';

/** The sentence that follows the one on theory. @param {{ gain: number | null, tries?: number }[]} layers gain: null without weights */
export function tunedWords(layers) {
  const gains = layers.flatMap(({ gain }) => gain ?? []); // a layer without weights has none
  const measurements = layers.reduce((sum, { tries = 0 }) => sum + tries, 0);
  const range = [...new Set([Math.min(...gains), Math.max(...gains)].map(number))].join(' to ');
  return ` LSUV took ${measurements} ${measurements === 1 ? 'measurement' : 'measurements'} and found gains of ${range}.`;
}
