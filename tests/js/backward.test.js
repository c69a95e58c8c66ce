/**
 * The backward pass of dense layers against two computations in double precision: the chain rule, for every activation;
 * and central differences of the loss, where phi is smooth. Both are in network.js. Convolutions are in conv.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { backward, forward, lossAt, netOf } from './network.js';
import { assertSummary, centralDifference, difference, PHI, SLOPE } from './reference.js';

const engine = await loadEngine();

/** @param {number} inputs @param {number[]} units */
const layersOf = (inputs, units) =>
  units.map((n, i) => ({ kind: /** @type {const} */ ('dense'), inputs: i === 0 ? inputs : units[i - 1], units: n }));

test('every activation in the engine’s table has a reference for its slope', () => {
  assert.deepEqual(
    engine.activations.map(({ name }) => name),
    Object.keys(SLOPE),
  );
});

/** @type {any[]} widths of 1, and around a panel of 8 and a block of 256; batches of 1, and of more than one block */
const CASES = [
  { inputs: 17, units: [257, 3, 17], batch: 1, scheme: 'xavier-uniform', gain: 1.5, loss: 'random' },
  { inputs: 3, units: [1, 17, 3], batch: 300, scheme: 'he-normal', bias: { name: 'normal', std: 0.3 } },
  { inputs: 257, units: [257, 17, 3], batch: 300, scheme: 'orthogonal', gain: 1.2, bias: 'pytorch-default' },
  { inputs: 1, units: [3, 17, 257], batch: 7, scheme: 'sparse', gain: 60, bias: { name: 'constant', value: 0.1 } },
  { inputs: 3, units: [17, 257, 1], batch: 300, scheme: 'lecun-truncated', loss: 'random' },
].map(({ inputs, units, ...rest }) => ({
  layers: layersOf(inputs, units),
  loss: 'cross-entropy',
  bias: 'zeros',
  seed: 5,
  ...rest,
}));

/** @param {any} spec */
const nameOf = ({ layers, batch, scheme, loss }) =>
  `${[layers[0].inputs, ...layers.map((/** @type {any} */ l) => l.units)].join('-')}, batch ${batch}, ${scheme}, ${loss}`;

/* Rounding: up to six products lead to a gradient, and single precision errs by 2^-24 sqrt(300) = 1e-6 of the rms in
 * each. That is about 5e-6 in all. The worst of 1e5 elements lies about five times as far out, or ten times at a peak of
 * the gradient. A wrong element would be off by about 1, so 1e-4 lets none pass. */
for (const activation of Object.keys(SLOPE)) {
  for (const kase of CASES) {
    test(`${activation}, ${nameOf(kase)}: loss, deltas and weight gradients agree with the chain rule to 1e-4`, () => {
      const spec = { ...kase, activation, backward: true };
      const expected = backward(netOf(engine, spec));
      const run = engine.run(spec);
      assert.ok(
        Math.abs(Number(run.loss) - expected.loss.total / spec.batch) < (1e-5 * expected.loss.size) / spec.batch,
      );
      for (let l = 1; l <= spec.layers.length; l++) {
        for (const name of /** @type {const} */ (['deltas', 'weightGradients'])) {
          const got = engine.tensor(spec, name, l);
          assert.ok(
            expected.layers[l - 1][name].some((v) => v !== 0),
            `${name} of layer ${l} are all 0`,
          );
          const worst = difference(got, expected.layers[l - 1][name]);
          assert.ok(worst < 1e-4, `${name} of layer ${l}: off by ${worst}`);
          assertSummary(got, spec.layers[l - 1].units, run.layers[l - 1][name]);
        }
      }
    });
  }
}

/* The step is 1e-4. Truncation errs by step^2 / 6 |L''' / L'|. A weight's third derivative brings in |a|^2 < 16, and
 * |phi''' / phi'| < 4 of the layers above, so this is below 1e-6. Rounding errs by 2^-53 L / step, below 1e-10 of a
 * gradient. The rest of the tolerance, 1e-4 of the gradients' rms, is for the engine's single precision, as above. */
const SMOOTH = ['linear', 'tanh', 'sigmoid', 'elu', 'gelu', 'silu', 'mish', 'softplus', 'softsign', 'sin'];
const SAMPLE = 25;
for (const activation of SMOOTH) {
  for (const loss of ['random', 'cross-entropy']) {
    test(`${activation}, ${loss}: deltas and weight gradients agree with central differences of the loss to 1e-4`, () => {
      const spec = {
        layers: layersOf(17, [9, 13, 5, 3]),
        activation,
        loss: /** @type {'random'} */ (loss),
        scheme: 'xavier-normal',
        gain: 1.5,
        bias: { name: 'normal', std: 0.3 },
        batch: 6,
        seed: 3,
      };
      const net = netOf(engine, spec);
      for (let l = 1; l <= spec.layers.length; l++) {
        const z = forward(net)[l - 1];
        const weights = net.weights[l - 1];
        /** @type {[name: 'deltas' | 'weightGradients', tensor: Float64Array, loss: () => number][]} */
        const ways = [
          ['deltas', z, () => lossAt(net, forward(net, l, z)).total],
          ['weightGradients', weights, () => lossAt(net, forward(net)).total],
        ];
        for (const [name, tensor, lossNow] of ways) {
          const got = engine.tensor(spec, name, l);
          const places = Array.from({ length: SAMPLE }, (_, i) => (i * 7919) % tensor.length);
          const expected = Float64Array.from(places, (at) => centralDifference(tensor, at, lossNow));
          assert.ok(expected.filter((v) => v !== 0).length > SAMPLE / 2, `${name} of layer ${l} are not all 0`);
          const worst = difference(
            places.map((at) => got[at]),
            expected,
          );
          assert.ok(worst < 1e-4, `${name} of layer ${l}: off by ${worst}`);
        }
      }
    });
  }
}

/** @param {any} change */
const classifier = (change) => ({
  layers: layersOf(20, [30, 10]),
  activation: 'linear',
  loss: 'cross-entropy',
  backward: true,
  batch: 256,
  ...change,
});

test('without weights, softmax cross-entropy is ln C to the last bit of single precision', () => {
  for (const classes of [2, 3, 10, 1000]) {
    const { loss } = engine.run(classifier({ layers: layersOf(20, [30, classes]), scheme: 'zeros' }));
    assert.ok(Math.abs(Number(loss) / Math.log(classes) - 1) < 2 ** -22, `${classes} classes: ${loss}`);
  }
});

/* Let logits have rms s, and let each row have its mean subtracted. Averaged over the batch, ln(sum exp a) - ln C then
 * lies between 0 and about s^2 / 2. The average of a[label] over random labels has a standard error of s / sqrt(batch). */
test('with small weights, softmax cross-entropy is near ln C', () => {
  for (const std of [0.01, 0.03, 0.1]) {
    const run = engine.run(classifier({ scheme: { name: 'normal', std } }));
    const s = run.layers[1].activations.rms;
    const above = Number(run.loss) - Math.log(10);
    assert.ok(
      Math.abs(above - s ** 2 / 4) < s ** 2 / 4 + (4 * s) / Math.sqrt(256) + 1e-6,
      `${std}: ${above}, s = ${s}`,
    );
  }
});

/* Each of ten classes gets about a tenth of 1,024 rows; the count has a standard error of sqrt(1024 0.1 0.9) = 9.6. */
test('labels are uniform over the classes', () => {
  const deltas = engine.tensor(classifier({ batch: 1024, scheme: 'zeros' }), 'deltas', 2);
  const counts = Array(10).fill(0);
  for (let i = 0; i < deltas.length; i++) counts[i % 10] += Number(deltas[i] < 0);
  assert.equal(
    counts.reduce((sum, n) => sum + n, 0),
    1024,
  );
  for (const n of counts) assert.ok(Math.abs(n - 102.4) < 4 * 9.6, `${counts}`);
});

/* g ~ N(0, 1): 4 standard errors of the mean square are 4 sqrt(2 / n) */
test('the random output gradient is standard normal, and does not depend on the network', () => {
  const spec = classifier({ loss: 'random', batch: 1000 });
  const g = engine.tensor(spec, 'deltas', 2);
  const square = g.reduce((sum, v) => sum + v * v, 0) / g.length;
  assert.ok(Math.abs(square - 1) < 4 * Math.sqrt(2 / g.length), `${square}`);
  assert.deepEqual(engine.tensor({ ...spec, layers: layersOf(5, [10]), scheme: 'zeros' }, 'deltas', 1), g);
});

test('the gradient of one input does not depend on the size of the batch', () => {
  for (const loss of ['random', 'cross-entropy']) {
    const spec = classifier({ loss, activation: 'gelu' });
    const few = engine.tensor({ ...spec, batch: 5 }, 'deltas', 1);
    assert.deepEqual(engine.tensor({ ...spec, batch: 300 }, 'deltas', 1).slice(0, few.length), few);
  }
});

test('phi and its slope follow the definition at kinks and far from 0', () => {
  for (const { name } of engine.activations) {
    for (const z of [-30, -1, -0.5, 0, 0.5, 1, 30]) {
      assert.ok(Math.abs(engine.phi(name, z) - PHI[name](z)) <= 2e-7 * Math.max(1, Math.abs(z)), `${name}(${z})`);
      assert.ok(Math.abs(engine.slope(name, z) - SLOPE[name](z)) <= 2e-7, `${name}'(${z})`);
    }
  }
});

test('theory predicts no weight gradients under cross-entropy, because its examples pull in the same direction', () => {
  const layers = stack({ depth: 3, width: 64, outputs: 10 });
  for (const loss of /** @type {const} */ (['random', 'cross-entropy'])) {
    const { backTheory } = engine.run({ layers, backward: true, loss, batch: 8 }).layers[0];
    assert.ok(backTheory && backTheory.deltaSquare > 0);
    assert.equal(Number.isNaN(backTheory.gradientSquare), loss === 'cross-entropy');
  }
});

test('theory has no backward band where cross-entropy follows an activation directly', () => {
  const layers = stack({ depth: 3, width: 64, outputs: 10 });
  for (const activation of ['linear', 'tanh', 'relu']) {
    const last = layers.map((of, i) => (i === 2 ? { ...of, activation } : of));
    const run = engine.run({ layers: last, backward: true, loss: 'cross-entropy', batch: 8 });
    for (const [i, { backTheory }] of run.layers.entries()) {
      const band = activation === 'linear' ? (i < 2 ? 'some' : 'none: it was measured') : 'not known';
      assert.ok(backTheory && backTheory.deltaSquare > 0);
      const { deltaLogStd } = backTheory;
      assert.equal(deltaLogStd > 0 ? 'some' : deltaLogStd === 0 ? 'none: it was measured' : 'not known', band);
    }
  }
});

test('a logit of NaN makes the loss and the gradient of its row NaN', () => {
  const input = Float32Array.of(1, 2, Number.NaN, 0.5, 1, 2, 3, 4);
  const layers = [
    { kind: /** @type {const} */ ('dense'), inputs: 4, units: 4, activation: 'linear', scheme: 'identity' },
  ];
  const spec = { layers, input, batch: 2, backward: true, loss: /** @type {const} */ ('cross-entropy') };
  assert.ok(Number.isNaN(engine.run(spec).loss));
  const deltas = engine.tensor(spec, 'deltas', 1);
  assert.ok(deltas.subarray(0, 4).every(Number.isNaN) && deltas.subarray(4).every(Number.isFinite));
});
