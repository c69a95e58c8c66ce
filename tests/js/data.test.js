/*
 * The data that networks train on. The digits are those of the UCI repository, in their order; the points lie on the curves
 * that they are named after, found here by sines; random labels are uniform. That browsers make the same bits is in
 * tests/browsers/numbers.test.js. How well networks learn from the data is not tested here.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { pack, unpack } from '../../web/data/coder.js';
import { makeData } from '../../web/data/data.js';
import { DATA_KINDS, DATA_NAMES } from '../../web/data/data-kinds.js';
import { PACKED } from '../../web/data/digits.js';
import { assertRefused, nameOf } from './refused.js';

/** @typedef {import('../../web/data/data.js').Examples} Examples */

const SEEDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 2 ** 32 - 1];

/** How many labels there are of each class. @param {Uint8Array} labels @param {number} classes */
const countsOf = (labels, classes) => Array.from({ length: classes }, (_, c) => labels.filter((l) => l === c).length);

/** @param {Float32Array} inputs */
function momentsOf(inputs) {
  const mean = inputs.reduce((sum, x) => sum + x, 0) / inputs.length;
  return { mean, std: Math.sqrt(inputs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / inputs.length) };
}

/** @param {ArrayBufferView} values */
const hashOf = (values) =>
  createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');

const RAW = makeData('digits', { pixels: 'raw', heldOut: false });
const DIGITS = makeData('digits', { heldOut: false });

/** The pixels of a digit as text. @param {number} k */
const rowOf = (k) => RAW.inputs.subarray(64 * k, 64 * (k + 1)).join();

test('the digits are those of the UCI repository, in its order', () => {
  assert.deepEqual([RAW.labels.length, RAW.inputs.length], [1797, 1797 * 64]);
  const rows = new Uint8Array(1797 * 65); // as in the file of the repository: 64 pixels, then the label
  for (let k = 0; k < 1797; k++) {
    rows.set(RAW.inputs.subarray(64 * k, 64 * (k + 1)), 65 * k);
    rows[65 * k + 64] = RAW.labels[k];
  }
  assert.equal(hashOf(rows), '68aea062d35a127749050fa0e52dca09d6569ac08092c925610e0954e172dde2');
  assert.deepEqual(countsOf(RAW.labels, 10), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
  const { mean, std } = momentsOf(RAW.inputs);
  assert.deepEqual([mean.toFixed(3), std.toFixed(3)], ['4.884', '6.017']);
});

test('the first, a middle and the last digit are as the repository prints them', () => {
  for (const [k, label, pixels] of /** @type {[number, number, string][]} */ ([
    [
      0,
      0,
      '0,0,5,13,9,1,0,0,0,0,13,15,10,15,5,0,0,3,15,2,0,11,8,0,0,4,12,0,0,8,8,0,' +
        '0,5,8,0,0,9,8,0,0,4,11,0,1,12,7,0,0,2,14,5,10,12,0,0,0,0,6,13,10,0,0,0',
    ],
    [
      1000,
      1,
      '0,0,1,14,2,0,0,0,0,0,0,16,5,0,0,0,0,0,0,14,10,0,0,0,0,0,0,11,16,1,0,0,' +
        '0,0,0,3,14,6,0,0,0,0,0,0,8,12,0,0,0,0,10,14,13,16,8,3,0,0,2,11,12,15,16,15',
    ],
    [
      1796,
      8,
      '0,0,10,14,8,1,0,0,0,2,16,14,6,1,0,0,0,0,15,15,8,15,0,0,0,0,5,16,16,10,0,0,' +
        '0,0,12,15,15,12,0,0,0,4,16,6,4,16,6,0,0,8,16,10,8,16,8,0,0,1,8,12,14,12,1,0',
    ],
  ])) {
    assert.equal(rowOf(k), pixels);
    assert.equal(RAW.labels[k], label);
  }
});

test('what was packed is unpacked again, whatever the pixels are', () => {
  for (const length of [0, 1, 64, 64 * 50]) {
    for (const pixelOf of [() => 0, () => 16, (/** @type {number} */ i) => Math.imul(i * i + 7, 0x9e3779b1) >>> 28]) {
      const pixels = Uint8Array.from({ length }, (_, i) => pixelOf(i));
      assert.deepEqual(unpack(pack(pixels), length), pixels);
    }
  }
  const whole = Uint8Array.from(RAW.inputs);
  assert.deepEqual(pack(whole), [...Buffer.from(PACKED, 'base64')]); // so digits.js is what pack.js makes
});

test('standardized digits have mean 0 and std 1 over all pixels of all digits', () => {
  const { mean, std } = momentsOf(RAW.inputs);
  assert.ok(DIGITS.inputs.every((x, i) => Math.abs(x - (RAW.inputs[i] - mean) / std) < 1e-6));
  // each input was rounded by 2^-24 of itself at most, and none is above 2
  const rounded = momentsOf(DIGITS.inputs);
  assert.ok(Math.abs(rounded.mean) < 2 ** -23 && Math.abs(rounded.std - 1) < 2 ** -23);
  const trained = makeData('digits'); // by the same mean and std
  assert.deepEqual(trained.inputs.subarray(0, 4 * 64), DIGITS.inputs.subarray(0, 4 * 64));
});

test('digits as images are the same numbers in another shape', () => {
  for (const pixels of ['raw', 'standardized']) {
    const [vectors, images] = ['digits', 'digit-images'].map((name) => makeData(name, { pixels }));
    assert.deepEqual([vectors.shape, images.shape], [[64], [8, 8, 1]]);
    assert.deepEqual({ ...images, name: '', shape: 0 }, { ...vectors, name: '', shape: 0 });
  }
});

for (const name of DATA_NAMES) {
  const { shape, classes, examples } = DATA_KINDS[name];
  const size = shape.reduce((product, side) => product * side, 1);

  test(`${name}: every fifth example is held out, with its label, or none is`, () => {
    for (const labels of ['true', 'random']) {
      const all = makeData(name, { labels, heldOut: false });
      assert.equal(all.heldOut, undefined);
      const split = makeData(name, { labels });
      assert.ok(split.heldOut);
      assert.deepEqual([split.name, split.shape, split.classes], [name, shape, classes]);
      assert.deepEqual([all.labels.length, split.heldOut.labels.length], [examples, Math.floor(examples / 5)]);
      const next = { train: 0, held: 0 };
      for (let k = 0; k < examples; k++) {
        const isHeld = k % 5 === 4;
        const part = /** @type {Examples} */ (isHeld ? split.heldOut : split);
        const i = isHeld ? next.held++ : next.train++;
        assert.equal(part.labels[i], all.labels[k]);
        for (let j = 0; j < size; j++) assert.equal(part.inputs[size * i + j], all.inputs[size * k + j]);
      }
      assert.deepEqual([split.labels.length, split.inputs.length], [next.train, size * next.train]);
      assert.deepEqual([split.heldOut.inputs.length, split.range], [size * next.held, all.range]);
    }
  });

  test(`${name}: every input lies in the range, and the extremes of pixels are its ends`, () => {
    for (const pixels of name.startsWith('digit') ? ['raw', 'standardized'] : [undefined]) {
      for (const seed of SEEDS) {
        const { inputs, range } = makeData(name, { seed, pixels, heldOut: false });
        const least = inputs.reduce((a, b) => Math.min(a, b));
        const most = inputs.reduce((a, b) => Math.max(a, b));
        if (pixels) assert.deepEqual([least, most], range);
        else assert.ok(range[0] < least && most < range[1], `${least} to ${most}`);
      }
    }
  });

  test(`${name}: random labels are uniform, owe nothing to the true ones, and change with the seed`, () => {
    const right = makeData(name, { heldOut: false }).labels;
    const seen = new Set();
    let chi = 0;
    let same = 0;
    for (const seed of SEEDS) {
      const { inputs, labels } = makeData(name, { seed, labels: 'random', heldOut: false });
      assert.deepEqual(inputs, makeData(name, { seed, heldOut: false }).inputs);
      assert.deepEqual(labels, makeData(name, { seed, labels: 'random', heldOut: false }).labels);
      seen.add(hashOf(labels));
      const expected = examples / classes;
      chi += countsOf(labels, classes).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      same += labels.filter((label, k) => label === right[k]).length;
      assert.ok(labels.every((label) => label < classes));
    }
    assert.equal(seen.size, SEEDS.length);
    // a sum of chi squares: its mean is the degrees of freedom, its variance twice these
    const freedom = SEEDS.length * (classes - 1);
    assert.ok(Math.abs(chi - freedom) < 4 * Math.sqrt(2 * freedom), `chi squared ${chi} for ${freedom}`);
    const drawn = SEEDS.length * examples;
    const error = Math.sqrt((drawn / classes) * (1 - 1 / classes));
    assert.ok(Math.abs(same - drawn / classes) < 4 * error, `${same} of ${drawn} labels are the true ones`);
  });
}

test('true labels and digits do not depend on the seed', () => {
  assert.deepEqual(makeData('digits', { seed: 7 }), makeData('digits'));
  for (const name of ['spirals', 'circles']) {
    assert.deepEqual(makeData(name, { seed: 7 }).labels, makeData(name).labels);
  }
});

/** Where the points would lie without noise. @type {Record<string, (label: number, k: number) => [number, number]>} */
const CURVES = {
  spirals: (label, k) => {
    const radius = (0.25 + (2.25 * k) / 199) * (label === 0 ? 1 : -1); // the second is the first by half a turn
    const angle = (1.5 * 2 * Math.PI * k) / 200;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
  circles: (label, k) => {
    const radius = [0.8, 1.8][label];
    const angle = (2 * Math.PI * k) / 200;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
};

for (const [name, curve] of Object.entries(CURVES)) {
  test(`${name}: half of the points are in each class, also of those held out, and x and y have a std of about 1`, () => {
    for (const seed of SEEDS) {
      const { inputs, labels, heldOut } = makeData(name, { seed });
      assert.deepEqual(countsOf(labels, 2), [160, 160]);
      assert.deepEqual(heldOut && countsOf(heldOut.labels, 2), [40, 40]);
      for (const axis of [0, 1]) {
        const { mean, std } = momentsOf(inputs.filter((_, i) => i % 2 === axis));
        assert.ok(Math.abs(mean) < 0.1 && Math.abs(std - 1) < 0.15, `seed ${seed}: mean ${mean}, std ${std}`);
      }
    }
  });

  test(`${name}: points lie on their curves, moved by normal noise of std 0.1 that a seed draws anew`, () => {
    const seen = new Set();
    const noise = SEEDS.flatMap((seed) => {
      const { inputs, labels } = makeData(name, { seed, heldOut: false });
      seen.add(hashOf(inputs));
      return [...inputs].map((x, i) => {
        const k = Math.floor(i / 2);
        return x - curve(labels[k], Math.floor(k / 2))[i % 2];
      });
    });
    assert.equal(seen.size, SEEDS.length);
    const n = noise.length;
    const moment = (/** @type {number} */ power) => noise.reduce((sum, e) => sum + (e / 0.1) ** power, 0) / n;
    // standard errors: of the mean 1 / sqrt(n), of the variance sqrt((kurtosis - 1) / n)
    assert.ok(Math.abs(moment(1)) < 4 / Math.sqrt(n), `mean ${moment(1)}`);
    assert.ok(Math.abs(moment(2) - 1) < 4 * Math.sqrt(1.7 / n), `variance ${moment(2)}`);
    assert.ok(Math.abs(moment(4) - 2.7) < 4 * Math.sqrt(27 / n), `fourth moment ${moment(4)}`); // of four uniform numbers
    assert.ok(noise.every((e) => Math.abs(e) <= 0.1 * 2 * Math.sqrt(3)));
    // x and y, and a point and the next, have nothing to do with each other
    for (const lag of [1, 2, 3, 4]) {
      const product = noise.slice(lag).reduce((sum, e, i) => sum + (e * noise[i]) / 0.01, 0) / n;
      assert.ok(Math.abs(product) < 4 / Math.sqrt(n), `lag ${lag}: ${product}`);
    }
  });
}

test('the points of a seed keep their bits', () => {
  for (const [name, hash] of [
    ['spirals', '95219b026455b3823afd73b781ba5762bc039119167f0b3a55340164c7b7b1a5'],
    ['circles', '7a8e51e9c91bc32bfca9c3a25912be1bd9c698d253d5665962946560a1855f8c'],
  ]) {
    assert.equal(hashOf(makeData(name, { seed: 1, heldOut: false }).inputs), hash);
  }
});

test('what a caller does with the data changes nothing for the next', () => {
  const first = makeData('digit-images');
  first.shape.pop();
  first.range[0] = 7;
  first.inputs.fill(7);
  const points = makeData('circles');
  points.range[0] = 7;
  assert.deepEqual(makeData('digit-images').shape, [8, 8, 1]);
  assert.equal(makeData('digit-images').inputs[0], DIGITS.inputs[0]);
  assert.deepEqual(makeData('digit-images').range, DIGITS.range);
  assert.deepEqual(makeData('circles').range, [-3, 3]);
});

const FIELDS = ['seed', 'labels', 'heldOut'];

for (const [name, options, expected] of /** @type {[any, any, import('./refused.js').Expected][]} */ ([
  ['digts', undefined, ['unknownName', 'data', 'digts', DATA_NAMES]],
  ['constructor', undefined, ['unknownName', 'data', 'constructor', DATA_NAMES]],
  [undefined, undefined, ['unknownName', 'data', { type: 'undefined' }, DATA_NAMES]],
  ['digits', null, ['wrongType', 'options', null, 'object']],
  ['digits', { seeds: 1 }, ['unknownField', 'options.seeds', 1, [...FIELDS, 'pixels']]],
  ['spirals', { pixels: 'raw' }, ['unknownField', 'options.pixels', 'raw', FIELDS]],
  ['spirals', { seed: -1 }, ['wholeRange', 'seed', -1, [0, 2 ** 32 - 1]]],
  ['spirals', { seed: 2 ** 32 }, ['wholeRange', 'seed', 2 ** 32, [0, 2 ** 32 - 1]]],
  ['spirals', { seed: NaN }, ['wholeRange', 'seed', { type: 'NaN' }, [0, 2 ** 32 - 1]]],
  ['circles', { seed: null }, ['wholeRange', 'seed', null, [0, 2 ** 32 - 1]]],
  ['digits', { labels: 'wrong' }, ['unknownName', 'labels', 'wrong', ['true', 'random']]],
  ['digits', { labels: true }, ['unknownName', 'labels', true, ['true', 'random']]],
  ['digit-images', { pixels: 'grey' }, ['unknownName', 'pixels', 'grey', ['standardized', 'raw']]],
  ['digits', { heldOut: 5 }, ['wrongType', 'heldOut', 5, 'boolean']],
])) {
  test(nameOf(expected), () => assertRefused(() => makeData(name, options), expected));
}
