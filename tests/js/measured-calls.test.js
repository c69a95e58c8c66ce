/**
 * Each call of a library that the menus offer (c/schemes.c) draws what the library itself drew, as tests/reference/libraries.tsv
 * has it: for a dense layer of 300 inputs and 100 units. What libraries document is in libraries.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { faultOf } from './defaults.js';
import { readTable } from './reference.js';

const engine = await loadEngine();
const measured = readTable('libraries.tsv');

/** The layers of libraries on JAX. @type {Record<string, [library: string, call: string]>} */
const LAYERS = {
  Flax: ['Flax', 'linen.Dense(100)'],
  Haiku: ['Haiku', 'hk.Linear(100)'],
  Equinox: ['Equinox', 'eqx.nn.Linear(300, 100, key=key)'],
};

/** Where a call of the menus stands in the table: its library and its call there; null: no run has it.
 * @type {Record<string, (call: string) => [library: string, call: string] | null>} */
const PLACES = {
  PyTorch: (call) => ['PyTorch', call.endsWith('default') ? 'nn.Linear(300, 100)' : `nn.init.${call}`],
  Keras: (call) => ['Keras', call.startsWith('Dense') ? 'layers.Dense(100)' : `initializers.${call}()((300, 100))`],
  'TensorFlow.js': (call) => {
    if (call === 'identity') return null;
    return [
      'TensorFlow.js',
      call.startsWith('dense') ? 'tf.layers.dense({units: 100})' : `tf.initializers.${call}({})`,
    ];
  },
  MXNet: (call) => [
    'MXNet',
    call.startsWith('Gluon') ? 'gluon.nn.Dense(100, in_units=300)' : `init.${call.endsWith(')') ? call : `${call}()`}`,
  ],
  timm: (call) => [
    'timm',
    call.startsWith('ViT') ? 'trunc_normal_(std=0.02)' : call.endsWith(')') ? call : `${call}()`,
  ],
  Transformers: () => ['Transformers', 'BertModel(BertConfig(num_hidden_layers=1))'],
  MLX: () => ['MLX', 'nn.Linear(300, 100)'],
  JAX: (call) => {
    const layer = Object.keys(LAYERS).find((name) => call.startsWith(name));
    if (layer) return LAYERS[layer];
    const name = /^(zeros|ones)$/.test(call) || call.endsWith(')') ? call : `${call}()`;
    return ['JAX', `jax.nn.initializers.${name}(key, (300, 100))`];
  },
  'Flux.jl': () => null,
};

/** What no run supports, with the reason. @type {Record<string, string>} */
const UNMEASURED = {
  'Flux.jl, Dense default: glorot_uniform': 'Julia’s packages are on no registry that was at hand',
  'TensorFlow.js, identity': 'it takes square matrices alone, and the layer that was measured is not square',
};

/** Kurtosis, and the name of the distribution in the table. @type {Record<string, [fourth: number, name: string]>} */
const DISTRIBUTIONS = {
  constant: [0, 'constant'],
  uniform: [9 / 5, 'uniform'],
  'uniform-positive': [9 / 5, 'uniform'],
  normal: [3, 'normal'],
  truncated: [2.3653, 'normal cut at 2'],
  'truncated-raw': [2.3653, 'normal cut at 2'],
  cut: [2.3653, 'normal cut at 2'],
  orthogonal: [3, 'orthogonal'],
  identity: [1, '0.9967 zeros'], // the share of ones is exact, and so is the std
  sparse: [30, '0.9 zeros'],
};

let found = 0;
for (const { library, call, scheme, number, convention } of engine.libraries) {
  const place = PLACES[library](call);
  test(`${library}, ${call}: ${place ? 'draws what the library drew' : 'no run supports it'}`, () => {
    if (!place) return assert.ok(`${library}, ${call}` in UNMEASURED);
    const drawn = measured.find(
      (row) => row.library === place[0] && row.call === place[1] && !/bias|\/b$/.test(row.tensor),
    );
    assert.ok(drawn, `${place} is not in the table`);
    const { numberName } = engine.schemes.find(({ name }) => name === scheme) ?? {};
    const choice = number === null || !numberName ? scheme : { name: scheme, [numberName]: number };
    const spec = { layers: [{ kind: 'dense', inputs: 300, units: 100 }], scheme: choice, fans: convention, batch: 1 };
    const { mean, std, bound, distribution } = engine.run(/** @type {any} */ (spec)).layers[0];
    // a normal that is cut further out than any draw is not cut
    const [fourth, name] = DISTRIBUTIONS[distribution === 'cut' && bound === null ? 'normal' : distribution];
    const isZero = std === 0 && mean === 0;
    const expected = {
      mean,
      std,
      bound,
      fourth,
      name: isZero ? 'zeros' : name,
    };
    assert.equal(faultOf(expected, drawn), '');
    found++;
  });
}

test('all other calls were measured', () => {
  assert.equal(found, engine.libraries.length - Object.keys(UNMEASURED).length);
});
