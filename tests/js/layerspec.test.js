/**
 * Bad fields of pooling, flatten, transposed convolutions and large last layers are refused before anything is computed,
 * with the field, its value and its range. Convolutions are in convspec.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { KIND_NAMES } from '../../web/engine/kinds.js';
import { KINDS as SHAPES } from '../../web/engine/shapes.js';
import { checkSpec } from '../../web/engine/spec.js';
import { formatStack } from '../../web/engine/stack.js';
import { KINDS as WORDS } from '../../web/engine/stack-words.js';
import { STACK_WORDS } from '../../web/locales/en/stack.js';
import { assertRefused, VECTOR_KINDS } from './refused.js';

const engine = /** @type {any} */ (await loadEngine());

const conv = { kind: 'conv', size: [8, 6], kernel: [3, 3], channelsIn: 4, channelsOut: 6 };
const wide = { kind: 'transposed-conv', kernel: [4, 3], channelsOut: 6, stride: 2 };
const max = { kind: 'max-pool', window: [2, 2] };
const mean = { kind: 'average-pool', window: [3, 2], stride: 1 };
const flat = { kind: 'flatten' };
const whole = { kind: 'global-average-pool' };
const dense = { kind: 'dense', units: 5 };

const OBSERVABLE = ['weights', 'preactivations', 'activations', 'weightGradients'];
const UNDEFINED = { type: 'undefined' };
const [KERNELS, POOL_STRIDES, CHANNELS, STRIDES] = [
  [1, 11],
  [1, 11],
  [1, 512],
  [1, 4],
];
const POOL_FIELDS = ['kind', 'window', 'channelsIn', 'size', 'stride', 'padding', 'observe'];
const WHOLE_FIELDS = ['kind', 'channelsIn', 'size', 'observe'];
const OWN = ['activation', 'scheme', 'gain', 'bias', 'fans', 'varianceAsStd', 'drawn', 'shared', 'observe'];
const TRANSPOSED_FIELDS = [
  ...['kind', 'kernel', 'channelsIn', 'channelsOut', 'size', 'stride', 'padding', 'outputPadding', 'groups'],
  ...OWN,
];

/** The last of these layers is refused. @type {[layers: any[], ...expected: import('./refused.js').Expected][]} paths of
 * fields start at that layer */
const BAD = [
  [[conv, { ...max, window: [12, 2] }], 'wholeRange', 'window[0]', 12, KERNELS],
  [[conv, { ...max, window: [2, 0] }], 'wholeRange', 'window[1]', 0, KERNELS],
  [[conv, { ...max, window: 2 }], 'wrongSides', 'window', 2, [2, 2]],
  [[conv, { ...max, window: undefined }], 'wrongSides', 'window', UNDEFINED, [2, 2]],
  [[conv, { ...max, window: [7, 7], stride: 1 }], 'windowOverImage', 'window[1]', 7, { most: 6, images: [8, 6] }],
  [
    [conv, { ...max, window: [5, 11], stride: 1, padding: 2 }],
    'windowOverImage',
    'window[1]',
    11,
    { most: 10, images: [8, 6] },
  ],
  [[conv, { ...mean, stride: undefined }], 'wholeRange', 'stride', UNDEFINED, POOL_STRIDES],
  [[conv, { ...max, stride: 12 }], 'wholeRange', 'stride', 12, POOL_STRIDES],
  [[conv, { ...max, stride: 0 }], 'wholeRange', 'stride', 0, POOL_STRIDES],
  [[conv, { ...max, padding: 2 }], 'wholeRange', 'padding', 2, [0, 1]],
  [[conv, { ...mean, padding: -1 }], 'wholeRange', 'padding', -1, [0, 1]],
  [[conv, { ...max, padding: 'half' }], 'unknownName', 'padding', 'half', ['same', 'valid']],
  [[conv, { ...max, activation: 'relu' }], 'unknownField', 'activation', 'relu', POOL_FIELDS],
  [[conv, { ...mean, scheme: 'zeros' }], 'unknownField', 'scheme', 'zeros', POOL_FIELDS],
  [[conv, { ...max, channelsOut: 6 }], 'unknownField', 'channelsOut', 6, POOL_FIELDS],
  [[conv, { ...max, channelsIn: 4 }], 'unlikeBelow', 'channelsIn', 4, { needed: 6 }],
  [[conv, { ...max, size: [8, 5] }], 'unlikeBelow', 'size[1]', 5, { needed: 6 }],
  [[max], 'wrongSides', 'size', UNDEFINED, [2, 2]],
  [[{ ...max, size: [4, 4] }], 'wholeRange', 'channelsIn', UNDEFINED, CHANNELS],
  [[conv, { ...whole, window: [8, 6] }], 'unknownField', 'window', [8, 6], WHOLE_FIELDS],
  [[conv, { ...flat, units: 8 }], 'unknownField', 'units', 8, WHOLE_FIELDS],
  [[conv, { ...flat, gain: 1 }], 'unknownField', 'gain', 1, WHOLE_FIELDS],
  [[conv, { ...flat, observe: ['deltas'] }], 'unknownName', 'observe[0]', 'deltas', OBSERVABLE],
  [[flat], 'wrongSides', 'size', UNDEFINED, [2, 2]],
  [[conv, flat, max], 'convAfterDense', 'kind', 'max-pool', VECTOR_KINDS],
  [[conv, dense, mean], 'convAfterDense', 'kind', 'average-pool', VECTOR_KINDS],
  [[conv, flat, whole], 'convAfterDense', 'kind', 'global-average-pool', VECTOR_KINDS],
  [[conv, flat, { ...conv, size: undefined, channelsIn: undefined }], 'convAfterDense', 'kind', 'conv', VECTOR_KINDS],
  [[conv, { ...wide, kernel: [4, 12] }], 'wholeRange', 'kernel[1]', 12, KERNELS],
  [[conv, { ...wide, channelsOut: 513 }], 'wholeRange', 'channelsOut', 513, CHANNELS],
  [[conv, { ...wide, stride: 5 }], 'wholeRange', 'stride', 5, STRIDES],
  [[conv, { ...wide, stride: 0 }], 'wholeRange', 'stride', 0, STRIDES],
  [[conv, { ...wide, padding: 3 }], 'wholeRange', 'padding', 3, [0, 2]],
  [[conv, { ...wide, padding: 'same' }], 'wholeRange', 'padding', 'same', [0, 2]],
  [[conv, { ...wide, outputPadding: 2 }], 'wholeRange', 'outputPadding', 2, [0, 1]],
  [[conv, { ...wide, groups: 4 }], 'groupsDivide', 'groups', 4, { channelsIn: 6, channelsOut: 6 }],
  [[conv, { ...wide, dilation: 1 }], 'unknownField', 'dilation', 1, TRANSPOSED_FIELDS],
  [
    [
      { ...conv, size: [112, 8] },
      { ...wide, kernel: [4, 4] },
    ],
    'imagesTooLarge',
    'stride',
    2,
    { most: 224, images: [226, 18] },
  ],
  /* an image of 1 x 1 gives 3 x 3 places, so padding of 1 leaves one, and of 2 none */
  [[{ ...wide, size: [1, 1], channelsIn: 3, kernel: [3, 3], padding: 2 }], 'wholeRange', 'padding', 2, [0, 1]],
  [[{ ...wide, size: [2, 1], channelsIn: 513 }], 'wholeRange', 'channelsIn', 513, CHANNELS],
  [[conv, { ...wide, scheme: 'identity' }], 'identityKernel', 'kernel', [4, 3], [1, 1]],
  [
    [{ ...wide, size: [1, 1], channelsIn: 2 ** 20, kernel: [11, 11], stride: 1, channelsOut: 40 }],
    'tooManyWeights',
    'channelsOut',
    40,
    { most: 33, inputs: 121 * 2 ** 20, mostWeights: 2 ** 32 - 1 },
  ],
  [[{ ...dense, inputs: 4, units: 65537 }], 'wholeRange', 'units', 65537, [1, 65536]],
];

for (const [layers, code, field, value, range] of BAD) {
  const given = JSON.stringify(layers.at(-1));
  test(`refused, ${code}: ${field} of ${given}, layer ${layers.length}`, () => {
    const expected = /** @type {import('./refused.js').Expected} */ ([
      ...[code, `layers[${layers.length - 1}].${field}`, value, range],
    ]);
    assertRefused(() => engine.run({ layers, batch: 2 }), expected);
  });
}

test('only the last layer may have more than 4096 units', () => {
  const layers = [
    { kind: 'dense', inputs: 2, units: 4097 },
    { kind: 'dense', units: 3 },
  ];
  assertRefused(() => engine.run({ layers, batch: 1 }), ['wholeRange', 'layers[0].units', 4097, [1, 4096]]);
  assert.equal(engine.run({ layers: layers.slice(0, 1), batch: 1 }).layers[0].activations.size, 4097);
});

test('the largest value of every field is accepted', () => {
  for (const layers of [
    [{ ...max, size: [64, 64], channelsIn: 512, window: [11, 11], stride: 4, padding: 5 }],
    [{ ...mean, size: [11, 11], channelsIn: 1, window: [11, 11], padding: 'same' }],
    [{ ...max, size: [23, 12], channelsIn: 2, window: [11, 11] }], // the default stride is the window's side
    [{ ...mean, size: [23, 12], channelsIn: 2, window: [1, 2], stride: 11, padding: 'same' }],
    [{ ...wide, size: [16, 16], channelsIn: 2, kernel: [4, 4], stride: 4, padding: 0, outputPadding: 0 }],
    [{ ...wide, size: [1, 1], channelsIn: 5000, kernel: [11, 11], stride: 4, padding: 5, outputPadding: 3 }],
    [conv, flat, { ...wide, kernel: [11, 11], padding: 5 }],
    [{ ...flat, size: [32, 32], channelsIn: 512 }],
  ]) {
    const { activations } = engine.run({ layers, batch: 1 }).layers.at(-1);
    assert.ok(activations.nonFinite === 0 && activations.rms > 0, JSON.stringify(layers));
  }
});

test('every table of kinds has every kind', () => {
  for (const table of [SHAPES, WORDS, STACK_WORDS.kinds])
    assert.deepEqual(Object.keys(table).sort(), [...KIND_NAMES].sort());
});

test('a whole number may be -0, which is 0', () => {
  const pool = { ...max, size: [8, 6], channelsIn: 4 };
  /** @param {any} layer */
  const checked = (layer) => checkSpec(engine, { layers: [layer], seed: -0 });
  const fields = [
    checked(conv).seed,
    checked({ ...conv, padding: -0 }).layers[0].conv?.padding,
    checked({ ...conv, kind: 'transposed-conv', padding: -0 }).layers[0].conv?.padding,
    checked({ ...conv, kind: 'transposed-conv', outputPadding: -0 }).layers[0].conv?.outputPadding,
    checked({ ...pool, padding: -0 }).layers[0].pooling?.padding,
  ];
  assert.deepEqual(fields, [0, 0, 0, 0, 0]);
  assert.equal(formatStack([/** @type {any} */ ({ ...conv, padding: -0 })]), '8x6x4-conv6:padding=0');
});

test('a tensor that observe names twice is observed once', () => {
  const observe = ['weights', 'activations', 'weights'];
  const [layer] = checkSpec(engine, { layers: [/** @type {any} */ ({ ...conv, observe })] }).layers;
  assert.deepEqual(layer.observe, ['weights', 'activations']);
});

test('a field may repeat what follows from the layer before', () => {
  const short = [conv, { ...wide, padding: 0 }, max, flat];
  const long = [
    conv,
    { ...wide, channelsIn: 6, size: [8, 6], padding: 0, outputPadding: 0, groups: 1 },
    { ...max, channelsIn: 6, size: [18, 13], stride: 2, padding: 'valid' },
    { ...flat, channelsIn: 6, size: [9, 6] },
  ];
  const [a, b] = [short, long].map((layers) => engine.tensor({ layers, batch: 2 }, 'activations', 4));
  assert.deepEqual(a, b);
});
