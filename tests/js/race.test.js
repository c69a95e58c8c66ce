/*
 * A and B train side by side: in step with each other, to the bits of a run without the page, through pauses, searches,
 * changes of the rate and a worker that dies. Here the workers run on the page itself, as where no worker can start.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { look } from '../../web/run/job.js';
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

/** Starts a race, with what waits for a state of it. @param {import('node:test').TestContext} t
 * @param {() => number} [now] milliseconds */
function start(t, now) {
  /** @type {any[]} */
  const ports = [];
  const waiting = new Set(/** @type {(() => void)[]} */ ([]));
  const open = async () => {
    const { port } = await openPort(/** @type {any} */ (serveTraining), module);
    ports.push(port);
    return port;
  };
  const race = createRace(
    open,
    () => {
      race.drawn();
      for (const look of [...waiting]) look();
    },
    now,
  );
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

/** Loss and accuracy of all data after so many steps, without the page. @param {any} spec @param {number} steps
 * @param {[number, number][]} [rates] */
function scoreOf(spec, steps, rates = []) {
  const training = engine.training(spec, options);
  for (let step = 0; step < steps; step++) {
    const change = rates.find(([from]) => from === step);
    if (change) training.setRate(change[1]);
    training.step();
  }
  const { loss, accuracy } = training.evaluate('train');
  training.end();
  return { loss, accuracy };
}

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

const LETTERS = /** @type {const} */ (['A', 'B']);

/** A clock that moves only when it is told to. */
function createClock() {
  const clock = { time: 0, now: () => clock.time };
  return clock;
}

test('a change of the rate while a search back waits counts from the step that is sought', async (t) => {
  const { now } = createClock(); // the search back waits for ever
  const { race, until, rest } = start(t, now);
  const job = jobOf();
  race.begin(job, 100_000);
  await rest();
  race.seek(20_000);
  await until(() => race.lanes.A.step > 200 && race.lanes.B.step > 200);
  race.seek(100);
  const settings = race.changePlan((step) => changeRate(job.settings, step, 0.5));
  assert.deepEqual(settings?.rates, [[100, 0.5]]);
  await rest();
  assert.equal(race.step(), 100);
  for (const letter of LETTERS) assert.equal(race.lanes[letter].curves.length(), 100);
  race.seek(600);
  await rest();
  for (const letter of LETTERS) {
    const { loss, accuracy } = scoreOf(SPECS[letter], 600, [[100, 0.5]]);
    const score = race.lanes[letter].curves.scoreAt(600);
    assert.deepEqual([score?.loss, score?.accuracy], [loss, accuracy]);
    assert.deepEqual(shown(race, letter), lossesOf(SPECS[letter], 600, [[100, 0.5]]));
  }
});

test('a change of the rate while both search keeps the steps before it, and no score of the old rate after it', async (t) => {
  const { race, until, rest } = start(t);
  const job = jobOf();
  race.begin(job, 100_000);
  await rest();
  race.seek(300);
  await until(() => race.lanes.A.step > 100 && race.lanes.B.step > 100);
  race.seek(150);
  race.changePlan((step) => changeRate(job.settings, step, 0.5));
  await rest();
  race.seek(300);
  await rest();
  for (const letter of LETTERS) {
    assert.deepEqual(shown(race, letter), lossesOf(SPECS[letter], 300, [[150, 0.5]]));
    for (const { step, loss } of race.lanes[letter].curves.scores())
      assert.equal(loss, scoreOf(SPECS[letter], step, [[150, 0.5]]).loss, `step ${step}`);
  }
});

test('what was told before a worker heard of a change of the rate is left out of the curves', async (t) => {
  const { race, until, rest } = start(t);
  const job = jobOf();
  race.begin(job, 100_000);
  await rest();
  race.play(100_000);
  await until(() => race.step() > 500);
  race.seek(100);
  race.changePlan((step) => changeRate(job.settings, step, 0.5));
  await rest();
  for (const letter of LETTERS) {
    const { curves, step } = race.lanes[letter];
    assert.deepEqual([step, curves.length(), curves.scores().at(-1)?.step], [100, 100, 100]);
    assert.deepEqual(shown(race, letter), lossesOf(SPECS[letter], 100));
  }
});

test('play during a search goes on from the step that is sought', async (t) => {
  const { race, until, rest } = start(t);
  race.begin({ ...jobOf(), settings: { ...jobOf().settings, step: 1234 } }, 2000);
  await until(() => race.lanes.A.step > 20);
  race.play(1000); // before it
  await rest();
  assert.equal(race.step(), 1234);
  race.seek(700);
  race.play(1300);
  await rest();
  assert.equal(race.step(), 1300);
});

test('play while both play goes on to the later end', async (t) => {
  const { race, until, rest } = start(t);
  race.begin(jobOf(), 1000);
  await rest();
  race.play(200);
  await until(() => race.step() > 20);
  assert.equal(race.play(500), true);
  assert.equal(race.play(300), true);
  await rest();
  assert.equal(race.step(), 500);
});

test('a long search gives way to a newer one, after both have met and been seen on the way', async (t) => {
  const clock = createClock();
  const { race, until, rest } = start(t, clock.now);
  race.begin(jobOf(), 1000);
  await rest();
  race.seek(100_000);
  await until(() => race.lanes.A.step > 100 && race.lanes.B.step > 100);
  race.seek(5);
  assert.equal(race.target(), 5);
  await until(() => race.lanes.A.step > 200 && race.lanes.B.step > 200); // not yet
  clock.time += 301;
  /** @type {Set<number>} */
  const both = new Set();
  await until(() => {
    const { A, B } = race.lanes;
    if (A.seen && A.seen.step === B.seen?.step) both.add(A.seen.step);
    return race.isAtRest();
  });
  assert.equal(race.step(), 5);
  assert.equal(both.size, 3, `seen at ${[...both]}`); // the start, on the way, the end
  assert.ok(Math.max(...both) > 200 && race.reached() < 50_000);
});

test('while the reader drags, each search is seen to its end that takes no longer than it may', async (t) => {
  const { now } = createClock();
  const { race, until, rest } = start(t, now);
  race.begin(jobOf(), 1000);
  await rest();
  for (const step of [400, 300, 200]) race.seek(step);
  await until(() => race.lanes.A.seen?.step === 400 && race.lanes.B.seen?.step === 400);
  await rest();
  assert.equal(race.step(), 200);
});

test('a pause ends a search: both meet where they are', async (t) => {
  const { race, until, rest } = start(t);
  race.begin(jobOf(), 1000);
  await rest();
  race.seek(100_000);
  await until(() => race.lanes.A.step > 100 && race.lanes.B.step > 100);
  race.pause();
  await rest();
  assert.ok(race.step() > 100 && race.reached() < 50_000, String(race.reached()));
  assert.deepEqual([race.lanes.A.step, race.lanes.B.step], [race.step(), race.step()]);
  assert.deepEqual(shown(race, 'B').slice(0, race.step()), lossesOf(SPECS.B, race.step())); // it may have been further
});

test('a network that is refused while both play does not stop the other', async (t) => {
  const { race, until, rest } = start(t);
  race.begin(jobOf(), 600);
  await rest();
  race.play(600);
  await until(() => race.step() > 20);
  const { A, B } = race.lanes;
  const { onmessage } = A.port();
  A.port().onmessage = () => {}; // A is behind, and B waits for it
  await until(() => B.step > A.step);
  for (let turn = 0; turn < 40; turn++) await look();
  onmessage({ data: { type: 'refused', id: 1, error: { code: 'unknown' } } });
  await rest();
  assert.deepEqual([A.error?.code, B.step], ['unknown', 600]);
});

test('an experiment that has ended leaves no curves', async (t) => {
  const { race, rest } = start(t);
  race.begin(jobOf(), 1000);
  await rest();
  race.seek(50);
  await rest();
  race.stop();
  assert.deepEqual([race.reached(), race.step(), race.target(), race.isOn()], [0, 0, 0, false]);
  for (const letter of LETTERS)
    assert.deepEqual([race.lanes[letter].seen, race.lanes[letter].curves.scores()], [null, []]);
});

test('steps are observed while both play, and the outputs for inputs are those of the step reached', async (t) => {
  const { race, until, rest } = start(t);
  race.begin(jobOf(), 300);
  await rest();
  /** @type {Set<number>} */
  const seen = new Set();
  race.play(300);
  await until(() => {
    seen.add(race.lanes.A.seen?.step ?? 0);
    return race.isAtRest();
  });
  assert.ok(
    [...seen].some((step) => step > 0 && step < 300),
    `seen at ${[...seen]}`,
  );
  race.ask(data.inputs);
  await until(() => Boolean(race.lanes.A.outputs && race.lanes.B.outputs));
  const fresh = engine.training(SPECS.B, options);
  for (let step = 0; step < 300; step++) fresh.step();
  assert.deepEqual(race.lanes.B.outputs, { step: 300, values: fresh.outputs(data.inputs) });
  fresh.end();
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
