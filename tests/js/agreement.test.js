/*
 * The judgement of whether measurement and theory agree. On real runs they should agree; on runs made up by the test they
 * should not. The theory itself is checked in meanfield.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadCurve, rmsCurves } from '../../web/charts/curves.js';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { agreementWords } from '../../web/locales/en/page.js';
import { agreement } from '../../web/reading/agreement.js';

const engine = await loadEngine();

/** How the sentence of each kind begins. @type {Record<string, RegExp>} */
const BEGINNINGS = {
  agrees: /^As theory predicts, in /,
  more: /^Smaller than theory predicts: /,
  less: /^Larger than theory predicts: /,
  apart: /^Not as theory predicts: /,
  absent: /^Mean-field theory does not apply to /,
  bandless: /^Theory has no band for these weights\./,
  narrow: /^Theory has no band for networks this narrow and deep\./,
  died: /^The signal has died: all activations are 0 from layer /,
  incomparable: /^Nothing to compare with theory: /,
};

/** @param {Partial<import('../../web/engine/spec.js').Spec> & { depth?: number, width?: number }} asked */
function judge({ depth = 20, width = 128, ...rest }) {
  const { layers } = engine.run({ layers: stack({ depth, width }), batch: 16, seed: 1, ...rest });
  const found = agreement(layers);
  const sentence = agreementWords(found, agreement(layers, 'backward'));
  assert.match(sentence, BEGINNINGS[found.kind]);
  assert.match(sentence, /\.$/);
  return found;
}

/** The sentence for a run without a backward pass. @param {import('../../web/reading/agreement.js').Agreement} found */
const words = (found) => agreementWords(found, { ...found, kind: 'absent' });

/**
 * Layers whose ln(mean z^2) lies at these distances from the middle of the band, in halves of its width.
 * @param {number[]} distances
 */
function made(distances, half = 0.4) {
  const layers = distances.map((distance, i) => ({
    layer: i + 1,
    kind: 'dense',
    activation: 'tanh',
    distribution: 'normal',
    preactivations: { rms: Math.exp((distance * half) / 2), nonFinite: 0 },
    activations: { rms: 1 },
    theory: { zSquare: 1, zLogStd: half / 2, zLow: Math.exp(-half), zHigh: Math.exp(half), died: 0 },
  }));
  return agreement(/** @type {any} */ (layers));
}

test('theory agrees with real networks: every activation, ten seeds', () => {
  for (const { name } of engine.activations) {
    let agrees = 0;
    for (let seed = 1; seed <= 10; seed++) {
      agrees += Number(judge({ activation: name, scheme: 'lecun-normal', seed }).kind === 'agrees');
    }
    // one layer lies beyond 3 std once in 370 runs; nine layers of ten do so more rarely
    assert.ok(agrees >= 9, `${name}: ${agrees} of 10`);
  }
});

test('a network dies with the probability that theory gives, and a layer of zeros lies outside any band', () => {
  const died = [0, 0, 0];
  const SEEDS = 2000;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const layers = stack({ depth: 3, width: 2, inputs: 1 });
    const run = engine.run({ layers, activation: 'relu', scheme: 'he-normal', batch: 1, seed }).layers;
    run.forEach(({ activations, theory }, i) => {
      died[i] += Number(activations.rms === 0);
      assert.ok(Math.abs(Number(theory?.died) - (1 - 0.75 ** (i + 1))) < 1e-12);
    });
    if (run[2].activations.rms === 0) assert.equal(agreement(run).kind, 'died');
  }
  for (const [i, count] of died.entries()) {
    const p = 1 - 0.75 ** (i + 1);
    // four standard errors of a share of 2000
    assert.ok(Math.abs(count / SEEDS - p) < 4 * Math.sqrt((p * (1 - p)) / SEEDS), `layer ${i + 1}: ${count}, for ${p}`);
  }
  assert.deepEqual([made([0, Number.NEGATIVE_INFINITY]).within, made([0, Number.NEGATIVE_INFINITY]).compared], [1, 2]);
});

test('a network of width 2 that has died is not said to agree', () => {
  const layers = stack({ depth: 10, width: 2, inputs: 1 });
  const run = engine.run({
    layers,
    activation: 'relu',
    scheme: 'he-normal',
    batch: 64,
    seed: 1,
    backward: true,
  }).layers;
  const dead = run.findIndex(({ activations }) => activations.rms === 0) + 1;
  assert.equal(dead, 2);
  const found = agreement(run);
  assert.deepEqual([found.kind, found.died, found.chance], ['died', 2, 0.4375]);
  assert.equal(
    agreementWords(found, agreement(run, 'backward')),
    'The signal has died: all activations are 0 from layer 2 on. At this width that has probability 44% for one ' +
      'input, and at most that for a whole batch.',
  );
});

test('where too many networks die theory has no band, the sentence says so, and none is drawn', () => {
  let judged = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const layers = stack({ depth: 5, width: 6 });
    const run = engine.run({ layers, activation: 'relu', scheme: 'he-normal', batch: 4, seed, backward: true });
    const found = agreement(run.layers);
    if (found.kind === 'died') continue;
    judged++;
    assert.equal(found.narrow, 4); // in layer 1 no layer below can have died
    assert.match(agreementWords(found, agreement(run.layers, 'backward')), /; for 4 more it has no band at this width/);
    assert.equal(agreement(run.layers, 'backward').kind, 'narrow');
    const [, deltas, activations] = rmsCurves('A', /** @type {any} */ (run));
    for (const { band } of [deltas, activations]) {
      assert.deepEqual([band?.lo, band?.hi], [Array(6).fill(undefined), Array(6).fill(undefined)]);
    }
  }
  assert.ok(judged > 10);
});

test('theory agrees with real networks backward too: every activation, both losses, ten seeds', () => {
  for (const { name } of engine.activations) {
    for (const loss of /** @type {const} */ (['random', 'cross-entropy'])) {
      let agrees = 0;
      for (let seed = 1; seed <= 10; seed++) {
        const layers = stack({ depth: 12, width: 128, outputs: 10 });
        const spec = { layers, activation: name, scheme: 'lecun-normal', batch: 16, seed, backward: true, loss };
        layers[11].activation = 'linear';
        const run = engine.run(spec).layers;
        const back = agreement(run, 'backward');
        assert.equal(back.compared, loss === 'random' ? 12 : 11); // the layer where cross-entropy begins is measured, not predicted
        agrees += Number(back.kind === 'agrees');
        assert.match(agreementWords(agreement(run), back), /, forward and backward\.$| Backward: /);
      }
      assert.ok(agrees >= 9, `${name}, ${loss}: ${agrees} of 10`);
    }
  }
});

test('one sentence covers both directions if theory agrees equally well in them, else each has its own', () => {
  const all = made(Array(20).fill(0.5));
  const most = { ...all, within: 18 };
  assert.equal(agreementWords(all, all), 'As theory predicts, in all 20 layers, forward and backward.');
  assert.equal(agreementWords(most, most), 'As theory predicts, in 18 of 20 layers, forward and backward.');
  assert.equal(
    agreementWords(all, most),
    'As theory predicts, in all 20 layers. Backward: as predicted, in 18 of 20 layers.',
  );
  assert.equal(
    agreementWords({ ...all, bordered: 3 }, all),
    'As theory predicts, in all 20 layers, forward and backward; in 3 more, padding affects every position.',
  );
});

test('one layer that strays far is no disagreement, but a drift is', () => {
  const flat = Array.from({ length: 20 }, () => 0.25);
  assert.equal(made([...flat.slice(1), -1.95]).kind, 'agrees');
  assert.equal(words(made([...flat.slice(1), -1.95])), 'As theory predicts, in 19 of 20 layers.');
  const drift = flat.map((_, i) => -0.45 * i);
  assert.equal(
    words(made(drift)),
    'Smaller than theory predicts: preactivations lie below its band in layers 4 to 20.',
  );
  assert.equal(
    words(made(drift.map((d) => -d))),
    'Larger than theory predicts: preactivations lie above its band in layers 4 to 20.',
  );
  assert.equal(made([...Array(4).fill(1.25), 0, 0]).kind, 'less');
  assert.equal(made([...flat, 5, 0, -5, 5, -5, 5]).kind, 'apart');
  assert.equal(made([...flat, ...flat, ...flat, 2, 2, 2, 2, 2]).kind, 'less');
});

test('the sentence says so if theory does not apply or there is nothing to compare', () => {
  /** @type {any} */
  const sum = { layers: [...stack({ depth: 2, width: 64 }), { kind: 'add', over: 1 }] };
  const said = (/** @type {any} */ scheme) => words(agreement(engine.run({ ...sum, scheme, batch: 4 }).layers));
  assert.equal(said('constant'), 'Mean-field theory does not apply to constant weights.');
  assert.match(said('uniform-positive'), /whose mean is not 0/);
  assert.equal(words(judge({ scheme: 'constant' })), 'Theory has no band for these weights.');
  assert.equal(judge({ scheme: 'zeros' }).kind, 'absent');
  assert.match(words(judge({ scheme: 'orthogonal', width: 16 })), /orthogonal weights of fewer than 64/);
  assert.equal(
    judge({ scheme: { name: 'normal', std: 100 }, gain: 100, width: 4096, depth: 1, batch: 1 }).kind,
    'agrees',
  );
  assert.equal(made([Number.NaN]).kind, 'incomparable');
});

test('an exploding network is compared up to its last finite layer', () => {
  const found = judge({ scheme: { name: 'normal', std: 1 }, depth: 60 });
  assert.equal(found.kind, 'agrees');
  assert.ok(found.compared > 20 && found.compared < 50);
});

test('the curves over depth show rms with theory and its band, and gaps for layers that are not there yet', () => {
  const whole = engine.run({ layers: stack({ depth: 5, width: 128 }), batch: 16, backward: true });
  const network = /** @type {any} */ ({ ...whole, passed: 5, done: true });
  const [gradients, deltas, activations] = rmsCurves('A', network);
  assert.equal(activations.measured[0], whole.input.rms);
  assert.equal(activations.measured[3], whole.layers[2].activations.rms);
  assert.equal(activations.theory[3], Math.sqrt(whole.layers[2].theory?.aSquare ?? 0));
  assert.ok(Number(activations.band?.lo[3]) < Number(activations.theory[3]));
  assert.ok(Number(activations.band?.hi[3]) > Number(activations.theory[3]));
  assert.deepEqual([deltas.measured[0], deltas.measured[5]], [undefined, whole.layers[4].deltas?.rms]);
  assert.equal(gradients.theory[1], Math.sqrt(whole.layers[0].backTheory?.gradientSquare ?? 0));
  const forward = engine.run({ layers: stack({ depth: 5, width: 8 }), batch: 4 });
  assert.deepEqual(rmsCurves('B', /** @type {any} */ (forward))[1].measured, Array(6).fill(undefined));
});

test('dead units have a curve where the activation can kill units, and a gap elsewhere', () => {
  const curve = (/** @type {string} */ activation, /** @type {string} */ scheme, /** @type {string} */ last) => {
    const layers = stack({ depth: 3, width: 16 });
    layers[2].activation = last;
    const run = engine.run({ layers, activation, scheme, batch: 4 });
    return deadCurve('A', /** @type {any} */ (run)).measured.map((value) => value !== undefined);
  };
  assert.deepEqual(curve('relu', 'he-normal', 'linear'), [false, true, true, false]);
  assert.deepEqual(curve('tanh', 'he-normal', 'tanh'), [false, false, false, false]);
  assert.deepEqual(curve('tanh', 'zeros', 'relu'), [false, true, true, true]);
});

test('a layer without a finite value has no share of dead units', () => {
  const run = engine.run({ layers: stack({ depth: 10, width: 64 }), scheme: 'he-normal', gain: 1e6, batch: 4 });
  const { measured } = deadCurve('A', /** @type {any} */ (run));
  const finite = run.layers.map(({ activations }) => activations.nonFinite < activations.size);
  assert.ok(finite.includes(true) && finite.includes(false));
  assert.deepEqual(
    measured.slice(1).map((share) => share !== undefined),
    finite,
  );
});

test('orthogonal and sparse weights have no band, and the sentence says so', () => {
  for (const scheme of ['orthogonal', 'sparse']) {
    assert.equal(judge({ scheme, activation: 'tanh' }).kind, 'bandless');
    const [{ theory }] = engine.run({ layers: stack({ depth: 1, width: 128 }), scheme, batch: 2 }).layers;
    assert.ok(theory && theory.zSquare > 0 && Number.isNaN(theory.zLogStd) && Number.isNaN(theory.aLow));
  }
});

test('layers above orthogonal or sparse weights have no band either', () => {
  for (const scheme of ['orthogonal', 'sparse']) {
    const layers = stack({ depth: 4, width: 128 }).map((layer, i) => (i === 1 ? { ...layer, scheme } : layer));
    const run = engine.run({ layers, scheme: 'lecun-normal', activation: 'tanh', batch: 2, backward: true });
    const known = run.layers.map(({ theory }) => !Number.isNaN(theory?.zLogStd) && !Number.isNaN(theory?.zLow));
    assert.deepEqual(known, [true, false, false, false], scheme);
  }
});
