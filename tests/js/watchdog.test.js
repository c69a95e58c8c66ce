/*
 * Workers that crash, are killed or never answer. A new worker replaces a dead one and tries its job once more. If that
 * fails too, the job is given up with the reason, and the next request tries again. The timers are the test's own. The
 * client without deaths is in client.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { needsFullModule } from '../../web/engine/full.js';
import { createClient } from '../../web/run/client.js';
import { serve } from '../../web/run/full-worker.js';
import { defaults } from '../../web/state/state.js';

const engine = await loadEngine();
/** The timers that are waiting. @type {Map<number, { at: number, call: () => void }>} */
const timers = new Map();
let now = 0;
let numbers = 0;
Object.assign(globalThis, {
  setTimeout: (/** @type {() => void} */ call, /** @type {number} */ time) => {
    timers.set(++numbers, { at: now + time, call });
    return numbers;
  },
  clearTimeout: (/** @type {number} */ number) => timers.delete(number),
});

/** Lets seconds pass, and calls each timer that is due. @param {number} seconds */
function pass(seconds) {
  for (const end = now + 1000 * seconds; now < end; ) {
    now += 1000;
    for (const [number, { at, call }] of timers) {
      if (at > now) continue;
      timers.delete(number);
      call();
    }
  }
}

/** Lets resolved promises run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** @param {number} depth */
const stateOf = (depth) => ({ ...defaults(), depth, width: 8, batch: 4 });

/** A report of a job that has found nothing yet. */
const NO_NEWS = { type: 'news', same: 0, input: null, layers: [], backs: [], share: 0 };

/** The error of a network that was given up. @param {string} reason */
const stopped = (reason) => ({ code: 'engineStopped', field: null, value: reason, range: null });

/** A port that answers nothing by itself. */
function makePort() {
  const port = {
    /** @type {any[]} */ sent: [],
    /** @type {any} */ onmessage: null,
    /** @type {any} */ onerror: null,
    ended: false,
    terminate: () => {
      port.ended = true;
    },
    postMessage: (/** @type {any} */ message) => port.sent.push(message),
    jobs: () => port.sent.filter(({ spec }) => spec),
    /** Sends a report of the last job, unless the message has another type. @param {any} message */
    tell: (message) => port.onmessage?.({ data: { ...NO_NEWS, id: port.jobs().at(-1).id, ...message } }),
    finish() {
      const { spec } = port.jobs().at(-1);
      const steps = [...engine.steps(spec)];
      port.tell({ layers: steps.slice(0, spec.layers.length), backs: steps.slice(spec.layers.length), done: true });
    },
  };
  return port;
}

/** @typedef {ReturnType<typeof makePort>} Port */

/** @param {() => Promise<Port>} [open] @param {import('../../web/run/ports.js').Edition} [edition] */
function makeClient(open = async () => makePort(), edition = undefined) {
  const first = { A: makePort(), B: makePort() };
  /** @type {Port[]} */
  const reopened = [];
  /** @type {any[]} */
  const shown = [];
  /** @type {boolean[]} */
  const coarse = [];
  const client = createClient(
    first,
    ({ networks: { A, B }, state, coarse: ofFirst }) => {
      coarse.push(ofFirst);
      shown.push({ depth: state.depth, errors: [A.error, B.error], done: [A.done, B.done] });
    },
    async () => {
      reopened.push(await open());
      return /** @type {Port} */ (reopened.at(-1));
    },
    () => true,
    edition,
  );
  return { client, first, reopened, shown, coarse };
}

/** @type {[how: string, die: (port: Port) => void, why: string][]} */
const DEATHS = [
  ['throws', (port) => port.onerror({ message: 'out of memory' }), 'out of memory'],
  ['traps', (port) => port.tell({ type: 'dead', reason: 'RuntimeError: unreachable' }), 'RuntimeError: unreachable'],
  ['is killed, or never answers,', () => pass(31), ''],
];

for (const [how, die, why] of DEATHS) {
  test(`a worker that ${how} is replaced by another, which repeats the job from the beginning`, async () => {
    const { client, first, reopened, shown } = makeClient();
    client.request(stateOf(3));
    first.A.tell({ layers: [...engine.steps(first.A.jobs()[0].spec)].slice(0, 2), backs: [] });
    first.B.finish();
    die(first.A);
    await settle();
    assert.deepEqual([first.A.ended, first.B.ended, reopened.length], [true, false, 1]);
    assert.deepEqual(reopened[0].jobs(), first.A.jobs());
    reopened[0].finish();
    assert.deepEqual(shown.at(-1), { depth: 3, errors: [undefined, undefined], done: [true, true] });
  });

  test(`if the second worker ${how} too, its network shows the error and the next request tries again`, async () => {
    const { client, first, reopened, shown } = makeClient();
    client.request(stateOf(3));
    first.B.finish();
    die(first.A);
    await settle();
    die(reopened[0]);
    await settle();
    assert.deepEqual(shown.at(-1), { depth: 3, errors: [stopped(why), undefined], done: [false, true] });
    assert.equal(reopened.length, 1);
    pass(100);
    client.request(stateOf(3));
    await settle();
    assert.equal(first.B.jobs().length, 1); // its results stay
    reopened[1].finish();
    assert.deepEqual(shown.at(-1), { depth: 3, errors: [undefined, undefined], done: [true, true] });
  });
}

test('both workers may die at once', async () => {
  const { client, first, reopened, shown } = makeClient();
  client.request(stateOf(3));
  pass(31);
  await settle();
  for (const port of reopened) port.finish();
  assert.equal(reopened.length, 2);
  assert.deepEqual([first.A.ended, first.B.ended, shown.at(-1).done], [true, true, [true, true]]);
});

test('a newer request does not wait for a second try of an old one', async () => {
  const { client, first, reopened, shown } = makeClient();
  client.request(stateOf(3));
  first.B.finish();
  client.request(stateOf(4));
  first.A.onerror({ message: 'once' });
  await settle();
  assert.equal(reopened[0].jobs().length, 1);
  assert.equal(reopened[0].jobs()[0].spec.layers.length, 4);
  reopened[0].finish();
  first.B.finish();
  assert.deepEqual(shown.at(-1), { depth: 4, errors: [undefined, undefined], done: [true, true] });
});

test('if two workers die over the first inputs, the other network is still refined and no third worker is tried', async () => {
  const { client, first, reopened, shown, coarse } = makeClient();
  const stateOfSeed = (/** @type {number} */ seed) => ({ ...stateOf(3), seed, batch: 64 });
  client.request(stateOfSeed(1));
  for (const port of [first.A, first.B]) port.finish();
  client.request(stateOfSeed(2));
  first.B.finish();
  first.A.onerror({ message: 'once' });
  await settle();
  reopened[0].onerror({ message: 'twice' });
  pass(1);
  await settle();
  const batches = first.B.jobs().map(({ spec, refines }) => [spec.batch, refines]);
  assert.deepEqual(batches.slice(1), [
    [16, false],
    [64, true],
  ]);
  first.B.finish();
  assert.deepEqual(shown.at(-1), { depth: 3, errors: [stopped('twice'), undefined], done: [false, true] });
  assert.deepEqual([coarse.at(-1), reopened.length], [false, 1]);
});

test('only one timer waits for the end of a drag, whatever else is reported meanwhile', () => {
  const { client, first } = makeClient();
  timers.clear();
  for (const seed of [1, 2]) {
    client.request({ ...stateOf(3), seed, batch: 64 });
    for (const port of [first.A, first.B]) port.finish();
  }
  client.see(1);
  for (const port of [first.A, first.B]) port.tell({ type: 'seen', seen: { layer: 1 } });
  assert.equal([...timers.values()].filter(({ at }) => at <= now + 150).length, 1);
});

test('a worker that dies while idle is replaced at the next request', async () => {
  const { client, first, reopened, shown } = makeClient();
  client.request(stateOf(3));
  first.A.finish();
  first.B.finish();
  first.A.onerror({ message: 'idle' });
  await settle();
  assert.equal(reopened.length, 0);
  client.request(stateOf(4));
  await settle();
  reopened[0].finish();
  first.B.finish();
  assert.deepEqual(shown.at(-1).done, [true, true]);
});

test('if no new worker can start, its network shows the error', async () => {
  const { client, first, shown } = makeClient(() => Promise.reject(new Error('no workers')));
  client.request(stateOf(3));
  first.B.finish();
  first.A.onerror({ message: 'out of memory' });
  await settle();
  assert.deepEqual(shown.at(-1).errors, [stopped('Error: no workers'), undefined]);
});

test('the new worker is given the picture that the dead one had', async () => {
  const { client, first, reopened } = makeClient();
  const picture = { width: 1, height: 1, pixels: new Uint8ClampedArray(4) };
  client.usePicture(picture);
  client.request(stateOf(3));
  first.A.onerror({ message: 'once' });
  await settle();
  assert.deepEqual(reopened[0].sent[0], { type: 'picture', picture });
  for (const port of [first.B, reopened[0]]) port.finish();
});

test('a worker that reports in time is left alone, however long its job takes', async () => {
  const { client, first, reopened } = makeClient();
  client.request(stateOf(3));
  first.B.finish();
  for (let i = 0; i < 100; i++) {
    pass(29);
    first.A.tell({ layers: [], backs: [], share: i / 100 });
  }
  first.A.finish();
  pass(1000);
  await settle();
  assert.deepEqual([first.A.ended, reopened.length], [false, 0]);
});

test('an hour in which the page slept does not count as silence', async () => {
  const { client, first, reopened, shown } = makeClient();
  client.request(stateOf(3));
  pass(20);
  const real = performance.now;
  performance.now = () => real.call(performance) + 3600e3; // as after a sleep: clocks went on, but timers did not
  pass(1);
  first.A.finish();
  first.B.finish();
  performance.now = real;
  await settle();
  assert.deepEqual([reopened.length, shown.at(-1).done], [0, [true, true]]);
});

test('a worker whose engine traps reports itself dead, and one whose engine refuses a spec does not', async () => {
  /** @type {any[]} */
  const told = [];
  /** @type {any} */
  const port = { postMessage: (/** @type {any} */ message) => told.push(message), onmessage: null };
  const { instantiate } = WebAssembly;
  /** @type {any} */ (WebAssembly).instantiate = async (/** @type {any} */ module) => {
    const { exports } = /** @type {any} */ (await instantiate(module));
    const trap = () => {
      throw new WebAssembly.RuntimeError('unreachable');
    };
    return { exports: { ...exports, net_start: trap } };
  };
  const { readFile } = await import('node:fs/promises');
  const module = await WebAssembly.compile(
    new Uint8Array(await readFile(new URL('../../dist/initscope.wasm', import.meta.url))),
  );
  serve(port);
  port.onmessage({ data: { type: 'module', module } });
  while (told.length === 0) await settle();
  WebAssembly.instantiate = instantiate;
  const spec = { layers: [{ kind: 'dense', inputs: 4, units: 4 }] };
  port.onmessage({ data: { type: 'run', id: 1, spec: { ...spec, batch: 0 } } });
  port.onmessage({ data: { type: 'run', id: 2, spec } });
  port.onmessage({ data: { type: 'see', id: 2, spec, layer: 1 } });
  while (told.length < 4) await settle();
  const error = { code: 'wholeRange', field: 'batch', value: 0, range: [1, 1024] };
  assert.deepEqual(told.slice(1), [
    { type: 'refused', id: 1, error },
    { type: 'dead', reason: 'RuntimeError: unreachable' },
    { type: 'dead', reason: 'RuntimeError: unreachable' },
  ]);
});

/** A full engine that arrives or fails when told to. */
function makeEdition() {
  let [edition, loads] = [{}, 0];
  /** @type {{ arrive: () => void, fail: () => void }} */
  const told = { arrive: () => {}, fail: () => {} };
  const small = edition;
  return {
    told,
    loads: () => loads,
    edition: () => edition,
    lacks: (/** @type {any} */ { spec }) => edition === small && needsFullModule(spec),
    load: () => {
      loads++;
      return new Promise((resolve, reject) => {
        told.arrive = () => {
          edition = {};
          resolve(edition);
        };
        told.fail = () => reject(new Error('offline'));
      });
    },
  };
}

const matrix = (/** @type {number} */ depth) => ({ ...stateOf(depth), a: 'orthogonal' });

test('a job that waits for the full engine is not missed, and then runs in a new worker', async () => {
  const edition = makeEdition();
  const { client, first, reopened, shown } = makeClient(undefined, edition);
  client.request(matrix(3));
  first.B.finish();
  pass(100);
  assert.deepEqual([first.A.jobs().length, first.A.ended, shown.length], [0, false, 0]);
  edition.told.arrive();
  await settle();
  assert.deepEqual([first.A.ended, first.B.ended, reopened.length], [true, false, 1]);
  reopened[0].finish();
  assert.deepEqual(shown.at(-1), { depth: 3, errors: [undefined, undefined], done: [true, true] });
  client.request(stateOf(4)); // now the other network takes the full engine too
  await settle();
  assert.deepEqual([first.B.ended, reopened.length, reopened[0].ended], [true, 2, false]);
});

test('a worker that dies while its job waits for the full engine changes nothing', async () => {
  const edition = makeEdition();
  const { client, first, reopened, shown } = makeClient(undefined, edition);
  client.request(matrix(3));
  first.B.finish();
  first.A.onerror({ message: 'out of memory' });
  await settle();
  assert.deepEqual([edition.loads(), reopened.length], [1, 0]);
  edition.told.arrive();
  await settle();
  assert.deepEqual([reopened.length, reopened[0].jobs().length], [1, 1]);
  reopened[0].finish();
  assert.deepEqual(shown.at(-1), { depth: 3, errors: [undefined, undefined], done: [true, true] });
});

test('a newer request does not wait for the full engine, and what comes late starts nothing', async () => {
  const edition = makeEdition();
  const { client, first, reopened, shown } = makeClient(undefined, edition);
  client.request(matrix(3));
  first.B.finish();
  client.request(stateOf(4));
  await settle();
  assert.deepEqual([first.A.jobs().length, first.B.jobs().length], [1, 2]);
  edition.told.fail();
  await settle();
  first.A.finish();
  first.B.finish();
  assert.deepEqual(shown.at(-1), { depth: 4, errors: [undefined, undefined], done: [true, true] });
  assert.equal(reopened.length, 0);
});

test('where the full engine cannot be loaded its network says so, and the next request loads again', async () => {
  const edition = makeEdition();
  const { client, first, shown } = makeClient(undefined, edition);
  client.request(matrix(3));
  first.B.finish();
  edition.told.fail();
  await settle();
  const error = { code: 'engineUnfetched', field: null, value: null, range: null };
  assert.deepEqual(shown.at(-1), { depth: 3, errors: [error, undefined], done: [false, true] });
  pass(100);
  client.request(matrix(3));
  assert.equal(edition.loads(), 2);
  edition.told.fail();
  await settle();
});
