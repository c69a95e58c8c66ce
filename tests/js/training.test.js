/**
 * Training against plain double precision (plain-training.js): 200 steps of each optimizer, as each library defines it, from
 * the engine's own weights. Loss, weights and biases are compared after each step, with a bound that single precision
 * allows. The plain code itself is tested in plain-training.test.js, what a run promises in training-behaviour.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { generator } from './cases.js';
import { netOf, plainTraining, shaken } from './plain-training.js';
import {
  CHANGED,
  DECAYED,
  FAINT,
  LARGE_EPSILON,
  nameOf,
  OPTIMIZERS,
  OTHERS,
  rateAt,
  ruleOf,
  SEED,
  setUp,
} from './training-cases.js';
import { orderOf } from './training-order.js';

/** @typedef {import('./training-cases.js').Case} Case */

const engine = /** @type {any} */ (await loadEngine());

/** @param {{ weights: ArrayLike<number>[], biases: ArrayLike<number>[] }} net */
const parametersOf = ({ weights, biases }) => Float64Array.from([...weights, ...biases].flatMap((w) => Array.from(w)));

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function largestDifference(a, b) {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

/*
 * The bound. A step in single precision rounds each parameter once, each state and each update a few times, and a
 * gradient by the square roots of the lengths of its sums (plain-training.js counts them). How such errors grow from step to
 * step is the problem's own: momentum gathers them, Adam divides them by sqrt(v), a plateau stretches them. So three
 * more plain runs move every number by its whole rounding, up or down at random. The largest distance so far from
 * the exact run is what rounding can do, and the engine's own is one more draw. If a single direction rules all
 * distances, a normal draw is over 4 times the largest of three others in 1 of 90 cases; but rounding moves a number by
 * half of its bound or less, which leaves 1 of 600. So the bound is 4 times that distance.
 */
const SHAKEN = 3;
const MARGIN = 4;

/**
 * @typedef {object} Course of a plain run, by step from 0
 * @property {number[]} losses
 * @property {(number | undefined)[]} accuracies
 * @property {Float64Array[]} parameters
 * @property {number[]} bounds of the parameters
 * @property {number[]} lossBounds
 */

/** @type {Map<string, Course>} */
const courses = new Map();

/** @param {Case} kase @param {import('./plain-training.js').PlainNet} start @param {number[]} [order] @returns {Course} */
function courseOf(kase, start, order) {
  const known = courses.get(ruleOf(kase));
  if (known) return known;
  const { options, batch, steps, pick } = setUp(kase);
  const runs = Array.from({ length: SHAKEN + 1 }, (_, k) =>
    plainTraining(start, k === 0 ? undefined : shaken(generator(k))),
  );
  /** @type {Course} */
  const course = { losses: [], accuracies: [], parameters: [], bounds: [], lossBounds: [] };
  let [far, lossFar] = [0, 0];
  const everything = /** @type {any} */ (pick(Array.from({ length: batch }, (_, i) => i)));
  for (let s = 0; s < steps; s++) {
    const examples = order ? /** @type {any} */ (pick(order.slice(s * batch, (s + 1) * batch))) : everything;
    const results = runs.map((run) => run.step(examples, batch, { ...kase, rate: rateAt(options.rate, s + 1) }));
    const [exact, ...others] = runs.map(parametersOf);
    far = Math.max(far, ...others.map((other) => largestDifference(exact, other)));
    lossFar = Math.max(lossFar, ...results.map(({ loss }) => Math.abs(loss - results[0].loss)));
    course.losses.push(results[0].loss);
    course.accuracies.push(results[0].accuracy);
    course.parameters.push(exact);
    course.bounds.push(MARGIN * far);
    course.lossBounds.push(MARGIN * lossFar);
  }
  courses.set(ruleOf(kase), course);
  return course;
}

/** @param {number} value */
const short = (value) => value.toExponential(1);

/** @param {import('node:test').TestContext} t @param {Case} kase */
function compare(t, kase) {
  const { spec, options, batch, n, steps } = setUp(kase);
  const training = engine.training(spec, options);
  const order = n > batch ? orderOf(engine, SEED, n, steps * batch) : undefined;
  const start = netOf(training, spec);
  const course = courseOf(kase, start, order);
  /** @type {string[]} */
  const told = [];
  for (let s = 1; s <= steps; s++) {
    if (s === CHANGED) training.setRate(rateAt(options.rate, s));
    const { step, loss, accuracy, rate, diverged } = training.step();
    assert.deepEqual([step, rate, diverged], [s, rateAt(options.rate, s), false]);
    const error = largestDifference(parametersOf(netOf(training, spec)), course.parameters[s - 1]);
    const lossError = Math.abs(loss - course.losses[s - 1]);
    const [bound, lossBound] = [course.bounds[s - 1], course.lossBounds[s - 1]];
    if ([1, 2, 5, 20, 50, 100, 200].includes(s)) told.push(`${s}: ${short(error)} of ${short(bound)}`);
    assert.ok(error <= bound, `step ${s}: parameters are off by ${error}, bound ${bound}`);
    assert.ok(lossError <= lossBound, `step ${s}: the loss ${loss} is off by ${lossError}, bound ${lossBound}`);
    if (options.loss === 'cross-entropy') assert.ok(Math.abs(accuracy - Number(course.accuracies[s - 1])) < 1e-12);
  }
  training.end();
  t.diagnostic(`error by step: ${told.join(', ')}`);
  const moved = largestDifference(parametersOf(start), course.parameters[steps - 1]);
  assert.ok(moved > 30 * course.bounds[steps - 1], `parameters move by ${moved}`);
}

for (const kase of [...DECAYED, ...FAINT, ...LARGE_EPSILON, ...OTHERS]) {
  test(`${nameOf(kase)}: ${setUp(kase).steps} steps agree with double precision`, (t) => compare(t, kase));
}

/** Libraries whose plain runs are the same. Any two others are further apart than three bounds, so that one for another
 * would be seen. @param {Case[]} cases */
function groupsOf(cases) {
  /** @type {{ kase: Case, course: Course, names: string[] }[]} */
  const groups = [];
  for (const kase of cases) {
    const course = /** @type {Course} */ (courses.get(ruleOf(kase)));
    const like = groups.find((group) => {
      const apart = course.parameters.map((p, s) => largestDifference(p, group.course.parameters[s]));
      const told = apart.some((distance, s) => distance > 3 * Math.max(course.bounds[s], group.course.bounds[s]));
      assert.ok(told || Math.max(...apart) < 1e-12, `${nameOf(kase)} and ${nameOf(group.kase)} are hard to tell apart`);
      return !told;
    });
    if (like) like.names.push(kase.as);
    else groups.push({ kase, course, names: [kase.as] });
  }
  return groups.map(({ names }) => names.join(' '));
}

test('a library’s step taken for another’s would break the bound', () => {
  const decayed = OPTIMIZERS.map((name) => groupsOf(DECAYED.filter(({ optimizer }) => optimizer === name)));
  assert.deepEqual(decayed, [
    ['pytorch keras optax', 'tensorflow-js', 'scikit-learn convnet-js'],
    ['pytorch optax', 'keras', 'tensorflow-js', 'scikit-learn convnet-js'],
    ['pytorch optax', 'keras', 'tensorflow-js', 'scikit-learn'],
    ['pytorch', 'keras', 'optax', 'tensorflow-js', 'scikit-learn'],
  ]);
  assert.deepEqual(groupsOf(FAINT), ['pytorch optax', 'keras', 'tensorflow-js', 'scikit-learn']);
  assert.deepEqual(groupsOf(LARGE_EPSILON), ['pytorch optax tensorflow-js', 'keras scikit-learn']);
});
