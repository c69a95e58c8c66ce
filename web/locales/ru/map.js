/**
 * map.js: the words of the map of trainable depth, in Russian. They load with all other Russian words.
 */
import { count, percent, plain } from './numbers.js';
import { plural } from './plural.js';

/** @typedef {import('../../training/map/map-plan.js').Cell} Cell */

/** @param {number} depth */
const layersText = (depth) => `${depth} ${plural(depth, 'слой', 'слоя', 'слоёв')}`;

/** @param {Cell[]} cells */
const deepestText = (cells) =>
  cells.length === 0
    ? 'До 90\u00a0% не доходит ни одна.'
    : `Самые глубокие из тех, что доходят до 90\u00a0%: ${cells
        .map(({ depth, square }) => `${layersText(depth)} при ${plain(square)}`)
        .join('; ')}.`;

/** @type {typeof import('../en/map.js').MAP_WORDS} */
export const MAP_WORDS = {
  title: 'Точность по глубине и дисперсии весов',
  text:
    'Насколько глубокой может быть сеть? Каждая клетка — это сеть с tanh и 64 нейронами в слое. Строка задаёт глубину, ' +
    'столбец — σ² = fan_in × Var W; дисперсия смещений 0,05. Все сети обучаются на цифрах: SGD с инерцией 0,9, скорость 0,003, ' +
    'по три раза, зёрна от 1 до 3.',
  fill: 'заполнить карту',
  stop: 'остановить',
  goOn: 'продолжить',
  again: 'заполнить заново',
  steps: 'шагов на сеть',
  save: 'сохранить график',
  cells: 'сети карты: стрелки выбирают клетку, Enter открывает её сеть как A',
  depth: 'глубина',
  square: 'σ²',
  limit: '6 ξ',
  mean: 'среднее',
  seed: (seed) => `зерно ${seed}`,
  caption:
    'Точность в процентах; жирным, когда это среднее по трём зёрнам. Линия: 6 ξ, наибольшая глубина, на которой сети ' +
    'должны обучаться по теории среднего поля; за ξ слоёв различие двух входов сокращается до 37\u00a0%. При 1,76 она бесконечна: там предел ставят ширина 64 и число шагов. Клетка открывает свою ' +
    'сеть как A.',
  run: (steps) =>
    `Слои по 64 нейрона с tanh, дисперсия смещений 0,05; цифры, батч 64, SGD с инерцией 0,9, скорость 0,003, шагов: ${count(steps)}, зёрна от 1 до 3`,
  progress: (done, all) => `обучено сетей: ${count(done)} из ${count(all)}`,
  failed: (reason) => `Заполнить карту дальше не удалось: ${reason}`,
  cell: (depth, square, accuracy, seeds) => {
    const network = `${layersText(depth)}, дисперсия ${plain(square)}`;
    if (seeds === 0) return `${network}: ещё не обучена`;
    return `${network}: точность ${percent(accuracy)}, ${seeds === 1 ? 'одно зерно' : `среднее по ${seeds} зёрнам`}`;
  },
  opened: (depth, square) =>
    `Теперь A — это сеть глубиной ${layersText(depth)} с дисперсией ${plain(square)}. У B те же слои и смещения, а схема прежняя.`,
  filled: (deepest) => `Карта заполнена. ${deepestText(deepest)}`,
  label: (done, all, deepest) =>
    `Карта обучаемой глубины: обучено сетей: ${count(done)} из ${count(all)}. ${done > 0 ? deepestText(deepest) : ''}`.trim(),
};
