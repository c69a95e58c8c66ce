/**
 * The forward pass of dense layers, against plain double precision and against what theory and papers predict. The
 * backward pass is in backward.test.js; more of theory is in meanfield.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { difference, multiply, PHI, readTable } from './reference.js';

const engine = await loadEngine();

test('every activation in the engine’s table has a reference', () => {
  assert.deepEqual(
    engine.activations.map(({ name }) => name),
    Object.keys(PHI),
  );
});

/* Rounding: in single precision a dot product of n = 257 terms errs by about 2^-24 sqrt(n) = 1e-6 of its rms. Five
 * layers add up to 2e-6 in a typical element, and to less than 1e-5 in the worst one. */
for (const activation of Object.keys(PHI)) {
  for (const width of [1, 3, 17, 257]) {
    test(`five layers of ${width} with ${activation} agree with a double-precision pass to 1e-5`, () => {
      const layers = stack({ depth: 5, width, inputs: 17, outputs: 3 });
      const spec = { layers, activation, scheme: 'xavier-uniform', gain: 1.5, batch: 5, seed: 11 };
      let a = Float64Array.from(engine.tensor(spec, 'input'));
      let fanIn = 17;
      let living = 0;
      for (let l = 1; l <= 5; l++) {
        const z = multiply(a, engine.tensor(spec, 'weights', l), fanIn);
        a = z.map(PHI[activation]);
        fanIn = z.length / 5;
        assert.ok(difference(engine.tensor(spec, 'preactivations', l), z) < 1e-5, `z of layer ${l}`);
        assert.ok(difference(engine.tensor(spec, 'activations', l), a) < 1e-5, `a of layer ${l}`);
        living += Number(a.some((v) => v !== 0));
      }
      assert.ok(living >= (width > 1 ? 5 : 1), 'there was a signal');
    });
  }
}

test('a given input is used unchanged, and every layer may have its own scheme, gain and activation', () => {
  const input = Float32Array.from({ length: 6 * 13 }, (_, i) => Math.fround(Math.sin(i) * 3));
  const layers = [
    { kind: /** @type {const} */ ('dense'), inputs: 13, units: 9, activation: 'tanh', scheme: 'he-normal', gain: 2 },
    { kind: /** @type {const} */ ('dense'), units: 4, scheme: { name: 'uniform', bound: 0.5 } },
  ];
  const spec = { layers, activation: 'softplus', scheme: 'zeros', batch: 6, input };
  assert.deepEqual(engine.tensor(spec, 'input'), input);
  const first = multiply(Float64Array.from(input), engine.tensor(spec, 'weights', 1), 13).map(PHI.tanh);
  const second = multiply(first, engine.tensor(spec, 'weights', 2), 9).map(PHI.softplus);
  assert.ok(difference(engine.tensor(spec, 'activations', 2), second) < 1e-5);
  const run = engine.run(spec);
  assert.deepEqual([run.layers[0].std, run.layers[1].bound], [2 * Math.sqrt(2 / 13), 0.5]);
  assert.equal(run.input.max, Math.max(...input));
});

test('summaries describe the tensors that the engine returns', () => {
  const spec = { layers: stack({ depth: 2, width: 37, outputs: 11 }), activation: 'tanh', gain: 2, batch: 23 };
  const layer = engine.run(spec).layers[1];
  for (const name of /** @type {const} */ (['weights', 'preactivations', 'activations'])) {
    const values = engine.tensor(spec, name, 2);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    const summary = layer[name];
    assert.equal(summary.size, values.length);
    assert.ok(Math.abs(summary.std / Math.sqrt(variance) - 1) < 1e-12);
    assert.equal(summary.max, Math.max(...values));
    assert.equal(
      summary.counts.reduce((sum, n) => sum + n, 0),
      values.length,
    );
  }
  const activations = engine.tensor(spec, 'activations', 2);
  const saturated = activations.filter((v) => Math.abs(v) > 0.97).length;
  assert.ok(saturated > 0);
  assert.equal(layer.activations.saturated, saturated / activations.length);
});

/** The mean of a figure over seeds, for each layer. @param {any} spec @param {number} seeds @param {(layer: any) =>
 * number} figure */
function meanOverSeeds(spec, seeds, figure) {
  /** @type {number[]} */
  const sums = spec.layers.map(() => 0);
  for (let seed = 1; seed <= seeds; seed++) {
    for (const layer of engine.run({ ...spec, seed }).layers) sums[layer.layer - 1] += figure(layer) / seeds;
  }
  return sums;
}

/* Let q be the second moment of z_l for one input. Over networks of width 512 the std of ln q is s = sdlnq_512. So q is
 * close to log-normal, with a relative std of sqrt(exp(s^2) - 1). Its mean over n seeds lies within 4 / sqrt(n) of that
 * std from theory's q. */
const SEEDS = 100;
for (const [scheme, row] of [
  ['xavier-normal', 'glorot_normal(nin=nout)'],
  ['he-normal', 'he_normal'],
]) {
  test(`ReLU, ten layers of 512: ${scheme} ${scheme === 'he-normal' ? 'keeps' : 'halves'} the second moment`, (t) => {
    const spec = { layers: stack({ depth: 10, width: 512 }), activation: 'relu', scheme, batch: 1 };
    const measured = meanOverSeeds(spec, SEEDS, (layer) => layer.preactivations.rms ** 2);
    const theory = readTable('meanfield.tsv').filter((r) => r.phi === 'relu' && r.scheme === row && Number(r.l) <= 10);
    assert.deepEqual(theory.map((r) => r.l).join(), '1,2,3,5,10');
    for (const { l, q, sdlnq_512 } of theory) {
      const tolerance = 4 * Math.sqrt(Math.expm1(Number(sdlnq_512) ** 2) / SEEDS);
      const ratio = measured[Number(l) - 1] / Number(q);
      t.diagnostic(`layer ${l}: measured / theory ${ratio.toFixed(4)}, tolerance ${tolerance.toFixed(4)}`);
      assert.ok(Math.abs(ratio - 1) < tolerance, `layer ${l}: ${ratio}`);
    }
  });
}

test('tanh, ten layers of 500, normal(0.01): std .2135, .0476, .0107 at layers 1 to 3', (t) => {
  const spec = {
    layers: stack({ depth: 10, width: 500 }),
    activation: 'tanh',
    scheme: { name: 'normal', std: 0.01 },
    batch: 64,
  };
  const measured = meanOverSeeds(spec, 8, (layer) => layer.activations.std);
  t.diagnostic(`std at layers 1 to 4: ${measured.slice(0, 4).map((v) => v.toPrecision(4))}`);
  /* tolerances of tests/reference/papers.tsv for the mean over 8 seeds; layer 3 lies between its rows 2 and 4 */
  const rows = readTable('papers.tsv').filter((r) => r.preset === 'cs231n-tanh-small');
  assert.equal(rows.length, 3);
  for (const { layer, value, tolerance } of [...rows, { layer: 3, value: 0.0107, tolerance: 0.06 }]) {
    assert.ok(Math.abs(measured[Number(layer) - 1] / Number(value) - 1) < Number(tolerance), `layer ${layer}`);
  }
});

test('an exploding network is measured to the end, and its infinities are counted apart', () => {
  const spec = { layers: stack({ depth: 60, width: 64 }), activation: 'linear', scheme: { name: 'normal', std: 30 } };
  const { layers } = engine.run(spec);
  const last = layers[59].activations;
  assert.equal(last.nonFinite, last.size);
  assert.ok(Number.isNaN(last.std));
  const squareOverflows = layers.find((layer) => layer.activations.rms > 1e20);
  assert.ok(squareOverflows && Number.isFinite(squareOverflows.activations.std));
  for (const { activations } of layers) {
    assert.equal(
      activations.counts.reduce((sum, n) => sum + n, 0),
      activations.size - activations.nonFinite,
    );
  }
});
