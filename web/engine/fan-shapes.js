/**
 * fan-shapes.js: the shapes whose fans engine.fans counts, and the check of them. They may have more dimensions than
 * layers have, and no size of images.
 *
 * Pure. It does not count: c/fans.c does. The shapes of a network's layers are in shapes.js.
 */

import { requireBoolean, requireFields, requireGroups, requireOneOf, requireSides, requireWhole } from './check.js';

/**
 * A shape whose fans engine.fans counts: a dense layer, or a convolution of one to three dimensions. A depthwise
 * convolution has groups = channelsIn.
 * @typedef {{ kind: 'dense', inputs: number, units: number }} DenseShape
 * @typedef {{ kind: 'conv', kernel: number[], channelsIn: number, channelsOut: number, groups?: number,
 *   transposed?: boolean }} ConvShape
 */

const LARGEST_SHAPE = 2 ** 31 - 1;
const SHAPE_FIELDS = {
  dense: ['kind', 'inputs', 'units'],
  conv: ['kind', 'kernel', 'channelsIn', 'channelsOut', 'groups', 'transposed'],
};

/**
 * Checks a shape and returns it as a convolution. `size` is the product of the kernel's sides; a dense layer's is 1.
 * @param {unknown} shape a DenseShape or a ConvShape
 * @returns {{ size: number, channelsIn: number, channelsOut: number, groups: number, transposed: boolean }}
 */
export function checkShape(shape) {
  const whole = (/** @type {string} */ field, /** @type {unknown} */ value) =>
    requireWhole(field, value, 1, LARGEST_SHAPE);
  const kind = requireOneOf('layer.kind', /** @type {any} */ (shape)?.kind, Object.keys(SHAPE_FIELDS));
  const given = requireFields('layer', shape, SHAPE_FIELDS[/** @type {'dense' | 'conv'} */ (kind)]);
  if (kind === 'dense') {
    const [channelsIn, channelsOut] = [whole('layer.inputs', given.inputs), whole('layer.units', given.units)];
    return { size: 1, channelsIn, channelsOut, groups: 1, transposed: false };
  }
  const { kernel, groups = 1, transposed = false } = given;
  const sides = requireSides('layer.kernel', kernel, 1, 3);
  const size = sides.reduce((/** @type {number} */ product, side, i) => product * whole(`layer.kernel[${i}]`, side), 1);
  const channelsIn = whole('layer.channelsIn', given.channelsIn);
  const channelsOut = whole('layer.channelsOut', given.channelsOut);
  requireGroups('layer.groups', groups, channelsIn, channelsOut, LARGEST_SHAPE);
  requireBoolean('layer.transposed', transposed);
  return { size, channelsIn, channelsOut, groups, transposed };
}
