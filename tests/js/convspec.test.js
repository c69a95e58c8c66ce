/** Bad convolutions in a spec: refused with the field, its value and its range, before anything is computed. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';

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

/** @type {[index: number, change: any, field: string][]} fields as patterns: a side may be named by its place */
const BAD = [
  [0, { kind: 'conv2d' }, 'kind'],
  [0, { kernel: [12, 3] }, 'kernel(\\[0\\])?'],
  [0, { kernel: [3, 12] }, 'kernel(\\[1\\])?'],
  [0, { kernel: [0, 3] }, 'kernel(\\[0\\])?'],
  [0, { kernel: [3, 2.5] }, 'kernel(\\[1\\])?'],
  [0, { kernel: [3] }, 'kernel'],
  [0, { kernel: [3, 3, 3] }, 'kernel'],
  [0, { kernel: 3 }, 'kernel'],
  [0, { kernel: undefined }, 'kernel'],
  [0, { size: [65, 6] }, 'size(\\[0\\])?'],
  [0, { size: [8, 65] }, 'size(\\[1\\])?'],
  [0, { size: [8, 0] }, 'size(\\[1\\])?'],
  [0, { size: [8, Number.NaN] }, 'size(\\[1\\])?'],
  [0, { size: [8] }, 'size'],
  [0, { size: '8x6' }, 'size'],
  [0, { size: undefined }, 'size'],
  [0, { channelsIn: undefined }, 'channelsIn'],
  [0, { channelsIn: 0 }, 'channelsIn'],
  [0, { channelsIn: 513 }, 'channelsIn'],
  [0, { channelsOut: 513 }, 'channelsOut'],
  [0, { channelsOut: 0 }, 'channelsOut'],
  [0, { channelsOut: '6' }, 'channelsOut'],
  [0, { channelsOut: undefined }, 'channelsOut'],
  [0, { stride: 3 }, 'stride'],
  [0, { stride: 0 }, 'stride'],
  [0, { stride: [1, 1] }, 'stride'],
  [0, { stride: null }, 'stride'],
  [0, { padding: 'reflect' }, 'padding'],
  [0, { padding: 1 }, 'padding'],
  [0, { groups: 0 }, 'groups'],
  [0, { groups: 3 }, 'groups'], // a divisor of the 6 that go out, but not of the 4 that come in
  [0, { groups: 4 }, 'groups'], // and the other way about
  [0, { groups: 1.5 }, 'groups'],
  [0, { padding: 'valid', kernel: [9, 3] }, 'kernel(\\[0\\])?'],
  [0, { padding: 'valid', kernel: [3, 7] }, 'kernel(\\[1\\])?'],
  [0, { units: 6 }, 'units'],
  [0, { inputs: 192 }, 'inputs'],
  [0, { dilation: 2 }, 'dilation'],
  [0, { transposed: false }, 'transposed'],
  [0, { pool: 'average' }, 'pool'],
  [0, { activation: 'swish' }, 'activation'],
  [0, { gain: -1 }, 'gain'],
  [1, { channelsIn: 4 }, 'channelsIn'],
  [1, { size: [8, 5] }, 'size(\\[1\\])?'],
  [1, { size: [6, 8] }, 'size(\\[0\\])?'],
  [1, { groups: 4 }, 'groups'],
  [1, { padding: 'valid', kernel: [3, 7] }, 'kernel(\\[1\\])?'], // the image before it is 6 wide
  [2, { inputs: 8 }, 'inputs'], // its channels, where all 4 x 3 x 8 numbers go in
  [2, { pool: 'average', inputs: 96 }, 'inputs'], // and the other way about
  [2, { pool: 'max' }, 'pool'],
  [2, { pool: true }, 'pool'],
  [2, { channelsOut: 5 }, 'channelsOut'],
];

/** @param {any} spec @param {RegExp} message */
function assertRefused(spec, message) {
  assert.throws(() => engine.run(spec), { name: 'RangeError', message });
  assert.deepEqual(engine.tensor(good, 'activations', 3), before);
}

for (const [index, change, field] of BAD) {
  const given = JSON.stringify(change, (_, value) => (value === undefined ? 'undefined' : value));
  test(`refused: ${given} of layer ${index + 1}`, () => {
    assertRefused(changed(index, change), new RegExp(`^layers\\[${index}\\]\\.${field} is .*; it must be .`));
  });
}

test('refused: a convolution after a dense layer', () => {
  const layers = [...good.layers, { ...second, size: [1, 1], channelsIn: 5 }];
  assertRefused({ ...good, layers }, /^layers\[3\]\.kind is "conv"; it must be .*dense/);
});

test('refused: an input that is not (batch, height, width, channels)', () => {
  assertRefused({ ...good, input: new Float32Array(2 * 8 * 6) }, /^input\.length is 96; it must be 384/);
});

test('what equals the layer before may be said again', () => {
  const layers = [
    { ...first, stride: 1, padding: 'same', groups: 1 },
    { ...second, channelsIn: 6, size: [8, 6] },
    { kind: 'dense', inputs: 4 * 3 * 8, units: 5, pool: 'flatten' },
  ];
  assert.deepEqual(engine.tensor({ ...good, layers }, 'activations', 3), before);
});

test('the largest of everything is taken', () => {
  const most = { kind: 'conv', size: [64, 64], kernel: [11, 11], channelsIn: 1, channelsOut: 1 };
  const wide = { kind: 'conv', size: [11, 11], kernel: [11, 11], channelsIn: 512, channelsOut: 512, groups: 512 };
  for (const layer of [most, { ...wide, padding: 'valid' }]) {
    const [{ activations }] = engine.run({ layers: [layer], batch: 1 }).layers;
    assert.ok(activations.nonFinite === 0 && activations.rms > 0);
  }
});
