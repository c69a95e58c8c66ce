/**
 * Convolutions: both passes against plain double precision (network.js) over hundreds of random shapes, and properties
 * that hold for any numbers. The reference itself is tested in plain.test.js, refusals in convspec.test.js, and theory
 * in borders.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { randomSpec } from './cases.js';
import { compareAll } from './compared.js';
import { backward, netOf } from './network.js';
import { shapesOf } from './plain.js';
import { assertSummary, difference } from './reference.js';

const engine = /** @type {any} */ (await loadEngine());

/** @param {any} change */
const conv = (change) => ({ kind: 'conv', size: [7, 5], kernel: [3, 3], channelsIn: 3, channelsOut: 5, ...change });

const EACH = 40;
const STACKS = [
  ['conv'],
  ['conv', 'conv'],
  ['conv', 'conv', 'conv'],
  ['conv', 'flatten'],
  ['conv', 'average'],
  ['conv', 'conv', 'flatten', 'flatten'],
  ['conv', 'conv', 'average', 'flatten'],
];
const RANDOM = STACKS.map((kinds, k) => Array.from({ length: EACH }, (_, i) => randomSpec(1000 + EACH * k + i, kinds)));

for (const [k, kinds] of STACKS.entries()) {
  test(`${kinds.join(', ')}: ${EACH} random shapes agree with double precision, forward and backward`, (t) => {
    const { living, doubtful, worst } = compareAll(engine, RANDOM[k]);
    t.diagnostic(`worst: ${worst.toExponential(1)} of the tensor's rms`);
    assert.ok(living > 0.9, `${living} of the tensors are not all 0`);
    assert.ok(doubtful < 0.2, `${doubtful} of the ways back were not compared`);
  });
}

test('the random shapes include at least five of every kind', () => {
  /** @type {Record<string, (s: import('./plain.js').Shape) => boolean>} */
  const kinds = {
    'stride 1': ({ stride }) => stride === 1,
    'stride 2, odd zeros': ({ stride, before, size, kernel, image }) =>
      stride === 2 && (size[0] - 1) * 2 + kernel[0] - image[0] === 2 * before[0] + 1,
    'valid at stride 2': ({ stride, before, kernel, image }) =>
      stride === 2 && before[0] === 0 && kernel[0] > 2 && image[0] > kernel[0],
    depthwise: ({ groups, channelsIn }) => groups > 1 && groups === channelsIn,
    'depthwise of more outputs': ({ groups, channelsIn, channelsOut }) => groups === channelsIn && channelsOut > groups,
    groups: ({ groups, channelsIn }) => groups > 1 && groups < channelsIn,
    'groups across panels': ({ groups, channelsOut }) => groups > 1 && (channelsOut / groups) % 8 !== 0,
    'a kernel larger than its image': ({ kernel, image }) => kernel[0] > image[0] && kernel[1] > image[1],
    'one place': ({ image, kernel }) => image[0] * image[1] === 1 && kernel[0] > 1,
    'oblong kernels and images': ({ kernel, image }) => kernel[0] !== kernel[1] && image[0] !== image[1],
    'channels that fill no panel': ({ channelsIn, channelsOut }) => channelsIn % 8 > 0 && channelsOut % 8 > 0,
    'more than a block of rows': ({ kernel, channelsIn, groups }) =>
      (kernel[0] * kernel[1] * channelsIn) / groups > 256,
    'more than a block of columns': ({ channelsOut }) => channelsOut > 64,
    'a mean of many': ({ averaged }) => averaged > 1,
    'an image, flattened': ({ averaged, image, size }) => averaged === 1 && size[0] === 1 && image[0] * image[1] > 1,
  };
  const shapes = RANDOM.flat().flatMap(({ layers }) => shapesOf(layers));
  for (const [kind, holds] of Object.entries(kinds)) {
    assert.ok(shapes.filter(holds).length >= 5, `${kind}: ${shapes.filter(holds).length}`);
  }
});

test('the largest images, kernels and channels agree with double precision, forward and backward', () => {
  const specs = [
    [conv({ size: [64, 64], channelsIn: 1, stride: 2 })],
    [conv({ size: [64, 1], kernel: [11, 1], padding: 'valid' })],
    [conv({ size: [3, 64], kernel: [11, 11], channelsIn: 2, channelsOut: 4 })],
    [
      conv({ size: [2, 3], channelsIn: 512, channelsOut: 512, groups: 512 }),
      { kind: 'dense', units: 9, pool: 'average' },
    ],
    [conv({ size: [2, 1], kernel: [1, 1], channelsOut: 512 }), { kind: 'dense', units: 3 }],
    [conv({ size: [1, 2], kernel: [1, 1], channelsIn: 512, channelsOut: 9 })],
  ].map((layers) => ({ layers, activation: 'softplus', scheme: 'he-normal', batch: 3, loss: 'random' }));
  const { living, doubtful } = compareAll(engine, specs);
  assert.deepEqual([living, doubtful], [1, 0]);
});

test('a number of rows near 2^16 does not overflow 32 bits', () => {
  for (const [batch, size] of [
    [227, [16, 18]], // 65376 rows and 160 for drawing make 2^16; times a block of 2^16 floats that is 2^32, or 0 in 32 bits
    [16, [64, 64]], // 2^16 rows
    [17, [64, 64]],
  ]) {
    const layers = [conv({ size, kernel: [1, 1], channelsIn: 1, channelsOut: 8 })];
    const { weights, preactivations } = engine.run({ layers, scheme: 'he-normal', batch, seed: 1 }).layers[0];
    // one input channel: Var(z) is the mean square of the weights times that of the input, 1 +- 4 sqrt(2 / n), n >= 65376
    const ratio = (preactivations.rms / weights.rms) ** 2;
    assert.ok(Math.abs(ratio - 1) < 4 * Math.sqrt(2 / 65376), `${batch}: ${ratio}`);
  }
});

test('a value that is not finite reaches exactly the outputs and weight gradients that read it', () => {
  for (const [channels, groups] of [
    [3, 3],
    [6, 2],
    [10, 2],
    [24, 3],
    [4, 1],
  ]) {
    for (const [stride, padding] of [
      [1, 'same'],
      [2, 'same'],
      [1, 'valid'],
    ]) {
      const layers = [conv({ channelsIn: channels, channelsOut: 2 * channels, groups, stride, padding })];
      const input = Float32Array.from({ length: 2 * 35 * channels }, (_, i) => Math.sin(i));
      /* the first channel of place (2, 3) of the first image */
      input[(2 * 5 + 3) * channels] = Number.POSITIVE_INFINITY;
      const spec = { layers, activation: 'linear', batch: 2, input, loss: 'random' };
      const [expected] = backward(netOf(engine, spec)).layers;
      for (const [name, values] of Object.entries(expected)) {
        const finite = (/** @type {ArrayLike<number>} */ tensor) => Array.from(tensor, (v) => Number.isFinite(v));
        assert.deepEqual(finite(engine.tensor(spec, name, 1)), finite(values), `${name}, ${JSON.stringify(layers)}`);
        if (name === 'deltas') continue;
        const bad = values.filter((v) => !Number.isFinite(v)).length;
        assert.ok(bad > 0 && bad <= values.length / groups, `${name} of the first group only, of ${groups}`);
      }
    }
  }
});

test('the engine returns a given input unchanged, and its images are (height, width, channels)', () => {
  const layers = [conv({ kernel: [1, 1], channelsOut: 3, scheme: { name: 'constant', value: 1 } })];
  const input = Float32Array.from({ length: 4 * 35 * 3 }, (_, i) => i);
  const spec = { layers, activation: 'linear', batch: 4, input };
  assert.deepEqual(engine.tensor(spec, 'input'), input);
  /* each output is the sum of a place's three channels i, i + 1 and i + 2, which is 3 i + 3 */
  const sums = input.map((_, i) => 9 * Math.floor(i / 3) + 3);
  assert.deepEqual(engine.tensor(spec, 'activations', 1), sums);
});

/* biases of std 6 put some channels of ReLU below 0 everywhere */
const DYING = {
  layers: [
    conv({ channelsOut: 13, activation: 'relu' }),
    conv({ channelsIn: 13, channelsOut: 26, groups: 13, stride: 2, activation: 'sigmoid' }),
    conv({ size: [4, 3], channelsIn: 26, channelsOut: 11, padding: 'valid', activation: 'relu' }),
    { kind: 'dense', units: 5, activation: 'linear' },
  ],
  bias: { name: 'normal', std: 6 },
  batch: 3,
  backward: true,
};

test('summaries describe the tensors that the engine returns, and a dead channel is 0 at every place', () => {
  const run = engine.run(DYING);
  assertSummary(engine.tensor(DYING, 'input'), 3, run.input);
  for (const [i, { channelsOut }] of shapesOf(DYING.layers).entries()) {
    for (const name of ['weights', 'preactivations', 'activations', 'deltas', 'weightGradients']) {
      assertSummary(engine.tensor(DYING, name, i + 1), channelsOut, run.layers[i][name]);
    }
  }
  for (const i of [0, 2]) {
    const { dead, zeros } = run.layers[i].activations;
    assert.ok(dead > 0 && dead <= zeros && zeros < 1, `layer ${i + 1}: ${dead} dead, ${zeros} zeros`);
  }
});

test('the loss is the mean over the batch of sum(g a)', () => {
  const { loss } = backward(netOf(engine, DYING));
  assert.ok(Math.abs(engine.run(DYING).loss * 3 - loss.total) < 1e-5 * loss.size);
});

test('a run gives the fans of each convolution, true ones by default, and the size of its output', () => {
  const { layers } = engine.run({ ...DYING, scheme: 'he-normal' });
  const shape = ({ kernel, channelsIn, channelsOut, size, groups, fanIn, fanOut } = layers[0]) => {
    return { kernel, channelsIn, channelsOut, size, groups, fanIn, fanOut };
  };
  assert.deepEqual(layers.slice(0, 3).map(shape), [
    { kernel: [3, 3], channelsIn: 3, channelsOut: 13, size: [7, 5], groups: 1, fanIn: 27, fanOut: 117 },
    { kernel: [3, 3], channelsIn: 13, channelsOut: 26, size: [4, 3], groups: 13, fanIn: 9, fanOut: 18 },
    { kernel: [3, 3], channelsIn: 26, channelsOut: 11, size: [2, 1], groups: 1, fanIn: 234, fanOut: 99 },
  ]);
  assert.deepEqual([layers[3].fanIn, layers[3].fanOut], [22, 5]);
  for (const { fanIn, std } of layers) assert.equal(std, Math.sqrt(2 / fanIn));
});

const FIXED = { scheme: { name: 'normal', std: 0.1 }, seed: 9 }; /* no scale by a fan */
/** @param {any} change @param {number} [batch] */
const weightsOfConv = (change, batch = 2) => engine.tensor({ ...FIXED, layers: [conv(change)], batch }, 'weights', 1);

test('of the same seed, a convolution with more output channels contains the weights of a narrower one', () => {
  for (const [few, many] of [
    [1, 3],
    [5, 8],
    [5, 13],
    [60, 130],
  ]) {
    const [narrow, wide] = [few, many].map((channelsOut) => weightsOfConv({ channelsOut }));
    const part = narrow.map((/** @type {number} */ _, /** @type {number} */ i) => {
      return wide[Math.floor(i / few) * many + (i % few)];
    });
    assert.deepEqual(part, narrow, `${few} of ${many}`);
    assert.ok(new Set(wide).size > 0.99 * wide.length, 'not all alike');
  }
});

test('weights do not depend on the image size, the stride, the padding or the batch', () => {
  const weights = weightsOfConv({});
  const changes = [{ size: [64, 64] }, { size: [1, 1] }, { stride: 2 }, { padding: 'valid' }, { activation: 'tanh' }];
  for (const change of changes) assert.deepEqual(weightsOfConv(change), weights, JSON.stringify(change));
  assert.deepEqual(weightsOfConv({}, 17), weights);
});

test('a larger batch contains the smaller one', () => {
  const spec = { ...DYING, batch: 2 };
  for (const [name, layer] of [
    ['input', undefined],
    ['activations', 1],
    ['activations', 4],
    ['deltas', 1],
  ]) {
    const few = engine.tensor(spec, name, layer);
    assert.deepEqual(engine.tensor({ ...spec, batch: 7 }, name, layer).slice(0, few.length), few, `${name} ${layer}`);
  }
});

test('a 1 x 1 convolution of a 1 x 1 image is the dense layer of the same seed', () => {
  const point = conv({ size: [1, 1], kernel: [1, 1], channelsIn: 17, channelsOut: 12 });
  const [a, b] = [point, { kind: 'dense', inputs: 17, units: 12 }].map((layer) => {
    const spec = { layers: [layer], activation: 'tanh', batch: 6, seed: 4, loss: 'random' };
    return ['input', 'weights', 'activations', 'deltas', 'weightGradients'].map((name) => engine.tensor(spec, name, 1));
  });
  for (const [i, tensor] of b.entries()) assert.ok(difference(a[i], Float64Array.from(tensor)) < 1e-6);
});
