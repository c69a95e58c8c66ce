/**
 * Schemes of single libraries draw what those libraries draw: sums of a unit, a bound by Nguyen and Widrow, and spikes. The
 * libraries' own figures are in tests/reference/libraries.tsv; rules that several libraries share are tested in
 * libraries.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { cut, truncated } from './documented.js';

const engine = await loadEngine();

/** A layer of 300 inputs and 100 units, and its weights. @param {any} scheme @param {any} [change] */
function drawn(scheme, change) {
  const spec = { layers: stack({ depth: 1, width: 100, inputs: 300, ...change }), scheme, batch: 1, seed: 3 };
  return { layer: engine.run(spec).layers[0], weights: engine.tensor(spec, 'weights', 1) };
}

/** @param {ArrayLike<number>} values */
const squareOf = (values) => Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length;

test('OpenCV’s ANN_MLP: the absolute weights of each unit sum to 1, and their std is 2 / (sqrt 3 n)', () => {
  const { layer, weights } = drawn('unit-sum');
  for (let unit = 0; unit < 100; unit++) {
    let sum = 0;
    for (let input = 0; input < 300; input++) sum += Math.abs(weights[input * 100 + unit]);
    assert.ok(Math.abs(sum - 1) < 300 * 2 ** -25, `${sum}: each of 300 weights is rounded to 2^-24 of itself`);
  }
  assert.ok(Math.abs(layer.std / (2 / Math.sqrt(3) / 300) - 1) < 1e-5);
  // uniform: a mean of n squares is off by 4 sqrt(4 / 5 / n), a little less under the sums
  assert.ok(Math.abs(squareOf(weights) / layer.std ** 2 - 1) < 4 * Math.sqrt(0.8 / weights.length));
  assert.equal(drawn({ name: 'unit-sum' }, { inputs: 1 }).layer.std, 1, 'one input: each weight is 1 or -1');
  for (const [inputs, tolerance] of [
    [2, 0.01],
    [4, 0.001],
  ]) {
    const few = drawn('unit-sum', { inputs, width: 4096 });
    // w^2 n^2 3 / 4 has a std of 1.1 at most over 4096 units, whose weights are not independent
    const error = (4 * 1.1) / Math.sqrt(4096);
    assert.ok(Math.abs(Math.sqrt(squareOf(few.weights)) / few.layer.std - 1) < tolerance + error / 2, `${inputs}`);
  }
});

test('Nguyen and Widrow’s bound is 0.7 units^(1 / inputs), and all weights are positive: Encog’s 0.71083', () => {
  const { layer, weights } = drawn('nguyen-widrow-positive');
  assert.ok(Math.abs(Number(layer.bound) / (0.7 * 100 ** (1 / 300)) - 1) < 1e-14);
  assert.ok(Math.abs(Number(layer.bound) - 0.71083) < 5e-6);
  assert.ok(Math.abs(layer.mean / Number(layer.bound) - 0.5) < 1e-15);
  assert.ok(weights.every((w) => w > 0 && w < Number(layer.bound)));
});

test('timm’s trunc_normal_ has exactly -2 once in 2^24 weights', () => {
  const layers = stack({ depth: 1, width: 4096, inputs: 4096 }); // 2^24 weights
  const counts = Array.from({ length: 20 }, (_, seed) => {
    const weights = engine.tensor({ layers, scheme: 'cut-spiked', batch: 1, seed }, 'weights', 1);
    let spikes = 0;
    for (const w of weights) {
      spikes += Number(w === -2);
      assert.ok(w === -2 || Math.abs(w) < 0.14, 'a normal of std 0.02 stays within 6.6 std');
    }
    return spikes;
  });
  const sum = counts.reduce((a, b) => a + b);
  assert.ok(Math.abs(sum - 20) < 4 * Math.sqrt(20), `${sum} in 20 networks: Poisson`);
  const { layer } = drawn({ name: 'cut-spiked', std: 1 });
  assert.ok(Math.abs(layer.std / cut(1, 2).std - 1) < 1e-6);
});

test('DL4J’s truncated normal: 2.3 % of the weights are exactly 0, the rest lie within two stds', () => {
  const { layer, weights } = drawn({ name: 'truncated-spiked', std: 1 });
  const share = 0.02275013194817921; // 1 - Phi(2)
  const zeros = weights.filter((w) => w === 0).length;
  assert.ok(Math.abs(zeros - share * weights.length) < 4 * Math.sqrt(share * weights.length), `${zeros} zeros`);
  assert.ok(Math.abs(layer.std / (truncated(1).std * Math.sqrt(1 - share)) - 1) < 1e-12);
  assert.ok(weights.every((w) => Math.abs(w) <= 2));
  // the fourth moment over the square of the second is 2.42, so a mean of n squares is off by 4 sqrt(1.42 / n)
  assert.ok(Math.abs(squareOf(weights) / layer.std ** 2 - 1) < 4 * Math.sqrt(1.42 / weights.length));
});

test('DJL’s Xavier is sqrt 2 wider than Glorot’s, and Transformers’ LeCun is widened for a cut that never comes', () => {
  const std = (/** @type {string} */ scheme) => drawn(scheme).layer.std;
  assert.ok(Math.abs(std('djl-xavier') / std('xavier-uniform') / Math.SQRT2 - 1) < 1e-14);
  assert.ok(Math.abs(std('transformers-lecun') / std('lecun-normal') - 1.137) < 0.0005);
});
