/*
 * A library's call is named beside a layer only if it would draw these weights. Over all schemes, gains, shapes, groups,
 * ways of counting and mistakes, each named call is computed again from its text, by libraries.js. A call that is not
 * named would draw something else, or fails for that layer.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { isRefusal } from '../../web/engine/refusal.js';
import { CONVENTIONS } from '../../web/engine/tables.js';
import { callWords } from '../../web/reading/calls.js';
import { drawnBy } from './libraries.js';

const engine = await loadEngine();

/** @param {number} inputs @param {number} units */
const dense = (inputs, units) => ({ kind: 'dense', inputs, units });
/** @param {number} side @param {number} channelsIn @param {number} channelsOut @param {number} [groups] */
const conv = (side, channelsIn, channelsOut, groups = 1) => ({
  ...{ kind: 'conv', kernel: [side, side], channelsIn, channelsOut, groups, size: [4, 4] },
});

/** @type {any[]} */
const SHAPES = [
  dense(12, 12),
  dense(12, 40),
  dense(75, 8),
  conv(5, 3, 8),
  conv(1, 6, 6),
  conv(3, 8, 8, 2),
  conv(3, 8, 16, 4),
  conv(3, 32, 32, 32),
  conv(3, 4, 8, 4),
  conv(1, 6, 4, 2),
];

/** The layer as libraries.js takes it. @param {any} layer */
const shapeOf = ({ kernel = [], channelsIn, channelsOut, groups = 1, inputs, units }) => ({
  ...{ kernel, channelsIn: channelsIn ?? inputs, channelsOut: channelsOut ?? units, groups },
});

/** A scheme with its default number, with half of it, and with the numbers of its calls.
 * @param {import('../../web/engine/spec.js').Scheme} scheme @returns {any[]} */
const choices = ({ name, numberName, number }) => {
  const given = engine.libraries.flatMap((row) => (row.scheme === name ? (row.number ?? []) : []));
  const numbers = new Set([number, number / 2, ...given]);
  return numberName ? [...numbers].map((one) => ({ name, [numberName]: one })) : [name];
};

/** Whether a call draws what a layer has. @param {any} layer @param {import('./documented.js').Spread | null} drawn */
function isDrawn(layer, drawn) {
  if (!drawn) return false;
  const { mean = 0, std, bound, parent } = drawn;
  const close = (/** @type {number | null} */ a, /** @type {number | null} */ b) =>
    a === b || Math.abs(Number(a) - Number(b)) < 1e-9 * Math.abs(Number(b));
  return (
    close(layer.mean, mean) &&
    close(layer.std, std) &&
    close(layer.bound, bound) &&
    (parent === undefined || close(layer.parent, parent))
  );
}

/** The calls named beside a layer. @param {any} layer @returns {{ library: string, call: string }[]} */
const namedBeside = (layer) =>
  callWords(layer, engine.libraries)
    .split('; ')
    .filter((text) => text !== '')
    .map((text) => {
      const library = String(
        [...new Set(engine.libraries.map((row) => row.library))].find((name) => text.startsWith(`${name} `)),
      );
      return { library, call: text.slice(library.length + 1).replace(' (weights only)', '') };
    });

/** A call without its arguments. @param {string} call */
const functionOf = (call) => call.replace(/ ?\(.*/, '');

/** Whether a sparse layer happens to have no weight but 0: any other share that is large enough gives the same.
 * @param {any} layer */
const isEmpty = ({ scheme, std }) => scheme === 'sparse' && std === 0;

/** Runs a layer; null where it is refused. @param {any} spec @returns {any} */
function layerOf(spec) {
  try {
    return engine.run({ ...spec, batch: 1 }).layers[0];
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** Every layer that the tests look at, one at a time. @returns {Generator<{ layer: any, shape: any, said: string }>} */
function* allLayers() {
  for (const one of SHAPES) {
    for (const scheme of engine.schemes.flatMap(choices)) {
      for (const gain of [1, 0.37]) {
        for (const fans of CONVENTIONS) {
          for (const varianceAsStd of [false, true]) {
            const layer = layerOf({ layers: [one], scheme, gain, fans, varianceAsStd });
            if (layer)
              yield { layer, shape: shapeOf(one), said: JSON.stringify({ one, scheme, gain, fans, varianceAsStd }) };
          }
        }
      }
    }
  }
}

test('a call is named only where it would draw these weights, and is left out only where it would not', (t) => {
  const named = new Set();
  let [right, out] = [0, 0];
  for (const { layer, shape, said } of allLayers()) {
    const beside = namedBeside(layer);
    for (const { library, call } of beside) {
      assert.ok(isDrawn(layer, drawnBy(library, call, shape)), `${library} ${call} beside ${layer.std}: ${said}`);
      right++;
    }
    const rows = engine.libraries.filter(({ scheme }) => scheme === layer.scheme);
    for (const { library, call } of rows) {
      const own = beside.filter((one) => one.library === library && functionOf(one.call) === functionOf(call));
      if (own.some((one) => one.call === call)) named.add(`${library} ${call}`);
      if (own.length > 0 || isEmpty(layer)) continue;
      assert.ok(
        !isDrawn(layer, drawnBy(library, call, shape)),
        `${library} ${call} is not named beside ${layer.std}: ${said}`,
      );
      out++;
    }
  }
  t.diagnostic(`${right} names are right, ${out} names are rightly left out`);
  assert.deepEqual(
    engine.libraries.map(({ library, call }) => `${library} ${call}`).filter((name) => !named.has(name)),
    [],
  );
});

/** The names beside one layer. @param {any} spec @param {string} [library] */
const names = (spec, library) =>
  namedBeside(layerOf(spec))
    .filter((one) => !library || one.library === library)
    .map(({ call }) => call);

test('on a depthwise layer of 32 channels, kaiming_normal_(mode=fan_out) stands beside .0833 and not beside .471', () => {
  const layers = [conv(3, 32, 32, 32)];
  const spec = { layers, scheme: 'he-fan-out' };
  assert.ok(Math.abs(layerOf(spec).std - 0.4714) < 1e-4);
  assert.deepEqual(names(spec), []);
  const counted = { ...spec, fans: 'pytorch' };
  assert.ok(Math.abs(layerOf(counted).std - 0.0833) < 1e-4);
  assert.deepEqual(names(counted), ["kaiming_normal_(mode='fan_out')"]);
});

test('a gain of 2 is an argument of xavier_normal_, and kaiming_normal_ has none', () => {
  const layers = [dense(12, 40)];
  assert.deepEqual(names({ layers, scheme: 'he-normal' }), ['kaiming_normal_']);
  assert.deepEqual(names({ layers, scheme: 'he-normal', gain: 2 }), []);
  assert.deepEqual(names({ layers, scheme: 'xavier-normal', gain: 2 }), ['xavier_normal_(gain=2)']);
  assert.deepEqual(names({ layers, scheme: 'mxnet-gaussian', gain: 2 }), ["Xavier(rnd_type='gaussian', magnitude=12)"]);
  assert.deepEqual(names({ layers, scheme: 'uniform', gain: 2 }), [
    'RandomUniform(minval=-0.1, maxval=0.1)',
    'randomUniform({minval: -0.1, maxval: 0.1})',
  ]);
  const own = { layers, scheme: { name: 'normal', std: 0.03 } };
  assert.deepEqual(names(own, 'PyTorch'), ['normal_(std=0.03)']);
});

test('a mistake has no name: fans by channels only, and variance passed as std', () => {
  const layers = [conv(5, 3, 8)];
  assert.deepEqual(names({ layers, scheme: 'he-normal' }), ['kaiming_normal_']);
  assert.deepEqual(names({ layers, scheme: 'he-normal', fans: 'channels' }), []);
  assert.deepEqual(names({ layers, scheme: 'he-normal', varianceAsStd: true }), []);
});
