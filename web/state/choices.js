/*
 * The activations and schemes that can be chosen, by name: the engine's own tables, which the page shows before the
 * engine is there. tests/js/state.test.js holds them equal.
 */

export const ACTIVATIONS = [
  'linear',
  'relu',
  'leaky-relu',
  'tanh',
  'sigmoid',
  'elu',
  'selu',
  'gelu',
  'silu',
  'mish',
  'softplus',
  'softsign',
  'hardtanh',
  'sin',
];

/**
 * The schemes; value and given are the name and the default of the number that a scheme takes, where it takes one.
 * @type {{ name: string, value?: 'std' | 'bound' | 'value' | 'share' | 'scale', given?: number }[]}
 */
export const SCHEMES = [
  { name: 'zeros' },
  { name: 'constant', value: 'value', given: 0.01 },
  { name: 'normal', value: 'std', given: 0.01 },
  { name: 'uniform', value: 'bound', given: 0.05 },
  { name: 'xavier-normal' },
  { name: 'xavier-uniform' },
  { name: 'he-normal' },
  { name: 'he-uniform' },
  { name: 'lecun-normal' },
  { name: 'lecun-uniform' },
  { name: 'pytorch-default' },
  { name: 'orthogonal' },
  { name: 'identity' },
  { name: 'sparse', value: 'share', given: 0.9 },
  { name: 'xavier-truncated' },
  { name: 'he-truncated' },
  { name: 'lecun-truncated' },
  { name: 'xavier-truncated-raw' },
  { name: 'he-truncated-raw' },
  { name: 'lecun-truncated-raw' },
  { name: 'truncated-raw', value: 'std', given: 0.05 },
  { name: 'cut-normal', value: 'std', given: 0.02 },
  { name: 'uniform-positive', value: 'bound', given: 1 },
  { name: 'he-fan-out' },
  { name: 'mxnet-gaussian' },
  { name: 'msra-prelu' },
  { name: 'gpt2-residual', value: 'std', given: 0.02 },
  { name: 'mup-hidden' },
  { name: 'variance-scaling', value: 'scale', given: 1 },
];

/** The schemes as they are offered; tests hold that each has its place. @type {Record<string, string[]>} */
export const SCHEME_GROUPS = {
  Xavier: ['xavier-normal', 'xavier-uniform', 'xavier-truncated', 'xavier-truncated-raw', 'mxnet-gaussian'],
  He: ['he-normal', 'he-uniform', 'he-truncated', 'he-truncated-raw', 'he-fan-out', 'msra-prelu'],
  LeCun: ['lecun-normal', 'lecun-uniform', 'lecun-truncated', 'lecun-truncated-raw', 'pytorch-default'],
  'of a given size': ['zeros', 'constant', 'normal', 'uniform', 'uniform-positive', 'truncated-raw', 'cut-normal'],
  matrices: ['orthogonal', 'identity', 'sparse'],
  others: ['gpt2-residual', 'mup-hidden', 'variance-scaling'],
};
