/**
 * lessons.js: the words of the lessons and of their panel, in Russian. They load with all other Russian words. The
 * measurements and the expected values are in web/lessons/.
 */
import { BLOCKS_TEXTS } from './lessons-blocks.js';
import { NETWORKS_TEXTS } from './lessons-networks.js';
import { SIGNAL_TEXTS } from './lessons-signal.js';
import { TRAINING_TEXTS } from './lessons-training.js';
import { plural, timesWords } from './plural.js';

/** By the lessons' ids. @type {Record<string, import('../en/lessons.js').LessonText>} */
export const LESSONS_TEXTS = { ...SIGNAL_TEXTS, ...NETWORKS_TEXTS, ...BLOCKS_TEXTS, ...TRAINING_TEXTS };

/** @type {typeof import('../en/lessons.js').LESSON_WORDS} */
export const LESSON_WORDS = {
  lessons: 'Уроки',
  groups: {
    counting: 'Подсчёт fan_in и fan_out',
    signal: 'Сохранение сигнала',
    activations: 'Функции активации',
    gradients: 'Градиенты',
    networks: 'Что делают сети',
    blocks: 'Современные сети',
    training: 'Обучается ли сеть?',
  },
  place: (place, count) => `Урок ${place} из ${count}`,
  previous: 'назад',
  next: 'дальше',
  list: 'все уроки',
  close: 'закрыть',
  predict: 'Показать',
  choose: 'Сначала выберите ответ.',
  drawFirst: 'Сначала нарисуйте линию.',
  draw:
    'Рисуйте на графике указателем или перейдите к графику и нажимайте стрелки: влево и вправо — выбор слоя, вверх и ' +
    'вниз — значение в этом слое.',
  toChart: 'перейти к графику',
  sketch: 'вы',
  sketchLabel: 'Ваш прогноз СКЗ по глубине',
  sketched: (layer, value) => `${layer}: ${value}`,
  right: 'Ваш прогноз верен.',
  wrong: (choice) => `Ваш прогноз: ${choice}.`,
  offBy: (factor) => `Ваша линия отличается в среднем ${timesWords(factor)}.`,
  measure: 'величина',
  measured: 'измерено',
  expected: 'ожидается',
  agrees: 'совпадает',
  disagrees: 'не совпадает',
  unmeasured: 'при этих параметрах не измеряется',
  exactly: 'точно',
  orMore: 'или больше',
  orLess: 'или меньше',
  factor: (factor) => `множитель до ${factor}`,
  source: 'Источник:',
  tolerance: 'Допуск.',
  changed: 'Вы изменили параметры. Ожидаемые значения относятся к параметрам урока.',
  back: 'вернуть параметры урока',
  again: 'ответить заново',
  nextSeed: 'другая сеть',
  lsuv: (letter, on) => (on ? `LSUV для ${letter}: включено` : `Включить LSUV для ${letter}`),
  draws: (values, below, count) =>
    `Отношение M к среднему, сеть за сетью: ${values.join('; ')}. Меньше 1: ${below} из ${count}.`,
  tries: (yours, rms, reached) =>
    `Вы: ${yours} ${plural(yours, 'попытка', 'попытки', 'попыток')}. СКЗ последних активаций\u00a0— ${rms}${reached ? ': в нужных пределах' : ''}.`,
  tuned: (measurements) => `LSUV: ${measurements} ${plural(measurements, 'измерение', 'измерения', 'измерений')}.`,
};
