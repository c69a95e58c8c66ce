/**
 * stack-refusals.js: what is wrong with a line of the stack notation, in Russian: a sentence for each of its codes in
 * engine/refusal.js. They load with all other Russian words.
 */
import { count } from './numbers.js';

/** @import { Refused, StackSentences } from '../refused.js' */

/** What belongs there. @type {Record<import('../../engine/refusal.js').Expected, string>} */
const EXPECTED = {
  text: 'нужен текст',
  input: 'нужен вход, например 784, 28x28 или 28x28x1',
  start: 'перед первым слоем нужен вход, как в 784-20*256',
  side: 'нужны высота и ширина изображений',
  inputs: 'нужно число входов',
  image: 'на входе нужны изображения, например 28x28x1: их ждёт первый слой',
  vector: 'нужно число входов, например 784. Чтобы усреднить изображения, поставьте первым слой gap',
  dash: 'нужен дефис, а за ним следующий слой',
  comma: 'нужен дефис, а за ним следующий слой; дробная часть отделяется точкой',
  layer:
    'нужен слой: число нейронов, conv, convT, maxpool, avgpool, gap, flatten, layernorm, rmsnorm, batchnorm, add, glu, swiglu, geglu или prelu',
  attached: 'нужен слой. Параметр пишется после своего слоя через двоеточие, как в 256:relu',
  option: 'нужен параметр слоя, например tanh, he-normal или gain=2',
  count: 'нужно число повторов, как в 20*256',
  close: 'нужна закрывающая скобка',
  units: 'нужно число нейронов',
  channels: 'нужно число каналов',
  kernel: 'нужно ядро, например 5x5',
  window: 'нужно окно, например 2 или 2x3',
  stride: 'нужен шаг',
  padding: 'нужно дополнение: same, valid или число',
  rows: 'нужно число: сколько строк и столбцов отрезать с каждой стороны',
  outputPadding: 'нужно число: сколько строк и столбцов добавить к выходу',
  single: 'здесь помещается только один слой',
  groups: 'нужно число групп',
  pool: 'нужен способ превратить изображения в вектор: flatten или average',
  activation: 'нужна активация, например relu',
  scheme: 'нужна схема, например he-normal',
  parameter: 'нужен параметр активации — число, как в sin=30',
  schemeNumber: 'нужен параметр схемы — число, как в normal=0.02',
  argument: 'у этой схемы нет такого аргумента',
  mode: 'нужен режим: fan-in, fan-out, fan-avg или fan-geo-avg',
  distribution: 'нужно распределение: uniform, normal, truncated или truncated-raw',
  gain: 'нужно усиление: число, pytorch, forward или backward',
  bias: 'нужно стандартное отклонение смещений или схема',
  fans: 'нужен способ подсчёта fan_in и fan_out: true, pytorch, keras, jax, whole или channels',
  varianceAsStd: 'нужно true или false',
  shared: 'нужно true или false',
  drawn: 'нужен формат чисел, например bfloat16',
  over: 'нужно число слоёв, через которые проходит сумма, например add2',
  epsilon: 'нужно значение epsilon, например 0,001',
  stream: 'нужен множитель потока',
  branch: 'нужен множитель ветви',
  trains: 'нужны обучаемые множители: stream или branch',
  slope: 'нужен наклон ниже нуля, например 0,25',
  perChannel: 'нужно true или false',
  observe: 'нужны названия тензоров (weights, preactivations, activations, weight-gradients) или одно слово none',
};

/** What must be a number. @type {Partial<Record<import('../../engine/refusal.js').Expected, string>>} */
const NUMBERS = {
  input: 'размер входа',
  side: 'сторона изображений',
  inputs: 'число входов',
  count: 'число повторов',
  units: 'число нейронов',
  channels: 'число каналов',
  kernel: 'сторона ядра',
  window: 'сторона окна',
  stride: 'шаг',
  padding: 'дополнение',
  rows: 'дополнение',
  outputPadding: 'дополнение выхода',
  groups: 'число групп',
  parameter: 'параметр активации',
  schemeNumber: 'параметр схемы',
  gain: 'усиление',
  bias: 'стандартное отклонение смещений',
  over: 'число слоёв в ветви',
  epsilon: 'epsilon',
  stream: 'множитель потока',
  branch: 'множитель ветви',
  slope: 'наклон',
};

/** In the genitive. @type {Record<string, string>} */
const KINDS = {
  dense: 'полносвязного слоя',
  conv: 'свёртки',
  'transposed-conv': 'транспонированной свёртки',
  'max-pool': 'max-пулинга',
  'average-pool': 'среднего пулинга',
  'global-average-pool': 'глобального среднего пулинга',
  flatten: 'слоя flatten',
  'layer-norm': 'нормализации по слою',
  'rms-norm': 'RMS-нормализации',
  'batch-norm': 'нормализации по батчу',
  add: 'остаточной суммы',
  glu: 'GLU',
  swiglu: 'SwiGLU',
  geglu: 'GEGLU',
  prelu: 'PReLU',
};

/** @param {{ position: number, found: string }} range */
const where = ({ position, found }) => `Символ ${count(position + 1)}, ${found ? `«${found}»` : 'конец строки'}`;

/** @type {StackSentences} */
export const STACK_REFUSED = {
  stackUnexpected: ({ range }) =>
    `${where(range)}: ${EXPECTED[range.expected]}.` +
    (range.near.length > 0 ? ` Возможно, вы имели в виду: ${range.near.join(', ')}.` : ''),
  stackNumber: ({ range }) =>
    `${where(range)}: ${NUMBERS[range.expected]}\u00a0— ${range.whole ? 'целое ' : ''}число от ${count(range.least)} до ` +
    `${count(range.most)}.`,
  stackTwice: ({ range }) => `${where(range)}: «${range.option}» уже указано.`,
  stackMisfit: ({ range: { expected, kind, ...range } }) =>
    `${where(range)}: у ${KINDS[kind]} нет такого параметра. ` +
    (expected.length > 0 ? `Есть такие: ${expected.join(', ')}.` : 'Параметров здесь нет.'),
  stackLater: ({ range }) =>
    `${where(range)}: ${range.expected === 'layer' ? 'такого слоя' : 'такого параметра'} в Initscope пока нет.`,
  stackDeep: ({ range }) =>
    `${where(range)}: начиная отсюда, слоёв больше ${count(range.expected)}. Уменьшите их число.`,
  stackLong: ({ range }) => `В строке больше ${count(range.expected)} символов. Сократите её.`,
};

/** @param {Refused<keyof StackSentences>} refused */
export const stackRefusalWords = (refused) => /** @type {any} */ (STACK_REFUSED)[refused.code](refused);
