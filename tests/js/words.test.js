/*
 * Numbers, formulas and sentences in English, exactly as the reader sees them. Russian is in languages.test.js; sentences
 * of verdicts are in verdict.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { ignoredWords } from '../../web/locales/en/ignored.js';
import { count, exact, number, percent, plain, power } from '../../web/locales/en/numbers.js';
import { tunedWords } from '../../web/locales/en/tuning.js';
import { typedWords } from '../../web/locales/en/typed.js';
import { readTyped } from '../../web/page/number-fields.js';
import { callWords } from '../../web/reading/calls.js';
import { biasWords, formulaWords } from '../../web/reading/formula.js';
import { specOf } from '../../web/state/networks.js';
import { defaults, parse, rowOf } from '../../web/state/state.js';
import { readNumber } from '../../web/state/written-numbers.js';

const engine = await loadEngine();

/** A text with plain spaces in place of non-breaking ones. @param {string} text */
const spaced = (text) => text.replaceAll('\u202f', ' ');

test('numbers have three significant figures, a true minus, and powers of ten outside 1e-3 .. 1e4', () => {
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

test('chosen numbers and ticks lose trailing zeros and nothing else', () => {
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

test('whole numbers from 10,000 on are in groups of three, and chosen numbers are written in full', () => {
  assert.deepEqual([0, 1024, 9999, 10000, 78125, 1234567].map(count), [
    '0',
    '1024',
    '9999',
    '10,000',
    '78,125',
    '1,234,567',
  ]);
  assert.equal(spaced(count(12.5)), '12.5');
  /** @type {[number, string][]} */
  const cases = [
    [-0.8796, '−0.8796'],
    [2.5, '2.5'],
    [480000, '480,000'],
    [-12345.678, '−12,345.678'],
    [1e-7, '1 × 10⁻⁷'],
    [-1e30, '−1 × 10³⁰'],
  ];
  for (const [value, text] of cases) assert.equal(spaced(exact(value)), text);
  assert.equal(exact(''), '');
});

test('shares are whole percents if that is precise enough', () => {
  /** @type {[number, string][]} */
  const cases = [
    [0, '0%'],
    [1, '100%'],
    [0.5049, '50%'],
    [0.0123, '1.2%'],
    [0.0009, '0.09%'],
    [1e-7, '< 0.001%'],
    [Number.NaN, '–'],
  ];
  for (const [value, text] of cases) assert.equal(spaced(percent(value)), text);
});

test('one short line says what was ignored in an address', () => {
  assert.equal(ignoredWords([]), '');
  assert.equal(ignoredWords(parse('depth=1e9').ignored), 'Ignored in the address: depth=1e9 (100 is used).');
  const { ignored } = parse(`a=${'x'.repeat(1e5)}&${'y&'.repeat(1000)}`);
  assert.ok(ignoredWords(ignored).length < 200);
  assert.match(ignoredWords(ignored), /and 998 more\.$/);
});

test('one short line says how a typed number was read, and nothing of a number that is used as it was typed', () => {
  /** @type {[string, string, string][]} */
  const cases = [
    ['depth', '12', ''],
    ['gainA', '0,01', 'gain of A goes from 0.1 to 10: 0.1 is used.'],
    ['bias', '0,01', ''],
    ['depth', '1000', 'depth goes from 1 to 100: 100 is used.'],
    ['headGain', '1e3', 'gain of the output layer goes from 0.001 to 10: 10 is used.'],
    ['depth', '2.5', 'depth is a whole number: 3 is used.'],
    ['depth', '0.4', 'depth goes from 1 to 100: 1 is used.'],
    ['gainA', '1,024', '“1,024” is read as 1.024, not as 1024.'],
    ['width', '1,024', '“1,024” is read as 1024, not as 1.024.'],
    ['width', '1 024', ''],
    ['depth', '1,024', '“1,024” is read as 1024, not as 1.024. depth goes from 1 to 100: 100 is used.'],
    ['gainB', '5/3', '“5/3” is read as 1.66666667.'],
    ['width', '100/3', '“100/3” is read as 33.3333333. width is a whole number: 33 is used.'],
    ['gainA', 'abc', '“abc” cannot be read: gain of A stays 7.'],
    ['gainA', '1/sqr(256)', '“1/sqr(256)” cannot be read from “sqr(256)” on: gain of A stays 7.'],
    ['seed', '-', '“-” cannot be read: seed stays 7.'],
  ];
  for (const [key, text, expected] of cases) {
    const row = /** @type {import('../../web/state/state.js').NumberRow} */ (rowOf(key));
    assert.equal(typedWords(row, text, readTyped(row, text, readNumber), 7), expected, `${key} ${text}`);
  }
});

/**
 * The first layer's formula, and the layer itself.
 * @param {import('../../web/engine/spec.js').SchemeChoice} scheme
 */
function formula(scheme, gain = 1, { width = 256, depth = 1 } = {}) {
  const { layers } = engine.run({ layers: stack({ depth, width, outputs: 64 }), scheme, gain, batch: 1 });
  return formulaWords(layers[0], depth).map(spaced);
}

/** @param {import('../../web/engine/spec.js').SchemeChoice} scheme @param {number} [gain] */
const lines = (scheme, gain) => formula(scheme, gain, { depth: 2 });

test('the formula contains the numbers of this layer', () => {
  assert.deepEqual(lines('xavier-normal'), [
    'Var(W) = 2 / (fan_in + fan_out)',
    '= 2 / (256 + 256) = 0.00391',
    'std = √Var(W) = 0.0625',
  ]);
  assert.deepEqual(lines('he-uniform', 2), [
    'Var(W) = gain² × 2 / fan_in',
    '= 2² × 2 / 256 = 0.0313',
    'std = √Var(W) = 0.177',
    'bound = √3 × std = 0.306',
  ]);
  assert.equal(lines('pytorch-default')[1], '= 1 / (3 × 256) = 0.00130');
  assert.deepEqual(lines('normal'), ['std = 0.01, given', 'Var(W) = std² = 1.00 × 10⁻⁴']);
  assert.deepEqual(lines({ name: 'uniform', bound: 0.3 }, 2), [
    'bound = 2 × 0.3 = 0.6, gain × given',
    'Var(W) = bound² / 3 = 0.120',
    'std = √Var(W) = 0.346',
  ]);
  assert.deepEqual(lines({ name: 'constant', value: 0.1 }), ['value = 0.1, given', 'Var(W) = 0']);
  assert.deepEqual(lines('zeros'), ['W = 0, all weights']);
});

test('the formula of a truncated normal widens the parent, or gives the std after the cut', () => {
  assert.deepEqual(lines('he-truncated'), [
    'Var(W) = 2 / fan_in',
    '= 2 / 256 = 0.00781',
    'std = √Var(W) = 0.0884',
    'σ before the cut = std / 0.8796 = 0.100',
    'cut at ±2σ = ±0.201',
  ]);
  assert.deepEqual(lines('he-truncated-raw'), [
    'σ² = 2 / fan_in',
    '= 2 / 256 = 0.00781',
    'σ before the cut = √σ² = 0.0884',
    'cut at ±2σ = ±0.177',
    'std after the cut = 0.880 σ = 0.0777',
  ]);
  assert.deepEqual(lines({ name: 'cut-normal', std: 1 }), [
    'σ before the cut = 1, given',
    'cut at ±2',
    'std after the cut = 0.880 σ = 0.880',
  ]);
  assert.deepEqual(lines('cut-normal'), [
    'σ before the cut = 0.02, given',
    'cut at ±2, beyond any value',
    'std = 0.0200',
  ]);
});

test('there are formulas for whole matrices, and for scales by fan_out, by both fans and by depth', () => {
  assert.deepEqual(formula('orthogonal'), [
    'W = orthonormal columns',
    'Var of an entry = 1 / max(fan_in, fan_out)',
    '= 1 / 256 = 0.00391',
    'std = 0.0625',
  ]);
  assert.deepEqual(formula('identity', 2), ['W = gain = 2 on the diagonal, 0 elsewhere']);
  assert.deepEqual(formula('sparse'), [
    'sparsity = 0.9: 58 of 64 weights per input are 0',
    'the rest: normal, std 0.01',
    'std of all weights = 0.01 × √(1 − 58/64) = 0.00306',
  ]);
  assert.equal(formula('he-fan-out')[1], '= 2 / 64 = 0.0313');
  const geometric = { name: 'variance-scaling', scale: 2, mode: /** @type {const} */ ('fan_geo_avg') };
  assert.equal(formula(geometric)[1], '= 2 / √(256 × 64) = 0.0156');
  assert.deepEqual(formula('gpt2-residual', 1, { depth: 8 }), [
    'std = 0.02 / √(2 × depth)',
    '= 0.02 / √(2 × 8) = 0.00500',
    'Var(W) = std² = 2.50 × 10⁻⁵',
  ]);
  assert.deepEqual(formula('uniform-positive'), [
    'bound = 1, given',
    'mean = bound / 2 = 0.500: not centred',
    'std = bound / √12 = 0.289',
  ]);
});

test('every scheme has a formula of one to five lines for any gain, and he-truncated lists its library calls', () => {
  for (const { name } of engine.schemes) {
    for (const gain of [1, 2.5]) {
      const found = formula(name, gain);
      assert.ok(found.length >= 1 && found.length <= 5, name);
      assert.doesNotMatch(found.join(), /undefined|NaN|–/, name);
    }
  }
  const [layer] = engine.run({ layers: stack({ depth: 1, width: 8 }), scheme: 'he-truncated', batch: 1 }).layers;
  assert.equal(callWords(layer, engine.libraries), 'Keras HeNormal; JAX he_normal');
});

test('the formula counts a kernel’s fans, says which library counts wrongly, and ends with a variance passed as std', () => {
  const conv = (/** @type {object} */ more) => {
    const layer = { kind: 'conv', kernel: [5, 5], channelsIn: 3, channelsOut: 8, size: [6, 6] };
    const spec = /** @type {any} */ ({ layers: [layer], scheme: 'xavier-uniform', batch: 1, ...more });
    return formulaWords(engine.run(spec).layers[0], 1);
  };
  assert.deepEqual(conv({}), [
    'fan_in = 5 × 5 × 3 = 75, fan_out = 5 × 5 × 8 = 200',
    'Var(W) = 2 / (fan_in + fan_out)',
    '= 2 / (75 + 200) = 0.00727',
    'std = √Var(W) = 0.0853',
    'bound = √3 × std = 0.148',
  ]);
  assert.equal(conv({ fans: 'channels' })[0], 'fans counted by channels only: 3 and 8; true: 75 and 200');
  assert.equal(conv({ fans: 'keras' })[0], 'fans counted like Keras: 75 and 200; true: 75 and 200');
  const mistaken = conv({ varianceAsStd: true });
  assert.deepEqual(mistaken.slice(0, 5), conv({}));
  assert.deepEqual(mistaken.slice(5), ['variance passed as std: std = Var(W) = 0.00727']);
  assert.equal(conv({ scheme: 'zeros', varianceAsStd: true }).length, 1);
});

test('every choice of biases has a line, apart from zeros', () => {
  /** @type {Record<string, string[]>} */
  const expected = {
    sigma: ['b: normal, std σ_b = 0.5, given'],
    zeros: [],
    'pytorch-default': ['b: uniform, |b| < 1 / √fan_in = 0.250'],
  };
  for (const biasA of /** @type {any} */ (rowOf('biasA')).choices) {
    const spec = specOf({ ...defaults(), depth: 1, width: 16, bias: 0.5, biasA }, 'A');
    assert.deepEqual(biasWords(engine.run(spec).layers[0]), expected[biasA], biasA);
  }
});

test('a layer’s default is named in full only together with its default biases', () => {
  const spec = { layers: stack({ depth: 1, width: 8 }), scheme: 'pytorch-default', batch: 1 };
  const named = (/** @type {string} */ bias) => callWords(engine.run({ ...spec, bias }).layers[0], engine.libraries);
  assert.match(named('pytorch-default'), /^PyTorch nn\.Linear, nn\.Conv2d default;/);
  assert.match(named('zeros'), /^PyTorch nn\.Linear, nn\.Conv2d default \(weights only\);/);
});

test('the gains that LSUV found are those of layers with weights', () => {
  const layers = [
    { gain: 1.5, tries: 2 },
    { gain: null, tries: 0 },
  ];
  assert.equal(tunedWords(layers), ' LSUV took 2 measurements and found gains of 1.50.');
});
