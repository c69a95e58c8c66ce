/*
 * Which networks train and which stand still: the claims of the papers and lessons, each over three seeds, with margins that
 * hold for other seeds too. "n layers" is n hidden layers of 64 and a linear output layer of 10. Weights are normal, of the
 * named variance by fan-in; biases start at 0; a batch is 64. All 1,797 digits are trained on, standardized, and the
 * accuracy is on these same digits.
 *
 * That each step is the right one is tested in training.test.js and tests/c/optimizer.c, not here. TRAINS=all adds what takes
 * minutes: the whole map of trainable depths, and sigmoid networks until they learn.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { makeData } from '../../web/data/data.js';
import { loadEngine } from '../../web/engine/engine.js';
import { lsuv } from '../../web/engine/lsuv.js';

/** @typedef {import('../../web/engine/spec.js').Spec} Spec */
/** @typedef {import('../../web/data/data.js').Data} Data */
/** @typedef {ReturnType<typeof engine.training>} Training */

const engine = await loadEngine();
const SEEDS = [1, 2, 3];
const ALL = process.env.TRAINS === 'all';

/** @param {Data} made @returns {{ inputs: Float32Array, labels: Uint8Array }} as engine.training takes it */
const examplesOf = ({ inputs, labels }) => ({ inputs, labels });
const DIGITS = examplesOf(makeData('digits', { heldOut: false }));
const RAW = examplesOf(makeData('digits', { pixels: 'raw', heldOut: false }));

/** The settings of most claims. */
const MOMENTUM = { optimizer: 'momentum', momentum: 0.9, rate: 0.003 };

/** Weights of variance scale / fan_in. @param {number} scale */
const normal = (scale) => ({
  scheme: /** @type {const} */ ({ name: 'variance-scaling', scale, mode: 'fan_in', distribution: 'normal' }),
});

/** He's and LeCun's variances by fan-in, and that of PyTorch's default. */
const [HE, LECUN, PYTORCH] = [2, 1, 1 / 3];

/**
 * @param {number} depth hidden layers
 * @param {string} activation of these
 * @param {number} scale the variance of the weights by fan-in
 * @param {Partial<Spec> & { width?: number, output?: string }} [more] output: the activation of the output layer
 * @returns {Spec}
 */
function network(depth, activation, scale, { width = 64, output = 'linear', ...more } = {}) {
  const hidden = Array.from({ length: depth }, (_, i) => ({
    kind: /** @type {const} */ ('dense'),
    units: width,
    ...(i === 0 && { inputs: 64 }),
  }));
  const last = { kind: /** @type {const} */ ('dense'), units: 10, activation: output };
  return { layers: [...hidden, last], activation, ...normal(scale), batch: 64, ...more };
}

/**
 * Trains a network, and returns what `read` reads of it in the end.
 * @template T
 * @param {Spec} spec
 * @param {number} steps
 * @param {Record<string, unknown>} options of the training; the data are the digits unless given
 * @param {(training: Training) => T} read
 * @returns {T}
 */
function trained(spec, steps, options, read) {
  const training = engine.training(spec, { data: DIGITS, ...options });
  try {
    for (let i = 0; i < steps; i++) training.step();
    return read(training);
  } finally {
    training.end();
  }
}

/** @param {Training} training @param {'train' | 'heldOut'} [which] @returns {number} */
const accuracyOf = (training, which = 'train') => training.evaluate(which).accuracy ?? Number.NaN;

/** The accuracy for each seed. @param {Spec} spec @param {number} steps @param {Record<string, unknown>} [options] */
const accuracies = (spec, steps, options = MOMENTUM) =>
  SEEDS.map((seed) => trained({ ...spec, seed }, steps, options, (training) => accuracyOf(training)));

/** @param {number[]} values */
const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {number[]} values */
const show = (values) => values.map((value) => value.toFixed(3)).join(' ');

/**
 * Asserts that every value is at least `least` and at most `most`.
 * @param {import('node:test').TestContext} t
 * @param {string} what
 * @param {number[]} values
 * @param {[least: number, most: number]} bounds
 */
function within(t, what, values, [least, most]) {
  t.diagnostic(`${what}: ${show(values)}`);
  assert.ok(
    values.every((value) => value >= least && value <= most),
    `${what}: ${show(values)}; expected ${least} to ${most}`,
  );
}

/** Accuracy of a network that has learned, and of one that knows no more than how frequent the classes are. */
const LEARNED = /** @type {[number, number]} */ ([0.85, 1]);
const CHANCE = /** @type {[number, number]} */ ([0, 0.15]);

test('He et al. 2015, figure 2: 22 ReLU layers train with 2 / n, hardly with 1 / n, and not with 1 / (3 n)', (t) => {
  const [he, lecun, pytorch] = [HE, LECUN, PYTORCH].map((scale) => accuracies(network(22, 'relu', scale), 1000));
  within(t, '2 / n', he, [0.95, 1]);
  within(t, '1 / n', lecun, [0.15, 0.85]);
  within(t, '1 / (3 n)', pytorch, CHANCE);
});

test('He et al. 2015, figure 3: 30 ReLU layers train with 2 / n, and not with 1 / n', (t) => {
  const [he, lecun] = [HE, LECUN].map((scale) => accuracies(network(30, 'relu', scale), 1000));
  within(t, '2 / n', he, LEARNED);
  within(t, '1 / n', lecun, [0, 0.4]);
});

test('ten ReLU layers with 1 / (3 n), PyTorch’s default, do not train', (t) => {
  within(t, '1 / (3 n)', accuracies(network(10, 'relu', PYTORCH), 1000), CHANCE);
});

test('Adam hides it: 30 ReLU layers train with 1 / n too, if less', (t) => {
  const adam = { optimizer: 'adam', rate: 0.001 };
  const [he, lecun] = [HE, LECUN].map((scale) => accuracies(network(30, 'relu', scale), 500, adam));
  within(t, '2 / n', he, [0.9, 1]);
  within(t, '1 / n', lecun, [0.6, 1]);
  assert.ok(meanOf(lecun) < meanOf(he));
});

/** Steps until the loss of a batch is below 2.0; Infinity if it never is. @param {number} depth @param {number} most
 * @param {number} seed */
const plateauOf = (depth, most, seed) =>
  trained({ ...network(depth, 'sigmoid', PYTORCH), seed }, 0, { ...MOMENTUM, rate: 0.1 }, (training) => {
    for (let step = 0; step < most; step++) if (training.step().loss < 2) return step;
    return Infinity;
  });

/** Sigmoid layers: the least and most steps that they stay on the plateau. @type {[number, number, number][]} */
const PLATEAUS = [
  [3, 150, 700],
  [4, 1000, 5000],
  ...(ALL ? [/** @type {[number, number, number]} */ ([5, 8000, 40_000])] : []),
];

for (const [depth, least, most] of PLATEAUS) {
  test(`Glorot & Bengio 2010, figure 2: ${depth} sigmoid layers leave the plateau after ${least} to ${most} steps`, (t) => {
    const steps = SEEDS.map((seed) => plateauOf(depth, most + 1, seed));
    within(t, 'steps', steps, [least, most]);
  });
}

/* The limit is 8,000 steps, which TRAINS=all goes to. Networks of four layers have left the plateau by 5,000. */
const FIVE = ALL ? 8000 : 5000;
test(`Glorot & Bengio 2010, figure 2: five sigmoid layers are on the plateau after ${FIVE} steps`, (t) => {
  const steps = SEEDS.map((seed) => plateauOf(5, FIVE, seed));
  within(t, 'steps', steps, [FIVE, Infinity]);
});

/** Mean accuracy after 300 steps, by depth and sigma_w^2: the least and most. The last three are for TRAINS=all. */
const MAP = /** @type {[depth: number, square: number, bounds: [number, number]][]} */ ([
  [20, 1, [0.75, 0.99]],
  [40, 1, [0, 0.5]],
  [40, 1.76, [0.85, 1]],
  [40, 3, [0.15, 0.8]],
  [60, 1, [0, 0.2]],
  [60, 1.76, [0.3, 0.95]],
  [20, 1.76, [0.97, 1]],
  [20, 3, [0.95, 1]],
  [60, 3, [0, 0.2]],
]);
/** sigma_w^2 of the whole map. */
const SQUARES = [1, 1.25, 1.5, 1.76, 2, 2.5, 3, 4];

/** @param {number} depth @param {number} square sigma_w^2 */
const onMap = (depth, square) =>
  accuracies(network(depth, 'tanh', square, { bias: { name: 'normal', std: Math.sqrt(0.05) } }), 300);

test('Schoenholz et al. 2017: tanh networks train to about six depth scales; at the critical sigma_w^2 the deepest do', (t) => {
  const depthOf = (/** @type {number} */ square) => 6 * engine.fixedPoint('tanh', square, 0.05).correlationDepth;
  assert.ok(Math.abs(depthOf(1) - 21.8) < 0.1, 'six depth scales at 1');
  assert.ok(depthOf(1.76) > 1000, 'it is critical at 1.76'); // there the width and the steps limit the depth
  for (const [depth, square, bounds] of MAP.slice(0, ALL ? MAP.length : 6)) {
    const found = onMap(depth, square);
    within(t, `${depth} layers at ${square}, mean of ${show(found)}`, [meanOf(found)], bounds);
  }
});

if (ALL) {
  test('on the whole map no depth trains better than at the critical sigma_w^2, and none trains far beyond six depth scales', (t) => {
    for (const depth of [20, 30, 40, 60]) {
      const row = SQUARES.map((square) => meanOf(onMap(depth, square)));
      t.diagnostic(`${depth} layers at ${SQUARES.join(', ')}: ${show(row)}`);
      assert.ok(Math.max(...row) - Math.max(row[3], row[4]) < 0.05); // at 1.76 and 2
      for (const [i, square] of SQUARES.entries()) {
        const most = 6 * engine.fixedPoint('tanh', square, 0.05).correlationDepth;
        if (most > 0 && depth > 1.8 * most) assert.ok(row[i] < 0.5, `${depth} layers at ${square}`);
      }
    }
  });
}

test('Hanin & Rolnick 2018: 30 ReLU layers with 2 / n train the better the wider they are', (t) => {
  const [w10, w20, w50, w100] = [10, 20, 50, 100].map((width) => {
    const found = accuracies(network(30, 'relu', HE, { width }), 500);
    t.diagnostic(`width ${width}: ${show(found)}`);
    return found;
  });
  // means: at width 50 the loss of a seed still leaps now and then
  assert.ok(meanOf(w50) > meanOf(w10) + 0.2, '50 over 10');
  assert.ok(meanOf(w100) > meanOf(w20) + 0.1, '100 over 20');
  assert.ok(Math.min(...w100) > Math.max(...w10) + 0.3, 'every 100 over every 10');
});

/** The digits with pixels from 0 to `most`. The squared error compares outputs with 1 for the label and 0 for the others.
 * @param {number} most */
const pixelsTo = (most) => ({
  inputs: RAW.inputs.map((pixel) => (most / 16) * pixel),
  targets: Float32Array.from({ length: 10 * RAW.labels.length }, (_, i) =>
    RAW.labels[Math.floor(i / 10)] === i % 10 ? 1 : 0,
  ),
});

/** The share of examples whose largest output is that of the label. @param {Training} training
 * @param {Float32Array} inputs */
function shareRight(training, inputs) {
  const outputs = training.outputs(inputs);
  const right = RAW.labels.filter((label, k) => {
    const row = outputs.subarray(10 * k, 10 * (k + 1));
    return row.every((value, c) => c === label || value < row[label]);
  });
  return right.length / RAW.labels.length;
}

test('five ReLU layers into a sigmoid stand still on raw pixels, and train on smaller ones or after LSUV', (t) => {
  const settings = { ...MOMENTUM, rate: 0.015, loss: 'squared-error' };
  const sharesOf = (/** @type {number} */ most, /** @type {(spec: Spec) => Spec} */ prepare = (spec) => spec) =>
    SEEDS.map((seed) => {
      const data = pixelsTo(most);
      const input = data.inputs.slice(0, 64 * 64); // the first batch
      const spec = prepare({ ...network(5, 'relu', HE, { output: 'sigmoid' }), seed, input });
      return trained(spec, 500, { ...settings, data }, (training) => shareRight(training, data.inputs));
    });
  const [photo, raw, small] = [255, 16, 1].map((most) => sharesOf(most));
  const tuned = sharesOf(16, (spec) => lsuv(engine, spec).spec);
  within(t, 'pixels from 0 to 255', photo, CHANCE);
  within(t, 'pixels from 0 to 16', raw, [0, 0.5]);
  within(t, 'pixels from 0 to 1', small, [0.6, 1]);
  within(t, 'pixels from 0 to 16, after LSUV', tuned, [0.6, 1]);
  assert.ok(Math.min(...small, ...tuned) > Math.max(...raw) + 0.2);
});

test('zeros never break symmetry: the units of a layer stay equal, bit by bit', (t) => {
  const options = { ...MOMENTUM, rate: 0.1 };
  for (const activation of ['relu', 'tanh', 'sigmoid']) {
    const spec = { ...network(2, activation, 0), scheme: 'zeros' };
    const { accuracy, layers } = trained(spec, 500, options, (training) => ({
      accuracy: accuracyOf(training),
      layers: [1, 2, 3].map((layer) => ({ weights: training.weights(layer), biases: training.biases(layer) })),
    }));
    t.diagnostic(`${activation}: accuracy ${accuracy}`);
    for (const { weights, biases } of layers.slice(0, 2)) {
      assert.ok(weights.every((weight, i) => weight === weights[i - (i % 64)])); // (inputs, units)
      assert.ok(biases.every((bias) => bias === biases[0]));
    }
    // the output layer sees 64 times the same unit
    assert.ok(layers[2].weights.every((weight, i) => weight === layers[2].weights[i % 10]));
    assert.ok(
      layers[2].biases.some((bias) => bias !== 0),
      'it did train',
    );
    assert.ok(accuracy < 0.5, `${activation}: ${accuracy}`); // what one unit can tell
  }
  within(t, 'tanh, 1 / n', accuracies(network(2, 'tanh', LECUN), 500, options), [0.95, 1]);
});

test('random labels are memorized first with 2 / n, then with 1 / n, and not with 1 / (3 n); none helps on others', (t) => {
  const { heldOut, inputs, labels } = makeData('digits', { labels: 'random', seed: 1 });
  const options = { ...MOMENTUM, rate: 0.01, data: { inputs, labels }, heldOut };
  const [he, lecun, pytorch] = [HE, LECUN, PYTORCH].map((scale) =>
    SEEDS.map((seed) =>
      trained({ ...network(5, 'relu', scale), seed }, 1800, options, (training) => [
        accuracyOf(training),
        accuracyOf(training, 'heldOut'),
      ]),
    ),
  );
  const seen = (/** @type {number[][]} */ found) => found.map(([train]) => train);
  within(t, '2 / n', seen(he), [0.7, 1]);
  within(t, '1 / n', seen(lecun), [0.4, 0.8]);
  within(t, '1 / (3 n)', seen(pytorch), [0, 0.3]);
  assert.ok(Math.min(...seen(he)) > Math.max(...seen(lecun)) + 0.03);
  const held = [he, lecun, pytorch].flatMap((found) => found.map(([, other]) => other));
  // chance: 0.1 of 359 labels, within four standard errors
  within(t, 'held out', held, [0.1 - 4 * Math.sqrt(0.09 / 359), 0.1 + 4 * Math.sqrt(0.09 / 359)]);
});
