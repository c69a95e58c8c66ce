/*
 * What borders do to a convolution. Zeros around an image make the signal near its edge smaller, layer by layer, so
 * theory describes the interior: the places that padding has not affected. The interior is compared with a plain search
 * for those places. Single convolutions are in conv.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { generator } from './cases.js';
import { shapesOf } from './plain.js';

const engine = await loadEngine();

test('with constant input, the mean square of a place is the share of the kernel that lies on the image', () => {
  const [size, kernel] = [7, 5];
  const input = new Float32Array(size * size).fill(1);
  const layers = stack({ kind: 'conv', depth: 1, width: 512, inputs: 1, kernel: [kernel, kernel], size: [size, size] });
  const spec = { layers, activation: 'linear', scheme: 'lecun-normal', batch: 1, input };
  const squares = engine.run(spec).layers[0].places?.squares;
  assert.ok(squares);
  const inside = (/** @type {number} */ i) => Math.min(kernel, size - i + 2, i + 3);
  squares.forEach((square, place) => {
    const share = (inside(Math.floor(place / size)) * inside(place % size)) / kernel ** 2;
    /* a mean of 512 squared normals, within 4 standard errors of sqrt(2 / 512) */
    assert.ok(Math.abs(square / share - 1) < 4 * Math.sqrt(2 / 512), `place ${place}: ${square} for ${share}`);
  });
});

test('interior and border together are all places of the feature map', () => {
  const layers = stack({ kind: 'conv', depth: 4, width: 24, inputs: 3, size: [11, 9] });
  for (const { places, preactivations } of engine.run({ layers, batch: 3 }).layers) {
    assert.ok(places?.inside && places.interiorRms && places.borderRms);
    const { top, bottom, left, right } = places.inside;
    const count = (bottom - top) * (right - left);
    const whole = (count * places.interiorRms ** 2 + (99 - count) * places.borderRms ** 2) / 99;
    assert.ok(Math.abs(whole / preactivations.rms ** 2 - 1) < 1e-12);
    assert.ok(places.borderRms < places.interiorRms);
  }
});

/** Finds by search which places of each layer padding has not affected. @param {any[]} layers */
function untouched(layers) {
  /** @type {boolean[][]} */
  const found = [];
  for (const { image, kernel, before, size, stride } of shapesOf(layers)) {
    const below = found[found.length - 1] ?? Array(image[0] * image[1]).fill(true);
    const whole = (/** @type {number} */ y, /** @type {number} */ x) => {
      for (let tap = 0; tap < kernel[0] * kernel[1]; tap++) {
        const row = y * stride + Math.floor(tap / kernel[1]) - before[0];
        const col = x * stride + (tap % kernel[1]) - before[1];
        const inside = row >= 0 && row < image[0] && col >= 0 && col < image[1];
        if (!inside || !below[row * image[1] + col]) return false;
      }
      return true;
    };
    found.push(Array.from({ length: size[0] * size[1] }, (_, i) => whole(Math.floor(i / size[1]), i % size[1])));
  }
  return found;
}

test('the interior is exactly the places that padding has not affected, in two hundred random stacks', () => {
  const random = generator(5);
  const pick = (/** @type {number[]} */ list) => list[Math.floor(random() * list.length)];
  let [whole, none, some] = [0, 0, 0];
  for (let i = 0; i < 200; i++) {
    const size = [pick([1, 2, 5, 8, 13, 20]), pick([1, 3, 6, 9, 14])];
    const layers = Array.from({ length: pick([1, 2, 3, 4]) }, (_, l) => ({
      kind: /** @type {const} */ ('conv'),
      kernel: [pick([1, 2, 3, 5]), pick([1, 1, 3, 4])],
      channelsOut: 2,
      stride: pick([1, 1, 2]),
      padding: /** @type {const} */ ('same'),
      ...(l === 0 && { channelsIn: 2, size }),
    }));
    const found = untouched(layers);
    engine.run({ layers, batch: 1 }).layers.forEach(({ places, size: [height, width] = [0, 0] }, l) => {
      const inside = places?.inside ?? { top: 0, bottom: 0, left: 0, right: 0 };
      const { top, bottom, left, right } = inside;
      const got = Array.from({ length: height * width }, (_, place) => {
        const [y, x] = [Math.floor(place / width), place % width];
        return y >= top && y < bottom && x >= left && x < right;
      });
      assert.deepEqual(got, found[l], JSON.stringify(layers));
      const count = got.filter(Boolean).length;
      if (count === 0) none++;
      else if (count === got.length) whole++;
      else some++;
    });
  }
  assert.ok(Math.min(whole, none, some) > 20, `${whole} whole, ${none} none, ${some} in part`);
});

/* The standard error is measured over eight seeds. */
for (const [activation, scheme, kernel] of /** @type {[string, string, number][]} */ ([
  ['relu', 'he-normal', 3],
  ['tanh', 'lecun-uniform', 5],
  ['gelu', 'he-truncated', 3],
])) {
  test(`${activation}, ${scheme}, ${kernel} x ${kernel}: theory describes the interior, forward and backward`, () => {
    const layers = stack({ kind: 'conv', depth: 3, width: 64, inputs: 3, kernel: [kernel, kernel], size: [32, 32] });
    const nets = Array.from({ length: 24 }, (_, i) =>
      engine.run({ layers, activation, scheme, batch: 2, seed: 40 + i, backward: true }),
    );
    for (let l = 0; l < 3; l++) {
      const found = nets.map((net) => net.layers[l]);
      /** @type {[what: string, expected: number | undefined, values: number[]][]} */
      const checks = [
        ['z', found[0].theory?.zSquare, found.map(({ places }) => Number(places?.interiorRms) ** 2)],
        [
          'delta',
          found[0].backTheory?.deltaSquare,
          found.map(({ deltaPlaces }) => Number(deltaPlaces?.interiorRms) ** 2),
        ],
      ];
      for (const [what, expected, values] of checks) {
        const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
        const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
        const error = Math.sqrt(square / values.length);
        assert.ok(expected && error < 0.06 * expected, `${what} of layer ${l + 1}: error ${error} of ${expected}`);
        const off = (mean - expected) / error;
        assert.ok(Math.abs(off) < 4, `${what} of layer ${l + 1}: ${mean} for ${expected}, ${off} standard errors`);
      }
      assert.ok(Number(found[0].places?.borderRms) < Number(found[0].places?.interiorRms));
    }
  });
}

test('theory ends where no interior is left, and where images are averaged', () => {
  const layers = stack({ kind: 'conv', depth: 5, width: 8, inputs: 3, size: [7, 7] });
  const theories = engine.run({ layers, batch: 1 }).layers.map(({ theory }) => theory !== null);
  assert.deepEqual(theories, [true, true, true, false, false]);
  const head = /** @type {const} */ ({ kind: 'dense', units: 4, pool: 'average' });
  assert.equal(engine.run({ layers: [layers[0], head], batch: 1 }).layers[1].theory, null);
  const valid = { ...layers[0], padding: /** @type {const} */ ('valid') };
  const flat = /** @type {const} */ ({ kind: 'dense', units: 4 });
  assert.ok(engine.run({ layers: [valid, flat], batch: 1 }).layers[1].theory);
  assert.equal(engine.run({ layers: [layers[0], flat], batch: 1 }).layers[1].theory, null);
});

/* A delta of the layer below is W times the one delta that reads its place, or 0 if none does. So its mean square is the
 * share of places that are read, times Var(W) and the channels. It spreads over networks; the tolerance is 4 standard
 * errors of that spread. */
for (const [side, kernel, padding] of /** @type {[number, number, 'same' | 'valid'][]} */ ([
  [7, 1, 'same'],
  [8, 1, 'same'],
  [15, 3, 'valid'],
])) {
  test(`a stride of 2 over ${side} x ${side}, kernel ${kernel}: theory counts the outputs that exist`, () => {
    const first = {
      kind: /** @type {const} */ ('conv'),
      kernel: [1, 1],
      channelsIn: 3,
      channelsOut: 64,
      size: [side, side],
    };
    const strided = {
      kind: /** @type {const} */ ('conv'),
      kernel: [kernel, kernel],
      channelsOut: 64,
      stride: 2,
      padding,
    };
    const spec = { layers: [first, strided], activation: 'linear', scheme: 'lecun-normal', batch: 4, backward: true };
    const nets = Array.from({ length: 40 }, (_, seed) => engine.run({ ...spec, seed }).layers[0]);
    const expected = Number(nets[0].backTheory?.deltaSquare);
    const values = nets.map(({ deltaPlaces }) => Number(deltaPlaces?.interiorRms) ** 2);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const error = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1) / values.length);
    assert.ok(error < 0.02 * expected && Math.abs(mean - expected) < 4 * error, `${mean} for ${expected} +- ${error}`);
  });
}
