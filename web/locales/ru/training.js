/**
 * training.js: the words of the view Training, in Russian. They load with all other Russian words.
 */
import { count, entry, fixed, number, percent, plain } from './numbers.js';
import { plural, pluralOf } from './plural.js';

/** @import { Judgement } from '../../training/judgement.js' */

/** @param {number} steps */
const afterSteps = (steps) => `после ${count(steps)} ${pluralOf(steps, 'шага', 'шагов')}`;

/** @param {number} loss */
const lossText = (loss) => (loss < 100 && loss >= 0.1 ? fixed(loss, 3) : number(loss));

/**
 * @param {{ accuracy: number, heldAccuracy: number, loss: number }} score heldAccuracy: NaN where none are held out
 * @param {number | null} best accuracy before; null where it goes without saying
 */
const scoreText = ({ accuracy, heldAccuracy, loss }, best) =>
  `точность ${percent(accuracy)}${best === null ? '' : ` (лучшая ${percent(best)})`}` +
  `${Number.isNaN(heldAccuracy) ? '' : `, на отложенной выборке ${percent(heldAccuracy)}`}, потери ${lossText(loss)}`;

/** Why a network is not trained, where its data do not fit it. */
const MISFITS = {
  deep: 'Для обучения добавляется выходной слой, а после 256 слоёв для него нет места. Уберите один слой или включите выходной слой.',
  images: 'Эти слои принимают изображения, а у точки всего два числа. Выберите данные «цифры».',
};

/** Names of what can be changed. @type {Record<string, string>} */
const NAMES = {
  ...{ optimizer: 'оптимизатор', as: 'как в', data: 'данные', labels: 'метки', pixels: 'пиксели' },
  ...{ rate: 'скорость обучения', momentum: 'инерция', decay: 'затухание весов', batch: 'батч', seed: 'зерно' },
};

export const TRAINING_WORDS = {
  title: 'Обучение A и B',
  map: 'карта обучаемой глубины',
  coordinates: 'проверка координат (muP)',
  play: 'обучать',
  pause: 'пауза',
  one: 'один шаг',
  first: 'после одной итерации',
  backToFirst: 'к шагу 1',
  reset: 'сначала',
  step: 'шаг',
  epoch: (/** @type {number} */ epochs) => `эпоха ${fixed(epochs, 1)}`,
  stepSlider: 'шаг, ползунок',
  rate: 'скорость обучения',
  rateSlider: 'скорость обучения, ползунок',
  optimizer: 'оптимизатор',
  as: 'как в',
  data: 'данные',
  labels: 'метки',
  pixels: 'пиксели',
  settings: 'настройки обучения',
  learning: 'Потери и точность по шагам',
  ratio: 'Отношение обновления к весам по слоям',
  decision: 'Решение сети',
  save: 'сохранить график',
  trained: 'обучающая выборка',
  held: 'отложенная выборка',
  loss: 'потери',
  accuracy: 'точность',
  layer: 'слой',
  chance: (/** @type {number} */ loss) => `при угадывании: ${fixed(loss, 3)}`,
  names: /** @type {Record<string, string>} */ ({
    digits: 'цифры, 8 × 8',
    spirals: 'две спирали',
    circles: 'два кольца',
    true: 'верные',
    random: 'случайные',
    standardized: 'стандартизованные',
    raw: 'как есть, 0–16',
    sgd: 'SGD',
    momentum: 'SGD с инерцией',
    nesterov: 'Нестеров',
    adam: 'Adam',
    pytorch: 'PyTorch',
    keras: 'Keras',
    optax: 'optax',
    'tensorflow-js': 'TensorFlow.js',
    'scikit-learn': 'scikit-learn',
    'convnet-js': 'ConvNetJS',
  }),
  outcomes: /** @type {Record<Judgement['outcome'] | 'memorizes', string>} */ ({
    fresh: 'Ещё не обучалась',
    begun: 'Только начала',
    learned: 'Обучилась',
    learns: 'Обучается',
    still: 'Стоит на месте',
    lost: 'Сдаёт назад',
    diverged: 'Расходится',
    memorizes: 'Заучивает',
  }),
  /**
   * @param {Judgement['outcome']} outcome
   * @param {number} steps
   * @param {any} score the last one; undefined where there is none
   * @param {{ classes: number, diverged: number, best: number | null }} known
   */
  outcome(outcome, steps, score, { classes, diverged, best }) {
    if (outcome === 'diverged') return `На шаге ${count(diverged)} потери перестают быть конечным числом.`;
    if (!score) return '';
    const reached = scoreText(score, best);
    const guess = `при угадывании ${percent(1 / classes)}`;
    if (outcome === 'fresh') return `В начале: ${reached}; ${guess}.`;
    const after =
      score.step < steps ? `Последнее измерение, ${afterSteps(score.step)}` : `П${afterSteps(steps).slice(1)}`;
    return `${after}: ${reached}${outcome === 'still' ? `; ${guess}` : ''}.`;
  },
  promise: (/** @type {string} */ word) => `Вердикт по сигналу: ${word.replace(/^./, (first) => first.toLowerCase())}.`,
  /** @param {Judgement['agrees']} kind @param {boolean} soFar whether that may still change @param {number} usual rate */
  agreement(kind, soFar, usual) {
    const odd = 'поэтому о сигнале это ничего не говорит.';
    const training = soFar ? 'Пока обучение' : 'Обучение';
    return {
      early: 'Сравнивать ещё рано.',
      yes: `${training} подтверждает этот вердикт.`,
      partly: `${training} подтверждает его отчасти: сеть всё же обучается.`,
      fails: `${training} с ним не согласуется. Из 30 сетей с таким вердиктом за 1000 шагов обучились не меньше 27.`,
      learns: `${training} с ним не согласуется. Из 30 сетей с таким вердиктом за 1000 шагов обучились не больше 3.`,
      open: 'Вердикт не говорил, обучится ли сеть.',
      high: `Скорость обучения намного больше обычной, ${plain(usual)}, ${odd}`,
      raised: `Скорость обучения до этого повысили, ${odd}`,
      low: `Скорость обучения намного меньше обычной, ${plain(usual)}, ${odd}`,
      noise: `Случайные метки заучиваются дольше, ${odd}`,
      raw: `Значения пикселей «как есть» намного больше входа, для которого вынесен вердикт, ${odd}`,
      adam: 'Adam подбирает размер шага для каждого веса и тем скрывает масштаб сигнала.',
    }[kind];
  },
  speed: (/** @type {number} */ perSecond) => `${number(perSecond)} шагов/с`,
  going: (/** @type {number} */ step, /** @type {number} */ target) =>
    `переход к шагу ${count(target)}, сейчас ${count(step)}`,
  unused: 'У обучения свой вход (данные ниже) и своя функция потерь (кросс-энтропия).',
  added: (/** @type {number} */ classes) => `+ выход на ${classes} ${plural(classes, 'класс', 'класса', 'классов')}`,
  starting: 'Запуск',
  /**
   * What was run.
   * @param {import('../../training/settings.js').Settings} settings
   * @param {import('../../training/settings.js').RateChange[]} rates from the first on
   * @param {boolean} hasPixels
   */
  run({ data, labels, pixels, optimizer, as, momentum, decay, step }, rates, hasPixels) {
    const { names } = TRAINING_WORDS;
    return [
      `обучение: ${names[data]}`,
      ...(hasPixels ? [`пиксели ${names[pixels]}`] : []),
      ...(labels === 'true' ? [] : [`метки ${names[labels]}`]),
      `${names[optimizer]} как в ${names[as]}`,
      ...(optimizer === 'momentum' || optimizer === 'nesterov' ? [`инерция ${plain(momentum)}`] : []),
      ...(decay > 0 ? [`затухание весов ${plain(decay)}`] : []),
      `скорость ${rates.map(([from, rate]) => plain(rate) + (from > 0 ? ` с шага ${count(from)}` : '')).join(', ')}`,
      `шаг ${count(step)}`,
    ].join('; ');
  },
  rates: (/** @type {import('../../training/settings.js').RateChange[]} */ changes) =>
    `Скорость обучения: ${changes.map(([step, rate]) => `${plain(rate)} с шага ${count(step)}`).join(', ')}.`,
  /** @param {number | null} momentum @param {number | null} decay null: the usual one */
  hypers: (momentum, decay) =>
    [momentum === null ? '' : `Инерция: ${plain(momentum)}.`, decay === null ? '' : `Затухание весов: ${plain(decay)}.`]
      .filter(Boolean)
      .join(' '),
  ended: 'остановка; «обучать» продолжит',
  /** @param {[key: string, value: string | number][]} changes */
  anew(changes) {
    const texts = changes.map(([key, value]) => {
      const text = typeof value === 'number' ? plain(value) : TRAINING_WORDS.names[value];
      return key === 'networks' ? 'сети изменены' : `${NAMES[key]}: ${text}`;
    });
    return `${texts.join(', ').replace(/^./, (first) => first.toUpperCase())}. Обучение начато заново.`;
  },
  tooManyRates: (/** @type {number} */ most) =>
    `Скорость обучения можно менять не больше ${most} раз за опыт. Чтобы менять её дальше, начните заново.`,
  notUsed: (
    /** @type {'step' | 'rate'} */ name,
    /** @type {string} */ text,
    /** @type {number} */ most,
    /** @type {number | null} */ used,
  ) =>
    `${name === 'step' ? 'Шаг' : 'Скорость обучения'} — число от 0 до ${count(most)}. ` +
    (used === null
      ? `«${text}» таким числом не является, поэтому ничего не изменилось.`
      : `Вместо ${text} взято ${entry(used)}.`),
  misfit: (/** @type {keyof typeof MISFITS} */ which) => MISFITS[which],
  learningCaption: 'Бледные линии: потери на каждом батче. Горизонтальные: угадывание.',
  learningHow: 'Щёлкните график, чтобы перейти к шагу.',
  ratioCaption: 'Стандартное отклонение обновления / стандартное отклонение весов. Ориентир: около 0,001.',
  decisionLabel: (/** @type {string} */ letter, /** @type {number} */ accuracy) =>
    `Как сеть ${letter} делит плоскость на два класса.${Number.isNaN(accuracy) ? '' : ` Точность ${percent(accuracy)}.`}`,
  decisionCaption: 'Закрашено: класс 0; светлое: класс 1; линия: граница. Закрашенные точки: класс 0; пустые: класс 1.',
  stepText: (/** @type {number} */ step) => `шаг ${count(step)}`,
  lossTable: (/** @type {string} */ letter) => `${letter}, потери на батче`,
  batchAccuracyTable: (/** @type {string} */ letter) => `${letter}, точность на батче`,
  trainLossTable: (/** @type {string} */ letter) => `${letter}, потери`,
  heldLossTable: (/** @type {string} */ letter) => `${letter}, потери на отложенной выборке`,
  accuracyTable: (/** @type {string} */ letter) => `${letter}, точность`,
  heldTable: (/** @type {string} */ letter) => `${letter}, точность на отложенной выборке`,
  learningLabel: (/** @type {string[]} */ said) => `Потери и точность по шагам. ${said.join(' ')}`,
  ratioLabel: (/** @type {number[]} */ medians) =>
    `Отношение обновления к весам по слоям, медиана: ${medians
      .map((value, i) => `${'AB'[i]} ${number(value)}`)
      .join(', ')}`,
};
