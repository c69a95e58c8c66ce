/**
 * Every scheme as its library documents it: what the run says of a layer's weights, and the weights themselves, for
 * fan_in 75 and fan_out 200; then variance scaling, and gains by name. The formulas are those of the libraries' own
 * pages, written here apart from the engine's tables.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine.js';
import { erf, readTable } from './reference.js';

const engine = await loadEngine();
const FAN_IN = 75; /* of a 5 x 5 kernel from 3 to 8 channels */
const FAN_OUT = 200;
const FAN_AVG = (FAN_IN + FAN_OUT) / 2;
const N = FAN_IN * FAN_OUT;

/**
 * What a documented distribution comes to. Null: it has no such number.
 * @typedef {{ mean?: number, std: number, bound: number | null, parent?: number, fourth: number }} Spread where fourth is
 *   E (w - mean)^4 / std^4, and parent the std before a cut
 */

/** On (-bound, bound). @param {number} bound @returns {Spread} */
const uniform = (bound) => ({ std: bound / Math.sqrt(3), bound, fourth: 9 / 5 });

/** On (0, bound). @param {number} bound @returns {Spread} */
const positive = (bound) => ({ mean: bound / 2, std: bound / Math.sqrt(12), bound, fourth: 9 / 5 });

/** @param {number} std @returns {Spread} */
const normal = (std) => ({ std, bound: null, parent: std, fourth: 3 });

/** N(0, parent^2) given that it lies within +-bound: with c = bound / parent, by parts,
 * E z^2 = 1 - 2 c phi(c) / (2 Phi(c) - 1), E z^4 = 3 E z^2 - 2 c^3 phi(c) / (2 Phi(c) - 1).
 * @param {number} parent @param {number} bound @returns {Spread} */
function cut(parent, bound) {
  const c = bound / parent;
  const edge = (2 * Math.exp((-c * c) / 2)) / Math.sqrt(2 * Math.PI) / erf(c / Math.SQRT2);
  const variance = 1 - c * edge;
  return { std: parent * Math.sqrt(variance), bound, parent, fourth: (3 * variance - c ** 3 * edge) / variance ** 2 };
}

/** Redrawn beyond two stds, which are then no longer those of the values. @param {number} std */
const truncated = (std) => cut(std, 2 * std);

/** The same, widened so that the std is that of the values: Keras and JAX. @param {number} std */
const corrected = (std) => truncated(std / 0.87962566103423978);

/** Q has mean square 1 / max(rows, cols), and no free scale. @type {Spread} */
const ORTHOGONAL = { std: 1 / Math.sqrt(FAN_OUT), bound: null, fourth: 3 };

/** ones on the diagonal: a share p = 1 / 200 @type {Spread} */
const IDENTITY = { mean: 1 / 200, std: Math.sqrt(199) / 200, bound: null, fourth: 200 };

/** N(0, 0.01^2) but for 180 of 200 outputs @type {Spread} */
const SPARSE = { std: 0.01 * Math.sqrt(1 / 10), bound: null, fourth: 30 };

const XAVIER_UNIFORM = uniform(Math.sqrt(6 / (FAN_IN + FAN_OUT)));
const XAVIER_STD = Math.sqrt(2 / (FAN_IN + FAN_OUT));
const HE_UNIFORM = uniform(Math.sqrt(6 / FAN_IN));
const LECUN_UNIFORM = uniform(Math.sqrt(3 / FAN_IN));

/** @type {Record<string, Record<string, Spread>>} */
const DOCUMENTED = {
  PyTorch: {
    'nn.Linear, nn.Conv2d default': uniform(1 / Math.sqrt(FAN_IN)),
    xavier_uniform_: XAVIER_UNIFORM,
    xavier_normal_: normal(XAVIER_STD),
    kaiming_uniform_: HE_UNIFORM,
    kaiming_normal_: normal(Math.sqrt(2 / FAN_IN)),
    "kaiming_normal_(mode='fan_out')": normal(Math.sqrt(2 / FAN_OUT)),
    trunc_normal_: cut(1, 2),
    orthogonal_: ORTHOGONAL,
    'sparse_(sparsity=0.9)': SPARSE,
    eye_: IDENTITY,
    normal_: normal(1),
    uniform_: positive(1),
  },
  Keras: {
    'Dense, Conv2D default: GlorotUniform': XAVIER_UNIFORM,
    GlorotNormal: corrected(XAVIER_STD),
    HeNormal: corrected(Math.sqrt(2 / FAN_IN)),
    HeUniform: HE_UNIFORM,
    LecunNormal: corrected(Math.sqrt(1 / FAN_IN)),
    LecunUniform: LECUN_UNIFORM,
    VarianceScaling: corrected(Math.sqrt(1 / FAN_IN)),
    TruncatedNormal: truncated(0.05),
    RandomNormal: normal(0.05),
    RandomUniform: uniform(0.05),
    Orthogonal: ORTHOGONAL,
    Identity: IDENTITY,
  },
  JAX: {
    'Flax Dense, Conv default: lecun_normal': corrected(Math.sqrt(1 / FAN_IN)),
    glorot_normal: corrected(XAVIER_STD),
    glorot_uniform: XAVIER_UNIFORM,
    he_normal: corrected(Math.sqrt(2 / FAN_IN)),
    he_uniform: HE_UNIFORM,
    normal: normal(0.01),
    uniform: positive(0.01),
    orthogonal: ORTHOGONAL,
  },
  'TensorFlow.js': {
    'dense default: glorotNormal': truncated(XAVIER_STD),
    glorotUniform: XAVIER_UNIFORM,
    heNormal: truncated(Math.sqrt(2 / FAN_IN)),
    heUniform: HE_UNIFORM,
    leCunNormal: truncated(Math.sqrt(1 / FAN_IN)),
    truncatedNormal: truncated(0.05),
  },
  MXNet: {
    Xavier: uniform(Math.sqrt(3 / FAN_AVG)),
    "Xavier(rnd_type='gaussian')": normal(Math.sqrt(3 / FAN_AVG)),
    MSRAPrelu: normal(Math.sqrt(2 / (1 + 0.25 ** 2) / FAN_AVG)),
  },
  timm: {
    /* cut at 100 stds, where no draw comes */
    'trunc_normal_(std=0.02)': normal(0.02),
    'trunc_normal_tf_(std=0.02)': truncated(0.02),
    lecun_normal_: corrected(Math.sqrt(1 / FAN_IN)),
  },
};

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

/** What the run says, and the N weights: mean within 4 std / sqrt(N), mean square about it within 4 standard errors,
 * std^2 sqrt((fourth - 1) / N). @param {any} spec @param {Spread} expected */
function assertSpread(spec, { mean = 0, std, bound, parent, fourth }) {
  const layer = engine.run(spec).layers[0];
  assertEqual(layer.mean, mean, 'mean');
  assertEqual(layer.std, std, 'std');
  if (bound === null) assert.equal(layer.bound, null);
  else assertEqual(layer.bound, bound, 'bound');
  if (parent !== undefined) assertEqual(layer.parent, parent, 'parent');
  const weights = engine.tensor(spec, 'weights', 1);
  assert.equal(weights.length, N);
  const measured = weights.reduce((sum, w) => sum + w, 0) / N;
  const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / N;
  const [off, offVariance] = [
    (measured - mean) / (std / Math.sqrt(N)),
    (variance / std ** 2 - 1) / Math.sqrt((fourth - 1) / N),
  ];
  assert.ok(Math.abs(off) < 4, `mean ${measured}: ${off} standard errors`);
  assert.ok(Math.abs(offVariance) < 4, `std ${Math.sqrt(variance)} for ${std}: ${offVariance} standard errors`);
  if (bound === null) return;
  /* of N draws the farthest comes nearer to the bound than this in all but e^-9 of cases: a bound too wide shows. The
   * density at the bound is at least a fifth of that of a uniform */
  const farthest = weights.reduce((max, w) => Math.max(max, Math.abs(w)), 0);
  assert.ok(farthest <= Math.fround(bound) && farthest > bound * (1 - 45 / N), `farthest ${farthest} of ${bound}`);
}

/** @param {import('../../web/spec.js').LibraryCall} entry */
function schemeOf({ scheme, number }) {
  const row = engine.schemes.find(({ name }) => name === scheme);
  assert.ok(row, `no scheme ${scheme}`);
  if (number === null) return scheme;
  assert.ok(row.numberName, `${scheme} takes no number`);
  return { name: scheme, [row.numberName]: number };
}

for (const entry of engine.libraries) {
  test(`${entry.library}, ${entry.call}: ${entry.scheme} is what is documented`, () => {
    const expected = DOCUMENTED[entry.library]?.[entry.call];
    assert.ok(expected, 'this table has no such row');
    assertSpread(specOf({ scheme: schemeOf(entry) }), expected);
  });
}

test('every documented initializer is among the libraries, once', () => {
  /** @param {string[][]} rows */
  const sorted = (rows) => rows.map((row) => row.join(': ')).sort();
  assert.deepEqual(
    sorted(engine.libraries.map(({ library, call }) => [library, call])),
    sorted(Object.entries(DOCUMENTED).flatMap(([library, calls]) => Object.keys(calls).map((call) => [library, call]))),
  );
});

test('the matrices are what they are called', () => {
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

test('an orthogonal matrix as large as it may be: 1024 x 1024, to 1e-6', (t) => {
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
/** Of the std that variance scaling asks for. @type {Record<string, (std: number) => Spread>} */
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

test('schemes that no library names: GPT-2 by depth, muP by fan_in, the cut at +-2', () => {
  const layers = stack({ depth: 8, width: 40 });
  for (const { std } of engine.run({ layers, scheme: 'gpt2-residual', batch: 1 }).layers) {
    assertEqual(std, 0.02 / Math.sqrt(2 * 8), 'std');
  }
  assertSpread(specOf({ scheme: 'mup-hidden' }), normal(Math.sqrt(1 / FAN_IN)));
  for (const std of [1, 5]) assertSpread(specOf({ scheme: { name: 'cut-normal', std } }), cut(std, 2));
});

test('biases have the std that their scheme gives, and PyTorch draws them from the bound of the weights', () => {
  const z = engine.tensor(specOf({ scheme: 'zeros', bias: 'pytorch-default' }), 'preactivations', 1);
  const farthest = z.reduce((max, b) => Math.max(max, Math.abs(b)), 0);
  assert.ok(farthest < 1 / Math.sqrt(FAN_IN) && farthest > 0.95 / Math.sqrt(FAN_IN), `${farthest}`);
  const { biasStd } = engine.run(specOf({ bias: 'pytorch-default' })).layers[0];
  assertEqual(biasStd, 1 / Math.sqrt(3 * FAN_IN), 'std');
  assertEqual(engine.run(specOf({ bias: { name: 'constant', value: -2 } })).layers[0].biasStd, 2, 'constant');
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
          message: /^gain is "pytorch"; it must be a number/,
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
  for (const { name } of engine.activations) assert.ok(named.includes(name), name);
});
