/*
 * What a worker does with its messages: it runs jobs and reports what they find; it survives a refused job; it stops a
 * job when a newer one waits; it shows the numbers of one layer. Where a test is about timing, it sets the clock. When
 * exactly a job reports is in pace.test.js; workers that die are in watchdog.test.js.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { paintImages } from '../../web/engine/images.js';
import { serve } from '../../web/run/full-worker.js';
import { runJob } from '../../web/run/job.js';
import { NOTHING, unfold } from '../../web/run/reply.js';
import { createTools } from '../../web/run/tools.js';
import { imagesOf, specOf } from '../../web/state/networks.js';
import { defaults } from '../../web/state/state.js';
import { room } from './arbitrary.js';

const engine = await loadEngine();
const module = await WebAssembly.compile(
  new Uint8Array(await readFile(new URL('../../dist/initscope.wasm', import.meta.url))),
);

/** @param {number} depth @param {object} [more] */
const stateOf = (depth, more = {}) => ({ ...defaults(), depth, width: 8, batch: 4, ...more });

/**
 * Sets the clock by hand until the test ends: each reading finds it 2 ms later.
 * @param {import('node:test').TestContext} t @returns {() => number} the time of the last reading
 */
function setClock(t) {
  const { now } = performance;
  let time = 1000;
  t.after(() => {
    performance.now = now;
  });
  performance.now = () => {
    time += 2;
    return time;
  };
  return () => time;
}

/** A worker on a port of the test's own, and every message that it has sent so far. */
function served() {
  const told = /** @type {any[]} */ ([]);
  const port = /** @type {any} */ ({ postMessage: (/** @type {any} */ message) => told.push(message) });
  serve(port);
  /** @param {(message: any) => boolean} expected */
  const until = async (expected) => {
    while (!told.some(expected)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { told, until, post: (/** @type {any} */ data) => port.onmessage({ data }) };
}

test('a long job that is stopped answers with the layers that it has', async () => {
  const spec = specOf({ ...defaults(), depth: 100, width: 1024, batch: 64 }, 'A');
  /** @type {any[]} */
  const answers = [];
  await runJob(
    engine,
    { id: 1, spec },
    (message) => answers.push(message),
    () => answers.some((answer) => answer.layers.length > 0),
  );
  const layers = answers.flatMap((answer) => answer.layers);
  assert.equal(answers.at(-1).done, false);
  assert.ok(layers.length > 0 && answers.flatMap((answer) => answer.backs).length < 100);
  assert.deepEqual(
    layers.map(({ layer }) => layer),
    layers.map((_, i) => i + 1),
  );
});

test('a long job reports its first layers at once, and gives way there only if a forward pass was done lately', async (t) => {
  const time = setClock(t);
  const spec = specOf({ ...defaults(), depth: 100, width: 1024, batch: 64 }, 'A');
  for (const [forward, gives] of /** @type {[number, boolean][]} */ ([
    [time(), true],
    [-Infinity, false],
  ])) {
    /** @type {any[]} */
    const answers = [];
    const tell = (/** @type {any} */ message) => answers.push(message);
    const last = { took: 0, told: [], forward };
    const begun = time();
    await runJob(engine, { id: 1, spec, ahead: true }, tell, () => answers.length > 0, undefined, engine, last);
    assert.equal(last.took, time() - begun - 2); // the job's first reading is 2 ms after `begun`
    assert.ok(last.took > 8 && last.forward === forward);
    const [first, ...others] = answers.map(({ layers }) => layers.length);
    assert.ok(first > 0 && first < 20, `${first} layers`);
    assert.equal(
      others.every((layers) => layers === 0),
      gives,
    );
    assert.equal(answers.at(-1).done, false);
  }
});

test('a job notes for the next one how long it took and when its forward pass was done', async (t) => {
  const time = setClock(t);
  const last = { took: 0, told: [], forward: -Infinity };
  const begun = time();
  const answer = () => {};
  await runJob(engine, { id: 1, spec: specOf(stateOf(3), 'A') }, answer, () => false, undefined, engine, last);
  assert.ok(last.took > 0 && last.forward > begun && last.told.length === 3);
  const broken = { id: 2, spec: { ...specOf(stateOf(3), 'A'), batch: -1 } };
  await runJob(engine, broken, answer, () => false, undefined, engine, last);
  assert.deepEqual(last.told, []);
});

test('a refused job gives the reason as data, and the next job runs', async () => {
  const { told, until, post } = served();
  post({ type: 'module', module });
  await until(({ type }) => type === 'ready');
  assert.ok(told[0].tables.schemes.length > 5);
  post({ type: 'run', id: 1, spec: { ...specOf(stateOf(2), 'A'), batch: -1 } });
  post({ type: 'run', id: 2, spec: specOf(stateOf(2), 'A') });
  await until(({ id, done }) => id === 2 && done);
  const error = { code: 'wholeRange', field: 'batch', value: -1, range: [1, 1024] };
  assert.deepEqual(told[1], { type: 'refused', id: 1, error });
  assert.equal(told.slice(2).flatMap(({ layers }) => layers).length, 2);
});

test('a search for LSUV gains that is stopped halfway frees its memory', async () => {
  const before = room(engine);
  const spec = specOf(stateOf(30, { width: 512, batch: 64, a: 'normal' }), 'A');
  /** @type {any[]} */
  const answers = [];
  await runJob(
    engine,
    { id: 1, spec, tune: 'lsuv' },
    (message) => answers.push(message),
    () => true,
    createTools(),
  );
  assert.deepEqual([answers.at(-1).done, answers.at(-1).layers], [false, []]);
  assert.equal(room(engine), before);
});

test('a long job reports in two parts, the forward pass first', async () => {
  /** @type {any[]} */
  const answers = [];
  const job = { id: 1, spec: specOf(stateOf(3), 'A') };
  const tell = (/** @type {any} */ message) => answers.push(message);
  await runJob(engine, job, tell, () => false, undefined, engine, { took: 100, told: [], forward: 0 });
  const parts = answers.map(({ layers, backs, done }) => [layers.length, backs.length, done]);
  assert.deepEqual(parts.at(0), [3, 0, undefined]);
  assert.deepEqual(parts.at(-1)?.[2], true);
  assert.equal(
    answers.reduce((sum, { backs }) => sum + backs.length, 0),
    3,
  );
});

test('once the forward pass is reported, the backward pass gives way to a newer job', async () => {
  /** @type {any[]} */
  const answers = [];
  const job = { id: 1, spec: specOf(stateOf(3), 'A') };
  const tell = (/** @type {any} */ message) => answers.push(message);
  await runJob(engine, job, tell, () => answers.length > 0, undefined, engine, { took: 100, told: [], forward: 0 });
  assert.deepEqual([answers.at(-1).done, answers.flatMap(({ backs }) => backs).length], [false, 0]);
});

test('layers that jobs have in common are not sent again, and each job still gives all of its own', async () => {
  const { told, until, post } = served();
  post({ type: 'module', module });
  await until(({ type }) => type === 'ready');
  const specs = [specOf(stateOf(6), 'A'), specOf(stateOf(3), 'A'), specOf(stateOf(3), 'B')];
  for (const [i, spec] of specs.entries()) post({ type: 'run', id: i + 1, spec });
  await until(({ id, done }) => id === specs.length && done);
  let known = NOTHING;
  specs.forEach((spec, i) => {
    for (const message of told.filter(({ id }) => id === i + 1)) known = unfold(known, message);
    const whole = engine.run(spec).layers.map(({ layer, activations }) => [layer, activations]);
    assert.deepEqual(
      known.layers.map(({ layer, activations }) => [layer, activations]),
      whole,
    );
  });
});

test('a job reports how many of its first layers are the same as in the job before', async () => {
  const { told, until, post } = served();
  post({ type: 'module', module });
  await until(({ type }) => type === 'ready');
  const spec = specOf(stateOf(6, { a: 'he-normal' }), 'A');
  const deeper = specOf(stateOf(9, { a: 'he-normal' }), 'A');
  const other = { ...deeper, seed: 5 };
  const bad = { ...deeper, batch: -1 };
  const renamed = { ...deeper, scheme: { name: 'variance-scaling', scale: 2, mode: 'fan_in', distribution: 'normal' } };
  const jobs = /** @type {[spec: any, same: number][]} */ ([
    [spec, 0],
    [deeper, 5],
    [deeper, 8],
    [renamed, 0],
    [other, 0],
    [bad, 0],
    [other, 0], // the job before failed, so no layer is known to be the same
  ]);
  let known = NOTHING;
  for (const [i, [asked, same]] of jobs.entries()) {
    post({ type: 'run', id: i + 1, spec: asked });
    await until(({ id, done, error }) => id === i + 1 && (done || error));
    const messages = told.filter(({ id }) => id === i + 1);
    if (asked === bad) {
      assert.deepEqual(
        messages.map(({ type }) => type),
        ['refused'],
      );
      continue;
    }
    for (const message of messages) known = unfold(known, message);
    const layers = /** @type {any[]} */ ([...engine.steps({ ...asked, backward: false })]).map(
      ({ input, ...layer }) => layer,
    );
    assert.deepEqual([known.layers, messages.at(-1).same], [layers, same], `job ${i + 1}`);
    assert.equal(messages.flatMap((message) => message.layers).length, layers.length - same);
  }
});

test('images are painted again when the job asks for others or the reader brings another picture', async () => {
  const picture = (/** @type {number} */ step) => ({
    name: 'own.png',
    width: 40,
    height: 40,
    pixels: Uint8ClampedArray.from({ length: 40 * 40 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * step) % 251)),
  });
  for (const [input, own] of /** @type {[string, any][]} */ ([
    ['bricks', undefined],
    ['clouds', undefined],
    ['own', picture(1)],
    ['own', picture(5)],
  ])) {
    const state = { ...stateOf(1), kind: 'conv', channels: 4, size: 16, input };
    const [spec, images] = [specOf(state, 'A'), imagesOf(state)];
    /** @type {any[]} */
    const answers = [];
    await runJob(
      engine,
      { id: 1, spec, images },
      (message) => answers.push(message),
      () => false,
      createTools(own),
    );
    const painted = paintImages(/** @type {any} */ (images), own);
    const expected = engine.run({ ...spec, input: painted }).layers[0].preactivations.rms;
    assert.equal(answers.flatMap(({ layers }) => layers)[0].preactivations.rms, expected, input);
  }
});

test('a message holds its histograms in one buffer for each pass', async () => {
  const answers = /** @type {any[]} */ ([]);
  await runJob(
    engine,
    { id: 1, spec: specOf(stateOf(3), 'A') },
    (message) => answers.push(message),
    () => false,
  );
  for (const { layers, backs } of answers) {
    for (const some of [layers, backs]) {
      const tensors = some.flatMap(Object.values).filter((/** @type {any} */ value) => value?.counts);
      assert.ok(new Set(tensors.map((/** @type {any} */ { counts }) => counts.buffer)).size <= 1);
    }
  }
});

test('after a network that fills the memory there is room for LSUV and for showing a layer', async () => {
  const { told, until, post } = served();
  const spec = specOf(stateOf(5, { width: 2048, batch: 1024, a: 'normal', valueA: 0.03 }), 'A');
  post({ type: 'module', module });
  const whole = (/** @type {any} */ message) => post({ ...message, spec });
  whole({ type: 'run', id: 1 });
  await until(({ id, layers }) => id === 1 && layers.length > 0);
  post({ type: 'stop', id: 1 });
  whole({ type: 'run', id: 2, tune: 'lsuv' });
  await until(({ id, tuned, error }) => id === 2 && (tuned || error));
  post({ type: 'stop', id: 2 });
  whole({ type: 'see', id: 3, layer: 1 });
  await until(({ id, seen }) => id === 3 && seen);
  assert.deepEqual(
    told.filter(({ error }) => error),
    [],
  );
});

test('showing a layer gives way to a job', async () => {
  const { told, until, post } = served();
  post({ type: 'module', module });
  post({ type: 'see', id: 1, spec: specOf(stateOf(100, { width: 4096 }), 'A'), layer: 100 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  post({ type: 'run', id: 2, spec: specOf(stateOf(2), 'A') });
  await until(({ done }) => done);
  assert.deepEqual(
    told.filter(({ seen }) => seen),
    [],
  );
  assert.equal(told.at(-1).id, 2);
});
