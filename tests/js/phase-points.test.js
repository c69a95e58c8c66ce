/*
 * Where A and B stand in the phase map, and what moves them there: by the engine's runs of the page's own networks. And the
 * map's lines, against the engine's points. In the browser it is in tests/page/phase.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { parseStack, replaceLayer } from '../../web/engine/stack.js';
import { contour, createGrid, crossing, fillColumn, isFull, leastRange, rangeFor } from '../../web/phase/phase-grid.js';
import { moveTo, standOf } from '../../web/phase/phase-points.js';
import { specOf } from '../../web/state/networks.js';
import { useReader } from '../../web/state/stacks.js';
import { ownNumber, parse, rowOf, schemeOf } from '../../web/state/state.js';

/** @typedef {import('../../web/phase/phase-points.js').Stand} Stand */

const engine = await loadEngine();
const table = { ownNumber, rowOf, schemeOf };
useReader({ parseStack, replaceLayer });

const SMALL = 'depth=4&width=16&batch=4&activation=tanh';

/** The network of a state, as a reply has it. @param {import('../../web/state/state.js').State} state
 * @param {'A' | 'B'} letter @returns {any} */
function networkOf(state, letter) {
  const spec = specOf(state, letter);
  return { spec, layers: engine.run(spec).layers };
}

/** @param {string} address @param {'A' | 'B'} [letter] @param {string} [activation] */
function standingAt(address, letter = 'A', activation = 'tanh') {
  const { state } = parse(`${SMALL.replace('tanh', activation)}&${address}`);
  return { state, stand: standOf(table, state, networkOf(state, letter), letter) };
}

/** Where a network stands that has moved, by a run of its own. @param {string} address
 * @param {Partial<import('../../web/phase/phase-grid.js').Place>} to */
function moved(address, to) {
  const { state, stand } = standingAt(address);
  const { changes, held } = moveTo(table, state, /** @type {Stand} */ (stand), 'A', to);
  const next = { ...state, ...changes };
  const old = networkOf(state, 'A');
  const after = /** @type {Stand} */ (standOf(table, next, networkOf(next, 'A'), 'A'));
  const before = /** @type {Stand} */ (standOf(table, next, old, 'A'));
  return { changes, held, after, before };
}

/** @param {number} got @param {number} expected @param {number} [tolerance] relative */
const near = (got, expected, tolerance = 1e-3) =>
  assert.ok(Math.abs(got - expected) <= tolerance * Math.abs(expected), `${got}, not ${expected}`);

test('a network stands where most of its layers are', () => {
  const { stand } = standingAt('a=he-normal&bias=0.3');
  assert.equal(typeof stand, 'object');
  const { weightSquare, biasSquare, count, total, weightsHeld, biasesHeld } = /** @type {Stand} */ (stand);
  near(weightSquare, 2, 1e-9);
  near(biasSquare, 0.09, 1e-9);
  assert.deepEqual([count, total, weightsHeld, biasesHeld], [4, 4, '', '']);
  const head = /** @type {Stand} */ (standingAt('head=linear').stand);
  assert.deepEqual([head.count, head.total], [3, 4], 'the head is linear');
  const conv = /** @type {Stand} */ (standingAt('kind=conv&depth=3&size=8&channels=4&a=he-normal').stand);
  near(conv.weightSquare, 2, 1e-9);
});

test('with a parameter of its own the activation is on the map, once a run has it', () => {
  const { state, stand } = standingAt('parameter=30&a=he-normal', 'A', 'sin');
  near(/** @type {Stand} */ (stand).weightSquare, 2, 1e-9);
  assert.equal(standOf(table, { ...state, parameter: 3 }, networkOf(state, 'A'), 'A'), 'activation');
});

test('what is not on the map says why', () => {
  assert.equal(standingAt('a=constant').stand, 'theory');
  assert.equal(standingAt('stack=16-16:relu-16:relu').stand, 'activation');
  assert.equal(standingAt('stack=16-2*(layernorm-16:tanh-add2)').stand, 'blocks');
  assert.equal(standingAt('stack=16-2*(16:tanh-add1)').stand, 'blocks');
  const { state } = parse(SMALL);
  assert.equal(standOf(table, state, /** @type {any} */ ({ spec: specOf(state, 'A'), layers: [] }), 'A'), 'coming');
});

test('a move changes gain and biases so that the next run stands there, and is told at once', () => {
  for (const address of [
    '',
    'a=he-normal&gainA=1.3&bias=0.2',
    'a=normal&valueA=0.3',
    'takenA=variance',
    'a=he-uniform&fansA=pytorch',
  ]) {
    const { held, before, after } = moved(address, { weightSquare: 1.7, biasSquare: 0.05 });
    assert.deepEqual(held, [], address);
    near(after.weightSquare, 1.7);
    near(after.biasSquare, 0.05);
    near(before.weightSquare, after.weightSquare, 1e-6); // by the reply before
    near(before.biasSquare, after.biasSquare, 1e-6);
  }
});

test('beyond the limits of the gain the number of the scheme changes, or the point stays at the limit', () => {
  const far = moved('a=normal&valueA=0.001', { weightSquare: 1.7 });
  assert.deepEqual([far.held, Object.keys(far.changes)], [[], ['valueA']]);
  near(far.after.weightSquare, 1.7);
  const scaled = moved('a=variance-scaling&valueA=0.0001', { weightSquare: 1.7 });
  assert.deepEqual([scaled.held, Object.keys(scaled.changes)], [[], ['valueA']]);
  near(scaled.after.weightSquare, 1.7);
  const limit = moved('', { weightSquare: 150 });
  assert.deepEqual([limit.held, limit.changes], [['gain'], { gainA: 10 }]);
  assert.deepEqual(moved('', { biasSquare: 30 }).held, ['bias']);
  const none = moved('', { weightSquare: 0 });
  assert.deepEqual([none.held, none.changes], [['gain'], { gainA: 0.1 }]);
});

test('what cannot move is held, with the reason', () => {
  const tuned = moved('tuneA=lsuv', { weightSquare: 3, biasSquare: 0.04 });
  assert.deepEqual([tuned.held, tuned.changes], [['weights-tuned'], { bias: 0.2 }]);
  const zeros = moved('biasA=zeros&bias=0.5', { weightSquare: 2, biasSquare: 0.04 });
  assert.deepEqual([zeros.held, Object.keys(zeros.changes)], [['biases-choice'], ['gainA']]);
  assert.equal(zeros.after.biasSquare, 0);
  const own = moved('stack=16-16:gain=1.5-16:gain=1.5', { weightSquare: 3 });
  assert.deepEqual([own.held, own.changes], [['weights-own'], {}]);
});

test('the lines of the grid lie where the engine’s points say', () => {
  const map = engine.phase('tanh');
  const grid = createGrid({ weightSquare: 4, biasSquare: 1 }, 2);
  while (!isFull(grid)) fillColumn(grid, map);
  const unit = 4 / (grid.columns - 1);
  for (const row of [8, 40, 120]) {
    const biasSquare = row / (grid.rows - 1);
    near(map.point(unit * crossing(grid, 'chis', 1, row), biasSquare).chi, 1, 1e-3);
    near(map.point(unit * crossing(grid, 'rates', 0.3, row), biasSquare).depth, 1 / 0.3, 0.02);
  }
  for (const [column, row] of contour(grid, 'rates', -0.05)) {
    const { phase, depth } = map.point(unit * column, row / (grid.rows - 1));
    assert.equal(phase, 'chaotic');
    near(depth, 20, 0.05);
  }
  assert.ok(Number.isNaN(crossing(grid, 'chis', 99, 1)));
  map.end();
});

test('the range shows both points, and opens where something happens', () => {
  const least = { weightSquare: 4, biasSquare: 1 };
  assert.deepEqual(rangeFor(least, []), least);
  assert.deepEqual(rangeFor(least, [{ weightSquare: 4.1, biasSquare: 0 }]), { weightSquare: 10, biasSquare: 1 });
  assert.deepEqual(rangeFor(least, [{ weightSquare: 1, biasSquare: 25 }]), { weightSquare: 4, biasSquare: 25 });
  assert.deepEqual(rangeFor(least, [{ weightSquare: 1e9, biasSquare: 1e9 }]), { weightSquare: 256, biasSquare: 25 });
  const ranges = ['tanh', 'relu', 'sigmoid', 'selu'].map((name) => leastRange(engine.phase(name)).weightSquare);
  assert.deepEqual(ranges, [4, 4, 160, 4]);
});
