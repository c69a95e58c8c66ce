/*
 * The spec that a state asks the engine for: kinds of layers, groups, output layers and images. Also: raw pixels through
 * a deep ReLU stack saturate a sigmoid output layer. How a state is read from an address is in state.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { IMAGES, paintImages } from '../../web/engine/images.js';
import { parseStack, replaceLayer } from '../../web/engine/stack.js';
import { CLASSES, imagesOf, overruledKeys, specOf } from '../../web/state/networks.js';
import { useReader } from '../../web/state/stacks.js';
import { defaults } from '../../web/state/state.js';

const engine = await loadEngine();

/** @param {Record<string, any>} changes @param {'A' | 'B'} [letter] @returns {any} */
const specWith = (changes, letter = 'A') => specOf({ ...defaults(), ...changes }, letter);

/** The spec with its images, as the worker runs it. @param {Record<string, any>} changes @param {'A' | 'B'} [letter] */
function run(changes, letter = 'A') {
  const images = imagesOf({ ...defaults(), ...changes });
  return engine.run({ ...specWith(changes, letter), ...(images && { input: paintImages(images) }) });
}

test('the page’s first convolution has the kernel (5, 5, 3, 8)', () => {
  const { layers } = run({ kind: 'conv', depth: 3, batch: 2 });
  assert.deepEqual([layers[0].kernel, layers[0].channelsIn, layers[0].channelsOut], [[5, 5], 3, 8]);
  assert.deepEqual([layers[0].fanIn, layers[0].fanOut], [75, 200]);
  assert.deepEqual(
    layers.map(({ size }) => size),
    Array(3).fill([32, 32]),
  );
});

test('groups always divide the channels, and begin at the second layer', () => {
  /** @type {[string, number, number][]} */
  const cases = [
    ['4', 8, 4],
    ['16', 24, 8],
    ['8', 7, 1],
    ['depthwise', 12, 12],
  ];
  for (const [groups, channels, expected] of cases) {
    const [first, second] = run({ kind: 'conv', depth: 2, batch: 1, size: 4, groups, channels }).layers;
    assert.deepEqual([first.groups, second.groups, second.trueFanIn], [1, expected, (25 * channels) / expected]);
  }
});

test('every choice on the page gives a network that runs', () => {
  for (const kind of ['dense', 'conv']) {
    for (const input of ['normal', IMAGES[0]]) {
      for (const head of ['none', 'linear', 'sigmoid']) {
        for (const loss of ['random', 'cross-entropy']) {
          for (const pool of ['flatten', 'average']) {
            for (const depth of [1, 2, 3]) {
              const changes = { kind, input, head, loss, pool, depth, size: 6, width: 9, batch: 3, padding: 'same' };
              const { layers } = run(changes);
              assert.equal(layers.length, depth, JSON.stringify(changes));
              const last = layers[depth - 1];
              const headed = head !== 'none' || loss === 'cross-entropy';
              const size = kind === 'conv' ? 6 * 6 * 8 : 9;
              assert.equal(last.activations.size, 3 * (headed ? CLASSES : size));
              const activation = loss === 'cross-entropy' ? 'linear' : head === 'none' ? 'relu' : head;
              assert.equal(last.activation, activation);
            }
          }
        }
      }
    }
  }
});

test('the output layer has its own gain, and the first layer has the chosen number of inputs', () => {
  const { layers } = run({ depth: 2, head: 'sigmoid', headGain: 0.25, gainA: 2, width: 30, inputs: 50, batch: 2 });
  assert.deepEqual(
    layers.map(({ gain }) => gain),
    [2, 0.5],
  );
  assert.deepEqual(
    layers.map(({ fanIn }) => fanIn),
    [50, 30],
  );
});

test('A and B may differ only in how fans are counted, or in what is passed as the std', () => {
  const counted = { kind: 'conv', depth: 1, batch: 2, a: 'he-normal', fansB: 'channels' };
  const [right, wrong] = /** @type {const} */ (['A', 'B']).map((letter) => run(counted, letter).layers[0]);
  assert.ok(Math.abs(wrong.std / right.std - 5) < 1e-12);
  const [taken] = run({ depth: 1, batch: 1, b: 'he-normal', takenB: 'variance' }, 'B').layers;
  assert.ok(taken.varianceAsStd && Math.abs(taken.std - 2 / 256) < 1e-15);
});

/* At any depth, logits have sqrt(2) times the rms of the input. A sigmoid leaves [.01, .99] where |z| > 4.595. So .12 % of
 * outputs lie outside for an rms of 1, and 97 % for 85. Ten outputs of one deep network stray far from these shares. Eight
 * seeds, and a limit far from both shares, tell the two cases apart. */
test('raw pixels through a ReLU stack saturate a sigmoid output layer; normalised pixels or a smaller gain do not', (t) => {
  const shares = (/** @type {Record<string, any>} */ changes) =>
    Array.from({ length: 8 }, (_, seed) => {
      const { layers } = run(
        { depth: 6, width: 200, size: 12, head: 'sigmoid', batch: 16, seed, input: 'bricks', ...changes },
        'B',
      );
      return { saturated: layers[5].activations.saturated, slope: Number(layers[5].meanSlope) };
    });
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [normalised, raw, smaller] = [{}, { pixels: 'raw' }, { pixels: 'raw', headGain: 0.01 }].map((changes) => {
    const runs = shares(changes);
    return { saturated: mean(runs.map((r) => r.saturated)), slope: mean(runs.map((r) => r.slope)) };
  });
  t.diagnostic(JSON.stringify({ normalised, raw, smaller }));
  assert.ok(normalised.saturated < 0.05 && raw.saturated > 0.9 && smaller.saturated < 0.05);
  assert.ok(raw.slope < 0.02 && normalised.slope > 0.15 && smaller.slope > 0.15); /* at most 1/4 */
});

test('the mean slope is the mean of the activation’s slope over the preactivations', () => {
  const spec = { ...specWith({ depth: 2, width: 7, batch: 5, activation: 'tanh' }) };
  const { layers } = engine.run(spec);
  const z = engine.tensor(spec, 'preactivations', 2);
  const expected = z.reduce((sum, v) => sum + engine.slope('tanh', v), 0) / z.length;
  assert.ok(Math.abs(Number(layers[1].meanSlope) / expected - 1) < 1e-6);
});

test('cross-entropy overrules the last of the reader’s own layers only where that says no activation', () => {
  useReader({ parseStack, replaceLayer });
  const before = { ...defaults(), stack: '64-30-10' };
  for (const [stack, expected] of /** @type {[string, string[]][]} */ ([
    ['64-30-10', ['head']],
    ['64-30-10:sigmoid', []],
    ['8x8-conv10-gap', []],
  ])) {
    const state = { ...before, stack };
    assert.deepEqual(overruledKeys(state, { ...state, loss: 'cross-entropy' }, ['loss']), expected, stack);
  }
});
