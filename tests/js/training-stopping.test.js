/**
 * Trainings that are stopped: a run that its caller leaves, a step that is left between its parts, and calls that come in
 * the middle of a step. Whatever the caller does, the state is that of whole steps. Refused values are in
 * training-refusals.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { thrownBy } from './refused.js';

const engine = await loadEngine();

const [WIDTH, BATCH] = [512, 1024]; /* large enough for layers to be passed in parts, forward and back */

/** @param {number} width @param {number} n */
const examplesOf = (width, n) => ({
  inputs: Float32Array.from({ length: n * width }, (_, i) => Math.sin(i * i)),
  labels: Uint32Array.from({ length: n }, (_, i) => i % width),
});

const LARGE = { data: examplesOf(WIDTH, BATCH), rate: 0.1 };
const start = () => engine.training({ layers: stack({ depth: 2, width: WIDTH }), batch: BATCH }, LARGE);

/** Steps that stop after so many parts, until one runs through. @returns {Generator<[training: any, stepping: any, parts: number]>} */
function* stoppedEverywhere() {
  for (let parts = 1; ; parts++) {
    const training = start();
    const stepping = training.stepping(true);
    let done = false;
    for (let i = 0; i < parts && !done; i++) done = stepping.next().done === true;
    if (done) {
      training.end();
      return;
    }
    yield [training, stepping, parts];
    training.end();
  }
}

/* What a training of the same spec holds after no step, and after one. */
const whole = start();
const STATES = [whole.save()];
const FIRST = whole.step(true);
STATES.push(whole.save());
const SECOND = whole.step();
whole.end();

test('a step that is stopped is done or not begun', () => {
  const steps = [];
  for (const [training, stepping, parts] of stoppedEverywhere()) {
    stepping.return();
    const { step } = training.save();
    steps.push(step);
    assert.deepEqual(training.save(), STATES[step], `stopped after ${parts} parts`);
    if (step === 0) assert.deepEqual(training.step(true), FIRST);
    assert.deepEqual(training.step(), SECOND);
  }
  assert.deepEqual(new Set(steps), new Set([0, 1]));
});

test('in the middle of a step, calls throw or see whole steps, and the step can go on', () => {
  const kinds = new Set();
  for (const [training, stepping, parts] of stoppedEverywhere()) {
    /** @param {() => any} call @param {any} expected where it does not throw */
    const seesWhole = (call, expected) => {
      let seen = null;
      try {
        seen = call();
      } catch (error) {
        assert.equal(/** @type {any} */ (error).message, 'a step is under way');
        kinds.add('throws');
        return;
      }
      kinds.add('answers');
      assert.deepEqual(seen, expected, `after ${parts} parts`);
    };
    seesWhole(() => training.save(), STATES[0]);
    seesWhole(() => training.weights(1)[0], STATES[0].values[0]);
    seesWhole(() => training.biases(1)[0], 0);
    let next = stepping.next();
    while (!next.done) next = stepping.next();
    assert.deepEqual([next.value, training.save()], [FIRST, STATES[1]], `after ${parts} parts`);
  }
  assert.deepEqual(kinds, new Set(['throws', 'answers']));
});

test('a step that has not begun to move weights gives way to another pass, and says so', () => {
  const kinds = new Set();
  const calls = /** @type {((training: any) => any)[]} */ ([
    (training) => training.step(),
    (training) => training.look(),
    (training) => training.evaluate('train'),
    (training) => training.outputs(LARGE.data.inputs),
    (training) => training.stepping().next(),
    (training) => training.restore(STATES[0]),
  ]);
  for (const call of calls) {
    for (const [training, stepping] of stoppedEverywhere()) {
      let error = null;
      try {
        call(training);
      } catch (thrown) {
        error = /** @type {any} */ (thrown);
      }
      kinds.add(error?.message ?? 'gives way');
      if (error) {
        while (!stepping.next().done);
        assert.deepEqual(training.save(), STATES[1]);
      } else {
        assert.equal(thrownBy(() => stepping.next()).message, 'another pass has begun');
        const { step } = training.save();
        assert.deepEqual(training.save(), STATES[step]);
      }
    }
  }
  assert.deepEqual(kinds, new Set(['gives way', 'a step is under way']));
});

test('a look that is stopped late leaves a step that has begun since alone', () => {
  const training = start();
  const shares = [...training.looking()].length;
  const looking = /** @type {any} */ (training.looking());
  const stepping = training.stepping(true);
  for (const pass of [looking, stepping]) for (let i = 0; i < shares; i++) assert.equal(pass.next().done, false);
  looking.return();
  assert.deepEqual(stepping.next(), { done: true, value: FIRST });
  training.end();
});

test('a training that has ended answers nothing, and may be ended again', () => {
  const training = start();
  const stepping = training.stepping();
  stepping.next();
  training.end();
  training.end();
  for (const call of [
    () => training.step(),
    () => training.look(),
    () => training.evaluate('train'),
    () => training.outputs(LARGE.data.inputs),
    () => training.save(),
    () => training.restore(STATES[0]),
    () => training.weights(1),
    () => training.biases(1),
    () => training.setRate(1),
    () => stepping.next(),
  ]) {
    assert.equal(thrownBy(call).message, 'this training has ended');
  }
});

test('a run can be left at any step, and its memory serves the next', () => {
  const spec = { layers: stack({ depth: 2, width: 8 }), batch: 4 };
  const options = { data: examplesOf(8, 10), rate: 0.1, steps: 1000 };
  const { bytes } = engine.memory(spec);
  /* networks left behind would need more than any module may have */
  const large = { layers: stack({ depth: 40, width: WIDTH }), batch: 4, scheme: 'zeros' };
  for (let i = 0; i < 30; i++) {
    for (const { step } of engine.train(large, { ...options, data: LARGE.data })) if (step === 1) break;
  }
  const run = engine.train(spec, { ...options, steps: 10 });
  run.next();
  assert.deepEqual([run.return().done, run.next().done], [true, true]);
  assert.equal(engine.memory(spec).bytes, bytes);
});
