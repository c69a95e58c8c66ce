/*
 * What is said of gains that were found layer by layer, in English.
 */
import { number } from './numbers.js';

/** The choice among the presets of a gain. @type {string} */
export const TUNE = 'LSUV: found layer by layer';

/** Follows on what theory says. @param {{ gain: number, tries?: number }[]} layers */
export function tunedWords(layers) {
  const gains = layers.map(({ gain }) => gain);
  const looks = layers.reduce((sum, { tries = 0 }) => sum + tries, 0);
  const range = [...new Set([Math.min(...gains), Math.max(...gains)].map(number))].join(' to ');
  return ` LSUV looked ${looks} times and found gains of ${range}.`;
}
