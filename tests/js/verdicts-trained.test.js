/*
 * The verdict on the signal, held against training: of 30 networks that it promises well at least 27 learn the digits, of 30
 * that it promises ill at most 3. They are the first of each kind that a rule draws; none is chosen by hand.
 *
 * The verdict is the one that the view Training shows: that of the page's own network on the page's own input. What is
 * trained, and how, is the view's default. Nothing is claimed of other optimizers: Adam gives each weight a step of its own
 * size, and so hides a gradient that has vanished.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeData } from '../../web/data/data.js';
import { loadEngine } from '../../web/engine/engine.js';
import { ACTIVATIONS } from '../../web/engine/tables.js';
import { SCHEMES } from '../../web/state/choices.js';
import { specOf } from '../../web/state/networks.js';
import { defaults, format } from '../../web/state/state.js';
import { agreesWith, ENOUGH, outcomeOf } from '../../web/training/judgement.js';
import { defaultSettings } from '../../web/training/settings.js';
import { classesOf, optionsOf, trainedSpec } from '../../web/training/trained-spec.js';
import { generator } from './cases.js';
import { judgeState } from './judged.js';

/** @typedef {import('../../web/state/state.js').State} State */
/** @typedef {ReturnType<typeof judgeState>['found']} Verdict */

const engine = await loadEngine();
const SETTINGS = defaultSettings();
const MADE = makeData(SETTINGS.data);

const STEPS = 1000;
/** How often the accuracy is measured. A network that has learned needs no further steps. */
const EVERY = 100;

/** @template T @param {() => number} random @param {readonly T[]} list */
const pick = (random, list) => list[Math.floor(random() * list.length)];

/** A number where equal ratios are as likely. @param {() => number} random @param {number} least @param {number} most */
const ratio = (random, least, most) => Number((least * (most / least) ** random()).toPrecision(3));

/** Half of all networks have no biases. @type {((random: () => number) => Partial<State>)[]} */
const BIASES = [
  () => ({}),
  () => ({}),
  () => ({ biasA: 'pytorch-default' }),
  (random) => ({ bias: ratio(random, 0.05, 1) }),
];

/** What a reader may set, all of it at random. Narrow and not too deep, so that it is quick. @param {number} seed */
function drawAny(seed) {
  const random = generator(seed);
  return {
    ...defaults(),
    seed,
    depth: 2 + Math.floor(24 * random()),
    width: Math.round(ratio(random, 32, 48)),
    activation: pick(random, ACTIVATIONS),
    a: pick(random, SCHEMES).name,
    gainA: ratio(random, 0.3, 3),
    ...pick(random, BIASES)(random),
  };
}

/** Bounded activations with large weights, whatever their fans. @param {number} seed */
function drawSaturated(seed) {
  const random = generator(seed);
  const activation = pick(random, ['tanh', 'hardtanh']);
  const [depth, width] = [2 + Math.floor(6 * random()), Math.round(ratio(random, 32, 64))];
  return { ...defaults(), seed, depth, width, activation, a: 'normal', valueA: ratio(random, 0.15, 5) };
}

/** Output layers with large weights, above layers that keep the scale. @param {number} seed */
function drawLoud(seed) {
  const random = generator(seed);
  const [depth, width] = [2 + Math.floor(9 * random()), Math.round(ratio(random, 32, 48))];
  const shape = { depth, width, activation: pick(random, ['relu', 'tanh', 'gelu']), headGain: ratio(random, 2, 8) };
  return { ...defaults(), seed, loss: 'cross-entropy', a: 'orthogonal', gainA: 1.2, ...shape };
}

/** So many networks are drawn at most until each kind is full. */
const MOST_DRAWN = 10_000;

/**
 * The first networks of each kind.
 * @param {(seed: number) => State} draw
 * @param {(found: Verdict) => string} kindOf
 * @param {Record<string, number>} counts how many of each kind
 */
function find(draw, kindOf, counts) {
  /** @type {Record<string, { state: State, word: string }[]>} */
  const kinds = Object.fromEntries(Object.keys(counts).map((kind) => [kind, []]));
  for (let seed = 1; Object.entries(kinds).some(([kind, { length }]) => length < counts[kind]); seed++) {
    assert.ok(seed <= MOST_DRAWN, `too few of a kind: ${JSON.stringify(counts)}`);
    const state = draw(seed);
    const { found } = judgeState(state, 'A');
    const kind = kindOf(found);
    if (kinds[kind]?.length < counts[kind]) kinds[kind].push({ state, word: found.word });
  }
  return kinds;
}

/**
 * What training did to a network: 'learned' or another outcome, and what it was when it is first told apart.
 * @param {State} state
 */
function train(state) {
  const options = /** @type {any} */ (optionsOf(SETTINGS, MADE));
  const training = engine.training(trainedSpec(specOf, state, 'A', SETTINGS.data), options);
  const scores = [];
  let [outcome, early] = ['', ''];
  for (let step = 1; step <= STEPS && outcome !== 'learned' && outcome !== 'diverged'; step++) {
    const { diverged } = training.step();
    if (!diverged && step % EVERY > 0) continue;
    scores.push(/** @type {{ accuracy: number, loss: number }} */ (training.evaluate('train')));
    outcome = outcomeOf(step, scores, classesOf(SETTINGS.data), diverged ? step : 0);
    if (step <= ENOUGH) early = outcome;
  }
  training.end();
  return { outcome, early };
}

/**
 * Trains networks, and says how many learn, and how many had begun to once that is judged.
 * @param {{ state: State, word: string }[]} list
 * @returns {{ learned: number, moved: number, all: string }} all: a line for each, to read where a claim fails
 */
function trainAll(list) {
  const found = list.map(({ state }) => train(state));
  const lines = list.map(({ state, word }, i) => `${found[i].outcome}, ${found[i].early}; ${word}: ${format(state)}`);
  const learned = found.filter(({ outcome }) => outcome === 'learned').length;
  const moved = found.filter(({ early }) => early === 'learned' || early === 'learns').length;
  return { learned, moved, all: lines.join('\n') };
}

/** What the view would say, had the network learned. @type {Record<string, string>} */
const PROMISES = { yes: 'well', learns: 'ill' };

const { well, ill } = find(drawAny, ({ word }) => PROMISES[agreesWith('learned', word, STEPS)], { well: 30, ill: 30 });

test('of 30 networks that keep or settle their scale, at least 27 learn', () => {
  const { learned, moved, all } = trainAll(well);
  assert.ok(learned >= 27, `${learned} learn:\n${all}`);
  assert.equal(moved, well.length, `by step ${ENOUGH}, where a network is said to stand still:\n${all}`);
});

test('of 30 networks that vanish, explode, or are dead, saturated or broken, at most 3 learn', () => {
  const { learned, moved, all } = trainAll(ill);
  assert.ok(learned <= 3, `${learned} learn:\n${all}`);
  assert.ok(moved <= 3, `${moved} have begun to learn by step ${ENOUGH}:\n${all}`);
});

const { half, most } = find(
  drawSaturated,
  ({ word, outcome: { saturated, signal, gradient } }) => {
    if (signal?.level === 2 || gradient?.level === 2) return '';
    return word === 'saturated' ? 'most' : saturated.share >= 0.5 ? 'half' : '';
  },
  { half: 12, most: 8 },
);

test('of 12 networks with half to nine tenths of a layer saturated, at least 7 learn, so it is only a caution', () => {
  const { learned, all } = trainAll(half);
  assert.ok(learned >= 7, `${learned} learn:\n${all}`);
});

test('of 8 networks with nine tenths of a layer saturated, at most 1 learns', () => {
  const { learned, all } = trainAll(most);
  assert.ok(learned <= 1, `${learned} learn:\n${all}`);
});

test('of 8 networks whose loss is too high, at least 6 learn, so the view takes that for no promise', () => {
  const { loss } = find(drawLoud, ({ word }) => word, { loss: 8 });
  const { learned, all } = trainAll(loss);
  assert.ok(learned >= 6, `${learned} learn:\n${all}`);
  assert.equal(agreesWith('learned', 'loss', STEPS), 'open');
});
