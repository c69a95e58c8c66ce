/** remedies.js: offers of a number with which a network fits, in Russian. Which number fits is found in state/remedies.js. */
import { count } from './numbers.js';
import { plural } from './plural.js';

/** @type {typeof import('../en/remedies.js').REMEDIES} */
export const REMEDIES = {
  batch: (value) => `Взять батч размера ${value}`,
  depth: (value) => `Взять глубину ${value}`,
  width: (value) => `Взять ширину ${value}`,
  inputs: (value) => `Взять ${count(value)} ${plural(value, 'вход', 'входа', 'входов')}`,
  channels: (value) => `Взять ${value} ${plural(value, 'канал', 'канала', 'каналов')}`,
  kernel: (value) => `Взять ядро ${value} × ${value}`,
  size: (value) => `Взять изображения ${value} × ${value}`,
};
