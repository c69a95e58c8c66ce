/**
 * What a spec may not say of schemes, biases, gains and the backward pass: refused by field, value and range, before
 * anything is computed. The other fields are in spec.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';

const engine = await loadEngine();
const good = { layers: stack({ depth: 3, width: 8 }), batch: 4 };
const before = engine.tensor(good, 'deltas', 1);

/** @param {any} layer a change of the second layer */
const withLayer = (layer) => ({ ...good, layers: good.layers.map((l, i) => (i === 1 ? { ...l, ...layer } : l)) });
/** @param {any} scheme */
const scaling = (scheme) => ({ ...good, scheme: { name: 'variance-scaling', ...scheme } });

/** @type {[spec: any, message: string][]} */
const BAD = [
  [{ ...good, backward: 1 }, 'backward is 1; it must be true or false'],
  [{ ...good, backward: null }, 'backward is null; it must be true or false'],
  [{ ...good, backward: true, loss: 'mse' }, 'loss is "mse"; it must be one of random, cross-entropy'],
  [{ ...good, loss: 'none' }, 'loss is "none"; it must be one of random, cross-entropy'],
  [
    { ...good, observe: 'weights' },
    'observe is "weights"; it must be an array of weights, preactivations, activations',
  ],
  [{ ...good, observe: ['weights', 'deltas'] }, 'observe[1] is "deltas"; it must be one of weights, preactivations'],
  [{ ...good, observe: Array(5).fill('weights') }, 'observe is an array; it must be an array of '],
  [withLayer({ observe: ['z'] }), 'layers[1].observe[0] is "z"; it must be one of weights, preactivations'],
  [{ ...good, loss: 2 }, 'loss is 2; it must be one of random, cross-entropy'],
  [{ ...good, gain: 'keras' }, 'gain is "keras"; it must be one of pytorch, forward, backward'],
  [{ ...good, gain: -0.5 }, 'gain is -0.5; it must be a number from 0 to 1000000'],
  [{ ...good, gain: 'pytorch', activation: 'gelu' }, 'gain is "pytorch"; it must be a number for gelu'],
  [withLayer({ gain: 'backwards' }), 'layers[1].gain is "backwards"; it must be one of pytorch, forward, backward'],
  [withLayer({ gain: 'pytorch', activation: 'mish' }), 'layers[1].gain is "pytorch"; it must be a number for mish'],
  [{ ...good, bias: 0.1 }, 'bias is 0.1; it must be one of zeros, constant, normal'],
  [{ ...good, bias: null }, 'bias is null; it must be one of zeros, constant, normal'],
  [{ ...good, bias: 'orthogonal' }, 'bias is "orthogonal"; it must be one of zeros, constant, normal, uniform'],
  [{ ...good, bias: 'xavier-normal' }, 'bias is "xavier-normal"; it must be one of zeros, constant, normal'],
  [{ ...good, bias: 'he-truncated' }, 'bias is "he-truncated"; it must be one of zeros, constant, normal'],
  [{ ...good, bias: { name: 'normal', std: -1 } }, 'bias.std is -1; it must be a number from 0 to 1000000'],
  [{ ...good, bias: { name: 'zeros', value: 1 } }, 'bias.value is 1; it must be left out; the fields are name'],
  [{ ...good, bias: { name: 'none' } }, 'bias.name is "none"; it must be one of zeros, constant, normal'],
  [withLayer({ bias: 'sparse' }), 'layers[1].bias is "sparse"; it must be one of zeros, constant, normal'],
  [withLayer({ bias: { name: 'constant', value: 1e7 } }), 'layers[1].bias.value is 10000000; it must be a number from'],
  [scaling({ mode: 'fan_max' }), 'scheme.mode is "fan_max"; it must be one of '],
  [scaling({ mode: 2 }), 'scheme.mode is 2; it must be one of '],
  [scaling({ distribution: 'cauchy' }), 'scheme.distribution is "cauchy"; it must be one of '],
  [scaling({ scale: -1 }), 'scheme.scale is -1; it must be a number from 0 to 1000000'],
  [scaling({ scale: Number.NaN }), 'scheme.scale is NaN; it must be a number from 0 to 1000000'],
  [scaling({ std: 1 }), 'scheme.std is 1; it must be left out; the fields are name, scale, mode, distribution'],
  [
    { ...good, scheme: { name: 'he-normal', mode: 'fan_out' } },
    'scheme.mode is "fan_out"; it must be left out; the fields are name',
  ],
  [
    { ...good, scheme: { name: 'normal', distribution: 'uniform' } },
    'scheme.distribution is "uniform"; it must be left out; the fields are name, std',
  ],
  [{ ...good, scheme: { name: 'sparse', share: 1.5 } }, 'scheme.share is 1.5; it must be a number from 0 to 1'],
  [{ ...good, scheme: { name: 'sparse', share: -0.1 } }, 'scheme.share is -0.1; it must be a number from 0 to 1'],
  [
    { layers: stack({ depth: 1, width: 1025, inputs: 8 }), scheme: 'orthogonal' },
    'layers[0].units is 1025; it must be a whole number from 1 to 1024',
  ],
  [
    { layers: stack({ depth: 1, width: 8, inputs: 1025 }), scheme: 'orthogonal' },
    'layers[0].inputs is 1025; it must be a whole number from 1 to 1024',
  ],
  [
    withLayer({ units: 2000, scheme: 'orthogonal' }),
    'layers[1].units is 2000; it must be a whole number from 1 to 1024',
  ],
];

for (const [spec, message] of BAD) {
  test(`refused: ${message}`, () => {
    /** @param {unknown} error */
    const named = (error) => error instanceof RangeError && error.message.startsWith(message);
    assert.throws(() => engine.run(spec), named);
    assert.deepEqual(engine.tensor(good, 'deltas', 1), before);
  });
}

/* where a rule is put together from parts, each of which is fine by itself */
test('every distribution by every mode, of weights and of biases, is finite or refused by name', () => {
  const distributions = [...new Set(engine.schemes.map(({ distribution }) => distribution))];
  const modes = [...new Set(engine.schemes.map(({ mode }) => mode)), 'fan_geo_avg'];
  /** @type {string[]} */
  const wrong = [];
  for (const field of ['scheme', 'bias']) {
    for (const distribution of distributions) {
      for (const mode of modes) {
        for (const scale of [-1, 0, 0.5, 2, 1e6]) {
          const rule = { name: 'variance-scaling', scale, mode, distribution };
          try {
            const [layer] = engine.run({ ...good, [field]: rule }).layers;
            const figures = [layer.mean, layer.std, layer.biasStd, layer.weights.nonFinite + 1, layer.activations.rms];
            if (figures.every(Number.isFinite) && layer.weights.nonFinite === 0) continue;
            wrong.push(`${field} ${JSON.stringify(rule)}: ${figures}`);
          } catch (error) {
            const named = error instanceof RangeError && error.message.startsWith(field);
            if (!named) wrong.push(`${field} ${JSON.stringify(rule)}: ${error}`);
          }
        }
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('a loss without backward computes no gradients, and backward without a loss takes the random one', () => {
  const forward = engine.run({ ...good, loss: 'cross-entropy' });
  assert.deepEqual([forward.loss, forward.layers[0].deltas], [undefined, undefined]);
  const both = engine.run({ ...good, backward: true });
  assert.ok(Number.isFinite(both.loss) && both.layers.every(({ deltas }) => deltas && deltas.rms > 0));
  assert.deepEqual(engine.run({ ...good, backward: true, loss: 'random' }).layers[0].deltas, both.layers[0].deltas);
});
