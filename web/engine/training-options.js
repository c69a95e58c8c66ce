/**
 * training-options.js: what callers give to engine.training and engine.train, and its checks.
 *
 * It reads defaults and limits from the engine, and starts nothing: training.js does. Other specs are checked in spec.js.
 */

import { requireBoolean, requireFields, requireNumber, requireOneOf, requireWhole } from './check.js';
import { valuesOf } from './readout.js';
import { refuse } from './refusal.js';
import { checkSpec } from './spec.js';
import { DIALECTS, HYPERS, LIMITS, LOSSES, OBJECTIVES, OPTIMIZERS } from './tables.js';

/**
 * @typedef {import('./spec.js').CheckedSpec} CheckedSpec
 *
 * @typedef {object} Examples
 * @property {Float32Array} inputs (examples, inputs), or (examples, height, width, channels)
 * @property {ArrayLike<number>} [labels] for cross-entropy: (examples), whole numbers from 0 to outputs - 1
 * @property {Float32Array} [targets] for squared error: (examples, outputs)
 *
 * @typedef {object} Options how a network trains
 * @property {Examples} data what it trains on
 * @property {Examples} [heldOut] examples that no step takes; for `evaluate`
 * @property {'cross-entropy' | 'squared-error'} [loss] default 'cross-entropy', of softmax(a_L). Both are means over the
 *   batch, as in PyTorch; squared error also over the outputs
 * @property {'sgd' | 'momentum' | 'nesterov' | 'adam'} [optimizer] default 'sgd'
 * @property {'pytorch' | 'keras' | 'optax' | 'tensorflow-js' | 'scikit-learn' | 'convnet-js'} [as] the library whose
 *   definition is used, of the optimizer and of the gradient of squared error (c/optimizer.h). Default 'pytorch'
 * @property {number} [rate] the learning rate; it and the next four default to those of the library
 * @property {number} [momentum] of momentum and Nesterov
 * @property {number} [beta1] of Adam, as the next two
 * @property {number} [beta2]
 * @property {number} [epsilon]
 * @property {number} [decay] weight decay; default 0
 * @property {readonly number[]} [factors] for each layer with weights: what the rate of its weights is multiplied by, 0 to
 *   1e6; default 1. 0 freezes them. Decoupled decay is multiplied too, as in PyTorch's groups of parameters
 * @property {readonly number[]} [biasFactors] the same for its biases
 *
 * @typedef {object} RunOptions of engine.train, beside Options
 * @property {number} steps how many
 * @property {number} [every] yields a result after each `every` steps, and after the last; default 1
 * @property {boolean} [observe] whether results have layers; default false
 * @property {readonly (readonly [step: number, rate: number])[]} [rates] changes of the rate: from this step on, this rate.
 *   The first step is 1
 */

/** The names of Options. */
export const TRAINING_OPTIONS = ['data', 'heldOut', 'loss', 'optimizer', 'as', 'factors', 'biasFactors', ...HYPERS];
const RUN_OPTIONS = ['steps', 'every', 'observe', 'rates'];
const EXAMPLES = ['inputs', 'labels', 'targets'];

/** The hyperparameters that a library's optimizer takes, with their defaults; null where it has no such optimizer.
 * @param {any} wasm @param {string} optimizer @param {string} as @returns {Record<string, number> | null} */
export function hypersOf(wasm, optimizer, as) {
  const [rule, dialect] = [OPTIMIZERS.indexOf(optimizer), DIALECTS.indexOf(as)];
  const taken = HYPERS.map((name, which) => [name, wasm.optimizer_default(rule, dialect, which)]);
  const numbers = taken.filter(([, value]) => !Number.isNaN(value));
  return numbers.length > 0 ? Object.fromEntries(numbers) : null;
}

/** The largest finite float. */
const LARGEST = 2 ** 128 - 2 ** 104;

/** An array of numbers. @param {string} field @param {any} array @returns {any} */
const requireArray = (field, array) =>
  ArrayBuffer.isView(array) || Array.isArray(array) ? array : refuse('wrongType', field, array, 'array');

/** A Float32Array (rows, width). @param {string} field @param {any} array @param {number} rows
 * @param {number} width @returns {Float32Array} */
export function requireRows(field, array, rows, width) {
  if (!(array instanceof Float32Array)) refuse('wrongType', field, array, 'Float32Array');
  if (array.length !== rows * width) {
    refuse('inputLength', `${field}.length`, array.length, { needed: rows * width, batch: rows, inputs: width });
  }
  return array;
}

/** The same, all finite. @param {string} field @param {any} array @param {number} rows @param {number} width */
export function requireFloats(field, array, rows, width) {
  const wrong = requireRows(field, array, rows, width).findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) requireNumber(`${field}[${wrong}]`, array[wrong], -LARGEST, LARGEST);
  return array;
}

/** A learning rate, or another hyperparameter. @param {any} wasm @param {string} field @param {unknown} value
 * @param {string} [name] of HYPERS @returns {number} */
export const requireHyper = (wasm, field, value, name = 'rate') =>
  requireNumber(field, value, 0, wasm.net_hyper_limit(HYPERS.indexOf(name)));

/**
 * @param {string} field @param {any} given Examples @param {CheckedSpec} checked @param {boolean} isLabelled
 * @returns {{ count: number, inputs: Float32Array, labels: ArrayLike<number>, targets: Float32Array }}
 */
function checkExamples(field, given, { inputs: shape, layers }, isLabelled) {
  const { inputs, labels, targets } = requireFields(field, given, EXAMPLES);
  const [width, outputs] = [valuesOf(shape), layers[layers.length - 1].out.channels];
  if (!(inputs instanceof Float32Array)) refuse('wrongType', `${field}.inputs`, inputs, 'Float32Array');
  const count = isLabelled ? requireArray(`${field}.labels`, labels).length : Math.floor(inputs.length / width);
  requireWhole(`${field}.${isLabelled ? 'labels' : 'inputs'}.length`, count, 1, LIMITS.examples);
  requireFloats(`${field}.inputs`, inputs, count, width);
  if (isLabelled) {
    for (let i = 0; i < count; i++) requireWhole(`${field}.labels[${i}]`, labels[i], 0, outputs - 1);
  } else requireFloats(`${field}.targets`, targets, count, outputs);
  return { count, inputs, labels, targets };
}

/** The spec of a network that can train: its last layer gives a vector. @param {import('./spec.js').EngineTables} tables
 * @param {any} spec @returns {CheckedSpec} */
export function checkTrained(tables, spec) {
  const isObject = typeof spec === 'object' && spec !== null && !Array.isArray(spec);
  const whole = isObject ? { ...spec, input: 'normal', backward: true, loss: 'random' } : spec;
  const checked = checkSpec(tables, whole);
  const last = checked.layers.length - 1;
  const { out, kind } = checked.layers[last];
  if (out.height * out.width > 1) {
    refuse('unknownName', `layers[${last}].kind`, kind, ['dense', 'flatten', 'global-average-pool']);
  }
  return { ...checked, loss: LOSSES.indexOf('cross-entropy') };
}

/** Factors of the rate, one for each layer with weights. @param {string} field @param {any} factors
 * @param {number} count how many such layers there are @param {number} most @returns {number[]} */
function checkFactors(field, factors, count, most) {
  const length = requireArray(field, factors).length;
  requireWhole(`${field}.length`, length, count, count);
  return Array.from({ length }, (_, i) => requireNumber(`${field}[${i}]`, factors[i], 0, most));
}

/** @param {any} wasm @param {any} options Options @param {CheckedSpec} checked */
export function checkOptions(wasm, options, checked) {
  const given = requireFields('options', options, TRAINING_OPTIONS);
  const { data, heldOut, loss = 'cross-entropy', optimizer = 'sgd', as = 'pytorch', ...others } = given;
  const weighted = checked.layers.flatMap(({ rows }, i) => (rows > 0 ? [i + 1] : []));
  const ones = weighted.map(() => 1);
  const { factors = ones, biasFactors = ones, ...numbers } = others;
  const objective = OBJECTIVES.indexOf(requireOneOf('loss', loss, OBJECTIVES));
  const dialect = DIALECTS.indexOf(requireOneOf('as', as, DIALECTS));
  const offered = OPTIMIZERS.filter((name) => hypersOf(wasm, name, as));
  const rule = OPTIMIZERS.indexOf(requireOneOf('optimizer', optimizer, offered));
  requireFields('options', numbers, Object.keys(hypersOf(wasm, optimizer, as) ?? {}));
  const hypers = Object.entries(numbers).map(([name, value]) => [
    HYPERS.indexOf(name),
    requireHyper(wasm, name, value, name),
  ]);
  const [ofWeights, ofBiases] = Object.entries({ factors, biasFactors }).map(([field, value]) =>
    checkFactors(field, value, weighted.length, LIMITS.scale),
  );
  const isLabelled = loss === 'cross-entropy';
  const train = checkExamples('data', data, checked, isLabelled);
  const test = heldOut === undefined ? null : checkExamples('heldOut', heldOut, checked, isLabelled);
  requireWhole('batch', checked.batch, 1, Math.min(train.count, LIMITS.batch));
  requireWhole('examples', train.count + (test?.count ?? 0), 1, LIMITS.examples);
  const rates = weighted.map((layer, i) => [layer, ofWeights[i], ofBiases[i]]);
  return { objective, dialect, rule, hypers, rates, isLabelled, train, test };
}

/** @param {any} wasm @param {any} rates @returns {Map<number, number>} the rate from a step on, by that step */
function checkRates(wasm, rates) {
  if (!Array.isArray(rates)) refuse('wrongType', 'rates', rates, 'array');
  return new Map(
    rates.map((/** @type {any} */ change, /** @type {number} */ i) => [
      requireWhole(`rates[${i}][0]`, change?.[0], 1, 2 ** 32 - 1),
      requireHyper(wasm, `rates[${i}][1]`, change?.[1]),
    ]),
  );
}

/** @param {any} wasm @param {any} options Options and RunOptions */
export function checkRun(wasm, options) {
  const given = requireFields('options', options, [...TRAINING_OPTIONS, ...RUN_OPTIONS]);
  const { steps, every = 1, observe = false, rates = [], ...rest } = given;
  return {
    steps: requireWhole('steps', steps, 1, 2 ** 32 - 1),
    every: requireWhole('every', every, 1, 2 ** 32 - 1),
    observe: requireBoolean('observe', observe),
    rates: checkRates(wasm, rates),
    rest,
  };
}
