/**
 * Mean-field theory of norms, residual sums, gated units and PReLU against networks of several widths. What is measured,
 * as a function of 1 / width, meets theory at 0. CI runs widths to 384; BLOCKS=all runs 128 to 1,024.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { parseStack } from '../../web/engine/stack.js';
import { meanOf, meetsZero } from './fitting.js';

const engine = /** @type {any} */ (await loadEngine());

const WIDTHS = process.env.BLOCKS === 'all' ? [128, 256, 512, 1024] : [96, 192, 384];
const NETWORKS = 100;
const BATCH = 4;

/** Lines of networks whose layers are all W wide. @type {Record<string, string>} */
const BLOCKS = {
  'layer norm before GELU': 'W-2*(layernorm-W:gelu-W:linear-add3)-layernorm-W:linear',
  'pre-activation with layer norm':
    'W-W:linear-2*(layernorm:relu-W:linear-layernorm:tanh-W:linear-add4:branch=0.5)-W:linear',
  'RMS norm after the sum': 'W-2*(W:relu-W:linear-add2:stream=2-rmsnorm:epsilon=0.1)-W:tanh',
  'norm inside the branch': 'W-3*(W:linear-layernorm-add2)-W:relu',
  'sums without norms': 'W-3*(W:tanh-W:linear-add2:branch=0.7)-W:relu',
  'one sum into ReLU': 'W-W:linear-W:relu-W:linear-add2:relu-W:linear',
  'SwiGLU and a sum': 'W-2*(rmsnorm-W:linear-swiglu-W:linear-add4)-W:linear',
  'gated units with other activations': 'W-W:linear-glu-W:linear-geglu-W:linear:bias=0.5-swiglu-W:tanh',
  'PReLU and activations with a parameter':
    'W-W:linear-prelu-W:leaky-relu=0.4-W:elu=2-W:linear-prelu:slope=0.8-W:linear',
  'sin(3 z)': 'W-2*W:sin=3-W:linear',
  'RMS norm of ReLU, and layer norm of it': 'W-W:relu-rmsnorm:gain=2-W:relu-layernorm-W:linear',
};

/** Per network, what is compared with theory: mean squares of z and of dL/dz, and the correlation of z, by layer.
 * @param {any[]} layers @param {number} seed */
function measure(layers, seed) {
  const run = engine.run({ layers, seed, batch: BATCH, backward: true, scheme: 'he-normal' });
  return run.layers.flatMap((/** @type {any} */ { preactivations, deltas, correlation }) => [
    preactivations.rms ** 2,
    deltas.rms ** 2,
    correlation,
  ]);
}

/** What theory says of them. @param {any[]} layers */
function predict(layers) {
  const run = engine.run({ layers, batch: BATCH, backward: true, scheme: 'he-normal' });
  return run.layers.flatMap((/** @type {any} */ { theory, backTheory }) => [
    theory.zSquare,
    backTheory.deltaSquare,
    theory.zCorrelation,
  ]);
}

for (const [name, line] of Object.entries(BLOCKS)) {
  test(`${name}: what 100 networks of each width show meets theory within four standard errors`, (t) => {
    const stackOf = (/** @type {number} */ width) => parseStack(line.replaceAll('W', String(width)));
    const theory = predict(stackOf(WIDTHS[0]));
    const measured = WIDTHS.map((width) => {
      const layers = stackOf(width);
      return Array.from({ length: NETWORKS }, (_, i) => measure(layers, 1 + i));
    });
    let worst = 0;
    theory.forEach((/** @type {number} */ expected, /** @type {number} */ i) => {
      const points = measured.map((networks, w) => ({ x: 1 / WIDTHS[w], ...meanOf(networks.map((one) => one[i])) }));
      /* a norm leaves a mean square without chance; rounding is 1e-6 */
      const { at, error } = points.every((p) => p.error > 1e-9) ? meetsZero(points) : { at: points[0].mean, error: 0 };
      const off = Math.abs(at - expected) / (error + 1e-6 * Math.abs(expected) + 1e-9);
      worst = Math.max(worst, off);
      assert.ok(off < 4, `number ${i}: ${at} +- ${error}, theory ${expected}`);
    });
    t.diagnostic(`worst: ${worst.toFixed(2)} standard errors, of ${theory.length}`);
  });
}

/* Of 300 networks 95 % or more lie in a band, in each layer; the share has a standard error of sqrt(.95 .05 / 300). */
test('for one input at least 95 % of networks lie in the band of each layer, within three standard errors', () => {
  for (const line of Object.values(BLOCKS)) {
    const layers = parseStack(line.replaceAll('W', '64'));
    const inside = layers.map(() => 0);
    let banded = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const run = engine.run({ layers, seed, batch: 1, scheme: 'he-normal' });
      banded = 0;
      run.layers.forEach((/** @type {any} */ { preactivations, theory }, /** @type {number} */ i) => {
        if (Number.isNaN(theory.zLow)) inside[i]++;
        else banded++;
        const square = preactivations.rms ** 2;
        inside[i] += Number(square > theory.zLow && square < theory.zHigh);
      });
    }
    assert.ok(banded > layers.length / 2, line);
    inside.forEach((count, i) => {
      assert.ok(count / 300 > 0.95 - 3 * Math.sqrt((0.95 * 0.05) / 300), `${line}, layer ${i + 1}: ${count} of 300`);
    });
  }
});

/* PReLU of slope 0 is ReLU: of 4 units all are off in one of 16 networks, which no band holds. */
test('few units of PReLU have the bands of a rectifier, or none', () => {
  const theoryOf = (/** @type {string} */ line) => engine.run({ layers: parseStack(line), batch: 1 }).layers[1].theory;
  for (const line of ['64-4:linear-prelu:slope=0', '64-4:linear-prelu:slope=0.05', '64-3:linear-prelu']) {
    assert.ok(Number.isNaN(theoryOf(line).zLow) && Number.isNaN(theoryOf(line).aLow), line);
  }
  assert.equal(theoryOf('64-4:linear-prelu:slope=0').died, 1 / 16);
  assert.equal(theoryOf('64-4:linear-prelu:slope=0.05').died, 0);
  const [units, relu] = [
    theoryOf('64-16:linear-prelu:slope=0'),
    engine.run({ layers: parseStack('64-16:relu'), batch: 1 }),
  ];
  const { aLow, aHigh } = relu.layers[0].theory;
  assert.ok(Math.abs(units.zLow / aLow - 1) < 1e-12 && Math.abs(units.zHigh / aHigh - 1) < 1e-12);
});

test('33 branches with a norm inside add 1 each to the mean square of the stream', () => {
  const layers = parseStack('256-33*(256:linear-layernorm-add2)');
  const { theory } = engine.run({ layers, batch: 1 }).layers[98];
  assert.ok(Math.abs(theory.zSquare - 34) < 34 * 33 * 2e-5); // epsilon of 1e-5 takes that much of each branch at most
});

test('theory ends at batch norm, at layer norm of one channel, and at a sum whose branch is not independent of the stream', () => {
  const theories = (/** @type {string} */ line) =>
    engine.run({ layers: parseStack(line), batch: 8 }).layers.map((/** @type {any} */ { theory }) => theory !== null);
  assert.deepEqual(theories('64-64:linear-batchnorm-64'), [true, false, false]);
  assert.deepEqual(theories('64-1:linear-layernorm-64'), [true, false, false]); // a number less its mean is 0
  assert.deepEqual(theories('64-1:linear-rmsnorm-64'), [true, true, true]);
  assert.deepEqual(theories('64-64:relu-add1-64'), [true, false, false]);
  assert.deepEqual(theories('64-64:linear-add1-64:relu-64:linear-add2:relu-64:linear-add1:relu'), [
    ...[true, true, true, true, true, true, false],
  ]);
});
