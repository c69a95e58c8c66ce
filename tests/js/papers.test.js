/**
 * The figures of papers and courses, measured: every row of tests/reference/papers.tsv. None of them needs training. The
 * figures that follow from mean-field theory alone are in tests/c/theory.c.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { lsuv } from '../../web/engine/lsuv.js';
import { multiply, readTable, transpose } from './reference.js';

const engine = await loadEngine();
const SEEDS = 8;
const TABLE = readTable('papers.tsv');

/** The network of each preset. @type {Record<string, any>} */
const NETWORKS = {
  'glorot-fig6-standard': { depth: 5, width: 1000, activation: 'tanh', scheme: 'pytorch-default' },
  'glorot-fig6-normalized': { depth: 5, width: 1000, activation: 'tanh', scheme: 'xavier-uniform' },
  'glorot-fig7-standard': { depth: 5, width: 1000, activation: 'tanh', scheme: 'pytorch-default', backward: true },
  'glorot-fig7-normalized': { depth: 5, width: 1000, activation: 'tanh', scheme: 'xavier-uniform', backward: true },
  'cs231n-tanh-small': { depth: 10, width: 500, activation: 'tanh', scheme: { name: 'normal', std: 0.01 } },
  'cs231n-tanh-xavier': { depth: 10, width: 500, activation: 'tanh', scheme: 'lecun-normal' },
  'cs231n-tanh-big': { depth: 10, width: 500, activation: 'tanh', scheme: { name: 'normal', std: 1 } },
  'cs231n-relu-xavier': { depth: 10, width: 500, activation: 'relu', scheme: 'lecun-normal' },
  'cs231n-relu-he': { depth: 10, width: 500, activation: 'relu', scheme: 'he-normal' },
  'he-30-layers-xavier': { depth: 30, width: 512, activation: 'relu', scheme: 'lecun-normal' },
  'he-30-layers-he': { depth: 30, width: 512, activation: 'relu', scheme: 'he-normal' },
  /* 40 layers come close to the limit, because chi along q is 0.6 */
  'makemore-tanh-5/3': { depth: 40, width: 500, activation: 'tanh', scheme: 'lecun-normal', gain: 'pytorch' },
  'selu-fixed-point': { depth: 32, width: 512, activation: 'selu', scheme: 'lecun-normal' },
};

/** @typedef {import('../../web/engine/engine.js').RunLayer[]} Layers */

/** How to measure each quantity of the table. @type {Record<string, (layers: Layers, layer: number) => number>} */
const QUANTITIES = {
  'activation std': (layers, layer) => layers[layer - 1].activations.std,
  'activation mean': (layers, layer) => layers[layer - 1].activations.mean,
  'delta std, layer 1 over layer 5': (layers) => Number(layers[0].deltas?.std) / Number(layers[4].deltas?.std),
  'pre-activation std, layer 30 over layer 1': (layers) => layers[29].preactivations.std / layers[0].preactivations.std,
  'limit of activation std': (layers) => layers[layers.length - 1].activations.std,
  'share of abs(a) > 0.97': (layers) => layers[layers.length - 1].activations.saturated,
};

/** @param {Record<string, string>} row @param {number} got */
function assertRow({ preset, quantity, layer, value, tolerance }, got) {
  const absolute = tolerance.startsWith('abs ');
  const allowed = absolute ? Number(tolerance.slice(4)) : Number(tolerance) * Number(value);
  const what = `${preset}, ${quantity} of layer ${layer}: ${got}, expected ${value} +- ${allowed}`;
  assert.ok(Math.abs(got - Number(value)) <= allowed, what);
}

/** @param {string} preset */
const rowsOf = (preset) => TABLE.filter((row) => row.preset === preset);

/** @param {number[]} values */
const meanOf = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;

for (const [preset, { depth, width, ...rest }] of Object.entries(NETWORKS)) {
  test(`${preset}: ${rowsOf(preset).map(({ quantity, layer, value }) => `${quantity} ${value} at ${layer}`)}`, (t) => {
    const runs = Array.from({ length: SEEDS }, (_, i) => {
      return engine.run({ layers: stack({ depth, width }), batch: 64, seed: 1 + i, ...rest }).layers;
    });
    for (const row of rowsOf(preset)) {
      const got = meanOf(runs.map((layers) => QUANTITIES[row.quantity](layers, Number(row.layer))));
      t.diagnostic(`${row.quantity} at ${row.layer}: ${got.toPrecision(4)}, to be ${row.value}`);
      assertRow(row, got);
    }
  });
}

test('makemore-tanh-5/3: theory gives the limit to all of its four digits', () => {
  const { activation, scheme, gain } = NETWORKS['makemore-tanh-5/3'];
  const { theory } = engine.run({ layers: stack({ depth: 60, width: 8 }), activation, scheme, gain }).layers[59];
  assert.ok(theory);
  const [std] = rowsOf('makemore-tanh-5/3').map(({ value }) => Number(value));
  assert.ok(Math.abs(Math.sqrt(theory.aSquare) - std) < 5e-5, `${Math.sqrt(theory.aSquare)}`);
});

/** The largest singular value of an n x n matrix, by power iteration. @param {Float64Array} matrix @param {number} n */
function largestSingularValue(matrix, n) {
  const transposed = transpose(matrix, n);
  /** @type {Float64Array} */
  let x = Float64Array.from({ length: n }, (_, i) => Math.sin(i + 1));
  let square = 0;
  for (let before = -1; Math.abs(square - before) > 1e-6 * square; ) {
    before = square;
    const norm = Math.hypot(...x);
    const image = multiply(
      x.map((v) => v / norm),
      matrix,
      n,
    );
    square = image.reduce((sum, v) => sum + v * v, 0);
    x = multiply(image, transposed, n);
  }
  return Math.sqrt(square);
}

/* At infinite width the square of this value is (L + 1)^(L + 1) / L^L = 11^11 / 10^10 = 5.34^2. */
test('saxe-gaussian: the largest singular value of a product of ten Gaussian matrices is 5.34', (t) => {
  const width = 300;
  const got = Array.from({ length: SEEDS }, (_, i) => {
    const spec = { layers: stack({ depth: 10, width }), scheme: 'lecun-normal', batch: 1, seed: 1 + i };
    const product = spec.layers
      .map((_, l) => /** @type {Float64Array} */ (Float64Array.from(engine.tensor(spec, 'weights', l + 1))))
      .reduce((left, right) => multiply(left, right, width));
    return largestSingularValue(product, width);
  });
  t.diagnostic(`${meanOf(got).toFixed(3)} of ${got.map((v) => v.toFixed(2))}`);
  assertRow(rowsOf('saxe-gaussian')[0], meanOf(got));
});

/* Z = W_1 ... W_50 is the image of the unit vectors. The eigenvalues of Z Z^T - I are the squared singular values minus 1.
 * None of them exceeds the Frobenius norm of that matrix. */
test('saxe-gaussian: a product of fifty orthogonal matrices has only singular values of 1, to 1e-4', () => {
  const width = 96;
  const input = Float32Array.from({ length: width * width }, (_, i) => Number(i % (width + 1) === 0));
  const spec = { layers: stack({ depth: 50, width }), activation: 'linear', scheme: 'orthogonal', batch: width, input };
  const z = engine.tensor(spec, 'preactivations', 50);
  let squares = 0;
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      let dot = i === j ? -1 : 0;
      for (let k = 0; k < width; k++) dot += z[i * width + k] * z[j * width + k];
      squares += dot ** 2;
    }
  }
  assert.ok(Math.sqrt(squares) < 2e-4, `${Math.sqrt(squares)}`);
});

/* The mean square M of the last activations is a product of 30 factors f = M_l / M_{l-1}. For ReLU and normal weights the
 * factors are independent. So E M^2 / (E M)^2 is the product of E f^2 / (E f)^2 over the factors. Each is measured to a
 * relative std(f^2) / sqrt(1000) = 1.5 %, and their product to 8 %. M itself is log-normal with s = 1.2, so 1,000 draws of
 * it would give no better than 60 %. */
test('hanin-rolnick: E[M^2] / E[M]^2 over 1,000 networks of 30 x 100 is 4.32', (t) => {
  const [nets, depth, width] = [1000, 30, 100];
  const input = new Float32Array(width).fill(1); /* of one size, or its own spread would come on top */
  const sums = Array(depth).fill(0);
  const squares = Array(depth).fill(0);
  for (let seed = 1; seed <= nets; seed++) {
    let before = 1;
    const spec = { layers: stack({ depth, width }), activation: 'relu', scheme: 'he-normal', batch: 1, input, seed };
    for (const { layer, activations } of engine.run(spec).layers) {
      const factor = activations.rms ** 2 / before;
      sums[layer - 1] += factor;
      squares[layer - 1] += factor ** 2;
      before = activations.rms ** 2;
    }
  }
  const got = sums.reduce((product, sum, l) => (product * nets * squares[l]) / sum ** 2, 1);
  t.diagnostic(`${got.toFixed(3)}; (1 + 5 / 100)^30 = ${(1.05 ** 30).toFixed(3)}`);
  assertRow(rowsOf('hanin-rolnick')[0], got);
  assert.ok(Math.abs(got / 1.05 ** 30 - 1) < 4 * 0.08);
});

test('poole-tanh-critical: sigma_b^2 = 0.05 and sigma_w^2 = 1.76095464 give chi = 1 at the fixed point', () => {
  /** @param {number} sigmaW2 */
  const deep = (sigmaW2) => {
    const bias = { name: 'normal', std: Math.sqrt(0.05) };
    const gain = Math.sqrt(sigmaW2);
    const layers = stack({ depth: 100, width: 1 });
    const run = engine.run({ layers, activation: 'tanh', scheme: 'lecun-normal', gain, bias, batch: 1 });
    return /** @type {import('../../web/engine/engine.js').Theory} */ (run.layers[99].theory);
  };
  let [low, high] = [1, 3];
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (middle * deep(middle).slopeSquare < 1) low = middle;
    else high = middle;
  }
  assertRow(rowsOf('poole-tanh-critical')[0], low);
  assert.ok(Math.abs(deep(low).zSquare / 0.5700478816 - 1) < 1e-6);
});

/* One division makes the variance exact, apart from rounding when the gain multiplies each weight. */
test('lsuv: the variance of every layer is 1, whatever the activation, width and first weights', () => {
  const row = rowsOf('lsuv')[0];
  for (const activation of ['relu', 'tanh', 'sigmoid', 'gelu']) {
    for (const scheme of ['orthogonal', { name: 'normal', std: 0.01 }, { name: 'normal', std: 3 }]) {
      const { spec, tries } = lsuv(engine, { layers: stack({ depth: 12, width: 100 }), activation, scheme, batch: 64 });
      const { layers } = engine.run(spec);
      for (const { layer, preactivations } of layers) {
        assertRow(row, preactivations.std ** 2);
        assert.ok(
          Math.abs(preactivations.std ** 2 - 1) < 0.1 && tries[layer - 1] <= 2,
          `${activation}, layer ${layer}`,
        );
      }
    }
  }
  const bias = /** @type {const} */ ({ name: 'normal', std: 0.8 }); /* of which no gain gets rid */
  const biased = lsuv(engine, { layers: stack({ depth: 3, width: 100 }), scheme: 'orthogonal', bias });
  assert.ok(biased.tries.some((count) => count > 2));
  for (const { preactivations } of engine.run(biased.spec).layers) {
    assert.ok(Math.abs(preactivations.std ** 2 - 1) < 0.1);
  }
  const mistaken = lsuv(engine, { layers: stack({ depth: 3, width: 50 }), scheme: 'he-normal', varianceAsStd: true });
  for (const { preactivations } of engine.run(mistaken.spec).layers) {
    assert.ok(Math.abs(preactivations.std ** 2 - 1) < 0.1);
  }
  const dead = lsuv(engine, { layers: stack({ depth: 2, width: 4 }), scheme: 'zeros' });
  assert.deepEqual(dead.tries, [1, 1]);
});

test('every row of papers.tsv is measured here', () => {
  const others = ['saxe-gaussian', 'hanin-rolnick', 'poole-tanh-critical', 'lsuv'];
  assert.deepEqual(new Set(TABLE.map(({ preset }) => preset)), new Set([...Object.keys(NETWORKS), ...others]));
});
