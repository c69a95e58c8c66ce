/**
 * Residual networks by name: each is a line of the notation, learns, and starts as its paper says.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { makeData } from '../../web/data/data.js';
import { loadEngine } from '../../web/engine/engine.js';
import { PRESET_NAMES, presetLayers, presetPaper } from '../../web/engine/presets.js';
import { formatStack, parseStack, plainLayers, replaceLayer } from '../../web/engine/stack.js';
import { agreementWords } from '../../web/locales/en/page.js';
import { agreement } from '../../web/reading/agreement.js';
import { verdict } from '../../web/reading/verdict.js';
import { computedOfBlocks, layersOfBlocks, mostBlocks } from '../../web/state/block-layers.js';
import { overruledKeys, specOf } from '../../web/state/networks.js';
import { depthOf, useReader } from '../../web/state/stacks.js';
import { format, parse, rowOf, rowShown } from '../../web/state/state.js';
import { defaultSettings } from '../../web/training/settings.js';
import { optionsOf, trainedSpec } from '../../web/training/trained-spec.js';

useReader({ parseStack, replaceLayer, computedOfBlocks, layersOfBlocks });

const engine = /** @type {any} */ (await loadEngine());
const SIZES = { inputs: 64, width: 48, blocks: 6, outputs: 10 };

test('each is a line of the notation, and its blocks are as wide as it says', () => {
  for (const name of PRESET_NAMES) {
    const layers = presetLayers(name, SIZES);
    const line = formatStack(layers);
    assert.deepEqual(parseStack(line), plainLayers(layers), name);
    assert.match(line, /^64-48:linear.*-6\*\(.*add\d/, name);
    const sums = layers.filter(({ kind }) => kind === 'add');
    assert.equal(sums.length, 6);
    assert.equal(typeof presetPaper(name), 'string');
  }
});

test('each learns the digits: accuracy above .9 after 150 steps of Adam', () => {
  const { inputs, labels } = makeData('digits');
  for (const name of PRESET_NAMES) {
    const layers = presetLayers(name, { ...SIZES, blocks: 4 });
    const training = engine.training(
      { layers, batch: 64, seed: 1 },
      { data: { inputs, labels }, optimizer: 'adam', rate: 0.002 },
    );
    for (let step = 0; step < 150; step++) training.step();
    const { accuracy } = training.evaluate('train');
    training.end();
    assert.ok(accuracy > 0.9, `${name}: ${accuracy}`);
  }
});

/**
 * The rms of the stream after each block, by theory. The stem is left out, so the input is the stream.
 * @param {string} name @param {number} blocks @param {number} rms of the input
 */
function streamOf(name, blocks, rms, width = 768) {
  const [first, ...rest] = presetLayers(name, { inputs: width, width, blocks, outputs: 10 }).slice(1, -1);
  const input = Float32Array.from({ length: 2 * width }, (_, i) => rms * Math.SQRT2 * Math.sin(12.9898 * i));
  const layers = [{ ...first, size: [1, 1], channelsIn: width }, ...rest];
  /** @type {any[]} */
  const passed = engine.run({ layers, batch: 2, input }).layers;
  return passed.filter(({ kind }) => kind === 'add').map(({ theory }) => Math.sqrt(theory.zSquare));
}

test('GPT-2 scales the last layer of each of its branches: from two embeddings of std .02 the stream grows to .257', () => {
  const scaled = streamOf('gpt2', 12, 0.02 * Math.SQRT2);
  assert.equal(scaled.at(-1)?.toFixed(3), '0.257');
  assert.equal(streamOf('gpt2', 12, 1).at(-1)?.toFixed(2), '1.03');
});

test('a zeroed last layer, and a factor of 0, make a branch that adds nothing at the start', () => {
  for (const name of ['fixup', 'rezero', 'skipinit']) {
    const layers = presetLayers(name, { ...SIZES, blocks: 2 });
    const run = engine.run({ layers, batch: 4 });
    const sums = run.layers.filter((/** @type {any} */ { kind }) => kind === 'add');
    assert.equal(sums[0].preactivations.rms, run.layers[0].activations.rms, name);
  }
});

/** @param {any[]} layers @param {any} [more] */
function verdictOn(layers, more = {}) {
  const spec = { layers, batch: 64, backward: true, ...more };
  const run = engine.run(spec);
  return verdict(run.layers, run.layers[0].input, { spec });
}

/** Accuracy after some steps of momentum. @param {any[]} layers @param {number} steps */
function train(layers, steps) {
  const { inputs, labels } = makeData('digits');
  const training = engine.training(
    { layers, batch: 64, seed: 1 },
    { data: { inputs, labels }, optimizer: 'momentum', rate: 0.003 },
  );
  for (let step = 0; step < steps; step++) training.step();
  const { accuracy } = training.evaluate('train');
  training.end();
  return accuracy;
}

test('the signal of each is judged along its stream: the scale is kept, whatever branches do', () => {
  for (const name of PRESET_NAMES)
    for (const blocks of [3, 12]) {
      const { word, cautions } = verdictOn(presetLayers(name, { ...SIZES, blocks }));
      assert.ok(['kept', 'settled'].includes(word), `${name}, ${blocks} blocks: ${word}`);
      assert.ok(!cautions.includes('dead'), `${name}: ${cautions}`);
    }
});

test('a stream that doubles in each block explodes, and does not train; by norms inside it grows by a root, and trains', () => {
  const stackOf = (/** @type {string} */ block, /** @type {number} */ blocks) =>
    parseStack(`64-48:linear-${blocks}*(${block})-10:linear`);
  const doubling = stackOf('48:relu-48:linear-add2', 24);
  assert.equal(verdictOn(doubling).word, 'exploding');
  assert.ok(train(doubling, 300) < 0.2);
  const inside = stackOf('48:relu-48:linear-layernorm-add3', 24);
  const { word, left } = verdictOn(inside);
  assert.equal(word, 'kept');
  assert.ok(left > 5);
  assert.ok(train(inside, 300) > 0.9);
});

test('an output layer of zeros alone is no fault: the network learns; two adjacent ones stay as they are', () => {
  const plain = parseStack('64-3*48:relu-10:linear:zeros');
  assert.equal(verdictOn(plain).word, 'kept');
  assert.ok(train(plain, 300) > 0.9);
  const two = parseStack('64-2*48:relu-48:zeros-10:linear:zeros');
  assert.equal(verdictOn(two).word, 'zero');
  assert.ok(train(two, 300) < 0.2);
});

/** The network of an address. @param {string} address @param {'A' | 'B'} [letter] @returns {any} */
const specAt = (address, letter = 'A') => specOf(parse(address).state, letter);

/** What every address here says of the size. */
const SMALL = 'depth=3&width=48&inputs=64&batch=8&b=he-normal';

test('the page offers each block, and its address opens to a line of the notation that the engine runs', () => {
  assert.deepEqual(/** @type {any} */ (rowOf('block')).choices, ['none', ...PRESET_NAMES]);
  for (const name of PRESET_NAMES) {
    const address = `block=${name}&norm=rms&branch=0.5&${SMALL}`;
    const { state, ignored } = parse(address);
    assert.deepEqual([ignored, parse(format(state)).state], [[], state], name);
    for (const norm of ['own', 'none', 'layer', 'rms', 'batch'])
      for (const head of ['none', 'linear', 'sigmoid']) {
        const spec = specAt(`block=${name}&norm=${norm}&head=${head}&${SMALL}`);
        assert.deepEqual(parseStack(formatStack(spec.layers)), plainLayers(spec.layers), `${name}, ${norm}`);
        assert.equal(engine.run(spec).layers.length, spec.layers.length);
        const sums = spec.layers.filter((/** @type {any} */ { kind }) => kind === 'add');
        assert.equal(sums.length, 3);
        const norms = spec.layers.filter((/** @type {any} */ { kind }) => kind.endsWith('-norm'));
        assert.equal(
          norms.length > 0,
          norm === 'none' ? name === 'pre-activation' : norm !== 'own' || norms.length > 0,
        );
      }
  }
});

test('a block is as its preset says: with the schemes of its paper the network of its address has the same numbers', () => {
  const schemes = /** @type {Record<string, string>} */ ({
    gpt2: 'a=normal&valueA=0.02',
    fixup: 'a=he-normal',
    deepnorm: 'a=xavier-normal',
  });
  for (const name of PRESET_NAMES) {
    const activation = /pre-norm|post-norm|gpt2|deepnorm/.test(name) ? 'gelu' : 'relu';
    const address = `block=${name}&${SMALL}&head=linear&activation=${activation}&${schemes[name] ?? 'a=he-normal'}`;
    const wanted = presetLayers(name, { ...SIZES, blocks: 3 });
    const [run, preset] = [specAt(address), { ...specAt(address), layers: wanted }].map(
      (spec) => engine.run(spec).layers,
    );
    for (const [i, { kind, activations }] of run.entries()) {
      assert.equal(kind, preset[i].kind);
      const [is, was] = [activations.rms, preset[i].activations.rms];
      assert.ok(Math.abs(is - was) <= 1e-5 * was, `${name}, layer ${i + 1}: ${is} and ${was}`);
    }
  }
});

test('A and B differ in scheme, gain, bias and activation where the block leaves them, and never in what it fixes', () => {
  const gainsOf = (/** @type {string} */ address) =>
    ['A', 'B'].map((letter) =>
      specAt(address, /** @type {'A' | 'B'} */ (letter)).layers.map((/** @type {any} */ { gain }) => gain),
    );
  const [a, b] = gainsOf(`block=deepnorm&gainA=2&gainB=3&${SMALL}`);
  const factor = 24 ** -0.25;
  assert.deepEqual(a.slice(0, 4), [undefined, 2 * factor, 2 * factor, undefined]);
  assert.deepEqual(b.slice(0, 4), [undefined, 3 * factor, 3 * factor, undefined]);
  const [, , last] = specAt(`block=fixup&${SMALL}`, 'B').layers;
  assert.deepEqual([last.scheme, last.gain], ['zeros', undefined]);
  const activationsOf = (/** @type {string} */ name) =>
    new Set(
      engine
        .run(specAt(`block=${name}&activation=tanh&${SMALL}`))
        .layers.map((/** @type {any} */ { activation }) => activation),
    );
  for (const name of PRESET_NAMES) {
    const fixed = { 'resnet-v1': 'relu', 'pre-activation': 'relu', fixup: 'relu', gpt2: 'gelu' }[name];
    assert.ok(activationsOf(name).has(fixed ?? 'tanh'), name);
    assert.equal(activationsOf(name).has('tanh'), !fixed, name);
  }
});

test('more blocks than the limit on layers has room for are taken back, and said; layers are chosen among all', () => {
  for (const name of PRESET_NAMES) {
    const { state } = parse(`block=${name}&depth=100&width=2&batch=1&head=linear`);
    const most = mostBlocks(state);
    const { layers } = specOf(state, 'A');
    const sums = layers.filter(({ kind }) => kind === 'add').length;
    assert.equal(sums, Math.min(100, most));
    assert.ok(layers.length <= engine.limits.depth);
    if (most < 100) assert.ok(layers.length + layers.length / most > engine.limits.depth - 3, name);
    assert.deepEqual(overruledKeys(state, state, ['depth']), most < 100 ? ['depth'] : []);
    assert.equal(depthOf(state), layers.length);
    assert.equal(/** @type {any} */ (rowShown('layer', state)).max, layers.length);
  }
});

test('the view Training trains the network of an address: with an output layer, whose rule is the block’s', () => {
  const data = makeData('digits');
  for (const name of PRESET_NAMES) {
    const { state } = parse(`block=${name}&${SMALL}`);
    const spec = trainedSpec(specOf, state, 'A', 'digits');
    const output = /** @type {any} */ (spec.layers.at(-1));
    assert.deepEqual([output.units, output.scheme], [10, name === 'fixup' ? 'zeros' : undefined], name);
    const training = engine.training(spec, optionsOf(defaultSettings(), data));
    training.step();
    training.end();
  }
});

test('where a norm undoes the scale of the weights, no advice is on that scale; a residual network needs no skip connections', () => {
  const adviceAt = (/** @type {string} */ address) => {
    const spec = specAt(address, 'B');
    const run = engine.run(spec);
    return verdict(run.layers, run.layers[0].input, { spec });
  };
  // thirty blocks of ResNet v1 learn, though the gradient grows on its way (he-normal, width 32: accuracy .95 after 600 steps)
  const grown = adviceAt('block=resnet-v1&depth=30&width=64&batch=32');
  assert.deepEqual([grown.word, grown.advice], ['gradients-grow', { kind: 'trains' }]);
  // the same without norms: now the scale counts
  const plain = adviceAt('block=resnet-v1&norm=none&depth=30&width=64&batch=32');
  assert.deepEqual([plain.word, plain.advice.kind], ['exploding', 'multiply']);
  const alike = adviceAt('block=post-norm&depth=30&width=64&batch=32');
  assert.ok(alike.cautions.includes('alike'));
  assert.deepEqual(alike.advice, { kind: 'blocks' });
});

test('where each branch begins with a norm, no advice is on the scale of the stream or of the input', () => {
  const adviceOn = (/** @type {string} */ branch) => {
    const layers = `64-64:linear:normal=0.0035-6*(${branch}64:gelu-64:linear-add)`;
    const spec = {
      layers: layers.replace('add)', branch ? 'add3)' : 'add2)'),
      scheme: 'lecun-normal',
      batch: 32,
      backward: true,
    };
    const run = engine.run(/** @type {any} */ (spec));
    return verdict(run.layers, run.layers[0].input, { spec: /** @type {any} */ (spec) });
  };
  const normed = adviceOn('layernorm-');
  assert.deepEqual([normed.word, normed.advice], ['fading', { kind: 'trains' }]);
  const plain = adviceOn('');
  assert.deepEqual([plain.word, plain.advice.kind], ['fading', 'larger']);
  // the branches of GPT-2, as in the lesson
  for (const [scheme, word, kind] of [
    ['normal', 'growing', 'trains'],
    ['gpt2-residual', 'kept', 'nothing'],
  ]) {
    const layers = '768-12*(layernorm-3072:gelu:normal=0.02-768:linear-add3)';
    const spec = { layers, scheme: scheme === 'normal' ? { name: scheme, std: 0.02 } : scheme, batch: 16 };
    const asked = /** @type {any} */ ({ ...spec, input: { kind: 'normal', std: 0.0283 } });
    const run = engine.run(asked);
    const found = verdict(run.layers, run.layers[0].input, { spec: asked });
    assert.deepEqual([found.word, found.advice, found.cautions.includes('input')], [word, { kind }, true]);
  }
});

test('where theory covers less than half of the layers, the sentence says so', () => {
  const said = (/** @type {string} */ address) => {
    const { layers } = engine.run(specAt(address, 'B'));
    return agreementWords(agreement(layers), agreement(layers, 'backward'));
  };
  assert.equal(said(`block=fixup&${SMALL}`), 'As theory predicts, in all 2 layers that theory covers.');
  assert.match(said(`block=rezero&${SMALL}`), /^As theory predicts, in all 7 layers/);
});
