/*
 * When a job tells and when it gives way, by a clock that is set by hand.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createPace, noPast } from '../../web/run/pace.js';

const DEPTH = 10;

/**
 * What a job does at each of some moments, in milliseconds from its beginning, each a layer further.
 * @param {object} job @param {Partial<import('../../web/run/pace.js').Past>} past
 * @param {[at: number, layers: number, left: number][]} steps
 */
function run(job, past, steps) {
  let at = 1000;
  const spec = /** @type {any} */ ({ layers: Array(DEPTH).fill({}), backward: true });
  const pace = createPace({ spec, ...job }, { ...noPast(), ...past }, () => at);
  return steps.map(([ms, layers, left]) => {
    at = 1000 + ms;
    const { tells, looks } = pace.after(layers, left);
    if (looks) pace.hasLooked();
    return `${tells ? 'tells ' : ''}${looks ? 'looks ' : ''}${pace.givesWay() ? 'gives way' : ''}`.trim();
  });
}

test('a short job tells nothing before its end, and looks when it has worked for a while', () => {
  assert.deepEqual(
    run({}, {}, [
      [1, 1, 19],
      [7, 9, 11],
      [7.5, 10, 10],
    ]),
    ['', 'looks', ''],
  );
});

test('what takes long, or did the last time, is told when its way forward is done, and then gives way', () => {
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

test('of a long way forward the first layer is told where it is of use, once, and gives way if one was done lately', () => {
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

test('what refines gives way at once, anything after a while, and something is told all the time', () => {
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
