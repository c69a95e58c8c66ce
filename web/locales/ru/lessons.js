/*
 * The words of the lessons and of their panel in Russian. They come with all other Russian words.
 */
import { NETWORKS_TEXTS } from './lessons-networks.js';
import { SIGNAL_TEXTS } from './lessons-signal.js';

/** By the lessons' ids. @type {Record<string, import('../en/lessons.js').LessonText>} */
export const LESSONS_TEXTS = { ...SIGNAL_TEXTS, ...NETWORKS_TEXTS };

/** @type {Record<string, string>} */
const TRIES = { one: 'попытка', few: 'попытки', many: 'попыток', other: 'попытки' };
/** @type {Record<string, string>} */
const LOOKS = { one: 'просмотр', few: 'просмотра', many: 'просмотров', other: 'просмотра' };
const plural = new Intl.PluralRules('ru');

/** @type {typeof import('../en/lessons.js').LESSON_WORDS} */
export const LESSON_WORDS = {
  lessons: 'Уроки',
  groups: {
    counting: 'Подсчёт входов и выходов',
    signal: 'Сохранение сигнала',
    activations: 'Функции активации',
    gradients: 'Градиенты',
    networks: 'Что делают сети',
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
    'Рисуйте на графике указателем или перейдите к нему и нажимайте стрелки: вверх и вниз — значение в слое, ' +
    'влево и вправо — выбор слоя.',
  toChart: 'к графику',
  sketch: 'вы',
  sketchLabel: 'Ваш прогноз среднеквадратичного значения по слоям',
  sketched: (layer, value) => `слой ${layer}: ${value}`,
  right: 'Как вы и предсказали.',
  wrong: (choice) => `Ваш ответ: ${choice}.`,
  offBy: (factor) => `Ваша линия отличается в среднем в ${factor} раза.`,
  measure: 'величина',
  measured: 'измерено',
  expected: 'ожидается',
  agrees: 'согласие',
  disagrees: 'расхождение',
  exactly: 'точно',
  factor: (factor) => `с точностью до множителя ${factor}`,
  source: 'Источник:',
  tolerance: 'Допуск:',
  changed: 'Состояние изменено; ожидаемое относится к состоянию урока.',
  back: 'вернуть состояние урока',
  again: 'ответить заново',
  nextSeed: 'другая сеть',
  lsuv: (letter) => `LSUV в ${letter}`,
  draws: (values, below, count) => `M к среднему, раз за разом: ${values.join('; ')}. Меньше 1: ${below} из ${count}.`,
  tries: (yours, rms, reached) =>
    `Вы: ${yours} ${TRIES[plural.select(yours)]}, последние активации на уровне ${rms}${reached ? ' — разумно' : ''}.`,
  tuned: (looks) => `LSUV: ${looks} ${LOOKS[plural.select(looks)]}, без вашей помощи.`,
};
