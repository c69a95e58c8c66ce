/*
 * Whatever the engine is given, it either answers as promised or names the field that it refuses. It never traps, never
 * gives a tensor of the wrong size and never leaks memory. Afterwards it computes the same as before. The values come
 * from arbitrary.js. Which specs exactly are refused is in spec.test.js and refusals.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { stack } from '../../web/engine/engine.js';
import { lsuv, tune } from '../../web/engine/lsuv.js';
import { isRefusal, messageOf } from '../../web/engine/refusal.js';
import { checkSpec } from '../../web/engine/spec.js';
import { CONVENTIONS } from '../../web/engine/tables.js';
import { engine, odd, room, SEED, spec, spoilt, Thrown } from './arbitrary.js';

const GOOD = { layers: stack({ depth: 3, width: 24 }), batch: 8, backward: true };
const before = JSON.stringify(engine.run(GOOD));

/** Milliseconds after which the run of a large network is abandoned: it is allowed, but the test does not wait for it.
 * Nothing asserts this time. */
const PATIENCE = 40;

/** The most products of a forward pass that is always run to its end, with its backward pass. */
const SMALL = 2 ** 24;

/** @param {string} name @param {fc.IProperty<any>} property @param {number} runs */
const holds = (name, property, runs) =>
  test(name, (t) => {
    t.diagnostic(`seed ${SEED}, ${runs} values`);
    fc.assert(property, { seed: SEED, numRuns: runs });
    assert.equal(JSON.stringify(engine.run(GOOD)), before);
  });

/**
 * What a call returns, or null where it refuses properly. A proper refusal is data that names the field and survives
 * JSON. An error that the given value itself threw is proper too.
 * @template T @param {() => T} call @returns {T | null}
 */
function answer(call) {
  try {
    return call();
  } catch (error) {
    if (error instanceof Thrown) return null;
    assert.ok(isRefusal(error), `${error}`);
    const { code, field, value, range, message } = error;
    const data = JSON.parse(JSON.stringify({ code, field, value, range }));
    assert.equal(messageOf(data), message);
    assert.ok(field !== null && FIELD.test(field), message);
    return null;
  }
}

/** The path of a refused field. */
const FIELD = /^[a-zA-Z]+(\.length|\[\d+\])?(\.(.|\n)*)?$/;

/** @param {any} summary @param {number} size */
function checkSummary(summary, size) {
  assert.equal(summary.size, size);
  assert.equal(
    summary.counts.reduce((/** @type {number} */ sum, /** @type {number} */ count) => sum + count, 0),
    size - summary.nonFinite,
  );
  for (const share of ['zeros', 'saturated', 'dead']) assert.ok(summary[share] >= 0 && summary[share] <= 1, share);
  assert.ok(summary.min <= summary.max || summary.nonFinite === size);
  if (summary.nonFinite === 0)
    for (const figure of ['mean', 'std', 'rms', 'lo', 'hi']) assert.ok(Number.isFinite(summary[figure]), figure);
}

/** @param {import('../../web/engine/spec.js').CheckedSpec} checked */
const isSmall = ({ layers, batch }) =>
  layers.reduce((sum, { rows, out }) => sum + rows * out.channels * batch * out.height * out.width, 0) <= SMALL;

/** Runs a network, a large one only until PATIENCE is over, and checks each step against the sizes that the spec gives.
 * @param {any} given */
function checkRun(given) {
  const checked = checkSpec(engine, given);
  const { layers, batch, loss } = checked;
  const end = isSmall(checked) ? Infinity : performance.now() + PATIENCE;
  let steps = 0;
  for (const step of /** @type {Iterable<any>} */ (engine.steps(given, true))) {
    if (performance.now() > end) return;
    if (typeof step === 'number') {
      assert.ok(step > 0 && step < 1);
      continue;
    }
    const { rows, out, observe } = layers[step.layer - 1];
    const [weights, outputs] = [rows * out.channels, batch * out.height * out.width * out.channels];
    const back = steps++ >= layers.length;
    assert.equal(step.layer, back ? 2 * layers.length - steps + 1 : steps);
    const sizes = back ? { deltas: outputs, weightGradients: weights } : { weights, activations: outputs };
    for (const [name, size] of Object.entries(sizes)) {
      if (size > 0 && (name === 'deltas' || observe.includes(name))) checkSummary(step[name], size);
      else assert.equal(step[name], null);
    }
    assert.ok(!step.weights || step.weights.nonFinite === 0);
  }
  assert.equal(steps, layers.length * (loss > 0 ? 2 : 1));
}

const roomAtFirst = room();

holds(
  'a good spec runs to the end, with the promised sizes and counts and with finite weights',
  fc.property(spec, (given) => {
    answer(() => checkRun(given));
  }),
  400,
);

holds(
  'a spec with any value in any place runs as promised, or the refusal names the field',
  fc.property(spoilt(spec), (given) => {
    answer(() => checkRun(given));
  }),
  4000,
);

holds(
  'any value at all, given as a spec, runs as promised or is refused by field',
  fc.property(odd, (given) => {
    answer(() => checkRun(given));
  }),
  1000,
);

holds(
  'a tensor has the size that the spec gives, or the refusal names the field',
  fc.property(
    fc.oneof(spec, spoilt(spec)),
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('input', 'weights', 'activations', 'deltas', 'weightGradients') },
      odd,
    ),
    fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) }, odd),
    fc.oneof({ weight: 8, arbitrary: fc.constantFrom(undefined, 1, 5, 4096) }, odd),
    (given, name, layer, units) => {
      const end = performance.now() + PATIENCE;
      const tensor = answer(() => {
        const passing = engine.tensorSteps(
          given,
          /** @type {any} */ (name),
          /** @type {any} */ (layer),
          /** @type {any} */ (units),
        );
        for (;;) {
          const { done, value } = passing.next();
          if (done) return value;
          if (performance.now() > end) return void passing.return(/** @type {any} */ (null));
        }
      });
      if (!tensor) return;
      const { layers, batch, inputs } = checkSpec(engine, given);
      const { rows, out } = layers[name === 'input' ? 0 : Number(layer) - 1];
      const size = ['weights', 'weightGradients'].includes(String(name))
        ? rows * Math.min(out.channels, Number(units ?? Infinity))
        : batch *
          (name === 'input' ? inputs.height * inputs.width * inputs.channels : out.height * out.width * out.channels);
      assert.equal(tensor.length, size);
    },
  ),
  2000,
);

const kernels = fc.record(
  {
    kind: fc.constantFrom('dense', 'conv'),
    kernel: fc.array(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 3 }),
    channelsIn: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    channelsOut: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    transposed: fc.boolean(),
  },
  { requiredKeys: ['kind', 'kernel', 'channelsIn', 'channelsOut'] },
);

holds(
  'fans are positive and finite, or the refusal names the field of the kernel',
  fc.property(
    fc.oneof(kernels, spoilt(kernels), odd),
    fc.oneof(fc.constantFrom(undefined, ...CONVENTIONS), odd),
    (kernel, by) => {
      const fans = answer(() => engine.fans(/** @type {any} */ (kernel), /** @type {any} */ (by)));
      for (const fan of Object.values(fans ?? {})) assert.ok(fan > 0 && fan < Infinity, `${fan}`);
    },
  ),
  2000,
);

const anyNumber = fc.oneof(fc.double(), fc.double({ min: 0, max: 10 }), odd);

holds(
  'fixedPoint, phi and slope give numbers for any numbers',
  fc.property(
    fc.oneof(fc.constantFrom(...engine.activations.map(({ name }) => name)), odd),
    anyNumber,
    anyNumber,
    (name, x, y) => {
      const [activation, a, b] = /** @type {any[]} */ ([name, x, y]);
      const point = answer(() => engine.fixedPoint(activation, a, b));
      assert.ok(!point || Object.values(point).every((value) => typeof value === 'number'));
      if (point && !(a >= 0)) assert.ok(Number.isNaN(point.q));
      if (point && a === Infinity) assert.ok(!(point.q < Infinity));
      for (const value of [answer(() => engine.phi(activation, a)), answer(() => engine.slope(activation, a))]) {
        assert.ok(
          value === null ||
            (typeof value === 'number' && (Number.isFinite(value) || !Number.isFinite(a) || Math.abs(a) > 1e18)),
        );
      }
    },
  ),
  1500,
);

holds(
  'LSUV finds gains with which the network runs, or the refusal names the field',
  fc.property(fc.oneof(spec, spoilt(spec)), (given) => {
    answer(() => {
      checkSpec(engine, given);
      if (given.layers.some((/** @type {any} */ { inputs = 0, units = 0 }) => inputs > 100 || units > 100)) return;
      const { spec: tuned, tries } = lsuv(engine, given);
      assert.equal(tries.length, given.layers.length);
      checkRun(tuned);
    });
  }),
  300,
);

holds(
  'a run abandoned at any step frees its memory',
  fc.property(spec, fc.nat({ max: 20 }), (given, most) => {
    answer(() => {
      const left = [engine.steps(given, true), tune(engine, given), engine.tensorSteps(given, 'deltas', 1)];
      for (const steps of left) {
        for (let step = 0; step < most && !steps.next().done; step++);
        steps.return(/** @type {any} */ (null));
      }
    });
  }),
  200,
);

test('after all these runs as many networks fit into memory as before', () => {
  assert.equal(room(), roomAtFirst);
});
