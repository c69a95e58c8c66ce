/**
 * Layers that share one draw: they have the same weights where shape and rule are the same, and a network of them strays much
 * further from theory than one of independent layers.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';

const engine = await loadEngine();

test('layers that share a draw have the same weights where shape and rule are the same, and scaled ones elsewhere', () => {
  const layers = [...stack({ depth: 3, width: 20 }), { kind: 'dense', units: 20, gain: 2, shared: false }];
  const spec = { layers, shared: true, batch: 2, seed: 5 };
  const weights = [1, 2, 3, 4].map((layer) => engine.tensor(/** @type {any} */ (spec), 'weights', layer));
  assert.deepEqual(weights[1], weights[0]);
  assert.deepEqual(weights[2], weights[0]);
  assert.notDeepEqual(weights[3], weights[0]);
  const own = engine.tensor({ ...spec, layers: stack({ depth: 4, width: 20 }), shared: false }, 'weights', 4);
  assert.deepEqual(
    Array.from(weights[3]),
    Array.from(own, (w) => 2 * w),
    'a layer with a draw of its own has that of its place',
  );
  const { layers: read } = engine.run(/** @type {any} */ (spec));
  assert.deepEqual(
    read.map(({ shared }) => shared),
    [false, true, true, false],
  );
});

test('orthogonal layers can share a draw too', () => {
  const spec = { layers: stack({ depth: 2, width: 12 }), scheme: 'orthogonal', shared: true, batch: 2 };
  assert.deepEqual(engine.tensor(spec, 'weights', 2), engine.tensor(spec, 'weights', 1));
});

/** @param {number[]} values */
function stdOf(values) {
  const mean = values.reduce((sum, value) => sum + value) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

const NETWORKS = 40;

/** The std of n values is off by 1 / sqrt(2 n) of itself: four of these. */
const FOUR = 4 / Math.sqrt(2 * NETWORKS);

/* With one W, ln of the signal grows by the same amount in each layer, so its std over networks goes as the depth; with
 * independent layers as the root of the depth: sqrt(5 x 20 / 256) / 2 = 0.31 (Hanin & Rolnick 2018). */
test('after 20 ReLU layers of 256, signals vary by a factor of 1.4 between networks, and of 3.4 where layers share a draw', (t) => {
  const [own, shared] = [false, true].map((isShared) =>
    stdOf(
      Array.from({ length: NETWORKS }, (_, seed) => {
        const observe = ['activations'];
        const run = engine.run({
          layers: stack({ depth: 20, width: 256 }),
          shared: isShared,
          batch: 16,
          seed,
          observe,
        });
        return Math.log(Number(run.layers[19].activations?.rms));
      }),
    ),
  );
  t.diagnostic(`std of ln rms: ${own} and ${shared}`);
  assert.ok(Math.abs(own / 0.3125 - 1) < FOUR, `${own}`);
  assert.ok(Math.abs(shared / Math.log(3.4) - 1) < FOUR, `${shared}`);
  assert.ok(shared / own > 2, 'FOUR is 0.45, so each std alone would let this be 1.5');
});

/** ln of the largest singular value of the product of the weights, by power iteration. @param {boolean} shared @param {number} seed */
function largestOf(shared, seed) {
  const [width, depth] = [64, 20];
  const spec = { layers: stack({ depth, width, inputs: width }), scheme: 'lecun-normal', shared, batch: 1, seed };
  const matrices = Array.from({ length: depth }, (_, i) => engine.tensor(spec, 'weights', i + 1));
  /** v times W, or W times v. @param {Float32Array} w @param {number[]} v @param {boolean} back */
  const times = (w, v, back) =>
    v.map((_, i) => v.reduce((sum, value, j) => sum + value * w[back ? i * width + j : j * width + i], 0));
  let v = Array.from({ length: width }, (_, i) => Math.sin(i + 1));
  let log = 0;
  for (let step = 0; step < 30; step++) {
    const forward = matrices.reduce((x, w) => times(w, x, false), v);
    const back = matrices.reduceRight((x, w) => times(w, x, true), forward);
    const length = Math.hypot(...back);
    log = Math.log(length) / 2;
    v = back.map((value) => value / length);
  }
  return log;
}

test('the largest singular value of 20 matrices of 64 varies about four times as much where they are one', (t) => {
  const [own, shared] = [false, true].map((isShared) =>
    stdOf(Array.from({ length: NETWORKS }, (_, seed) => largestOf(isShared, seed))),
  );
  t.diagnostic(`std of ln of the largest singular value: ${own} and ${shared}`);
  const ratio = shared / own;
  // two stds, each off by FOUR at most; the square root of 2 for the quotient
  assert.ok(Math.abs(Math.log(ratio / 4)) < Math.SQRT2 * FOUR, `${ratio}`);
});
