/*
 * The axes that histograms and curves share: merging bins keeps every count, an axis covers what it must show, and ticks
 * and labels stay readable. How a chart is painted is tested in tests/page/.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  axisForNetworks,
  axisForTensors,
  binCount,
  chooseScaleTensor,
  createAxis,
  gatherTensors,
  linearTicks,
  rebin,
  smooth,
  stepUp,
} from '../../web/charts/bins.js';
import { keepApart } from '../../web/charts/curve-drawing.js';
import { commonExponent } from '../../web/charts/histogram.js';
import { clampToFrame, endsOf, logRange, logTicks, ticksWithEnds, tickText } from '../../web/charts/log-axis.js';
import { labelledLayers, ridgeRows } from '../../web/charts/ridgeline.js';
import { loadEngine, stack } from '../../web/engine/engine.js';

const engine = await loadEngine();

/** @param {import('../../web/engine/spec.js').SchemeChoice} scheme @param {string} activation */
const run = (scheme, activation, depth = 6) =>
  engine.run({ layers: stack({ depth, width: 64 }), activation, scheme, batch: 32, seed: 3 });

/** The counts that the engine would give for these values. @param {number[]} values @param {number} hi a power of two */
function summary(values, hi) {
  const counts = new Uint32Array(256);
  for (const value of values) counts[Math.min(255, Math.floor((value + hi) / (hi / 128)))]++;
  const sum = values.reduce((total, value) => total + value * value, 0);
  const zeros = values.filter((value) => value === 0).length / values.length;
  const rest = {
    mean: 0,
    std: 1,
    saturated: 0,
    dead: 0,
    nonFinite: 0,
    min: Math.min(...values),
    max: Math.max(...values),
  };
  return { ...rest, size: values.length, rms: Math.sqrt(sum / values.length), zeros, counts, lo: -hi, hi };
}

/** @param {Float64Array} density */
const total = (density) => density.reduce((sum, value) => sum + value, 0);

test('axes step by half octaves', () => {
  assert.deepEqual(
    [0.3, 0.5, 0.51, 0.75, 0.76, 1, 1.1, 2.2, 3.1, 4].map(stepUp),
    [0.375, 0.5, 0.75, 0.75, 1, 1, 1.5, 3, 4, 4],
  );
});

test('an axis has its ends and 0 on edges of bins, and neither few nor many bins', () => {
  for (const [lo, hi] of [
    [0, 1],
    [-1, 1],
    [-0.1875, 4],
    [0, 3],
    [-3, 0.01],
    [0, 1e-30],
    [-1e20, 1e20],
  ]) {
    const axis = createAxis(lo, hi);
    assert.ok(axis.lo <= lo && axis.hi >= hi);
    assert.ok(Number.isInteger(axis.lo / axis.width) && Number.isInteger(axis.hi / axis.width));
    assert.ok(binCount(axis) >= 64 && binCount(axis) <= 257, `${binCount(axis)}`);
  }
});

test('merging is exact: each bin of the axis holds the values that lie in it', () => {
  const values = Array.from({ length: 5000 }, (_, i) => Math.sin(i * i) * 1.9);
  const axis = createAxis(-1.5, 1.5);
  const { density, below, above } = rebin(summary(values, 2), axis);
  density.forEach((value, bin) => {
    const lo = axis.lo + bin * axis.width;
    const inside = values.filter((x) => x >= lo && x < lo + axis.width).length;
    assert.equal(Math.round(value * axis.width * values.length), inside);
  });
  assert.equal(Math.round(below * values.length), values.filter((x) => x < -1.5).length);
  assert.equal(Math.round(above * values.length), values.filter((x) => x >= 1.5).length);
});

test('negative values stay left of 0, however small they are', () => {
  const { density } = rebin(summary([-(2 ** -60), 2 ** -61], 2 ** -59), createAxis(-1, 1));
  assert.ok(density[63] > 0 && density[64] > 0);
});

test('bins coarser than the axis are spread evenly, even enormous ones', () => {
  for (const hi of [64, 2 ** 100]) {
    const { density, below, above } = rebin(summary([-hi / 2, hi / 3, hi / 1000], hi), createAxis(-1, 1));
    const inside = total(density) * createAxis(-1, 1).width;
    assert.ok(Math.abs(inside + below + above - 1) < 1e-12);
    assert.ok(density.slice(0, 64).every((value) => value === density[0]));
  }
});

test('coarse bins are not spread past the minimum and the maximum', () => {
  const values = [...Array.from({ length: 99 }, (_, i) => -0.27 * ((i + 1) / 99)), 60];
  const { density, below, above } = rebin(summary(values, 64), createAxis(-0.375, 4));
  assert.equal(below, 0);
  assert.ok(Math.abs(above - 0.01) < 1e-12);
  assert.equal(density[0], 0);
});

test('exact zeros are left out, and the other values keep their share', () => {
  const { layers } = run('he-normal', 'relu');
  const { activations } = layers[3];
  const axis = createAxis(0, 4);
  const { density, below, above } = rebin(activations, axis, { withoutZeros: true });
  assert.ok(activations.zeros > 0.3);
  assert.ok(Math.abs(total(density) * axis.width + below + above - (1 - activations.zeros)) < 1e-9);
});

/** @param {any} whole a run @param {string} name */
const family = (whole, name) => gatherTensors(whole, name);

test('an axis starts at 0 where nothing is negative, and ends at the bounds of the activation', () => {
  const axisOf = (/** @type {string} */ activation) =>
    axisForNetworks(['xavier-normal', 'he-normal'].map((scheme) => family(run(scheme, activation), 'activations')));
  assert.equal(axisOf('relu').lo, 0);
  assert.deepEqual([axisOf('tanh').lo, axisOf('tanh').hi], [-1, 1]);
});

test('the bounds of an activation lie within the axis, at its upper edge and at its lower', () => {
  for (const [activation, least] of /** @type {const} */ ([
    ['hardtanh', 0.3],
    ['tanh', 0],
    ['sigmoid', 0],
  ])) {
    const { layers } = run({ name: 'normal', std: 5 }, activation);
    const { activations } = layers[3];
    assert.equal(activations.max, 1); // the value is rounded to 1, or cut there
    const families = [{ tensors: [activations], scale: activations, level: 1 }];
    for (const axis of [axisForNetworks(families), axisForTensors([activations])]) {
      const { density, below, above } = rebin(activations, axis, { withoutZeros: true });
      assert.deepEqual([below, above], [0, 0], activation);
      assert.ok(density[density.length - 1] * axis.width > least, activation);
      assert.equal(binCount(axis), activation === 'sigmoid' ? 65 : 129);
    }
  }
});

test('a network that explodes or vanishes does not spoil the axis of the other, forward or backward', () => {
  const spec = { layers: stack({ depth: 6, width: 64 }), batch: 32, seed: 3, backward: true };
  const healthy = engine.run({ ...spec, scheme: 'he-normal' });
  for (const [name, layer] of /** @type {const} */ ([
    ['activations', 0],
    ['preactivations', 0],
    ['weights', 0],
    ['deltas', 5],
    ['weightGradients', 5],
  ])) {
    const alone = family(healthy, name);
    for (const value of [1e-6, 5]) {
      const other = family(engine.run({ ...spec, scheme: { name: 'normal', std: value } }), name);
      const scale = chooseScaleTensor([other, alone]);
      // at the last layer, where the backward pass begins, both networks have the same deltas
      if (name === 'deltas') assert.ok(scale === alone.scale || scale === other.scale);
      else assert.equal(scale, healthy.layers[layer][name], name);
    }
  }
});

test('networks of zeros have an axis, and so have networks that have not arrived yet', () => {
  const whole = run('zeros', 'relu');
  assert.deepEqual(axisForNetworks([family(whole, 'activations'), family(whole, 'activations')]), createAxis(0, 1));
  assert.deepEqual(axisForTensors(whole.layers.map((layer) => layer.weights)), createAxis(0, 1));
  assert.equal(chooseScaleTensor([family(whole, 'deltas')]), undefined);
  assert.deepEqual(axisForNetworks([family(whole, 'deltas')]), createAxis(0, 1));
});

test('smoothing keeps the area', () => {
  for (const density of [[1, 0, 0, 0], [0, 3, 1, 0, 7, 2], [5, 1], [2]]) {
    const axis = { lo: 0, hi: density.length, width: 1 };
    for (const ends of [
      { min: -9, max: 9 },
      { min: 0, max: density.length },
      { min: Number.NaN, max: Number.NaN },
    ]) {
      const smoothed = smooth(Float64Array.from(density), axis, ends);
      assert.ok(Math.abs(total(smoothed) - total(Float64Array.from(density))) < 1e-12);
    }
  }
});

test('smoothing shows nothing beyond the minimum and the maximum: ReLU has no density left of 0', () => {
  const { activations } = run('he-normal', 'relu').layers[3];
  const axis = createAxis(-4, 4);
  const { density } = rebin(activations, axis, { withoutZeros: true });
  const smoothed = smooth(density, axis, activations);
  const zero = -axis.lo / axis.width;
  assert.ok(smoothed.subarray(0, zero).every((value) => value === 0) && smoothed[zero] > 0);
  assert.ok(Math.abs(total(smoothed) - total(density)) < 1e-9);
});

test('ticks are few and round, and include 0 and every end that is round', () => {
  const ticksOf = (/** @type {[number, number, number]} */ args) => linearTicks(...args).map(({ value }) => value);
  assert.deepEqual(ticksOf([-1, 1, 5]), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(ticksOf([0, 4, 5]), [0, 1, 2, 3, 4]);
  assert.deepEqual(
    ticksOf([-0.375, 0.375, 5]),
    [-0.2, 0, 0.2].map((value) => value),
  );
});

test('the frame of the std chart ends at half powers of ten, within fixed limits', () => {
  assert.deepEqual(logRange([1, 0.001]), { lo: -3.5, hi: 0.5 });
  assert.deepEqual(logRange([1, 0, Number.NaN, 1e30, Number.POSITIVE_INFINITY]), { lo: -0.5, hi: 18 });
  assert.deepEqual(logRange([]), { lo: -0.5, hi: 0.5 });
  assert.deepEqual(
    logTicks({ lo: -3.5, hi: 0.5 }, 6).map(({ value }) => value),
    [0.001, 0.01, 0.1, 1],
  );
  assert.ok(logTicks({ lo: -18, hi: 18 }, 6).length <= 7);
});

test('a value that a log axis cannot hold is drawn at its floor or ceiling, and marked', () => {
  const frame = { min: 0.1, max: 10 };
  assert.deepEqual(clampToFrame(0, frame), { y: 0.1, clamped: true });
  assert.deepEqual(clampToFrame(Number.NaN, frame), { y: 10, clamped: true });
  assert.deepEqual(clampToFrame(Number.POSITIVE_INFINITY, frame), { y: 10, clamped: true });
  assert.deepEqual(clampToFrame(2, frame), { y: 2, clamped: false });
  assert.deepEqual(clampToFrame(undefined, frame), { y: undefined, clamped: false });
});

test('the floor and the ceiling of a log axis say what is drawn there, and no tick stands near', () => {
  const range = { lo: -3.5, hi: 18 };
  const labelsOf = (/** @type {number[]} */ values) => {
    const ends = endsOf(values, range);
    return ticksWithEnds(range, 6, ends).map(({ value }) => tickText(range, value, ends));
  };
  assert.deepEqual(labelsOf([1, 0.001]), ['1', '10⁴', '10⁸', '10¹²', '10¹⁶']);
  assert.deepEqual(labelsOf([1, 0]), ['0', '1', '10⁴', '10⁸', '10¹²', '10¹⁶']);
  assert.deepEqual(labelsOf([1e30, 1]).at(-1), '>10¹⁸');
  assert.deepEqual(labelsOf([Infinity, Number.NaN]).at(-1), '∞, NaN');
  assert.deepEqual(labelsOf([0, Infinity]).length, 7);
  const floor = (/** @type {number[]} */ values) => endsOf(values, { lo: -18, hi: 1 }).floor;
  assert.deepEqual([floor([1e-20, 0]), floor([1e-20]), floor([0]), floor([1])], ['≤10⁻¹⁸', '<10⁻¹⁸', '0', '']);
  assert.deepEqual(labelsOf([1e30, Number.NaN]).at(-1), '≥10¹⁸');
});

test('the rows of histograms fill the frame exactly, from one layer to a hundred', () => {
  for (const depth of [1, 2, 5, 20, 100]) {
    const { row, ridge } = ridgeRows(440, depth);
    assert.ok(Math.abs((depth - 1) * row + ridge - 440) < 1e-9);
    assert.ok(ridge >= 20);
  }
});

test('small or large ticks share one power of ten', () => {
  assert.deepEqual([1e-9, 0.0099, 0.01, 1, 9999, 1e4, 2.3e12].map(commonExponent), [-9, -3, 0, 0, 0, 4, 12]);
});

test('labels of layers never touch, and the chosen layer always has its label', () => {
  for (const depth of [1, 5, 20, 50, 100]) {
    const { row } = ridgeRows(440, depth);
    for (let chosen = 1; chosen <= depth; chosen++) {
      const labels = labelledLayers(depth, row, chosen).sort((a, b) => a - b);
      assert.ok(labels.includes(chosen));
      const gaps = labels.slice(1).map((layer, i) => (layer - labels[i]) * row);
      assert.ok(Math.min(18, ...gaps) >= 18, `${depth} ${chosen} ${labels}`);
    }
  }
});

test('labels are moved apart and inside, and are not moved where there is room', () => {
  assert.deepEqual(keepApart([10, 50, 90], 15, 0, 100), [10, 50, 90]);
  assert.deepEqual(keepApart([20, 22, 90], 15, 0, 100), [13.5, 28.5, 90]);
  assert.deepEqual(keepApart([10, 12, 90], 15, 5, 100), [5, 20, 90]);
  assert.deepEqual(keepApart([40, 50, 50, 50, 60], 10, 0, 100), [30, 40, 50, 60, 70]);
  assert.deepEqual(keepApart([95, 96, 97], 15, 0, 100), [70, 85, 100]);
  assert.deepEqual(keepApart([], 15, 0, 100), []);
});
