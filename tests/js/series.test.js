/*
 * A series of runs. Each run reuses the first layers that it shares with the run before, and may observe only some
 * tensors. Every result equals that of a separate run, to the last bit. How much faster this is, is not tested here.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { OBSERVABLE } from '../../web/engine/spec.js';
import { engine, room, SEED, spec } from './arbitrary.js';

const good = { layers: stack({ depth: 6, width: 24 }), batch: 5, backward: true };

/** @param {{ steps: (spec: any) => Iterable<any> }} runner @param {any} asked */
const all = (runner, asked) => [...runner.steps(asked)];

/** How many results are the same objects as in the run before. @param {any[]} steps @param {any[]} before */
const shared = (steps, before) => steps.filter((step, i) => step.weights && step.weights === before[i]?.weights).length;

test('a run reuses the first layers that it shares with the run before, apart from the last of these', () => {
  const cases = /** @type {[what: string, spec: any, layers: number][]} */ ([
    ['the same', {}, 5],
    ['deeper', { layers: stack({ depth: 9, width: 24 }) }, 5],
    ['shallower', { layers: stack({ depth: 2, width: 24 }) }, 1],
    ['another layer', { layers: good.layers.map((l, i) => (i === 3 ? { ...l, activation: 'tanh' } : l)) }, 2],
    ['another last layer', { layers: stack({ depth: 6, width: 24, outputs: 3 }) }, 4],
    ['another loss', { loss: 'cross-entropy' }, 5],
    ['wider', { layers: stack({ depth: 6, width: 25 }) }, 0],
    ['another gain', { gain: 1.1 }, 0],
    ['another seed', { seed: 2 }, 0],
    ['a larger batch', { batch: 6 }, 0],
    ['another input', { input: 'uniform' }, 0],
    ['an input that is given', { input: new Float32Array(5 * 24).fill(1) }, 0],
    ['forward alone', { backward: false }, 0],
    ['less observed', { observe: ['weights'] }, 0],
    ['a layer less observed', { layers: good.layers.map((l, i) => (i === 3 ? { ...l, observe: [] } : l)) }, 2],
  ]);
  for (const [what, change, layers] of cases) {
    const series = engine.series();
    const before = all(series, good);
    const steps = all(series, { ...good, ...change });
    assert.equal(shared(steps, before), layers, what);
    assert.deepEqual(steps, all(engine, { ...good, ...change }), what);
    series.end();
  }
});

test('a network that takes most of the memory fits after smaller ones, close in size or not', async () => {
  const spec = (/** @type {number} */ width, batch = 8) => ({
    layers: stack({ kind: 'conv', depth: 7, inputs: 3, width, kernel: [5, 5], size: [32, 32] }),
    batch,
    backward: true,
  });
  const begin = (/** @type {any} */ series, /** @type {any} */ asked) => series.steps(asked, true).next();
  for (const widths of [
    [128, 256],
    [8, 64, 256],
    [64, 256, 279, 128, 256],
  ]) {
    const series = (await loadEngine()).series();
    for (const width of widths) begin(series, spec(width));
    series.end();
  }
  const fresh = await loadEngine();
  for (const batch of [7, 8]) for (const _ of fresh.steps(spec(256, batch), true)) break;
});

test('the weights kept of a large network leave room for the next, which reuses its layers', () => {
  const wide = (/** @type {number} */ depth) => ({ layers: stack({ depth, width: 1024 }), batch: 256, backward: true });
  const series = engine.series();
  const forward = (/** @type {number} */ depth) => {
    const steps = [];
    for (const step of series.steps(wide(depth))) if (steps.push(step) === depth) return steps;
    return steps;
  };
  const before = forward(20);
  assert.equal(shared(forward(21), before), 19);
  series.end();
});

test('a run names its own scheme, even if it reuses layers of an equal scheme with another name', () => {
  const series = engine.series();
  const before = all(series, { ...good, scheme: 'he-normal' });
  const other = { ...good, scheme: { name: 'variance-scaling', scale: 2, mode: 'fan_in', distribution: 'normal' } };
  const steps = all(series, other);
  assert.equal(shared(steps, before), 5);
  assert.equal(steps[0].scheme, 'variance-scaling');
  assert.equal(before[0].scheme, 'he-normal');
  assert.deepEqual(steps, all(engine, other));
  series.end();
});

test('a deeper network does not reuse a layer whose scheme depends on the depth', () => {
  const known = engine.schemes.find(({ mode }) => mode === 'depth');
  const specOf = (/** @type {any[]} */ some) => ({
    ...good,
    layers: some.map((layer, i) => (i === 2 ? { ...layer, scheme: known?.name } : layer)),
  });
  const deeper = specOf([...good.layers, ...good.layers]);
  const series = engine.series();
  const before = all(series, specOf(good.layers));
  const steps = all(series, deeper);
  assert.equal(shared(steps, before), 1);
  assert.deepEqual(steps, all(engine, deeper));
  series.end();
});

test('in any series, wherever runs are abandoned, each run gives what a separate run gives', () => {
  const link = fc.tuple(spec, fc.option(spec, { freq: 3 }), fc.nat({ max: 14 }));
  fc.assert(
    fc.property(fc.array(link, { minLength: 2, maxLength: 5 }), (links) => {
      const series = engine.series();
      let last = /** @type {any} */ (null);
      for (const [own, other, left] of links) {
        // most often the spec before, with more layers or fewer
        const layers = last && other ? [...last.layers, ...own.layers].slice(0, 1 + left) : own.layers;
        const asked = { ...(last && other ? last : own), layers, backward: left % 4 > 0 };
        const expected = attempt(() => all(engine, asked));
        if (left > 10) {
          assert.deepEqual(
            attempt(() => all(series, asked)),
            expected,
          );
        } else {
          let i = 0;
          attempt(() => {
            for (const step of series.steps(asked)) {
              assert.deepEqual(step, expected.value[i]);
              if (i++ >= left) break;
            }
          });
        }
        last = asked;
      }
      series.end();
    }),
    { seed: SEED, numRuns: 300 },
  );
});

/** The value of a call, or the message of its error. @param {() => any} call */
function attempt(call) {
  try {
    return { value: call() };
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    return { error: String(error) };
  }
}

test('a series holds one network, and frees it for one that would not fit beside it', () => {
  const large = { layers: stack({ depth: 40, width: 4096, inputs: 1 }), batch: 1024, backward: true };
  const { bytes, limit } = engine.memory(large);
  assert.ok(2 * bytes > limit);
  for (const _ of engine.steps(large)) break; // the engine now has the memory for it
  const before = room();
  const series = engine.series();
  for (let seed = 0; seed < 4; seed++) {
    for (const _ of series.steps({ ...large, seed })) break;
  }
  series.end();
  assert.equal(room(), before);
  series.end(); // ending twice does no harm
  assert.deepEqual(all(series, good), all(engine, good));
  series.end();
});

test('a run is over as soon as another starts or the series ends', () => {
  const series = engine.series();
  const runs = [1, 2, 3].map((seed) => series.steps({ ...good, seed }));
  for (const run of runs) run.next();
  for (const run of runs.slice(0, 2)) assert.throws(() => run.next(), /this run is over/);
  assert.equal(/** @type {any} */ (runs[2].next().value).layer, 2);
  series.end();
  const next = series.steps({ ...good, seed: 9 }); // it may get the memory of the one before
  next.next();
  assert.throws(() => runs[2].next(), /this run is over/);
  assert.equal([...next].length, 11);
  series.end();
});

test('0 and -0 count as different', () => {
  const series = engine.series();
  for (const value of [0, -0]) {
    const asked = { ...good, scheme: { name: 'constant', value } };
    assert.deepEqual(all(series, asked), all(engine, asked));
  }
  series.end();
});

test('the first layer that is not reused passes in parts', () => {
  const wide = { layers: stack({ kind: 'conv', depth: 3, width: 64, kernel: [11, 11], size: [8, 8] }), batch: 2 };
  const passed = (/** @type {any} */ runner, /** @type {any} */ asked) => [
    ...runner.steps({ ...asked, backward: true }, true),
  ];
  const isPart = (/** @type {any} */ step) => typeof step === 'number';
  const alone = passed(engine, wide);
  const parts = alone.findIndex((step) => !isPart(step)); // number of parts of the first layer
  assert.ok(parts > 0);
  const series = engine.series();
  passed(series, wide); // the engine now has the memory for it
  passed(series, { ...wide, layers: wide.layers.slice(0, 2) });
  const steps = passed(series, wide);
  assert.equal(steps.filter(isPart).length, alone.filter(isPart).length - parts);
  assert.ok(isPart(steps[1])); // step 0 is the reused layer
  series.end();
});

test('tensors that are not observed are null, and nothing else changes', () => {
  const whole = engine.run({ ...good, layers: [...stack({ kind: 'conv', depth: 2, width: 3, size: [5, 5] })] });
  for (const observe of [[], ['weights'], ['preactivations'], ['activations'], ['weightGradients'], OBSERVABLE]) {
    const run = engine.run({ ...whole.spec, observe });
    run.layers.forEach((layer, i) => {
      const expected = /** @type {any} */ ({ ...whole.layers[i] });
      for (const name of OBSERVABLE) if (!observe.includes(name)) expected[name] = null;
      if (!observe.includes('preactivations')) Object.assign(expected, { correlation: null, places: null });
      assert.deepEqual(layer, expected);
    });
  }
  const layers = whole.spec.layers.map((layer, i) => (i === 1 ? { ...layer, observe: ['activations'] } : layer));
  const [first, second] = engine.run({ ...whole.spec, layers }).layers;
  const { activations } = whole.layers[1];
  assert.deepEqual(first, whole.layers[0]);
  assert.deepEqual([second.activations, second.weights, second.preactivations], [activations, null, null]);
});
