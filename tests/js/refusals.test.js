/**
 * Bad schemes, biases, gains and choices of the backward pass in a spec. Each is refused before anything is computed, with
 * the field, its value and its range. The other fields are in spec.test.js, convolutions in convspec.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { isRefusal } from '../../web/engine/refusal.js';
import { assertRefused, nameOf, thrownBy } from './refused.js';

const engine = await loadEngine();
const good = { layers: stack({ depth: 3, width: 8 }), batch: 4 };
const before = engine.tensor(good, 'deltas', 1);

/** @param {any} layer a change of the second layer */
const withLayer = (layer) => ({ ...good, layers: good.layers.map((l, i) => (i === 1 ? { ...l, ...layer } : l)) });
/** @param {any} scheme */
const scaling = (scheme) => ({ ...good, scheme: { name: 'variance-scaling', ...scheme } });

const FORWARD = ['weights', 'preactivations', 'activations', 'weightGradients'];
const MODES = ['fan_in', 'fan_out', 'fan_avg', 'fan_geo_avg'];
const DISTRIBUTIONS = ['uniform', 'normal', 'truncated', 'truncated-raw'];
const LOSSES = ['random', 'cross-entropy'];
const GAINS = ['pytorch', 'forward', 'backward'];
const FOR_BIASES =
  'zeros constant normal uniform he-normal he-uniform lecun-normal lecun-uniform pytorch-default uniform-positive ' +
  'transformers-lecun mup-hidden';
const SCHEMES = engine.schemes.map(({ name }) => name);
/** In the order of the engine's table. */
const BIASES = SCHEMES.filter((name) => FOR_BIASES.split(' ').includes(name));
const SCALES = [0, 1e6];
const UNKNOWN = { names: ['forward', 'backward'] };

/** @type {[spec: any, ...expected: import('./refused.js').Expected][]} */
const BAD = [
  [{ ...good, backward: 1 }, 'wrongType', 'backward', 1, 'boolean'],
  [{ ...good, backward: null }, 'wrongType', 'backward', null, 'boolean'],
  [{ ...good, backward: true, loss: 'mse' }, 'unknownName', 'loss', 'mse', LOSSES],
  [{ ...good, loss: 'none' }, 'unknownName', 'loss', 'none', LOSSES],
  [{ ...good, observe: 'weights' }, 'wrongNames', 'observe', 'weights', FORWARD],
  [{ ...good, observe: ['weights', 'deltas'] }, 'unknownName', 'observe[1]', 'deltas', FORWARD],
  [{ ...good, observe: Array(5).fill('weights') }, 'wrongNames', 'observe', { type: 'array' }, FORWARD],
  [withLayer({ observe: ['z'] }), 'unknownName', 'layers[1].observe[0]', 'z', FORWARD],
  [{ ...good, loss: 2 }, 'unknownName', 'loss', 2, LOSSES],
  [{ ...good, gain: 'keras' }, 'unknownName', 'gain', 'keras', GAINS],
  [{ ...good, gain: -0.5 }, 'numberRange', 'gain', -0.5, SCALES],
  [
    { ...good, gain: 'pytorch', activation: 'gelu' },
    'noPytorchGain',
    'gain',
    'pytorch',
    { activation: 'gelu', ...UNKNOWN },
  ],
  [withLayer({ gain: 'backwards' }), 'unknownName', 'layers[1].gain', 'backwards', GAINS],
  [
    withLayer({ gain: 'pytorch', activation: 'mish' }),
    'noPytorchGain',
    'layers[1].gain',
    'pytorch',
    { activation: 'mish', ...UNKNOWN },
  ],
  [{ ...good, bias: 0.1 }, 'unknownName', 'bias', 0.1, SCHEMES],
  [{ ...good, bias: null }, 'unknownName', 'bias', null, SCHEMES],
  [{ ...good, bias: 'orthogonal' }, 'biasScheme', 'bias', 'orthogonal', BIASES],
  [{ ...good, bias: 'xavier-normal' }, 'biasScheme', 'bias', 'xavier-normal', BIASES],
  [{ ...good, bias: 'he-truncated' }, 'biasScheme', 'bias', 'he-truncated', BIASES],
  [{ ...good, bias: { name: 'normal', std: -1 } }, 'numberRange', 'bias.std', -1, SCALES],
  [{ ...good, bias: { name: 'zeros', value: 1 } }, 'unknownField', 'bias.value', 1, ['name']],
  [{ ...good, bias: { name: 'none' } }, 'unknownName', 'bias.name', 'none', SCHEMES],
  [withLayer({ bias: 'sparse' }), 'biasScheme', 'layers[1].bias', 'sparse', BIASES],
  [withLayer({ bias: { name: 'constant', value: 1e7 } }), 'numberRange', 'layers[1].bias.value', 1e7, [-1e6, 1e6]],
  [
    { ...good, bias: { name: 'variance-scaling', distribution: 'normal', mode: 'fan_avg' } },
    'biasScaling',
    'bias.mode',
    'fan_avg',
    ['fan_in'],
  ],
  [
    withLayer({ bias: { name: 'variance-scaling', distribution: 'truncated', mode: 'fan_in' } }),
    'biasScaling',
    'layers[1].bias.distribution',
    'truncated',
    ['uniform', 'normal'],
  ],
  [scaling({ mode: 'fan_max' }), 'unknownName', 'scheme.mode', 'fan_max', MODES],
  [scaling({ mode: 2 }), 'unknownName', 'scheme.mode', 2, MODES],
  [scaling({ distribution: 'cauchy' }), 'unknownName', 'scheme.distribution', 'cauchy', DISTRIBUTIONS],
  [scaling({ scale: -1 }), 'numberRange', 'scheme.scale', -1, SCALES],
  [scaling({ scale: Number.NaN }), 'numberRange', 'scheme.scale', { type: 'NaN' }, SCALES],
  [scaling({ std: 1 }), 'unknownField', 'scheme.std', 1, ['name', 'scale', 'mode', 'distribution', 'cut']],
  [{ ...good, scheme: { name: 'he-normal', mode: 'fan_out' } }, 'unknownField', 'scheme.mode', 'fan_out', ['name']],
  [
    { ...good, scheme: { name: 'normal', distribution: 'uniform' } },
    'unknownField',
    'scheme.distribution',
    'uniform',
    ['name', 'std'],
  ],
  [{ ...good, scheme: { name: 'sparse', share: 1.5 } }, 'numberRange', 'scheme.share', 1.5, [0, 1]],
  [{ ...good, scheme: { name: 'sparse', share: -0.1 } }, 'numberRange', 'scheme.share', -0.1, [0, 1]],
  [
    { layers: stack({ depth: 1, width: 2049, inputs: 8 }), scheme: 'orthogonal' },
    'orthogonalSize',
    'layers[0].units',
    2049,
    { most: 2048, inputs: 8, units: 2049 },
  ],
  [
    { layers: stack({ depth: 1, width: 8, inputs: 2049 }), scheme: 'orthogonal' },
    'orthogonalSize',
    'layers[0].inputs',
    2049,
    { most: 2048, inputs: 2049, units: 8 },
  ],
  [
    withLayer({ units: 4000, scheme: 'orthogonal' }),
    'orthogonalSize',
    'layers[1].units',
    4000,
    { most: 2048, inputs: 8, units: 4000 },
  ],
];

for (const [spec, ...expected] of BAD) {
  test(nameOf(expected), () => {
    assertRefused(() => engine.run(spec), expected);
    assert.deepEqual(engine.tensor(good, 'deltas', 1), before);
  });
}

test('the message for developers names the real cause', () => {
  const messages = BAD.map(([spec]) => thrownBy(() => engine.run(spec)).message);
  for (const message of [
    'layers[0].units is 2049; it must be at most 2048, as the matrix of 8 by 2049 weights is to be orthogonal',
    'gain is "pytorch"; calculate_gain has no value for gelu: it must be a number or one of forward, backward',
    'bias.mode is "fan_avg"; it must be one of fan_in, for biases',
    'scheme.std is 1; it must be left out: the fields are name, scale, mode, distribution, cut',
    'observe is an array; it must be an array of weights, preactivations, activations, weightGradients',
  ]) {
    assert.ok(messages.includes(message), message);
  }
});

/* Each part of these rules is valid by itself; their combination may still be refused. */
test('every distribution with every mode gives finite weights and biases, or the refusal names the field', () => {
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
            const named = isRefusal(error) && error.field?.startsWith(`${field}.`);
            if (!named) wrong.push(`${field} ${JSON.stringify(rule)}: ${error}`);
          }
        }
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('a loss without backward computes no gradients, and backward without a loss uses the random one', () => {
  const forward = engine.run({ ...good, loss: 'cross-entropy' });
  assert.deepEqual([forward.loss, forward.layers[0].deltas], [undefined, undefined]);
  const both = engine.run({ ...good, backward: true });
  assert.ok(Number.isFinite(both.loss) && both.layers.every(({ deltas }) => deltas && deltas.rms > 0));
  assert.deepEqual(engine.run({ ...good, backward: true, loss: 'random' }).layers[0].deltas, both.layers[0].deltas);
});
