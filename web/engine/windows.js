/**
 * windows.js: the layers that go over images: convolutions, transposed convolutions and pooling, and flatten, which ends
 * them. It checks their fields and works out their output.
 *
 * Pure. Which kinds of layer there are is in shapes.js.
 */

import { requireBelow, requireGroups, requireOneOf, requireSides, requireWeights, requireWhole } from './check.js';
import { AFTER_VECTOR } from './kinds.js';
import { refuse } from './refusal.js';
import { LIMITS, PADDINGS } from './tables.js';

/**
 * @typedef {import('./shapes.js').Extent} Extent
 * @typedef {import('./shapes.js').Padding} Padding
 * @typedef {import('./shapes.js').ShapeCheck} ShapeCheck
 * @typedef {import('./shapes.js').LayerShape} LayerShape
 * @typedef {[height: number, width: number]} Sides
 */

/** A height and a width. @param {string} field @param {unknown} sides @param {number} most @returns {Sides} */
function requireBoth(field, sides, most) {
  const [height, width] = requireSides(field, sides, 2, 2).map((side, i) =>
    requireWhole(`${field}[${i}]`, side, 1, most),
  );
  return [height, width];
}

/**
 * The images that a layer gets: of the layer before, or by the fields of the first layer.
 * @param {Record<string, number>} limits @param {string} field @param {any} layer
 * @param {LayerShape | null} below
 * @returns {Extent}
 */
export function imagesBelow(limits, field, layer, below) {
  const given = below ? [below.out.height, below.out.width] : requireBoth(`${field}.size`, layer.size, limits.side);
  if (below && layer.size !== undefined) {
    requireBoth(`${field}.size`, layer.size, limits.side).forEach((side, i) => {
      requireBelow(`${field}.size[${i}]`, side, given[i], limits.side);
    });
  }
  const [height, width] = given;
  // a vector is one image of 1 x 1
  const isVector = height * width === 1 && AFTER_VECTOR.includes(layer.kind);
  const most = isVector ? limits.inputs : limits.channels;
  const channels = requireBelow(`${field}.channelsIn`, layer.channelsIn, below?.out.channels, most);
  return { height, width, channels };
}

/** A layer with a window needs images before it. @param {string} field @param {string} kind
 * @param {LayerShape | null} below */
function requireImages(field, kind, below) {
  if (below?.vector) refuse('convAfterDense', `${field}.kind`, kind, AFTER_VECTOR);
}

/** @param {string} field @param {unknown} padding @param {number} most @returns {Padding} */
const requirePadding = (field, padding, most) =>
  typeof padding === 'number'
    ? requireWhole(field, padding, 0, most)
    : /** @type {Padding} */ (requireOneOf(field, padding, PADDINGS));

/** The output along one side; 0 or less if the window is too large. @param {number} side @param {number} window
 * @param {number} stride @param {Padding} padding */
function outputsAlong(side, window, stride, padding) {
  if (padding === 'same') return Math.ceil(side / stride);
  return Math.floor((side + 2 * zerosOf(padding) - window) / stride) + 1;
}

/** Zeros on one side. @param {Padding} padding not 'same' */
const zerosOf = (padding) => (typeof padding === 'number' ? padding : 0);

/** Images may not be larger than the limit. @param {string} field that makes them so large @param {unknown} value
 * @param {Sides} images @param {number} most */
function requireSmall(field, value, images, most) {
  if (Math.max(...images) > most) refuse('imagesTooLarge', field, value, { most, images });
}

/**
 * The sides of the output under a window.
 * @param {Extent} images
 * @param {{ window: Sides, stride: number, padding: Padding }} pooling
 * @param {string} field of the window
 * @param {'kernelOverImage' | 'windowOverImage'} code if the window is larger than the padded images
 * @returns {Sides}
 */
function sidesUnder({ height, width }, { window, stride, padding }, field, code) {
  const [tall, wide] = [height, width].map((side, i) => {
    const out = outputsAlong(side, window[i], stride, padding);
    if (out > 0) return out;
    const range = { most: side + 2 * zerosOf(padding), images: /** @type {Sides} */ ([height, width]) };
    return refuse(code, `${field}[${i}]`, window[i], range);
  });
  return [tall, wide];
}

/** @type {ShapeCheck} */
export function checkConv(limits, field, layer, below) {
  requireImages(field, layer.kind, below);
  const { stride = 1, padding = 'same', groups = 1 } = layer;
  const kernel = requireBoth(`${field}.kernel`, layer.kernel, limits.kernel);
  const images = imagesBelow(limits, field, layer, below);
  const channelsOut = requireWhole(`${field}.channelsOut`, layer.channelsOut, 1, limits.channels);
  requireWhole(`${field}.stride`, stride, 1, LIMITS.stride);
  const zeros = requirePadding(`${field}.padding`, padding, Math.min(...kernel) - 1);
  requireGroups(`${field}.groups`, groups, images.channels, channelsOut, images.channels);
  const [height, width] = sidesUnder(
    images,
    { window: kernel, stride, padding: zeros },
    `${field}.kernel`,
    'kernelOverImage',
  );
  requireSmall(`${field}.padding`, padding, [height, width], limits.side);
  return {
    kind: 'conv',
    in: images,
    out: { height, width, channels: channelsOut },
    rows: (kernel[0] * kernel[1] * images.channels) / groups,
    pool: 0,
    conv: { kernel, stride, padding: zeros, groups, outputPadding: null },
    pooling: null,
  };
}

/** As PyTorch defines it: out = (in - 1) stride - 2 padding + kernel + outputPadding. @type {ShapeCheck} */
export function checkTransposed(limits, field, layer, below) {
  const { stride = 1, padding: cut = 0, outputPadding: added = 0, groups = 1 } = layer;
  const kernel = requireBoth(`${field}.kernel`, layer.kernel, limits.kernel);
  const images = imagesBelow(limits, field, layer, below);
  const channelsOut = requireWhole(`${field}.channelsOut`, layer.channelsOut, 1, limits.channels);
  requireWhole(`${field}.stride`, stride, 1, LIMITS.stride);
  const outputPadding = requireWhole(`${field}.outputPadding`, added, 0, stride - 1);
  const uncut = [images.height, images.width].map((side, i) => (side - 1) * stride + kernel[i] + outputPadding);
  const most = Math.min(...kernel.map((side) => side - 1), ...uncut.map((side) => Math.floor((side - 1) / 2)));
  const padding = requireWhole(`${field}.padding`, cut, 0, most);
  requireGroups(`${field}.groups`, groups, images.channels, channelsOut, images.channels);
  const [height, width] = uncut.map((side) => side - 2 * padding);
  requireSmall(`${field}.stride`, stride, [height, width], limits.side);
  const rows = (kernel[0] * kernel[1] * images.channels) / groups;
  requireWeights(`${field}.channelsOut`, channelsOut, rows);
  return {
    kind: 'transposed-conv',
    in: images,
    out: { height, width, channels: channelsOut },
    rows,
    pool: 0,
    conv: { kernel, stride, padding, groups, outputPadding },
    pooling: null,
  };
}

/** A layer without weights. @param {any} layer @param {Extent} images @param {Extent} out
 * @param {LayerShape['pooling']} pooling @returns {LayerShape} */
export const weightless = ({ kind }, images, out, pooling) => ({
  kind,
  in: images,
  out,
  rows: 0,
  pool: 0,
  conv: null,
  pooling,
});

/** @type {ShapeCheck} */
export function checkPool(limits, field, layer, below) {
  requireImages(field, layer.kind, below);
  const window = requireBoth(`${field}.window`, layer.window, limits.kernel);
  const { stride = window[0] === window[1] ? window[0] : undefined, padding = 'valid' } = layer;
  const images = imagesBelow(limits, field, layer, below);
  const pooling = {
    window,
    stride: requireWhole(`${field}.stride`, stride, 1, LIMITS.kernel),
    padding: requirePadding(`${field}.padding`, padding, Math.floor(Math.min(...window) / 2)),
  };
  const [height, width] = sidesUnder(images, pooling, `${field}.window`, 'windowOverImage');
  requireSmall(`${field}.padding`, padding, [height, width], limits.side);
  return weightless(layer, images, { height, width, channels: images.channels }, pooling);
}

/** @type {ShapeCheck} */
export function checkGlobalPool(limits, field, layer, below) {
  requireImages(field, layer.kind, below);
  const images = imagesBelow(limits, field, layer, below);
  const { height, width, channels } = images;
  const pooling = {
    window: /** @type {Sides} */ ([height, width]),
    stride: 1,
    padding: /** @type {const} */ ('valid'),
  };
  return weightless(layer, images, { height: 1, width: 1, channels }, pooling);
}

/** @type {ShapeCheck} */
export function checkFlatten(limits, field, layer, below) {
  const images = imagesBelow(limits, field, layer, below);
  const { height, width, channels } = images;
  return weightless(layer, images, { height: 1, width: 1, channels: height * width * channels }, null);
}
