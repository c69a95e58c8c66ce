/*
 * The map of trainable depth: which networks train, in what order, on two workers that can stop; its limit by theory; and
 * that a cell reaches what the page reaches with the same network. On the page it is in tests/page/training-map.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeData } from '../../web/data/data.js';
import { loadEngine } from '../../web/engine/engine.js';
import { answerCell } from '../../web/run/training-cells.js';
import { specOf } from '../../web/state/networks.js';
import { defaults, format, parse } from '../../web/state/state.js';
import { mix } from '../../web/training/map/map-chart.js';
import { numbersOfMap } from '../../web/training/map/map-numbers.js';
import {
  BIAS_SQUARE,
  CELLS,
  changesOf,
  DEPTHS,
  keyOf,
  limitOf,
  meanOf,
  order,
  placeAmong,
  SAMPLES,
  SCALES,
  SEEDS,
  SQUARES,
} from '../../web/training/map/map-plan.js';
import { scalesOf } from '../../web/training/map/map-scales.js';
import { createPairRun } from '../../web/training/pair-run.js';
import { parseSettings } from '../../web/training/settings.js';
import { optionsOf, trainedSpec } from '../../web/training/trained-spec.js';
import { beginTraining } from './trained-lessons.js';

const engine = await loadEngine();
const tanh = engine.phase('tanh');
const depthScale = (/** @type {number} */ square, /** @type {number} */ biasSquare) =>
  tanh.point(square, biasSquare).depth;

test('32 cells, the critical variance among them; the first seed of all comes before the second of any', () => {
  assert.deepEqual([CELLS.length, DEPTHS.length, SQUARES.includes(1.76)], [32, 4, true]);
  const all = order();
  assert.equal(new Set(all.map((one) => `${keyOf(one)} ${one.seed}`)).size, 96);
  SEEDS.forEach((seed, i) => {
    const round = all.slice(32 * i, 32 * (i + 1));
    assert.ok(round.every((one) => one.seed === seed));
    assert.deepEqual(new Set(round.map(keyOf)), new Set(CELLS.map(keyOf)));
  });
});

test('the mean is that of the seeds that are known', () => {
  assert.ok(Number.isNaN(meanOf([])) && Number.isNaN(meanOf([undefined, undefined])));
  assert.equal(meanOf([0.5]), 0.5);
  assert.equal(meanOf([0.5, undefined, 1]), 0.75);
});

test('a value’s place among others is straight between them, and goes on beyond the ends', () => {
  const places = [20, 30, 25, 50, 60, 10, 80].map((value) => placeAmong(DEPTHS, value));
  assert.deepEqual(places, [0, 1, 0.5, 2.5, 3, -1, 4]);
});

/* Six depth scales of the correlation: 21.8 layers at 1 and 54 at 3, by a program of numpy that knows nothing of this one.
 * The quoted digits are rounded: half of the last one. 1.76 is rounded too: there the limit is far beyond the map. */
test('the limit by theory is 21.8 layers at 1, 54 at 3, and far beyond the map at 1.76', () => {
  const scales = scalesOf(tanh);
  const depthAt = (/** @type {number} */ square) => SCALES * scales[SAMPLES.indexOf(square)];
  assert.ok(Math.abs(depthAt(1) - 21.8) <= 0.05, String(depthAt(1)));
  assert.ok(Math.abs(depthAt(3) - 54) <= 0.5, String(depthAt(3)));
  assert.ok(depthAt(1.76) > 1000, String(depthAt(1.76)));
  const limit = limitOf(scales);
  assert.deepEqual([limit[0].column, limit.at(-1)?.column], [0, SQUARES.length - 1]);
  assert.ok(Math.abs(limit[0].row - (depthAt(1) - 20) / 10) < 1e-12);
  assert.ok(limit.every(({ row }) => !Number.isNaN(row)));
  assert.ok(limitOf([Number.POSITIVE_INFINITY])[0].row === Number.POSITIVE_INFINITY);
});

/* Where inputs grow alike, the limit is at the correlation 1, and engine.fixedPoint tells the same. */
test('below the critical point the depth scale is that of the fixed point', () => {
  for (const square of [0.5, 1, 1.25, 1.5, 1.7]) {
    for (const biasSquare of [0.01, BIAS_SQUARE, 0.3]) {
      const { chi, correlationDepth } = engine.fixedPoint('tanh', square, biasSquare);
      if (chi >= 1) continue;
      const found = depthScale(square, biasSquare);
      assert.ok(
        Math.abs(found / correlationDepth - 1) < 1e-6,
        `${square}, ${biasSquare}: ${found}, ${correlationDepth}`,
      );
    }
  }
});

/* Above it, two inputs are followed through the recursion itself, by a rule of 161 x 161 points that has nothing in common
 * with the series. The distance to the fixed point falls by exp(-1 / xi) a layer. */
test('above the critical point, the distance of a correlation to its limit falls by 1/e in a depth scale', () => {
  const [square, biasSquare] = [3, BIAS_SQUARE];
  const { q } = engine.fixedPoint('tanh', square, biasSquare);
  const nodes = Array.from({ length: 161 }, (_, i) => (i - 80) / 10);
  const weights = nodes.map((z) => (0.1 * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI));
  const next = (/** @type {number} */ c) => {
    let sum = 0;
    nodes.forEach((x, i) => {
      nodes.forEach((y, k) => {
        const other = c * x + Math.sqrt(1 - c * c) * y;
        sum += weights[i] * weights[k] * Math.tanh(Math.sqrt(q) * x) * Math.tanh(Math.sqrt(q) * other);
      });
    });
    return (square * sum + biasSquare) / q;
  };
  const path = [0.9];
  for (let layer = 0; layer < 150; layer++) path.push(next(path[layer]));
  const limit = path[150];
  const measured = -20 / Math.log((path[60] - limit) / (path[40] - limit));
  const found = depthScale(square, biasSquare);
  /* after 40 layers, terms of the second order are exp(-40 / 9) of the first; 150 layers leave exp(-10) of the distance */
  assert.ok(Math.abs(measured / found - 1) < 0.01, `${measured}, ${found}`);
});

/** A port to what answers for the map in a worker. */
function openPort() {
  /** @type {any} */
  const port = {};
  const back = { postMessage: (/** @type {any} */ data) => queueMicrotask(() => port.onmessage?.({ data })) };
  port.postMessage = (/** @type {any} */ message) => answerCell(message, engine, /** @type {any} */ (back));
  return port;
}

/** @param {any} message */
const answerOf = (message) =>
  new Promise((resolve) => {
    const port = openPort();
    port.onmessage = (/** @type {any} */ { data }) => data.type !== 'alive' && resolve(data);
    port.postMessage(message);
  });

const { settings } = parseSettings('');
const options = optionsOf(settings, makeData('digits', {}));

/** The network of a cell, as the page finds it, whatever the page shows. @param {any} cell @param {number} seed */
const specOfCell = (cell, seed) => {
  const elsewhere = parse(
    'kind=conv&loss=cross-entropy&head=sigmoid&a=zeros&biasA=zeros&batch=7&width=3&tuneA=lsuv',
  ).state;
  return trainedSpec(specOf, { ...elsewhere, ...changesOf(cell, seed) }, 'A', 'digits');
};

test('a cell reaches what its address reaches as A, after as many steps, to the last bit', async () => {
  const cell = { depth: 20, square: 1.76 };
  for (const seed of [1, 3]) {
    const answer = await answerOf({ type: 'cell', id: 7, spec: specOfCell(cell, seed), options, steps: 4 });
    const { state } = parse(format({ ...defaults(), ...changesOf(cell, seed), train: 'digits' }));
    const training = beginTraining(engine, state, 'A');
    for (let step = 0; step < 4; step++) training.step();
    const { loss, accuracy } = training.evaluate('train');
    training.end();
    assert.deepEqual(answer, { type: 'cell', id: 7, loss, accuracy });
  }
});

test('a network that the engine refuses is told, not thrown', async () => {
  const spec = { ...specOfCell({ depth: 20, square: 1 }, 1), batch: 1e6 };
  const { type, id, error } = await answerOf({ type: 'cell', id: 3, spec, options, steps: 1 });
  assert.deepEqual([type, id, typeof error.code], ['refused', 3, 'string']);
});

/** A worker that answers when it is told to. */
function createStage() {
  /** @type {{ port: any, message: any, isClosed: boolean }[]} */
  const asked = [];
  let opened = 0;
  return {
    asked,
    opened: () => opened,
    async open() {
      opened++;
      /** @type {any} */
      const port = {
        postMessage: (/** @type {any} */ message) => asked.push({ port, message, isClosed: false }),
        terminate() {
          for (const one of asked) if (one.port === port) one.isClosed = true;
        },
      };
      return port;
    },
    /** Answers the oldest question. */
    answer() {
      const [{ port, message }] = asked.splice(0, 1);
      port.onmessage({ data: { type: 'cell', id: message.id, accuracy: message.one } });
    },
  };
}

/** Lets all promises settle that can. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** @param {number} count */
function startRun(count) {
  const stage = createStage();
  /** @type {[number, number][]} */
  const done = [];
  const run = createPairRun(stage.open, () => {});
  run.set(Array.from({ length: count }, (_, i) => i));
  const go = () =>
    run.go(
      (one) => ({ one }),
      (one, { accuracy }) => done.push([one, accuracy]),
    );
  return { stage, done, run, go };
}

test('two networks train at once, in order, each once', async () => {
  const { stage, done, run, go } = startRun(5);
  const ended = go();
  await turn();
  assert.deepEqual([stage.opened(), stage.asked.map(({ message }) => message.one)], [2, [0, 1]]);
  assert.ok(run.isRunning() && run.isWorkingOn((one) => one === 1) && !run.isWorkingOn((one) => one === 2));
  for (let i = 0; i < 5; i++) {
    stage.answer();
    await turn();
  }
  await ended;
  assert.deepEqual(done, [0, 1, 2, 3, 4].map((one) => [one, one])); // biome-ignore format: one line
  assert.deepEqual([run.left(), run.isRunning(), run.error(), stage.opened()], [0, false, null, 2]);
});

test('stopped, both workers end and nothing more is told; what was under way is done first when it goes on', async () => {
  const { stage, done, run, go } = startRun(4);
  go();
  await turn();
  stage.answer();
  await turn();
  run.stop();
  assert.ok(stage.asked.every(({ isClosed }) => isClosed));
  assert.deepEqual([run.left(), run.isRunning()], [3, false]);
  while (stage.asked.length > 0) stage.answer(); // too late
  await turn();
  assert.deepEqual(done, [[0, 0]]);
  const ended = go();
  await turn();
  for (let i = 0; i < 3; i++) {
    stage.answer();
    await turn();
  }
  await ended;
  assert.deepEqual(new Set(done.map(([one]) => one)), new Set([0, 1, 2, 3]));
  assert.equal(done.length, 4);
});

test('a worker that dies is opened again once; where it dies again, the rest waits and the reason is told', async () => {
  const { stage, done, run, go } = startRun(3);
  const ended = go();
  await turn();
  const [first] = stage.asked.splice(0, 1);
  first.port.onerror({ message: 'gone' });
  await turn();
  assert.equal(stage.opened(), 3);
  const again = stage.asked.findIndex(({ message }) => message.one === first.message.one);
  const [second] = stage.asked.splice(again, 1);
  second.port.onerror({ message: 'gone' });
  await ended;
  assert.deepEqual([run.isRunning(), run.left(), done], [false, 3, []]);
  assert.match(String(run.error()), /gone/);
});

test('a worker that hangs is opened again after half a minute, and one that says it is alive is not', async (t) => {
  t.mock.timers.enable(/** @type {any} */ ({ apis: ['setTimeout'] }));
  const { stage, done, go } = startRun(2);
  const ended = go();
  await turn();
  const [hung, slow] = stage.asked;
  for (let second = 0; second <= 31; second++) {
    slow.port.onmessage({ data: { type: 'alive' } });
    t.mock.timers.tick(1000);
  }
  await turn();
  assert.equal(stage.opened(), 3);
  assert.deepEqual([hung.isClosed, slow.isClosed], [true, false]);
  stage.asked.shift();
  for (let i = 0; i < 2; i++) stage.answer();
  await ended;
  assert.deepEqual(new Set(done.map(([one]) => one)), new Set([0, 1]));
});

test('the table has a row for each cell, with every seed, their mean and the limit', () => {
  const texts = {
    depth: 'depth',
    square: 's',
    seed: (/** @type {number} */ n) => `seed ${n}`,
    mean: 'mean',
    limit: 'L',
  };
  const reached = new Map([['20 1', [0.5, undefined, 1]]]);
  const scales = SAMPLES.map((_, i) => i);
  const { head, rows } = numbersOfMap((cell) => reached.get(keyOf(cell)) ?? [], scales, texts);
  assert.deepEqual(head, ['depth', 's', 'seed 1', 'seed 2', 'seed 3', 'mean', 'L']);
  assert.equal(rows.length, 32);
  assert.deepEqual(rows[0], [20, 1, 0.5, undefined, 1, 0.75, 0]);
  assert.deepEqual(rows[1].slice(0, 6), [20, 1.25, undefined, undefined, undefined, undefined]);
});

test('a colour between two is as far between them as asked', () => {
  assert.deepEqual([mix('#000000', '#ffffff', 0), mix('#000000', '#ffffff', 1)], ['#000000', '#ffffff']);
  assert.equal(mix('#102030', '#304050', 0.5), '#203040');
});
