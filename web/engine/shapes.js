/**
 * shapes.js: the shapes of a network's layers, and of kernels whose fans can be asked for, and the checks that name
 * what is wrong with one. Pure; the counting of fans is in c/fans.c.
 */

import { requireBoolean, requireFields, requireOneOf, requireSides, requireWhole } from './check.js';
import { refuse } from './refusal.js';
import { CONVENTIONS, LIMITS, PADDINGS, POOLS } from './tables.js';

/**
 * What engine.fans counts: a dense layer, or a convolution of one to three dimensions. Depthwise: groups = channelsIn.
 * @typedef {{ kind: 'dense', inputs: number, units: number }} DenseShape
 * @typedef {{ kind: 'conv', kernel: number[], channelsIn: number, channelsOut: number, groups?: number,
 *   transposed?: boolean }} ConvShape
 * @typedef {(typeof CONVENTIONS)[number]} Convention 'channels': the mistake of leaving the kernel's size out
 */

const LARGEST_SHAPE = 2 ** 31 - 1;
const SHAPE_FIELDS = {
  dense: ['kind', 'inputs', 'units'],
  conv: ['kind', 'kernel', 'channelsIn', 'channelsOut', 'groups', 'transposed'],
};

/** @param {string} field @param {unknown} groups @param {number} channelsIn @param {number} channelsOut
 * @param {number} most */
function requireGroups(field, groups, channelsIn, channelsOut, most) {
  const count = requireWhole(field, groups, 1, most);
  if (channelsIn % count === 0 && channelsOut % count === 0) return;
  refuse('groupsDivide', field, groups, { channelsIn, channelsOut });
}

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
  const sides = requireSides('layer.kernel', kernel, 1, 3);
  const size = sides.reduce((/** @type {number} */ product, side, i) => product * whole(`layer.kernel[${i}]`, side), 1);
  const channelsIn = whole('layer.channelsIn', given.channelsIn);
  const channelsOut = whole('layer.channelsOut', given.channelsOut);
  requireGroups('layer.groups', groups, channelsIn, channelsOut, LARGEST_SHAPE);
  requireBoolean('layer.transposed', transposed);
  return { size, channelsIn, channelsOut, groups, transposed };
}

/** What the shape of a layer of each kind is given by. */
export const LAYER_SHAPE_FIELDS = {
  dense: ['inputs', 'units', 'pool'],
  conv: ['kernel', 'channelsIn', 'channelsOut', 'size', 'stride', 'padding', 'groups'],
};

/**
 * What a layer takes or gives of one example; a dense layer's is 1 x 1. A checked layer: its weights are a matrix of
 * (rows, out.channels); `pool` is a place in POOLS; `conv` what only a convolution has, `padding` a place in PADDINGS.
 * @typedef {{ height: number, width: number, channels: number }} Extent
 * @typedef {{ kernel: [height: number, width: number], stride: number, padding: number, groups: number }} Conv
 * @typedef {{ in: Extent, out: Extent, rows: number, pool: number, conv: Conv | null }} LayerShape
 */

/**
 * @param {Record<string, number>} limits @param {string} field @param {any} layer with its kind
 * @param {LayerShape | null} below
 * @returns {LayerShape}
 */
export const checkLayerShape = (limits, field, layer, below) =>
  layer.kind === 'dense' ? checkDense(limits, field, layer, below) : checkConv(limits, field, layer, below);

/** Larger than any limit of the engine, for where those are not at hand. */
const NO_LIMITS = { inputs: Infinity, units: Infinity, kernel: Infinity, channels: Infinity, side: Infinity };

/** The shapes of a network's layers. @param {any[]} layers of a spec @returns {LayerShape[]} */
export function shapesOfLayers(layers) {
  /** @type {LayerShape[]} */
  const shapes = [];
  layers.forEach((layer, i) => {
    shapes.push(checkLayerShape(NO_LIMITS, `layers[${i}]`, layer, shapes[i - 1] ?? null));
  });
  return shapes;
}

/**
 * The layer whose images are shown where one is chosen: of a head, which is dense, the last convolution.
 * @param {import('./spec.js').Layer[]} layers of a spec
 * @param {number} chosen
 */
export const layerShown = (layers, chosen) =>
  Math.min(chosen, layers.filter(({ kind }) => kind === 'conv').length || chosen);

/**
 * A field that is needed of the first layer, and must else equal what is below.
 * @param {string} field @param {unknown} value @param {number | undefined} below @param {number} most
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

/** Both sides of something. @param {string} field @param {unknown} sides @param {number} most @returns {number[]} */
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
