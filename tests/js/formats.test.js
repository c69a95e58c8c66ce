/**
 * Number formats of 16 bits: their limits as the standards give them, and which layers of a run leave them. Values near the
 * limits are counted here one by one, where the page estimates them from a histogram.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { callsOf } from '../../web/locales/called.js';
import { FORMAT_TEXTS } from '../../web/locales/en/formats.js';
import { FORMATS, faultsOf, shareBelow } from '../../web/reading/formats.js';
import { rowOf } from '../../web/state/state.js';

const engine = /** @type {any} */ (await loadEngine());

/** Layers of equal width. @param {number} depth @param {number} [width] */
const plain = (depth, width = 128) =>
  Array.from({ length: depth }, (_, i) => ({ kind: 'dense', units: width, ...(i === 0 && { inputs: width }) }));

/** @param {number} std of the weights @param {any} [more] */
const specOf = (std, more = {}) => ({
  layers: plain(8),
  scheme: { name: 'normal', std },
  batch: 32,
  backward: true,
  ...more,
});

/** @param {any} spec @param {string} name */
function faultsIn(spec, name) {
  const { layers } = engine.run(spec);
  return ['forward', 'backward'].map((way) => faultsOf(layers, FORMATS[name], /** @type {'forward'} */ (way)));
}

test('the limits are those of IEEE 754 binary16 and of bfloat16, and the page offers each format', () => {
  const { float16, bfloat16 } = FORMATS;
  assert.deepEqual([float16.largest, float16.infinite], [65504, 65520]);
  assert.deepEqual([float16.normal, float16.smallest, float16.zero], [2 ** -14, 2 ** -24, 2 ** -25]);
  assert.equal(bfloat16.largest.toPrecision(3), '3.39e+38');
  assert.deepEqual([bfloat16.normal, bfloat16.smallest, bfloat16.zero], [2 ** -126, 2 ** -133, 2 ** -134]);
  // the midpoint between the largest number and the next that there would be
  assert.equal(bfloat16.infinite, (bfloat16.largest + 2 ** 128) / 2);
  for (const name of ['float16', 'bfloat16']) {
    const { normal, zero, smallest } = FORMATS[`${name}-flush`];
    assert.deepEqual([normal, zero, smallest], Array(3).fill(FORMATS[name].normal));
  }
  assert.deepEqual(/** @type {any} */ (rowOf('format')).choices, ['none', ...Object.keys(FORMATS)]);
});

test('the share of small values is as counted, to two bins of the histogram', () => {
  for (const activation of ['relu', 'tanh']) {
    const spec = specOf(0.1, { layers: plain(2), activation });
    const { activations } = engine.run(spec).layers[1];
    const values = /** @type {Float32Array} */ (engine.tensor(spec, 'activations', 2));
    const others = values.filter((value) => value !== 0);
    for (const bound of [activations.rms, activations.rms / 4, activations.rms / 300, 1e9]) {
      const counted = others.filter((value) => Math.abs(value) < bound).length / others.length;
      const bin = (2 * (activations.hi - activations.lo)) / activations.counts.length / activations.rms;
      assert.ok(Math.abs(shareBelow(activations, bound) - counted) < bin, `${activation}, ${bound}: ${counted}`);
    }
  }
  const { activations } = engine.run(specOf(0, { layers: plain(1) })).layers[0];
  assert.equal(shareBelow(activations, 1), 0);
});

test('a network that keeps its scale has room in float16 and in bfloat16', () => {
  for (const name of Object.keys(FORMATS))
    for (const faults of faultsIn(specOf(Math.sqrt(2 / 128)), name))
      assert.deepEqual(faults, { over: [], zero: [], subnormal: [] }, name);
});

test('values overflow from the first layer on in which one of them rounds to infinity', () => {
  const spec = specOf(1.5);
  const { layers } = engine.run(spec);
  const largest = layers.map((/** @type {any} */ { preactivations: { min, max } }) => Math.max(-min, max));
  const first = largest.findIndex((/** @type {number} */ value) => value >= 65520) + 1;
  const rms = layers[first - 1].preactivations.rms;
  assert.ok(first > 1 && rms < 65520, `by its rms of ${rms} the layer would still fit`);
  assert.deepEqual(faultsIn(spec, 'float16')[0]?.over, [[first, 8]]);
  assert.deepEqual(faultsIn(spec, 'bfloat16')[0]?.over, []);
  const [forward, backward] = faultsIn(specOf(1e6), 'bfloat16'); // beyond float32 too
  assert.deepEqual([forward?.over.at(-1)?.[1], backward?.over[0][0]], [8, 1]);
});

test('a vanishing signal is subnormal first, then 0; without subnormals it becomes 0 at once, and 0 stays 0', () => {
  const spec = specOf(0.002);
  const [forward] = faultsIn(spec, 'float16');
  const [zero] = forward?.zero ?? [];
  const [subnormal] = forward?.subnormal ?? [];
  assert.ok(subnormal && zero && subnormal[1] + 1 === zero[0], JSON.stringify(forward));
  assert.equal(zero[1], 8);
  const [flushed] = faultsIn(spec, 'float16-flush');
  assert.ok(flushed && flushed.zero[0][0] <= subnormal[0] && flushed.subnormal.length === 0);
  // in float32 itself nothing is left from some layer on, and its histograms end at 2^-100
  const [deep] = faultsIn(specOf(0.002, { layers: plain(40) }), 'bfloat16');
  assert.equal(deep?.zero.length, 1);
  assert.equal(deep?.zero[0][1], 40);
});

test('a layer that starts at 0 is no fault of the format', () => {
  const layers = [...plain(2), { kind: 'dense', units: 128, scheme: 'zeros' }];
  assert.deepEqual(faultsIn(specOf(0.1, { layers }), 'float16')[0], { over: [], zero: [], subnormal: [] });
});

test('the sentence names the layers of each fault, and is short where there are many', () => {
  const none = { over: [], zero: [], subnormal: [] };
  const call = callsOf(null);
  assert.equal(FORMAT_TEXTS.faults('float16', none, null, call), ' In float16, every layer has room.');
  assert.equal(
    FORMAT_TEXTS.faults('float16', none, none, call),
    ' In float16, every layer has room, forward and backward.',
  );
  /** @type {import('../../web/reading/formats.js').Faults} */
  const faults = {
    over: [[3, 3]],
    zero: [
      [1, 2],
      [5, 5],
    ],
    subnormal: [
      [1, 1],
      [3, 4],
      [7, 9],
    ],
  };
  assert.equal(
    FORMAT_TEXTS.faults('float16', faults, none, callsOf(['sum1', '10', 'norm2', '', '', '', '', '', 'sum2'])),
    ' In float16, the signal overflows in layer 3 (norm2); at least a tenth of the signal becomes 0 in layers 1 (sum1) to 2 (10) and 5; ' +
      'at least half of the signal is subnormal in 6 layers, the first 1 (sum1) and the last 9 (sum2).',
  );
});
