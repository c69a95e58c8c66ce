/**
 * compared.js: compares every tensor of the engine with the same network in plain double precision (network.js). Which
 * networks are compared is up to the tests.
 */
import assert from 'node:assert/strict';
import { activationName } from '../../web/engine/activations.js';
import { backward, netOf } from './network.js';
import { inputsOf } from './plain.js';
import { conditionOf } from './plain-blocks.js';
import { windowsOf } from './plain-pool.js';
import { difference } from './reference.js';

/** @typedef {import('./network.js').Net} Net */

/** Activations whose slope breaks at 0. @type {any[]} */
const BROKEN = ['relu', 'leaky-relu', 'elu'];

/** Whether rounding may choose the other slope of ReLU or PReLU, because some z is that close to 0. @param {Net} net
 * @param {{ preactivations: Float64Array }[]} layers */
function hasDoubtfulSlope({ activations, shapes }, layers) {
  return layers.some(({ preactivations }, i) => {
    const rms = Math.sqrt(preactivations.reduce((sum, z) => sum + z * z, 0) / preactivations.length);
    const breaks = BROKEN.includes(activationName(activations[i])) || shapes[i + 1]?.pooling === 'prelu';
    return breaks && preactivations.some((z) => z !== 0 && Math.abs(z) < 2e-6 * rms);
  });
}

/** Whether rounding may choose another maximum, because two values of a window are that close. @param {Net} net
 * @param {{ activations: Float64Array }[]} layers */
function hasDoubtfulMaximum({ shapes, input }, layers) {
  return shapes.some((shape, l) => {
    if (shape.pooling !== 'max') return false;
    const a = l === 0 ? input : layers[l - 1].activations;
    const close = 2e-6 * Math.sqrt(a.reduce((sum, v) => sum + v * v, 0) / a.length);
    return windowsOf(shape, a.length / inputsOf(shape)).some((window) => {
      const top = Math.max(...window.map((i) => a[i]));
      return new Set(window.map((i) => a[i]).filter((v) => top - v < close)).size > 1;
    });
  });
}

/** What norms may make of a rounding error: the product over the layers. @param {Net} net
 * @param {{ activations: Float64Array }[]} layers */
const conditionIn = ({ shapes, input }, layers) =>
  shapes.reduce((product, shape, l) => {
    const below = l === 0 ? input : layers[l - 1].activations;
    return /norm$/.test(shape.pooling ?? '') ? product * Math.max(1, conditionOf(shape, below)) : product;
  }, 1);

/** Networks whose norms divide by so little are not compared. */
const ILL = 20;

/* Rounding: single precision sums 64 terms, and then those sums. It errs by about 2^-24 (sqrt(64) + sqrt(n / 64)) of the
 * size of a term, 7e-7 for the n < 1000 of most shapes. Three layers forward and three backward add up to 2e-6. The worst
 * of a million values lies about five times as far out. A wrong term would be off by 1e-2. Norms enlarge errors by their
 * condition on the way forward, and once more on the way back. */
const TOLERANCE = 1e-5;

/** Shares of tensors with a signal and of specs whose backward pass was not compared; and the worst difference.
 * @param {any} engine @param {any[]} specs */
export function compareAll(engine, specs) {
  let [living, tensors, doubtful, worst] = [0, 0, 0, 0];
  for (const spec of specs) {
    const net = netOf(engine, spec);
    const { layers } = backward(net);
    const condition = conditionIn(net, layers);
    const doubt = hasDoubtfulSlope(net, layers) || hasDoubtfulMaximum(net, layers) || condition > ILL;
    doubtful += Number(doubt);
    for (const [i, expected] of layers.entries()) {
      for (const [name, values] of Object.entries(expected)) {
        const isForward = name.endsWith('activations');
        if (condition > ILL || (doubt && !isForward)) continue;
        const got = engine.tensor(spec, name, i + 1);
        const where = `${name} of layer ${i + 1}, batch ${spec.batch}, ${JSON.stringify(spec.layers)}`;
        assert.equal(got.length, values.length, where);
        const off = difference(got, values);
        assert.ok(off < TOLERANCE * (isForward ? condition : condition ** 2), `off by ${off}: ${where}`);
        worst = Math.max(worst, off);
        living += Number(values.some((v) => v !== 0));
        tensors++;
      }
    }
  }
  return { living: living / tensors, doubtful: doubtful / specs.length, worst };
}
