/*
 * What is said of gains that were found layer by layer, in Russian.
 */
import { number } from './numbers.js';

/** The choice among the presets of a gain. @type {string} */
export const TUNE = 'LSUV: подбор слой за слоем';

/** @type {Record<string, string>} */
const LOOKS = { one: 'просмотр', few: 'просмотра', many: 'просмотров', other: 'просмотра' };
const plural = new Intl.PluralRules('ru');

/** Follows on what theory says. @param {{ gain: number, tries?: number }[]} layers */
export function tunedWords(layers) {
  const gains = layers.map(({ gain }) => gain);
  const looks = layers.reduce((sum, { tries = 0 }) => sum + tries, 0);
  const range = [...new Set([Math.min(...gains), Math.max(...gains)].map(number))].join('…');
  return ` LSUV: ${looks} ${LOOKS[plural.select(looks)]}, найдены усиления ${range}.`;
}
