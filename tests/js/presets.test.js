/**
 * Residual networks by name: each is a line of the notation, learns, and starts as its paper says.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { makeData } from '../../web/data/data.js';
import { loadEngine } from '../../web/engine/engine.js';
import { PRESET_NAMES, presetLayers, presetPaper } from '../../web/engine/presets.js';
import { formatStack, parseStack, plainLayers } from '../../web/engine/stack.js';

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
