/**
 * Weights that are drawn in number formats of 16 bits. tests/reference/drawn.tsv holds what libraries drew, by
 * findings/drawn.sh. Rounding is compared with a definition of its own. How networks fare is in shifted.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { parseStack } from '../../web/engine/stack.js';
import { DRAWN, SCHEMES } from '../../web/engine/tables.js';
import { readTable } from './reference.js';

const engine = /** @type {any} */ (await loadEngine());
const ROWS = readTable('drawn.tsv');

/** The value of a row's bits. @param {string} hex */
const fromBits = (hex) => new Float32Array(Uint32Array.of(Number.parseInt(hex, 16) * 65536).buffer)[0];

/** The format with so many digits of the binary fraction, least exponent and largest value. */
const FORMATS = /** @type {const} */ ({
  float16: { digits: 10, least: -14, most: 65504 },
  bfloat16: { digits: 7, least: -126, most: (2 - 2 ** -7) * 2 ** 127 },
});

/** The nearest value of a format, ties to even. @param {number} x @param {keyof typeof FORMATS} format */
function round(x, format) {
  const { digits, least, most } = FORMATS[format];
  const size = Math.abs(x);
  const step = 2 ** (Math.max(least, Math.floor(Math.log2(size || 1))) - digits);
  const [below, part] = [Math.floor(size / step), (size / step) % 1];
  const up = part > 0.5 || (part === 0.5 && below % 2 === 1);
  const nearest = (below + Number(up)) * step;
  return (x < 0 || Object.is(x, -0) ? -1 : 1) * (nearest > most ? Infinity : nearest);
}

/** @param {string} scheme as the stack notation writes it @param {number} inputs @param {number} units @param {string} drawn */
const weightsOf = (scheme, inputs, units, drawn, seed = 1) =>
  engine.tensor({ layers: parseStack(`${inputs}-${units}:${scheme}:drawn=${drawn}`), batch: 1, seed }, 'weights', 1);

const unique = (/** @type {Float32Array} */ values) => [...new Set(values)].sort((a, b) => a - b);

for (const library of ['jax', 'pytorch', 'tinygrad']) {
  const rows = ROWS.filter((row) => row.library === library);
  test(`${rows.length} calls of ${library}: the same values, and the lowest as often within four standard errors`, (t) => {
    let worst = 0;
    for (const { call, scheme, fanIn, fanOut, drawn, lowest, values } of rows) {
      const expected = values.split(' ').map(fromBits);
      const [inputs, units, theirs] = [fanIn, fanOut, drawn].map(Number);
      const weights = weightsOf(scheme, inputs, units, `${library}-bfloat16`);
      const all = unique(weights);
      const most = library === 'pytorch' ? Math.min(...expected.map(Math.abs)) : 0;
      assert.deepEqual(
        all.filter((/** @type {number} */ value) => Math.abs(value) >= most),
        expected,
        `${call}, ${fanIn} inputs`,
      );
      /* two shares of n and m values differ by sqrt(p (1 - p) (1 / n + 1 / m)) */
      const [share, p] = [
        weights.filter((/** @type {number} */ value) => value === all[0]).length / weights.length,
        Number(lowest),
      ];
      const off = (share - p) / Math.sqrt(p * (1 - p) * (1 / weights.length + 1 / theirs));
      assert.ok(Math.abs(off) < 4, `${call}, ${fanIn} inputs: ${share}, there ${p}`);
      worst = Math.max(worst, Math.abs(off));
    }
    t.diagnostic(`worst: ${worst.toFixed(1)} standard errors`);
  });
}

/** Schemes, in all distributions. */
const EACH = [...SCHEMES.map(({ name }) => name), 'variance-scaling(2,fan-in,uniform)', 'normal=1e-5', 'normal=30000'];

test('float16 and bfloat16 round what float32 draws, of every scheme, and of biases', () => {
  for (const format of /** @type {const} */ (['float16', 'bfloat16'])) {
    for (const scheme of EACH) {
      const [plain, rounded] = ['float32', format].map((drawn) => weightsOf(scheme, 40, 24, drawn));
      assert.deepEqual(
        rounded,
        plain.map((/** @type {number} */ x) => round(x, format)),
        `${scheme} in ${format}`,
      );
    }
    // z = b, as all weights are 0
    const layers = [{ kind: 'dense', inputs: 3, units: 50 }];
    const spec = { layers, scheme: 'zeros', bias: { name: 'normal', std: 0.3 }, batch: 1 };
    const [plain, rounded] = ['float32', format].map((drawn) => engine.tensor({ ...spec, drawn }, 'preactivations', 1));
    assert.deepEqual(
      rounded,
      plain.map((/** @type {number} */ x) => round(x, format)),
    );
    assert.ok(plain.some((/** @type {number} */ x, /** @type {number} */ i) => x !== rounded[i]));
  }
});

test('what a library has no generator for is rounded as bfloat16 is', () => {
  const none = {
    'jax-bfloat16': ['orthogonal', 'identity', 'sparse', 'constant=0.3'],
    'pytorch-bfloat16': [
      'orthogonal',
      'identity',
      'sparse',
      'constant=0.3',
      'he-normal',
      'he-truncated',
      'cut-normal=1',
    ],
    'tinygrad-bfloat16': ['orthogonal', 'identity', 'sparse', 'constant=0.3', 'he-truncated', 'cut-normal=1'],
  };
  for (const [drawn, schemes] of Object.entries(none)) {
    for (const scheme of schemes) {
      assert.deepEqual(
        weightsOf(scheme, 30, 20, drawn),
        weightsOf(scheme, 30, 20, 'bfloat16'),
        `${scheme} in ${drawn}`,
      );
    }
  }
});

test('tinygrad rounds a normal before it is scaled, and after', () => {
  const std = round(0.07, 'bfloat16');
  const units = weightsOf('normal=1', 60, 40, 'float32');
  assert.deepEqual(
    weightsOf('normal=0.07', 60, 40, 'tinygrad-bfloat16'),
    units.map((/** @type {number} */ z) => round(round(z, 'bfloat16') * std, 'bfloat16')),
  );
});

/* The mean of n values has a standard error of std / sqrt(n). Their std has one of std sqrt((kurtosis - 1) / 4 n), and no
 * kurtosis here is over 3. Rounding moves a value of bfloat16 by at most 2^-9 of it, and their std by less than 2^-16. */
test('mean, std and bound of a layer are those of the values, in every format', (t) => {
  let worst = 0;
  const schemes = [
    'he-normal',
    'he-uniform',
    'he-truncated',
    'uniform-positive=0.3',
    'uniform=0.0358',
    'truncated-raw(1,cut=3)',
  ];
  for (const drawn of DRAWN) {
    for (const scheme of schemes) {
      const [layer] = engine.run({ layers: parseStack(`500-800:${scheme}:drawn=${drawn}`), batch: 1 }).layers;
      const { weights, mean, std, bound, valueCount } = layer;
      const n = weights.size;
      const off = [
        (weights.mean - mean) / (std / Math.sqrt(n)),
        (weights.std / std - 1) / (Math.sqrt(0.5 / n) + 2 ** -16),
      ].map(Math.abs);
      worst = Math.max(worst, ...off);
      assert.ok(Math.max(...off) < 4, `${scheme} in ${drawn}: ${weights.mean}, ${weights.std}; ${mean}, ${std}`);
      if (bound !== null)
        assert.ok(Math.max(-weights.min, weights.max) <= bound * (1 + 2 ** -8), `${scheme} in ${drawn}`);
      const few = drawn.startsWith('jax') || (drawn.startsWith('tinygrad') && scheme.includes('uniform'));
      assert.equal(valueCount, few ? 128 : null, `${scheme} in ${drawn}`);
    }
  }
  t.diagnostic(`worst: ${worst.toFixed(1)} standard errors`);
});

test('values of a series are those of a network of its own, whatever was drawn and kept before', () => {
  const series = engine.series();
  const layers = stack({ depth: 3, width: 40 });
  const schemes = ['he-normal', 'he-truncated', 'he-uniform', { name: 'uniform', bound: 0.1 }, 'orthogonal'];
  const specs = schemes.flatMap((scheme) =>
    [1, 1.7].flatMap((gain) => [...DRAWN, ...DRAWN].map((drawn) => ({ layers, scheme, gain, drawn, batch: 2 }))),
  );
  for (const spec of specs.map((one) => ({ ...one, backward: true }))) {
    const steps = [...series.steps(spec)];
    const last = steps.filter((/** @type {any} */ step) => step.preactivations).at(-1);
    const alone = engine.run(spec).layers.at(-1);
    assert.deepEqual(last.preactivations, alone.preactivations, JSON.stringify({ ...spec, layers: 3 }));
  }
  series.end();
});

test('training starts from such weights, and moves them in float32', () => {
  const layers = [
    { kind: 'dense', inputs: 30, units: 20, activation: 'relu' },
    { kind: 'dense', units: 4, activation: 'linear' },
  ];
  const spec = { layers, scheme: 'he-truncated', drawn: 'jax-bfloat16', batch: 8 };
  const inputs = Float32Array.from({ length: 240 }, (_, i) => Math.sin(i));
  const data = { inputs, labels: Array.from({ length: 8 }, (_, i) => i % 4) };
  const training = engine.training(spec, { data, loss: 'cross-entropy', optimizer: 'sgd', rate: 0.1 });
  const weights = engine.tensor(spec, 'weights', 1);
  const rows = (/** @type {Float32Array} */ values) =>
    Float32Array.from({ length: 600 }, (_, i) => values[Math.floor(i / 20) * 24 + (i % 20)]); // a row has a gap of 4
  assert.deepEqual(rows(training.save().values), weights);
  training.step();
  const moved = rows(training.save().values);
  assert.ok(moved.some((x) => x !== round(x, 'bfloat16')));
  training.end();
});
