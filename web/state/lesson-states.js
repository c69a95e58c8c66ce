/**
 * lesson-states.js: the state that each lesson begins from, by the lesson's id. A row lists only what differs from the
 * defaults of SCHEMA (state.js).
 *
 * The page reads an address before it loads the lessons, so these rows are not part of them. Each lesson's question and
 * checks are in lessons/topic-*.js.
 */

/** For lessons on images. They are slow, so the batch is small. Layer 1 is shown; its kernel is (5, 5, 3, 8). */
const IMAGES = { kind: 'conv', batch: 8, layer: 1 };
const CS231N = { activation: 'tanh', depth: 10, width: 500, a: 'lecun-normal', b: 'lecun-normal' };
const GLOROT = { activation: 'tanh', depth: 5, width: 1000, a: 'pytorch-default', b: 'xavier-uniform' };
const HE = { width: 512, a: 'lecun-normal' };

/** Networks that train on the digits: 64 units in each hidden layer. */
const TRAINS = { width: 64, a: 'lecun-normal', train: 'digits' };

/** The square root of 2, with as many digits as the gain's field can show. */
const ROOT = Number(Math.SQRT2.toPrecision(4));

/** @type {Record<string, Record<string, string | number>>} */
export const STATES = {
  'fan-in': { ...IMAGES, depth: 1, b: 'xavier-uniform' },
  'channels-only': { ...IMAGES, depth: 7, a: 'he-normal', fansA: 'channels' },
  'fan-out': { ...IMAGES, depth: 1, kernel: 3, channels: 16, a: 'he-fan-out' },
  'lost-root': { ...IMAGES, depth: 7, a: 'uniform', valueA: 0.021818, b: 'xavier-uniform' },
  'variance-as-std': {
    depth: 1,
    inputs: 480000,
    width: 100,
    batch: 8,
    takenA: 'variance',
    b: 'xavier-normal',
    layer: 1,
  },
  'two-xaviers': { depth: 5, inputs: 1024, a: 'lecun-normal', b: 'xavier-normal', layer: 1 },

  'he-22': { ...HE, depth: 22 },
  'he-30': { ...HE, depth: 30 },
  'pytorch-default': { a: 'pytorch-default', b: 'he-uniform' },
  'uniform-or-normal': { a: 'normal', valueA: 0.0884, b: 'uniform', valueB: 0.0884 },
  'cut-at-two': { a: 'he-truncated-raw', b: 'he-truncated' },
  'not-centred': { depth: 10, a: 'uniform-positive' },
  bfloat16: { depth: 5, width: 2048, batch: 16, a: 'he-truncated', drawnA: 'jax-bfloat16', b: 'he-truncated' },
  'shared-draws': { a: 'he-normal', b: 'he-normal', takenB: 'shared' },
  'raw-pixels': { depth: 6, head: 'sigmoid', input: 'leaves', pixels: 'raw', size: 16, a: 'he-normal', gainB: 0.5 },
  tune: { a: 'normal', valueA: 0.2, b: 'normal', valueB: 0.2, tuneB: 'lsuv' },

  'gain-of-relu': { a: 'lecun-normal', gainA: 1.713, b: 'lecun-normal', gainB: ROOT },
  'cs231n-random': { ...CS231N, a: 'normal', valueA: 0.01, b: 'normal', valueB: 1 },
  'cs231n-xavier': { ...CS231N, gainB: 3 },
  'cs231n-relu': { ...CS231N, activation: 'relu', b: 'he-normal' },
  'gain-of-tanh': { ...CS231N, depth: 40, gainB: 1.667 },
  selu: { activation: 'selu', depth: 32, width: 512, a: 'lecun-normal', b: 'lecun-normal', gainB: 0.75 },

  'glorot-6': GLOROT,
  'glorot-7': { ...GLOROT, tensor: 'deltas' },
  'glorot-8': { ...GLOROT, tensor: 'weightGradients' },
  sigmoid: { activation: 'sigmoid', depth: 11, b: 'xavier-normal', gainB: 4, tensor: 'deltas' },

  symmetry: { activation: 'tanh', depth: 5, batch: 1, a: 'zeros', b: 'constant', valueB: 0.005 },
  'loss-of-guessing': { depth: 10, head: 'linear', loss: 'cross-entropy', a: 'lecun-normal' },
  alike: { depth: 30, width: 512, a: 'he-normal', b: 'he-uniform' },
  typical: { depth: 30, width: 100, batch: 1, a: 'he-normal', b: 'he-uniform' },

  gpt2: {
    stack: '768-12*(layernorm-3072:gelu:normal=0.02-768:linear-add3)',
    ...{ std: 0.0283, batch: 16, a: 'normal', valueA: 0.02, b: 'gpt2-residual' },
  },
  'norm-inside': { stack: '256-64*(256:relu-256:linear-layernorm-add3)', batch: 16, a: 'he-normal', gainB: 3 },
  'norm-after': { stack: '256-12*(256:relu-256:linear:lecun-normal-add2-layernorm)', a: 'he-normal', gainB: 0.5 },
  rezero: {
    stack: '256-256:linear:gain=1-20*(256:relu-add1:branch=0:trains=branch)-10:linear:gain=1',
    ...{ a: 'he-normal', gainB: 10 },
  },
  'zero-layers': { ...TRAINS, stack: '64-3*64:tanh-10:linear:zeros', changeB: '3=64:tanh:zeros', b: 'lecun-normal' },
  'batch-norm': { stack: '256-5*(256:linear-batchnorm:relu)', a: 'he-normal', gainB: 0.5 },
  'big-head': {
    stack: '768-layernorm-50257:linear',
    ...{ batch: 16, loss: 'cross-entropy', a: 'normal', valueA: 1, b: 'normal', valueB: 0.02 },
  },
  siren: {
    stack: '2-256:sin=30:uniform=0.5-8*256:sin=30:gain=0.03333',
    ...{
      input: 'uniform',
      std: 0.5774,
      batch: 256,
      a: 'he-uniform',
      biasA: 'zeros',
      b: 'he-uniform',
      biasB: 'pytorch-default',
    },
  },

  'trains-22': { ...TRAINS, depth: 22 },
  'trains-30': { ...TRAINS, depth: 30 },
  'trains-adam': { ...TRAINS, depth: 30, train: 'digits-adam' },
  'trains-pytorch': { ...TRAINS, depth: 10, a: 'pytorch-default' },
  'trains-sigmoid': {
    ...{ ...TRAINS, activation: 'sigmoid', depth: 4, a: 'pytorch-default', b: 'xavier-normal', gainB: 4 },
    train: 'digits-rate=0.1',
  },
  'trains-depth': {
    ...{ ...TRAINS, activation: 'tanh', depth: 40, bias: 0.2236, b: 'lecun-normal', gainB: 1.327 },
    train: 'digits-map',
  },
  'trains-narrow': { ...TRAINS, width: 10, depth: 30, a: 'he-normal', b: 'he-uniform' },
  'trains-pixels': {
    ...{ ...TRAINS, depth: 10, head: 'sigmoid', a: 'he-normal', gainA: ROOT, gainB: ROOT, tuneB: 'lsuv' },
    train: 'digits-pixels=raw',
  },
  'trains-zeros': {
    ...{ ...TRAINS, activation: 'tanh', depth: 5, a: 'zeros', b: 'constant', valueB: 0.05 },
    train: 'digits-rate=0.03',
  },
  'trains-width': {
    ...{ ...TRAINS, depth: 2, a: 'he-normal', b: 'he-uniform' },
    train: 'digits-coordinates-adam-rate=0.001',
  },
  'trains-noise': { ...TRAINS, depth: 5, train: 'digits-labels=random-rate=0.01' },
};
