/*
 * The settings of training, as an address holds them: what is read is written again, whatever cannot be read is replaced
 * and reported, and a change of the learning rate is noted at its step.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadEngine } from '../../web/engine/engine.js';
import {
  changeRate,
  defaultSettings,
  formatSettings,
  LARGEST_RATE,
  LAST_STEP,
  MOST_RATES,
  parseSettings,
  ratesOf,
  SETTINGS,
  unusualOf,
  writeNumber,
} from '../../web/training/settings.js';
import { optionsOf } from '../../web/training/trained-spec.js';

/** A value of a row. @param {any} row @returns {fc.Arbitrary<any>} */
function arbitraryOf(row) {
  const rate = fc.double({ min: 0, max: LARGEST_RATE, noNaN: true }).map((value) => value || 0);
  if (row.type === 'name') return fc.constantFrom(...row.names);
  if (row.type === 'integer') return fc.integer({ min: row.min, max: row.max });
  if (row.type === 'number') {
    const number = fc.double({ min: row.min, max: row.max, noNaN: true }).map((value) => value || 0);
    return row.default === null ? fc.option(number) : number;
  }
  return fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: LAST_STEP }), rate), {
      maxLength: MOST_RATES,
      selector: ([s]) => s,
    })
    .map((rates) => rates.sort(([a], [b]) => a - b));
}

const anySettings = fc.record(Object.fromEntries(SETTINGS.map((row) => [row.key, arbitraryOf(row)])));

test('every setting that is written is read again as it was', () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const text = formatSettings(/** @type {any} */ (settings));
      assert.deepEqual(parseSettings(text), { settings: { ...settings }, ignored: [] }, text);
    }),
  );
});

test('no text makes the reader throw, and what it reads is within the ranges', () => {
  const pieces = fc.constantFrom(
    'digits',
    'adam',
    'rate=',
    'step=',
    'rates=',
    '-',
    '=',
    ',',
    '1e9',
    'NaN',
    '-5',
    'as=',
    'x',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (parts) => {
      const { settings } = parseSettings(parts.join(''));
      assert.deepEqual(parseSettings(formatSettings(settings)).settings, settings);
      assert.ok(settings.step >= 0 && settings.step <= LAST_STEP && settings.rates.length <= MOST_RATES);
    }),
  );
});

test('an experiment is one readable text, and is never empty', () => {
  assert.equal(formatSettings(defaultSettings()), 'digits');
  const text = 'spirals-labels=random-adam-as=tensorflow-js-rate=0.003-step=1234-rates=100=0.001,200=0.0000001';
  assert.equal(formatSettings(parseSettings(text).settings), text);
  assert.equal(parseSettings('digits-as=scikit-learn').settings.as, 'scikit-learn');
  assert.equal(parseSettings('digits-rate=1e-3').settings.rate, 0.001);
});

test('what cannot be read is replaced by the default and reported, in the form of the address’s own reports', () => {
  const { settings, ignored } = parseSettings('digits-rate=NaN-step=1e9-foo-sgd-adam-momentum=2-as=julia');
  assert.deepEqual(settings, { ...defaultSettings(), optimizer: 'sgd', step: LAST_STEP, momentum: 1 });
  assert.deepEqual(
    ignored.map(({ key, reason }) => `${key} ${reason}`),
    ['rate bad', 'step range', 'train=foo unknown', 'optimizer repeated', 'momentum range', 'as bad'],
  );
  assert.equal(ignored[1].used, '100000');
});

test('numbers are written without an exponent, whose dash would part two settings', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.match(writeNumber(value), /^\d+(\.\d+)?$/);
      assert.equal(Number(writeNumber(value)), value);
    }),
  );
});

test('a change of the rate counts from its step on, drops later ones, and there are at most eight', () => {
  let settings = /** @type {any} */ ({ ...defaultSettings(), rate: 0.1 });
  for (let i = 1; i <= MOST_RATES; i++) settings = changeRate(settings, 10 * i, 0.1 / 2 ** i);
  assert.equal(settings.rates.length, MOST_RATES);
  assert.equal(changeRate(settings, 1000, 5), null);
  assert.deepEqual(changeRate(settings, 15, 7)?.rates, [
    [10, 0.05],
    [15, 7],
  ]);
  assert.deepEqual(changeRate(settings, 15, 0.05)?.rates, [[10, 0.05]], 'the rate that it has already');
  assert.deepEqual(
    ratesOf(/** @type {any} */ (changeRate(settings, 0, 3))),
    [[0, 3]],
    'at the start it is the first rate',
  );
});

test('what an address may hold, the engine takes', async () => {
  const engine = await loadEngine();
  const data = { inputs: new Float32Array(8), labels: Uint8Array.of(0, 1, 0, 1), heldOut: undefined };
  const layers = [{ kind: /** @type {const} */ ('dense'), inputs: 2, units: 2, activation: 'linear' }];
  const { settings, ignored } = parseSettings('circles-momentum-rate=1e9-momentum=7-decay=1e9');
  assert.deepEqual(
    ignored.map(({ key, reason }) => `${key} ${reason}`),
    ['rate range', 'momentum range', 'decay range'],
  );
  const options = /** @type {any} */ (optionsOf(settings, /** @type {any} */ (data)));
  const training = engine.training({ layers, batch: 4 }, options); // does not throw
  training.step();
  training.end();
});

test('changes of the rate are reported only where one is not used', () => {
  const reported = (/** @type {string} */ text) =>
    parseSettings(`digits-rates=${text}`).ignored.map(({ used }) => used);
  for (const text of ['', '1=1e-3', '200=0.1,100=0.20', '1=.5']) assert.deepEqual(reported(text), [], text);
  assert.deepEqual(reported('1=x,2=0.5'), ['2=0.5']);
  assert.deepEqual(reported('1=0.1,1=0.5'), ['1=0.5']);
  assert.deepEqual(reported('5=1e9'), ['']);
  assert.equal(reported('1=1,2=1,3=1,4=1,5=1,6=1,7=1,8=1,9=1').length, 1);
});

test('momentum and decay are shown where they count and are not the usual ones', () => {
  const shown = (/** @type {string} */ text) => unusualOf(parseSettings(text).settings);
  assert.deepEqual(shown('digits'), { momentum: null, decay: null });
  assert.deepEqual(shown('digits-decay=0.1-momentum=0.5'), { momentum: 0.5, decay: 0.1 });
  assert.deepEqual(shown('digits-nesterov-momentum=0'), { momentum: 0, decay: null });
  assert.deepEqual(shown('digits-adam-momentum=0.5'), { momentum: null, decay: null });
});
