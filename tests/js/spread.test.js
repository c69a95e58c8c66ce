/*
 * How far networks with different seeds lie apart. Theory gives the std of the log of activations, deltas and weight
 * gradients for one input; it is compared with the spread over seeds. The means are in meanfield.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';

const engine = await loadEngine();

const [SEEDS, WIDTH, DEPTH] = [300, 200, 6];

/** @param {number[]} values */
function varianceOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/* The variance of n normal values has a relative standard error of sqrt(2 / (n - 1)) = 8 %; four of these are 33 %. Theory
 * is of first order in 1 / width. The second order, here up to 10 %, is small beside that. */
const TOLERANCE = 4 * Math.sqrt(2 / (SEEDS - 1));

for (const [activation, scheme, gain, bias] of /** @type {[string, string, number, number][]} */ ([
  ['relu', 'he-normal', 1, 0],
  ['linear', 'lecun-normal', 1, 0.5],
  ['tanh', 'lecun-normal', 3, 0.3],
  ['sigmoid', 'lecun-normal', 4, 1],
  ['selu', 'lecun-normal', 1, 0.2],
  ['gelu', 'he-normal', 0.9, 0.3],
  ['hardtanh', 'lecun-truncated', 2, 0.5],
  ['sin', 'lecun-normal', 1.5, 0],
  ['softsign', 'lecun-uniform', 2, 0.1],
])) {
  test(`${activation}, ${scheme} x ${gain}, biases ${bias}: networks spread as theory says, forward and backward`, (t) => {
    const nets = Array.from({ length: SEEDS }, (_, seed) => {
      const biases = { name: 'normal', std: bias };
      const layers = stack({ depth: DEPTH, width: WIDTH });
      return engine.run({ layers, activation, scheme, gain, bias: biases, batch: 1, seed, backward: true }).layers;
    });
    let worst = 0;
    nets[0].forEach(({ theory, backTheory }, i) => {
      assert.ok(theory && backTheory);
      /** @type {['preactivations' | 'activations' | 'deltas' | 'weightGradients', number][]} */
      const stds = [
        ['preactivations', theory.zLogStd],
        ['activations', theory.aLogStd],
        ['deltas', backTheory.deltaLogStd],
        ['weightGradients', backTheory.gradientLogStd],
      ];
      for (const [tensor, std] of stds) {
        const off = varianceOf(nets.map((net) => 2 * Math.log(Number(net[i][tensor]?.rms)))) / std ** 2 - 1;
        assert.ok(Math.abs(off) < TOLERANCE, `${tensor} of layer ${i + 1}: off by ${off}`);
        worst = Math.max(worst, Math.abs(off));
      }
    });
    t.diagnostic(`worst: off by ${(100 * worst).toFixed(0)} %, of ${(100 * TOLERANCE).toFixed(0)} %`);
  });
}
