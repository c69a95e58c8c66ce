/*
 * Large networks, run whole: they fit into the engine's memory and pass in parts. Times are printed and never asserted;
 * speed is measured in tests/bench/.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { thrownBy } from './refused.js';

const engine = await loadEngine();

/** @param {() => any} body */
function timed(body) {
  const begun = performance.now();
  const result = body();
  return { result, ms: performance.now() - begun };
}

test('a stack like VGG-16 runs: 13 convolutions of 64 to 512 channels keep the scale of the signal', (t) => {
  /* VGG pools after the last layer of each size; here that layer has a stride of 2 instead */
  const channels = [64, -64, 128, -128, 256, 256, -256, 512, 512, -512, 512, 512, 512];
  const layers = channels.map((width, i) => ({
    kind: /** @type {const} */ ('conv'),
    kernel: [3, 3],
    channelsOut: Math.abs(width),
    stride: width < 0 ? 2 : 1,
    ...(i === 0 && { channelsIn: 3, size: [32, 32] }),
  }));
  const batch = 8;
  const convolutions = timed(() => engine.run({ layers, batch, scheme: 'he-normal' }));
  let [terms, dense] = [0, 0];
  for (const { size = [1, 1], trueFanIn, channelsOut = 1, theory, preactivations } of convolutions.result.layers) {
    const rows = batch * size[0] * size[1];
    terms += rows * trueFanIn * channelsOut;
    const most = Math.min(1024, rows);
    const layer = { kind: /** @type {const} */ ('dense'), inputs: trueFanIn, units: channelsOut };
    dense += timed(() => engine.run({ layers: [layer], batch: most, scheme: 'he-normal' })).ms * (rows / most);
    assert.ok(preactivations.rms > 0.1 && preactivations.rms < 10);
    assert.ok(theory === null || Math.abs(theory.zSquare - 2) < 1e-9);
  }
  assert.equal(convolutions.result.layers[12].preactivations.size, batch * 4 * 512);
  const uniform = timed(() =>
    engine.run({ layers: stack({ depth: 20, width: 512 }), batch: 256, scheme: 'he-normal' }),
  );
  const perTerm = [convolutions.ms / terms, uniform.ms / (20 * 512 * 512 * 256)];
  t.diagnostic(`${(terms / 1e9).toFixed(2)}e9 multiply-adds in ${convolutions.ms.toFixed(0)} ms`);
  t.diagnostic(`${(convolutions.ms / dense).toFixed(2)} times as long as dense layers of the same matrices`);
  t.diagnostic(`${(perTerm[0] / perTerm[1]).toFixed(2)} times as long as 20 x 512 for a batch of 256, by multiply-add`);
});

/* The rms of z is sqrt(480000 x 2 / 481000) = 1.4127. Eight inputs give 8,000 values, whose rms has a relative standard
 * error of 1 / sqrt(2 x 8000). The weights' std has one of 1 / sqrt(2 x 480e6). Each may be off by 4 of these. */
test('a layer of 480,000 inputs and 1,000 units passes in parts and within 128 MiB', (t) => {
  const layers = [{ kind: /** @type {const} */ ('dense'), inputs: 480000, units: 1000 }];
  const spec = { layers, scheme: 'xavier-normal', activation: 'linear', batch: 8, seed: 3, backward: true };
  /** @type {number[]} */
  const shares = [];
  const { result, ms } = timed(() => {
    const steps = [];
    for (const step of engine.steps(spec, true)) {
      if (typeof step === 'number') shares.push(step);
      else steps.push(step);
    }
    return steps;
  });
  const [layer, back] = result;
  assert.equal(layer.weights.size, 480_000_000);
  assert.ok(Math.abs(layer.weights.std / layer.std - 1) < 4 / Math.sqrt(2 * 480e6));
  assert.ok(Math.abs(layer.preactivations.rms / 1.4127 - 1) < 4 / Math.sqrt(2 * 8000));
  assert.equal(back.weightGradients.size, 480_000_000);
  assert.ok(shares.length > 200 && Math.max(...shares) < 1);
  assert.ok(engine.memory(spec).bytes < 112 * 2 ** 20); // 16 MiB more are reserved
  t.diagnostic(`${ms.toFixed(0)} ms forward and backward, in ${shares.length} parts`);
});

/* As in tests/c/matrix.c: two unit vectors, each value rounded to float, have a product off by at most 2 u + u^2; doubles
 * lose less than 1e-12. The columns include both sides of a batch of 16. Each row of a square matrix has length 1 too. */
test('an orthogonal matrix of 2048 x 2048 is one, and is made in parts', (t) => {
  const side = 2048;
  const layers = [{ kind: /** @type {const} */ ('dense'), inputs: side, units: side }];
  const spec = { layers, scheme: 'orthogonal', batch: 1 };
  const steps = engine.steps(spec, true);
  const parts = 1 / Number(steps.next().value);
  for (let part = 1; part < 5; part++) assert.equal(typeof steps.next().value, 'number');
  steps.return(); // in the middle of the matrix
  const { result: w, ms } = timed(() => engine.tensor(spec, 'weights', 1));
  t.diagnostic(`${ms.toFixed(0)} ms for the matrix, in about ${parts.toFixed(0)} parts`);
  assert.ok(parts > 90 && engine.memory(spec).bytes > 12 * side ** 2, String(parts));
  const columns = Array.from({ length: 40 }, (_, i) => 52 * i).concat(15, 17, 1023, 1024, 2046, 2047);
  const chosen = columns.map((column) => Float64Array.from({ length: side }, (_, row) => w[row * side + column]));
  const rows = Array.from({ length: side }, (_, row) => w.subarray(row * side, (row + 1) * side));
  const dot = (/** @type {ArrayLike<number>} */ a, /** @type {ArrayLike<number>} */ b) => {
    let sum = 0;
    for (let i = 0; i < side; i++) sum += a[i] * b[i];
    return sum;
  };
  const products = chosen.flatMap((a, i) => chosen.slice(i).map((b, j) => dot(a, b) - Number(j === 0)));
  const defects = [...products, ...rows.map((row) => dot(row, row) - 1)].map(Math.abs);
  assert.ok(Math.max(...defects) < 2 * 2 ** -24 + 1e-12, String(Math.max(...defects)));
});

test('a network that does not fit is refused, and the message says which batch would fit', () => {
  const layers = stack({ kind: 'conv', depth: 20, width: 64, inputs: 3, size: [64, 64] });
  assert.throws(
    () => engine.run({ layers, batch: 64, backward: true }),
    /^RangeError: batch is 64; it must be at most \d+ for layers this .* 1008 MiB, and needs \d+ MiB$/,
  );
});

test('a stack like ResNet-18 runs on an image of 224 x 224, and its first layer is that of a plain loop', (t) => {
  const [same, half] = [
    (/** @type {number} */ width) => `conv${width}:3x3-conv${width}:3x3:linear-add2:relu`,
    (/** @type {number} */ width) => `conv${width}:3x3:stride=2-conv${width}:3x3-${same(width)}`,
  ];
  const stages = [same(64), same(64), ...[128, 256, 512].flatMap((width) => [half(width), same(width)])];
  const line = `224x224x3-conv64:7x7:stride=2:padding=3-maxpool3:stride=2:padding=1-${stages.join('-')}-gap-1000`;
  const spec = { layers: line, batch: 1, scheme: 'he-normal' };
  const { result, ms } = timed(() => engine.run(spec));
  t.diagnostic(`${ms.toFixed(0)} ms, ${(engine.memory(spec).bytes / 2 ** 20).toFixed(0)} MiB`);
  const sides = result.layers.map((/** @type {any} */ { size }) => size?.[0]);
  assert.deepEqual([sides[0], sides[1], sides.at(-4), result.layers.at(-1).activations.size], [112, 56, 7, 1000]);
  assert.ok(result.layers.every((/** @type {any} */ { activations }) => activations.nonFinite === 0));
  assert.ok(engine.memory(spec).bytes < 64 * 2 ** 20);

  const first = { layers: line.split('-').slice(0, 2).join('-'), batch: 1, scheme: 'he-normal' };
  const [x, w, z] = /** @type {const} */ (['input', 'weights', 'preactivations']).map((name) =>
    engine.tensor(first, name, 1),
  );
  for (const [row, column, unit] of [
    [0, 0, 0],
    [0, 111, 5],
    [55, 60, 63],
    [111, 111, 17],
  ]) {
    let [sum, size] = [0, 0];
    for (let i = 0; i < 7 * 7 * 3; i++) {
      const [y, left, c] = [2 * row - 3 + Math.floor(i / 21), 2 * column - 3 + (Math.floor(i / 3) % 7), i % 3];
      if (y < 0 || y > 223 || left < 0 || left > 223) continue;
      const product = x[(y * 224 + left) * 3 + c] * w[i * 64 + unit];
      sum += product;
      size += Math.abs(product);
    }
    assert.ok(Math.abs(z[(row * 112 + column) * 64 + unit] - sum) <= 1e-5 * size, `${row}, ${column}, ${unit}`);
  }
});

test('where the way back of large images does not fit, a refusal says so', () => {
  const spec = { layers: '224x224x3-12*conv512:3x3-gap-10', batch: 1 };
  assert.ok(engine.memory(spec).bytes < engine.memory(spec).limit);
  const refused = thrownBy(() => engine.run({ ...spec, backward: true }));
  assert.deepEqual([refused.code, refused.range.backward], ['networkMemory', true]);
});
