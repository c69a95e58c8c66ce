/**
 * Tests of plain-training.js itself: its optimizers against numbers that the libraries gave, its losses against numbers by
 * hand, and its gradients against central differences. The engine has no part in them.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { generator } from './cases.js';
import { inputsOf, outputsOf, shapesOf, weightsOf } from './plain.js';
import { exists, lossOf, meanCrossEntropy, meanSquaredError, optimize, stateOf } from './plain-training.js';
import { centralDifference, difference } from './reference.js';

/** @typedef {import('./plain-training.js').Library} Library */
/** @typedef {import('./plain-training.js').Optimizer} Optimizer */

/* What the libraries were given: four parameters, and the gradients of five steps. */
const START = [1, -2, 0.5, 3];
const GRADIENTS = [
  [0.1, -0.2, 0, 1e-4],
  [0.3, 0.1, -0.5, 1e-6],
  [-0.2, 0.4, 0.25, -1e-5],
  [0.05, -0.3, 1, 1e-7],
  [0.6, 0.2, -0.1, 3e-6],
];

/** What they gave after one and five steps, in nine digits: PyTorch 2.15.0, Keras 3.15.1, optax 0.2.8, TensorFlow.js 4.22.0,
 * scikit-learn 1.9.1 and ConvNetJS 0.3.0. TensorFlow.js computes in single precision. `late` is the rate from step 3. */
const MEASURED = `
pytorch        sgd                    0.99 -1.98 0.5 2.99999                        0.915 -2.02 0.435 2.99999059
pytorch        momentum               0.99 -1.98 0.5 2.99999                        0.840579 -2.023888 0.4242 2.9999611
pytorch        momentum   late=0.01   0.99 -1.98 0.5 2.99999                        0.9399579 -1.9771888 0.53742 2.99997892
pytorch        nesterov               0.981 -1.962 0.5 2.999981                     0.7715211 -2.0414992 0.36678 2.99995558
pytorch        sgd        decay=0.1   0.98 -1.96 0.495 2.96999                      0.86692712 -1.92197517 0.410507475 2.85296112
pytorch        adam                   0.999 -1.999 0.5 2.9990001                    0.996947192 -1.99936912 0.5002539 2.99715682
pytorch        adam       decay=0.1   0.999 -1.999 0.499 2.999                      0.996052473 -1.99677648 0.498865333 2.99500019
keras          momentum               0.99 -1.98 0.5 2.99999                        0.840579 -2.023888 0.4242 2.9999611
keras          momentum   late=0.01   0.99 -1.98 0.5 2.99999                        0.854349 -1.959628 0.647175 2.99995894
keras          nesterov               0.981 -1.962 0.5 2.999981                     0.7715211 -2.0414992 0.36678 2.99995558
keras          sgd        decay=0.1   0.98 -1.96 0.495 2.96999                      0.86692712 -1.92197517 0.410507475 2.85296112
keras          adam                   0.999000032 -1.99900002 0.5 2.99903065        0.99694724 -1.99936914 0.500253896 2.99724344
keras          adam       decay=0.1   0.998900032 -1.99880002 0.49995 2.99873065    0.996448096 -1.99836973 0.500003719 2.99574445
optax          momentum   late=0.01   0.99 -1.98 0.5 2.99999                        0.9399579 -1.9771888 0.53742 2.99997892
optax          nesterov               0.981 -1.962 0.5 2.999981                     0.7715211 -2.0414992 0.36678 2.99995558
optax          sgd        decay=0.1   0.98 -1.96 0.495 2.96999                      0.86692712 -1.92197517 0.410507475 2.85296112
optax          adam                   0.999 -1.999 0.5 2.9990001                    0.996947192 -1.99936912 0.5002539 2.99715682
optax          adam       decay=1e-4  0.9989999 -1.9989998 0.49999995 2.9989998     0.996946693 -1.99936812 0.50025365 2.99715532
tensorflow-js  momentum   late=0.01   0.99000001 -1.98000002 0.5 2.99998999         0.939957917 -1.97718883 0.537419975 2.99997878
tensorflow-js  nesterov               0.981000006 -1.96200001 0.5 2.99998093        0.771521091 -2.04149914 0.366780013 2.99995542
tensorflow-js  adam                   0.999000013 -1.99899995 0.5 2.99900103        0.996947169 -1.99936903 0.500253856 2.99716091
scikit-learn   momentum   late=0.01   0.99 -1.98 0.5 2.99999                        0.854349 -1.959628 0.647175 2.99995894
scikit-learn   nesterov               0.981 -1.962 0.5 2.999981                     0.7715211 -2.0414992 0.36678 2.99995558
scikit-learn   adam                   0.999000003 -1.999 0.5 2.99900315             0.996947197 -1.99936912 0.5002539 2.99716534
convnet-js     momentum   late=0.01   0.99 -1.98 0.5 2.99999                        0.854349 -1.959628 0.647175 2.99995894
convnet-js     sgd        decay=0.1   0.98 -1.96 0.495 2.96999                      0.86692712 -1.92197517 0.410507475 2.85296112
`
  .trim()
  .split('\n')
  .map((row) => {
    const words = row.split(/ +/);
    const numbers = words.splice(-8).map(Number);
    const [as, optimizer, own = ''] = words;
    const [key, value] = own.split('=');
    return {
      as: /** @type {Library} */ (as),
      optimizer: /** @type {Optimizer} */ (optimizer),
      own: own ? { [key]: Number(value) } : {},
      name: words.join(' '),
      first: numbers.slice(0, 4),
      last: numbers.slice(4),
    };
  });

/** The parameters after each of the five steps, as weights of a batch of 1. @param {any} choice */
function fiveSteps({ late, ...choice }) {
  const [p, state] = [Float64Array.from(START), stateOf(4)];
  return GRADIENTS.map((g, i) => {
    const rate = late !== undefined && i >= 2 ? late : choice.rate;
    optimize({ ...choice, rate }, i + 1, 1, false, p, g, state);
    return Array.from(p);
  });
}

/* The numbers have nine digits of values up to 3: 5e-9. Single precision errs by five roundings of half a unit of 2^-22. */
const DIGITS = 5e-9;
const SINGLE = 5 * 2 ** -23;

for (const { as, optimizer, own, name, first, last } of MEASURED) {
  test(`${name}: five steps give what the library gave`, () => {
    const rate = optimizer === 'adam' ? 1e-3 : 0.1;
    const steps = fiveSteps({ as, optimizer, rate, ...own });
    const most = as === 'tensorflow-js' ? SINGLE : DIGITS;
    for (const [got, expected] of [
      [steps[0], first],
      [steps[4], last],
    ]) {
      got.forEach((p, i) => {
        assert.ok(Math.abs(p - expected[i]) <= most, `${p} for ${expected[i]}`);
      });
    }
  });
}

test('scikit-learn and ConvNetJS divide the decay by the batch, and decay no biases', () => {
  /* measured in scikit-learn: alpha 1, W .5, 4 rows give a gradient of .125, and 0 for a bias */
  for (const as of /** @type {Library[]} */ (['scikit-learn', 'convnet-js'])) {
    const [weight, bias] = [Float64Array.of(0.5), Float64Array.of(0.5)];
    const choice = { optimizer: /** @type {const} */ ('sgd'), as, rate: 1, decay: 1 };
    optimize(choice, 1, 4, false, weight, [0], stateOf(1));
    optimize(choice, 1, 4, true, bias, [0], stateOf(1));
    assert.deepEqual([weight[0], bias[0]], [0.375, 0.5], as);
  }
});

test('only ConvNetJS lacks optimizers: Nesterov’s momentum and Adam', () => {
  const libraries = MEASURED.map(({ as }) => as);
  const optimizers = /** @type {Optimizer[]} */ (['sgd', 'momentum', 'nesterov', 'adam']);
  const missing = [...new Set(libraries)].flatMap((as) =>
    optimizers.filter((optimizer) => !exists(as, optimizer)).map((optimizer) => `${as} ${optimizer}`),
  );
  assert.deepEqual(missing, ['convnet-js nesterov', 'convnet-js adam']);
});

test('by hand: losses are means over the batch', () => {
  const even = meanCrossEntropy([0, 0, 0, 0, Math.log(3), Math.log(3), Math.log(3), Math.log(3)], [1, 3]);
  assert.ok(Math.abs(even.loss - Math.log(4)) < 1e-15);
  assert.ok(
    difference(
      even.gradient,
      Float64Array.of(1, -3, 1, 1, 1, 1, 1, -3).map((v) => v / 8),
    ) < 1e-15,
  );
  const uneven = meanCrossEntropy([Math.log(3), 0, 0, Math.log(3)], [0, 0]);
  assert.ok(Math.abs(uneven.loss - (Math.log(4 / 3) + Math.log(4)) / 2) < 1e-15);
  assert.equal(uneven.accuracy, 0.5);
  assert.equal(meanCrossEntropy([1e4, 0], [1]).loss, 1e4);
  assert.deepEqual(meanSquaredError([3, 0, 1, 1], [1, 0, 1, 3]), { loss: 2, gradient: Float64Array.of(1, 0, 0, -1) });
});

/** A network with random weights and biases. @param {any[]} layers @param {number} seed */
function randomNet(layers, seed) {
  const random = generator(seed);
  const uniform = (/** @type {number} */ length, /** @type {number} */ bound) =>
    Float64Array.from({ length }, () => bound * (2 * random() - 1));
  const shapes = shapesOf(layers);
  return {
    uniform,
    net: {
      shapes,
      activations: layers.map(({ activation = 'linear' }) => activation),
      weights: shapes.map((s) => uniform(weightsOf(s), s.pooling ? 0 : Math.sqrt((3 * s.channelsOut) / weightsOf(s)))),
      biases: shapes.map((s) => uniform(s.pooling ? 0 : s.channelsOut, 0.3)),
    },
  };
}

const image = { kind: 'conv', size: [6, 6], channelsIn: 2, kernel: [3, 3], channelsOut: 4, activation: 'tanh' };
/** @type {Record<string, any[]>} */
const NETS = {
  dense: [
    { kind: 'dense', inputs: 5, units: 8, activation: 'tanh' },
    { kind: 'dense', units: 6, activation: 'softplus' },
    { kind: 'dense', units: 4 },
  ],
  convolutions: [
    image,
    { kind: 'conv', kernel: [3, 3], channelsOut: 4, stride: 2, groups: 2, activation: 'tanh' },
    { kind: 'average-pool', window: [2, 2], stride: 1 },
    { kind: 'dense', units: 3 },
  ],
  images: [
    { ...image, stride: 2 },
    { kind: 'transposed-conv', kernel: [2, 2], stride: 2, channelsOut: 2, activation: 'tanh' },
  ],
};

/* The step is 1e-4, so truncation errs by less than 1e-5 of a gradient's rms; see plain.test.js. */
for (const [name, layers] of Object.entries(NETS)) {
  for (const loss of name === 'images' ? ['squared error'] : ['cross-entropy', 'squared error']) {
    test(`${name}, ${loss}: gradients of weights and biases agree with central differences`, () => {
      const batch = 5;
      const { net, uniform } = randomNet(layers, 7);
      const outputs = outputsOf(net.shapes[net.shapes.length - 1]);
      const inputs = uniform(batch * inputsOf(net.shapes[0]), 1.7);
      const examples =
        loss === 'cross-entropy'
          ? { inputs, labels: Array.from({ length: batch }, (_, b) => b % outputs) }
          : { inputs, targets: uniform(batch * outputs, 1) };
      const found = lossOf(net, examples);
      for (const kind of /** @type {const} */ (['weights', 'biases'])) {
        net[kind].forEach((tensor, l) => {
          const places = Array.from({ length: Math.min(20, tensor.length) }, (_, i) => (i * 7919) % tensor.length);
          const expected = Float64Array.from(places, (place) =>
            centralDifference(tensor, place, () => lossOf(net, examples).loss),
          );
          const got = places.map((place) => found[kind][l][place]);
          assert.ok(tensor.length === 0 || expected.every((v) => v !== 0), `${kind} of layer ${l + 1} are not all 0`);
          assert.ok(difference(got, expected) < 1e-5, `${kind} of layer ${l + 1}`);
        });
      }
      const doubled = lossOf(net, examples, 2);
      assert.equal(doubled.loss, found.loss);
      assert.deepEqual(
        doubled.weights,
        found.weights.map((g) => g.map((v) => 2 * v)),
      );
    });
  }
}
