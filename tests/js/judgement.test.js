/*
 * What is said of a training: what became of it, and whether its signal promised that. Numbers of curves, and of pictures of
 * a decision.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { verdict } from '../../web/reading/verdict.js';
import { gridOf } from '../../web/training/decision.js';
import { agreesWith, outcomeOf } from '../../web/training/judgement.js';
import { createCurves } from '../../web/training/learning-curves.js';
import { medianOf } from '../../web/training/ratio-chart.js';

/** Steps, accuracy, classes, the step whose loss was not finite, and the outcome. @type {[number, number, number, number, string][]} */
const OUTCOMES = [
  [0, 0.1, 10, 0, 'fresh'],
  [50, 0.12, 10, 0, 'begun'],
  [299, 0.23, 10, 0, 'begun'],
  [300, 0.23, 10, 0, 'still'],
  [300, 0.24, 10, 0, 'learns'],
  [500, 0.12, 10, 0, 'still'],
  [500, 0.5, 2, 0, 'still'],
  [500, 0.5, 10, 0, 'learns'],
  [500, 0.7, 2, 0, 'learns'],
  [20, 0.95, 10, 0, 'learned'],
  [500, 0.1, 10, 7, 'diverged'],
];

test('a network has learned from 90 % on, and stands still near chance', () => {
  for (const [steps, accuracy, classes, diverged, outcome] of OUTCOMES)
    assert.equal(outcomeOf(steps, { accuracy }, classes, diverged), outcome);
  assert.equal(outcomeOf(5, undefined, 10, 0), 'fresh', 'nothing is known yet');
});

test('a verdict agrees with training where it promised what came', () => {
  assert.equal(agreesWith('learned', 'kept', 50), 'yes');
  assert.equal(agreesWith('still', 'kept', 1000), 'no');
  assert.equal(agreesWith('still', 'vanishing', 1000), 'yes');
  assert.equal(agreesWith('diverged', 'exploding', 3), 'yes');
  assert.equal(agreesWith('learns', 'vanishing', 1000), 'partly');
  assert.equal(agreesWith('learned', 'saturated', 1000), 'no');
  assert.equal(agreesWith('learned', 'alike', 1000), 'open', 'half of such networks were found to learn');
  assert.equal(agreesWith('still', 'kept', 100), 'early');
  assert.equal(agreesWith('learned', 'fading', 1000), 'open');
});

test('every word of a verdict is one that promises well, ill or neither, and real runs give such words', async () => {
  const engine = await loadEngine();
  const words = ['xavier-normal', 'he-normal', 'zeros'].map((scheme) => {
    const spec = { layers: stack({ depth: 20, width: 64 }), scheme, backward: true };
    const { layers, input } = engine.run(spec);
    return verdict(/** @type {any} */ (layers), input, { spec }).word;
  });
  assert.deepEqual(
    words.map((word) => agreesWith('learned', word, 1000)),
    ['no', 'yes', 'no'],
  );
});

test('curves keep what is known of each step, and forget what came after a change', () => {
  const curves = createCurves();
  curves.add(Float64Array.of(1, 2.3, 0.1, 2, Infinity, 0.2, 3, 2.1, 0.3), Float64Array.of(0, 2.3, 0.1, 2.4, 0.09));
  assert.deepEqual([curves.length(), curves.loss(3), curves.accuracy(1)], [3, 2.1, 0.1]);
  assert.deepEqual(curves.lastScore(3), { step: 0, loss: 2.3, accuracy: 0.1, heldLoss: 2.4, heldAccuracy: 0.09 });
  assert.deepEqual([curves.divergedBy(1), curves.divergedBy(3)], [0, 2]);
  curves.cut(1);
  assert.deepEqual([curves.length(), curves.divergedBy(9)], [1, 0]);
});

test('the picture of a decision asks for the middle of each cell, from the top row down', () => {
  assert.deepEqual([...gridOf([-1, 1], 2)], [-0.5, 0.5, 0.5, 0.5, -0.5, -0.5, 0.5, -0.5]);
});

test('the median of ratios leaves out what is not finite', () => {
  assert.equal(medianOf([1e-5, 1e-1, 1e-2]), 1e-2);
  assert.equal(medianOf([Number.NaN, 1, 0.5, Number.NaN, undefined, 2, Number.POSITIVE_INFINITY]), 1);
  assert.ok(Number.isNaN(medianOf([])) && Number.isNaN(medianOf([undefined, Number.NaN])));
});
