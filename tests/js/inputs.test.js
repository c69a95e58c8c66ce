/*
 * Inputs of any mean and std, sparse ones, one-hot ones, and of one or two numbers: a first layer against plain loops, and
 * theory against means over networks. How such inputs are drawn is in tests/c/input.c.
 *
 * Means are held to five standard errors over fixed seeds. The layers are 256 wide, so that what a finite width adds is
 * smaller.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { needsFullModule } from '../../web/engine/full.js';
import { INPUT_KINDS } from '../../web/engine/inputs.js';

const engine = await loadEngine();

/** @typedef {{ label: string, measured: number, expected: number | null | undefined }} Seen */

const sum = (/** @type {number[]} */ values) => values.reduce((total, value) => total + value, 0);

/** Inputs whose lengths differ little, or much, with the mean square that is expected of one number. @type {[any, number][]} */
const INPUTS = [
  ['normal', 1],
  ['uniform', 1],
  ['unit', 1 / 3],
  ['bytes', 255 ** 2 / 3],
  ['sparse', 1],
  [{ kind: 'sparse', share: 0.5, std: 2 }, 4],
  [{ kind: 'normal', mean: -2, std: 0.5 }, 4.25],
  [{ kind: 'uniform', mean: 1, std: 3 }, 10],
];

test('the first layer is W x of the input that was drawn', () => {
  for (const [input, square] of /** @type {[any, number][]} */ ([...INPUTS, ['one-hot', 1 / 40]])) {
    const spec = { layers: stack({ depth: 1, width: 9, inputs: 40 }), input, batch: 5, seed: 3 };
    const [x, w, z] = /** @type {const} */ (['input', 'weights', 'preactivations']).map((name) =>
      engine.tensor(spec, name, 1),
    );
    assert.equal(x.length, 5 * 40);
    for (let row = 0; row < 5; row++) {
      for (let unit = 0; unit < 9; unit++) {
        const products = Array.from({ length: 40 }, (_, i) => x[row * 40 + i] * w[i * 9 + unit]);
        const right = sum(products);
        assert.ok(Math.abs(z[row * 9 + unit] - right) <= 1e-5 * sum(products.map(Math.abs)), JSON.stringify(input));
      }
    }
    // the mean of 200 squares, whose std is at most 10 times their mean
    assert.ok(Math.abs(sum([...x].map((v) => v * v)) / 200 - square) < 4 * square, JSON.stringify(input));
  }
});

test('a kind by name is the kind with its default numbers, and the standard inputs keep their bits', () => {
  const tensorOf = (/** @type {any} */ input) =>
    engine.tensor({ layers: stack({ depth: 2, width: 5 }), input, batch: 3 }, 'activations', 2);
  for (const [kind, numbers] of Object.entries(INPUT_KINDS)) {
    assert.deepEqual(tensorOf({ kind }), tensorOf(kind));
    assert.deepEqual(tensorOf({ kind, ...numbers }), tensorOf(kind));
  }
  assert.deepEqual(tensorOf({ kind: 'uniform', mean: 0.5, std: Math.sqrt(1 / 12) }), tensorOf('unit'));
  const doubled = tensorOf({ kind: 'normal', std: 2 });
  assert.deepEqual(
    doubled,
    tensorOf('normal').map((v) => 2 * v),
  ); // ReLU without biases: a power of 2 is exact
});

/** What a run shows beside what theory says of it. @param {any} layer @param {number} l @returns {Seen[]} */
const seenOf = (layer, l) => {
  const { theory, backTheory, preactivations: z, activations: a, deltas, weightGradients } = layer;
  /** @type {[string, number, number | null | undefined][]} */
  const all = [
    ['z', z.rms ** 2, theory?.zSquare],
    ['a', a.rms ** 2, theory?.aSquare],
    ['mean', a.mean, theory?.aMean],
    ['correlation', layer.correlation, theory?.zCorrelation],
    ['dz', deltas.rms ** 2, backTheory?.deltaSquare],
    ['dw', weightGradients.rms ** 2, backTheory?.gradientSquare],
  ];
  return all.map(([label, measured, expected]) => ({ label: `${label} of layer ${l}`, measured, expected }));
};

const NETWORKS = 60;

/**
 * Holds means over networks to theory, quantity by quantity: five standard errors, and a share that the width of 256 adds.
 * @param {(seed: number) => import('../../web/engine/spec.js').Spec} specOf @param {string} name
 * @returns {number} how many quantities theory knew
 */
function holdMeans(specOf, name) {
  /** @type {Map<string, number[]>} */
  const ratios = new Map();
  for (let seed = 1; seed <= NETWORKS; seed++) {
    engine.run(specOf(seed)).layers.forEach((layer, i) => {
      for (const { label, measured, expected } of seenOf(layer, i + 1)) {
        if (typeof expected !== 'number' || !Number.isFinite(expected)) continue;
        const ratio = label.startsWith('correlation')
          ? 1 + measured - expected
          : (measured - expected) / (expected || 1);
        ratios.set(label, [...(ratios.get(label) ?? []), label.startsWith('correlation') ? ratio - 1 : ratio]);
      }
    });
  }
  for (const [label, off] of ratios) {
    if (off.length < NETWORKS / 2) continue; // known where the lengths that were drawn happened to be alike
    const mean = sum(off) / off.length;
    const error = Math.sqrt(sum(off.map((one) => (one - mean) ** 2)) / (off.length - 1) / off.length);
    // 4 / width: the correlation of alike inputs and means of squares deviate by so much, in the mean over networks
    assert.ok(Math.abs(mean) <= 5 * error + 4 / 256, `${name}, ${label}: ${mean} with an error of ${error}`);
  }
  return ratios.size;
}

test('theory meets the mean over networks, for inputs of any scale, of one, two or many numbers', (t) => {
  let known = 0;
  for (const [input] of [...INPUTS, ['one-hot', 0]]) {
    for (const inputs of [1, 2, 200]) {
      for (const activation of ['relu', 'tanh']) {
        const layers = stack({ depth: 2, width: 256, inputs });
        const scheme = activation === 'tanh' ? 'xavier-normal' : 'he-normal';
        const bias = { name: 'normal', std: 0.3 };
        const specOf = (/** @type {number} */ seed) => ({
          ...{ layers, activation, scheme, bias, input, seed, batch: 12, backward: true },
        });
        known += holdMeans(specOf, `${JSON.stringify(input)} of ${inputs}, ${activation}`);
      }
    }
  }
  t.diagnostic(`${known} means`);
  assert.ok(known > 500);
});

test('mean squares and correlations of many numbers begin where the formulas say', () => {
  const first = (/** @type {any} */ input, bias = 0) =>
    /** @type {any} */ (
      engine.run({
        ...{ layers: stack({ depth: 1, width: 64, inputs: 1000 }), scheme: 'lecun-normal', input, batch: 4 },
        bias: { name: 'normal', std: bias },
      }).layers[0].theory
    );
  const close = (/** @type {number} */ found, /** @type {number} */ right) =>
    assert.ok(Math.abs(found - right) < 1e-9 * right);
  for (const [input, square] of INPUTS) close(first(input).zSquare, square);
  close(first('one-hot').zSquare, 1 / 1000);
  // (m^2 / (m^2 + s^2) q + sigma_b^2) / (q + sigma_b^2)
  close(first({ kind: 'normal', mean: 3, std: 4 }).zCorrelation, 9 / 25);
  close(first({ kind: 'normal', mean: 3, std: 4 }, 5).zCorrelation, (9 + 25) / (25 + 25));
  close(first('unit').zCorrelation, 3 / 4);
  close(first('one-hot').zCorrelation, 1 / 1000);
  assert.equal(first('sparse').zCorrelation, 0);
  assert.ok(first('sparse').zNormal && first('unit').zNormal);
});

test('a band holds at least 95 % of networks, or is not given, for one input of few numbers', (t) => {
  const [networks, width] = [300, 64];
  let bands = 0;
  for (const input of ['normal', 'uniform', 'unit', 'sparse', { kind: 'normal', mean: 1 }]) {
    for (const inputs of [1, 2, 3, 8, 20]) {
      let [inside, known] = [0, 0];
      for (let seed = 1; seed <= networks; seed++) {
        const [layer] = engine.run({
          ...{ layers: stack({ depth: 1, width, inputs }), activation: 'linear', scheme: 'lecun-normal' },
          ...{ input, seed, batch: 1, observe: ['preactivations'] },
        }).layers;
        const { zLow, zHigh } = /** @type {any} */ (layer.theory);
        const square = /** @type {any} */ (layer.preactivations).rms ** 2;
        if (Number.isNaN(zLow) || (square === 0 && zLow === 0)) continue;
        known++;
        inside += Number(square >= zLow && square <= zHigh);
      }
      if (known === 0) continue;
      bands++;
      // four standard errors of a share of 95 %
      const least = 0.95 - 4 * Math.sqrt((0.95 * 0.05) / known);
      assert.ok(inside / known >= least, `${JSON.stringify(input)} of ${inputs}: ${inside} of ${known}`);
    }
  }
  t.diagnostic(`${bands} bands`);
  assert.ok(bands > 15);
  const lawOf = (/** @type {number} */ inputs) =>
    engine.run({ layers: stack({ depth: 1, width, inputs }), input: 'uniform', batch: 1 }).layers[0].theory?.zLogStd;
  assert.ok(Number.isNaN(lawOf(15)) && Number(lawOf(16)) > 0); // the square of one uniform number spreads too far
});

test('the mean over one and over two uniform inputs is an integral, to 1e-3', () => {
  /** E tanh'(x)^2 for x of mean square q @param {number} q */
  const slopeSquare = (q) => {
    const points = Array.from({ length: 161 }, (_, i) => -8 + i / 10);
    return (
      sum(points.map((z) => Math.cosh(Math.sqrt(q) * z) ** -4 * Math.exp((-z * z) / 2))) / 10 / Math.sqrt(2 * Math.PI)
    );
  };
  const middles = Array.from({ length: 40 }, (_, i) => (i + 0.5) / 40);
  const means = {
    1: sum(middles.map((u) => slopeSquare(3 * u * u + 0.09))) / 40,
    2: sum(middles.flatMap((u) => middles.map((v) => slopeSquare(1.5 * (u * u + v * v) + 0.09)))) / 1600,
  };
  for (const [inputs, right] of Object.entries(means)) {
    const [{ theory }] = engine.run({
      ...{ layers: stack({ depth: 1, width: 8, inputs: Number(inputs) }), input: 'uniform', batch: 2 },
      ...{ activation: 'tanh', scheme: 'lecun-normal', bias: { name: 'normal', std: 0.3 } },
    }).layers;
    assert.ok(Math.abs(Number(theory?.slopeSquare) / right - 1) < 1e-3, `${inputs}: ${theory?.slopeSquare}, ${right}`);
  }
});

test('where a whole input is 0, ReLU passes no gradient, and theory says so', () => {
  const off = [];
  for (let seed = 1; seed <= 200; seed++) {
    const layers = stack({ depth: 2, width: 64, inputs: 2 });
    const run = engine.run({ layers, input: 'sparse', seed, batch: 16, backward: true });
    for (const { deltas, backTheory } of /** @type {any[]} */ (run.layers)) {
      if (backTheory?.deltaSquare > 0) off.push(deltas.rms ** 2 / backTheory.deltaSquare - 1);
    }
  }
  const mean = sum(off) / off.length;
  const error = Math.sqrt(sum(off.map((one) => (one - mean) ** 2)) / off.length / off.length);
  assert.ok(off.length > 300 && Math.abs(mean) < 5 * error, `${mean} with an error of ${error}`);
  const nothing = { layers: stack({ depth: 2, width: 8 }), input: { kind: 'normal', std: 0 }, backward: true };
  const [first] = /** @type {any[]} */ (engine.run(nothing).layers);
  assert.deepEqual([first.deltas.rms, first.backTheory.deltaSquare], [0, 0]);
});

test('theory of a given input knows its mean, so that flatten passes it on', () => {
  const input = Float32Array.from({ length: 40 }, (_, i) => i % 3);
  const layers = [
    { kind: 'flatten', size: [2, 2], channelsIn: 5 },
    { kind: 'dense', units: 3 },
  ];
  const [first] = engine.run({ layers: /** @type {any} */ (layers), input, batch: 2 }).layers;
  assert.ok(Math.abs(Number(first.theory?.aMean) - sum([...input]) / 40) < 1e-6);
});

test('only the standard inputs are for the small module', () => {
  const layers = stack({ depth: 1, width: 3 });
  const needs = (/** @type {any} */ input) => needsFullModule({ layers, input });
  assert.deepEqual([needs(undefined), needs('normal'), needs('uniform')], [false, false, false]);
  for (const input of ['unit', 'one-hot', { kind: 'normal' }, new Float32Array(3)]) assert.equal(needs(input), true);
});
