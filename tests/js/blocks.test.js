/**
 * Norms, residual sums, gated units and PReLU in networks with all other kinds of layer, against plain double precision (plain-blocks.js) and
 * central differences, and what is refused.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { randomSpec } from './cases.js';
import { compareAll } from './compared.js';
import { forward, lossAt, netOf } from './network.js';
import { centralDifference, difference } from './reference.js';

const engine = /** @type {any} */ (await loadEngine());

const EACH = 20;
const STACKS = [
  ['layer-norm'],
  ['rms-norm'],
  ['batch-norm'],
  ['conv', 'layer-norm', 'conv', 'batch-norm', 'flatten'],
  ['batch-norm', 'padded', 'rms-norm', 'global', 'layer-norm'],
  ['flat', 'flatten', 'layer-norm', 'flatten', 'batch-norm', 'flatten', 'rms-norm'],
  ['flat', 'same-units', 'sum', 'same-units', 'same-units', 'sum', 'layer-norm'],
  ['conv', 'square', 'sum', 'square', 'batch-norm', 'square', 'sum', 'max', 'flatten'],
  ['conv', 'square', 'square', 'square', 'sum', 'sum', 'sum', 'flat', 'same-units', 'sum'],
  ['conv', 'layer-norm', 'square', 'sum', 'rms-norm', 'square', 'sum', 'transposed'],
  ['glu', 'flat', 'swiglu', 'geglu'],
  ['conv', 'geglu', 'padded', 'prelu'],
  ['phi', 'phi', 'swiglu'],
  ['phi', 'glu', 'phi', 'prelu'],
  ['flat', 'prelu', 'phi', 'same-units', 'sum', 'glu'],
];

for (const [k, kinds] of STACKS.entries()) {
  test(`${kinds.join(', ')}: ${EACH} random shapes agree with double precision, forward and backward`, (t) => {
    const specs = Array.from({ length: EACH }, (_, i) => randomSpec(700 + EACH * k + i, kinds));
    const { living, doubtful, worst } = compareAll(engine, specs);
    t.diagnostic(`worst: ${worst.toExponential(1)} of the tensor's rms`);
    assert.ok(living > 0.5, `${living} of the tensors are not all 0`); // those of weights are empty without weights
    // among others batch norm of a single vector: its variance is 0
    assert.ok(doubtful < 0.6, `${doubtful} of the ways back were not compared`);
  });
}

/** A small network with every norm, and sums with the input, with a layer, and with one stream for two sums. */
const SMOOTH = {
  layers: [
    { kind: 'layer-norm', size: [1, 1], channelsIn: 6, gain: 1.5 },
    { kind: 'dense', units: 6 },
    { kind: 'add', over: 2, stream: 0.5, activation: 'tanh' },
    { kind: 'batch-norm', activation: 'gelu' },
    { kind: 'dense', units: 6 },
    { kind: 'rms-norm', epsilon: 0.01 },
    { kind: 'add', over: 3, branch: -2 },
    { kind: 'dense', units: 6, activation: { name: 'sin', omega: 2 } },
    { kind: 'add', over: 5, stream: 0.3, branch: 0.7, activation: 'sigmoid' },
    { kind: 'swiglu' },
    { kind: 'dense', units: 4 },
    { kind: 'glu' },
    { kind: 'dense', units: 8, activation: { name: 'elu', alpha: 1 } },
    { kind: 'geglu' },
    { kind: 'dense', units: 4, activation: 'linear' },
  ],
  activation: 'tanh',
  scheme: 'xavier-normal',
  gain: 1.5,
  bias: { name: 'normal', std: 0.3 },
  batch: 7,
  seed: 3,
};

/* The step is 1e-4. Truncation errs by step^2 / 6 |L''' / L'|: each of three norms may bring in 1 / root^2 < 20, so this is
 * below 1e-5. The rest is for the engine's single precision, as in backward.test.js. */
test('deltas and weight gradients agree with central differences of the loss to 1e-4, through norms and sums', () => {
  const net = netOf(engine, SMOOTH);
  for (let l = 1; l <= SMOOTH.layers.length; l++) {
    const z = forward(net)[l - 1];
    /** @type {[name: string, tensor: Float64Array, loss: () => number][]} */
    const ways = [
      ['deltas', z, () => lossAt(net, forward(net, l, z)).total],
      ['weightGradients', net.weights[l - 1], () => lossAt(net, forward(net)).total],
    ];
    for (const [name, tensor, lossNow] of ways) {
      const got = engine.tensor(SMOOTH, name, l);
      const expected = Float64Array.from(tensor, (_, at) => centralDifference(tensor, at, lossNow));
      if (tensor.length > 0) assert.ok(expected.filter((v) => v !== 0).length > tensor.length / 2, `${name} of ${l}`);
      const worst = difference(got, expected);
      assert.ok(tensor.length === 0 || worst < 1e-4, `${name} of layer ${l}: off by ${worst}`);
    }
  }
});

test('norms by hand: a row, a row without its mean, and a channel', () => {
  const input = Float32Array.from([1, 3, 5, 7, 2, 2, 2, 6]);
  const of = (/** @type {any} */ layer, exact = 1) =>
    Array.from(
      engine.tensor(
        { layers: [{ size: [1, 1], channelsIn: 4, epsilon: 0, ...layer }], input, batch: 2 },
        'activations',
        1,
      ),
      (v) => Math.round(v * 1e6 * exact) / 1e6,
    );
  const round = (/** @type {number[]} */ values) => values.map((v) => Math.round(v * 1e6) / 1e6);
  const [five, three] = [Math.sqrt(5), Math.sqrt(3)];
  assert.deepEqual(
    of({ kind: 'layer-norm' }),
    round([-3 / five, -1 / five, 1 / five, 3 / five, -1 / three, -1 / three, -1 / three, three]),
  );
  const [a, b] = [Math.sqrt(21), Math.sqrt(12)];
  assert.deepEqual(of({ kind: 'rms-norm' }), round([1 / a, 3 / a, 5 / a, 7 / a, 2 / b, 2 / b, 2 / b, 6 / b]));
  assert.deepEqual(of({ kind: 'batch-norm', gain: 2 }), [-2, 2, 2, 2, 2, -2, -2, -2]);
});

test('a sum with factors 1 and 0 is the stream, to the bit, and the branch gets no gradient', () => {
  const layers = [
    { kind: 'dense', inputs: 5, units: 5 },
    { kind: 'dense', units: 5 },
    { kind: 'add', over: 1, branch: 0 },
  ];
  const spec = { layers, activation: 'tanh', batch: 3, backward: true };
  assert.deepEqual(engine.tensor(spec, 'activations', 3), engine.tensor(spec, 'activations', 1));
  assert.ok(engine.tensor(spec, 'deltas', 2).every((/** @type {number} */ v) => v === 0));
});

test('a network with sums is the same with and without a backward pass', () => {
  for (let l = 1; l <= SMOOTH.layers.length; l++) {
    const there = engine.tensor({ ...SMOOTH, backward: true }, 'activations', l);
    assert.deepEqual(engine.tensor(SMOOTH, 'activations', l), there);
  }
  const [forward, back] = [false, true].map((backward) => engine.run({ ...SMOOTH, backward }).layers);
  forward.forEach((/** @type {any} */ { activations }, /** @type {number} */ i) => {
    assert.deepEqual(activations, back[i].activations);
  });
});

/** Trains alone the gains, shifts and factors of a network: the gradients of its loss by them, by central differences. */
test('gains, shifts, factors and slopes train by the gradient of the loss, and only those that are to', () => {
  const layers = [
    { kind: 'dense', inputs: 4, units: 6, activation: 'tanh' },
    { kind: 'layer-norm' },
    { kind: 'dense', units: 6, activation: 'tanh' },
    { kind: 'batch-norm' },
    { kind: 'add', over: 2, stream: 0.5, branch: 0.25, trains: ['branch'] },
    { kind: 'rms-norm' },
    { kind: 'prelu', perChannel: true },
    { kind: 'swiglu' },
    { kind: 'prelu', slope: 0.5 },
    { kind: 'dense', units: 3, activation: 'linear' },
  ];
  const inputs = Float32Array.from({ length: 40 }, (_, i) => Math.sin(7 * i));
  const data = { inputs, labels: Uint8Array.from({ length: 10 }, (_, i) => i % 3) };
  const spec = { layers, scheme: 'xavier-normal', batch: 10, seed: 2 };
  const begin = () => engine.training(spec, { data, optimizer: 'sgd', rate: 1 });
  const training = begin();
  const before = training.save();
  training.step();
  const after = training.save();
  const lossOf = (/** @type {Float32Array} */ values) => {
    training.restore({ ...before, values });
    return training.evaluate('train').loss;
  };
  let moved = 0;
  for (let i = 0; i < before.values.length; i++) {
    /* single precision: the loss errs by 1e-7, so a step of 1e-2 leaves 1e-5, and truncation about 1e-4 */
    const [high, low] = [1, -1].map((sign) => {
      const values = before.values.slice();
      values[i] += sign * 1e-2;
      return lossOf(values);
    });
    const update = before.values[i] - after.values[i];
    moved += Number(update !== 0);
    if (update === 0) continue; // a gap, or a factor that stays
    assert.ok(Math.abs((high - low) / 2e-2 - update) < 1e-3, `${i}: ${update} is not ${(high - low) / 2e-2}`);
  }
  const weights = 4 * 6 + 6 + 36 + 6 + 9 + 3;
  assert.equal(moved, weights + 2 * 6 + 2 * 6 + 1 + 6 + 6 + 1);
  training.end();
});
