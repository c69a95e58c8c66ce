/**
 * coordinates.js: the words of the coordinate check, in Russian. They load with all other Russian words.
 */
import { count, fixed, number, plain } from './numbers.js';

/** @typedef {import('../../training/coordinates/coordinates-plan.js').Seen} Seen */

/** @param {number} step */
const afterText = (step) => (step === 1 ? 'После первого шага' : `После ${step} шагов`);

/** @param {Seen} seen */
const slopesText = ({ slopes }) => slopes.map((slope) => fixed(slope, 2).replace('-', '−')).join('; ');

/** @type {typeof import('../en/coordinates.js').COORDINATE_WORDS} */
export const COORDINATE_WORDS = {
  title: 'Сдвиг каждого слоя при разной ширине',
  text: (examples, rate) =>
    'Подойдёт ли широкой сети скорость обучения, подобранная на узкой? Сети из двух скрытых слоёв ReLU и выходного слоя ' +
    `обучаются на ${count(examples)} цифрах: Adam, скорость ${plain(rate)}, ширина от 64 до 4096. При ширине 64 обе сети ` +
    'одинаковы. Дальше стандартная сохраняет свои схемы (Хе, на выходе LeCun) и скорость, а muP с каждым удвоением ширины вдвое ' +
    'уменьшает скорость всех весов выше первого слоя, а дисперсию выходных весов — вдвое сильнее, чем LeCun.',
  standard: 'стандартная',
  mup: 'muP',
  layers: ['слой 1', 'слой 2', 'логиты'],
  column: (network, layer) => `${network}, ${layer}`,
  fill: 'проверить',
  stop: 'остановить',
  goOn: 'продолжить',
  again: 'проверить заново',
  after: 'после',
  steps: (step) => (step === 1 ? '1 шага' : `${step} шагов`),
  step: 'шаг',
  width: 'ширина',
  axis: 'сдвиг',
  save: 'сохранить график',
  caption: (step, seen) =>
    `СКЗ z − z₀ по всем примерам ${afterText(step).toLowerCase()}; z₀\u00a0— преактивации до обучения. ` +
    'Обе оси логарифмические: степень ширины на них\u00a0— прямая.' +
    (seen ? ` Степени по слоям: ${slopesText(seen.standard)} (стандартная); ${slopesText(seen.mup)} (muP).` : ''),
  run: (examples, rate, step) =>
    `Два скрытых слоя ReLU и выходной слой из 10; цифр: ${count(examples)}, Adam, скорость ${plain(rate)} при ширине 64, зерно 1; ` +
    afterText(step).toLowerCase(),
  progress: (done, all) => `сетей: ${count(done)} из ${count(all)}`,
  failed: (reason) => `Продолжить проверку не удалось: ${reason}`,
  sentence(step, to, { standard, mup }) {
    const kept = {
      flat: 'в muP скорость, подобранную при ширине 64, можно оставить',
      grows: 'в muP какой-то слой с ростом ширины всё же сдвигается сильнее',
      falls: 'в muP какой-то слой с ростом ширины всё же сдвигается слабее',
    }[mup.trend];
    const own = {
      flat: 'в стандартной сети сдвиг тоже не зависит от ширины',
      grows: 'в стандартной сети с ростом ширины скорость приходится уменьшать',
      falls: 'в стандартной сети какой-то слой с ростом ширины сдвигается слабее',
    }[standard.trend];
    return (
      `${afterText(step)} сдвиг логитов при ширине ${count(to)} относится к сдвигу при ширине 64 как ${number(standard.times)} к 1 ` +
      `в стандартной сети и как ${number(mup.times)} к 1 в muP: ${kept}; ${own}.`
    );
  },
  label: (done, all, said) => `Проверка координат: сетей обучено ${count(done)} из ${count(all)}. ${said}`.trim(),
};
