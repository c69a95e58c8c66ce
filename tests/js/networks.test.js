/*
 * What a state asks of the engine: kinds of layers, groups, heads and images, and that raw pixels into a deep ReLU
 * stack leave a sigmoid head without a slope.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { IMAGES, paintImages } from '../../web/engine/images.js';
import { CLASSES, imagesOf, specOf } from '../../web/state/networks.js';
import { defaults } from '../../web/state/state.js';

const engine = await loadEngine();

/** @param {Record<string, any>} changes @param {'A' | 'B'} [letter] @returns {any} */
const specWith = (changes, letter = 'A') => specOf({ ...defaults(), ...changes }, letter);

/** With its images, as the worker runs it. @param {Record<string, any>} changes @param {'A' | 'B'} [letter] */
function run(changes, letter = 'A') {
  const images = imagesOf({ ...defaults(), ...changes });
  return engine.run({ ...specWith(changes, letter), ...(images && { input: paintImages(images) }) });
}

test('a convolution of the page is the kernel of the question: (5, 5, 3, 8)', () => {
  const { layers } = run({ kind: 'conv', depth: 3, batch: 2 });
  assert.deepEqual([layers[0].kernel, layers[0].channelsIn, layers[0].channelsOut], [[5, 5], 3, 8]);
  assert.deepEqual([layers[0].fanIn, layers[0].fanOut], [75, 200]);
  assert.deepEqual(
    layers.map(({ size }) => size),
    Array(3).fill([32, 32]),
  );
});

test('groups divide the channels, whatever was chosen, and begin at the second layer', () => {
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

test('every choice of the page is a network that runs', () => {
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

test('the head has its own gain, and the first layer as many inputs as it is given', () => {
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

test('A and B may differ in nothing but how their fans are counted, or what is taken for the std', () => {
  const counted = { kind: 'conv', depth: 1, batch: 2, a: 'he-normal', fansB: 'channels' };
  const [right, wrong] = /** @type {const} */ (['A', 'B']).map((letter) => run(counted, letter).layers[0]);
  assert.ok(Math.abs(wrong.std / right.std - 5) < 1e-12);
  const [taken] = run({ depth: 1, batch: 1, b: 'he-normal', takenB: 'variance' }, 'B').layers;
  assert.ok(taken.varianceAsStd && Math.abs(taken.std - 2 / 256) < 1e-15);
});

/* reference figures: logits have sqrt(2) times the input's rms at any depth, so that outside [.01, .99], |z| > 4.595,
 * lie .12 % for an rms of 1, and 97 % for 85. Ten outputs of one deep network stray far from that; eight seeds and a
 * limit well apart of both tell the one from the other. */
test('raw pixels through a ReLU stack saturate a sigmoid head; normalised ones or a smaller head do not', (t) => {
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

test('the mean slope is that of the activation at the preactivations', () => {
  const spec = { ...specWith({ depth: 2, width: 7, batch: 5, activation: 'tanh' }) };
  const { layers } = engine.run(spec);
  const z = engine.tensor(spec, 'preactivations', 2);
  const expected = z.reduce((sum, v) => sum + engine.slope('tanh', v), 0) / z.length;
  assert.ok(Math.abs(Number(layers[1].meanSlope) / expected - 1) < 1e-6);
});
