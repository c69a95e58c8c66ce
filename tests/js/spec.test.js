/** Bad specs: refused with the field, its value and its range, before anything is computed; the next good one runs. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';

const engine = await loadEngine();
const good = { layers: stack({ depth: 3, width: 8 }), batch: 4 };
const before = engine.tensor(good, 'activations', 3);

/** @param {any} layer a change of the second layer */
const withLayer = (layer) => ({ ...good, layers: good.layers.map((l, i) => (i === 1 ? { ...l, ...layer } : l)) });

/** @type {[spec: any, message: string][]} */
const BAD = [
  [undefined, 'spec is undefined; it must be an object'],
  [[], 'spec is an array; it must be an object'],
  [{}, 'layers is undefined; it must be an array of layers'],
  [{ layers: [] }, 'layers.length is 0; it must be a whole number from 1 to 100'],
  [{ layers: Array(3) }, 'layers[0].kind is undefined; it must be one of dense'],
  [{ ...good, depth: 3 }, 'spec.depth is 3; it must be left out; the fields are layers, activation, scheme, '],
  [{ ...good, batch: 0 }, 'batch is 0; it must be a whole number from 1 to 1024'],
  [{ ...good, batch: '64' }, 'batch is "64"; it must be a whole number from 1 to 1024'],
  [{ ...good, batch: 1e308 }, 'batch is 1e+308; it must be a whole number from 1 to 1024'],
  [{ ...good, seed: -1 }, 'seed is -1; it must be a whole number from 0 to 4294967295'],
  [{ ...good, seed: 2 ** 32 }, 'seed is 4294967296; it must be a whole number from 0 to 4294967295'],
  [{ ...good, gain: Number.NaN }, 'gain is NaN; it must be a number from 0 to 1000000'],
  [{ ...good, activation: 'Relu' }, 'activation is "Relu"; it must be one of linear, relu, '],
  [{ ...good, scheme: '<script>' }, 'scheme is "<script>"; it must be one of zeros, constant, '],
  [{ ...good, scheme: { name: 'he' } }, 'scheme.name is "he"; it must be one of zeros, constant, '],
  [{ ...good, scheme: { name: 'he-normal', std: 1 } }, 'scheme.std is 1; it must be left out; the fields are name'],
  [{ ...good, scheme: { name: 'normal', std: -1 } }, 'scheme.std is -1; it must be a number from 0 to 1000000'],
  [
    { ...good, scheme: { name: 'constant', value: 1e7 } },
    'scheme.value is 10000000; it must be a number from -1000000 to',
  ],
  [{ ...good, input: 'photo' }, 'input is "photo"; it must be one of normal, uniform'],
  [{ ...good, input: new Float32Array(31) }, 'input.length is 31; it must be 32, batch times inputs'],
  [withLayer({ units: 4097 }), 'layers[1].units is 4097; it must be a whole number from 1 to 4096'],
  [withLayer({ units: 8.5 }), 'layers[1].units is 8.5; it must be a whole number from 1 to 4096'],
  [withLayer({ inputs: 9 }), 'layers[1].inputs is 9; it must be 8, as the layer before gives'],
  [withLayer({ kind: 'lstm' }), 'layers[1].kind is "lstm"; it must be one of dense, conv'],
  [withLayer({ gain: null }), 'layers[1].gain is null; it must be a number from 0 to 1000000'],
  [withLayer({ activation: 7 }), 'layers[1].activation is 7; it must be one of linear'],
  [withLayer({ unit: 7 }), 'layers[1].unit is 7; it must be left out; the fields are kind, inputs, units'],
  [
    { layers: [{ kind: 'dense', units: 8 }] },
    'layers[0].inputs is undefined; it must be a whole number from 1 to 1048576',
  ],
  [
    { layers: stack({ depth: 1, width: 4096, inputs: 2 ** 20 }), batch: 1 },
    'layers[0].units is 4096; it must be a whole number from 1 to 4095',
  ],
  // sizes that wrap in 32 bits: 2^34 bytes of a matrix
  [
    { layers: stack({ depth: 1, width: 4088, inputs: 2 ** 20 }), scheme: 'identity', batch: 1 },
    'batch is 1; it must be at most 0 for layers this wide to fit into 96 MiB',
  ],
  [
    { layers: stack({ depth: 1, width: 4095, inputs: 2 ** 20 - 100 }), scheme: 'sparse', batch: 1 },
    'batch is 1; it must be at most 0 for layers this wide to fit into 96 MiB',
  ],
  [
    { layers: stack({ depth: 1, width: 8, inputs: 2 ** 20 }), batch: 1024 },
    'batch is 1024; it must be at most 16 for layers this wide to fit into 96 MiB',
  ],
];

for (const [spec, message] of BAD) {
  test(`refused: ${message}`, () => {
    /** @param {unknown} error */
    const named = (error) => error instanceof RangeError && error.message.startsWith(message);
    assert.throws(() => engine.run(spec), named);
    assert.deepEqual(engine.tensor(good, 'activations', 3), before);
  });
}

test('tensor() names a bad tensor or layer', () => {
  const name = /** @type {any} */ ('bias');
  assert.throws(() => engine.tensor(good, name, 1), { name: 'RangeError', message: /^tensor is "bias"/ });
  assert.throws(() => engine.tensor(good, 'weights'), { name: 'RangeError', message: /^layer is undefined/ });
  assert.throws(() => engine.tensor(good, 'weights', 4), { name: 'RangeError', message: /from 1 to 3$/ });
  assert.throws(() => stack({ depth: 1e9, width: 1 }), { name: 'RangeError', message: /^depth is 1000000000/ });
});

test('a field left undefined takes its default', () => {
  const spec = { ...good, seed: undefined, scheme: undefined, input: undefined };
  assert.deepEqual(engine.tensor(spec, 'activations', 3), before);
});

test('a run left in the middle gives its memory back', () => {
  const large = {
    layers: stack({ depth: 2, width: 4096, inputs: 1 }),
    batch: 1024,
  }; /* 32 MiB of 128, and fast to begin */
  for (let i = 0; i < 10; i++) {
    for (const _ of engine.steps(large)) break;
  }
  /** @type {Generator[]} */
  const open = [];
  const exhaust = () => {
    for (let i = 0; i < 10; i++) {
      open.push(engine.steps(large));
      open[i].next();
    }
  };
  assert.throws(exhaust, { name: 'RangeError', message: /^memory is exhausted/ });
  for (const steps of open) steps.return(undefined);
  assert.deepEqual(engine.tensor(good, 'activations', 3), before);
});
