/*
 * The memory of the engine: an instance has what its network needs, from 64 MiB to 1 GiB, and its memory never changes,
 * so no view goes stale. A host that refuses memory is a clear refusal, after which all goes on. What a network needs is
 * counted in tests/c/memory.c.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { LIMITS } from '../../web/engine/tables.js';
import { imagesOf, specOf } from '../../web/state/networks.js';
import { changesOfKind, defaults } from '../../web/state/state.js';
import { shortOf, thrownBy } from './refused.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const MIB = 2 ** 20;

/** The memories of the instances of `watched`, in their order, with the buffer that each had when it started.
 * @type {{ memory: WeakRef<WebAssembly.Memory>, buffer: WeakRef<ArrayBuffer>, bytes: number }[]} */
const memories = [];

/** Starts an engine whose memories are noted. */
async function watched() {
  const { instantiate, Instance } = WebAssembly;
  const note = (/** @type {WebAssembly.Instance} */ instance) => {
    const { memory, _initialize } = /** @type {any} */ (instance.exports);
    const noted = () => {
      _initialize();
      const { buffer } = memory;
      memories.push({ memory: new WeakRef(memory), buffer: new WeakRef(buffer), bytes: buffer.byteLength });
    };
    return { exports: { ...instance.exports, _initialize: noted } };
  };
  /** @type {any} */ (WebAssembly).instantiate = async (/** @type {any} */ module, /** @type {any} */ imports) =>
    note(/** @type {any} */ (await instantiate(module, imports)));
  /** @type {any} */ (WebAssembly).Instance = function instance(/** @type {any} */ module, /** @type {any} */ imports) {
    return note(new Instance(module, imports));
  };
  memories.length = 0;
  const engine = await loadEngine();
  return {
    engine,
    /** MiB of the newest instance. */
    newest: () => (memories.at(-1)?.bytes ?? 0) / MIB,
    restore: () => Object.assign(WebAssembly, { instantiate, Instance }),
  };
}

const SMALL = { layers: stack({ depth: 3, width: 64 }), batch: 8, backward: true };

/** Networks of about so many MiB that begin fast: their first layer has one input. @param {number} mebibytes */
function sized(mebibytes) {
  const width = mebibytes > 128 ? 4096 : 1024;
  const depth = Math.max(1, Math.round((mebibytes * 256) / width) - 4); // a tensor is width / 256 MiB
  return { layers: stack({ depth, width, inputs: 1 }), batch: 1024, backward: true };
}

/** The first steps of a run. @param {any} runner an engine or a series @param {any} spec @param {number} count */
function begin(runner, spec, count = 1) {
  const steps = [];
  for (const step of runner.steps(spec)) {
    steps.push(step);
    if (steps.length === count) break;
  }
  return steps;
}

test('what the page opens with takes 64 MiB a module, and so do its images', async () => {
  const { engine, newest, restore } = await watched();
  const dense = { ...defaults(), lesson: 'none' };
  for (const state of [dense, { ...dense, kind: 'conv', ...changesOfKind(dense, { kind: 'conv' }) }]) {
    const series = engine.series();
    for (let seed = 1; seed < 4; seed++) {
      const spec = specOf({ ...state, seed }, 'A');
      assert.equal(imagesOf(state), null);
      assert.equal([...series.steps(spec)].length, 2 * spec.layers.length);
    }
    series.end();
  }
  assert.deepEqual([newest(), memories.length], [64, 1]);
  restore();
});

test('engine.memory says what a network needs, and which batch fits', async () => {
  const engine = await loadEngine();
  const { bytes, limit, batch } = engine.memory({ ...SMALL, batch: 1 });
  assert.ok(bytes > 2 ** 16 && bytes < 2 * MIB, String(bytes));
  assert.deepEqual([limit, batch], [LIMITS.bytes, 1024]);
  const large = sized(1600);
  const needed = engine.memory(large);
  assert.ok(needed.bytes > limit && needed.batch > 0 && needed.batch < 1024);
  assert.ok(engine.memory({ ...large, batch: needed.batch }).bytes <= limit);
  assert.ok(engine.memory({ ...large, batch: needed.batch + 1 }).bytes > limit);
  const { code, range } = /** @type {any} */ (thrownBy(() => engine.run(large)));
  const expected = {
    most: needed.batch,
    needed: Math.ceil(needed.bytes / MIB),
    mebibytes: limit / MIB,
    backward: true,
  };
  assert.deepEqual([code, range], ['batchMemory', expected]);
  const spoilt = /** @type {any} */ ({ ...SMALL, batch: 0 });
  assert.equal(/** @type {any} */ (thrownBy(() => engine.memory(spoilt))).code, 'wholeRange');
});

/* 2^20 inputs and 240 examples: 960 MiB of input. An example's output does not depend on the others. */
test('a network of almost 1 GiB runs, and each example gives what it gives alone', async () => {
  const { engine, newest, restore } = await watched();
  const spec = { layers: stack({ depth: 1, width: 8, inputs: 2 ** 20 }), batch: 240, activation: 'tanh' };
  assert.ok(engine.memory(spec).bytes > 960 * MIB);
  const all = engine.tensor(spec, 'activations', 1);
  assert.equal(newest(), 1024);
  const input = new Float32Array(2 ** 20 * 2);
  input.set(engine.tensor({ ...spec, batch: 1 }, 'input'));
  const alone = engine.tensor({ ...spec, batch: 2, input }, 'activations', 1);
  assert.equal(newest(), 1024);
  assert.deepEqual(alone.slice(0, 8), all.slice(0, 8));
  assert.ok(new Set(all).size > 1900); // 240 x 8 values, of which tanh may make some equal
  restore();
});

test('the memory of an instance never changes, so a view of it stays valid', async () => {
  const { engine, restore } = await watched();
  const series = engine.series();
  const held = [];
  for (const mebibytes of [20, 200, 90, 400, 20, 600, 1, 1]) {
    begin(engine, sized(mebibytes));
    begin(series, sized(mebibytes));
    held.push(...memories.map(({ memory, buffer }) => [memory.deref(), buffer.deref()])); // so that none is collected
  }
  /** @type {Generator[]} */
  const open = [];
  const crowd = { layers: stack({ depth: 2, width: 4096, inputs: 1 }), batch: 1024 };
  const exhaust = () => {
    for (;;) open.push(engine.steps(crowd)) && open[open.length - 1].next();
  };
  assert.equal(shortOf(128 * MIB, () => thrownBy(exhaust)).code, 'memoryExhausted');
  for (const steps of open) steps.return(null);
  assert.ok(memories.length > 4);
  memories.forEach(({ memory, buffer, bytes }) => {
    const now = memory.deref()?.buffer;
    if (now) assert.deepEqual([now === buffer.deref(), now.byteLength], [true, bytes]);
  });
  series.end();
  restore();
});

test('small networks between large ones leave the instance of the large ones, and more of them free it', async () => {
  const { engine, newest, restore } = await watched();
  const series = engine.series();
  const sizes = [];
  for (let seed = 1; seed < 4; seed++) {
    begin(series, { ...sized(200), seed });
    for (let views = 0; views < 3; views++) engine.tensor(SMALL, 'activations', 1);
    sizes.push([newest(), memories.length]);
  }
  assert.deepEqual(sizes, Array(3).fill([512, 2])); // two networks of 200 MiB fit into 512
  for (let runs = 0; runs < 4; runs++) begin(series, SMALL);
  assert.deepEqual([newest(), memories.length], [64, 3]);
  series.end();
  restore();
});

test('where open networks fill an instance the next one gets another, and all go on', async () => {
  const { engine, newest, restore } = await watched();
  const spec = sized(20);
  const expected = [...engine.steps(spec)];
  const open = Array.from({ length: 4 }, () => engine.steps(spec));
  const first = open.map((steps) => steps.next().value);
  assert.deepEqual([newest(), memories.length], [128, 2]); // two of them in 64 MiB, two in 128
  for (const [i, steps] of open.entries()) assert.deepEqual([first[i], ...steps], expected);
  restore();
});

test('a series gives what separate runs give while its networks change their size, and an open run goes on', async () => {
  const { engine, newest, restore } = await watched();
  const other = await loadEngine();
  const open = engine.steps(SMALL);
  const opened = [open.next().value];
  const series = engine.series();
  const sizes = [];
  /** @type {[mebibytes: number, layers: number][]} */
  const turns = [[20, 2], [120, 3], [400, 1], [5, 2], [900, 1], [64, 2], [45, 2]]; // biome-ignore format: one list
  for (const [mebibytes, layers] of turns) {
    const spec = sized(mebibytes);
    assert.deepEqual(begin(series, spec, layers), begin(other, spec, layers));
    assert.deepEqual([...series.steps(SMALL)], [...other.steps(SMALL)]);
    sizes.push(newest());
  }
  assert.deepEqual(sizes, [64, 512, 1024, 1024, 1024, 1024, 128]); // 45 is the fourth in a row that needs much less
  opened.push(...open);
  assert.deepEqual(opened, [...other.steps(SMALL)]);
  series.end();
  restore();
});

test('memory that the host refuses is a refusal that says how much, and the series goes on where it was', async () => {
  const { engine, restore } = await watched();
  const series = engine.series();
  const first = /** @type {any[]} */ ([...series.steps(SMALL)]);
  const count = memories.length;
  shortOf(128 * MIB, () => {
    for (const runner of [series, engine]) {
      const { code, field, range } = /** @type {any} */ (thrownBy(() => begin(runner, sized(300))));
      const mebibytes = Math.ceil(engine.memory(sized(300)).bytes / MIB + 16);
      assert.deepEqual([code, field, range], ['moduleMemory', null, { mebibytes }]);
    }
  });
  assert.equal(memories.length, count);
  const again = /** @type {any[]} */ ([...series.steps(SMALL)]);
  assert.deepEqual(again, first);
  assert.equal(again[0].weights.counts, first[0].weights.counts); // the results that the series kept
  begin(series, sized(300));
  series.end();
  restore();
});

test('where the host has no memory for two networks and a cache, one network gets just what it needs', async () => {
  const { engine, newest, restore } = await watched();
  const spec = sized(300);
  shortOf(400 * MIB, () => {
    const series = engine.series();
    const twice = [begin(series, spec), begin(series, spec)];
    assert.deepEqual(twice[0], twice[1]);
    assert.equal(newest(), Math.ceil((engine.memory(spec).bytes + LIMITS.module - LIMITS.bytes) / 2 ** 16) / 16);
    series.end();
  });
  assert.deepEqual(begin(engine, spec), begin(await loadEngine(), spec));
  restore();
});

test('after a large network the fourth small one runs in a small module, and the large memory is collected', async () => {
  const { engine, newest, restore } = await watched();
  const series = engine.series();
  begin(series, sized(900));
  for (const expected of [1024, 1024, 1024, 64]) {
    begin(series, SMALL);
    assert.equal(newest(), expected);
  }
  const large = memories.filter(({ bytes }) => bytes > 512 * MIB);
  for (let tries = 0; tries < 20 && large.some(({ memory }) => memory.deref()); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
  }
  assert.deepEqual(
    large.map(({ memory }) => memory.deref()),
    [undefined],
  );
  series.end();
  restore();
});
