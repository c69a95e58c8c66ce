/*
 * The phase map of the library: points and columns, what they refuse, and how soon a map is there. The numbers are tested in
 * tests/c/phase.c.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { ACTIVATIONS, PHASES } from '../../web/engine/tables.js';

const engine = await loadEngine();

test('a point has q*, chi, the fixed correlation, and the depth scale on both sides of the critical line', () => {
  const map = engine.phase('tanh');
  const [ordered, chaotic] = [1, 3].map((weightSquare) => map.point(weightSquare, 0.05));
  assert.equal(ordered.phase, 'ordered');
  assert.equal(ordered.correlation, 1);
  assert.equal((6 * ordered.depth).toFixed(1), '21.8');
  assert.equal(chaotic.phase, 'chaotic');
  assert.equal((6 * chaotic.depth).toFixed(0), '54');
  assert.ok(chaotic.chi > 1 && chaotic.slope < 1 && chaotic.correlation > 0.29 && chaotic.correlation < 0.31);
  const { q, chi, correlationDepth } = engine.fixedPoint('tanh', 1, 0.05);
  assert.deepEqual([ordered.q, ordered.chi], [q, chi], 'the same fixed point as engine.fixedPoint');
  assert.ok(Math.abs(ordered.depth / correlationDepth - 1) < 1e-12);
  assert.equal(map.point(0.9).phase, 'decays', 'without biases');
  map.end();
});

test('relu is critical at (2, 0) alone, and explodes above it at slope 1', () => {
  const map = engine.phase('relu');
  const { phase, depth } = map.point(2);
  assert.deepEqual([phase, depth], ['critical', Number.POSITIVE_INFINITY]);
  const above = map.point(2, 0.1);
  assert.deepEqual([above.phase, above.chi, above.q], ['explodes', 1, Number.POSITIVE_INFINITY]);
  map.end();
});

test('the cells of a column are its points', () => {
  for (const activation of ACTIVATIONS) {
    const map = engine.phase(activation);
    const { phases, rates, chis } = map.column(1.3, { first: 0.02, step: 0.3, count: 3 });
    const points = [0.02, 0.32, 0.62].map((biasSquare) => map.point(1.3, biasSquare));
    assert.deepEqual(
      phases,
      points.map(({ phase }) => phase),
      activation,
    );
    points.forEach(({ depth, chi }, i) => {
      assert.ok(Math.abs(rates[i] * depth - 1) < 0.01, `${activation} ${i}: ${rates[i]} and 1 / ${depth}`);
      assert.ok(Math.abs(chis[i] / chi - 1) < 1e-6, activation);
    });
    map.end();
  }
});

test('what cannot be a variance is refused, and a map that has ended says so', () => {
  const map = engine.phase('tanh');
  const column = { first: 0, step: 0.1, count: 4 };
  const refused = (/** @type {() => unknown} */ call, /** @type {string} */ field) =>
    assert.throws(call, (/** @type {any} */ error) => error.field === field);
  refused(() => engine.phase('swish'), 'activation');
  refused(() => map.point(-1), 'weightSquare');
  refused(() => map.point(1, Number.NaN), 'biasSquare');
  refused(() => map.column(Number.POSITIVE_INFINITY, column), 'weightSquare');
  refused(() => map.column(1, { ...column, first: -1 }), 'first');
  refused(() => map.column(1, { ...column, step: -1 }), 'first + (count - 1) step');
  refused(() => map.column(1, { ...column, count: 1025 }), 'count');
  map.end();
  map.end();
  assert.throws(() => map.point(1), /has ended/);
  assert.throws(() => map.column(1, column), /has ended/);
});

test('maps give their memory back: a thousand of them fit, one after another', () => {
  for (let i = 0; i < 1000; i++) {
    const map = engine.phase(ACTIVATIONS[i % 3]); // those with closed forms are soon made
    map.column(1.5, { first: 0, step: 0.1, count: 2 });
    map.end();
  }
  assert.equal(PHASES.length, 5);
});
