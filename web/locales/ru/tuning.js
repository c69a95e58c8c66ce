/** tuning.js: the sentences on gains that LSUV found, in Russian. LSUV itself is in engine/lsuv.js. */
import { number } from './numbers.js';
import { plural } from './plural.js';

/** LSUV among the presets of the gain. @type {string} */
export const TUNE = 'LSUV: подбор слой за слоем';

/** The sentence that follows the one on theory. @param {{ gain: number | null, tries?: number }[]} layers gain: null without weights */
export function tunedWords(layers) {
  const gains = layers.flatMap(({ gain }) => gain ?? []); // a layer without weights has none
  const measurements = layers.reduce((sum, { tries = 0 }) => sum + tries, 0);
  const [least, most] = [Math.min(...gains), Math.max(...gains)].map(number);
  const range = least === most ? least : `от ${least} до ${most}`;
  return ` LSUV: ${measurements} ${plural(measurements, 'измерение', 'измерения', 'измерений')}, найдены усиления ${range}.`;
}
