/*
 * What a worker that trains does with the messages of the page: it stops when it is told to, the newest search takes the
 * place of the one under way, other rates count from their step on, and what has gone wrong is told once.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { lsuv } from '../../web/engine/lsuv.js';
import { look } from '../../web/run/job.js';
import { serveTraining } from '../../web/run/training-worker.js';

const engine = await loadEngine();
const module = await WebAssembly.compile(
  new Uint8Array(await readFile(new URL('../../dist/initscope.wasm', import.meta.url))),
);

const COUNT = 60;
const data = {
  inputs: Float32Array.from({ length: 2 * COUNT }, (_, i) => ((i * 37) % 101) / 50 - 1),
  labels: Uint8Array.from({ length: COUNT }, (_, i) => i % 2),
};
const RATE = 0.05;
const options = { data, heldOut: data, optimizer: /** @type {const} */ ('momentum'), rate: RATE };

/** @param {number} [hidden] layers @returns {any} */
const specOf = (hidden = 1) => ({
  layers: [
    ...Array.from({ length: hidden }, (_, i) => ({ kind: 'dense', units: 8, ...(i === 0 && { inputs: 2 }) })),
    { kind: 'dense', units: 2, activation: 'linear' },
  ],
  ...{ activation: 'tanh', scheme: 'xavier-normal', batch: 8, seed: 3 },
});

/** A worker that has started, and what it tells. */
async function start() {
  /** @type {any[]} */
  const told = [];
  let looked = () => {};
  /** @type {any} */
  const port = {
    onmessage: null,
    postMessage(/** @type {any} */ message) {
      told.push(message);
      looked();
    },
  };
  serveTraining(port);
  const send = (/** @type {any} */ message) => port.onmessage({ data: message });
  /** The first message of which something is so. @param {(message: any) => boolean} isSo */
  const until = (isSo) =>
    new Promise((resolve) => {
      looked = () => {
        const found = told.find(isSo);
        if (found) resolve(found);
      };
      looked();
    });
  /** Lets a worker that is at work take dozens of turns of some milliseconds each. */
  const wait = async () => {
    for (let turn = 0; turn < 40; turn++) await look();
  };
  send({ type: 'module', module });
  await until(({ type }) => type === 'ready');
  const begin = (/** @type {any} */ changes = {}) =>
    send({
      ...{ type: 'begin', id: 1, spec: specOf(), tunes: false, options, rates: [[0, RATE]], budget: 1e8 },
      ...changes,
    });
  const seek = (/** @type {number} */ step, ticket = 1, id = 1) => send({ type: 'seek', id, step, ticket });
  const found = (/** @type {number} */ ticket) => until((one) => one.type === 'seen' && one.ticket === ticket);
  /** Losses by step, as news have told them last. */
  const losses = () => {
    /** @type {number[]} */
    const list = [];
    for (const { type, points } of told)
      if (type === 'news') for (let i = 0; i < points.length; i += 3) list[points[i] - 1] = points[i + 1];
    return list;
  };
  /** Losses of all data by step. */
  const scores = () => {
    /** @type {Map<number, number>} */
    const byStep = new Map();
    for (const { type, scores: list } of told)
      if (type === 'news') for (let i = 0; i < list.length; i += 5) byStep.set(list[i], list[i + 1]);
    return byStep;
  };
  return { told, send, until, wait, begin, seek, found, losses, scores };
}

/** Loss of each batch, and of all data at the end, without the worker. @param {number} steps @param {[number, number][]} [rates] */
function freshRun(steps, rates = []) {
  const training = engine.training(specOf(), options);
  const losses = Array.from({ length: steps }, (_, step) => {
    const change = rates.find(([from]) => from === step);
    if (change) training.setRate(change[1]);
    return training.step().loss;
  });
  const { loss } = training.evaluate('train');
  training.end();
  return { losses, loss };
}

test('a worker that is told to stop takes no further step', async () => {
  const { told, send, until, wait, begin, seek } = await start();
  begin();
  seek(100_000);
  await until(({ type, step }) => type === 'news' && step > 50);
  send({ type: 'stop' });
  const count = told.length;
  await wait();
  assert.equal(told.length, count);
});

test('a worker that is told to stop while it tunes begins no training', async () => {
  const { told, send, wait, begin, seek } = await start();
  begin({ spec: specOf(90), tunes: true });
  seek(0);
  send({ type: 'stop' });
  await wait();
  assert.deepEqual(
    told.map(({ type }) => type).filter((type) => type !== 'alive'),
    ['ready'],
  );
});

test('gains are tuned to the first batch before training, and what is trained is told', async () => {
  const { until, begin, seek, found } = await start();
  begin({ tunes: true });
  seek(0);
  const { spec } = await until(({ type }) => type === 'begun');
  const input = data.inputs.slice(0, 2 * 8);
  const gains = (/** @type {any} */ one) => one.layers.map((/** @type {any} */ layer) => layer.gain);
  assert.deepEqual(gains(spec), gains(lsuv(engine, { ...specOf(), input }).spec));
  const { layers } = await found(1);
  const training = engine.training(spec, options);
  assert.equal(layers[0].weights.rms, training.look().layers?.[0].weights.rms);
  training.end();
});

test('a newer search takes the place of the one under way at once', async () => {
  const { told, until, begin, seek, found } = await start();
  begin();
  seek(100_000, 1);
  await until(({ type, step }) => type === 'news' && step > 50);
  seek(5, 2);
  assert.equal((await found(2)).step, 5);
  assert.equal(told.filter(({ type, ticket }) => type === 'seen' && ticket === 1).length, 0);
});

test('other rates count from their step on, whatever the worker is at, and leave nothing of the old ones', async () => {
  const { told, send, until, begin, seek, found, losses, scores } = await start();
  begin();
  seek(100_000, 1);
  await until(({ type, step }) => type === 'news' && step > 400);
  const rates = [
    [0, RATE],
    [100, 0.5],
  ];
  send({ type: 'rates', id: 1, rates, from: 100 });
  await until(({ type }) => type === 'planned');
  seek(600, 2);
  const planned = freshRun(600, [[100, 0.5]]);
  await found(2);
  const last = told.findIndex(({ type }) => type === 'planned');
  const scoresOf = (/** @type {any} */ { scores: list }) => [...list].filter((_, i) => i % 5 === 0);
  await until((one) => one.type === 'news' && told.indexOf(one) > last && scoresOf(one).includes(600));
  assert.deepEqual(losses().slice(0, 600), planned.losses);
  for (const [step, loss] of scores())
    if (step <= 600) assert.equal(loss, freshRun(step, [[100, 0.5]]).loss, `all data at step ${step}`);
  assert.ok(scores().has(200) && scores().has(600));
});

test('what is asked is answered, and a step that is to be observed is', async () => {
  const { send, until, begin, seek, found } = await start();
  begin();
  seek(10);
  await found(1);
  send({ type: 'go', id: 1, until: 30, looks: [20] });
  const seen = await until(({ type, ticket }) => type === 'seen' && ticket === 0);
  assert.equal(seen.step, 20);
  await until(({ type, step }) => type === 'news' && step === 30);
  send({ type: 'ask', id: 1, inputs: data.inputs, step: 45 });
  send({ type: 'go', id: 1, until: 60, looks: [] });
  const { step, values } = await until(({ type }) => type === 'outputs');
  const training = engine.training(specOf(), options);
  for (let taken = 0; taken < 45; taken++) training.step();
  assert.deepEqual([step, values], [45, training.outputs(data.inputs)], 'at the step that was asked for');
  training.end();
});

test('the curves begin at step 0, also where training goes on at once', async () => {
  const { told, send, until, begin, seek, scores } = await start();
  const push = told.push.bind(told);
  told.push = (message) => {
    if (message.type === 'seen') send({ type: 'go', id: 1, until: 30, looks: [] }); // before it can evaluate
    return push(message);
  };
  begin();
  seek(0, 1);
  await until(({ type, step }) => type === 'news' && step === 30);
  assert.ok(scores().has(0));
});

test('steps that were to be observed are forgotten once another step is sought', async () => {
  const { told, send, begin, seek, found, until } = await start();
  begin();
  seek(10, 1);
  await found(1);
  send({ type: 'go', id: 1, until: 10, looks: [20] });
  seek(15, 2);
  await found(2);
  send({ type: 'go', id: 1, until: 30, looks: [] });
  await until(({ type, step }) => type === 'news' && step === 30);
  assert.deepEqual(
    told.filter(({ type }) => type === 'seen').map(({ step }) => step),
    [10, 15],
  );
});

test('where there is no memory for further states, training goes on', async (t) => {
  const { told, send, until, begin, seek, found } = await start();
  begin();
  seek(0);
  await found(1);
  const { slice } = Float32Array.prototype;
  t.after(() => {
    Float32Array.prototype.slice = slice;
  });
  Float32Array.prototype.slice = function (/** @type {[number?, number?]} */ ...given) {
    if (given.length === 0) throw new RangeError('Array buffer allocation failed');
    return slice.apply(this, given);
  };
  send({ type: 'go', id: 1, until: 100, looks: [] });
  await until(({ type, step }) => type === 'news' && step === 100);
  assert.equal(told.filter(({ type }) => type === 'refused').length, 0);
});

test('a network that is refused is told by its number, and does not stand in the way of the next', async () => {
  const { told, until, begin, seek, found } = await start();
  begin({ spec: { ...specOf(), batch: 512 } });
  seek(3, 1);
  begin({ id: 2 });
  seek(7, 2, 2);
  assert.equal((await found(2)).step, 7);
  assert.deepEqual(
    told.filter(({ type }) => type === 'refused').map(({ id }) => id),
    [],
    'it was no longer wanted',
  );
  begin({ id: 3, spec: { ...specOf(), batch: 512 } });
  seek(3, 3, 3);
  const { id, error } = await until(({ type }) => type === 'refused');
  assert.deepEqual([id, error.code, error.field], [3, 'wholeRange', 'batch']);
  begin({ id: 4 });
  seek(2, 4, 4);
  assert.equal((await found(4)).step, 2);
});

test('a worker says that it is alive while one step takes long', async (t) => {
  const { until, begin, seek } = await start();
  let now = 0;
  t.mock.method(performance, 'now', () => {
    now += 100; // each look at the clock takes so long
    return now;
  });
  begin({ spec: specOf(20), tunes: true });
  seek(1);
  await until(({ type }) => type === 'alive');
  await until(({ type }) => type === 'seen');
});
