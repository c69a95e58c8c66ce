/**
 * training-cases.js: which trainings are compared with double precision: small smooth networks, a few that fill the engine's
 * blocks, and for each optimizer the libraries that have it. What the engine should answer is not known here: see
 * training.test.js.
 */
import { generator } from './cases.js';
import { inputsOf, outputsOf, shapesOf } from './plain.js';
import { DIALECTS, exists } from './plain-training.js';

/** @typedef {import('./plain-training.js').Library} Library */
/** @typedef {import('./plain-training.js').Optimizer} Optimizer */

const STEPS = 200;
export const CHANGED = 3; /* the rate is another from this step on */
const BATCH = 8;
export const SEED = 5;

/* Smooth networks, except the wide ones. `spread`: of the targets of a squared error. */
const hidden = [
  { kind: 'dense', inputs: 5, units: 8 },
  { kind: 'dense', units: 6 },
];
const image = { kind: 'conv', size: [6, 6], channelsIn: 2, kernel: [3, 3], channelsOut: 4 };
/** @type {Record<string, { layers: any[], loss: 'cross-entropy' | 'squared-error', spread?: number, batch?: number,
 *   steps?: number }>} */
const NETS = {
  classes: { layers: [...hidden, { kind: 'dense', units: 4, activation: 'linear' }], loss: 'cross-entropy' },
  numbers: { layers: [hidden[0], { kind: 'dense', units: 3 }], loss: 'squared-error', spread: 0.8 },
  /* gradients of 1e-5 in the second layer and 1e-9 in the first: epsilon shows */
  faint: {
    layers: [hidden[0], { kind: 'dense', units: 3, scheme: { name: 'normal', std: 1e-4 }, bias: 'zeros' }],
    ...{ loss: 'squared-error', spread: 1e-4 },
  },
  images: {
    layers: [
      image,
      { kind: 'conv', kernel: [3, 3], channelsOut: 4, stride: 2, groups: 2, activation: 'softplus' },
      { kind: 'average-pool', window: [2, 2], stride: 1 },
      { kind: 'dense', units: 3, activation: 'linear' },
    ],
    ...{ loss: 'cross-entropy', batch: 4 },
  },
  transposed: {
    layers: [
      { ...image, stride: 2 },
      { kind: 'transposed-conv', kernel: [3, 3], stride: 2, padding: 1, channelsOut: 2 },
      { kind: 'flatten' },
    ],
    ...{ loss: 'squared-error', spread: 0.8, batch: 4 },
  },
  /* more than the blocks and panels of a product; ReLU leaves gradients of exactly 0 */
  wide: {
    layers: [
      { kind: 'dense', inputs: 70, units: 133, activation: 'relu' },
      { kind: 'dense', units: 65, activation: 'relu' },
      { kind: 'dense', units: 10, activation: 'linear' },
    ],
    ...{ loss: 'cross-entropy', batch: 67, steps: 3 },
  },
  'wide images': {
    layers: [
      { ...image, size: [7, 9], kernel: [5, 3], channelsOut: 17, activation: 'relu' },
      { kind: 'max-pool', window: [2, 2] },
      { kind: 'conv', kernel: [3, 3], channelsOut: 34, groups: 17, padding: 1, activation: 'relu' },
      { kind: 'dense', units: 10, pool: 'average', activation: 'linear' },
    ],
    ...{ loss: 'cross-entropy', batch: 9, steps: 3 },
  },
};

/** @type {Record<Optimizer, number>} */
const RATES = { sgd: 0.2, momentum: 0.05, nesterov: 0.05, adam: 0.01 };
export const OPTIMIZERS = /** @type {Optimizer[]} */ (Object.keys(RATES));
const LIBRARIES = /** @type {Library[]} */ (Object.keys(DIALECTS));

/**
 * @typedef {object} Case
 * @property {string} net
 * @property {Optimizer} optimizer
 * @property {Library} as
 * @property {number} [rate]
 * @property {number} [momentum]
 * @property {number} [beta1]
 * @property {number} [beta2]
 * @property {number} [epsilon]
 * @property {number} [decay]
 * @property {number} [examples] of the data; default: the batch, so each step sees them all
 */

/** @param {Case} kase */
export const nameOf = ({ net, as, optimizer, ...own }) =>
  [net, as, optimizer, ...Object.entries(own).map(([key, value]) => `${key} ${value}`)].join(', ');

/** The spec, the data and the options of a case. @param {Case} kase */
export function setUp({ net, examples, ...choice }) {
  const { layers, loss, spread = 0, batch = BATCH, steps = STEPS } = NETS[net];
  const random = generator(11);
  const uniform = (/** @type {number} */ length, /** @type {number} */ bound) =>
    Float32Array.from({ length }, () => bound * (2 * random() - 1));
  const shapes = shapesOf(layers);
  const [values, outputs] = [inputsOf(shapes[0]), outputsOf(shapes[shapes.length - 1])];
  const n = examples ?? batch;
  const inputs = uniform(n * values, 1.7);
  const data =
    loss === 'cross-entropy'
      ? { inputs, labels: Uint8Array.from({ length: n }, () => outputs * random()) }
      : { inputs, targets: uniform(n * outputs, spread) };
  /** @type {any} */
  const spec = {
    layers,
    batch,
    activation: 'tanh',
    scheme: 'xavier-normal',
    bias: { name: 'normal', std: 0.3 },
    seed: SEED,
  };
  const rate = choice.rate ?? RATES[choice.optimizer];
  const own = choice.optimizer === 'momentum' || choice.optimizer === 'nesterov' ? { momentum: 0.9 } : {};
  const options = { data, loss, ...own, ...choice, rate };
  /** @param {ArrayLike<number>} rows numbers of examples */
  const pick = (rows) => {
    const part = (/** @type {ArrayLike<number>} */ tensor) =>
      Float64Array.from(
        Array.from(rows).flatMap((row) => {
          const width = tensor.length / n;
          return Array.from({ length: width }, (_, i) => tensor[row * width + i]);
        }),
      );
    return Object.fromEntries(Object.entries(data).map(([key, tensor]) => [key, part(tensor)]));
  };
  return { spec, options, batch, n, steps, pick };
}

/** @param {number} rate @param {number} step from 1 */
export const rateAt = (rate, step) => (step < CHANGED ? rate : 0.3 * rate);

/** The name of a case, where libraries with the same rule have the same name. @param {Case} kase */
export function ruleOf({ as, optimizer, ...own }) {
  const { epsilon, corrects, hasNesterov, decay, adamDecay, ...rule } = DIALECTS[as];
  const used = optimizer === 'adam' ? { epsilon, corrects, decay: adamDecay } : { decay };
  return JSON.stringify({ optimizer, ...own, rule: { ...rule, ...used } });
}

/** @param {Library} as @param {Optimizer} optimizer @param {number} decay */
const decayOf = (as, optimizer, decay) =>
  DIALECTS[as][optimizer === 'adam' ? 'adamDecay' : 'decay'] === null ? {} : { decay };

/** @param {Optimizer} optimizer @param {Omit<Case, 'optimizer' | 'as'>} own @returns {Case[]} */
const inEachLibrary = (optimizer, own) =>
  LIBRARIES.filter((as) => exists(as, optimizer)).map((as) => ({ ...own, optimizer, as }));

export const DECAYED = OPTIMIZERS.flatMap((optimizer) =>
  inEachLibrary(optimizer, { net: 'classes' }).map((kase) => ({ ...kase, ...decayOf(kase.as, optimizer, 0.05) })),
);
export const FAINT = inEachLibrary('adam', { net: 'faint', rate: 3e-4 });
export const LARGE_EPSILON = inEachLibrary('adam', { net: 'classes', epsilon: 1e-2 });
/** @type {Case[]} */
export const OTHERS = [
  ...['numbers', 'images', 'transposed'].flatMap((net) =>
    OPTIMIZERS.map((optimizer) => /** @type {Case} */ ({ net, optimizer, as: 'pytorch' })),
  ),
  { net: 'numbers', optimizer: 'momentum', as: 'scikit-learn' },
  { net: 'numbers', optimizer: 'sgd', as: 'convnet-js' },
  { net: 'numbers', optimizer: 'nesterov', as: 'keras', momentum: 0.5 },
  { net: 'numbers', optimizer: 'adam', as: 'keras', beta1: 0.8, beta2: 0.99 },
  { net: 'classes', optimizer: 'momentum', as: 'pytorch', examples: 20 },
  { net: 'wide', optimizer: 'sgd', as: 'pytorch' },
  { net: 'wide', optimizer: 'adam', as: 'keras', epsilon: 1e-3 },
  { net: 'wide images', optimizer: 'momentum', as: 'pytorch' },
];
