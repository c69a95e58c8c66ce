/*
 * Whether theory's band keeps its promise: in each layer, and for one input, at least 95 % of networks lie in it, or it
 * is not drawn. Networks from 2 to 32 units wide are counted over many seeds, forward and backward. The band was made
 * without sight of these seeds.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';

const engine = await loadEngine();
const SEEDS = 200;

/* A share p of n networks has a standard error of sqrt(p (1 - p) / n), here 1.5 %. A layer may fall short of 95 % by four
 * of these, as there are many layers. The mean share over the layers of a network varies less than that of one layer; it
 * may fall short by two. */
const ERROR = Math.sqrt((0.95 * 0.05) / SEEDS);

/** @typedef {import('../../web/engine/engine.js').RunLayer} Layer */

/** What is counted: the mean square, and its band. @type {Record<string, (layer: Layer) => (number | undefined)[]>} */
const COUNTED = {
  z: ({ preactivations, theory }) => [preactivations.rms ** 2, theory?.zLow, theory?.zHigh],
  a: ({ activations, theory }) => [activations.rms ** 2, theory?.aLow, theory?.aHigh],
  delta: ({ deltas, backTheory }) => [Number(deltas?.rms) ** 2, backTheory?.deltaLow, backTheory?.deltaHigh],
  gradient: ({ weightGradients, backTheory }) => [
    Number(weightGradients?.rms) ** 2,
    backTheory?.gradientLow,
    backTheory?.gradientHigh,
  ],
};

/**
 * Networks: activation, scheme, gain, std of the biases, width, depth, and how many of the bands of each kind are drawn.
 * @type {[string, string, number, number, number, number, { z: number, a: number, delta: number }][]}
 */
const ROWS = [
  ['linear', 'lecun-normal', 1, 0, 2, 40, { z: 40, a: 40, delta: 40 }],
  ['relu', 'he-normal', 1, 0, 2, 5, { z: 1, a: 0, delta: 0 }],
  ['relu', 'he-normal', 1, 0, 8, 10, { z: 3, a: 2, delta: 0 }],
  ['relu', 'he-normal', 1, 0, 16, 20, { z: 20, a: 20, delta: 20 }],
  ['relu', 'he-uniform', 1.2, 0.3, 16, 15, { z: 15, a: 15, delta: 15 }],
  ['leaky-relu', 'he-uniform', 1, 0, 32, 8, { z: 8, a: 8, delta: 8 }],
  ['tanh', 'lecun-normal', 1, 0, 3, 8, { z: 1, a: 0, delta: 0 }],
  ['tanh', 'lecun-normal', 1, 0, 8, 30, { z: 30, a: 30, delta: 30 }],
  ['tanh', 'lecun-uniform', 2, 0.3, 6, 12, { z: 12, a: 12, delta: 12 }],
  ['sigmoid', 'lecun-normal', 3, 1, 5, 12, { z: 12, a: 12, delta: 12 }],
  ['selu', 'lecun-normal', 1, 0, 8, 20, { z: 20, a: 20, delta: 20 }],
  ['gelu', 'he-normal', 1, 0, 16, 8, { z: 8, a: 8, delta: 8 }],
  ['gelu', 'he-normal', 3, 0, 5, 8, { z: 1, a: 0, delta: 0 }],
  ['silu', 'he-normal', 1, 0, 12, 8, { z: 8, a: 8, delta: 8 }],
  ['sin', 'lecun-normal', 1, 0, 16, 10, { z: 10, a: 10, delta: 10 }],
];

for (const [activation, scheme, gain, std, width, depth, drawn] of ROWS) {
  test(`${activation}, ${scheme} x ${gain}, biases ${std}, width ${width}: at least 95 % lie in the band, or none is drawn`, (t) => {
    const bias = { name: 'normal', std };
    const spec = { layers: stack({ depth, width }), activation, scheme, gain, bias, batch: 1, backward: true };
    const nets = Array.from({ length: SEEDS }, (_, i) => engine.run({ ...spec, seed: 7_000_001 + i }).layers);
    for (const [kind, read] of Object.entries(COUNTED)) {
      const shares = nets[0].flatMap((layer, l) => {
        const [, low, high] = read(layer);
        if (Number.isNaN(low) || low === undefined || high === undefined) return [];
        return nets.filter((net) => Number(read(net[l])[0]) >= low && Number(read(net[l])[0]) <= high).length / SEEDS;
      });
      assert.equal(shares.length, kind === 'gradient' ? drawn.delta : drawn[/** @type {'z'} */ (kind)], kind);
      if (shares.length === 0) continue;
      const [least, mean] = [Math.min(...shares), shares.reduce((sum, share) => sum + share, 0) / shares.length];
      t.diagnostic(
        `${kind}: ${(100 * least).toFixed(1)} % in the worst of ${shares.length} layers, mean ${(100 * mean).toFixed(1)} %`,
      );
      assert.ok(least > 0.95 - 4 * ERROR && mean > 0.95 - 2 * ERROR, `${kind}: least ${least}, mean ${mean}`);
    }
  });
}
