/** overruled.js: why a control does not stand where the reader put it, in Russian. The rules are in state/networks.js. */

import { choiceWords } from './choices.js';

/** @type {typeof import('../en/overruled.js').OVERRULED} */
export const OVERRULED = {
  head: () => 'Кросс-энтропия принимает логиты, поэтому выходной слой линейный.',
  groups: ({ channels, groups }) =>
    `Число каналов должно делиться на число групп: каналов ${channels}, поэтому взято групп: ${groups}.`,
  input: () => 'Изображений с таким количеством чисел, какое принимает эта сеть, не бывает, поэтому на входе шум.',
  depth: ({ depth }) => `Число слоёв ограничено, поэтому таких блоков взято ${depth}.`,
  norm: () => 'Блок с преактивацией остаётся с нормами: без них первой ReLU ветви негде стоять.',
  activation: ({ block, activation }) =>
    `У блока ${choiceWords(block, 'block')} своя активация: ${choiceWords(activation)}.`,
};
