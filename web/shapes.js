/**
 * shapes.js: the shapes of kernels whose fans can be asked for, and the check that names what is wrong with one. Pure; the
 * counting itself is in c/fans.c.
 */

import { refuse, requireFields, requireOneOf, requireWhole } from './spec.js';

/**
 * What engine.fans counts: a dense layer, or a convolution of one to three dimensions. Depthwise: groups = channelsIn.
 * @typedef {{ kind: 'dense', inputs: number, units: number }} DenseShape
 * @typedef {{ kind: 'conv', kernel: number[], channelsIn: number, channelsOut: number, groups?: number,
 *   transposed?: boolean }} ConvShape
 * @typedef {'true' | 'pytorch' | 'keras' | 'jax'} Convention
 */

/* CONVENTION_* of c/initscope.h, in their order */
export const CONVENTIONS = ['true', 'pytorch', 'keras', 'jax'];

const LARGEST_SHAPE = 2 ** 31 - 1;
const SHAPE_FIELDS = {
  dense: ['kind', 'inputs', 'units'],
  conv: ['kind', 'kernel', 'channelsIn', 'channelsOut', 'groups', 'transposed'],
};

/**
 * A shape as a convolution: its size is the product of the kernel's sides.
 * @param {unknown} shape
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
  if (!Array.isArray(kernel) || kernel.length < 1 || kernel.length > 3)
    refuse('layer.kernel', kernel, 'an array of 1 to 3 sides');
  const size = kernel.reduce((product, side, i) => product * whole(`layer.kernel[${i}]`, side), 1);
  const channelsIn = whole('layer.channelsIn', given.channelsIn);
  const channelsOut = whole('layer.channelsOut', given.channelsOut);
  if (channelsIn % whole('layer.groups', groups) !== 0 || channelsOut % groups !== 0) {
    refuse('layer.groups', groups, `a divisor of ${channelsIn} and of ${channelsOut}, the channels`);
  }
  if (typeof transposed !== 'boolean') refuse('layer.transposed', transposed, 'true or false');
  return { size, channelsIn, channelsOut, groups, transposed };
}
