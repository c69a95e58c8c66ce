/*
 * Any step of a training can be reached again, by a checkpoint and an exact replay: the same bits as in a fresh run, with
 * the memory of checkpoints bounded.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { createCheckpoints } from '../../web/run/checkpoints.js';
import { createReplay, isEvaluated, rateAt } from '../../web/run/replay.js';

const engine = await loadEngine();

/** Sixty points and their classes, by formula. */
const COUNT = 60;
const data = {
  inputs: Float32Array.from({ length: 2 * COUNT }, (_, i) => ((i * 37) % 101) / 50 - 1),
  labels: Uint8Array.from({ length: COUNT }, (_, i) => i % 2),
};
const layers = [
  { kind: /** @type {const} */ ('dense'), inputs: 2, units: 8 },
  { kind: /** @type {const} */ ('dense'), units: 2, activation: 'linear' },
];
const begin = (/** @type {'sgd' | 'momentum' | 'adam'} */ optimizer = 'momentum', rate = 0.05) =>
  engine.training({ layers, activation: 'tanh', batch: 8, seed: 3 }, { data, optimizer, rate });

/** @template T @param {Generator<unknown, T, void>} generator @returns {T} */
function finish(generator) {
  for (;;) {
    const { done, value } = generator.next();
    if (done) return value;
  }
}

/** @param {ReturnType<typeof createReplay>} replay @param {number} step */
function goTo(replay, step) {
  replay.goBack(step);
  while (replay.step() < step) finish(replay.advance());
}

/** @param {any} training */
const bitsOf = (training) => Buffer.from(training.save().values.buffer).toString('hex');

for (const optimizer of /** @type {const} */ (['sgd', 'momentum', 'adam'])) {
  test(`${optimizer}: step 1,234 reached by scrubbing has the bits of a fresh run that stops there`, () => {
    /** @type {[number, number][]} */
    const rates = [
      [0, 0.05],
      [700, 0.01],
      [1230, 0.002],
    ];
    const fresh = begin(optimizer);
    for (let step = 0; step < 1234; step++) {
      fresh.setRate(rateAt(rates, step));
      fresh.step();
    }
    const scrubbed = begin(optimizer);
    const replay = createReplay(/** @type {any} */ (scrubbed), rates, 40 * scrubbed.bytes);
    goTo(replay, 2000);
    for (const step of [3, 1500, 0, 1234]) goTo(replay, step);
    assert.equal(bitsOf(scrubbed), bitsOf(fresh));
    goTo(replay, 1233);
    const seen = finish(replay.advance(true)); // observing changes nothing
    assert.equal(seen.step, 1234);
    assert.equal(bitsOf(scrubbed), bitsOf(fresh));
    fresh.end();
    scrubbed.end();
  });
}

test('a change of the rate before the present step takes the training back to it', () => {
  const planned = begin();
  for (let step = 0; step < 400; step++) {
    planned.setRate(step < 100 ? 0.05 : 0.5);
    planned.step();
  }
  const changed = begin();
  const replay = createReplay(/** @type {any} */ (changed), [[0, 0.05]], 1000 * changed.bytes);
  goTo(replay, 250);
  const rates = /** @type {[number, number][]} */ ([
    [0, 0.05],
    [100, 0.5],
  ]);
  replay.setRates(rates, 100);
  assert.ok(replay.step() <= 100, String(replay.step()));
  goTo(replay, 400);
  assert.equal(bitsOf(changed), bitsOf(planned));
});

test('a change of the rate in mid-run is as if it had been planned, and takes back what came after it', () => {
  const planned = begin();
  for (let step = 0; step < 300; step++) {
    planned.setRate(step < 100 ? 0.05 : 0.5);
    planned.step();
  }
  const changed = begin();
  const replay = createReplay(/** @type {any} */ (changed), [[0, 0.05]], 1000 * changed.bytes);
  goTo(replay, 250);
  goTo(replay, 100);
  replay.setRates(
    [
      [0, 0.05],
      [100, 0.5],
    ],
    100,
  );
  goTo(replay, 300);
  assert.equal(bitsOf(changed), bitsOf(planned));
});

test('checkpoints stay within their memory, keep the start, and lie close enough together', () => {
  const most = 10;
  const kept = createCheckpoints(most * 8, 8);
  for (let step = 0; step <= 5000; step++) {
    if (kept.wants(step)) kept.keep(step, () => ({ step, values: new Float32Array(2) }));
    assert.ok(kept.steps().length <= most);
  }
  const steps = kept.steps();
  assert.equal(steps[0], 0);
  const gaps = [...steps.slice(1), 5000].map((step, i) => step - steps[i]);
  assert.ok(Math.max(...gaps) <= (2 * 5000) / (most - 1), String(gaps)); // twice what an even spacing would be
  assert.equal(kept.before(5000).step, steps.at(-1));
  kept.cut(600);
  assert.ok(kept.steps().every((step) => step <= 600));
});

test('a reader who goes on step by step, forward or back, is never far from a kept state', () => {
  const kept = createCheckpoints(100, 1); // near states: 8
  const save = (/** @type {number} */ step) => () => ({ step, values: new Float32Array(1) });
  for (let step = 0; step <= 5000; step++) if (kept.wants(step)) kept.keep(step, save(step));
  /** Goes to a step as the worker does. @param {number} sought @returns {number} steps on the way */
  const seek = (sought) => {
    const { step: from } = kept.before(sought - 1);
    for (let step = from; step < sought; step++) if (kept.wantsNear(step, sought)) kept.keepNear(save(step));
    return sought - from;
  };
  seek(4000);
  const back = Array.from({ length: 1000 }, (_, i) => seek(3999 - i));
  const far = back.filter((steps) => steps > 4);
  assert.ok(far.length <= 1000 / 32, `steps on the way back: ${back}`); // where a new row of near states is laid
  const again = Array.from({ length: 20 }, (_, i) => seek(3001 + ((7 * i) % 6)));
  assert.ok(Math.max(...again) <= 4, `steps from one to another of six: ${again}`);
});

test('the start is always kept, and all states together take no more than the memory for them', () => {
  for (const most of [0, 1, 2, 3, 5, 9, 40]) {
    const kept = createCheckpoints(1000 * most, 1000);
    let [held, peak] = [0, 0];
    const save = (/** @type {number} */ step) => () => {
      peak = Math.max(peak, held + 1); // with the one that is being taken
      return { step, values: new Float32Array(0) };
    };
    const count = () => {
      held = kept.steps().length + kept.nearSteps().length;
    };
    for (let step = 0; step <= 2000; step++) {
      if (kept.wants(step)) kept.keep(step, save(step));
      count();
      if (kept.wantsNear(step, 2000)) kept.keepNear(save(step));
      count();
    }
    assert.equal(kept.before(0).step, 0);
    assert.ok(held <= Math.max(1, most) && peak <= Math.max(1, most), `${held} at rest, ${peak} at most, of ${most}`);
    assert.ok(held > most / 2, `${held} of ${most}`);
  }
});

test('a state that is missed least is dropped, also where it is the newest', () => {
  const kept = createCheckpoints(4, 1); // three, and a near one
  const save = (/** @type {number} */ step) => () => ({ step, values: new Float32Array(0) });
  for (const step of [0, 64, 128, 16]) kept.keep(step, save(step));
  assert.deepEqual(kept.steps(), [0, 64, 128]);
});

test('a state for which there is no memory is not kept, and training goes on to the same bits', () => {
  const fresh = begin();
  for (let step = 0; step < 70; step++) fresh.step();
  const short = begin();
  const replay = createReplay(/** @type {any} */ (short), [[0, 0.05]], 1000 * short.bytes);
  goTo(replay, 20);
  const { slice } = Float32Array.prototype;
  Float32Array.prototype.slice = () => {
    throw new RangeError('Array buffer allocation failed');
  };
  try {
    goTo(replay, 60);
    replay.keepNear(64);
  } finally {
    Float32Array.prototype.slice = slice;
  }
  goTo(replay, 40); // back to 16
  goTo(replay, 70);
  assert.equal(bitsOf(short), bitsOf(fresh));
  fresh.end();
  short.end();
});

test('a step that is looked up among thousands of states is found at once', () => {
  const kept = createCheckpoints(6000, 1);
  const last = 60_000;
  let reads = 0;
  const save = (/** @type {number} */ step) => () => ({
    get step() {
      reads++;
      return step;
    },
    values: new Float32Array(0),
  });
  for (let step = 0; step <= last; step++) if (kept.wants(step)) kept.keep(step, save(step));
  assert.ok(kept.steps().length > 3000);
  for (const sought of [0, 15, 16, 31_999, 32_000, last]) {
    reads = 0;
    assert.equal(kept.before(sought).step, sought - (sought % 16));
    kept.wantsNear(sought, last);
    kept.wants(sought);
    assert.ok(reads < 100, `${reads} states looked at for step ${sought}`);
  }
});

test('others are let in between the parts of the first step, and of each after a slow one', (t) => {
  let took = 0;
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  let whole = 0;
  const training = {
    bytes: 1,
    save: () => ({ step: 0, values: new Float32Array(0) }),
    setRate() {},
    step() {
      whole++;
      now += took;
      return {};
    },
    *stepping() {
      yield;
      now += took;
      return {};
    },
  };
  const replay = createReplay(/** @type {any} */ (training), [[0, 0.1]], 1);
  const wholeSteps = [30, 30, 1, 1, 30, 1].map((milliseconds) => {
    took = milliseconds;
    const before = whole;
    finish(replay.advance());
    return whole - before;
  });
  assert.deepEqual(wholeSteps, [0, 0, 0, 1, 1, 0]);
});

test('all data are evaluated more often at the start', () => {
  const steps = Array.from({ length: 2001 }, (_, step) => step).filter(isEvaluated);
  assert.deepEqual(steps.slice(0, 3), [0, 20, 40]);
  assert.ok(steps.includes(300) && !steps.includes(1100) && steps.includes(2000));
});
