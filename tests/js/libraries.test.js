/**
 * Every library call does what its library documents. This compares the numbers that a run gives for a layer's weights,
 * the weights themselves, and the biases. Variance scaling and gains by name follow. The documented distributions are in
 * documented.js; fans are in fans.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import {
  biasBound,
  corrected,
  cut,
  DOCUMENTED,
  FAN_AVG,
  FAN_IN,
  FAN_OUT,
  normal,
  truncated,
  uniform,
} from './documented.js';
import { readTable } from './reference.js';

const engine = await loadEngine();
const N = FAN_IN * FAN_OUT;

/** @param {any} change */
const specOf = (change) => ({
  layers: stack({ depth: 1, width: FAN_OUT, inputs: FAN_IN }),
  batch: 1,
  seed: 4,
  ...change,
});

/** @param {number | null} got @param {number} expected @param {string} what */
function assertEqual(got, expected, what) {
  assert.ok(got !== null && Math.abs(got - expected) <= 1e-12 * Math.abs(expected), `${what} ${got} for ${expected}`);
}

/** Checks the numbers of the run and its N weights. The weights' mean may be off by 4 std / sqrt(N). Their variance may be
 * off by 4 standard errors of std^2 sqrt((fourth - 1) / N). @param {any} spec @param {import('./documented.js').Spread} expected */
function assertSpread(spec, { mean = 0, std, bound, parent, fourth }) {
  const layer = engine.run(spec).layers[0];
  assertEqual(layer.mean, mean, 'mean');
  assertEqual(layer.std, std, 'std');
  if (bound === null) assert.equal(layer.bound, null);
  else assertEqual(layer.bound, bound, 'bound');
  if (parent !== undefined) assertEqual(layer.parent, parent, 'parent');
  const weights = engine.tensor(spec, 'weights', 1);
  assert.equal(weights.length, N);
  if (std === 0) return assert.ok(weights.every((w) => w === mean));
  const measured = weights.reduce((sum, w) => sum + w, 0) / N;
  const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / N;
  const [off, offVariance] = [
    (measured - mean) / (std / Math.sqrt(N)),
    (variance / std ** 2 - 1) / Math.sqrt((fourth - 1) / N),
  ];
  assert.ok(Math.abs(off) < 4, `mean ${measured}: ${off} standard errors`);
  assert.ok(Math.abs(offVariance) < 4, `std ${Math.sqrt(variance)} for ${std}: ${offVariance} standard errors`);
  if (bound === null) return;
  /* A bound that is too wide shows here: the farthest of N draws comes this close to the right one in all but e^-9 of
   * cases, because the density at the bound is at least a fifth of a uniform's. */
  const farthest = weights.reduce((max, w) => Math.max(max, Math.abs(w)), 0);
  assert.ok(farthest <= Math.fround(bound) && farthest > bound * (1 - 45 / N), `farthest ${farthest} of ${bound}`);
}

/** @param {import('../../web/engine/spec.js').LibraryCall} entry */
function schemeOf({ scheme, number }) {
  const row = engine.schemes.find(({ name }) => name === scheme);
  assert.ok(row, `no scheme ${scheme}`);
  if (number === null) return scheme;
  assert.ok(row.numberName, `${scheme} takes no number`);
  return { name: scheme, [row.numberName]: number };
}

/** 4096 biases, read off the preactivations of a layer whose weights are 0. @param {string} bias */
function biasesOf(bias) {
  const layers = stack({ depth: 1, width: 4096, inputs: FAN_IN });
  return engine.tensor({ layers, scheme: 'zeros', bias, batch: 1, seed: 4 }, 'preactivations', 1);
}

/** Checks the biases: a layer's default draws them as documented, and an initializer sets no scheme for them.
 * @param {import('../../web/engine/spec.js').LibraryCall} entry */
function assertBiases({ library, call, bias }) {
  const bound = biasBound(library, call);
  if (bound === undefined) return assert.equal(bias, null, 'the library documents no biases for this call');
  const biases = biasesOf(String(bias));
  if (bound === 0) return assert.ok(biases.every((b) => b === 0));
  /* each quarter of (-bound, bound) holds a quarter of the draws, within 4 standard errors of sqrt(n 1/4 3/4) */
  const counts = [0, 0, 0, 0];
  for (const b of biases) counts[Math.floor((2 * b) / bound) + 2]++;
  const error = Math.sqrt((biases.length * 3) / 16);
  for (const count of counts) assert.ok(Math.abs(count - biases.length / 4) < 4 * error, `quarters hold ${counts}`);
  /* a bound that is too wide shows: in all but e^-9 of cases the farthest of n draws lies within 9 / n of the right one */
  const farthest = biases.reduce((max, b) => Math.max(max, Math.abs(b)), 0);
  assert.ok(farthest <= Math.fround(bound) && farthest > bound * (1 - 9 / biases.length), `${farthest} of ${bound}`);
}

for (const entry of engine.libraries) {
  test(`${entry.library}, ${entry.call}: ${entry.scheme} draws what the library documents`, () => {
    const expected = DOCUMENTED[entry.library]?.[entry.call];
    assert.ok(expected, 'this table has no such row');
    assertSpread(specOf({ scheme: schemeOf(entry) }), expected);
    assertBiases(entry);
  });
}

test('every documented initializer is in the engine’s table, exactly once', () => {
  /** @param {string[][]} rows */
  const sorted = (rows) => rows.map((row) => row.join(': ')).sort();
  assert.deepEqual(
    sorted(engine.libraries.map(({ library, call }) => [library, call])),
    sorted(Object.entries(DOCUMENTED).flatMap(([library, calls]) => Object.keys(calls).map((call) => [library, call]))),
  );
});

test('orthogonal rows are orthonormal, identity has ones on its diagonal, and sparse has its zeros', () => {
  const [q, eye, sparse] = ['orthogonal', 'identity', 'sparse'].map((scheme) =>
    engine.tensor(specOf({ scheme }), 'weights', 1),
  );
  for (let i = 0; i < FAN_IN; i++) {
    const row = sparse.subarray(i * FAN_OUT, (i + 1) * FAN_OUT);
    assert.equal(row.filter((w) => w === 0).length, 180);
    for (let j = 0; j < FAN_IN; j++) {
      let dot = i === j ? -1 : 0;
      for (let k = 0; k < FAN_OUT; k++) dot += q[i * FAN_OUT + k] * q[j * FAN_OUT + k];
      assert.ok(Math.abs(dot) < 1e-6, `rows ${i} and ${j} of orthogonal`);
    }
  }
  eye.forEach((w, i) => {
    assert.equal(w, Number(i % (FAN_OUT + 1) === 0));
  });
});

test('an orthogonal matrix of 1024 x 1024 is orthonormal to 1e-6', (t) => {
  const width = 1024;
  const layers = stack({ depth: 1, width });
  const begun = performance.now();
  const q = engine.tensor({ layers, scheme: 'orthogonal' }, 'weights', 1);
  t.diagnostic(`made in ${(performance.now() - begun).toFixed(0)} ms`);
  let worst = 0;
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) {
      let dot = i === j ? -1 : 0;
      for (let k = 0; k < width; k++) dot += q[i * width + k] * q[j * width + k];
      worst = Math.max(worst, Math.abs(dot));
    }
  }
  t.diagnostic(`rows are orthonormal to ${worst.toExponential(1)}`);
  assert.ok(worst < 1e-6);
});

/** @type {Record<string, number>} */
const FANS = { fan_in: FAN_IN, fan_out: FAN_OUT, fan_avg: FAN_AVG, fan_geo_avg: Math.sqrt(FAN_IN * FAN_OUT) };
/** The distribution for the std that variance scaling asks for.
 * @type {Record<string, (std: number) => import('./documented.js').Spread>} */
const DISTRIBUTIONS = {
  uniform: (std) => uniform(Math.sqrt(3) * std),
  normal,
  truncated: corrected,
  'truncated-raw': truncated,
};
for (const [mode, fan] of Object.entries(FANS)) {
  for (const [distribution, spread] of Object.entries(DISTRIBUTIONS)) {
    test(`variance scaling by ${mode}, ${distribution}: Var(W) = scale / ${mode}`, () => {
      for (const scale of [0.1, 1, 2, 30]) {
        const scheme = { name: 'variance-scaling', scale, mode, distribution };
        assertSpread(specOf({ scheme }), spread(Math.sqrt(scale / fan)));
        assertSpread(specOf({ scheme, gain: 3 }), spread(3 * Math.sqrt(scale / fan)));
      }
    });
  }
}

test('schemes without a library call: GPT-2 scales by depth, muP by fan_in, and cut-normal cuts at +-2', () => {
  const layers = stack({ depth: 8, width: 40 });
  for (const { std } of engine.run({ layers, scheme: 'gpt2-residual', batch: 1 }).layers) {
    assertEqual(std, 0.02 / Math.sqrt(2 * 8), 'std');
  }
  assertSpread(specOf({ scheme: 'mup-hidden' }), normal(Math.sqrt(1 / FAN_IN)));
  for (const std of [1, 5]) assertSpread(specOf({ scheme: { name: 'cut-normal', std } }), cut(std, 2));
});

test('a run gives the biases the std of their scheme', () => {
  const run = engine.run(specOf({ bias: 'pytorch-default' }));
  assert.equal(run.layers[0].bias, 'pytorch-default');
  assertEqual(run.layers[0].biasStd, 1 / Math.sqrt(3 * FAN_IN), 'std');
  assertEqual(engine.run(specOf({ bias: { name: 'constant', value: -2 } })).layers[0].biasStd, 2, 'constant');
});

test('the default of nn.Linear adds its biases to the product of input and weights', () => {
  const spec = specOf({ scheme: 'pytorch-default', bias: 'pytorch-default' });
  const [weights, input] = [engine.tensor(spec, 'weights', 1), engine.tensor(spec, 'input')];
  const biases = engine.tensor({ ...spec, scheme: 'zeros' }, 'preactivations', 1);
  engine.tensor(spec, 'preactivations', 1).forEach((z, j) => {
    let sum = biases[j];
    for (let i = 0; i < FAN_IN; i++) sum += input[i] * weights[i * FAN_OUT + j];
    /* single precision rounds 76 times, and no partial sum exceeds 2 */
    assert.ok(Math.abs(z - sum) < 76 * 2 ** -23, `unit ${j}: ${z} for ${sum}`);
  });
});

for (const { phi, fwd_gain, bwd_gain, pytorch_gain } of readTable('gains.tsv')) {
  const name = { 'lrelu0.01': 'leaky-relu', elu1: 'elu' }[phi] ?? phi;
  const activation = engine.activations.find((row) => row.name === name);
  if (!activation) continue;
  test(`${name}: gains are ${fwd_gain} forward, ${bwd_gain} backward and ${pytorch_gain} by PyTorch, to 8 digits`, () => {
    const expected = { forward: Number(fwd_gain), backward: Number(bwd_gain), pytorch: Number(pytorch_gain) };
    for (const gain of /** @type {const} */ (['forward', 'backward', 'pytorch'])) {
      const spec = specOf({ activation: name, scheme: 'lecun-normal', gain });
      if (Number.isNaN(expected[gain])) {
        assert.equal(activation.gains[gain], null);
        assert.throws(() => engine.run(spec), {
          name: 'RangeError',
          message: new RegExp(`^gain is "pytorch"; calculate_gain has no value for ${name}: it must be a number`),
        });
        continue;
      }
      const off = Number(activation.gains[gain]) / expected[gain] - 1;
      assert.ok(Math.abs(off) < 5e-9, `${gain}: ${activation.gains[gain]}`);
      const layer = engine.run(spec).layers[0];
      assert.equal(layer.gain, activation.gains[gain]);
      assertEqual(layer.std, layer.gain / Math.sqrt(FAN_IN), 'std');
    }
  });
}

test('every activation has its row of gains', () => {
  const named = readTable('gains.tsv').map(({ phi }) => ({ 'lrelu0.01': 'leaky-relu', elu1: 'elu' })[phi] ?? phi);
  for (const { name } of engine.activations)
    assert.ok(named.includes(name), `give ${name} a row in tests/reference/gains.tsv`);
});
