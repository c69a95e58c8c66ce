/**
 * Bad convolutions in a spec are refused before anything is computed, with the field, its value and its range. Bad
 * dense layers are in spec.test.js and refusals.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { ALL_KINDS, assertRefused, thrownBy, VECTOR_KINDS } from './refused.js';

const engine = /** @type {any} */ (await loadEngine());

const first = { kind: 'conv', size: [8, 6], kernel: [3, 3], channelsIn: 4, channelsOut: 6 };
const second = { kind: 'conv', kernel: [3, 3], channelsOut: 8, stride: 2 };
const good = { layers: [first, second, { kind: 'dense', units: 5 }], batch: 2 };
const before = engine.tensor(good, 'activations', 3);

/** @param {number} index @param {any} change of one layer */
const changed = (index, change) => ({
  ...good,
  layers: good.layers.map((l, i) => (i === index ? { ...l, ...change } : l)),
});

const UNDEFINED = { type: 'undefined' };
const [KERNELS, SIDES, CHANNELS] = [
  [1, 11],
  [1, 224],
  [1, 512],
];
const OWN = ['activation', 'scheme', 'gain', 'bias', 'fans', 'varianceAsStd', 'drawn', 'shared', 'observe'];
const CONV_FIELDS = ['kind', 'kernel', 'channelsIn', 'channelsOut', 'size', 'stride', 'padding', 'groups', ...OWN];
const DENSE_FIELDS = ['kind', 'inputs', 'units', 'pool', ...OWN];
const ACTIVATIONS = engine.activations.map((/** @type {any} */ { name }) => name);

/** @type {[index: number, change: any, ...expected: import('./refused.js').Expected][]} paths of fields start at the layer */
const BAD = [
  [0, { kind: 'conv2d' }, 'unknownName', 'kind', 'conv2d', ALL_KINDS],
  [0, { kernel: [12, 3] }, 'wholeRange', 'kernel[0]', 12, KERNELS],
  [0, { kernel: [3, 12] }, 'wholeRange', 'kernel[1]', 12, KERNELS],
  [0, { kernel: [0, 3] }, 'wholeRange', 'kernel[0]', 0, KERNELS],
  [0, { kernel: [3, 2.5] }, 'wholeRange', 'kernel[1]', 2.5, KERNELS],
  [0, { kernel: [3] }, 'wrongSides', 'kernel', [3], [2, 2]],
  [0, { kernel: [3, 3, 3] }, 'wrongSides', 'kernel', [3, 3, 3], [2, 2]],
  [0, { kernel: 3 }, 'wrongSides', 'kernel', 3, [2, 2]],
  [0, { kernel: undefined }, 'wrongSides', 'kernel', UNDEFINED, [2, 2]],
  [0, { size: [225, 6] }, 'wholeRange', 'size[0]', 225, SIDES],
  [0, { size: [8, 225] }, 'wholeRange', 'size[1]', 225, SIDES],
  [0, { size: [8, 0] }, 'wholeRange', 'size[1]', 0, SIDES],
  [0, { size: [8, Number.NaN] }, 'wholeRange', 'size[1]', { type: 'NaN' }, SIDES],
  [0, { size: [8] }, 'wrongSides', 'size', [8], [2, 2]],
  [0, { size: '8x6' }, 'wrongSides', 'size', '8x6', [2, 2]],
  [0, { size: undefined }, 'wrongSides', 'size', UNDEFINED, [2, 2]],
  [0, { channelsIn: undefined }, 'wholeRange', 'channelsIn', UNDEFINED, CHANNELS],
  [0, { channelsIn: 0 }, 'wholeRange', 'channelsIn', 0, CHANNELS],
  [0, { channelsIn: 513 }, 'wholeRange', 'channelsIn', 513, CHANNELS],
  [0, { channelsOut: 513 }, 'wholeRange', 'channelsOut', 513, CHANNELS],
  [0, { channelsOut: 0 }, 'wholeRange', 'channelsOut', 0, CHANNELS],
  [0, { channelsOut: '6' }, 'wholeRange', 'channelsOut', '6', CHANNELS],
  [0, { channelsOut: undefined }, 'wholeRange', 'channelsOut', UNDEFINED, CHANNELS],
  [0, { stride: 5 }, 'wholeRange', 'stride', 5, [1, 4]],
  [0, { stride: 0 }, 'wholeRange', 'stride', 0, [1, 4]],
  [0, { stride: [1, 1] }, 'wholeRange', 'stride', [1, 1], [1, 4]],
  [0, { stride: null }, 'wholeRange', 'stride', null, [1, 4]],
  [0, { padding: 'reflect' }, 'unknownName', 'padding', 'reflect', ['same', 'valid']],
  [0, { padding: '1' }, 'unknownName', 'padding', '1', ['same', 'valid']],
  [0, { padding: 3 }, 'wholeRange', 'padding', 3, [0, 2]],
  [0, { padding: -1 }, 'wholeRange', 'padding', -1, [0, 2]],
  [0, { padding: 0.5 }, 'wholeRange', 'padding', 0.5, [0, 2]],
  [0, { kernel: [2, 5], padding: 2 }, 'wholeRange', 'padding', 2, [0, 1]],
  [0, { padding: 0, kernel: [9, 3] }, 'kernelOverImage', 'kernel[0]', 9, { most: 8, images: [8, 6] }],
  [0, { padding: 1, kernel: [11, 3] }, 'kernelOverImage', 'kernel[0]', 11, { most: 10, images: [8, 6] }],
  [0, { padding: 2, size: [8, 223] }, 'imagesTooLarge', 'padding', 2, { most: 224, images: [10, 225] }],
  [0, { groups: 0 }, 'wholeRange', 'groups', 0, [1, 4]],
  [0, { groups: 3 }, 'groupsDivide', 'groups', 3, { channelsIn: 4, channelsOut: 6 }], // divides the output channels only
  [0, { groups: 4 }, 'groupsDivide', 'groups', 4, { channelsIn: 4, channelsOut: 6 }], // divides the input channels only
  [0, { groups: 1.5 }, 'wholeRange', 'groups', 1.5, [1, 4]],
  [0, { padding: 'valid', kernel: [9, 3] }, 'kernelOverImage', 'kernel[0]', 9, { most: 8, images: [8, 6] }],
  [0, { padding: 'valid', kernel: [3, 7] }, 'kernelOverImage', 'kernel[1]', 7, { most: 6, images: [8, 6] }],
  [0, { units: 6 }, 'unknownField', 'units', 6, CONV_FIELDS],
  [0, { inputs: 192 }, 'unknownField', 'inputs', 192, CONV_FIELDS],
  [0, { dilation: 2 }, 'unknownField', 'dilation', 2, CONV_FIELDS],
  [0, { transposed: false }, 'unknownField', 'transposed', false, CONV_FIELDS],
  [0, { pool: 'average' }, 'unknownField', 'pool', 'average', CONV_FIELDS],
  [0, { activation: 'swish' }, 'unknownName', 'activation', 'swish', ACTIVATIONS],
  [0, { gain: -1 }, 'numberRange', 'gain', -1, [0, 1e6]],
  [0, { scheme: 'identity' }, 'identityKernel', 'kernel', [3, 3], [1, 1]],
  [
    0,
    { scheme: 'orthogonal', kernel: [11, 11], channelsIn: 17 },
    'orthogonalKernel',
    'channelsIn',
    17,
    { most: 16, rows: 2057, mostRows: 2048 },
  ],
  [
    0,
    { scheme: 'orthogonal', kernel: [11, 11], channelsIn: 34, groups: 2 },
    'orthogonalKernel',
    'channelsIn',
    34,
    { most: 32, rows: 2057, mostRows: 2048 },
  ],
  [1, { channelsIn: 4 }, 'unlikeBelow', 'channelsIn', 4, { needed: 6 }],
  [1, { size: [8, 5] }, 'unlikeBelow', 'size[1]', 5, { needed: 6 }],
  [1, { size: [6, 8] }, 'unlikeBelow', 'size[0]', 6, { needed: 8 }],
  [1, { groups: 4 }, 'groupsDivide', 'groups', 4, { channelsIn: 6, channelsOut: 8 }],
  [1, { padding: 'valid', kernel: [3, 7] }, 'kernelOverImage', 'kernel[1]', 7, { most: 6, images: [8, 6] }], // as in the first layer
  [2, { inputs: 8 }, 'unlikeBelow', 'inputs', 8, { needed: 96 }], // given its channels, but all 4 x 3 x 8 numbers go in
  [2, { pool: 'average', inputs: 96 }, 'unlikeBelow', 'inputs', 96, { needed: 8 }], // given all numbers, but only the channels go in
  [2, { pool: 'max' }, 'unknownName', 'pool', 'max', ['flatten', 'average']],
  [2, { pool: true }, 'unknownName', 'pool', true, ['flatten', 'average']],
  [2, { channelsOut: 5 }, 'unknownField', 'channelsOut', 5, DENSE_FIELDS],
];

/** @param {any} spec @param {import('./refused.js').Expected} expected */
function assertSpecRefused(spec, expected) {
  assertRefused(() => engine.run(spec), expected);
  assert.deepEqual(engine.tensor(good, 'activations', 3), before);
}

for (const [index, change, code, field, value, range] of BAD) {
  const given = JSON.stringify(change, (_, held) => (held === undefined ? 'undefined' : held));
  test(`refused, ${code}: ${given} of layer ${index + 1}`, () => {
    assertSpecRefused(changed(index, change), [code, `layers[${index}].${field}`, value, range]);
  });
}

test('refused: a convolution after a dense layer', () => {
  const layers = [...good.layers, { ...second, size: [1, 1], channelsIn: 5 }];
  assertSpecRefused({ ...good, layers }, ['convAfterDense', 'layers[3].kind', 'conv', VECTOR_KINDS]);
});

test('refused: an input whose length is not batch x height x width x channels', () => {
  const input = new Float32Array(2 * 8 * 6);
  assertSpecRefused({ ...good, input }, ['inputLength', 'input.length', 96, { needed: 384, batch: 2, inputs: 192 }]);
});

test('refused: cross-entropy after a last layer that gives images', () => {
  const spec = { ...good, layers: good.layers.slice(0, 2), loss: 'cross-entropy', backward: true };
  assertSpecRefused(spec, ['lossOfImages', 'loss', 'cross-entropy', { names: ['random'], images: [4, 3] }]);
});

test('the message for developers names the real cause', () => {
  const messages = BAD.map(([index, change]) => thrownBy(() => engine.run(changed(index, change))).message);
  for (const message of [
    'layers[0].kernel is [3, 3, 3]; it must be an array of a height and a width',
    'layers[0].kernel is [3, 3]; it must be [1, 1], as an identity matrix has no kernel',
    'layers[0].kernel[1] is 7; it must be at most 6 with this padding, on images of 8 by 6',
    'layers[0].groups is 3; it must divide 4 and 6, the channels in and out',
    'layers[0].channelsIn is 17; it must be at most 16 with this kernel and these groups: an orthogonal matrix has at most ' +
      '2048 rows, and this has 2057',
  ]) {
    assert.ok(messages.includes(message), message);
  }
});

test('a field may repeat what follows from the layer before', () => {
  const layers = [
    { ...first, stride: 1, padding: 'same', groups: 1 },
    { ...second, channelsIn: 6, size: [8, 6] },
    { kind: 'dense', inputs: 4 * 3 * 8, units: 5, pool: 'flatten' },
  ];
  assert.deepEqual(engine.tensor({ ...good, layers }, 'activations', 3), before);
});

test('the largest value of every field is accepted', () => {
  const most = { kind: 'conv', size: [224, 224], kernel: [11, 11], channelsIn: 1, channelsOut: 1 };
  const wide = { kind: 'conv', size: [11, 11], kernel: [11, 11], channelsIn: 512, channelsOut: 512, groups: 512 };
  for (const layer of [most, { ...wide, padding: 'valid' }]) {
    const [{ activations }] = engine.run({ layers: [layer], batch: 1 }).layers;
    assert.ok(activations.nonFinite === 0 && activations.rms > 0);
  }
});
