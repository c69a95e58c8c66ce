/**
 * Mean-field theory of weights and biases that have a mean, against networks of several widths. What is measured over what
 * theory says, as a function of 1 / width, meets 1 at 0. CI runs widths to 1,024; SHIFTED=all goes to 2,048.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { meanOf, meetsZero } from './fitting.js';

const engine = /** @type {any} */ (await loadEngine());

const WIDTHS = process.env.SHIFTED === 'all' ? [512, 1024, 2048] : [256, 512, 1024];
const [NETWORKS, DEPTH, BATCH] = [40, 4, 4];

/** Networks whose layers are all w wide. @type {Record<string, (w: number) => object>} */
const CASES = {
  'ReLU and He’s scheme as JAX draws it in bfloat16': () => ({ scheme: 'he-truncated', drawn: 'jax-bfloat16' }),
  'tanh and LeCun’s scheme as JAX draws it in bfloat16': () => ({
    ...{ scheme: 'lecun-truncated', drawn: 'jax-bfloat16', activation: 'tanh', gain: 1.5 },
  }),
  'GELU as tinygrad draws a uniform in bfloat16': () => ({
    ...{ scheme: 'he-uniform', drawn: 'tinygrad-bfloat16', activation: 'gelu', bias: { name: 'normal', std: 0.2 } },
  }),
  'leaky ReLU as PyTorch draws a uniform in bfloat16': () => ({
    ...{ scheme: 'he-uniform', drawn: 'pytorch-bfloat16', activation: 'leaky-relu' },
  }),
  'positive weights on an input with a mean': (w) => ({
    ...{ scheme: { name: 'uniform-positive', bound: 3 / w }, activation: 'relu' },
    input: { kind: 'normal', mean: 1, std: 0.5 },
  }),
  'equal weights and normal biases under sigmoid': (w) => ({
    ...{ scheme: { name: 'constant', value: 2 / w }, activation: 'sigmoid', bias: { name: 'normal', std: 1 } },
    input: { kind: 'uniform', mean: 0.5, std: 0.3 },
  }),
  'biases of 0.5 under ReLU': () => ({ scheme: 'he-normal', bias: { name: 'constant', value: 0.5 } }),
  'positive biases under tanh': () => ({
    ...{ scheme: 'lecun-normal', activation: 'tanh', bias: { name: 'uniform-positive', bound: 1 } },
  }),
};

/** By layer, what was measured over what theory says: of mean squares of z and a, of 1 plus the correlation of z, which is 0 or so in
 * the first layer, and of the mean square of dL/dz. @param {object} spec @param {number} width @param {number} seed
 * @returns {number[]} */
function ratiosOf(spec, width, seed) {
  const layers = stack({ depth: DEPTH, width });
  const run = engine.run({ layers, seed, batch: BATCH, backward: true, ...spec });
  return run.layers.flatMap(
    (/** @type {any} */ { preactivations, activations, deltas, correlation, theory, backTheory }) => [
      preactivations.rms ** 2 / theory.zSquare,
      activations.rms ** 2 / theory.aSquare,
      (1 + correlation) / (1 + theory.zCorrelation),
      deltas.rms ** 2 / backTheory.deltaSquare,
    ],
  );
}

for (const [name, specOf] of Object.entries(CASES)) {
  test(`${name}: what ${NETWORKS} networks of each width show meets theory within four standard errors`, (t) => {
    const ratios = WIDTHS.map((width) =>
      Array.from({ length: NETWORKS }, (_, i) => ratiosOf(specOf(width), width, 1 + i)),
    );
    let worst = 0;
    ratios[0][0].forEach((_, i) => {
      const points = ratios.map((networks, w) => ({ x: 1 / WIDTHS[w], ...meanOf(networks.map((one) => one[i])) }));
      const { at, error } = meetsZero(points);
      /* rounding to float32, which is all that moves equal weights */
      const off = Math.abs(at - 1) / (error + 1e-6);
      worst = Math.max(worst, off);
      assert.ok(off < 4, `number ${i}: ${at} +- ${error} times what theory says`);
    });
    t.diagnostic(`worst: ${worst.toFixed(2)} standard errors, of ${ratios[0][0].length}`);
  });
}

/* A ReLU layer of w units adds kappa / w = 5 / w to the variance of ln(mean square): the rms of one network has a std of
 * sqrt(5 x 5 / 2048) / 2 = 5.5 % after five layers. */
test('five ReLU layers of 2,048 keep the signal in float32, and 26 % of it as JAX draws in bfloat16', () => {
  const rmsOf = (/** @type {string} */ drawn, /** @type {number} */ seed, width = 2048) =>
    engine
      .run({ layers: stack({ depth: 5, width }), scheme: 'he-truncated', drawn, seed, observe: ['activations'] })
      .layers.map((/** @type {any} */ layer) => [layer.activations.rms, Math.sqrt(layer.theory.aSquare)]);
  const [plain, drawn] = ['float32', 'jax-bfloat16'].map((format) => rmsOf(format, 1));
  assert.ok(Math.abs(plain[4][0] - 1) < 3 * 0.055, `${plain[4]}`);
  assert.ok(Math.abs(drawn[4][0] / 0.26 - 1) < 3 * 0.055, `${drawn[4]}`);
  assert.ok(Math.abs(drawn[4][1] - 0.26) < 0.005, `${drawn[4]}`);
  assert.ok(drawn[0][1] > 0.995, 'the first layer loses nothing');
});

test('theory ends where what units share bends it, and says nothing of convolutions or blocks', () => {
  const known = (/** @type {any} */ spec) =>
    engine.run({ batch: 4, ...spec }).layers.map((/** @type {any} */ layer) => layer.theory !== null);
  const layers = stack({ depth: 3, width: 100 });
  const scheme = { name: 'uniform-positive', bound: 0.03 };
  assert.deepEqual(known({ layers, scheme }), [true, false, false], 'the sign of a sum over inputs decides');
  assert.deepEqual(known({ layers, scheme, activation: 'linear' }), [true, true, true], 'nothing bends');
  assert.deepEqual(known({ layers, scheme, input: { kind: 'normal', mean: 2, std: 1 } }), [true, true, true]);
  const images = [{ kind: 'conv', kernel: [3, 3], channelsIn: 3, channelsOut: 8, size: [9, 9] }];
  assert.deepEqual(known({ layers: images, scheme }), [false]);
  const sum = [...stack({ depth: 2, width: 100 }), { kind: 'add', over: 1 }];
  assert.deepEqual(known({ layers: sum, scheme, input: { kind: 'normal', mean: 2, std: 1 } }), [false, false, false]);
});

test('no fixed point and no band is told where weights or biases have a mean', () => {
  for (const spec of [{ drawn: 'jax-bfloat16' }, { bias: { name: 'constant', value: 1 } }]) {
    const { layers } = engine.run({ layers: stack({ depth: 2, width: 100 }), batch: 4, ...spec });
    for (const { theory, fixedPoint } of layers) {
      assert.ok(theory && Number.isNaN(theory.zLow) && fixedPoint === null);
    }
  }
});
