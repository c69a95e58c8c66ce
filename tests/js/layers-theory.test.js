/*
 * Which layers of a mixed network theory reaches, and which positions are interior, for padding by number, transposed
 * convolutions, pooling and flatten. Convolutions padded by 'same' are in borders.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { generator, randomSpec } from './cases.js';
import { eachPlace, shapesOf } from './plain.js';

const engine = /** @type {any} */ (await loadEngine());

/** @param {any} layer */
const conv = (layer) => ({ kind: 'conv', kernel: [3, 3], channelsOut: 16, padding: 'valid', ...layer });
const first = conv({ channelsIn: 3, size: [8, 8] });
const spec = { activation: 'relu', scheme: 'he-normal', batch: 4, backward: true };

test('theory goes through flatten: the layers around it get what a dense layer that flattens by itself gets', () => {
  for (const input of ['normal', 'uniform', new Float32Array(4 * 192).map((_, i) => Math.sin(i * i))]) {
    for (const [below, one] of /** @type {any[][][]} */ ([
      [[first, conv({})], [{ channelsIn: 16, size: [4, 4] }]],
      [[], [{ channelsIn: 3, size: [8, 8] }]],
    ])) {
      const dense = [
        { kind: 'dense', units: 40, activation: 'tanh', bias: { name: 'normal', std: 0.3 } },
        { kind: 'dense', units: 30 },
      ];
      const alone = below.length > 0 ? dense : [{ ...dense[0], inputs: 192 }, dense[1]];
      const without = engine.run({ ...spec, input, layers: [...below, ...alone] }).layers;
      const flat = { kind: 'flatten', ...(below.length > 0 ? {} : one[0]) };
      const layers = engine.run({ ...spec, input, layers: [...below, flat, ...dense] }).layers;
      const [between] = layers.splice(below.length, 1);
      for (const [i, { theory, backTheory, fixedPoint }] of layers.entries()) {
        assert.deepEqual(theory, without[i].theory, `layer ${i}`);
        assert.deepEqual(backTheory, without[i].backTheory, `layer ${i}`);
        assert.deepEqual(fixedPoint, without[i].fixedPoint);
      }
      const [theory, last] = [between.theory, layers[below.length - 1]];
      assert.ok(theory.zSquare === theory.aSquare && theory.slopeSquare === 1);
      assert.deepEqual([theory.zLow, theory.zHigh, theory.zLogStd], [theory.aLow, theory.aHigh, theory.aLogStd]);
      if (last) {
        for (const name of ['aSquare', 'aMean', 'aLow', 'aHigh', 'died'])
          assert.equal(theory[name], last.theory[name], name);
      }
      assert.deepEqual([between.fixedPoint, theory.zNormal], [null, 0]);
      // theory does not follow images that are given through tanh
      assert.equal(between.backTheory === null, typeof input !== 'string' && below.length > 0);
      if (between.backTheory) assert.equal(between.backTheory.gradientSquare, Number.NaN);
    }
  }
});

/* The mean over 60 networks, within 4 standard errors that are measured over them. */
test('at flatten, theory agrees with what is measured, forward and back', () => {
  const layers = [first, conv({}), { kind: 'flatten' }, { kind: 'dense', units: 64 }];
  const nets = Array.from({ length: 60 }, (_, i) => engine.run({ ...spec, layers, seed: 100 + i }).layers[2]);
  for (const [expected, values] of [
    [nets[0].theory.aSquare, nets.map(({ activations }) => activations.rms ** 2)],
    [nets[0].theory.aMean, nets.map(({ activations }) => activations.mean)],
    [nets[0].backTheory.deltaSquare, nets.map(({ deltas }) => deltas.rms ** 2)],
    [nets[0].theory.zCorrelation, nets.map(({ correlation }) => correlation)],
  ]) {
    const mean = values.reduce((/** @type {number} */ sum, /** @type {number} */ v) => sum + v, 0) / values.length;
    const error = Math.sqrt(
      values.reduce((/** @type {number} */ sum, /** @type {number} */ v) => sum + (v - mean) ** 2, 0) /
        (values.length - 1) /
        values.length,
    );
    assert.ok(error < 0.05 * expected && Math.abs(mean - expected) < 4 * error, `${mean} for ${expected} +- ${error}`);
  }
});

test('theory ends at pooling, at a transposed convolution, and where flatten takes a border', () => {
  const dense = { kind: 'dense', units: 10 };
  for (const [between, reached] of /** @type {[any[], boolean][]} */ ([
    [[{ kind: 'flatten' }], true],
    [[conv({ padding: 0 })], true],
    [[conv({ kernel: [1, 1], padding: 0, stride: 4 })], true],
    [[{ kind: 'max-pool', window: [2, 2] }], false],
    [[{ kind: 'average-pool', window: [2, 2] }], false],
    [[{ kind: 'global-average-pool' }], false],
    [[{ kind: 'transposed-conv', kernel: [2, 2], channelsOut: 16 }], false],
  ])) {
    const { layers } = engine.run({ ...spec, layers: [first, ...between, dense] });
    const theories = layers.map((/** @type {any} */ { theory }) => theory !== null);
    assert.deepEqual(theories, [true, reached, reached], JSON.stringify(between));
    assert.deepEqual(
      layers.map((/** @type {any} */ { backTheory }) => backTheory !== null),
      Array(3).fill(reached),
    );
  }
  const padded = conv({ padding: 1 });
  const { layers } = engine.run({ ...spec, layers: [first, padded, { kind: 'flatten' }, dense] });
  assert.deepEqual(
    layers.map((/** @type {any} */ { theory }) => theory !== null),
    [true, true, false, false],
  );
});

/** The pairs of an input and an output of a layer that a tap joins, along one side of the images.
 * @param {import('./plain.js').Shape} shape @param {number} side 0 or 1 @returns {number[][]} */
function pairsAlong(shape, side) {
  const pairs = new Set();
  eachPlace(shape, (input, _, output) => pairs.add(`${input[side]} ${output[side]}`));
  return [...pairs].map((pair) => pair.split(' ').map(Number));
}

/** How many taps a place would have along a side if there were no borders. @param {import('./plain.js').Shape} shape
 * @param {number} side @param {'input' | 'output'} end */
function tapsAlong({ kernel, before, stride, transposed, image, size }, side, end) {
  const places = Array.from({ length: (end === 'output' ? size : image)[side] }, (_, place) => place);
  if ((end === 'output') !== transposed) return places.map(() => kernel[side]);
  const taps = Array.from({ length: kernel[side] }, (_, tap) => tap);
  return places.map((place) => taps.filter((tap) => (place + before[side] - tap) % stride === 0).length);
}

/** Whether each place has all its taps. One without taps, between kernels that leave a gap, goes with a place beside it.
 * @param {number[]} found @param {number[]} taps */
function complete(found, taps) {
  const known = found.map((count, i) => (taps[i] > 0 ? count === taps[i] : null));
  const first = (/** @type {(boolean | null)[]} */ places) => places.find((place) => place !== null) ?? false;
  return known.map((place, i) => place ?? (first(known.slice(0, i).reverse()) || first(known.slice(i))));
}

/** Finds by search which places padding has not affected along one side: forward, and then on the way back.
 * @param {any[]} layers @param {number} side @returns {{ there: boolean[][], back: boolean[][] }} */
function untouchedAlong(layers, side) {
  const shapes = shapesOf(layers);
  const isVector = (/** @type {number} */ l) => layers[l].kind === 'dense' || layers[l].kind === 'flatten';
  /** @type {boolean[][]} */
  const there = [];
  shapes.forEach((shape, l) => {
    const below = there[l - 1] ?? Array(shape.image[side]).fill(true);
    const found = Array(shape.size[side]).fill(0);
    if (!isVector(l)) for (const [input, output] of pairsAlong(shape, side)) if (below[input]) found[output]++;
    there.push(isVector(l) ? [true] : complete(found, tapsAlong(shape, side, 'output')));
  });
  const back = [...there];
  for (let l = shapes.length - 2; l >= 0; l--) {
    if (isVector(l + 1)) continue;
    const above = shapes[l + 1];
    const found = Array(above.image[side]).fill(0);
    for (const [input, output] of pairsAlong(above, side)) if (back[l + 1][output]) found[input]++;
    back[l] = complete(found, tapsAlong(above, side, 'input')).map((whole, i) => whole && there[l][i]);
  }
  return { there, back };
}

/** The places of images that padding has not affected: along neither side. @param {any[]} layers */
function untouched(layers) {
  const [rows, columns] = [0, 1].map((side) => untouchedAlong(layers, side));
  const both = (/** @type {'there' | 'back'} */ way) =>
    rows[way].map((row, l) => row.flatMap((inside) => columns[way][l].map((too) => inside && too)));
  return { there: both('there'), back: both('back') };
}

/** @param {any} places of a result @param {number[]} size */
function insideOf(places, [height, width]) {
  const { top, bottom, left, right } = places?.inside ?? { top: 0, bottom: 0, left: 0, right: 0 };
  return Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    return y >= top && y < bottom && x >= left && x < right;
  });
}

test('the interior is exactly the places that padding has not affected, forward and back, in random stacks', () => {
  const random = generator(12);
  const kinds = ['padded', 'conv', 'transposed', 'max', 'mean'];
  let [whole, none, some, gaps] = [0, 0, 0, 0];
  for (let i = 0; i < 600; i++) {
    const drawn = Array.from(
      { length: 1 + Math.floor(random() * 3) },
      () => kinds[Math.floor(random() * kinds.length)],
    );
    const { layers } = randomSpec(70000 + i, i % 3 === 0 ? [...drawn, 'flatten'] : drawn);
    if (shapesOf(layers).some(({ stride, kernel }) => stride > Math.min(...kernel))) gaps++;
    const { there, back } = untouched(layers);
    engine
      .run({ layers, batch: 1, backward: true })
      .layers.forEach((/** @type {any} */ result, /** @type {number} */ l) => {
        if (!result.places) return;
        const got = [insideOf(result.places, result.size), insideOf(result.deltaPlaces, result.size)];
        assert.deepEqual(got, [there[l], back[l]], `layer ${l + 1} of ${JSON.stringify(layers)}`);
        for (const places of got) {
          const count = places.filter(Boolean).length;
          if (count === 0) none++;
          else if (count === places.length) whole++;
          else some++;
        }
      });
  }
  assert.ok(Math.min(whole, none, some, gaps) > 40, `${whole} whole, ${none} none, ${some} in part, ${gaps} with gaps`);
});
