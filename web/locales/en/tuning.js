/*
 * What is said of gains that LSUV found layer by layer, in English. LSUV itself is engine/lsuv.js.
 */
import { number } from './numbers.js';

/** The choice among the presets of a gain. @type {string} */
export const TUNE = 'LSUV: set layer by layer';

/** A sentence after the one on theory. @param {{ gain: number, tries?: number }[]} layers */
export function tunedWords(layers) {
  const gains = layers.map(({ gain }) => gain);
  const measurements = layers.reduce((sum, { tries = 0 }) => sum + tries, 0);
  const range = [...new Set([Math.min(...gains), Math.max(...gains)].map(number))].join(' to ');
  return ` LSUV took ${measurements} ${measurements === 1 ? 'measurement' : 'measurements'} and found gains of ${range}.`;
}
