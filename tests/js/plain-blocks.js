/**
 * plain-blocks.js: norms, residual sums, gated units and PReLU in plain double precision, forward and backward. It follows the definition, not
 * the C code. Shapes are in plain.js.
 */

import { PHI, SLOPE } from './reference.js';

/** @typedef {import('./plain.js').Shape} Shape */

/** Whether a layer without weights is one of these. @param {Shape} shape */
export const isBlock = ({ pooling }) => /norm$|^add$|glu$|^prelu$/.test(pooling ?? '');

const EPSILON = { 'layer-norm': 1e-5, 'rms-norm': 1.1920928955078125e-7, 'batch-norm': 1e-5 };

/**
 * The places of the numbers that are normalized together: those of a row, or of a channel.
 * @param {Shape} shape @param {number} count numbers in all
 */
function familiesOf({ pooling, channelsOut }, count) {
  const rows = count / channelsOut;
  if (pooling !== 'batch-norm')
    return Array.from({ length: rows }, (_, r) => Array.from({ length: channelsOut }, (_, c) => r * channelsOut + c));
  return Array.from({ length: channelsOut }, (_, c) => Array.from({ length: rows }, (_, r) => r * channelsOut + c));
}

/** The activation of the second half of gated units. @type {Record<string, string>} */
const GATE = { glu: 'sigmoid', swiglu: 'silu', geglu: 'gelu' };

/** Each number of the output of gated units, with the places of the two that it comes from.
 * @param {Shape} shape @param {number} count numbers of the output
 * @param {(out: number, first: number, second: number) => void} visit */
function eachGate({ channelsIn, channelsOut }, count, visit) {
  for (let out = 0; out < count; out++) {
    const first = Math.floor(out / channelsOut) * channelsIn + (out % channelsOut);
    visit(out, first, first + channelsOut);
  }
}

/** @param {Shape} shape @param {Float64Array} a */
function gate(shape, a) {
  const z = new Float64Array(a.length / 2);
  const phi = PHI[GATE[String(shape.pooling)]];
  eachGate(shape, z.length, (out, first, second) => {
    z[out] = a[first] * phi(a[second]);
  });
  return z;
}

/** @param {Shape} shape @param {Float64Array} a @param {Float64Array} deltas */
function gateBack(shape, a, deltas) {
  const below = new Float64Array(a.length);
  const [phi, slope] = [PHI, SLOPE].map((table) => table[GATE[String(shape.pooling)]]);
  eachGate(shape, deltas.length, (out, first, second) => {
    below[first] = deltas[out] * phi(a[second]);
    below[second] = deltas[out] * a[first] * slope(a[second]);
  });
  return below;
}

/** @param {Shape} shape */
const isGate = ({ pooling }) => String(pooling) in GATE;

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Mean, and the root that the rest is divided by, of one family. @param {Shape} shape @param {number[]} values */
function momentsOf({ pooling, block }, values) {
  const centre = pooling === 'rms-norm' ? 0 : mean(values);
  const epsilon = block.epsilon ?? /** @type {any} */ (EPSILON)[/** @type {string} */ (pooling)];
  return { centre, root: Math.sqrt(mean(values.map((v) => (v - centre) ** 2)) + epsilon) };
}

/**
 * By how much a norm may enlarge a rounding error of its input, at most: the rms of a family over its root.
 * @param {Shape} shape @param {Float64Array} a the layer below
 */
export const conditionOf = (shape, a) =>
  Math.max(
    ...familiesOf(shape, a.length).map((family) => {
      const values = family.map((i) => a[i]);
      return Math.sqrt(mean(values.map((v) => v * v))) / momentsOf(shape, values).root;
    }),
  );

/** The output. @param {Shape} shape @param {Float64Array} a the layer below @param {Float64Array} stream */
export function block(shape, a, stream) {
  const { stream: alpha = 1, branch: beta = 1, gain = 1, slope = 0.25 } = shape.block;
  if (isGate(shape)) return gate(shape, a);
  if (shape.pooling === 'prelu') return a.map((v) => (v > 0 ? v : slope * v));
  if (shape.pooling === 'add') return a.map((v, i) => alpha * stream[i] + beta * v);
  const z = new Float64Array(a.length);
  for (const family of familiesOf(shape, a.length)) {
    const { centre, root } = momentsOf(
      shape,
      family.map((i) => a[i]),
    );
    for (const i of family) z[i] = (gain * (a[i] - centre)) / root;
  }
  return z;
}

/** What a layer passes back: to the layer below, and to the stream. @param {Shape} shape @param {Float64Array} a
 * @param {Float64Array} deltas */
export function blockBack(shape, a, deltas) {
  const { stream: alpha = 1, branch: beta = 1, gain = 1, slope = 0.25 } = shape.block;
  if (isGate(shape)) return { below: gateBack(shape, a, deltas), stream: new Float64Array(0) };
  if (shape.pooling === 'prelu')
    return { below: deltas.map((d, i) => (a[i] > 0 ? d : slope * d)), stream: new Float64Array(0) };
  if (shape.pooling === 'add') return { below: deltas.map((d) => beta * d), stream: deltas.map((d) => alpha * d) };
  const below = new Float64Array(a.length);
  for (const family of familiesOf(shape, a.length)) {
    const { centre, root } = momentsOf(
      shape,
      family.map((i) => a[i]),
    );
    /* dz_j / da_i, one by one: the Jacobian of the definition */
    const normal = family.map((i) => (a[i] - centre) / root);
    const centred = shape.pooling === 'rms-norm' ? 0 : 1 / family.length;
    family.forEach((i, p) => {
      family.forEach((j, q) => {
        const slope = (Number(p === q) - centred - (normal[p] * normal[q]) / family.length) / root;
        below[i] += gain * slope * deltas[j];
      });
    });
  }
  return { below, stream: new Float64Array(0) };
}
