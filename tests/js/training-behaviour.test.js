/**
 * What a training promises, whatever its numbers: the same bits from a checkpoint as from the start, observed or not, one
 * by one or in a row; reading changes nothing; each epoch takes each example once; a diverged loss is told. Numbers are
 * compared in training.test.js, runs are stopped in training-stopping.test.js, and what is refused is in
 * training-refusals.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { generator } from './cases.js';
import { lossOf, netOf } from './plain-training.js';
import { difference } from './reference.js';
import { batchesOf, orderOf } from './training-order.js';

const engine = /** @type {any} */ (await loadEngine());

const EXAMPLES = 20;
const SEED = 3;
const BATCH = 6; /* neither divides the other: batches reach into the next epoch */
const [VALUES, CLASSES] = [32, 4];

/** @param {number} n @param {number} seed */
function examplesOf(n, seed) {
  const random = generator(seed);
  return {
    inputs: Float32Array.from({ length: n * VALUES }, () => 3 * random() - 1.5),
    labels: Uint8Array.from({ length: n }, () => CLASSES * random()),
  };
}

const image = { kind: 'conv', size: [4, 4], channelsIn: 2, kernel: [3, 3], channelsOut: 3 };
/** @type {Record<string, any[]>} */
const LAYERS = {
  dense: [
    { kind: 'dense', inputs: VALUES, units: 9 },
    { kind: 'dense', units: 7, activation: 'tanh' },
    { kind: 'dense', units: CLASSES, activation: 'linear' },
  ],
  images: [image, { kind: 'max-pool', window: [2, 2] }, { kind: 'dense', units: CLASSES, activation: 'linear' }],
};
const RATES = { sgd: 0.1, momentum: 0.02, nesterov: 0.02, adam: 0.01 };

/** @param {any} [change] of the spec @returns {any} */
const specOf = (change) => ({
  layers: LAYERS.dense,
  batch: BATCH,
  seed: SEED,
  bias: { name: 'normal', std: 0.1 },
  ...change,
});

/** @param {any} [change] @returns {any} */
const optionsOf = (change) => ({ data: examplesOf(EXAMPLES, 1), heldOut: examplesOf(5, 2), rate: 0.1, ...change });

/** @param {any} [spec] @param {any} [options] @returns {any} */
const start = (spec, options) => engine.training(specOf(spec), optionsOf(options));

/** All that a training can show without a step. @param {any} training @param {any[]} layers */
const stateOf = (training, layers = LAYERS.dense) => ({
  saved: training.save(),
  weights: layers.map((_, l) => (_.kind.endsWith('pool') ? null : training.weights(l + 1))),
  biases: layers.map((_, l) => (_.kind.endsWith('pool') ? null : training.biases(l + 1))),
  train: training.evaluate('train'),
  heldOut: training.evaluate('heldOut'),
});

/** @param {any} training @param {number} steps @param {boolean} [observe] */
const take = (training, steps, observe) => Array.from({ length: steps }, () => training.step(observe));

for (const [name, layers] of Object.entries(LAYERS)) {
  for (const [optimizer, rate] of Object.entries(RATES)) {
    test(`${name}, ${optimizer}: step 37 from a checkpoint at 20 has the bits of a run from the start`, () => {
      const fresh = start({ layers }, { optimizer, rate });
      const early = take(fresh, 20);
      const saved = fresh.save();
      assert.deepEqual([saved.step, 4 * saved.values.length], [20, fresh.bytes]);
      const kept = structuredClone(saved);
      const late = take(fresh, 17, true);
      const expected = stateOf(fresh, layers);
      assert.deepEqual(saved, kept); /* a copy: later steps do not reach it */
      const replayed = start({ layers }, { optimizer, rate });
      replayed.restore(saved);
      assert.deepEqual(take(replayed, 17, true), late);
      assert.deepEqual(stateOf(replayed, layers), expected);
      fresh.restore(saved); /* and back in the same training */
      assert.deepEqual(take(fresh, 17, true), late);
      assert.deepEqual(stateOf(fresh, layers), expected);
      assert.ok(late[16].loss < early[0].loss);
      for (const training of [fresh, replayed]) training.end();
    });

    test(`${name}, ${optimizer}: steps give the same bits whether they are observed or not`, () => {
      const [seen, unseen] = [start({ layers }, { optimizer, rate }), start({ layers }, { optimizer, rate })];
      for (let s = 0; s < 9; s++) {
        const { layers: observed, ...result } = seen.step(s % 3 !== 1);
        assert.deepEqual(unseen.step(), result);
        assert.equal(observed?.length ?? 0, s % 3 === 1 ? 0 : layers.length);
      }
      assert.deepEqual(stateOf(seen, layers), stateOf(unseen, layers));
      for (const training of [seen, unseen]) training.end();
    });
  }
}

test('a run that tells every seventh step gives what single steps give', () => {
  const rates = [
    [10, 0.02],
    [25, 0.3],
    [30, 0],
  ];
  const single = start();
  const results = Array.from({ length: 35 }, (_, i) => {
    for (const [step, rate] of rates) if (step === i + 1) single.setRate(rate);
    return single.step();
  });
  assert.deepEqual(
    [results[8], results[9], results[24], results[29]].map(({ rate }) => rate),
    [0.1, 0.02, 0.3, 0],
  );
  const run = { ...optionsOf(), steps: 35, rates };
  const told = [...engine.train(specOf(), { ...run, every: 7 })];
  assert.deepEqual(
    told,
    [7, 14, 21, 28, 35].map((step) => results[step - 1]),
  );
  assert.deepEqual([...engine.train(specOf(), run)], results);
  single.end();
});

test('looking, evaluating and reading change nothing', () => {
  const [quiet, curious] = [
    start(undefined, { optimizer: 'adam', rate: 0.01 }),
    start(undefined, { optimizer: 'adam', rate: 0.01 }),
  ];
  for (let s = 0; s < 5; s++) {
    const seen = curious.look();
    assert.deepEqual(curious.look(), seen);
    curious.evaluate('train');
    curious.evaluate('heldOut');
    curious.outputs(examplesOf(17, 9).inputs);
    assert.deepEqual(curious.look(), seen);
    const { layers, loss, accuracy, step } = curious.step(true);
    const without = (/** @type {any[]} */ list) => list.map(({ updateRatio, ...rest }) => rest);
    assert.deepEqual([seen.step, step], [s, s + 1]);
    assert.deepEqual([seen.loss, seen.accuracy, without(seen.layers)], [loss, accuracy, without(layers)]);
    quiet.step();
  }
  assert.ok(curious.look().layers.every((/** @type {any} */ { updateRatio }) => updateRatio === null));
  assert.deepEqual(stateOf(curious), stateOf(quiet));
  for (const training of [quiet, curious]) training.end();
});

test('before the first step, layers are those of a run on the same examples', () => {
  const training = start({ batch: EXAMPLES });
  const { data } = optionsOf();
  const order = orderOf(engine, SEED, EXAMPLES, EXAMPLES);
  const input = Float32Array.from({ length: EXAMPLES * VALUES }, (_, i) => {
    return data.inputs[order[Math.floor(i / VALUES)] * VALUES + (i % VALUES)];
  });
  const spec = specOf({ batch: EXAMPLES, input });
  const { layers, loss } = training.look();
  const expected = lossOf(netOf(training, spec), data);
  engine.run(spec).layers.forEach((/** @type {any} */ run, /** @type {number} */ l) => {
    assert.deepEqual(training.weights(l + 1), engine.tensor(spec, 'weights', l + 1));
    const { theory, fixedPoint, ...passed } = run;
    for (const [key, value] of Object.entries(passed)) {
      if (key !== 'input') assert.deepEqual(layers[l][key], value, `${key} of layer ${l + 1}`);
    }
    assert.equal(layers[l].theory, null);
    /* gradients are those of the mean over the batch */
    const rms = Math.sqrt(expected.weights[l].reduce((sum, g) => sum + g * g, 0) / expected.weights[l].length);
    assert.ok(Math.abs(layers[l].weightGradients.rms / rms - 1) < 1e-5, `${layers[l].weightGradients.rms} for ${rms}`);
  });
  assert.ok(Math.abs(loss - expected.loss) < 1e-5);
  training.end();
});

test('the ratio of update to weight is that of their standard deviations', () => {
  /* 70 rows of weights: the engine moves 64 at a time */
  const wide = [LAYERS.dense[0], { kind: 'dense', units: 70, activation: 'tanh' }, LAYERS.dense[2]];
  const training = start({ layers: wide }, { rate: 0.5 });
  const numbers = wide.map((_, l) => l + 1);
  const std = (/** @type {ArrayLike<number>} */ values) => {
    const all = Array.from(values);
    const mean = all.reduce((sum, v) => sum + v, 0) / all.length;
    return Math.sqrt(all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / all.length);
  };
  for (let s = 0; s < 5; s++) {
    const before = numbers.map((l) => training.weights(l).slice());
    const { layers } = training.step(true);
    numbers.forEach((l, i) => {
      const update = training.weights(l).map((/** @type {number} */ w, /** @type {number} */ k) => w - before[i][k]);
      const expected = std(update) / std(before[i]);
      /* the weights are rounded to 2^-24 of at most 1, updates are of 1e-3 and more */
      assert.ok(
        expected > 1e-3 && Math.abs(layers[i].updateRatio / expected - 1) < 1e-3,
        `${layers[i].updateRatio} for ${expected}`,
      );
    });
  }
  training.end();
});

/** @param {number[][]} batches */
const together = (batches) => batches.reduce((sum, batch) => sum.map((n, i) => n + batch[i]));

test('an epoch takes each example once, in an order of its own', () => {
  const epochs = [0, 1, 2].map((e) => batchesOf(engine, SEED, EXAMPLES, 5, 12).slice(4 * e, 4 * e + 4));
  for (const epoch of epochs) assert.deepEqual(together(epoch), Array(EXAMPLES).fill(1));
  const orders = epochs.map((epoch) => JSON.stringify(epoch));
  assert.equal(
    new Set([...orders, JSON.stringify(batchesOf(engine, SEED + 1, EXAMPLES, 5, 4))]).size,
    4,
    'epochs and seeds have other orders',
  );
});

test('batches are pieces of one row of epochs', () => {
  /* 10 batches of 6 are 3 epochs of 20; a batch of 1 shows the row itself */
  const row = orderOf(engine, SEED, EXAMPLES, 60);
  const expected = Array.from({ length: 10 }, (_, s) =>
    together(
      row.slice(6 * s, 6 * s + 6).map((place) => Array.from({ length: EXAMPLES }, (_, i) => Number(i === place))),
    ),
  );
  assert.deepEqual(batchesOf(engine, SEED, EXAMPLES, BATCH, 10), expected);
  assert.deepEqual(together(expected), Array(EXAMPLES).fill(3));
});

test('units that start as copies stay copies', () => {
  for (const scheme of ['zeros', { name: 'constant', value: 0.1 }]) {
    const training = start({ scheme, bias: 'zeros', activation: 'tanh' }, { rate: 0.05 });
    take(training, 50);
    const columns = [9, 7];
    columns.forEach((units, l) => {
      training.weights(l + 1).forEach((/** @type {number} */ w, /** @type {number} */ i, /** @type {any} */ all) => {
        assert.equal(w, all[i - (i % units)]);
      });
      assert.equal(new Set(training.biases(l + 1)).size, 1);
    });
    const { layers } = training.look();
    assert.deepEqual(
      layers.slice(0, 2).map((/** @type {any} */ { copies }) => copies),
      [true, true],
    );
    assert.ok(
      training.biases(3).some((/** @type {number} */ b) => b !== 0),
      'the output layer learns',
    );
    if (scheme !== 'zeros') assert.notEqual(training.weights(1)[0], Math.fround(0.1));
    training.end();
  }
});

test('a layer without weights has no weights, biases and ratio', () => {
  const training = start({ layers: LAYERS.images });
  assert.deepEqual([training.weights(2).length, training.biases(2).length], [0, 0]);
  assert.equal(training.step(true).layers[1].updateRatio, null);
  training.end();
});

test('a rate of 0 moves nothing', () => {
  for (const optimizer of Object.keys(RATES)) {
    const training = start(undefined, { optimizer, rate: 0 });
    const before = [1, 2, 3].flatMap((l) => [training.weights(l), training.biases(l)]);
    const results = take(training, 8, true);
    assert.deepEqual(
      [1, 2, 3].flatMap((l) => [training.weights(l), training.biases(l)]),
      before,
    );
    assert.ok(
      results.every(({ diverged, layers }) => !diverged && layers.every((/** @type {any} */ l) => l.updateRatio === 0)),
    );
    training.end();
  }
});

test('a diverged loss is told, and the run goes on', () => {
  const layers = stack({ depth: 3, width: VALUES });
  const data = { inputs: examplesOf(EXAMPLES, 1).inputs, targets: examplesOf(EXAMPLES, 2).inputs };
  const training = engine.training(
    { layers, activation: 'linear', batch: BATCH },
    { data, loss: 'squared-error', rate: 1e6 },
  );
  const results = take(training, 12);
  assert.deepEqual(
    results.map(({ step }) => step),
    Array.from({ length: 12 }, (_, i) => i + 1),
  );
  assert.equal(results[0].diverged, false);
  for (const { loss, diverged } of results) assert.equal(diverged, !Number.isFinite(loss));
  assert.equal(results[11].diverged, true);
  assert.ok(training.look().layers.some((/** @type {any} */ { weights }) => weights.nonFinite > 0));
  training.end();
});

test('an infinite loss has diverged, too', () => {
  const data = { inputs: Float32Array.of(1e30), targets: Float32Array.of(1e30) };
  const layers = [{ kind: 'dense', inputs: 1, units: 1, activation: 'linear' }];
  const options = { data, loss: 'squared-error', rate: 1, steps: 2 };
  const results = [...engine.train({ layers, scheme: 'zeros', batch: 1 }, options)];
  assert.equal(results[1].loss, Infinity);
  assert.deepEqual(
    results.map(({ diverged }) => diverged),
    [false, true],
  );
});

test('two trainings side by side do not touch one another', () => {
  const alone = start();
  take(alone, 10);
  const expected = stateOf(alone);
  alone.end();
  const [one, two] = [start(), start({ seed: 9, layers: LAYERS.images }, { optimizer: 'adam', rate: 0.01 })];
  for (let s = 0; s < 10; s++) {
    one.step(s % 2 === 0);
    two.step(s % 3 === 0);
    engine.run({ layers: LAYERS.dense });
  }
  assert.deepEqual(stateOf(one), expected);
  for (const training of [one, two]) training.end();
});

test('outputs and evaluations agree with double precision, for any number of rows', () => {
  const training = start(undefined, { rate: 0.05 });
  take(training, 7);
  const net = netOf(training, specOf());
  for (const n of [1, 5, 6, 7, 20]) {
    const { inputs, labels } = examplesOf(n, 4);
    const outputs = training.outputs(inputs);
    /* three sums of at most 32 terms: 2^-24 (3 sqrt(32) + 10), and five times as far out; see backward.test.js */
    assert.ok(difference(outputs, lossOf(net, { inputs, labels }).outputs) < 1e-5);
    assert.deepEqual(
      training.outputs(inputs.slice(-VALUES)),
      outputs.slice(-CLASSES),
    ); /* whatever rows stand beside it */
  }
  const { data, heldOut } = optionsOf();
  for (const [name, examples] of Object.entries({ train: data, heldOut })) {
    const expected = lossOf(net, examples);
    const { loss, accuracy } = training.evaluate(name);
    assert.ok(Math.abs(loss - expected.loss) < 1e-5, `${loss} for ${expected.loss}`);
    assert.ok(Math.abs(accuracy - Number(expected.accuracy)) < 1e-12);
  }
  training.end();
});
