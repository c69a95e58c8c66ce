/*
 * The network that the view Training trains: the one of the page's state, with the data as its input and an output for each
 * class. The engine takes every such spec, or says why not.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeData } from '../../web/data/data.js';
import { loadEngine } from '../../web/engine/engine.js';
import { parseStack, replaceLayer } from '../../web/engine/stack.js';
import { specOf } from '../../web/state/networks.js';
import { useReader } from '../../web/state/stacks.js';
import { parse } from '../../web/state/state.js';
import { classesOf, dataFor, trainedSpec } from '../../web/training/trained-spec.js';

useReader({ parseStack, replaceLayer });
const engine = await loadEngine();

/** @param {string} hash @param {string} data */
const specFor = (hash, data) => trainedSpec(specOf, parse(hash).state, 'A', data);

/** The units of each layer, or its channels. @param {any} spec */
const unitsOf = ({ layers }) =>
  layers.map((/** @type {any} */ layer) => layer.units ?? layer.channelsOut ?? layer.kind);

/** Addresses, with the data, and the layers that are trained. @type {[hash: string, data: string, units: unknown[]][]} */
const CASES = [
  ['depth=3&width=32', 'digits', [32, 32, 32, 10]],
  ['depth=3&width=10', 'digits', [10, 10, 10, 10]],
  ['depth=3&width=32&head=sigmoid', 'digits', [32, 32, 10]],
  ['depth=3&width=32&head=linear', 'spirals', [32, 32, 2]],
  ['depth=3&width=32&loss=cross-entropy', 'digits', [32, 32, 10]],
  ['depth=2&width=32&inputs=7', 'circles', [32, 32, 2]],
  ['kind=conv&depth=3&channels=4', 'digits', [4, 4, 4, 10]],
  ['kind=conv&depth=3&channels=4&head=linear', 'digits', [4, 4, 10]],
  ['stack=784-30-20', 'digits', [30, 20, 10]],
  ['stack=784-30-10', 'digits', [30, 10]],
  ['stack=28x28x1-conv6:3x3-maxpool2-flatten-20', 'digits', [6, 'max-pool', 'flatten', 20, 10]],
];

for (const [hash, data, units] of CASES) {
  test(`${hash} on ${data} is trained as ${units.join('-')}`, () => {
    const spec = specFor(hash, data);
    assert.deepEqual(unitsOf(spec), units);
    const made = makeData(/** @type {string} */ (dataFor(spec, data)), { seed: 1 });
    assert.equal(made.classes, classesOf(data));
    const training = engine.training({ ...spec, batch: 4 }, { data: { inputs: made.inputs, labels: made.labels } });
    const { loss, diverged } = training.step();
    training.end();
    assert.ok(loss > 0 && !diverged);
  });
}

test('the output that is added has no activation, and the scheme and the gain of the network', () => {
  const spec = specFor('depth=2&width=8&a=normal&valueA=0.1&gainA=2', 'digits');
  assert.deepEqual(spec.layers.at(-1), { kind: 'dense', units: 10, activation: 'linear' });
  assert.deepEqual([spec.scheme, spec.gain], [{ name: 'normal', std: 0.1 }, 2]);
});

test('a last layer of the reader’s own gives logits, unless it says its activation', () => {
  assert.equal(/** @type {any} */ (specFor('stack=784-30-10', 'digits').layers.at(-1)).activation, 'linear');
  assert.equal(/** @type {any} */ (specFor('stack=784-30-10:sigmoid', 'digits').layers.at(-1)).activation, 'sigmoid');
});

test('layers for images cannot take points', () => {
  assert.equal(dataFor(specFor('kind=conv&depth=2', 'spirals'), 'spirals'), null);
  assert.equal(dataFor(specFor('kind=conv&depth=2', 'digits'), 'digits'), 'digit-images');
});
