/**
 * choices.js: the English names of schemes, activations, tensors and everything else that a reader chooses from a list. It
 * also makes the name of a network from its scheme and its settings. The lists of choices are in state/ and engine/tables.js.
 */
import { exact } from './numbers.js';

/** Choices that have a name for readers. Every other choice is shown under its key. */
const NAMES = /** @type {Record<string, string>} */ ({
  zeros: 'Zeros',
  constant: 'Constant',
  normal: 'Normal',
  uniform: 'Uniform',
  'xavier-normal': 'Xavier normal',
  'xavier-uniform': 'Xavier uniform',
  'he-normal': 'He normal',
  'he-uniform': 'He uniform',
  'lecun-normal': 'LeCun normal',
  'lecun-uniform': 'LeCun uniform',
  'pytorch-default': 'PyTorch default',
  orthogonal: 'Orthogonal',
  identity: 'Identity',
  sparse: 'Sparse',
  'xavier-truncated': 'Xavier truncated',
  'he-truncated': 'He truncated',
  'lecun-truncated': 'LeCun truncated',
  'xavier-truncated-raw': 'Xavier truncated, uncorrected',
  'he-truncated-raw': 'He truncated, uncorrected',
  'lecun-truncated-raw': 'LeCun truncated, uncorrected',
  'truncated-raw': 'Truncated normal',
  'cut-normal': 'Normal cut at ±2',
  'uniform-positive': 'Uniform from 0',
  'he-fan-out': 'He normal, fan_out',
  'mxnet-gaussian': 'MXNet Xavier, Gaussian',
  'msra-prelu': 'MSRA PReLU',
  'gpt2-residual': 'GPT-2 residual',
  'mup-hidden': 'muP hidden',
  'unit-sum': 'OpenCV ANN_MLP',
  'nguyen-widrow-positive': 'Nguyen–Widrow, all positive',
  'cut-spiked': 'timm normal, with −2',
  'truncated-spiked': 'DL4J truncated',
  'djl-xavier': 'DJL Xavier',
  'transformers-lecun': 'Transformers LeCun',
  'variance-scaling': 'Variance scaling',
  'of a given size': 'fixed scale',
  linear: 'linear',
  relu: 'ReLU',
  'leaky-relu': 'leaky ReLU',
  elu: 'ELU',
  selu: 'SELU',
  gelu: 'GELU',
  silu: 'SiLU',
  deltas: 'gradients dL/dz',
  weightGradients: 'weight gradients',
  pytorch: 'PyTorch',
  lsuv: 'LSUV',
  own: 'own image',
});

/** Choices whose name depends on the control that offers them. */
const BIASES = { sigma: 'by std', zeros: '0', 'pytorch-default': 'PyTorch, U(±1/√fan_in)' };
const COUNTS = {
  true: 'correctly',
  pytorch: 'like PyTorch',
  keras: 'like Keras',
  jax: 'like JAX',
  whole: 'without groups',
  channels: 'channels only',
};
const COUNTED = /** @type {Record<string, string>} */ ({ ...COUNTS, channels: 'by channels only' });
const TAKEN = { std: 'none', variance: 'variance as std', shared: 'shared draw' };
const DRAWN = {
  'jax-bfloat16': 'bf16 of JAX',
  'pytorch-bfloat16': 'bf16 of PyTorch',
  'tinygrad-bfloat16': 'bf16 of tinygrad',
};
const OF_ROW = /** @type {Record<string, Record<string, string>>} */ ({
  biasA: BIASES,
  biasB: BIASES,
  input: { normal: 'normal', uniform: 'uniform', unit: '0 to 1', bytes: '0 to 255', sparse: '90% zeros' },
  fansA: COUNTS,
  fansB: COUNTS,
  takenA: TAKEN,
  takenB: TAKEN,
  drawnA: DRAWN,
  drawnB: DRAWN,
  pixels: { raw: 'raw 0–255' },
  block: {
    none: 'plain',
    'resnet-v1': 'ResNet v1 (post-activation)',
    'pre-norm': 'pre-norm MLP',
    'norm-inside': 'norm inside the branch',
    gpt2: 'GPT-2',
    fixup: 'Fixup',
    rezero: 'ReZero',
    skipinit: 'SkipInit',
    deepnorm: 'DeepNorm',
    'by-root-of-blocks': '1/√L',
  },
  norm: { own: 'the block’s', rms: 'RMS' },
  format: { 'float16-flush': 'float16 (no subnormals)', 'bfloat16-flush': 'bfloat16 (no subnormals)' },
  value: { share: 'sparsity', alpha: 'α', omega: 'ω' },
});

/** The name of a choice. @param {string} name @param {string} [key] of the control */
export const choiceWords = (name, key = '') => OF_ROW[key]?.[name] ?? NAMES[name] ?? name;

/** How the fans were counted. @param {string} fans */
export const countedWords = (fans) => `counted ${COUNTED[fans]}`;

/** The name of a network: its scheme, its mistakes and its number format. @param {import('../../state/state.js').State} state
 * @param {'A' | 'B'} letter */
export function networkWords(state, letter) {
  const [fans, taken, drawn] = ['fans', 'taken', 'drawn'].map((key) => state[`${key}${letter}`]);
  return [
    choiceWords(state[letter.toLowerCase()]),
    ...(fans === 'true' ? [] : [`fans ${countedWords(fans)}`]),
    ...(taken === 'std' ? [] : [taken === 'shared' ? 'one draw for all layers' : 'variance passed as std']),
    ...(drawn === 'float32' ? [] : [`drawn in ${choiceWords(drawn, 'drawnA')}`]),
  ].join(', ');
}

/** A number of the input that the reader has set. @param {string} key @param {any} state */
const numberOf = (key, { [key]: value }) => (value === null ? '' : `, ${key} ${exact(value)}`);

/** Describes the networks: one line for both, then one for each. @param {import('../../state/state.js').State} state */
export const stateWords = (state) => [
  [
    state.stack
      ? `layers ${state.stack}${state.changeB && `, in B ${state.changeB}`}`
      : state.kind === 'conv'
        ? `${state.depth} convolutions of ${state.kernel} × ${state.kernel}, ${state.channels} channels`
        : state.block === 'none'
          ? `${state.depth} dense layers of ${state.width} units`
          : `${state.depth} blocks ${choiceWords(state.block, 'block')}, ${state.width} units wide`,
    `activation ${choiceWords(state.activation)}${state.parameter === null ? '' : ` ${exact(state.parameter)}`}`,
    ...(state.train
      ? []
      : [`input ${choiceWords(state.input, 'input')}${numberOf('mean', state)}${numberOf('std', state)}`]), // training has its own
    `batch ${state.batch}`,
    `seed ${state.seed}`,
  ].join(', '),
  .../** @type {const} */ (['A', 'B']).map(
    (letter) => `${letter}: ${networkWords(state, letter)}, gain ${exact(state[`gain${letter}`])}`,
  ),
];

/** @param {string} call of a library, as the engine names it */
export const libraryWords = (call) => call;
