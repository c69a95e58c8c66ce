/**
 * Bad specs are refused before anything is computed, with the field, its value and its range. The next good spec runs.
 * Schemes, biases, gains and losses are in refusals.test.js, convolutions in convspec.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { DRAWN_INPUTS } from '../../web/engine/inputs.js';
import { ALL_KINDS, assertRefused, nameOf, shortOf, thrownBy } from './refused.js';

const engine = await loadEngine();
const good = { layers: stack({ depth: 3, width: 8 }), batch: 4 };
const before = engine.tensor(good, 'activations', 3);

/** @param {any} layer a change of the second layer */
const withLayer = (layer) => ({ ...good, layers: good.layers.map((l, i) => (i === 1 ? { ...l, ...layer } : l)) });

const ACTIVATIONS = engine.activations.map(({ name }) => name);
const SCHEMES = engine.schemes.map(({ name }) => name);
const SPEC_FIELDS =
  'layers activation scheme gain bias input batch seed backward loss fans varianceAsStd drawn shared observe'.split(
    ' ',
  );
const DENSE_FIELDS = 'kind inputs units pool activation scheme gain bias fans varianceAsStd drawn shared observe'.split(
  ' ',
);
const UNDEFINED = { type: 'undefined' };
const SEEDS = [0, 2 ** 32 - 1];
const GAINS = [0, 1e6];
const CUTS = [0.1, 10];

/** @type {[spec: any, ...expected: import('./refused.js').Expected][]} */
const BAD = [
  [undefined, 'wrongType', 'spec', UNDEFINED, 'object'],
  [[], 'wrongType', 'spec', [], 'object'],
  [['a'], 'wrongType', 'spec', { type: 'array' }, 'object'],
  [{}, 'wrongType', 'layers', UNDEFINED, 'array'],
  [{ layers: [] }, 'wholeRange', 'layers.length', 0, [1, 256]],
  [{ layers: Array(3) }, 'unknownName', 'layers[0].kind', UNDEFINED, ALL_KINDS],
  [{ ...good, depth: 3 }, 'unknownField', 'spec.depth', 3, SPEC_FIELDS],
  [{ ...good, batch: 0 }, 'wholeRange', 'batch', 0, [1, 1024]],
  [{ ...good, batch: '64' }, 'wholeRange', 'batch', '64', [1, 1024]],
  [{ ...good, batch: 1e308 }, 'wholeRange', 'batch', 1e308, [1, 1024]],
  [{ ...good, seed: -1 }, 'wholeRange', 'seed', -1, SEEDS],
  [{ ...good, seed: 2 ** 32 }, 'wholeRange', 'seed', 2 ** 32, SEEDS],
  [{ ...good, gain: Number.NaN }, 'numberRange', 'gain', { type: 'NaN' }, GAINS],
  [{ ...good, gain: Infinity }, 'numberRange', 'gain', { type: 'Infinity' }, GAINS],
  [{ ...good, activation: 'Relu' }, 'unknownName', 'activation', 'Relu', ACTIVATIONS],
  [{ ...good, scheme: '<script>' }, 'unknownName', 'scheme', '<script>', SCHEMES],
  [{ ...good, scheme: 'x'.repeat(99) }, 'unknownName', 'scheme', `${'x'.repeat(40)}...`, SCHEMES],
  [{ ...good, scheme: { name: 'he' } }, 'unknownName', 'scheme.name', 'he', SCHEMES],
  [{ ...good, scheme: { name: 'he-normal', std: 1 } }, 'unknownField', 'scheme.std', 1, ['name']],
  [{ ...good, scheme: { name: 'normal', std: -1 } }, 'numberRange', 'scheme.std', -1, GAINS],
  [{ ...good, scheme: { name: 'constant', value: 1e7 } }, 'numberRange', 'scheme.value', 1e7, [-1e6, 1e6]],
  [{ ...good, scheme: { name: 'he-truncated', cut: 0.05 } }, 'numberRange', 'scheme.cut', 0.05, CUTS],
  [{ ...good, scheme: { name: 'truncated-raw', cut: 11 } }, 'numberRange', 'scheme.cut', 11, CUTS],
  [{ ...good, scheme: { name: 'he-normal', cut: 2 } }, 'unknownField', 'scheme.cut', 2, ['name']],
  [
    { ...good, scheme: { name: 'variance-scaling', distribution: 'normal', cut: 2 } },
    'unknownField',
    'scheme.cut',
    2,
    ['name', 'scale', 'mode', 'distribution'],
  ],
  [{ ...good, input: 'photo' }, 'unknownName', 'input', 'photo', DRAWN_INPUTS],
  [{ ...good, input: null }, 'unknownName', 'input', null, DRAWN_INPUTS],
  [{ ...good, input: {} }, 'unknownName', 'input', { type: 'object' }, DRAWN_INPUTS],
  [{ ...good, input: { kind: 'given' } }, 'unknownName', 'input.kind', 'given', DRAWN_INPUTS],
  [{ ...good, input: { kind: 'normal', mean: 2e6 } }, 'numberRange', 'input.mean', 2e6, [-1e6, 1e6]],
  [{ ...good, input: { kind: 'unit', std: -1 } }, 'numberRange', 'input.std', -1, GAINS],
  [{ ...good, input: { kind: 'sparse', share: 1 } }, 'numberRange', 'input.share', 1, [0, 0.999]],
  [{ ...good, input: { kind: 'sparse', mean: 1 } }, 'unknownField', 'input.mean', 1, ['kind', 'std', 'share']],
  [{ ...good, input: { kind: 'one-hot', std: 1 } }, 'unknownField', 'input.std', 1, ['kind']],
  [{ ...good, input: new Float32Array(31) }, 'inputLength', 'input.length', 31, { needed: 32, batch: 4, inputs: 8 }],
  [
    { ...good, layers: stack({ depth: 2, width: 65537, inputs: 8 }).slice(1) },
    'wholeRange',
    'layers[0].units',
    65537,
    [1, 65536],
  ],
  [withLayer({ units: 4097 }), 'wholeRange', 'layers[1].units', 4097, [1, 4096]],
  [withLayer({ units: 8.5 }), 'wholeRange', 'layers[1].units', 8.5, [1, 4096]],
  [withLayer({ inputs: 9 }), 'unlikeBelow', 'layers[1].inputs', 9, { needed: 8 }],
  [withLayer({ kind: 'lstm' }), 'unknownName', 'layers[1].kind', 'lstm', ALL_KINDS],
  [withLayer({ gain: null }), 'numberRange', 'layers[1].gain', null, GAINS],
  [withLayer({ activation: 7 }), 'unknownName', 'layers[1].activation', 7, ACTIVATIONS],
  [withLayer({ unit: 7 }), 'unknownField', 'layers[1].unit', 7, DENSE_FIELDS],
  [{ layers: [{ kind: 'dense', units: 8 }] }, 'wholeRange', 'layers[0].inputs', UNDEFINED, [1, 2 ** 20]],
  [
    { layers: stack({ depth: 1, width: 4096, inputs: 2 ** 20 }), batch: 1 },
    'tooManyWeights',
    'layers[0].units',
    4096,
    { most: 4095, inputs: 2 ** 20, mostWeights: 2 ** 32 - 1 },
  ],
  // sizes that overflow 32 bits: a matrix of 2^34 bytes
  [
    { layers: stack({ depth: 1, width: 4088, inputs: 2 ** 20 }), scheme: 'identity', batch: 1 },
    'networkMemory',
    'layers.length',
    1,
    { needed: 16390, mebibytes: 1008, backward: false },
  ],
  [
    { layers: stack({ depth: 1, width: 4095, inputs: 2 ** 20 - 100 }), scheme: 'sparse', batch: 1, backward: true },
    'networkMemory',
    'layers.length',
    1,
    { needed: 16453, mebibytes: 1008, backward: true },
  ],
  [
    { layers: stack({ depth: 1, width: 8, inputs: 2 ** 20 }), batch: 1024 },
    'batchMemory',
    'batch',
    1024,
    { most: 248, needed: 4101, mebibytes: 1008, backward: false },
  ],
];

for (const [spec, ...expected] of BAD) {
  test(nameOf(expected), () => {
    assertRefused(() => engine.run(spec), expected);
    assert.deepEqual(engine.tensor(good, 'activations', 3), before);
  });
}

test('the message for developers gives the field, its value and its range', () => {
  const messages = BAD.map(([spec]) => thrownBy(() => engine.run(spec)).message);
  for (const message of [
    'spec is undefined; it must be an object',
    'layers is undefined; it must be an array',
    'spec.depth is 3; it must be left out: the fields are layers, activation, scheme, gain, bias, input, batch, seed, ' +
      'backward, loss, fans, varianceAsStd, drawn, shared, observe',
    'batch is "64"; it must be a whole number from 1 to 1024',
    'gain is NaN; it must be a number from 0 to 1000000',
    `layers[1].kind is "lstm"; it must be one of ${ALL_KINDS.join(', ')}`,
    'layers[1].inputs is 9; it must be 8, as the layer before gives',
    'layers[0].units is 4096; it must be at most 4095 with 1048576 inputs, as a layer has at most 4294967295 weights',
    'layers.length is 1; not even a batch of 1 of layers this wide fits into 1008 MiB: this one needs 16390 MiB',
    'batch is 1024; it must be at most 248 for layers this wide to fit into 1008 MiB, and needs 4101 MiB',
  ]) {
    assert.ok(messages.includes(message), message);
  }
});

test('tensor() names a bad tensor or layer', () => {
  const name = /** @type {any} */ ('bias');
  const names = ['input', 'weights', 'preactivations', 'activations', 'deltas', 'weightGradients'];
  assertRefused(() => engine.tensor(good, name, 1), ['unknownName', 'tensor', 'bias', names]);
  assertRefused(() => engine.tensor(good, 'weights'), ['wholeRange', 'layer', UNDEFINED, [1, 3]]);
  assertRefused(() => engine.tensor(good, 'weights', 4), ['wholeRange', 'layer', 4, [1, 3]]);
  assertRefused(() => stack({ depth: 1e9, width: 1 }), ['wholeRange', 'depth', 1e9, [1, 256]]);
});

test('a field left undefined takes its default', () => {
  const spec = { ...good, seed: undefined, scheme: undefined, input: undefined };
  assert.deepEqual(engine.tensor(spec, 'activations', 3), before);
});

test('a run that is abandoned frees its memory', () => {
  const large = {
    layers: stack({ depth: 2, width: 4096, inputs: 1 }),
    batch: 1024,
  }; /* 32 MiB of 64, and fast to begin */
  const least = 64 * 2 ** 20;
  shortOf(least, () => {
    for (let i = 0; i < 10; i++) {
      for (const _ of engine.steps(large)) break;
    }
  });
  /** @type {Generator[]} */
  const open = [];
  const exhaust = () => {
    for (let i = 0; i < 10; i++) {
      open.push(engine.steps(large));
      open[i].next();
    }
  };
  shortOf(least, () => assertRefused(exhaust, ['memoryExhausted', null, null, null]));
  for (const steps of open) steps.return(undefined);
  assert.deepEqual(engine.tensor(good, 'activations', 3), before);
});
