/**
 * choices.js: the Russian names of schemes, activations, tensors and everything else that a reader chooses from a list. It
 * also makes the name of a network from its scheme and its settings. The lists of choices are in state/ and engine/tables.js.
 */
import { exact } from './numbers.js';

/** Choices that have a name for readers. Every other choice is shown under its key. */
const NAMES = /** @type {Record<string, string>} */ ({
  zeros: 'Нули',
  constant: 'Константа',
  normal: 'Нормальное',
  uniform: 'Равномерное',
  'xavier-normal': 'Xavier, нормальное',
  'xavier-uniform': 'Xavier, равномерное',
  He: 'Хе',
  'he-normal': 'Хе, нормальное',
  'he-uniform': 'Хе, равномерное',
  'lecun-normal': 'LeCun, нормальное',
  'lecun-uniform': 'LeCun, равномерное',
  'pytorch-default': 'По умолчанию в PyTorch',
  orthogonal: 'Ортогональная',
  identity: 'Единичная',
  sparse: 'Разреженная',
  'xavier-truncated': 'Xavier, усечённое',
  'he-truncated': 'Хе, усечённое',
  'lecun-truncated': 'LeCun, усечённое',
  'xavier-truncated-raw': 'Xavier, усечённое без поправки',
  'he-truncated-raw': 'Хе, усечённое без поправки',
  'lecun-truncated-raw': 'LeCun, усечённое без поправки',
  'truncated-raw': 'Усечённое нормальное',
  'cut-normal': 'Нормальное до ±2',
  'uniform-positive': 'Равномерное от 0',
  'he-fan-out': 'Хе, нормальное, fan_out',
  'mxnet-gaussian': 'MXNet Xavier, гауссово',
  'msra-prelu': 'MSRA PReLU',
  'gpt2-residual': 'GPT-2, остаточные',
  'mup-hidden': 'muP, скрытые слои',
  'unit-sum': 'OpenCV ANN_MLP',
  'nguyen-widrow-positive': 'Нгуен — Уидроу, все > 0',
  'cut-spiked': 'timm, нормальное и −2',
  'truncated-spiked': 'DL4J, усечённое',
  'djl-xavier': 'DJL Xavier',
  'transformers-lecun': 'Transformers LeCun',
  'variance-scaling': 'Масштаб дисперсии',
  'of a given size': 'фиксированный масштаб',
  matrices: 'матрицы',
  'single libraries': 'отдельные библиотеки',
  others: 'другие',
  linear: 'линейная',
  relu: 'ReLU',
  'leaky-relu': 'Leaky ReLU',
  sigmoid: 'сигмоида',
  elu: 'ELU',
  selu: 'SELU',
  gelu: 'GELU',
  silu: 'SiLU',
  mish: 'Mish',
  activations: 'активации',
  preactivations: 'предактивации',
  deltas: 'градиенты dL/dz',
  weightGradients: 'градиенты весов',
  weights: 'веса',
  auto: 'авто',
  light: 'светлая',
  dark: 'тёмная',
  random: 'случ. градиент',
  'cross-entropy': 'кросс-энтропия',
  none: 'нет',
  depthwise: 'поканально',
  flatten: 'развернуть',
  average: 'усреднить',
  normalised: 'нормированы',
  bricks: 'кирпичи',
  clouds: 'облака',
  wood: 'дерево',
  leaves: 'листва',
  lsuv: 'LSUV',
  own: 'свой файл',
});

/** Choices whose name depends on the control that offers them. */
const BIASES = { sigma: 'по σ', zeros: '0', 'pytorch-default': 'PyTorch, U(±1/√fan_in)' };
const COUNTS = {
  true: 'верный',
  pytorch: 'как в PyTorch',
  keras: 'как в Keras',
  jax: 'как в JAX',
  whole: 'без групп',
  channels: 'по каналам',
};
const COUNTED = /** @type {Record<string, string>} */ ({ ...COUNTS, channels: 'только по каналам' });
const TAKEN = { std: 'нет', variance: 'Var вместо std', shared: 'одни числа' };
const DRAWN = {
  'jax-bfloat16': 'bf16 из JAX',
  'pytorch-bfloat16': 'bf16 из PyTorch',
  'tinygrad-bfloat16': 'bf16 из tinygrad',
};
const OF_ROW = /** @type {Record<string, Record<string, string>>} */ ({
  biasA: BIASES,
  biasB: BIASES,
  input: {
    normal: 'нормальный',
    uniform: 'равномерный',
    unit: 'от 0 до 1',
    bytes: 'от 0 до 255',
    sparse: '90 % нулей',
  },
  fansA: COUNTS,
  fansB: COUNTS,
  takenA: TAKEN,
  takenB: TAKEN,
  drawnA: DRAWN,
  drawnB: DRAWN,
  head: { linear: 'линейный' },
  pixels: { raw: 'сырые 0–255' },
  block: {
    none: 'без блоков',
    'resnet-v1': 'ResNet v1 (постактивация)',
    'pre-activation': 'преактивация',
    'pre-norm': 'MLP, норма до ветви',
    'post-norm': 'норма после суммы',
    'norm-inside': 'норма внутри ветви',
    gpt2: 'GPT-2',
    fixup: 'Fixup',
    rezero: 'ReZero',
    skipinit: 'SkipInit',
    deepnorm: 'DeepNorm',
    'by-root-of-blocks': '1/√L',
  },
  format: {
    'float16-flush': 'float16 (денорм. → 0)',
    'bfloat16-flush': 'bfloat16 (денорм. → 0)',
  },
  norm: { own: 'как в блоке', layer: 'по слою', rms: 'RMS', batch: 'по батчу' },
  value: {
    ...{ bound: 'граница', value: 'значение', share: 'доля нулей', scale: 'масштаб' },
    ...{ slope: 'накл.', alpha: 'α', omega: 'ω' },
  },
});

/** @type {Record<string, string>} */
const INPUT_NUMBERS = { mean: 'среднее', std: 'ст. откл.' };

/** The name of a choice. @param {string} name @param {string} [key] of the control */
export const choiceWords = (name, key = '') => OF_ROW[key]?.[name] ?? NAMES[name] ?? name;

/** How the fans were counted. @param {string} fans */
export const countedWords = (fans) => COUNTED[fans];

/** The name of a network: its scheme, its mistakes and its number format. @param {import('../../state/state.js').State} state
 * @param {'A' | 'B'} letter */
export function networkWords(state, letter) {
  const [fans, taken, drawn] = ['fans', 'taken', 'drawn'].map((key) => state[`${key}${letter}`]);
  return [
    choiceWords(state[letter.toLowerCase()]),
    ...(fans === 'true' ? [] : [`fan_in и fan_out ${countedWords(fans)}`]),
    ...(taken === 'std' ? [] : [taken === 'shared' ? 'одни числа на все слои' : 'дисперсия вместо std']),
    ...(drawn === 'float32' ? [] : [`веса в ${choiceWords(drawn, 'drawnA')}`]),
  ].join('; ');
}

/** A number of the input that the reader has set. @param {string} key @param {any} state */
const numberOf = (key, { [key]: value }) => (value === null ? '' : `, ${INPUT_NUMBERS[key]} ${exact(value)}`);

/** Describes the networks: one line for both, then one for each. @param {import('../../state/state.js').State} state */
export const stateWords = (state) => [
  [
    state.stack
      ? `слои ${state.stack}${state.changeB && `, в B ${state.changeB}`}`
      : state.kind === 'conv'
        ? `свёрточных слоёв: ${state.depth}, ядро ${state.kernel} × ${state.kernel}, каналов: ${state.channels}`
        : state.block === 'none'
          ? `полносвязных слоёв: ${state.depth}, нейронов в слое: ${state.width}`
          : `блоков ${choiceWords(state.block, 'block')}: ${state.depth}, ширина потока: ${state.width}`,
    `активация: ${choiceWords(state.activation)}${state.parameter === null ? '' : ` ${exact(state.parameter)}`}`,
    ...(state.train
      ? []
      : [`вход: ${choiceWords(state.input, 'input')}${numberOf('mean', state)}${numberOf('std', state)}`]), // у обучения свой
    `батч: ${state.batch}`,
    `зерно: ${state.seed}`,
  ].join(', '),
  .../** @type {const} */ (['A', 'B']).map(
    (letter) => `${letter}: ${networkWords(state, letter)}, усиление ${exact(state[`gain${letter}`])}`,
  ),
];

/** @param {string} call of a library, as the engine names it */
export const libraryWords = (call) => call.replace(/ default\b/, ' по умолчанию');
