/*
 * The gains of activations with a parameter: of the engine against PyTorch's formula and its own integrals, and of the page
 * against the engine.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { parameterOf } from '../../web/engine/activations.js';
import { loadEngine } from '../../web/engine/engine.js';
import { PARAMETERS } from '../../web/engine/tables.js';
import { gainsWith } from '../../web/reading/gains.js';

const engine = await loadEngine();

test('calculate_gain of leaky relu is sqrt(2 / (1 + slope^2)), and keeps the signal forward and back', () => {
  for (const slope of [0, 0.01, 0.2, 0.25, 1]) {
    const { pytorch, forward, backward } = engine.gainsOf({ name: 'leaky-relu', slope });
    const expected = Math.sqrt(2 / (1 + slope ** 2));
    for (const gain of [pytorch, forward, backward])
      assert.ok(Math.abs(Number(gain) / expected - 1) < 1e-15, `${slope}`);
  }
});

test('a gain by name takes the parameter of the layer', () => {
  const layers = [{ kind: /** @type {const} */ ('dense'), inputs: 9, units: 9 }];
  for (const activation of [
    { name: 'leaky-relu', slope: 0.2 },
    { name: 'elu', alpha: 3 },
    { name: 'sin', omega: 30 },
  ]) {
    const { gain, parameter, fixedPoint } = engine.run({ layers, activation, gain: 'forward', scheme: 'lecun-normal' })
      .layers[0];
    assert.equal(gain, engine.gainsOf(activation).forward);
    assert.equal(parameter, Object.values(activation)[1]);
    assert.deepEqual(fixedPoint, engine.fixedPoint(activation, Number(fixedPoint?.weightSquare)));
  }
});

test('the page computes the gains that the engine has, for every activation with a parameter', () => {
  for (const [name, { name: field, given, least, most }] of Object.entries(PARAMETERS)) {
    const usual = engine.activations.find((row) => row.name === name)?.gains;
    const own = parameterOf(name);
    assert.ok(usual && own);
    for (const p of [least, given, 0.3, 1, Math.min(most, 30)]) {
      const [got, expected] = [gainsWith(usual, own, p), engine.gainsOf({ name, [field]: p })];
      for (const [key, gain] of Object.entries(expected)) {
        const page = got[/** @type {keyof typeof got} */ (key)];
        assert.ok(gain === null ? page === null : Math.abs(Number(page) / gain - 1) < 1e-9, `${name} ${p} ${key}`);
      }
    }
  }
});
