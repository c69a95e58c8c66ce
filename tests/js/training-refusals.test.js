/**
 * What a training refuses, with the field, its value and its range, before it changes anything: options, data, rates, saved
 * states, and networks too large to store. A spec that no run takes is in spec.test.js and refusals.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { assertRefused, nameOf, shortOf, thrownBy } from './refused.js';

const engine = /** @type {any} */ (await loadEngine());

const [VALUES, CLASSES, N] = [3, 4, 10];
const inputs = Float32Array.from({ length: N * VALUES }, (_, i) => Math.sin(i));
const labels = Uint8Array.from({ length: N }, (_, i) => i % CLASSES);
const targets = Float32Array.from({ length: N * CLASSES }, (_, i) => Math.cos(i));
const DENSE = [
  { kind: 'dense', inputs: VALUES, units: 5 },
  { kind: 'dense', units: CLASSES, activation: 'linear' },
];
const SPEC = { layers: DENSE, batch: 4, seed: 2 };
const OPTIONS = { data: { inputs, labels }, heldOut: { inputs, labels }, rate: 0.1 };

/** @param {any} [options] @param {any} [spec] */
const start = (options, spec) => engine.training({ ...SPEC, ...spec }, { ...OPTIONS, ...options });

/** @template {Float32Array | Uint32Array} T @param {T} array @param {number} place @param {number} value @returns {T} */
function changed(array, place, value) {
  const copy = array.slice();
  copy[place] = value;
  return /** @type {T} */ (copy);
}

/** @param {any} change @param {'data' | 'heldOut'} [name] */
const given = (change, name = 'data') => ({ [name]: { inputs, labels, ...change } });
/** @param {any} change */
const squared = (change) => ({
  ...{ loss: 'squared-error', heldOut: undefined },
  data: { inputs, targets, ...change },
});
const wide = Uint32Array.from(labels);
const endless = changed(inputs, 0, Infinity);
/** @param {number} batch @param {number} inputs */
const lengthOf = (batch, inputs) => ({ needed: batch * inputs, batch, inputs });

const LARGEST = 2 ** 128 - 2 ** 104;
const FLOATS = [-LARGEST, LARGEST];
const [RATES, SHARES] = [
  [0, 1e6],
  [0, 1],
];
const OPTIMIZERS = ['sgd', 'momentum', 'nesterov', 'adam'];
const LIBRARIES = ['pytorch', 'keras', 'optax', 'tensorflow-js', 'scikit-learn', 'convnet-js'];
const FIELDS = ['data', 'heldOut', 'loss', 'optimizer', 'as', 'factors', 'biasFactors'];
const ADAM = ['rate', 'beta1', 'beta2', 'epsilon', 'decay'];
const UNDEFINED = { type: 'undefined' };

/** @typedef {import('./refused.js').Expected} Expected */

/** @type {[options: any, ...expected: Expected][]} */
const BAD = [
  [{ rate: Number.NaN }, 'numberRange', 'rate', { type: 'NaN' }, RATES],
  [{ rate: -0.1 }, 'numberRange', 'rate', -0.1, RATES],
  [{ rate: 1e9 }, 'numberRange', 'rate', 1e9, RATES],
  [{ rate: Infinity }, 'numberRange', 'rate', { type: 'Infinity' }, RATES],
  [{ rate: '1' }, 'numberRange', 'rate', '1', RATES],
  [{ optimizer: 'momentum', momentum: 1.5 }, 'numberRange', 'momentum', 1.5, SHARES],
  [{ optimizer: 'adam', beta2: -1 }, 'numberRange', 'beta2', -1, [0, 0.999999]],
  [{ optimizer: 'lion' }, 'unknownName', 'optimizer', 'lion', OPTIMIZERS],
  [{ as: 'caffe' }, 'unknownName', 'as', 'caffe', LIBRARIES],
  [{ as: 'convnet-js', optimizer: 'adam' }, 'unknownName', 'optimizer', 'adam', ['sgd', 'momentum']],
  [{ as: 'convnet-js', optimizer: 'nesterov' }, 'unknownName', 'optimizer', 'nesterov', ['sgd', 'momentum']],
  [{ loss: 'hinge' }, 'unknownName', 'loss', 'hinge', ['cross-entropy', 'squared-error']],
  [{ learningRate: 1 }, 'unknownField', 'options.learningRate', 1, [...FIELDS, 'rate', 'momentum', ...ADAM.slice(1)]],
  [{ momentum: 0.9 }, 'unknownField', 'options.momentum', 0.9, ['rate', 'decay']],
  [{ optimizer: 'adam', momentum: 0.9 }, 'unknownField', 'options.momentum', 0.9, ADAM],
  [{ as: 'tensorflow-js', decay: 0.1 }, 'unknownField', 'options.decay', 0.1, ['rate']],
  [{ factors: 1 }, 'wrongType', 'factors', 1, 'array'],
  [{ factors: [1] }, 'wholeRange', 'factors.length', 1, [2, 2]],
  [{ factors: [1, -1] }, 'numberRange', 'factors[1]', -1, RATES],
  [{ biasFactors: [1, 1, 1] }, 'wholeRange', 'biasFactors.length', 3, [2, 2]],
  [{ biasFactors: [1, undefined] }, 'numberRange', 'biasFactors[1]', UNDEFINED, RATES],
  [{ data: undefined }, 'wrongType', 'data', UNDEFINED, 'object'],
  [given({ weights: 1 }), 'unknownField', 'data.weights', 1, ['inputs', 'labels', 'targets']],
  [given({ inputs: undefined }), 'wrongType', 'data.inputs', UNDEFINED, 'Float32Array'],
  [given({ inputs: Array.from(inputs) }), 'wrongType', 'data.inputs', { type: 'array' }, 'Float32Array'],
  [given({ labels: undefined }), 'wrongType', 'data.labels', UNDEFINED, 'array'],
  [given({ labels: [] }), 'wholeRange', 'data.labels.length', 0, [1, 2 ** 20]],
  [given({ inputs: inputs.slice(1) }), 'inputLength', 'data.inputs.length', N * VALUES - 1, lengthOf(N, VALUES)],
  [given({ labels: labels.slice(1) }), 'inputLength', 'data.inputs.length', N * VALUES, lengthOf(N - 1, VALUES)],
  [given({ inputs: changed(inputs, 7, Number.NaN) }), 'numberRange', 'data.inputs[7]', { type: 'NaN' }, FLOATS],
  [given({ inputs: changed(inputs, 29, -Infinity) }), 'numberRange', 'data.inputs[29]', { type: '-Infinity' }, FLOATS],
  [given({ labels: changed(wide, 3, CLASSES) }), 'wholeRange', 'data.labels[3]', CLASSES, [0, CLASSES - 1]],
  [given({ labels: changed(wide, 9, 2 ** 32 - 1) }), 'wholeRange', 'data.labels[9]', 2 ** 32 - 1, [0, CLASSES - 1]],
  [given({ labels: [0, 1, 2, 3, 0.5, 1, 2, 3, 0, 1] }), 'wholeRange', 'data.labels[4]', 0.5, [0, CLASSES - 1]],
  [given({ labels: changed(wide, 3, 9) }, 'heldOut'), 'wholeRange', 'heldOut.labels[3]', 9, [0, CLASSES - 1]],
  [given({ inputs: endless }, 'heldOut'), 'numberRange', 'heldOut.inputs[0]', { type: 'Infinity' }, FLOATS],
  [squared({ targets: undefined }), 'wrongType', 'data.targets', UNDEFINED, 'Float32Array'],
  [squared({ targets: targets.slice(1) }), 'inputLength', 'data.targets.length', N * CLASSES - 1, lengthOf(N, CLASSES)],
  [squared({ targets: changed(targets, 5, Number.NaN) }), 'numberRange', 'data.targets[5]', { type: 'NaN' }, FLOATS],
];

for (const [options, ...expected] of BAD) {
  test(`${JSON.stringify(options).slice(0, 40)}: ${nameOf(expected)}`, () => {
    assertRefused(() => start(options), expected);
  });
}

test('a batch larger than the data is refused; one of all the data is not', () => {
  assertRefused(() => start({}, { batch: N + 1 }), ['wholeRange', 'batch', N + 1, [1, N]]);
  start({}, { batch: N }).end();
});

test('more examples than a training can hold are refused, also with those held out', () => {
  const most = 2 ** 20;
  const data = { inputs: new Float32Array(most), labels: new Uint8Array(most) };
  const heldOut = { inputs: new Float32Array(1), labels: [0] };
  const layers = [{ kind: 'dense', inputs: 1, units: CLASSES }];
  assertRefused(() => start({ data, heldOut }, { layers }), ['wholeRange', 'examples', most + 1, [1, most]]);
});

test('a network that ends in images is refused, and one that flattens them is not', () => {
  const conv = { kind: 'conv', kernel: [3, 3], size: [1, 3], channelsIn: 1, channelsOut: CLASSES };
  const ends = ['dense', 'flatten', 'global-average-pool'];
  assertRefused(() => start({}, { layers: [conv] }), ['unknownName', 'layers[0].kind', 'conv', ends]);
  start({}, { layers: [conv, { kind: 'global-average-pool' }] }).end();
});

/** Each number takes as many floats as the optimizer stores for it. @param {string} optimizer */
const large = (optimizer) => {
  const [depth, width] = [20, 4096];
  const examples = { inputs: new Float32Array(N * width), labels: new Uint8Array(N) };
  const spec = { layers: stack({ depth, width, outputs: 10 }), batch: 4 };
  return () => engine.training(spec, { data: examples, optimizer });
};

test('a network too large to store is refused with its need, which grows with what the optimizer stores', () => {
  /* weights of 19 layers, in MiB; momentum stores a velocity beside them, Adam two averages */
  const weights = 19 * ((4 * 4096 ** 2) / 2 ** 20);
  for (const [optimizer, times] of /** @type {const} */ ([
    ['sgd', 1],
    ['momentum', 2],
    ['adam', 3],
  ])) {
    const { code, field, value, range } = thrownBy(large(optimizer));
    assert.deepEqual([code, field, value], ['networkMemory', 'layers.length', 20]);
    assert.ok(range.needed >= times * weights && range.needed < times * weights + 100, `${range.needed} MiB`);
    assert.equal(range.mebibytes, 1008);
  }
});

test('where the host gives no memory, a training is refused, and the next one works', () => {
  const spec = { layers: stack({ depth: 20, width: 1024, outputs: CLASSES }), batch: 4 };
  const data = { inputs: new Float32Array(N * 1024), labels };
  const start = () => engine.training(spec, { data, optimizer: 'adam' });
  const refused = thrownBy(() => shortOf(100 * 2 ** 20, start));
  assert.equal(refused.code, 'moduleMemory');
  const training = start();
  assert.equal(training.step().step, 1);
  training.end();
});

test('a training refuses what its calls do not take, and stays as it was', () => {
  const training = start();
  const before = training.save();
  const floats = before.values.length;
  const [few, other] = [new Float32Array(3), new Float32Array(floats)];
  /** @type {[call: () => any, ...expected: Expected][]} */
  const calls = [
    [() => training.setRate(Number.NaN), 'numberRange', 'rate', { type: 'NaN' }, RATES],
    [() => training.setRate(1e9), 'numberRange', 'rate', 1e9, RATES],
    [() => training.setRate(), 'numberRange', 'rate', UNDEFINED, RATES],
    [() => training.step(1), 'wrongType', 'observe', 1, 'boolean'],
    [() => training.stepping('yes').next(), 'wrongType', 'observe', 'yes', 'boolean'],
    [() => training.evaluate('test'), 'unknownName', 'examples', 'test', ['train', 'heldOut']],
    [() => training.weights(0), 'wholeRange', 'layer', 0, [1, 2]],
    [() => training.biases(3), 'wholeRange', 'layer', 3, [1, 2]],
    [() => training.outputs([1, 2, 3]), 'wrongType', 'inputs', [1, 2, 3], 'Float32Array'],
    [() => training.outputs(inputs.slice(0, 5)), 'inputLength', 'inputs.length', 5, lengthOf(1, VALUES)],
    [() => training.restore(null), 'wrongType', 'saved', null, 'object'],
    [() => training.restore({ step: 1 }), 'wrongType', 'saved.values', UNDEFINED, 'Float32Array'],
    [() => training.restore({ step: 1, values: few }), 'inputLength', 'saved.values.length', 3, lengthOf(1, floats)],
    [() => training.restore({ step: -1, values: other }), 'wholeRange', 'saved.step', -1, [0, 2 ** 32 - 1]],
  ];
  for (const [call, ...expected] of calls) assertRefused(call, expected);
  assert.deepEqual(training.save(), before);
  assert.equal(training.step().rate, 0.1);
  training.end();
});

/** @type {[options: any, ...expected: Expected][]} */
const RUNS = [
  [{}, 'wholeRange', 'steps', UNDEFINED, [1, 2 ** 32 - 1]],
  [{ steps: 0 }, 'wholeRange', 'steps', 0, [1, 2 ** 32 - 1]],
  [{ steps: 2, every: 0 }, 'wholeRange', 'every', 0, [1, 2 ** 32 - 1]],
  [{ steps: 2, rates: 3 }, 'wrongType', 'rates', 3, 'array'],
  [{ steps: 2, rates: [[0, 1]] }, 'wholeRange', 'rates[0][0]', 0, [1, 2 ** 32 - 1]],
  [{ steps: 2, rates: [[1, 1], [2]] }, 'numberRange', 'rates[1][1]', UNDEFINED, RATES],
  [{ steps: 2, rates: [[1, Number.NaN]] }, 'numberRange', 'rates[0][1]', { type: 'NaN' }, RATES],
  [{ steps: 2, observe: 'yes' }, 'wrongType', 'observe', 'yes', 'boolean'],
  [{ steps: 2, batch: 3 }, 'unknownField', 'options.batch', 3, null],
];

test('a run refuses wrong steps and changes of rate', () => {
  for (const [options, ...expected] of RUNS) {
    const run = () => engine.train(SPEC, { ...OPTIONS, ...options }).next();
    const [code, field, value, range] = expected;
    if (range !== null) assertRefused(run, expected);
    else assert.deepEqual([code, field, value], [thrownBy(run).code, thrownBy(run).field, thrownBy(run).value]);
  }
});

test('a rate of 0 and the largest are taken', () => {
  for (const rate of RATES) {
    const training = start({ rate });
    assert.equal(training.step().rate, rate);
    training.setRate(0);
    assert.equal(training.step().rate, 0);
    training.end();
  }
});
