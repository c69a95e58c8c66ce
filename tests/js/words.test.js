/*
 * Numbers and sentences as the reader sees them.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine.js';
import { clampedWords, formulaWords, ignoredWords, number, percent, plain, power } from '../../web/locales/en.js';
import { parse, rowOf } from '../../web/state.js';

const engine = await loadEngine();

/** Spaces that do not break are written as plain ones here. @param {string} text */
const spaced = (text) => text.replaceAll('\u202f', ' ');

test('three significant figures, a true minus, powers of ten outside 1e-3 .. 1e4', () => {
  /** @type {[number, string][]} */
  const cases = [
    [0, '0'],
    [1, '1.00'],
    [0.45678, '0.457'],
    [-0.5, '−0.500'],
    [12.345, '12.3'],
    [123.45, '123'],
    [9999, '1.00 × 10⁴'],
    [9990, '9990'],
    [1e4, '1.00 × 10⁴'],
    [0.001, '0.00100'],
    [0.000999, '9.99 × 10⁻⁴'],
    [0.9999, '1.00'],
    [-1.5e-12, '−1.50 × 10⁻¹²'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ];
  for (const [value, text] of cases) assert.equal(spaced(number(value)), text);
  assert.equal(power(-3), '10⁻³');
});

test('chosen numbers and ticks lose the zeros that say nothing, and only those', () => {
  /** @type {[number, string][]} */
  const cases = [
    [1, '1'],
    [0.01, '0.01'],
    [100, '100'],
    [1200, '1200'],
    [2.5, '2.5'],
    [1e-5, '1 × 10⁻⁵'],
    [1.5e5, '1.5 × 10⁵'],
  ];
  for (const [value, text] of cases) assert.equal(spaced(plain(value)), text);
});

test('shares are whole per cents where that is enough', () => {
  /** @type {[number, string][]} */
  const cases = [
    [0, '0 %'],
    [1, '100 %'],
    [0.5049, '50 %'],
    [0.0123, '1.2 %'],
    [0.0009, '0.09 %'],
    [1e-7, '< 0.001 %'],
    [Number.NaN, '–'],
  ];
  for (const [value, text] of cases) assert.equal(spaced(percent(value)), text);
});

test('what an address held is told in one short line', () => {
  assert.equal(ignoredWords([]), '');
  assert.equal(ignoredWords(parse('depth=1e9').ignored), 'Ignored in the address: depth=1e9 (100 is used).');
  const { ignored } = parse(`a=${'x'.repeat(1e5)}&${'y&'.repeat(1000)}`);
  assert.ok(ignoredWords(ignored).length < 200);
  assert.match(ignoredWords(ignored), /and 998 more\.$/);
  assert.equal(clampedWords(rowOf('depth'), 100), 'depth goes from 1 to 100: 100 is used.');
});

test('the formula has this layer’s numbers in it', () => {
  const lines = (/** @type {import('../../web/spec.js').SchemeChoice} */ scheme, gain = 1) => {
    const [layer] = engine.run({ layers: stack({ depth: 1, width: 256 }), scheme, gain, batch: 1 }).layers;
    return formulaWords(layer, engine.schemes.filter(({ name }) => name === layer.scheme)[0]).map(spaced);
  };
  assert.deepEqual(lines('xavier-normal'), [
    'Var(W) = 2 / (fan_in + fan_out)',
    '= 2 / (256 + 256) = 0.00391',
    'std = √Var(W) = 0.0625',
  ]);
  assert.deepEqual(lines('he-uniform', 2), [
    'Var(W) = gain² × 2 / fan_in',
    '= 2² × 2 / 256 = 0.0312',
    'std = √Var(W) = 0.177',
    'bound = √3 × std = 0.306',
  ]);
  assert.equal(lines('pytorch-default')[1], '= 1 / (3 × 256) = 0.00130');
  assert.deepEqual(lines('normal'), ['std = 0.01, given', 'Var(W) = std² = 1.00 × 10⁻⁴']);
  assert.deepEqual(lines({ name: 'uniform', bound: 0.3 }, 2), [
    'bound = 2 × 0.3 = 0.6, gain times what is given',
    'Var(W) = bound² / 3 = 0.120',
    'std = √Var(W) = 0.346',
  ]);
  assert.deepEqual(lines({ name: 'constant', value: 0.1 }), ['value = 0.1, given', 'Var(W) = 0']);
  assert.deepEqual(lines('zeros'), ['W = 0, every weight']);
});
