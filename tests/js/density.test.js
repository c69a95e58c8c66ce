/*
 * The densities that theory gives have area 1, and histograms of drawn weights follow them. Theory also counts the dead
 * units. How a chart draws a density is not tested here.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisForTensors, rebin } from '../../web/charts/bins.js';
import { deadShare, hasDensity, normalCdf, schemeDensity } from '../../web/charts/density.js';
import { loadEngine, stack } from '../../web/engine/engine.js';

const engine = await loadEngine();

/** @param {import('../../web/engine/spec.js').SchemeChoice} scheme */
const firstLayer = (scheme) =>
  engine.run({ layers: stack({ depth: 1, width: 128 }), scheme, batch: 1, seed: 3 }).layers[0];

test('the normal distribution function gives known values', () => {
  for (const [x, value] of [
    [0, 0.5],
    [1, 0.841344746],
    [-2, 0.0227501319],
    [3, 0.998650102],
  ]) {
    assert.ok(Math.abs(normalCdf(x) - value) < 2e-7);
  }
});

test('the density of a scheme has area 1 and is 0 beyond the cut, and the measured density follows it', () => {
  for (const scheme of [
    'he-normal',
    'he-uniform',
    'he-truncated',
    'he-truncated-raw',
    'uniform-positive',
    'cut-normal',
    { name: 'cut-normal', std: 1 },
    { name: 'cut-normal', std: 50 },
    'cut-spiked',
    { name: 'cut-spiked', std: 1 },
  ]) {
    const layer = firstLayer(scheme);
    const axis = axisForTensors([layer.weights]);
    const { density } = rebin(layer.weights, axis);
    let apart = 0;
    density.forEach((value, i) => {
      apart += Math.abs(schemeDensity(layer, axis.lo + (i + 0.5) * axis.width) - value) * axis.width;
    });
    const [steps, reach] = [20000, layer.bound ?? 10 * layer.std];
    let area = 0;
    for (let i = 0; i < steps; i++) {
      area += (schemeDensity(layer, reach * ((2 * (i + 0.5)) / steps - 1)) * 2 * reach) / steps;
    }
    // 16384 weights in about 100 bins: a mean absolute deviation of sqrt(2 p / (pi n)) a bin, 0.06 in all; more at a cut
    assert.ok(Math.abs(area - 1) < 1e-3 && apart < 0.1, `${JSON.stringify(scheme)} ${area} ${apart}`);
    if (layer.bound) assert.equal(schemeDensity(layer, 1.01 * layer.bound), 0);
  }
});

test('constants and schemes that draw a whole matrix have no density', () => {
  for (const scheme of [
    ...['zeros', 'constant', 'orthogonal', 'identity', 'sparse', 'unit-sum'],
    { name: 'normal', std: 0 },
  ]) {
    assert.equal(hasDensity(firstLayer(scheme)), false);
    assert.equal(schemeDensity(firstLayer(scheme), 0), 0);
  }
});

test('theory counts the dead units: for independent inputs, equal inputs, and a network in between', () => {
  assert.ok(Math.abs(deadShare(0, 4) - 1 / 16) < 1e-6);
  assert.ok(Math.abs(deadShare(1, 64) - 0.5) < 0.01);
  assert.ok(Math.abs(deadShare(0.5, 2) - 1 / 3) < 1e-4, 'Sheppard 1899: 1/4 + asin(c) / 2 pi');
  const [layer] = engine.run({ layers: stack({ depth: 8, width: 1024 }), batch: 8, seed: 1 }).layers.slice(-1);
  const expected = deadShare(layer.theory?.zCorrelation ?? 0, 8);
  // 4 std of a share of 1024 units; the correlation of one network is within a few per cent of theory's
  const tolerance = 4 * Math.sqrt((expected * (1 - expected)) / 1024) + 0.03;
  assert.ok(Math.abs(layer.activations.dead - expected) < tolerance, `${layer.activations.dead} ${expected}`);
});
