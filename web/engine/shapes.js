/**
 * shapes.js: the shapes of a network's layers, and the shapes whose fans engine.fans counts. It checks them, and works
 * out each layer's input and output.
 *
 * Pure. It does not count fans: c/fans.c does. A layer's scheme, gain and bias are checked in spec.js.
 */

import { requireBoolean, requireFields, requireOneOf, requireSides, requireWhole } from './check.js';
import { refuse } from './refusal.js';
import { CONVENTIONS, LIMITS, PADDINGS, POOLS } from './tables.js';

/**
 * A shape whose fans engine.fans counts: a dense layer, or a convolution of one to three dimensions. A depthwise
 * convolution has groups = channelsIn.
 * @typedef {{ kind: 'dense', inputs: number, units: number }} DenseShape
 * @typedef {{ kind: 'conv', kernel: number[], channelsIn: number, channelsOut: number, groups?: number,
 *   transposed?: boolean }} ConvShape
 *
 * How fans are counted. 'true': as they are. 'channels': a common mistake that leaves out the size of the kernel. The
 * others: as that library counts them.
 * @typedef {(typeof CONVENTIONS)[number]} Convention
 */

const LARGEST_SHAPE = 2 ** 31 - 1;
const SHAPE_FIELDS = {
  dense: ['kind', 'inputs', 'units'],
  conv: ['kind', 'kernel', 'channelsIn', 'channelsOut', 'groups', 'transposed'],
};

/** The groups must divide both numbers of channels. @param {string} field @param {unknown} groups
 * @param {number} channelsIn @param {number} channelsOut @param {number} most groups */
function requireGroups(field, groups, channelsIn, channelsOut, most) {
  const count = requireWhole(field, groups, 1, most);
  if (channelsIn % count === 0 && channelsOut % count === 0) return;
  refuse('groupsDivide', field, groups, { channelsIn, channelsOut });
}

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

/** The fields of a spec that give the shape of a layer, by kind. */
export const LAYER_SHAPE_FIELDS = {
  dense: ['inputs', 'units', 'pool'],
  conv: ['kernel', 'channelsIn', 'channelsOut', 'size', 'stride', 'padding', 'groups'],
};

/**
 * The input or output of a layer for one example. A dense layer's has height 1 and width 1.
 * @typedef {{ height: number, width: number, channels: number }} Extent
 *
 * What only a convolution has. `padding` is an index in PADDINGS.
 * @typedef {{ kernel: [height: number, width: number], stride: number, padding: number, groups: number }} Conv
 *
 * @typedef {object} LayerShape the shape of a checked layer
 * @property {Extent} in
 * @property {Extent} out
 * @property {number} rows the weights are a matrix (rows, out.channels)
 * @property {number} pool index in POOLS
 * @property {Conv | null} conv null for a dense layer
 */

/**
 * Checks the shape of one layer.
 * @param {Record<string, number>} limits of the engine
 * @param {string} field path of the layer, such as layers[1]
 * @param {any} layer as in the spec; its kind has been checked
 * @param {LayerShape | null} below the layer before; null for the first
 * @returns {LayerShape}
 */
export const checkLayerShape = (limits, field, layer, below) =>
  layer.kind === 'dense' ? checkDense(limits, field, layer, below) : checkConv(limits, field, layer, below);

/** For callers who want shapes, not checks. */
const NO_LIMITS = { inputs: Infinity, units: Infinity, kernel: Infinity, channels: Infinity, side: Infinity };

/** The shapes of all layers, without the engine's limits. @param {any[]} layers of a spec @returns {LayerShape[]} */
export function shapesOfLayers(layers) {
  /** @type {LayerShape[]} */
  const shapes = [];
  layers.forEach((layer, i) => {
    shapes.push(checkLayerShape(NO_LIMITS, `layers[${i}]`, layer, shapes[i - 1] ?? null));
  });
  return shapes;
}

/**
 * The layer whose images are shown: the chosen one. Where that is the head, it is the last convolution.
 * @param {import('./spec.js').Layer[]} layers of a spec
 * @param {number} chosen layer, from 1
 */
export const layerShown = (layers, chosen) =>
  Math.min(chosen, layers.filter(({ kind }) => kind === 'conv').length || chosen);

/**
 * Checks a field that only the first layer needs. In later layers it must equal the output below, or be left out.
 * @param {string} field
 * @param {unknown} value
 * @param {number | undefined} below undefined in the first layer
 * @param {number} most
 */
function belowOr(field, value, below, most) {
  if (below === undefined) return requireWhole(field, value, 1, most);
  return value === undefined || value === below ? below : refuse('unlikeBelow', field, value, { needed: below });
}

/** @type {typeof checkLayerShape} */
function checkDense(limits, field, { inputs, units, pool = 'flatten' }, below) {
  const place = POOLS.indexOf(requireOneOf(`${field}.pool`, pool, POOLS.slice(1)));
  const places = below && pool === 'flatten' ? below.out.height * below.out.width : 1;
  const rows = belowOr(`${field}.inputs`, inputs, below ? places * below.out.channels : undefined, limits.inputs);
  const out = { height: 1, width: 1, channels: requireWhole(`${field}.units`, units, 1, limits.units) };
  const most = Math.floor(LIMITS.weights / rows);
  if (out.channels > most) {
    refuse('tooManyWeights', `${field}.units`, units, { most, inputs: rows, mostWeights: LIMITS.weights });
  }
  return { in: { height: 1, width: 1, channels: rows }, out, rows, pool: place, conv: null };
}

/** A height and a width. @param {string} field @param {unknown} sides @param {number} most @returns {number[]} */
function requireBoth(field, sides, most) {
  const both = requireSides(field, sides, 2, 2);
  return both.map((side, i) => requireWhole(`${field}[${i}]`, side, 1, most));
}

/** @type {typeof checkLayerShape} */
function checkConv(limits, field, layer, below) {
  if (below && !below.conv) refuse('convAfterDense', `${field}.kind`, 'conv', ['dense']);
  const { stride = 1, padding = 'same', groups = 1 } = layer;
  const kernel = requireBoth(`${field}.kernel`, layer.kernel, limits.kernel);
  const channels = belowOr(`${field}.channelsIn`, layer.channelsIn, below?.out.channels, limits.channels);
  const channelsOut = requireWhole(`${field}.channelsOut`, layer.channelsOut, 1, limits.channels);
  const size = below ? [below.out.height, below.out.width] : requireBoth(`${field}.size`, layer.size, limits.side);
  if (below && layer.size !== undefined) {
    requireBoth(`${field}.size`, layer.size, limits.side).forEach((side, i) => {
      belowOr(`${field}.size[${i}]`, side, size[i], limits.side);
    });
  }
  requireWhole(`${field}.stride`, stride, 1, LIMITS.stride);
  const place = PADDINGS.indexOf(requireOneOf(`${field}.padding`, padding, PADDINGS));
  requireGroups(`${field}.groups`, groups, channels, channelsOut, channels);
  const [height, width] = size.map((side, i) => {
    if (padding === 'same') return Math.ceil(side / stride);
    if (kernel[i] > side) {
      const images = /** @type {[number, number]} */ ([size[0], size[1]]);
      refuse('kernelOverImage', `${field}.kernel[${i}]`, kernel[i], { most: side, images });
    }
    return Math.floor((side - kernel[i]) / stride) + 1;
  });
  return {
    in: { height: size[0], width: size[1], channels },
    out: { height, width, channels: channelsOut },
    rows: (kernel[0] * kernel[1] * channels) / groups,
    pool: 0,
    conv: { kernel: [kernel[0], kernel[1]], stride, padding: place, groups },
  };
}
