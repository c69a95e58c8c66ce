/*
 * The question that started the project, measured. Each way of counting the fans of a kernel gives its weights some
 * spread, listed in tests/reference/fans.tsv; that spread sets the size of the signal. Passing the variance as the std is
 * tested too. The fans themselves are in fans.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { readTable } from './reference.js';

const engine = await loadEngine();

/** @typedef {import('../../web/engine/shapes.js').Convention} Convention */

/** @param {number[]} kernel @param {number} channelsIn @param {number} channelsOut @param {number} [groups]
 * @returns {any} */
const conv = (kernel, channelsIn, channelsOut, groups = 1) => ({
  kind: 'conv',
  kernel,
  channelsIn,
  channelsOut,
  groups,
  size: [12, 12],
});

/** The table's cases that a network can have. @type {Record<string, any>} */
const LAYERS = {
  'conv 5x5 3->8': conv([5, 5], 3, 8),
  'conv 3x3 64->128': conv([3, 3], 64, 128),
  'dense 784->512': { kind: 'dense', inputs: 784, units: 512 },
  'depthwise 3x3x32 m1': conv([3, 3], 32, 32, 32),
  'grouped g=4 3x3 64->128': conv([3, 3], 64, 128, 4),
  'square dense 512': { kind: 'dense', inputs: 512, units: 512 },
};

/** The conventions that count as a layout of the table does. @param {string} layout @returns {Convention[]} */
function conventionsOf(layout) {
  if (layout === 'TRUE' || layout === '(512,512)') return ['true'];
  const named = { keras: 'keras', jax: 'jax', torch: 'pytorch' };
  const found = Object.entries(named).filter(([word]) => layout.includes(word));
  return /** @type {Convention[]} */ (found.map(([, convention]) => convention));
}

const fanOutUniform = { name: 'variance-scaling', scale: 2, mode: 'fan_out', distribution: 'uniform' };
/** For each column of the table, the scheme and which of its numbers it holds. @type {Record<string, [any, 'std' | 'bound' | 'parent']>} */
const COLUMNS = {
  glorot_std: ['xavier-normal', 'std'],
  glorot_bound: ['xavier-uniform', 'bound'],
  he_std: ['he-normal', 'std'],
  he_bound: ['he-uniform', 'bound'],
  lecun_std: ['lecun-normal', 'std'],
  lecun_bound: ['lecun-uniform', 'bound'],
  he_fanout_std: ['he-fan-out', 'std'],
  he_fanout_bound: [fanOutUniform, 'bound'],
  torch_default_bound: ['pytorch-default', 'bound'],
  glorot_trunc_sigma: ['xavier-truncated', 'parent'],
  he_trunc_sigma: ['he-truncated', 'parent'],
  lecun_trunc_sigma: ['lecun-truncated', 'parent'],
  'mxnet_msra_std(avg,.25)': ['msra-prelu', 'std'],
};

test('every scheme gives the std, bound and parent of fans.tsv, by every way of counting', () => {
  let compared = 0;
  for (const row of readTable('fans.tsv')) {
    if (!LAYERS[row.case]) continue;
    for (const fans of conventionsOf(row.layout)) {
      for (const [column, [scheme, what]] of Object.entries(COLUMNS)) {
        const [layer] = engine.run({ layers: [LAYERS[row.case]], scheme, fans, batch: 1 }).layers;
        assert.deepEqual([layer.fanIn, layer.fanOut], [Number(row.fan_in), Number(row.fan_out)]);
        const [got, expected] = [Number(layer[what]), Number(row[column])];
        assert.ok(Math.abs(got / expected - 1) < 1e-9, `${row.case}, ${fans}, ${column}: ${got} for ${expected}`);
        compared++;
      }
    }
  }
  assert.ok(compared >= 13 * 14, String(compared));
});

/* The standard error is measured over the seeds. A large one would prove nothing, so the test limits it. One network of
 * eight channels spreads widely; two hundred seeds bring the error well below 10 %. */
const SEEDS = 200;

/** @param {number[]} values */
function meanAndError(values) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(square / values.length) };
}

test('(5, 5, 3, 8): in the interior, E z^2 is what theory says, under every scheme and way of counting', (t) => {
  const names = engine.schemes
    .filter(({ distribution }) => {
      return !['constant', 'orthogonal', 'identity', 'sparse', 'uniform-positive', 'cut'].includes(distribution);
    })
    .map(({ name }) => name)
    .sort(); // so that a scheme's seeds do not depend on its place in the table
  let [worst, seed] = [0, 0];
  for (const name of names) {
    for (const fans of /** @type {Convention[]} */ (['true', 'pytorch', 'keras', 'jax', 'whole', 'channels'])) {
      const squares = [];
      let theory = 0;
      for (let i = 0; i < SEEDS; i++) {
        const spec = { layers: [conv([5, 5], 3, 8)], scheme: name, fans, batch: 4, seed: seed++ };
        const [layer] = engine.run(spec).layers;
        theory = Number(layer.theory?.zSquare);
        squares.push(Number(layer.places?.interiorRms) ** 2);
      }
      const { mean, error } = meanAndError(squares);
      assert.ok(error < 0.15 * theory, `${name}, ${fans}: standard error ${error} of ${theory}`);
      const off = (mean - theory) / error;
      assert.ok(Math.abs(off) < 4, `${name}, ${fans}: ${mean} for ${theory}, ${off} standard errors`);
      worst = Math.max(worst, Math.abs(off));
    }
  }
  t.diagnostic(`${names.length} schemes, six ways of counting: at most ${worst.toFixed(1)} standard errors`);
});

test('a fan-in of 3 instead of 75 makes every preactivation five times too large', () => {
  const layers = [conv([5, 5], 3, 8)];
  const [right, wrong] = /** @type {Convention[]} */ (['true', 'channels']).map(
    (fans) => engine.run({ layers, scheme: 'he-normal', fans, batch: 2 }).layers[0],
  );
  assert.deepEqual([right.fanIn, right.fanOut, wrong.fanIn, wrong.fanOut], [75, 200, 3, 8]);
  assert.ok(Math.abs(wrong.preactivations.rms / right.preactivations.rms - 5) < 1e-5); /* rounding of the products */
  assert.equal(wrong.trueFanIn, 75);
  assert.ok(Math.abs(Number(wrong.theory?.zSquare) / Number(right.theory?.zSquare) - 25) < 1e-9);
});

test('variance passed as std: 480,000 inputs to 1,000 units give 2.9e-3 where 1.41 was meant', () => {
  const layer = { kind: /** @type {const} */ ('dense'), inputs: 480000, units: 8 };
  const spec = {
    scheme: { name: 'variance-scaling', mode: /** @type {const} */ ('fan_in'), scale: 480000 * 2.04e-3 ** 2 },
  };
  const [meant, given] = [false, true].map(
    (varianceAsStd) => engine.run({ layers: [layer], ...spec, varianceAsStd, batch: 4 }).layers[0],
  );
  assert.ok(Math.abs(meant.std / 2.04e-3 - 1) < 1e-12 && Math.abs(given.std / 2.04e-3 ** 2 - 1) < 1e-12);
  assert.ok(Math.abs(given.weights.std / given.std - 1) < 0.002); /* of 3.84e6 draws: 4 / sqrt(2 n) */
  assert.ok(Math.abs(Math.sqrt(Number(meant.theory?.zSquare)) - 1.41) < 0.005);
  assert.ok(Math.abs(Math.sqrt(Number(given.theory?.zSquare)) - 2.9e-3) < 0.05e-3);
  const ratio = given.preactivations.rms / meant.preactivations.rms;
  assert.ok(Math.abs(ratio / 2.04e-3 - 1) < 1e-4); /* each sum of 480,000 is rounded to sqrt(480,000) 2^-24 = 4e-5 */
});

test('a layer may have its own way of counting', () => {
  const layers = [conv([3, 3], 4, 8), { ...conv([3, 3], 8, 8), size: undefined, fans: 'channels' }];
  const run = engine.run({ layers, scheme: 'he-normal', batch: 1 });
  assert.deepEqual(
    run.layers.map(({ fanIn }) => fanIn),
    [36, 8],
  );
});

test('a gain multiplies the variance passed as std, and a cut normal passes the variance of its parent', () => {
  const layers = [{ kind: /** @type {const} */ ('dense'), inputs: 50, units: 40 }];
  /** @type {[any, 'std' | 'parent'][]} */
  const cases = [
    ['he-normal', 'std'],
    ['xavier-uniform', 'std'],
    ['lecun-truncated', 'std'],
    ['he-truncated-raw', 'parent'],
    [{ name: 'cut-normal', std: 0.9 }, 'parent'],
  ];
  for (const [scheme, what] of cases) {
    const [right, once, twice] = [{ gain: 1 }, { gain: 1, varianceAsStd: true }, { gain: 2, varianceAsStd: true }].map(
      (more) => engine.run({ layers, scheme, batch: 1, ...more }).layers[0][what],
    );
    assert.ok(Math.abs(once / right ** 2 - 1) < 1e-12 && Math.abs(twice / once - 2) < 1e-12, JSON.stringify(scheme));
  }
});
