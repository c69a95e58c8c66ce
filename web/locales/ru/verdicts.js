/**
 * verdicts.js: what a verdict says, in Russian: its word, its cautions, a sentence with the numbers, and a line that says
 * what to do. Whether theory agrees is said in page.js.
 */
import { composeVerdict } from '../compose-verdict.js';
import { choiceWords } from './choices.js';
import { number, percent, share } from './numbers.js';
import { plural, pluralOf, timesWords } from './plural.js';

/** @import { Advice } from '../../reading/advice.js' */
/** @import { Verdict } from '../../reading/verdict.js' */
/** @import { Call } from '../called.js' */

/** @type {Record<string, string>} */
const NAMES = {
  overflow: 'Переполнение',
  zero: 'Ничего не проходит',
  symmetric: 'Нейроны одинаковы',
  kept: 'Масштаб сохраняется',
  settled: 'Масштаб устанавливается',
  fading: 'Сигнал слабеет',
  vanishing: 'Сигнал затухает',
  growing: 'Сигнал растёт',
  exploding: 'Сигнал взрывается',
  'gradients-fade': 'Градиенты слабеют',
  'gradients-vanish': 'Градиенты затухают',
  'gradients-grow': 'Градиенты растут',
  'gradients-explode': 'Градиенты взрываются',
  loss: 'Слишком большие потери',
  saturated: 'Насыщение',
  dead: 'Мёртвые нейроны',
  alike: 'Входы неразличимы',
};

/** The other cautions are names, with a small letter. @type {Record<string, (v: Verdict) => string>} */
const CAUTIONS = {
  loss: ({ outcome }) => `потери ${timesWords(outcome.loss?.ratio ?? Number.NaN)} больше, чем при угадывании`,
  saturated: ({ outcome }) => `в насыщении ${percent(outcome.saturated.share)}`,
  dead: ({ outcome }) => `мёртвых нейронов ${percent(outcome.dead.share)}`,
  alike: () => 'входы сближаются',
  input: ({ outcome }) => `СКЗ входа ${number(outcome.input.rms)}`,
  chance: () => 'сказалась случайность',
};

/** In the genitive. @param {number} layers */
const ofLayers = (layers) => `${layers} ${pluralOf(layers, 'слоя', 'слоёв')}`;

/** From here on something is so many times larger than something else. */
const LARGER = 10;

/** @param {number} ratio of the signal to the input */
const amountText = (ratio) =>
  ratio < LARGER ? `составляет ${number(ratio)} входного` : `${timesWords(ratio)} больше входного`;

/** @param {Verdict} v @param {Call} call */
function signalText({ depth, left, factor, still, layer = 0, word, outcome }, call) {
  if (word === 'vanishing' && outcome.signal?.ratio === 0)
    return `Сигнал становится меньше наименьшего числа float: начиная со слоя ${call(layer)} он в точности равен 0.`;
  if (!outcome.signal) return '';
  const { signal } = outcome;
  const peak = signal.peaks
    ? ` В слое ${call(signal.layer)} он ${signal.ratio < 1 ? `слабее: ${share(signal.ratio)}` : amountText(signal.ratio)}.`
    : '';
  if (still)
    return `Сигнал устанавливается за ${depth} ${plural(depth, 'слой', 'слоя', 'слоёв')} на уровне ${percent(left)} от входа.${peak}`;
  const end = left < 1 ? `остаётся ${share(left)} сигнала` : `сигнал ${amountText(left)}`;
  const pace = depth > 1 && factor !== null ? ` (×\u00a0${number(factor)} на слой)` : '';
  return `После ${ofLayers(depth)} ${end}${pace}.${peak}`;
}

/** @param {Verdict} v @param {Call} call */
function gradientText({ outcome: { gradient } }, call) {
  if (!gradient || !(gradient.level > 0 || gradient.byChance)) return '';
  const { ratio, layer, left, factor } = gradient;
  if (!(ratio > 0 && ratio < Infinity)) {
    const where = layer === 1 ? `в слое ${call(1)}` : `в слоях с ${call(layer)} по ${call(1)}`;
    return ratio > 0 ? `Градиенты переполняются ${where}.` : `Градиенты в точности равны 0 ${where}.`;
  }
  const peak = gradient.peaks
    ? ` В слое ${call(layer)} он ${ratio < 1 ? `слабее: ${share(ratio)}` : `${timesWords(ratio)} больше, чем в последнем`}.`
    : '';
  const end =
    left < 1
      ? `До слоя ${call(1)} доходит ${share(left)} градиента`
      : `В слое ${call(1)} градиент ${timesWords(left)} больше, чем в последнем`;
  return `${end}${factor === null ? '' : ` (×\u00a0${number(factor)})`}.${peak}`;
}

/** What the word stands for, where signal and gradient do not say it.
 * @type {Record<string, (v: Verdict, call: Call) => string>} */
const REASONS = {
  overflow: ({ layer = 0 }, call) => `Начиная со слоя ${call(layer)} значения превышают наибольшее число float.`,
  zero: ({ layer = 0 }, call) => `Начиная со слоя ${call(layer)} все активации в точности равны 0.`,
  symmetric: ({ layer = 0 }, call) =>
    `В слое ${call(layer)} у всех нейронов одинаковые веса и смещения: они вычисляют одно и то же и одинаково учатся.`,
  loss: ({ outcome: { loss } }) =>
    `Потери равны ${number(loss?.value ?? 0)}, а при угадывании\u00a0— ${number(loss?.chance ?? 0)}.`,
  saturated: ({ outcome: { saturated } }, call) =>
    `В слое ${call(saturated.layer)} ${percent(saturated.share)} активаций лежат там, где функция активации плоская.`,
  dead: ({ outcome: { dead } }, call) =>
    `В слое ${call(dead.layer)} ${percent(dead.share)} нейронов равны 0 на всём батче.`,
  alike: ({ layer = 0, outcome: { alike } }, call) =>
    `В слое ${call(layer)} корреляция двух входов равна ${alike.correlation < 1 ? `1 − ${number(1 - alike.correlation)}` : '1'}: он их не различает.`,
};

/** @param {Verdict} v */
const headText = ({ head }) =>
  head ? `Выходной слой: в насыщении ${percent(head.saturated)}, средний наклон ${number(head.slope)}.` : '';

/** What to do. @type {Record<string, string | ((v: Verdict, advice: Advice, call: Call) => string)>} */
const ADVICE = {
  nothing: 'Менять ничего не нужно.',
  trains: 'Такую сеть ещё можно обучить.',
  skip: 'Столь глубокой сети нужны обходные связи или нормализация.',
  branches: 'Масштаб этих весов убирает норма: уменьшите число блоков или множитель ветвей.',
  blocks: 'С меньшим числом блоков или меньшим множителем ветвей поток меняется слабее.',
  normalise: 'Нормируйте вход к СКЗ 1: веса рассчитаны на него.',
  seed: 'При другом зерне масштаб будет другим; в более широких слоях случайность слабее.',
  larger: 'Увеличьте веса.',
  smaller: 'Уменьшите веса.',
  'slightly-larger': 'Поможет чуть большее усиление.',
  'slightly-smaller': 'Поможет чуть меньшее усиление.',
  multiply: (_, { by, scheme }) =>
    `Умножьте веса на ${number(Number(by))}${scheme ? `: получится инициализация ${choiceWords(scheme)}` : ''}.`,
  'multiply-more': (_, { by }) => `Умножьте веса на ${number(Number(by))} или чуть больше.`,
  centre: 'Центрируйте веса: пока их среднее не 0, меньший разброс не поможет.',
  'zero-weights': (_, { layer }, call) =>
    `${layer ? `Веса слоя ${call(layer)} равны 0, поэтому` : 'Если веса слоя равны 0, то'} dL/dz всех слоёв под ним в ` +
    'точности равен 0. Задайте их случайно.',
  'equal-weights': 'Задайте веса случайно: у одинаковых нейронов одинаковы и градиенты.',
  widen: 'Расширьте слои: в узком слое все нейроны могут случайно оказаться нулевыми.',
  width: 'Расширьте слои или смените зерно: при такой ширине многое зависит от случая.',
  variance: (v) => `Передайте std, а не дисперсию: ${stdText(v)}`,
  fans: (v) => `Возьмите истинное число входов и выходов: ${stdText(v)}`,
  'no-input': 'Вход равен 0: выберите другой.',
  input: 'Разделите пиксели на 255 или нормируйте вход к СКЗ 1.',
  head: (_, { by }) => `Разделите веса выходного слоя на ${number(Number(by))}: СКЗ его выходов станет равно 1.`,
  bias: 'Начните с нулевых смещений: они заглушают сигнал.',
  activation: 'Градиент проходит хуже сигнала: выберите функцию активации с наклоном около 1.',
  leaky: 'У Leaky ReLU мёртвых нейронов нет; в более широких слоях их меньше.',
  critical: 'Сигнал убывает как степень глубины: чуть большее усиление его удержит.',
  depth: 'Входы останутся различимы, если слоёв меньше или есть обходные связи либо нормализация.',
};

/** @param {Verdict} v */
const stdText = ({ std, rightStd }) => `std весов должно быть ${number(rightStd)}, а не ${number(std)}.`;

/** The verdict in words. */
export const verdictWords = composeVerdict(NAMES, CAUTIONS, REASONS, ADVICE, [signalText, gradientText, headText]);
