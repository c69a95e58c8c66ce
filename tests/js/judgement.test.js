/*
 * What is said of a training: what became of it, and whether its signal promised that. Numbers of curves, and of pictures of
 * a decision.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { TRAINING_WORDS } from '../../web/locales/en/training.js';
import { verdict } from '../../web/reading/verdict.js';
import { createDecision, gridOf } from '../../web/training/decision.js';
import { agreesWith, oddRate, outcomeOf } from '../../web/training/judgement.js';
import { numbersOfLearning } from '../../web/training/learning-chart.js';
import { createCurves } from '../../web/training/learning-curves.js';
import { logOf, medianOf } from '../../web/training/ratio-chart.js';

const GUESS = Math.log(10);

/** Scores, one for each pair of an accuracy and a loss. @param {[number, number][]} pairs */
const scoresOf = (...pairs) => pairs.map(([accuracy, loss]) => ({ accuracy, loss }));

/** Steps, accuracy, loss, classes, the step whose loss was not finite, and the outcome.
 * @type {[number, number, number, number, number, string][]} */
const OUTCOMES = [
  [0, 0.1, 2.3, 10, 0, 'fresh'],
  [50, 0.12, 2.3, 10, 0, 'begun'],
  [299, 0.12, 2.3, 10, 0, 'begun'],
  [300, 0.12, 2.3, 10, 0, 'still'],
  [500, 0.5, 0.69, 2, 0, 'still'],
  [500, 0.34, 0.96 * GUESS, 10, 0, 'still'],
  [500, 0.21, 0.94 * GUESS, 10, 0, 'learns'],
  [500, 0.5, 1.4, 10, 0, 'learns'],
  [500, 0.7, 0.6, 2, 0, 'learns'],
  [20, 0.95, 0.2, 10, 0, 'learned'],
  [500, 0.1, 2.3, 10, 7, 'diverged'],
];

test('a network has learned from 90 % on, learns once its loss is below that of guessing, and stands still before', () => {
  for (const [steps, accuracy, loss, classes, diverged, outcome] of OUTCOMES)
    assert.equal(outcomeOf(steps, [{ accuracy, loss }], classes, diverged), outcome, `${steps} ${accuracy} ${loss}`);
  assert.equal(outcomeOf(5, [], 10, 0), 'fresh', 'nothing is known yet');
});

test('the best so far decides: an accuracy about 90 % is not called now one thing, now another', () => {
  const scores = scoresOf([0.91, 0.4], [0.89, 0.45], [0.9, 0.42], [0.88, 0.44]);
  const outcomes = scores.map((_, i) => outcomeOf(999 + i, scores.slice(0, i + 1), 10, 0));
  assert.deepEqual(new Set(outcomes), new Set(['learned']));
  const wavering = scoresOf([0.25, 2.1], [0.2, 2.25], [0.24, 2.18]);
  for (const i of [1, 2, 3]) assert.equal(outcomeOf(400, wavering.slice(0, i), 10, 0), 'learns');
});

test('a network that has lost more than 10 points of its best falls back', () => {
  assert.equal(outcomeOf(900, scoresOf([0.95, 0.2], [0.84, 0.5]), 10, 0), 'lost');
  assert.equal(outcomeOf(900, scoresOf([0.95, 0.2], [0.86, 0.4]), 10, 0), 'learned');
  assert.equal(outcomeOf(900, scoresOf([0.5, 1.5], [0.1, 2.3]), 10, 0), 'lost');
  assert.equal(outcomeOf(900, scoresOf([0.25, 2.3], [0.1, 2.3]), 10, 0), 'still', 'it had only guessed well');
});

test('a verdict agrees with training where it promised what came', () => {
  assert.equal(agreesWith('learned', 'kept', 50), 'yes');
  assert.equal(agreesWith('still', 'kept', 1000), 'fails');
  assert.equal(agreesWith('still', 'vanishing', 1000), 'yes');
  assert.equal(agreesWith('diverged', 'exploding', 3), 'yes');
  assert.equal(agreesWith('learns', 'vanishing', 1000), 'partly');
  assert.equal(agreesWith('learned', 'saturated', 1000), 'learns');
  assert.equal(agreesWith('learned', 'alike', 1000), 'open', 'half of such networks were found to learn');
  assert.equal(agreesWith('still', 'kept', 100), 'early');
  assert.equal(agreesWith('begun', 'kept', 2000), 'early');
  assert.equal(agreesWith('learned', 'fading', 1000), 'open');
});

test('what a learning rate has done by itself is no evidence for or against the signal', () => {
  assert.equal(oddRate([[0, 0.003]], 0.003, 100), '');
  assert.equal(oddRate([[0, 0.009]], 0.003, 100), '', 'claims were measured up to 3 times the usual rate');
  assert.equal(oddRate([[0, 0.5]], 0.003, 100), 'high');
  assert.equal(oddRate([[0, 0.0001]], 0.003, 100), 'low');
  const raised = /** @type {[number, number][]} */ ([
    [0, 0.003],
    [1000, 0.006],
  ]);
  assert.equal(oddRate(raised, 0.003, 1100), 'raised');
  assert.equal(oddRate(raised, 0.003, 1000), '', 'no step has been taken at that rate');
  for (const word of ['kept', 'vanishing', 'exploding', 'alike']) {
    for (const odd of /** @type {const} */ (['high', 'raised']))
      assert.equal(agreesWith('diverged', word, 9, odd), odd);
    assert.equal(agreesWith('still', word, 1000, 'low'), 'low');
  }
  assert.equal(agreesWith('learned', 'vanishing', 500, 'high'), 'high', 'a high rate makes up for a small gradient');
  assert.equal(agreesWith('learned', 'kept', 500, 'high'), 'yes');
  assert.equal(agreesWith('diverged', 'kept', 9, 'low'), 'fails');
  assert.equal(agreesWith('still', 'kept', 500, 'noise'), 'noise');
  assert.equal(agreesWith('learns', 'kept', 500, 'noise'), 'yes');
});

test('Adam hides the scale: that it trains a network says nothing against an ill verdict', () => {
  for (const outcome of /** @type {const} */ (['learned', 'learns']))
    assert.equal(agreesWith(outcome, 'vanishing', 500, '', true), 'adam');
  assert.equal(agreesWith('learned', 'kept', 500, '', true), 'yes');
  assert.equal(agreesWith('still', 'vanishing', 500, '', true), 'yes');
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
    ['learns', 'yes', 'learns'],
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

test('a value that is no number is no point of a chart: neither an accuracy of 0, nor a ratio at the bottom', () => {
  const curves = createCurves();
  curves.add(Float64Array.of(1, Number.NaN, 0), Float64Array.of(1, Number.NaN, 0, Number.NaN, 0));
  assert.ok(Number.isNaN(curves.accuracy(1)));
  assert.ok(Number.isNaN(curves.scoreAt(1)?.accuracy) && Number.isNaN(curves.scoreAt(1)?.heldAccuracy));
  const numbers = numbersOfLearning({ A: curves, B: createCurves() }, /** @type {any} */ (TRAINING_WORDS));
  assert.deepEqual(numbers.rows[1].slice(1, 7), [Number.NaN, undefined, Number.NaN, undefined, undefined, undefined]);
  assert.deepEqual([0, Number.NaN, Number.POSITIVE_INFINITY, undefined, 0.01].map(logOf), [
    Number.NEGATIVE_INFINITY,
    ...[Number.NaN, Number.NaN, Number.NaN, -2],
  ]);
});

test('both pictures of a decision are of one step, also while both networks go on', () => {
  let drawn = 0;
  const lanes = /** @type {any} */ ({ A: { letter: 'A' }, B: { letter: 'B' } });
  const outputsAt = (/** @type {number} */ step) => ({ step, values: new Float32Array(2 * 24 * 24) });
  const race = { lanes, step: () => 40, isAtRest: () => false, isSeeking: () => false, ask: () => {} };
  const createPlainCanvas = () => ({ draw: () => drawn++ });
  const decision = createDecision(
    /** @type {any} */ ({}),
    /** @type {any} */ ({ createPlainCanvas }),
    /** @type {any} */ (race),
  );
  decision.use(/** @type {any} */ ({ range: [-1, 1] }));
  const drawnAt = (/** @type {number} */ a, /** @type {number} */ b) => {
    drawn = 0;
    [lanes.A.outputs, lanes.B.outputs] = [outputsAt(a), outputsAt(b)];
    decision.update();
    return drawn;
  };
  assert.deepEqual([drawnAt(20, 20), drawnAt(30, 20), drawnAt(30, 30), drawnAt(30, 30)], [2, 0, 2, 0]);
});

test('a small loss keeps its digits', () => {
  const score = { step: 9, accuracy: 1, heldAccuracy: 1, loss: 0.000432 };
  const known = { classes: 10, diverged: 0, best: null };
  assert.match(TRAINING_WORDS.outcome('learned', 9, score, known), /loss 4\.32.×.10⁻⁴\.$/);
  assert.match(TRAINING_WORDS.outcome('learned', 9, { ...score, loss: 0.0432 }, known), /loss 0\.0432\.$/);
});

test('the picture of a decision asks for the middle of each cell, from the top row down', () => {
  assert.deepEqual([...gridOf([-1, 1], 2)], [-0.5, 0.5, 0.5, 0.5, -0.5, -0.5, 0.5, -0.5]);
});

test('the median of ratios leaves out what is not finite', () => {
  assert.equal(medianOf([1e-5, 1e-1, 1e-2]), 1e-2);
  assert.equal(medianOf([Number.NaN, 1, 0.5, Number.NaN, undefined, 2, Number.POSITIVE_INFINITY]), 1);
  assert.ok(Number.isNaN(medianOf([])) && Number.isNaN(medianOf([undefined, Number.NaN])));
});
