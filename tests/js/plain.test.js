/**
 * The reference for convolutions (plain.js, network.js) by itself, without the engine. It is checked against sums done by
 * hand and against a product of matrices. Its backward pass is checked against central differences of its own loss.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { generator, randomSpec } from './cases.js';
import { backward, forward, lossAt, randomLoss } from './network.js';
import { convolve, inputsOf, outputsOf, shapesOf, sideOf, weightsOf } from './plain.js';
import { pool, poolBack } from './plain-pool.js';
import { centralDifference, difference, multiply } from './reference.js';

const DIGITS = [1, 10, 100, 1000];
/** @param {any} change */
const conv = (change) => ({ kind: 'conv', size: [1, 4], kernel: [1, 3], channelsIn: 1, channelsOut: 1, ...change });
const tall = { size: [4, 1], kernel: [3, 1] };
const square = { size: [2, 2], kernel: [2, 2] };
const transposed = { kind: 'transposed-conv', size: [1, 2], kernel: [1, 3], channelsIn: 1, channelsOut: 1 };
const point = { size: [1, 1], kernel: [1, 1] };
/** The layer below a dense layer: it passes two places of two channels unchanged. */
const below = conv({ size: [1, 2], kernel: [1, 1], channelsIn: 2, channelsOut: 2 });

/** @type {[claim: string, layers: any[], input: number[], weights: number[], output: number[]][]} */
const BY_HAND = [
  ['same puts one zero on each side of a row', [conv({})], [1, 2, 3, 4], DIGITS, [210, 321, 432, 43]],
  ['same puts one zero above and below a column', [conv(tall)], [1, 2, 3, 4], DIGITS, [210, 321, 432, 43]],
  ['valid leaves out the ends', [conv({ padding: 'valid' })], [1, 2, 3, 4], DIGITS, [321, 432]],
  ['same at stride 2 puts its only zero after the image', [conv({ stride: 2 })], [1, 2, 3, 4], DIGITS, [321, 43]],
  [
    'valid at stride 2 keeps only places inside the image',
    [conv({ stride: 2, padding: 'valid' })],
    [1, 2, 3, 4],
    DIGITS,
    [321],
  ],
  [
    'same puts one of three zeros before the image',
    [conv({ size: [1, 2], kernel: [1, 4] })],
    [1, 2],
    DIGITS,
    [210, 21],
  ],
  ['only the middle of a kernel is over an image of one place', [conv({ size: [1, 1] })], [2], DIGITS, [20]],
  ['a kernel is not turned round', [conv({ ...square, padding: 'valid' })], [1, 2, 3, 4], DIGITS, [4321]],
  ['an even kernel starts at its place', [conv(square)], [1, 2, 3, 4], DIGITS, [4321, 402, 43, 4]],
  [
    'a kernel has a row for each input channel and a column for each output, and sums over rows',
    [conv({ ...point, channelsIn: 2, channelsOut: 2 })],
    [1, 2],
    DIGITS,
    [201, 2010],
  ],
  [
    'two groups read two channels each',
    [conv({ ...point, channelsIn: 4, channelsOut: 4, groups: 2 })],
    [1, 2, 3, 4],
    [1, 2, 3, 4, 10, 20, 30, 40],
    [21, 42, 129, 172],
  ],
  [
    'a depthwise convolution has two outputs for each channel',
    [conv({ ...point, channelsIn: 2, channelsOut: 4, groups: 2 })],
    [1, 10],
    [1, 2, 3, 4],
    [1, 2, 30, 40],
  ],
  [
    'a transposed convolution adds up kernels around its inputs, two places apart',
    [{ ...transposed, stride: 2 }],
    [1, 10],
    [1, 2, 3],
    [1, 2, 13, 20, 30],
  ],
  [
    'output padding adds places at the end',
    [{ ...transposed, stride: 3, outputPadding: 2 }],
    [1, 10],
    [1, 2, 3],
    [1, 2, 3, 10, 20, 30, 0, 0, ...Array(16).fill(0)],
  ],
  [
    'padding cuts off the edges of a transposed convolution',
    [{ ...transposed, kernel: [3, 3], padding: 1 }],
    [1, 10],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [45, 56],
  ],
  [
    'zeros by number go on both sides, at stride 2 too',
    [conv({ size: [4, 1], kernel: [3, 3], padding: 1, stride: 2 })],
    [1, 2, 3, 4],
    [0, 1, 0, 0, 10, 0, 0, 100, 0],
    [210, 432],
  ],
  ['a dense layer reads places, then channels', [below, { kind: 'dense', units: 1 }], [1, 2, 3, 4], DIGITS, [4321]],
  [
    'a dense layer after pooling reads means over places',
    [below, { kind: 'dense', units: 1, pool: 'average' }],
    [1, 2, 3, 4],
    DIGITS,
    [32],
  ],
];

for (const [claim, layers, input, weights, output] of BY_HAND) {
  test(`by hand: ${claim}`, () => {
    const shapes = shapesOf(layers);
    const shape = shapes[shapes.length - 1];
    const given = Float64Array.from(weights).subarray(0, weightsOf(shape));
    assert.deepEqual(Array.from(convolve(shape, Float64Array.from(input), given)), output);
  });
}

test('by hand: pooling, forward and backward', () => {
  const shapeOf = (/** @type {any} */ layer) => shapesOf([{ size: [1, 4], channelsIn: 1, ...layer }])[0];
  const a = Float64Array.of(3, 9, 9, 1);
  /** @type {[layer: any, output: number[], gradient: number[]][]} */
  const cases = [
    [{ kind: 'max-pool', window: [1, 2], stride: 2 }, [9, 9], [0, 1, 10, 0]],
    [{ kind: 'max-pool', window: [1, 2], stride: 1 }, [9, 9, 9], [0, 11, 100, 0]],
    [{ kind: 'average-pool', window: [1, 2], stride: 2 }, [6, 5], [0.5, 0.5, 5, 5]],
    [{ kind: 'average-pool', window: [2, 2], stride: 2, padding: 1 }, [0.75, 4.5, 0.25], [0.25, 2.5, 2.5, 25]],
    [{ kind: 'average-pool', window: [1, 3], stride: 2, padding: 'same' }, [7, 5], [1 / 3, 1 / 3, 1 / 3 + 5, 5]],
    [{ kind: 'global-average-pool' }, [5.5], [0.25, 0.25, 0.25, 0.25]],
    [{ kind: 'flatten' }, [3, 9, 9, 1], [1, 10, 100, 1000]],
  ];
  for (const [layer, output, gradient] of cases) {
    const shape = shapeOf(layer);
    assert.deepEqual(Array.from(pool(shape, a)), output, JSON.stringify(layer));
    const deltas = Float64Array.from(DIGITS.slice(0, output.length));
    assert.ok(difference(poolBack(shape, a, deltas), Float64Array.from(gradient)) < 1e-15, JSON.stringify(layer));
  }
});

test('sides and padding agree with the example in the documentation of tf.nn.convolution', () => {
  assert.deepEqual(sideOf(13, 6, 5, 'same'), { out: 3, before: 1 });
  assert.deepEqual(sideOf(13, 6, 5, 'valid'), { out: 2, before: 0 });
});

test('a dense layer is a product of matrices', () => {
  const [shape] = shapesOf([{ kind: 'dense', inputs: 7, units: 5 }]);
  const random = generator(1);
  const [a, weights] = [3 * 7, 7 * 5].map((n) => Float64Array.from({ length: n }, random));
  assert.deepEqual(convolve(shape, a, weights), multiply(a, weights, 7));
});

/** A network with random weights, biases, input and g. @param {any} spec @returns {import('./network.js').Net} */
function randomNet({ layers, batch, seed }) {
  const shapes = shapesOf(layers);
  const random = generator(seed);
  /** @param {number} length @param {number} bound */
  const uniform = (length, bound) => Float64Array.from({ length }, () => bound * (2 * random() - 1));
  const g = uniform(batch * outputsOf(shapes[shapes.length - 1]), 1);
  return {
    shapes,
    activations: shapes.map(({ pooling }, i) =>
      pooling ? 'linear' : ['tanh', 'softplus', 'sin', 'gelu'][(seed + i) % 4],
    ),
    weights: shapes.map((s) => uniform(weightsOf(s), Math.sqrt((3 * s.channelsOut) / weightsOf(s)))),
    biases: shapes.map((s) => uniform(s.channelsOut, 0.3)),
    input: uniform(batch * inputsOf(shapes[0]), 1.7),
    lossOf: (a) => randomLoss(a, g),
  };
}

/* The step is 1e-4. Truncation errs by step^2 / 6 |L''' / L'|. A third derivative brings in |a|^2 < 16, and |phi''' / phi'|
 * < 4 of each layer above, so this is 1e-6 in all if nothing cancels. Rounding errs by 2^-53 |L| / step < 1e-10 of a
 * gradient. A gradient that sums over many places may cancel to a tenth of its terms: 1e-5. */
const SAMPLE = 12;
const NETS = 12;
[
  ['conv'],
  ['conv', 'conv', 'conv'],
  ['conv', 'conv', 'flatten'],
  ['conv', 'average', 'flatten'],
  ['padded', 'transposed'],
  ['transposed', 'mean', 'conv'],
  ['conv', 'max', 'flat', 'flatten'],
  ['transposed', 'global', 'conv'],
].forEach((kinds, k) => {
  test(`${kinds.join(', ')}: gradients agree with central differences of the loss, for ${NETS} networks`, () => {
    let [living, tried] = [0, 0];
    for (let seed = NETS * k; seed < NETS * (k + 1); seed++) {
      const spec = randomSpec(seed, kinds);
      const net = randomNet(spec);
      const { layers } = backward(net);
      for (let l = 1; l <= kinds.length; l++) {
        const z = forward(net)[l - 1];
        /** @type {[name: 'deltas' | 'weightGradients', tensor: Float64Array, loss: () => number][]} */
        const ways = [
          ['deltas', z, () => lossAt(net, forward(net, l, z)).total],
          ['weightGradients', net.weights[l - 1], () => lossAt(net, forward(net)).total],
        ];
        for (const [name, tensor, lossNow] of ways) {
          if (tensor.length === 0) continue; // no weights
          tried++;
          const places = Array.from({ length: SAMPLE }, (_, i) => (i * 7919) % tensor.length);
          const expected = Float64Array.from(places, (at) => centralDifference(tensor, at, lossNow));
          const got = places.map((at) => layers[l - 1][name][at]);
          const worst = difference(got, expected);
          assert.ok(worst < 1e-5, `off by ${worst}: ${name} of layer ${l} of ${JSON.stringify(spec.layers)}`);
          living += Number(expected.some((v) => v !== 0));
        }
      }
    }
    /* where a kernel is larger than its image, the rest of it sees only padding */
    assert.ok(living > 0.8 * tried && tried >= NETS * kinds.length, `${living} of ${tried} tensors are not all 0`);
  });
});
