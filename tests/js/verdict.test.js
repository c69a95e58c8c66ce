/*
 * The verdict on a network, one kind after another, on real runs. Where a real run would depend on chance, the test makes
 * up the numbers. Whether theory agrees is judged in agreement.test.js.
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
 * The verdict on made-up layers.
 * @param {number[]} rms one for each layer
 * @param {object} [last] further numbers of the last layer's activations
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

test('Xavier halves the mean square of ReLU in each layer: vanishing, by sqrt(1/2) a layer', () => {
  const { kind, factor, left } = judge({ scheme: 'xavier-normal' });
  assert.equal(kind, 'vanishing');
  // at width 256, ln rms walks by a std of .07 a layer; the slope fitted over 20 layers has std .07 sqrt(1.2 / 20) = .017
  assert.ok(Math.abs(Number(factor) - Math.SQRT1_2) < 4 * 0.017 * Math.SQRT1_2);
  assert.ok(left > 1e-4 && left < 5e-3);
});

test('He keeps ReLU healthy for each of ten seeds, even at a depth of a hundred', () => {
  for (let seed = 1; seed <= 10; seed++) {
    assert.equal(judge({ scheme: 'he-normal', seed }).kind, 'healthy');
    // the fitted slope has std .07 sqrt(1.2 / 100) = .008, and the verdict allows .023
    assert.equal(judge({ scheme: 'he-normal', seed, depth: 100, batch: 16 }).kind, 'healthy', `seed ${seed}`);
  }
});

test('normal(0.01) under tanh vanishes and normal(1) under ReLU explodes', () => {
  assert.equal(judge({ activation: 'tanh', scheme: 'normal' }).kind, 'vanishing');
  const { kind, factor } = judge({ scheme: { name: 'normal', std: 1 } });
  assert.equal(kind, 'exploding');
  assert.ok(Math.abs(Number(factor) - Math.sqrt(128)) < 1);
});

test('tanh under Xavier fades slowly, because its slope is below 1 away from 0', () => {
  assert.equal(judge({ activation: 'tanh', scheme: 'xavier-normal' }).kind, 'fading');
  assert.equal(judge({ activation: 'tanh', scheme: 'xavier-normal', gain: 5 / 3 }).kind, 'settled');
});

test('sigmoid settles at its own level while its gradients vanish, and the verdict says both', () => {
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

test('gradients are judged only after they reach layer 1, and not mentioned if they hold', () => {
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

test('the sentence names the layer from which gradients overflow or are 0', () => {
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

test('zero weights let nothing pass, or make all units alike if the activation is not 0 at 0', () => {
  assert.deepEqual([judge({ scheme: 'zeros' }).kind, judge({ scheme: 'zeros' }).layer], ['nothing', 1]);
  assert.equal(judge({ scheme: 'zeros', activation: 'sigmoid' }).kind, 'symmetric');
  assert.equal(judge({ scheme: 'constant' }).kind, 'symmetric');
});

test('a single unit in a layer is not called symmetric', () => {
  assert.notEqual(judge({ scheme: 'constant', width: 1, activation: 'linear' }).kind, 'symmetric');
});

test('a single layer has no factor per layer', () => {
  const { kind, factor, left } = judge({ depth: 1, scheme: 'xavier-normal' });
  assert.deepEqual([kind, factor], ['one', null]);
  assert.ok(left > 0.6 && left < 0.8);
});

test('the verdict names the layer where numbers overflow', () => {
  const { kind, layer, factor } = judge({ scheme: { name: 'normal', std: 100 }, depth: 30 });
  assert.equal(kind, 'overflow');
  assert.ok(Number(layer) > 5 && Number(layer) < 20);
  assert.ok(Number(factor) > 100);
});

test('a signal below the smallest float has vanished; a signal that the activation cuts off has not', () => {
  const shrunk = made([1, 1e-15, 1e-31, 0, 0]);
  assert.deepEqual([shrunk.kind, shrunk.from], ['vanishing', 4]);
  const cut = made([1, 0.9, 0.8, 0, 0]);
  assert.deepEqual([cut.kind, cut.layer], ['nothing', 4]);
});

test('half of all units dead is normal for a deep ReLU network, and three quarters is too many', () => {
  assert.equal(made([1, 1, 1], { dead: 0.55 }).kind, 'healthy');
  assert.equal(made([1, 1, 1], { dead: 0.8 }).kind, 'dead');
});

test('the verdict goes by the factor per layer, or by what it adds up to over the depth', () => {
  const kindOf = (/** @type {number} */ factor, /** @type {number} */ depth) =>
    made(Array.from({ length: depth }, (_, i) => factor ** i)).kind;
  assert.equal(kindOf(0.98, 20), 'healthy');
  assert.equal(kindOf(0.98, 1), 'one');
  assert.equal(kindOf(0.95, 5), 'healthy');
  assert.equal(kindOf(0.95, 30), 'fading');
  assert.equal(kindOf(0.97, 100), 'fading');
  assert.equal(kindOf(0.92, 100), 'vanishing');
  assert.equal(kindOf(0.7, 3), 'vanishing');
  assert.equal(kindOf(1.05, 30), 'growing');
  assert.equal(kindOf(1.5, 3), 'exploding');
});

test('the factor is found even if some layers are 0 or not finite', () => {
  assert.ok(Math.abs(Number(made([1, 0.5, 0.25, Number.NaN]).factor) - 0.5) < 1e-12);
  assert.equal(made([Number.NaN, Number.NaN]).factor, null);
  assert.match(verdictWords(made([Number.NaN, Number.NaN])).sentence, /^From layer 1 on/);
});

test('a sigmoid output layer is judged by its own saturation and slope, and the other layers by their signal', () => {
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
