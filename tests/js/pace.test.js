/*
 * Tests when a job sends news, when it looks for messages, and when it gives way to a newer job. The clock is set by hand.
 * What the news hold is in worker.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createPace, noPast } from '../../web/run/pace.js';

const DEPTH = 10;

/**
 * Runs the steps of a job. Returns for each what the job does: any of "tells" (sends news), "looks" and "gives way".
 * @param {object} job @param {Partial<import('../../web/run/pace.js').Past>} past
 * @param {[ms: number, layers: number, left: number][]} steps milliseconds since the job began, layers passed forward,
 *   and layers still to pass, forward and backward together
 */
function run(job, past, steps) {
  let time = 1000;
  const spec = /** @type {any} */ ({ layers: Array(DEPTH).fill({}), backward: true });
  const pace = createPace({ spec, ...job }, { ...noPast(), ...past }, () => time);
  return steps.map(([ms, layers, left]) => {
    time = 1000 + ms;
    const { tells, looks } = pace.after(layers, left);
    if (looks) pace.hasLooked();
    return `${tells ? 'tells ' : ''}${looks ? 'looks ' : ''}${pace.givesWay() ? 'gives way' : ''}`.trim();
  });
}

test('a short job sends no news before its end, and looks for messages after a few milliseconds', () => {
  assert.deepEqual(
    run({}, {}, [
      [1, 1, 19],
      [7, 9, 11],
      [7.5, 10, 10],
    ]),
    ['', 'looks', ''],
  );
});

test('a slow job, or a job after a slow one, sends news when its forward pass is done, and then gives way', () => {
  const steps = /** @type {[number, number, number][]} */ ([
    [1, 9, 11],
    [2, 10, 10],
    [3, 10, 9],
  ]);
  assert.deepEqual(run({}, { took: 100 }, steps), ['', 'tells looks gives way', 'gives way']);
  assert.deepEqual(run({}, { took: 5 }, steps), ['', '', '']);
  assert.deepEqual(run({}, {}, [[9, 10, 10]]), ['tells looks gives way']);
  const forward = { spec: { layers: Array(DEPTH).fill({}) } };
  assert.deepEqual(run(forward, { took: 100 }, [[9, 9, 1]]), ['looks']);
});

test('a job with a long forward pass sends its first layer once, and then gives way if some forward pass was completed recently', () => {
  const steps = /** @type {[number, number, number][]} */ ([
    [1, 0, 20],
    [3, 1, 19],
    [6, 2, 18],
  ]);
  assert.deepEqual(run({}, { forward: 900 }, steps), ['', '', '']);
  assert.deepEqual(run({ ahead: true }, { forward: 900 }, steps), ['', 'tells gives way', 'gives way']);
  assert.deepEqual(run({ ahead: true }, { forward: 500 }, steps), ['', 'tells', '']);
  assert.deepEqual(run({ ahead: true }, { forward: 900 }, [[2, 1, 19]]), ['']);
});

test('a refining job gives way at once, any other job gives way after 250 ms, and a long job sends news every 150 ms', () => {
  assert.deepEqual(run({ refines: true }, {}, [[1, 1, 19]]), ['gives way']);
  assert.deepEqual(
    run({}, {}, [
      [151, 1, 19],
      [152, 1, 19],
      [251, 2, 18],
      [302, 2, 18],
    ]),
    ['tells looks', '', 'looks gives way', 'tells looks gives way'],
  );
});
