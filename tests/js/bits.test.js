/**
 * Native code and WebAssembly give the same bits. build/tests/bits is the engine built by another compiler at another
 * optimization level. It prints hashes of what it computed, and each is computed again here, in WebAssembly. The stacks
 * of tests/reference/stacks.tsv are computed by all optimized builds, which get them as calls. Whether the numbers are
 * right is tested elsewhere.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { needsFullModule } from '../../web/engine/full.js';
import { DRAWN_INPUTS } from '../../web/engine/inputs.js';
import { instantiate } from '../../web/engine/instance.js';
import { checkSpec } from '../../web/engine/spec.js';
import { parseStack } from '../../web/engine/stack.js';
import { DIALECTS, DRAWN, OPTIMIZERS } from '../../web/engine/tables.js';
import { buildNet } from '../../web/engine/wasm.js';
import { readTable } from './reference.js';

const full = await loadEngine();
const small = await loadEngine(readFileSync('build/small.wasm'));

/** FNV-1a over bytes, as in tests/c/bits.c. @param {number} hash @param {ArrayBufferView} data */
function add(hash, data) {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let sum = hash;
  for (let i = 0; i < bytes.length; i++) sum = Math.imul(sum ^ bytes[i], 16777619);
  return sum >>> 0;
}

/** @param {any} summary */
function figuresOf(summary) {
  const names = ['mean', 'std', 'rms', 'min', 'max', 'zeros', 'saturated', 'dead', 'nonFinite', 'lo', 'hi'];
  return Float64Array.from(names, (name) => (Number.isNaN(summary[name]) ? 0 : summary[name]));
}

/** A hash of everything that an engine reports. @param {any} spec */
function hashOf(spec, engine = full) {
  let hash = 2166136261;
  /** @param {any[]} summaries */
  const addAll = (summaries) => {
    for (const summary of summaries) if (summary) hash = add(add(hash, figuresOf(summary)), summary.counts);
  };
  const steps = /** @type {any[]} */ ([...engine.steps(spec)]);
  for (const step of steps.filter((s) => s.activations)) {
    addAll([step.input, step.weights, step.preactivations, step.activations]);
  }
  const tensor = engine.tensor(spec, 'activations', spec.layers.length);
  hash = add(
    hash,
    tensor.map((v) => (Number.isNaN(v) ? 0 : v)),
  );
  for (const step of steps.filter((s) => s.deltas)) addAll([step.deltas, step.weightGradients]);
  return hash;
}

/** The network of run_images in tests/c/bits.c. @param {number[]} numbers of one line @returns {any} */
const imagesSpec = ([size, kernel, channels, stride, padding, groups, pool, batch, seed]) => ({
  layers: [
    {
      kind: 'conv',
      kernel: [kernel, kernel + 1],
      channelsIn: 3,
      channelsOut: channels,
      size: [size, size + 1],
      stride,
      padding: ['same', 'valid'][padding],
      activation: 'tanh',
      scheme: 'he-normal',
      bias: { name: 'normal', std: 0.1 },
    },
    { kind: 'conv', kernel: [3, 3], channelsOut: channels, groups, activation: 'sigmoid', scheme: 'xavier-uniform' },
    {
      kind: 'dense',
      units: 5,
      pool: ['none', 'flatten', 'average'][pool],
      activation: 'linear',
      scheme: 'lecun-truncated',
    },
  ],
  batch,
  seed,
  backward: true,
});

/** The network of run_kinds there. @param {number[]} numbers of one line @returns {any} */
const kindsSpec = ([size, kernel, stride, padding, window, groups, global, batch, seed]) => ({
  layers: [
    {
      ...{ kind: 'conv', kernel: [kernel, kernel], channelsIn: 4, channelsOut: 12, size: [size, size + 2] },
      ...{ stride, padding, groups: 2, activation: 'tanh', scheme: 'he-normal' },
    },
    { kind: 'max-pool', window: [window, window], stride: 1, padding: Math.floor(window / 2) },
    {
      ...{ kind: 'transposed-conv', kernel: [kernel, kernel + 1], channelsOut: 30, stride, padding },
      ...{ outputPadding: stride - 1, groups, activation: 'sigmoid', scheme: 'xavier-uniform' },
      bias: { name: 'normal', std: 0.1 },
    },
    { kind: 'average-pool', window: [window, window], stride: window, padding: 'same' },
    ...(global
      ? [{ kind: 'global-average-pool' }]
      : [{ kind: 'flatten' }, { kind: 'dense', units: 7, activation: 'linear', scheme: 'lecun-truncated' }]),
  ],
  ...{ input: 'uniform', batch, seed, backward: true, loss: 'cross-entropy' },
});

/** Lines of bits.c that name a network of their own. @type {Record<string, (numbers: number[]) => any>} */
const NAMED = { images: imagesSpec, kinds: kindsSpec };

/** The hash of run_training there: of the losses, and of the state at the end. @param {number[]} numbers of one line */
function hashOfTraining([images, optimizer, dialect, squared, batch, steps, seed]) {
  const [examples, values, outputs] = [90, 36, 5];
  /** @param {number} length @param {(i: number) => number} numberAt */
  const floats = (length, numberAt) => Float32Array.from({ length }, (_, i) => numberAt(i));
  const inputs = floats(examples * values, (i) => (((i * 37) % 101) - 50) / 32);
  const data = squared
    ? { inputs, targets: floats(examples * outputs, (i) => (((i * 11) % 17) - 8) / 8) }
    : { inputs, labels: Array.from({ length: examples }, (_, i) => (i * 7) % outputs) };
  const below = images
    ? [
        { kind: 'conv', kernel: [3, 3], channelsIn: 1, channelsOut: 12, size: [6, 6], activation: 'relu' },
        { kind: 'max-pool', window: [2, 2] },
      ]
    : [
        { kind: 'dense', inputs: values, units: 40, activation: 'relu' },
        { kind: 'dense', units: 33, activation: 'tanh' },
      ];
  const layers = /** @type {any[]} */ ([...below, { kind: 'dense', units: outputs, activation: 'linear' }]);
  const training = full.training(
    { layers, batch, seed, scheme: 'he-normal' },
    {
      ...{ data, loss: squared ? 'squared-error' : 'cross-entropy', rate: 0.125 },
      ...{ optimizer: /** @type {any} */ (OPTIMIZERS[optimizer]), as: /** @type {any} */ (DIALECTS[dialect]) },
    },
  );
  let hash = 2166136261;
  for (let step = 0; step < steps; step++) hash = add(hash, Float64Array.of(training.step().loss));
  hash = add(
    hash,
    training.save().values.map((v) => (Number.isNaN(v) ? 0 : v)),
  );
  training.end();
  return hash;
}

test('native code and WebAssembly give the same bits', () => {
  const lines = execFileSync('build/tests/bits', { encoding: 'utf8' }).trim().split('\n');
  assert.ok(lines.length > full.schemes.length + full.activations.length);
  for (const name of Object.keys(NAMED)) assert.equal(lines.filter((line) => line.startsWith(name)).length, 4, name);
  let trained = 0;
  for (const line of lines) {
    const [name, ...numbers] = line.split(' ');
    if (name === 'training') {
      trained++;
      assert.equal(hashOfTraining(numbers.map(Number)), Number(numbers.at(-1)), line);
      continue;
    }
    if (NAMED[name]) {
      assert.equal(hashOf(NAMED[name](numbers.map(Number))), Number(numbers.at(-1)), line);
      continue;
    }
    const [scheme, activation, input, loss, depth, inputs, units, batch, seed, gain, expected] = line.split(' ');
    const spec = {
      layers: stack({ depth: +depth, width: +units, inputs: +inputs }),
      scheme,
      activation,
      gain: +gain,
      bias: { name: 'normal', std: 0.1 },
      input: ['normal', 'uniform'][+input],
      backward: loss !== '0',
      loss: loss === '2' ? 'cross-entropy' : 'random',
      batch: +batch,
      seed: +seed,
    };
    assert.equal(hashOf(spec), +expected, line);
  }
  assert.equal(trained, 2 * OPTIMIZERS.length);
});

const wasm = await instantiate();

/** The calls that build and start a network, as tests/c/bits.c reads them. @param {any} spec @returns {string} */
function callsOf(spec) {
  /** @type {string[]} */
  const lines = [];
  const recorder = new Proxy(/** @type {any} */ ({}), {
    get:
      (_, /** @type {string} */ name) =>
      (/** @type {any[]} */ ...given) => {
        const numbers = name === 'net_new' ? given : given.slice(1); // without the handle
        if (/^net_(new|add|set)/.test(name)) lines.push([name, ...numbers.map(Number)].join(' '));
        return wasm[name](...given);
      },
  });
  wasm.net_free(buildNet(recorder, full, checkSpec(full, spec)));
  return `${[...lines, 'net_start'].join('\n')}\n`;
}

const STACKS = readTable('stacks.tsv').map(({ name, line }, seed) => {
  const input = seed % 3 === 0 ? DRAWN_INPUTS[(seed / 3) % DRAWN_INPUTS.length] : 'normal';
  const spec = { layers: parseStack(line), bias: { name: 'normal', std: 0.1 }, input, batch: 2, seed, backward: true };
  return { name, spec, hash: hashOf(spec) };
});

/** Native builds that run large networks fast: those of tests/native.sh that this machine can make. */
const OPTIMIZED = ['O3', 'm32', 'clang'].filter((variant) => existsSync(`build/${variant}/bits`));

for (const variant of OPTIMIZED.length > 0 ? OPTIMIZED : ['tests']) {
  test(`${STACKS.length} stacks as people build them give the same bits in build/${variant}`, () => {
    const input = STACKS.map(({ spec }) => callsOf(spec)).join('');
    const hashes = execFileSync(`build/${variant}/bits`, ['-'], { encoding: 'utf8', input }).trim().split('\n');
    assert.deepEqual(
      STACKS.map(({ name }, i) => [name, Number(hashes[i])]),
      STACKS.map(({ name, hash }) => [name, hash]),
    );
    assert.equal(hashes.length, STACKS.length);
  });
}

/* Each format with each distribution, in a dense layer and a convolution; biases are drawn in it too. */
const DRAWN_SPECS = DRAWN.flatMap((drawn, seed) =>
  [
    'he-normal',
    'he-uniform',
    'lecun-truncated',
    'truncated-raw(0.1,cut=3)',
    'cut-normal=1',
    'uniform-positive=0.1',
  ].map((scheme) => ({
    layers: parseStack(`9x9x3-conv12:3x3:${scheme}-50:${scheme}-20:orthogonal-20:uniform=0.3-7:sparse`),
    ...{ drawn, bias: 'pytorch-default', batch: 2, seed, backward: true },
  })),
);

test('weights of every number format have the same bits, natively and in WebAssembly', () => {
  const input = DRAWN_SPECS.map(callsOf).join('');
  for (const variant of OPTIMIZED.length > 0 ? OPTIMIZED : ['tests']) {
    const hashes = execFileSync(`build/${variant}/bits`, ['-'], { encoding: 'utf8', input }).trim().split('\n');
    assert.deepEqual(
      DRAWN_SPECS.map((_, i) => Number(hashes[i])),
      DRAWN_SPECS.map((spec) => hashOf(spec)),
    );
  }
});

test('those that the small module can run give the same bits in it', (t) => {
  const some = STACKS.filter(({ spec }) => !needsFullModule(spec));
  for (const { name, spec, hash } of some) assert.equal(hashOf(spec, small), hash, name);
  t.diagnostic(`${some.length} of ${STACKS.length} stacks`);
  assert.ok(some.length > 10);
});

test('the module has no imports', () => {
  const module = new WebAssembly.Module(readFileSync('dist/initscope.wasm'));
  assert.deepEqual(WebAssembly.Module.imports(module), []);
});
