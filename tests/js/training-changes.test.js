/*
 * Why training starts anew: what two experiments differ in, by the names that the reader knows.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesBetween } from '../../web/training/changes.js';

const SETTINGS = { data: 'digits', optimizer: 'momentum', labels: 'true' };
const SPECS = { A: { seed: 1, batch: 64, scheme: 'he-normal' }, B: { seed: 1, batch: 64 } };

/** @param {Partial<import('../../web/training/changes.js').Experiment>} other */
const changes = (other) => {
  const before = { specs: SPECS, tunes: ['none', 'none'], settings: SETTINGS };
  return changesBetween(before, { ...before, ...other });
};

test('a change of a setting is named with its value, and that of the optimizer with its rate', () => {
  assert.deepEqual(changes({ settings: { ...SETTINGS, labels: 'random' } }), [['labels', 'random']]);
  assert.deepEqual(changes({ settings: { ...SETTINGS, optimizer: 'adam' } }), [
    ['optimizer', 'adam'],
    ['rate', 0.001],
  ]);
  const specs = { A: { seed: 1, batch: 64, inputs: 2 }, B: SPECS.B };
  assert.deepEqual(changes({ specs, settings: { ...SETTINGS, data: 'spirals' } }), [['data', 'spirals']]);
});

test('seed and batch are named, all else of the networks is the networks', () => {
  assert.deepEqual(changes({ specs: { A: { ...SPECS.A, seed: 7 }, B: SPECS.B } }), [['seed', 7]]);
  assert.deepEqual(changes({ specs: { A: SPECS.A, B: { ...SPECS.B, scheme: 'zeros' } } }), [['networks', '']]);
  assert.deepEqual(changes({ tunes: ['lsuv', 'none'] }), [['networks', '']]);
});
