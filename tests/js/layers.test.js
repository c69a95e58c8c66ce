/**
 * Layers of every kind in one network: pooling, flatten, transposed convolutions, padding by number and large strides,
 * against plain double precision (plain.js, plain-pool.js), and what a run says of layers without weights. Refusals are in
 * layerspec.test.js, theory and interiors in layers-theory.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { paintImages } from '../../web/engine/images.js';
import { lsuv } from '../../web/engine/lsuv.js';
import { randomSpec } from './cases.js';
import { compareAll } from './compared.js';
import { backward, netOf } from './network.js';
import { shapesOf } from './plain.js';
import { readTable } from './reference.js';

const engine = /** @type {any} */ (await loadEngine());

const EACH = 30;
const STACKS = [
  ['padded'],
  ['padded', 'conv', 'padded'],
  ['transposed'],
  ['transposed', 'transposed'],
  ['conv', 'transposed', 'conv'],
  ['padded', 'transposed', 'flatten'],
  ['max'],
  ['mean'],
  ['global'],
  ['flat'],
  ['conv', 'max', 'conv', 'mean'],
  ['conv', 'max', 'flat', 'flatten'],
  ['mean', 'padded', 'global', 'flatten'],
  ['flat', 'flatten', 'flatten'],
  ['flat', 'flatten', 'transposed', 'max', 'transposed', 'average'],
  ['conv', 'flat', 'transposed', 'mean'],
  ['conv', 'global', 'conv'],
];
const RANDOM = STACKS.map((kinds, k) => Array.from({ length: EACH }, (_, i) => randomSpec(9000 + EACH * k + i, kinds)));

for (const [k, kinds] of STACKS.entries()) {
  test(`${kinds.join(', ')}: ${EACH} random shapes agree with double precision, forward and backward`, (t) => {
    const { living, doubtful, worst } = compareAll(engine, RANDOM[k]);
    t.diagnostic(`worst: ${worst.toExponential(1)} of the tensor's rms`);
    assert.ok(living > 0.6, `${living} of the tensors are not all 0`); // those of weights are empty without weights
    assert.ok(doubtful < 0.2, `${doubtful} of the ways back were not compared`);
  });
}

test('the random shapes include at least five of every kind', () => {
  /** @type {Record<string, (s: import('./plain.js').Shape) => boolean>} */
  const kinds = {
    'transposed, strides 2 to 4': ({ transposed, stride }) => transposed && stride > 1,
    'transposed, outputs cut off': ({ transposed, before }) => transposed && before[0] > 0,
    'transposed, groups': ({ transposed, groups }) => transposed && groups > 1,
    'transposed, a stride longer than the kernel': ({ transposed, stride, kernel }) => transposed && stride > kernel[0],
    'transposed, output padding': ({ transposed, size, image, stride, kernel, before }) =>
      transposed && size[0] > (image[0] - 1) * stride - 2 * before[0] + kernel[0],
    'a vector made images': ({ transposed, image, size }) => transposed && image[0] * image[1] === 1 && size[0] > 1,
    'zeros by number, stride 2': ({ transposed, pooling, counted, stride, before }) =>
      !transposed && !pooling && counted && before[0] > 0 && stride === 2,
    'stride 4': ({ transposed, stride }) => !transposed && stride === 4,
    'maxima with padding': ({ pooling, before }) => pooling === 'max' && before[0] > 0,
    'means that count zeros': ({ pooling, counted, before }) => pooling === 'average' && counted && before[0] > 0,
    'means that do not count zeros': ({ pooling, counted, before }) =>
      pooling === 'average' && !counted && before[0] > 0,
    'windows that overlap': ({ pooling, kernel, stride }) => Boolean(pooling) && kernel[0] > stride,
    'windows with gaps': ({ pooling, kernel, stride }) =>
      Boolean(pooling) && pooling !== 'flatten' && kernel[0] < stride,
    'oblong windows': ({ pooling, kernel }) => Boolean(pooling) && pooling !== 'flatten' && kernel[0] !== kernel[1],
    'images made one vector': ({ pooling, image }) => pooling === 'flatten' && image[0] * image[1] > 1,
  };
  const shapes = RANDOM.flat().flatMap(({ layers }) => shapesOf(layers));
  for (const [kind, holds] of Object.entries(kinds)) {
    assert.ok(shapes.filter(holds).length >= 5, `${kind}: ${shapes.filter(holds).length}`);
  }
});

const ONES = { scheme: { name: 'constant', value: 1 }, activation: 'linear', batch: 1 };

/** Columns 1, 2, 3, 4 in every row, through one layer of ones. @param {any} layer */
const ofColumns = (layer) => {
  const layers = [{ size: [4, 4], channelsIn: 1, ...layer }];
  const input = Float32Array.from({ length: 16 }, (_, i) => 1 + (i % 4));
  return Array.from(engine.tensor({ ...ONES, layers, input }, 'activations', 1));
};
const CONV = { kind: 'conv', kernel: [3, 3], channelsOut: 1 };

test("at stride 2 PyTorch's padding=1 is not TensorFlow's same, though both give images of one size", () => {
  assert.deepEqual(ofColumns({ ...CONV, stride: 2, padding: 'same' }), [18, 21, 12, 14]);
  assert.deepEqual(ofColumns({ ...CONV, stride: 2, padding: 1 }), [6, 18, 9, 27]);
});

test('at stride 1 an odd kernel is padded alike by half its side and by same, and 0 is valid', () => {
  for (const kernel of [1, 3, 5]) {
    const conv = { ...CONV, kernel: [kernel, kernel] };
    assert.deepEqual(ofColumns({ ...conv, padding: (kernel - 1) / 2 }), ofColumns({ ...conv, padding: 'same' }));
  }
  assert.deepEqual(ofColumns({ ...CONV, padding: 0 }), ofColumns({ ...CONV, padding: 'valid' }));
});

test('a transposed convolution lays its kernel around each input: by hand', () => {
  const layer = { kind: 'transposed-conv', kernel: [2, 2], channelsIn: 1, channelsOut: 1, size: [1, 2] };
  const of = (/** @type {any} */ change, input = [1, 10]) => {
    const spec = { ...ONES, layers: [{ ...layer, ...change }], input: Float32Array.from(input) };
    return Array.from(engine.tensor(spec, 'activations', 1));
  };
  assert.deepEqual(of({}), [1, 11, 10, 1, 11, 10]);
  assert.deepEqual(of({ stride: 2 }), [1, 1, 10, 10, 1, 1, 10, 10]);
  assert.deepEqual(of({ stride: 3 }), [1, 1, 0, 10, 10, 1, 1, 0, 10, 10]);
  assert.deepEqual(of({ stride: 2, outputPadding: 1 }), [1, 1, 10, 10, 0, 1, 1, 10, 10, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(of({ kernel: [3, 3], padding: 1 }), [11, 11]);
});

test('pooling by hand: a maximum never takes padding, a mean counts the zeros of a number and not those of same', () => {
  const pool = (/** @type {any} */ change) => ofColumns({ kind: 'max-pool', window: [2, 2], ...change });
  assert.deepEqual(pool({}), [2, 4, 2, 4]);
  assert.deepEqual(pool({ stride: 4 }), [2]);
  assert.deepEqual(pool({ padding: 1 }), [1, 3, 4, 1, 3, 4, 1, 3, 4]);
  const negative = { size: [1, 1], channelsIn: 1, kind: 'max-pool', window: [2, 2], stride: 1, padding: 1 };
  const spec = { layers: [negative], batch: 1, input: Float32Array.of(-5) };
  assert.deepEqual(Array.from(engine.tensor(spec, 'activations', 1)), [-5, -5, -5, -5]);
  const mean = (/** @type {any} */ change) => ofColumns({ kind: 'average-pool', window: [2, 2], ...change });
  assert.deepEqual(mean({}), [1.5, 3.5, 1.5, 3.5]);
  assert.deepEqual(mean({ padding: 1 }).slice(0, 3), [0.25, 1.25, 1]);
  assert.deepEqual(mean({ window: [3, 3], stride: 2, padding: 'same' }), [2, 3.5, 2, 3.5]);
  assert.deepEqual(ofColumns({ kind: 'global-average-pool' }), [2.5]);
  assert.deepEqual(ofColumns({ kind: 'flatten' }), [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]);
});

test('flatten orders numbers by height, width, channel', () => {
  const input = Float32Array.from({ length: 2 * 2 * 3 * 5 }, (_, i) => i);
  const spec = { layers: [{ kind: 'flatten', size: [2, 3], channelsIn: 5 }], batch: 2, input };
  assert.deepEqual(engine.tensor(spec, 'activations', 1), input);
});

test('a value that is not finite reaches exactly the outputs and gradients that read it', () => {
  const kinds = [
    { kind: 'transposed-conv', kernel: [3, 3], channelsOut: 4, stride: 2, padding: 1, groups: 2 },
    { kind: 'conv', kernel: [3, 3], channelsOut: 4, stride: 3, padding: 2 },
    { kind: 'average-pool', window: [3, 3], stride: 2, padding: 1 },
    { kind: 'flatten' },
    { kind: 'global-average-pool' },
  ];
  for (const layer of kinds) {
    const layers = [{ ...layer, size: [5, 4], channelsIn: 2 }];
    const input = Float32Array.from({ length: 2 * 40 }, (_, i) => Math.sin(i));
    input[(2 * 4 + 3) * 2] = Infinity;
    const spec = { layers, activation: 'linear', scheme: 'he-normal', batch: 2, input, loss: 'random' };
    const [expected] = backward(netOf(engine, spec)).layers;
    for (const [name, values] of Object.entries(expected)) {
      const finite = (/** @type {ArrayLike<number>} */ tensor) => Array.from(tensor, (v) => Number.isFinite(v));
      assert.deepEqual(finite(engine.tensor(spec, name, 1)), finite(values), `${name}, ${layer.kind}`);
    }
  }
  const layers = [{ kind: 'max-pool', window: [2, 2], size: [2, 4], channelsIn: 1 }];
  const of = (/** @type {number[]} */ ...input) =>
    Array.from(engine.tensor({ layers, batch: 1, input: Float32Array.from(input) }, 'activations', 1));
  assert.deepEqual(of(1, 2, -Infinity, -Infinity, 3, Infinity, -Infinity, -Infinity), [Infinity, -Infinity]);
  assert.deepEqual(of(1, Number.NaN, 5, 6, 3, Infinity, 7, 8), [Number.NaN, 8]);
});

test('of equal maxima the first in its window gets the gradient, as in PyTorch', () => {
  const layers = [
    { kind: 'conv', kernel: [1, 1], channelsIn: 1, channelsOut: 1, size: [2, 2] },
    { kind: 'max-pool', window: [2, 2] },
  ];
  const deltas = engine.tensor({ ...ONES, layers, input: Float32Array.of(1, 7, 7, 7) }, 'deltas', 1);
  assert.deepEqual(
    Array.from(deltas, (v) => v !== 0),
    [false, true, false, false],
  );
});

const LENET = {
  layers: [
    { kind: 'conv', kernel: [5, 5], channelsIn: 1, channelsOut: 6, size: [28, 28], padding: 2, activation: 'tanh' },
    { kind: 'average-pool', window: [2, 2] },
    { kind: 'conv', kernel: [5, 5], channelsOut: 16, padding: 'valid', activation: 'tanh' },
    { kind: 'max-pool', window: [2, 2] },
    { kind: 'flatten' },
    { kind: 'dense', units: 120, activation: 'tanh' },
    { kind: 'dense', units: 84, activation: 'tanh' },
    { kind: 'dense', units: 10, activation: 'linear' },
  ],
  scheme: 'xavier-uniform',
  bias: { name: 'normal', std: 0.1 },
  batch: 4,
  backward: true,
  loss: 'cross-entropy',
};
const PLAIN = [1, 3, 4];

test('a layer without weights has null for all that it lacks, and one tensor as preactivations and activations', () => {
  const { layers } = engine.run(LENET);
  for (const [i, layer] of layers.entries()) {
    const rules = ['fanIn', 'trueFanIn', 'counts', 'fans', 'scheme', 'gain', 'mean', 'std', 'rightStd', 'biasStd'];
    for (const name of [...rules, 'weights', 'weightGradients', 'chiAtZero']) {
      assert.equal(layer[name] === null, PLAIN.includes(i), `${name} of layer ${i + 1}`);
    }
    assert.ok(layer.preactivations && layer.activations && layer.deltas && layer.deltas.rms > 0);
    assert.equal(layer.copies, false);
    if (!PLAIN.includes(i)) continue;
    assert.deepEqual({ ...layer.activations, dead: 0 }, { ...layer.preactivations, dead: 0 });
    assert.deepEqual([layer.activation, layer.meanSlope], ['linear', 1]);
    for (const name of ['weights', 'weightGradients']) assert.equal(engine.tensor(LENET, name, i + 1).length, 0);
  }
  const shape = ({ kind, kernel, window, size, sizeIn, stride, padding, channelsIn, channelsOut } = layers[1]) => {
    return { kind, kernel, window, size, sizeIn, stride, padding, channelsIn, channelsOut };
  };
  const both = { kernel: undefined, window: [2, 2], stride: 2, padding: 'valid' };
  assert.deepEqual(shape(layers[1]), {
    ...both,
    ...{ kind: 'average-pool', size: [14, 14], sizeIn: [28, 28], channelsIn: 6, channelsOut: 6 },
  });
  assert.deepEqual([layers[0].padding, layers[0].kernel, layers[0].size], [2, [5, 5], [28, 28]]);
  assert.deepEqual([layers[1].places.squares.length, layers[4].places], [14 * 14, null]);
});

test('LeNet-5 agrees with double precision in every layer, and a series of runs with single ones', () => {
  const { living } = compareAll(engine, [{ ...LENET, backward: undefined }]);
  assert.ok(living > 0.8);
  const runs = engine.series();
  for (const change of [{}, { seed: 2 }, { gain: 1.5 }, {}]) {
    const spec = { ...LENET, ...change, layers: LENET.layers.map((layer) => ({ ...layer })) };
    assert.deepEqual([...runs.steps(spec)], [...engine.steps(spec)]);
    const deeper = { ...spec, layers: [...spec.layers.slice(0, 7), { kind: 'dense', units: 7, activation: 'linear' }] };
    assert.deepEqual([...runs.steps(deeper)], [...engine.steps(deeper)]);
    const wider = {
      ...spec,
      layers: spec.layers.map((layer, i) => (i === 1 ? { ...layer, kind: 'max-pool' } : layer)),
    };
    assert.deepEqual([...runs.steps(wider)], [...engine.steps(wider)]);
  }
  runs.end();
});

test('LSUV leaves layers without weights as they are, and gives all others variance 1', () => {
  const { spec, tries } = lsuv(engine, /** @type {any} */ ({ ...LENET, backward: false }));
  assert.deepEqual(
    tries.map((count) => count > 0),
    LENET.layers.map((_, i) => !PLAIN.includes(i)),
  );
  for (const [i, { preactivations }] of engine.run(spec).layers.entries()) {
    if (!PLAIN.includes(i)) assert.ok(Math.abs(preactivations.std ** 2 - 1) < 0.1, `layer ${i + 1}`);
  }
});

test('grey images of 8 x 8 and 28 x 28 go into a network', () => {
  for (const side of [8, 28]) {
    const input = paintImages({ image: 'bricks', batch: 3, size: [side, side], channels: 1, seed: 1, pixels: 'raw' });
    assert.equal(input.length, 3 * side * side);
    const layers = [
      { kind: 'conv', kernel: [3, 3], channelsIn: 1, channelsOut: 4, size: [side, side] },
      { kind: 'dense', units: 10 },
    ];
    const spec = { layers, batch: 3, input, activation: 'relu', scheme: 'he-normal' };
    assert.deepEqual(engine.tensor(spec, 'input'), input);
    assert.ok(compareAll(engine, [{ ...spec, loss: 'random' }]).living === 1);
  }
});

test('a last layer of 50,257 units runs forward and back; its loss is about ln 50,257', () => {
  const layers = [
    { kind: 'dense', inputs: 16, units: 8, activation: 'tanh' },
    { kind: 'dense', units: 50257, activation: 'linear', scheme: { name: 'normal', std: 0.02 } },
  ];
  const spec = { layers, batch: 4, backward: true, loss: 'cross-entropy' };
  const { layers: results, loss } = engine.run(spec);
  assert.equal(results[1].activations.size, 4 * 50257);
  assert.ok(Math.abs(loss - Math.log(50257)) < 0.2, `${loss}`);
  /* the gradient of one example adds up to 0 over the classes */
  const deltas = engine.tensor(spec, 'deltas', 2);
  for (let b = 0; b < 4; b++) {
    const sum = deltas
      .subarray(50257 * b, 50257 * (b + 1))
      .reduce((/** @type {number} */ s, /** @type {number} */ v) => s + v, 0);
    assert.ok(Math.abs(sum) < 1e-4, `${sum}`);
  }
  assert.equal(engine.tensor(spec, 'weights', 2, 50257).length, 8 * 50257);
});

for (const { library, call, groups, convention, scheme, n, std, min, max } of readTable('transposed.tsv')) {
  test(`${library} ${call}, groups ${groups}: a transposed convolution gets its std and its bound`, () => {
    const shape = { kernel: [4, 4], channelsIn: 16, channelsOut: 8, groups: +groups };
    const layers = [{ kind: 'transposed-conv', size: [1, 1], ...shape, scheme, fans: convention }];
    const [result] = engine.run({ layers, batch: 1 }).layers;
    // the std of n values has a relative error of at most 1 / sqrt(2 n)
    assert.ok(Math.abs(result.std / Number(std) - 1) < 4 / Math.sqrt(2 * Number(n)), `${result.std} for ${std}`);
    const most = Math.max(-min, Number(max));
    if (result.bound !== null) assert.ok(most <= result.bound * (1 + 1e-5) && most > 0.999 * result.bound, `${most}`);
    const { fanIn, fanOut } = engine.fans({ kind: 'conv', ...shape, transposed: true }, convention);
    assert.deepEqual(result.counts[convention], { fanIn, fanOut });
    assert.deepEqual([result.fanIn, result.fanOut], [fanIn, fanOut]);
  });
}

test('the inputs of one output of a transposed convolution are counted on average', () => {
  const layer = { kind: 'transposed-conv', kernel: [4, 4], channelsIn: 16, channelsOut: 8, size: [3, 3], stride: 2 };
  const [{ trueFanIn, counts }] = engine.run({ layers: [layer], batch: 1 }).layers;
  assert.deepEqual([trueFanIn, counts.true.fanIn], [64, 256]);
});
