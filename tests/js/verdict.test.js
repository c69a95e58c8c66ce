/*
 * The verdict, kind by kind, on real runs; and on made ones where a real one would depend on chance.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { verdictWords } from '../../web/locales/en/page.js';
import { verdict } from '../../web/reading/verdict.js';

const engine = await loadEngine();

/** @param {Partial<import('../../web/engine/spec.js').Spec> & { depth?: number, width?: number }} asked */
function judge({ depth = 20, width = 256, ...rest }) {
  const run = engine.run({ layers: stack({ depth, width }), batch: 64, seed: 1, ...rest });
  const found = verdict(run.layers, run.input);
  assert.ok(verdictWords(found).sentence.length > 20);
  return found;
}

/**
 * Layers of which only these rms are known.
 * @param {number[]} rms
 * @param {object} [last] of the last layer's activations
 */
function made(rms, last = {}) {
  const summary = (/** @type {number} */ value) => ({
    rms: value,
    std: value,
    nonFinite: Number.isNaN(value) ? 1 : 0,
    dead: 0,
    saturated: 0,
  });
  const layers = rms.map((value, i) => ({
    layer: i + 1,
    fanOut: 9,
    weights: { std: 1 },
    preactivations: summary(value),
    activations: { ...summary(value), ...(i === rms.length - 1 ? last : {}) },
  }));
  return verdict(/** @type {any} */ (layers), /** @type {any} */ (summary(1)));
}

test('Xavier halves the power of ReLU in each layer: vanishing, by sqrt(1/2) a layer', () => {
  const { kind, factor, left } = judge({ scheme: 'xavier-normal' });
  assert.equal(kind, 'vanishing');
  // ln rms walks by sd .07 a layer at width 256: the fitted slope over 20 layers has sd .07 sqrt(1.2 / 20) = .017
  assert.ok(Math.abs(Number(factor) - Math.SQRT1_2) < 4 * 0.017 * Math.SQRT1_2);
  assert.ok(left > 1e-4 && left < 5e-3);
});

test('He keeps ReLU healthy, at a depth of a hundred too, for every one of ten seeds', () => {
  for (let seed = 1; seed <= 10; seed++) {
    assert.equal(judge({ scheme: 'he-normal', seed }).kind, 'healthy');
    // the fitted slope has sd .07 sqrt(1.2 / 100) = .008, and the verdict allows .023
    assert.equal(judge({ scheme: 'he-normal', seed, depth: 100, batch: 16 }).kind, 'healthy', `seed ${seed}`);
  }
});

test('normal(0.01) under tanh vanishes and normal(1) under ReLU explodes', () => {
  assert.equal(judge({ activation: 'tanh', scheme: 'normal' }).kind, 'vanishing');
  const { kind, factor } = judge({ scheme: { name: 'normal', std: 1 } });
  assert.equal(kind, 'exploding');
  assert.ok(Math.abs(Number(factor) - Math.sqrt(128)) < 1);
});

test('tanh under Xavier fades: slowly, because its slope is below 1 away from 0', () => {
  assert.equal(judge({ activation: 'tanh', scheme: 'xavier-normal' }).kind, 'fading');
  assert.equal(judge({ activation: 'tanh', scheme: 'xavier-normal', gain: 5 / 3 }).kind, 'settled');
});

test('sigmoid settles at a level of its own, while its gradients vanish, and so says the word', () => {
  const found = judge({ activation: 'sigmoid', scheme: 'he-normal', backward: true });
  assert.deepEqual([found.kind, found.back?.kind], ['settled', 'vanishing']);
  // theory: chi = 2 E phi'(z)^2 at q* = 2 E phi^2 is 0.108 = 0.33^2
  assert.ok(Math.abs(Number(found.back?.factor) - 0.33) < 0.02);
  const { word, sentence } = verdictWords(found);
  assert.equal(word, 'Gradients vanish');
  assert.match(
    sentence,
    /^The signal settles at 5\d% of the input within 20 layers\. Gradients shrink by a factor of 0\.3/,
  );
  assert.match(sentence, /10⁻\S+ reaches layer 1\.$/);
});

test('gradients are not judged before they have come to layer 1, and are not spoken of where they hold', () => {
  const { layers, input } = engine.run({
    layers: stack({ depth: 20, width: 256 }),
    batch: 64,
    seed: 1,
    backward: true,
  });
  assert.equal(verdict(layers, input).back, null);
  const vanishing = engine.run({
    layers: stack({ depth: 9, width: 64 }),
    scheme: 'xavier-normal',
    backward: true,
  });
  assert.equal(verdict(vanishing.layers, vanishing.input).back?.kind, 'vanishing');
  const { deltas: _, ...first } = vanishing.layers[0];
  assert.equal(verdict([first, ...vanishing.layers.slice(1)], vanishing.input).back, null);
});

test('gradients that grow beyond all numbers, or are 0, are told with the layer where that begins', () => {
  const layers = stack({ depth: 40, width: 64 });
  const wild = engine.run({ layers, activation: 'sin', scheme: { name: 'normal', std: 100 }, backward: true });
  const explodes = verdict(wild.layers, wild.input);
  assert.equal(explodes.back?.kind, 'exploding');
  assert.match(verdictWords(explodes).sentence, / Gradients overflow from layer \d+ back to layer 1\.$/);
  const none = verdict(
    wild.layers.map((layer) => ({ ...layer, deltas: { .../** @type {any} */ (layer.deltas), rms: 0, nonFinite: 0 } })),
    wild.input,
  );
  assert.match(verdictWords(none).sentence, / Gradients are exactly 0 from layer 40 back to layer 1\.$/);
});

test('a signal that wanders by chance does not settle', () => {
  for (let seed = 1; seed <= 10; seed++) assert.equal(judge({ scheme: 'he-normal', seed, width: 512 }).kind, 'healthy');
});

test('tanh with large weights is saturated', () => {
  const { kind, share } = judge({ activation: 'tanh', scheme: { name: 'normal', std: 1 } });
  assert.equal(kind, 'saturated');
  assert.ok(Number(share) > 0.5);
});

test('zero weights let nothing pass, or make all units alike where the activation is not 0 at 0', () => {
  assert.deepEqual([judge({ scheme: 'zeros' }).kind, judge({ scheme: 'zeros' }).layer], ['nothing', 1]);
  assert.equal(judge({ scheme: 'zeros', activation: 'sigmoid' }).kind, 'symmetric');
  assert.equal(judge({ scheme: 'constant' }).kind, 'symmetric');
});

test('one unit a layer is alike to itself only, and no symmetry', () => {
  assert.notEqual(judge({ scheme: 'constant', width: 1, activation: 'linear' }).kind, 'symmetric');
});

test('a single layer has no factor', () => {
  const { kind, factor, left } = judge({ depth: 1, scheme: 'xavier-normal' });
  assert.deepEqual([kind, factor], ['one', null]);
  assert.ok(left > 0.6 && left < 0.8);
});

test('numbers that overflow are told with the layer where they do', () => {
  const { kind, layer, factor } = judge({ scheme: { name: 'normal', std: 100 }, depth: 30 });
  assert.equal(kind, 'overflow');
  assert.ok(Number(layer) > 5 && Number(layer) < 20);
  assert.ok(Number(factor) > 100);
});

test('a signal that shrinks below the smallest float has vanished; one that is cut off has not', () => {
  const shrunk = made([1, 1e-15, 1e-31, 0, 0]);
  assert.deepEqual([shrunk.kind, shrunk.from], ['vanishing', 4]);
  const cut = made([1, 0.9, 0.8, 0, 0]);
  assert.deepEqual([cut.kind, cut.layer], ['nothing', 4]);
});

test('dead units: half is what a deep ReLU network has, three quarters is too much', () => {
  assert.equal(made([1, 1, 1], { dead: 0.55 }).kind, 'healthy');
  assert.equal(made([1, 1, 1], { dead: 0.8 }).kind, 'dead');
});

test('slow and fast go by the rate, or by what it adds up to', () => {
  const at = (/** @type {number} */ factor, /** @type {number} */ depth) =>
    made(Array.from({ length: depth }, (_, i) => factor ** i)).kind;
  assert.equal(at(0.98, 20), 'healthy');
  assert.equal(at(0.98, 1), 'one');
  assert.equal(at(0.95, 5), 'healthy');
  assert.equal(at(0.95, 30), 'fading');
  assert.equal(at(0.97, 100), 'fading');
  assert.equal(at(0.92, 100), 'vanishing');
  assert.equal(at(0.7, 3), 'vanishing');
  assert.equal(at(1.05, 30), 'growing');
  assert.equal(at(1.5, 3), 'exploding');
});

test('a factor is found past layers that are 0 or not finite', () => {
  assert.ok(Math.abs(Number(made([1, 0.5, 0.25, Number.NaN]).factor) - 0.5) < 1e-12);
  assert.equal(made([Number.NaN, Number.NaN]).factor, null);
  assert.match(verdictWords(made([Number.NaN, Number.NaN])).sentence, /^From layer 1 on/);
});

test('a sigmoid head is judged by itself: what is saturated, and its slope; the body by its own signal', () => {
  const layers = stack({ depth: 6, width: 200 });
  const head = (/** @type {number} */ gain) =>
    /** @type {any[]} */ ([...layers, { kind: 'dense', units: 10, activation: 'sigmoid', gain }]);
  const judged = (/** @type {number} */ gain) => {
    const run = engine.run({ layers: head(gain), scheme: 'he-normal', batch: 32, backward: true });
    return verdict(run.layers, run.input);
  };
  const [small, large] = [judged(0.5), judged(100)];
  assert.deepEqual([small.depth, large.depth], [6, 6]);
  assert.ok(small.kind === 'healthy' && small.left > 0.5 && small.left < 2);
  assert.ok(small.head && small.head.saturated < 0.01 && small.head.slope > 0.2);
  assert.match(verdictWords(small).sentence, / Output layer: 0% saturated, mean slope 0\.2\d+\.$/);
  assert.equal(large.kind, 'saturated');
  assert.match(verdictWords(large).sentence, /where the activation function is flat\. Its mean slope is 0\.0/);
});
