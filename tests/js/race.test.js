/*
 * A and B train side by side: in step with each other, to the bits of a run without the page, through pauses, searches,
 * changes of the rate and a worker that dies. Here the workers run on the page itself, as where no worker can start.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { openPort } from '../../web/run/ports.js';
import { serveTraining } from '../../web/run/training-worker.js';
import { createPaceTogether } from '../../web/training/pace-together.js';
import { createRace } from '../../web/training/race.js';
import { changeRate, defaultSettings } from '../../web/training/settings.js';

const engine = await loadEngine();
const module = WebAssembly.compile(
  new Uint8Array(await readFile(new URL('../../dist/initscope.wasm', import.meta.url))),
);

const COUNT = 60;
const data = {
  inputs: Float32Array.from({ length: 2 * COUNT }, (_, i) => ((i * 37) % 101) / 50 - 1),
  labels: Uint8Array.from({ length: COUNT }, (_, i) => i % 2),
};
const options = { data, heldOut: data, optimizer: /** @type {const} */ ('momentum'), rate: 0.05 };

/** @param {string} scheme @returns {any} */
const specOf = (scheme) => ({
  layers: [
    { kind: 'dense', inputs: 2, units: 8 },
    { kind: 'dense', units: 2, activation: 'linear' },
  ],
  ...{ activation: 'tanh', scheme, batch: 8, seed: 3 },
});
const SPECS = { A: specOf('xavier-normal'), B: specOf('he-normal') };

/** @param {object} [changes] of B's spec */
const jobOf = (changes = {}) => ({
  begun: {
    A: { spec: SPECS.A, tunes: false, options },
    B: { spec: { ...SPECS.B, ...changes }, tunes: false, options },
  },
  settings: { ...defaultSettings(), rate: 0.05 },
});

/** Starts a race, with what waits for a state of it. @param {import('node:test').TestContext} t */
function start(t) {
  /** @type {any[]} */
  const ports = [];
  const waiting = new Set(/** @type {(() => void)[]} */ ([]));
  const open = async () => {
    const { port } = await openPort(/** @type {any} */ (serveTraining), module);
    ports.push(port);
    return port;
  };
  const race = createRace(open, () => {
    race.drawn();
    for (const look of [...waiting]) look();
  });
  t.after(() => {
    for (const port of ports) port.close();
  });
  /** @param {() => boolean} isSo */
  const until = (isSo) =>
    new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return;
        waiting.delete(look);
        resolve(undefined);
      };
      waiting.add(look);
      look();
    });
  return { race, ports, until, rest: () => until(race.isAtRest) };
}

/** Loss of each batch, without the page. @param {any} spec @param {number} steps @param {[number, number][]} [rates] */
const lossesOf = (spec, steps, rates = []) =>
  [...engine.train(spec, { ...options, steps, rates: rates.map(([step, rate]) => [step + 1, rate]) })].map(
    ({ loss }) => loss,
  );

/** @param {ReturnType<typeof createRace>} race @param {'A' | 'B'} letter */
const shown = (race, letter) => {
  const { curves } = race.lanes[letter];
  return Array.from({ length: curves.length() }, (_, i) => curves.loss(i + 1));
};

test('both play to the end, never far apart, with the bits of runs without the page', async (t) => {
  const { race, until, rest } = start(t);
  race.begin(jobOf(), 300);
  await rest();
  assert.equal(race.step(), 0);
  race.play(300);
  let apart = 0;
  await until(() => {
    apart = Math.max(apart, Math.abs(race.lanes.A.step - race.lanes.B.step));
    return race.isAtRest();
  });
  assert.deepEqual([race.step(), race.isPlaying()], [300, false]);
  assert.ok(apart < 300, String(apart));
  for (const letter of /** @type {const} */ (['A', 'B'])) {
    assert.deepEqual(shown(race, letter), lossesOf(SPECS[letter], 300));
    const fresh = engine.training(SPECS[letter], options);
    for (let step = 0; step < 300; step++) fresh.step();
    const { loss, accuracy } = fresh.evaluate('train');
    fresh.end();
    const score = race.lanes[letter].curves.scoreAt(300);
    assert.deepEqual([score?.loss, score?.accuracy], [loss, accuracy]);
  }
});

test('a step that is sought is observed as in a fresh run, and the newest search wins', async (t) => {
  const { race, until, rest } = start(t);
  race.begin({ ...jobOf(), settings: { ...jobOf().settings, step: 120 } }, 1000);
  await rest();
  assert.equal(race.step(), 120);
  for (const step of [7, 90, 33]) race.seek(step);
  await until(() => race.lanes.A.seen?.step === 33 && race.lanes.B.seen?.step === 33);
  for (const step of [50, 33]) race.seek(step); // while it evaluates
  await rest();
  assert.equal(race.step(), 33);
  const fresh = engine.training(SPECS.B, options);
  for (let step = 0; step < 32; step++) fresh.step();
  const { layers } = fresh.step(true);
  fresh.end();
  const seen = race.lanes.B.seen?.layers ?? [];
  assert.deepEqual(
    seen.map(({ weights, deltas, updateRatio }) => [[...weights.counts], weights.rms, deltas.rms, updateRatio]),
    layers?.map(({ weights, deltas, updateRatio }) => [[...weights.counts], weights.rms, deltas?.rms, updateRatio]),
  );
});

test('a change of the rate counts for both from the same step on, also while they play', async (t) => {
  const { race, until, rest } = start(t);
  const job = jobOf();
  race.begin(job, 400);
  await rest();
  race.play(400);
  await until(() => race.step() > 50);
  const settings = race.changePlan((step) => changeRate(job.settings, step, 0.2));
  await rest();
  const [[from, rate]] = settings?.rates ?? [];
  assert.ok(from > 50 && rate === 0.2);
  for (const letter of /** @type {const} */ (['A', 'B']))
    assert.deepEqual(shown(race, letter), lossesOf(SPECS[letter], 400, [[from, 0.2]]));
});

test('a pause in the middle loses nothing, and both wait at one step', async (t) => {
  const { race, until, rest } = start(t);
  race.begin(jobOf(), 10_000);
  await rest();
  for (let i = 1; i <= 3; i++) {
    race.play(10_000);
    await until(() => race.step() > 20 * i);
    race.pause();
    await rest();
    assert.equal(race.lanes.A.step, race.lanes.B.step);
  }
  assert.deepEqual(shown(race, 'A'), lossesOf(SPECS.A, race.step()));
});

test('a worker that dies is replaced once, and its network goes to the same step again', async (t) => {
  const { race, ports, rest } = start(t);
  race.begin({ ...jobOf(), settings: { ...jobOf().settings, step: 40 } }, 1000);
  await rest();
  const before = shown(race, 'A');
  race.lanes.A.port().onmessage({ data: { type: 'dead', reason: 'a trap' } });
  await rest();
  assert.equal(ports.length, 3);
  assert.deepEqual([race.step(), race.lanes.A.error], [40, null]);
  assert.deepEqual(shown(race, 'A'), before);
  race.lanes.A.port().onmessage({ data: { type: 'dead', reason: 'a trap' } });
  assert.equal(race.lanes.A.error?.code, 'engineStopped');
  race.seek(41);
  await rest();
  assert.equal(race.step(), 41, 'the other goes on');
});

test('a worker that dies while both play stops them where they were to go, and both are there', async (t) => {
  const { race, until, rest } = start(t);
  race.begin(jobOf(), 5000);
  await rest();
  race.play(5000);
  await until(() => race.step() > 30);
  race.lanes.B.port().onmessage({ data: { type: 'dead', reason: 'a trap' } });
  assert.equal(race.isPlaying(), false);
  await rest();
  assert.ok(race.step() > 30 && race.lanes.A.seen?.step === race.lanes.B.seen?.step);
  assert.deepEqual(shown(race, 'B'), lossesOf(SPECS.B, race.step()));
});

test('a worker that hangs is missed after half a minute of work, and not while it waits', async (t) => {
  t.mock.timers.enable(/** @type {any} */ ({ apis: ['setTimeout'] }));
  const { race, ports, until, rest } = start(t);
  race.begin({ ...jobOf(), settings: { ...jobOf().settings, step: 40 } }, 1000);
  await rest();
  t.mock.timers.tick(3_600_000);
  assert.equal(ports.length, 2);
  race.lanes.B.port().postMessage = () => {};
  race.seek(41);
  await until(() => race.lanes.A.seen?.step === 41);
  for (let second = 0; second <= 31; second++) t.mock.timers.tick(1000);
  await rest();
  assert.deepEqual([ports.length, race.step(), race.lanes.B.step, race.lanes.B.error], [3, 41, 41, null]);
});

test('a network that is refused leaves the other alone', async (t) => {
  const { race, rest } = start(t);
  race.begin(jobOf({ batch: 512 }), 1000);
  await rest();
  assert.deepEqual(race.lanes.B.error, { code: 'wholeRange', field: 'batch', value: 512, range: [1, COUNT] });
  race.seek(5);
  await rest();
  assert.deepEqual(shown(race, 'A'), lossesOf(SPECS.A, 5));
});

test('a loss that diverges stops the play, and is told by its step', async (t) => {
  const { race, rest } = start(t);
  const job = jobOf();
  for (const letter of /** @type {const} */ (['A', 'B'])) {
    const spec = { ...SPECS[letter], activation: 'linear' };
    job.begun[letter] = { spec, tunes: false, options: { ...options, rate: 1e6 } };
  }
  race.begin({ ...job, settings: { ...job.settings, rate: 1e6 } }, 100_000);
  await rest();
  race.play(100_000);
  await rest();
  assert.ok(race.step() < 100_000);
  assert.ok(race.lanes.A.curves.divergedBy(race.step()) > 0);
});

test('windows hold some 50 ms of work, more where observing is dear, and sleep is no work', () => {
  let now = 0;
  const pace = createPaceTogether(() => now);
  assert.equal(pace.window(0), 1);
  for (let i = 0; i <= 20; i++) {
    now = 50 * i;
    pace.reach(10 * i);
  }
  assert.deepEqual([pace.perSecond(), pace.window(0), pace.window(15)], [200, 10, 20]);
  now += 3_600_000;
  pace.reach(201);
  assert.equal(pace.window(0), 1);
});
