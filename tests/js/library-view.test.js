/*
 * The view Libraries without a page: every default that it offers puts a network into A and B whose spec draws what the
 * library drew; the network of ten layers agrees with the libraries' own; the search finds; and no surprise lacks its words
 * or leads to an address that does not count. The view itself is in tests/page/library-view.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { DEFAULTS, LIBRARIES, NETWORKS } from '../../web/engine/library-tables.js';
import { parseStack, replaceLayer } from '../../web/engine/stack.js';
import {
  addressOf,
  changesOf,
  defaultsOf,
  denseOf,
  isPut,
  isRunnable,
  KINDS,
  NETWORK,
  readChoice,
  specOfLayer,
  specOfNetwork,
} from '../../web/libraries/library-choice.js';
import { createSearch } from '../../web/libraries/library-search.js';
import { countAll, keyOf, measureAll, SEEDS, summarize } from '../../web/libraries/network-measure.js';
import { SURPRISES } from '../../web/libraries/surprises.js';
import { LIBRARY_WORDS as ENGLISH } from '../../web/locales/en/libraries.js';
import { SURPRISE_TEXTS as ENGLISH_TEXTS } from '../../web/locales/en/surprises.js';
import { LIBRARY_WORDS as RUSSIAN } from '../../web/locales/ru/libraries.js';
import { SURPRISE_TEXTS as RUSSIAN_TEXTS } from '../../web/locales/ru/surprises.js';
import { mentionOf } from '../../web/reading/mentions.js';
import { computedOfBlocks, layersOfBlocks } from '../../web/state/block-layers.js';
import { specOf } from '../../web/state/networks.js';
import { useReader } from '../../web/state/stacks.js';
import { defaults, format, parse } from '../../web/state/state.js';
import { readTable } from './reference.js';

useReader({ parseStack, replaceLayer, computedOfBlocks, layersOfBlocks });

const engine = await loadEngine();
const LETTERS = /** @type {const} */ (['A', 'B']);

/** States that a reader may come from. */
const BEFORE = [
  '',
  'kind=conv&groups=depthwise&a=he-normal&gainA=2&takenA=variance&tuneB=lsuv',
  'stack=28x28x1-conv4-maxpool2-20-10&a=normal&valueA=0.3',
  'block=pre-norm&fansA=channels&b=uniform&valueB=0.2&gainB=3',
  'stack=100-convT8:4x4&changeB=1=convT4:4x4',
];

/** Runnable defaults, each with its name. */
const RUNNABLE = DEFAULTS.filter(isRunnable).map((row) => ({ row, name: `${row.library} ${row.call}` }));

/** Values of a tensor that a library drew, at least. */
const VALUES = 200_000;

test('every default puts a network into A and B whose spec has its scheme, its number, its fans and its biases', () => {
  assert.ok(RUNNABLE.length >= 4 * 6);
  for (const { row, name } of RUNNABLE) {
    for (const address of BEFORE) {
      for (const letter of LETTERS) {
        const { state } = parse(address);
        const { layers } = specOf(state, letter);
        const next = { ...state, ...changesOf(row, letter, layers) };
        const spec = specOf(next, letter);
        const { scheme: expected, bias } = specOfLayer(row, engine.schemes);
        const before = specOf(state, letter);
        const isChoice = ['zeros', 'pytorch-default'].includes(String(bias)) && row.bias === bias;
        const where = `${name} into ${letter} from ${address}`;
        assert.deepEqual(
          [spec.scheme, spec.fans, spec.gain, spec.varianceAsStd],
          [expected, row.fans ?? 'true', row.gain, false],
          where,
        );
        assert.deepEqual(spec.bias, isChoice ? bias : before.bias, `${where}: other biases stay`);
        assert.ok(KINDS[row.layer].isIn(spec.layers), `${where}: the network has such a layer`);
        assert.ok(isPut(row, letter, next, spec.layers), where);
        engine.check(spec);
        assert.deepEqual(parse(format(next)), { state: next, ignored: [] }, `${where}: the address holds it`);
      }
    }
  }
});

test('a network that has such layers keeps them', () => {
  const own = parse('stack=12x12x1-conv4-maxpool2-20-10').state;
  const row = /** @type {any} */ (defaultsOf('PyTorch').find(({ layer }) => layer === 'conv'));
  assert.ok(!('stack' in changesOf(row, 'A', specOf(own, 'A').layers)));
  assert.equal(changesOf(row, 'A', specOf(defaults(), 'A').layers).kind, 'conv');
});

/* A std that was measured from n values has a standard error of at most std / sqrt(2 n): that of a normal, the widest of
 * these distributions. Six digits of the table add less than a hundredth of that. */
for (const { row, name } of RUNNABLE) {
  const measured = row.std;
  if (measured === null) continue;
  test(`${name}: the formula on the card gives the std that the library drew, and its fans`, () => {
    const [layer] = engine.run(specOfLayer(row, engine.schemes)).layers;
    if (measured === 0) assert.equal(layer.std, 0);
    const off = measured === 0 ? 0 : (Number(layer.std) / measured - 1) * Math.sqrt(2 * VALUES);
    assert.ok(Math.abs(off) < 4, `${layer.std} by formula, ${measured} measured: ${off} standard errors`);
    const { fanIn, fanOut } = /** @type {any} */ (layer);
    const isByFans = /^fan/.test(String(engine.schemes.find((one) => one.name === row.scheme)?.mode));
    if (isByFans && row.fanIn !== null) assert.equal(fanIn, row.fanIn);
    if (isByFans && row.fanOut !== null && !/fan_in/.test(layer.mode)) assert.equal(fanOut, row.fanOut);
  });
}

test('the network of ten layers gives here what it gave in the libraries, and its address is that network', async () => {
  /** @type {Map<string, number[][]>} */
  const known = new Map();
  const names = LIBRARIES.map(({ name }) => name);
  await measureAll(async (spec) => engine.run(spec).layers, engine.schemes, names, known);
  assert.equal([...known.values()].flat().length, countAll(names));
  let compared = 0;
  for (const { library, rms, errors } of NETWORKS) {
    const row = denseOf(library);
    if (!row) continue;
    const runs = /** @type {number[][]} */ (known.get(keyOf(row)));
    assert.equal(runs.length, SEEDS);
    const { means, stds } = summarize(runs);
    rms.forEach((value, i) => {
      if (value === null) return;
      /* Both are means over seeds: 8 here; there 20, or the error that the library's row names. Where that is missing the
       * spread over seeds is taken to be the same. Four standard errors of the difference, and half a unit of the third
       * digit, for figures that have no more. */
      const [ours, theirs] = [stds[i] / Math.sqrt(SEEDS), errors[i] ?? stds[i] / Math.sqrt(20)];
      const most = 4 * Math.hypot(ours, theirs) + 0.005 * value;
      assert.ok(Math.abs(means[i] - value) < most, `${library}, layer ${i + 1}: ${means[i]} for ${value} +- ${most}`);
      compared++;
    });
    const { state, ignored } = parse(addressOf(row));
    assert.deepEqual(ignored, []);
    const { layers, scheme, bias, gain, activation, batch } = specOf(state, 'A');
    const spec = specOfNetwork(row, engine.schemes, 1);
    const biases = layers.map((layer) => /** @type {any} */ (layer).bias ?? bias);
    assert.deepEqual([scheme, gain, activation, batch], [spec.scheme, spec.gain, 'relu', NETWORK.batch], library);
    assert.deepEqual(biases, Array(NETWORK.depth).fill(spec.bias), library);
    assert.deepEqual(
      layers.map((layer) => /** @type {any} */ (layer).units),
      Array(NETWORK.depth).fill(NETWORK.width),
    );
  }
  assert.ok(compared >= 24);
});

/** @param {any} own @param {typeof ENGLISH_TEXTS} texts */
const searchIn = (own, texts) =>
  createSearch({ libraries: LIBRARIES, defaults: DEFAULTS, calls: engine.libraries, surprises: SURPRISES }, own, texts);

/** What a query finds, as words. @param {ReturnType<typeof searchIn>} search @param {string} query */
const found = (search, query) => search(query).map(({ type, name, key }) => `${type} ${key || name}`);

for (const [lang, search, queries] of /** @type {const} */ ([
  [
    'English',
    searchIn(ENGLISH, ENGLISH_TEXTS),
    ['keras attention', 'Attention of Keras', 'transposed', 'weights timm'],
  ],
  ['Russian', searchIn(RUSSIAN, RUSSIAN_TEXTS), ['внимание keras', 'keras внимания', 'транспонированные', 'вес timm']],
])) {
  test(`the search in ${lang} finds a surprise first, and calls and libraries`, () => {
    const [attention, again, transposed, timm] = queries;
    assert.equal(found(search, attention)[0], 'surprise keras-attention');
    if (lang === 'Russian') assert.equal(found(search, again)[0], 'surprise keras-attention');
    assert.equal(found(search, 'keras attention')[0], 'surprise keras-attention');
    assert.match(found(search, transposed)[0], /^surprise (pytorch|haiku)-transposed$/);
    assert.ok(found(search, 'transposed').includes('layer transposed-conv'));
    assert.ok(found(search, timm).includes('surprise timm-minus-two'));
    assert.equal(found(search, 'mxnet')[0], 'library MXNet');
    assert.equal(found(search, 'PYTORCH')[0], 'library PyTorch');
    const isMeasured = LIBRARIES.some(({ name }) => name === 'Burn');
    assert.equal(found(search, 'burn')[0], isMeasured ? 'library Burn' : 'surprise burn-columns');
    const he = found(search, 'he_normal');
    for (const call of ['call JAX he_normal', 'call Keras HeNormal']) assert.ok(he.includes(call), `${call}: ${he}`);
    assert.deepEqual(found(search, 'HeNormal').sort(), [...he].sort());
    assert.deepEqual(found(search, 'keras zzz'), []);
    assert.deepEqual(found(search, '  ,. '), []);
  });
}

test('every surprise has two sentences in both languages, and an address that counts in full', () => {
  const keys = SURPRISES.map(({ key }) => key);
  assert.ok(new Set(keys).size === keys.length && keys.length >= 24);
  for (const texts of [ENGLISH_TEXTS, RUSSIAN_TEXTS]) {
    assert.deepEqual(Object.keys(texts), keys);
    for (const [key, { text }] of Object.entries(texts)) {
      const sentences = text.split(/\. /);
      assert.equal(sentences.length, 2, `${key}: ${sentences.join(' | ')}`);
    }
  }
  for (const { key, layers, address, version } of SURPRISES) {
    for (const layer of layers) assert.ok(layer in ENGLISH.layers, `${key}: ${layer}`);
    assert.match(version, /^\d+(\.\d+)+(-M\d+(\.\d+)*)?$/);
    if (!address) continue;
    const { state, ignored } = parse(address);
    assert.deepEqual(ignored, [], key);
    for (const letter of LETTERS) engine.check(specOf(state, letter));
    assert.notDeepEqual(specOf(state, 'A'), specOf(state, 'B'), `${key}: A and B differ`);
  }
});

/** The std of the weights of a layer of A and of B, under the address of a surprise. @param {string} key @param {number} [layer] */
function stdsOf(key, layer = 1) {
  const { address } = /** @type {any} */ (SURPRISES.find((one) => one.key === key));
  const { state } = parse(address);
  return LETTERS.map((letter) => Number(engine.run({ ...specOf(state, letter), batch: 1 }).layers[layer - 1].std));
}

test('addresses of surprises draw the figures of their sentences', () => {
  /** @type {[key: string, layer: number, a: number, b: number][]} */
  const figures = [
    ['keras-attention', 1, 0.0395, 0.125],
    ['keras-depthwise', 2, 0.0833, 0.471],
    ['burn-columns', 1, 0.0577, 0.0333],
    ['pytorch-transposed', 1, Math.sqrt(2 / (32 * 25)), Math.sqrt(2 / (64 * 25))],
    ['thinc-maxout', 1, 0.816, 0.0816],
  ];
  for (const [key, layer, ...expected] of figures) {
    stdsOf(key, layer).forEach((std, i) => {
      assert.ok(Math.abs(std / expected[i] - 1) < 0.005, `${key}: ${std} for ${expected[i]}`); // three digits
    });
  }
});

test('the row of the state names a library or a surprise, and closes the view as it always will', () => {
  for (const closed of ['', '0']) assert.equal(readChoice(closed, SURPRISES), null);
  assert.deepEqual(readChoice('mxnet', SURPRISES), { library: 'MXNet', surprise: '', isUnknown: false });
  const surprise = { library: 'MXNet', surprise: 'mxnet-uniform', isUnknown: false };
  assert.deepEqual(readChoice('mxnet-uniform', SURPRISES), surprise);
  const unknown = { library: 'PyTorch', surprise: '', isUnknown: true };
  assert.deepEqual(readChoice('Theano', SURPRISES), unknown);
});

test('a verdict mentions a surprise that exists, where a layer or a format bears on it', () => {
  const layersOf = (/** @type {string} */ address) => specOf(parse(address).state, 'A').layers;
  /** @type {[address: string, format: string, key: string][]} */
  const cases = [
    ['', 'none', ''],
    ['kind=conv', 'none', ''],
    ['kind=conv&groups=depthwise', 'none', 'keras-depthwise'],
    ['stack=100-convT8:4x4', 'none', 'pytorch-transposed'],
    ['', 'bfloat16', 'jax-bfloat16'],
    ['', 'bfloat16-flush', 'jax-bfloat16'],
    ['', 'float16', ''],
  ];
  assert.equal(mentionOf(layersOf(''), 'none', 'jax-bfloat16'), 'jax-bfloat16');
  for (const [address, format, key] of cases) {
    assert.equal(mentionOf(layersOf(address), format), key, `${address} ${format}`);
    if (key) assert.ok(SURPRISES.some((one) => one.key === key));
  }
});

test('layers and keys that a surprise calls equal were drawn, and were equal', () => {
  const rows = readTable('libraries.tsv');
  const differences = [
    'nn.TransformerEncoder',
    'GlorotUniform(SeedGenerator(1))',
    'one GlorotUniform(seed=1)',
    'and (100, 300)',
  ];
  for (const call of differences) {
    const [row, ...others] = rows.filter((one) => one.call.includes(call) && / less /.test(one.tensor));
    assert.ok(row && others.length === 0, call);
    assert.equal(row.distribution, 'zeros', call);
  }
});
