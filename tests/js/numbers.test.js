/*
 * Numbers that people write are read as what they mean, in either notation; every number that the page prints, in either
 * language, is read as itself; and no text makes the reader throw. The fields that use it are in tests/page/fields.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as english from '../../web/locales/en/numbers.js';
import * as russian from '../../web/locales/ru/numbers.js';
import { fromPosition, SCHEMA } from '../../web/state/state.js';
import { readNumber } from '../../web/state/written-numbers.js';
import { SEED } from './arbitrary.js';

/** @param {string} text @param {boolean} [whole] @returns {number[]} */
function readings(text, whole = false) {
  const found = readNumber(text, whole);
  return 'fault' in found ? [] : found.readings;
}

/** @param {string} name @param {fc.IProperty<any>} property @param {number} runs */
const holds = (name, property, runs) =>
  test(name, (t) => {
    t.diagnostic(`seed ${SEED}, ${runs} values`);
    fc.assert(property, { seed: SEED, numRuns: runs });
  });

test('a number has a point or a comma, any kind of minus, and an exponent in either alphabet', () => {
  /** @type {[string, number][]} */
  const cases = [
    ['0', 0],
    ['12', 12],
    ['0,01', 0.01],
    ['0.01', 0.01],
    [',5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['5,', 5],
    [' 7 ', 7],
    ['+3', 3],
    ['-3', -3],
    ['−3', -3],
    ['–0,5', -0.5],
    ['1e-3', 0.001],
    ['1E−3', 0.001],
    ['1\u0435-3', 0.001],
    ['2,5e3', 2500],
    ['0,125', 0.125],
    ['0.125', 0.125],
    ['1.5 × 10⁻⁵', 1.5e-5],
    ['−1,5\u202f×\u202f10⁻⁵', -1.5e-5],
    ['3*10^-3', 0.003],
    ['50\u00a0%', 0.5],
    ['1.2%', 0.012],
  ];
  for (const [text, value] of cases)
    for (const whole of [true, false]) assert.deepEqual(readings(text, whole), [value], text);
});

test('digits may stand in groups of three', () => {
  const groups = ['1 024', '1\u00a0024', '1\u202f024', '1\u2009024', "1'024", '1’024', '1_024'];
  for (const text of groups) assert.deepEqual(readings(text), [1024], text);
  /** @type {[string, number][]} */
  const cases = [
    ['1 048 576', 1048576],
    ['1,048,576', 1048576],
    ['1.048.576', 1048576],
    ['1,024.5', 1024.5],
    ['1.024,5', 1024.5],
    ['1 024,5', 1024.5],
    ['4 294 967 295', 4294967295],
  ];
  for (const [text, value] of cases) assert.deepEqual(readings(text), [value], text);
});

test('one comma or point before three digits has two readings, and the likelier one comes first', () => {
  for (const text of ['1,024', '1.024']) {
    assert.deepEqual(readings(text, true), [1024, 1.024], text);
    assert.deepEqual(readings(text, false), [1.024, 1024], text);
  }
  assert.deepEqual(readings('480,000', true), [480000, 480]);
  assert.deepEqual(readings('−2,500', false), [-2.5, -2500]);
  assert.deepEqual(readings('2,048/2', true), [1024, 1.024]);
  for (const text of ['0,125', '1024,125', '1,0245', '1,02', '01,024'])
    assert.equal(readings(text, true).length, 1, text);
});

test('expressions are computed to nine digits, by the usual precedence', () => {
  /** @type {[string, string][]} */
  const cases = [
    ['1/sqrt(256)', '0.0625'],
    ['1/√256', '0.0625'],
    ['√2', '1.41421356'],
    ['sqrt(2)', '1.41421356'],
    ['sqrt 2', '1.41421356'],
    ['Math.sqrt(2)', '1.41421356'],
    ['np.sqrt(2)', '1.41421356'],
    ['√2/2', '0.707106781'],
    ['√(2/(1+0,01^2))', '1.41414286'],
    ['5/3', '1.66666667'],
    ['5 ÷ 4', '1.25'],
    ['2^-3', '0.125'],
    ['2**-3', '0.125'],
    ['2⁻³', '0.125'],
    ['10²', '100'],
    ['2^3^2', '512'],
    ['-2^2', '-4'],
    ['2*sqrt(3)', '3.46410162'],
    ['2√3', '3.46410162'],
    ['2·3', '6'],
    ['√2 × 10^-3', '0.00141421356'],
    ['1/2×10^3', '500'],
    ['2*10^3^2', '2000000000'],
    ['1+2*3-4', '3'],
    ['(1+2)*3', '9'],
    ['1−−1', '2'],
    ['π/2', '1.57079633'],
    ['2*pi', '6.28318531'],
    ['sqrt(2)^2', '2'],
    ['2^32-1', '4294967295'],
  ];
  for (const [text, value] of cases) {
    const found = readNumber(text, false);
    assert.deepEqual(found, { readings: [Number(value)], computed: true }, text);
  }
});

test('what is no number has a place where it stops being one', () => {
  /** @type {[string, number][]} */
  const cases = [
    ['', 0],
    ['-', 1],
    ['abc', 0],
    ['1o0', 1],
    ['1 5', 0],
    ['1,2,3', 0],
    ['1..5', 0],
    ['1,024,00', 0],
    ['1/', 2],
    ['1/sqr(256)', 2],
    ['(1+2', 4],
    ['1)', 1],
    ['1e', 1],
    ['0x10', 1],
    ['NaN', 0],
    ['Infinity', 0],
    ['1e999', 0],
    ['1/0', 0],
    ['√-1', 1],
    ['sqrt(-1)', 0],
    ['(-8)^(1/3)', 0],
    ['1'.repeat(101), 100],
    ['('.repeat(1e6), 100],
  ];
  for (const [text, fault] of cases) assert.deepEqual(readNumber(text, false), { fault }, text.slice(0, 40));
});

/** A rounded number of the page, which has no groups, as a program writes it. @param {string} text */
const inCode = (text) =>
  text
    .replace('\u202f×\u202f10', 'e')
    .replace(',', '.')
    .replace(/[−⁻]/g, '-')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (sign) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)));

for (const [lang, written] of Object.entries({ en: english, ru: russian })) {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  const chosen = fc.oneof(
    finite,
    fc.integer(),
    fc.double({ min: -100, max: 100, noNaN: true }),
    fc.integer({ min: -99999, max: 99999 }).map((n) => n / 1000),
  );
  holds(
    `every number in a field, and every number in full, is read as itself (${lang})`,
    fc.property(chosen, fc.boolean(), (value, whole) => {
      for (const text of [written.entry(value), written.exact(value)]) {
        const found = readings(text, whole);
        assert.ok(found.includes(value + 0), `${text}: ${found}`);
        assert.ok(found.length === 1 || /^[-−]?[1-9]\d{0,2}[.,]\d{3}$/.test(text), text);
      }
      if (!whole) assert.equal(readings(written.entry(value))[0], value + 0);
    }),
    5000,
  );
  holds(
    `every rounded number is read as what it says (${lang})`,
    fc.property(chosen, (value) => {
      for (const text of [written.number(value), written.plain(value)]) {
        const said = Number(inCode(text));
        fc.pre(Number.isFinite(said));
        assert.ok(readings(text).includes(said + 0), `${text}: ${readings(text)}, not ${said}`);
      }
    }),
    5000,
  );
  test(`every number that a slider can give is read as itself, in its field (${lang})`, () => {
    for (const row of SCHEMA) {
      if (!('steps' in row)) continue;
      for (let position = 0; position <= Number(row.steps); position++) {
        const value = fromPosition(row, position);
        assert.deepEqual(readings(written.entry(value), row.type === 'integer'), [value], row.key);
      }
    }
  });
}

holds(
  'any text gives one or two finite readings, or a place in it',
  fc.property(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom(...'0123456789.,-−+*/^()√ e%×π'.split(''), 'sqrt', '10⁻³', '\u202f', '**'))
        .map((all) => all.join('')),
    ),
    fc.boolean(),
    (text, whole) => {
      const found = readNumber(text, whole);
      if ('fault' in found) assert.ok(found.fault >= 0 && found.fault <= text.length);
      else assert.ok(found.readings.length <= 2 && found.readings.every(Number.isFinite));
    },
  ),
  20000,
);
