/*
 * Runs that take over what the last one has passed, and runs of which not all is observed: each result is what a run by
 * itself gives, to the last bit.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { stack } from '../../web/engine.js';
import { OBSERVABLE } from '../../web/spec.js';
import { engine, room, SEED, spec } from './arbitrary.js';

const good = { layers: stack({ depth: 6, width: 24 }), batch: 5, backward: true };

/** @param {{ steps: (spec: any) => Iterable<any> }} of @param {any} asked */
const all = (of, asked) => [...of.steps(asked)];

/** Whose result is the same object as in the run before. @param {any[]} steps @param {any[]} before */
const shared = (steps, before) => steps.filter((step, i) => step.weights && step.weights === before[i]?.weights).length;

test('a run takes over the first layers that it has in common with the last', () => {
  const cases = /** @type {[what: string, spec: any, layers: number][]} */ ([
    ['the same', {}, 6],
    ['deeper', { layers: stack({ depth: 9, width: 24 }) }, 6],
    ['shallower', { layers: stack({ depth: 2, width: 24 }) }, 2],
    ['another layer', { layers: good.layers.map((l, i) => (i === 3 ? { ...l, activation: 'tanh' } : l)) }, 3],
    ['another last layer', { layers: stack({ depth: 6, width: 24, outputs: 3 }) }, 5],
    ['another loss', { loss: 'cross-entropy' }, 6],
    ['wider', { layers: stack({ depth: 6, width: 25 }) }, 0],
    ['another gain', { gain: 1.1 }, 0],
    ['another seed', { seed: 2 }, 0],
    ['a larger batch', { batch: 6 }, 0],
    ['another input', { input: 'uniform' }, 0],
    ['an input that is given', { input: new Float32Array(5 * 24).fill(1) }, 0],
    ['forward alone', { backward: false }, 0],
    ['less observed', { observe: ['weights'] }, 0],
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

test('a rule of another name that gives the same is called by its own', () => {
  const series = engine.series();
  const before = all(series, { ...good, scheme: 'he-normal' });
  const other = { ...good, scheme: { name: 'variance-scaling', scale: 2, mode: 'fan_in', distribution: 'normal' } };
  const steps = all(series, other);
  assert.equal(shared(steps, before), 6);
  assert.equal(steps[0].scheme, 'variance-scaling');
  assert.equal(before[0].scheme, 'he-normal');
  assert.deepEqual(steps, all(engine, other));
  series.end();
});

test('a rule that goes by the depth of the network is not taken over by a deeper one', () => {
  const known = engine.schemes.find(({ mode }) => mode === 'depth');
  const of = (/** @type {any[]} */ some) => ({
    ...good,
    layers: some.map((layer, i) => (i === 2 ? { ...layer, scheme: known?.name } : layer)),
  });
  const deeper = of([...good.layers, ...good.layers]);
  const series = engine.series();
  const before = all(series, of(good.layers));
  const steps = all(series, deeper);
  assert.equal(shared(steps, before), 2);
  assert.deepEqual(steps, all(engine, deeper));
  series.end();
});

test('whatever runs follow each other, wherever one was left, each is as by itself', () => {
  const link = fc.tuple(spec, fc.option(spec, { freq: 3 }), fc.nat({ max: 14 }));
  fc.assert(
    fc.property(fc.array(link, { minLength: 2, maxLength: 5 }), (links) => {
      const series = engine.series();
      let last = /** @type {any} */ (null);
      for (const [own, other, left] of links) {
        // most often the last with more layers or with fewer
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

/** What a call gives, or the message of its error. @param {() => any} call */
function attempt(call) {
  try {
    return { value: call() };
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    return { error: String(error) };
  }
}

test('a series holds one network, and gives it up for one that would not fit beside it', () => {
  const before = room();
  const series = engine.series();
  const large = { layers: stack({ depth: 2, width: 2048, inputs: 1 }), batch: 1024, backward: true };
  for (let seed = 0; seed < 4; seed++) {
    for (const _ of series.steps({ ...large, seed })) break;
  }
  series.end();
  assert.equal(room(), before);
  series.end(); // of one that has ended there is nothing to end
  assert.deepEqual(all(series, good), all(engine, good));
  series.end();
});

test('a run that another has followed on is over', () => {
  const series = engine.series();
  const first = series.steps(good);
  first.next();
  assert.equal(all(series, good).length, 12);
  assert.throws(() => first.next(), /another run of the series has begun/);
  series.end();
});

test('what is not observed is null, and nothing else changes', () => {
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
});
