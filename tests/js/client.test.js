/*
 * The client between the page and its two workers. Each network has at most one job in flight, the newest waiting request
 * wins, and a reply carries the state that was requested. Workers that die over a job are in watchdog.test.js.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { createClient } from '../../web/run/client.js';
import { runJob } from '../../web/run/job.js';
import { specOf } from '../../web/state/networks.js';
import { defaults } from '../../web/state/state.js';

const engine = await loadEngine();

/** @param {number} depth @param {object} [more] */
const stateOf = (depth, more = {}) => ({ ...defaults(), depth, width: 8, batch: 4, ...more });

/** The layers that a worker would report for a whole run. @param {import('../../web/engine/spec.js').Spec} spec */
function news(spec) {
  const steps = [...engine.steps(spec)];
  return { layers: steps.slice(0, spec.layers.length), backs: steps.slice(spec.layers.length) };
}

/** Waits longer than the pause after which the client takes a drag to be over. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 200));

const noDeath = () => assert.fail('no worker died');

/** Whether all tests are over: then open requests are answered, so that nothing keeps waiting. */
let over = false;
/** @type {(() => void)[]} */
const finishers = [];
after(() => {
  over = true;
  for (const finish of finishers) finish();
});

/** A report of a job that has found nothing yet. */
const NO_NEWS = { type: 'news', same: 0, input: null, layers: [], backs: [], share: 0 };

/** A port that does nothing by itself. */
function makePort() {
  const port = {
    /** @type {any[]} */ sent: [],
    /** @type {any} */ onmessage: null,
    /** @type {any} */ onerror: null,
    ended: false,
    terminate: () => {
      port.ended = true;
    },
    postMessage: (/** @type {any} */ message) => {
      port.sent.push(message);
      if (over && message.spec) queueMicrotask(() => port.finish());
    },
    jobs: () => port.sent.filter(({ spec }) => spec),
    /** Answers the last job, by a report unless the answer has another type. @param {object} answer */
    answer: (answer) => port.onmessage({ data: { ...NO_NEWS, id: port.jobs().at(-1).id, ...answer } }),
    done: () => port.finished === port.jobs().length,
    finished: 0,
    finish: () => {
      port.finished = port.jobs().length;
      port.answer({ ...news(port.jobs().at(-1).spec), done: true });
    },
  };
  finishers.push(() => {
    if (!port.ended && !port.done()) port.finish();
  });
  return port;
}

/** A client of two such ports, and everything that it has shown. */
function makeClient() {
  const ports = { A: makePort(), B: makePort() };
  /** @type {ReturnType<typeof makePort>[]} the ports that replaced dead ones */
  const reopened = [];
  /** @type {any[]} */
  const shown = [];
  /** @type {boolean[]} */
  const coarse = [];
  /** @type {number[][]} */
  const numbersOfA = [];
  const client = createClient(
    ports,
    ({ state, networks, coarse: ofFirst }) => {
      coarse.push(ofFirst);
      numbersOfA.push(networks.A.layers.map(({ layer }) => layer));
      const layers = [networks.A, networks.B].map((network) => network.layers.length);
      shown.push({
        depth: state.depth,
        layers,
        done: [networks.A.done, networks.B.done],
        errors: [networks.A.error, networks.B.error],
      });
    },
    async () => {
      reopened.push(makePort());
      return /** @type {ReturnType<typeof makePort>} */ (reopened.at(-1));
    },
  );
  return { client, ports, shown, coarse, numbersOfA, reopened };
}

test('A and B of one request are shown together, with the state that was requested', () => {
  const { client, ports, shown } = makeClient();
  client.request(stateOf(3));
  ports.A.finish();
  assert.equal(shown.length, 0);
  ports.B.finish();
  assert.deepEqual(shown, [{ depth: 3, layers: [3, 3], done: [true, true], errors: [undefined, undefined] }]);
});

test('reports of a dead worker are not mixed with those of the next one', async () => {
  const { client, ports, numbersOfA, reopened } = makeClient();
  const layersOf = (/** @type {number} */ depth) => news(specOf(stateOf(depth), 'A')).layers;
  client.request(stateOf(3));
  ports.B.finish();
  ports.A.answer({ layers: layersOf(3).slice(0, 1) });
  ports.A.onerror({ message: 'it died' });
  await rest();
  reopened[0].answer({ layers: layersOf(3), done: true });
  await rest();
  client.request(stateOf(4));
  ports.B.finish();
  reopened[0].answer({ same: 2, layers: layersOf(4).slice(2), done: true });
  assert.deepEqual(numbersOfA.at(-1), [1, 2, 3, 4]);
});

test('only the newest waiting request is run, and the one in flight is asked to give way', () => {
  const { client, ports, shown } = makeClient();
  for (const depth of [3, 4, 5, 6]) client.request(stateOf(depth));
  assert.equal(ports.A.jobs().length, 1);
  assert.deepEqual(ports.A.sent.filter(({ type }) => type === 'stop').at(-1), {
    type: 'stop',
    id: ports.A.jobs()[0].id,
  });
  ports.A.finish();
  assert.equal(ports.A.jobs().length, 1);
  ports.B.answer({ layers: news(specOf(stateOf(3), 'B')).layers.slice(0, 2), backs: [], done: false });
  assert.deepEqual(
    ports.A.jobs().map(({ spec }) => spec.layers.length),
    [3, 6],
  );
  ports.B.finish();
  ports.A.finish();
  assert.deepEqual(
    shown.map(({ depth, layers }) => [depth, ...layers]),
    [
      [3, 3, 2],
      [6, 6, 6],
    ],
  );
});

test('while requests outrun answers only the first inputs are run; the whole batch follows when they rest', async () => {
  const { client, ports, shown, coarse } = makeClient();
  for (const gainB of [1, 2, 3]) client.request(stateOf(3, { gainB, batch: 64 }));
  const finish = () => {
    for (const port of [ports.A, ports.B]) if (!port.done()) port.finish();
  };
  for (let i = 0; i < 2; i++) finish();
  await rest();
  finish();
  const batches = (/** @type {ReturnType<typeof makeClient>['ports']['A']} */ port) =>
    port.jobs().map(({ spec, refines }) => [spec.batch, refines]);
  assert.deepEqual(batches(ports.A), [[64, false]]); // A has not changed, and keeps its whole batch
  assert.deepEqual(batches(ports.B), [
    [64, false],
    [16, false],
    [64, true],
  ]);
  const withWeights = ports.B.jobs().map(({ spec }) =>
    spec.layers.map((/** @type {any} */ { observe }) => observe?.includes('weights') ?? true),
  );
  assert.deepEqual(withWeights, [Array(3).fill(true), [false, false, true], Array(3).fill(true)]); // layer 5, or the last
  assert.deepEqual(coarse, [false, true, false]);
  assert.deepEqual(
    shown.map(({ done }) => done),
    Array(3).fill([true, true]),
  );
});

test('a batch no larger than the first inputs counts as whole, and all its weights are summarised', () => {
  const { client, ports } = makeClient();
  for (const seed of [1, 2]) client.request(stateOf(3, { seed, batch: 64 }));
  const finish = () => {
    for (const port of [ports.A, ports.B]) if (!port.done()) port.finish();
  };
  for (let i = 0; i < 2; i++) finish();
  client.request(stateOf(3, { seed: 2, batch: 16 }));
  const { spec } = ports.A.jobs()[2];
  assert.deepEqual([spec.batch, spec.layers.some((/** @type {any} */ { observe }) => observe)], [16, false]);
  finish();
});

test('while weights are shown, the weights of every layer are summarised', () => {
  const { client, ports } = makeClient();
  for (const seed of [1, 2]) client.request(stateOf(3, { seed, batch: 64, tensor: 'weights' }));
  for (const port of [ports.A, ports.B]) port.finish();
  const { spec } = ports.A.jobs()[1];
  assert.deepEqual([spec.batch, spec.layers.some((/** @type {any} */ { observe }) => observe)], [16, false]);
});

test('a job that refines the first inputs is not shown in part', async () => {
  const { client, ports, shown } = makeClient();
  for (const seed of [1, 2]) client.request(stateOf(3, { seed, batch: 64 }));
  for (let i = 0; i < 2; i++) {
    ports.A.finish();
    ports.B.finish();
  }
  assert.equal(shown.length, 2);
  await rest();
  ports.A.finish();
  ports.B.answer({ layers: news(ports.B.jobs()[2].spec).layers.slice(0, 2), backs: [] });
  assert.equal(shown.length, 2);
  client.request(stateOf(3, { seed: 3, batch: 64 }));
  ports.B.answer({ layers: [], backs: [], done: false });
  assert.deepEqual(
    ports.B.jobs().map(({ spec }) => [spec.seed, spec.batch]),
    [
      [1, 64],
      [2, 16],
      [2, 64],
      [3, 16],
    ],
  );
});

test('a network that has not changed is not run again', () => {
  const { client, ports, shown } = makeClient();
  client.request(stateOf(3));
  ports.A.finish();
  ports.B.finish();
  client.request(stateOf(3, { gainB: 2 }));
  assert.deepEqual([ports.A.jobs().length, ports.B.jobs().length], [1, 2]);
  ports.B.finish();
  client.request(stateOf(3, { gainB: 2, layer: 2 }));
  assert.deepEqual([ports.A.jobs().length, ports.B.jobs().length], [1, 2]);
  assert.equal(shown.length, 3);
});

test('a stopped network does not count as finished', () => {
  const { client, ports } = makeClient();
  client.request(stateOf(3));
  client.request(stateOf(3, { seed: 2 }));
  ports.A.finish();
  ports.B.answer({ layers: [], backs: [], done: false });
  client.request(stateOf(3));
  ports.A.finish();
  ports.B.finish();
  assert.deepEqual(
    ports.B.jobs().map(({ spec }) => spec.seed),
    [1, 2, 1],
  );
});

test('an error of one network is shown beside the other, and the next good request runs', () => {
  const { client, ports, shown } = makeClient();
  client.request(stateOf(3));
  const error = {
    code: 'batchMemory',
    field: 'batch',
    value: 1024,
    range: { most: 7, needed: 99, mebibytes: 96, backward: true },
  };
  ports.A.answer({ type: 'refused', error });
  ports.B.finish();
  assert.deepEqual(shown[0].errors, [error, undefined]);
  client.request(stateOf(4));
  ports.A.finish();
  ports.B.finish();
  assert.deepEqual(shown[1].layers, [4, 4]);
});

test('results of the backward pass are merged into the layers, and the input stands apart from them', async () => {
  const { ports } = makeClient();
  /** @type {any} */
  let reply = null;
  const client = createClient(
    ports,
    (next) => {
      reply = next;
    },
    noDeath,
  );
  client.request(stateOf(3));
  for (const port of [ports.A, ports.B]) {
    await runJob(
      engine,
      port.jobs()[0],
      (answer) => port.answer(answer),
      () => false,
    );
  }
  const { input, layers, passed, done } = reply.networks.A;
  assert.deepEqual([layers.length, passed, done], [3, 3, true]);
  const whole = engine.run(specOf(stateOf(3), 'A'));
  assert.deepEqual(input, whole.input);
  assert.deepEqual(
    layers,
    whole.layers.map(({ input: _, ...layer }) => layer),
  );
});

test('the next reply does not change one that is being drawn', () => {
  const { ports } = makeClient();
  /** @type {any[]} */
  const replies = [];
  createClient(ports, (reply) => replies.push(reply), noDeath).request(stateOf(3));
  const { layers, backs } = news(ports.A.jobs()[0].spec);
  ports.B.finish();
  ports.A.answer({ layers: layers.slice(0, 2), backs: [] });
  ports.A.answer({ layers: layers.slice(2), backs });
  const told = replies.map(({ networks: { A } }) => [A.layers.length, A.passed, 'deltas' in A.layers[0], A.done]);
  assert.deepEqual(told, [
    [2, 0, false, false],
    [3, 3, true, false],
  ]);
});

test('answers to an old request are dropped', async () => {
  const { client, ports, shown } = makeClient();
  client.request(stateOf(3));
  const [past] = ports.A.jobs();
  for (const port of Object.values(ports)) port.finish();
  await rest();
  client.request(stateOf(5));
  const before = shown.length;
  ports.A.onmessage({ data: { ...NO_NEWS, id: past.id, ...news(past.spec), done: true } });
  ports.B.finish();
  assert.equal(shown.length, before);
  ports.A.finish();
  assert.deepEqual(shown.at(-1)?.layers, [5, 5]);
});

test('a layer is not asked for while a newer request waits, because that would delay the request', () => {
  const ports = { A: makePort(), B: makePort() };
  /** @type {ReturnType<typeof createClient>} */
  const client = createClient(ports, () => client.see(1), noDeath);
  const looks = () => ports.A.sent.filter(({ type }) => type === 'see').length;
  client.request(stateOf(3));
  client.request(stateOf(4));
  for (const port of Object.values(ports)) port.finish();
  assert.equal(looks(), 0);
  for (const port of Object.values(ports)) port.finish();
  assert.equal(ports.A.jobs().filter(({ type }) => type === 'run').length, 2);
  assert.equal(looks(), 1);
});

/**
 * A worker dies while it is idle. Then a layer is asked for, and another state is requested.
 * @param {() => Promise<any>} reopen @param {(reply: import('../../web/run/reply.js').Reply) => void} [show]
 */
async function dieIdle(reopen, show = () => {}) {
  const ports = { A: makePort(), B: makePort() };
  const client = createClient(ports, show, reopen);
  client.request(stateOf(3));
  for (const port of Object.values(ports)) port.finish();
  ports.A.onerror({ message: 'gone' });
  client.see(2);
  client.request(stateOf(3, { seed: 2 }));
  await new Promise((resolve) => setTimeout(resolve));
  ports.B.finish();
}

test('a layer asked of a worker that cannot start does not fail the job that waits for the same worker', async () => {
  const other = makePort();
  let opened = 0;
  const reopen = async () => {
    if (++opened === 1) throw new Error('slow');
    return other;
  };
  /** @type {any[]} */
  const errors = [];
  await dieIdle(reopen, ({ networks }) => errors.push(networks.A.error));
  other.finish();
  assert.deepEqual(new Set(errors), new Set([undefined]));
});

test('a layer asked of a worker that died while idle is asked of the next worker, exactly once', async () => {
  /** @type {ReturnType<typeof makePort>[]} */
  const others = [];
  await dieIdle(async () => {
    others.push(makePort());
    return others.at(-1);
  });
  assert.deepEqual(
    others.map(({ sent }) => sent.map(({ type, layer }) => [type, layer])),
    [
      [
        ['see', 2],
        ['run', undefined],
      ],
    ],
  );
  others[0].finish();
});
