/**
 * shapes.js: the shapes of a network's layers: which fields each kind of layer has, and each layer's input and output.
 *
 * Pure. Windows over images are in windows.js, the shapes of engine.fans in fan-shapes.js. It does not count fans:
 * c/fans.c does. A layer's scheme, gain and bias are checked in rules.js.
 */

import { checkNorm, checkSum } from './blocks.js';
import { requireBelow, requireOneOf, requireWeights, requireWhole } from './check.js';
import { givesImages, givesVector } from './kinds.js';
import { POOLS } from './tables.js';
import { checkGated, checkPrelu } from './units.js';
import { checkConv, checkFlatten, checkGlobalPool, checkPool, checkTransposed } from './windows.js';

/**
 * How fans are counted. 'true': as they are. 'whole': as if there were no groups. 'channels': a common mistake
 * that leaves out the size of the kernel. The others: as that library counts them.
 * @typedef {(typeof import('./tables.js').CONVENTIONS)[number]} Convention
 *
 * The input or output of a layer for one example. A vector's has height 1 and width 1.
 * @typedef {{ height: number, width: number, channels: number }} Extent
 *
 * @typedef {import('./kinds.js').Kind} Kind
 *
 * Zeros around images. 'same' and 'valid' as in Keras; a number: so many on each side, as in PyTorch.
 * @typedef {'same' | 'valid' | number} Padding
 *
 * What only convolutions have. `outputPadding` is of a transposed one; others have null.
 * @typedef {{ kernel: [height: number, width: number], stride: number, padding: Padding, groups: number,
 *   outputPadding: number | null }} Conv
 *
 * What only pooling has. Global pooling has a window as large as its images.
 * @typedef {{ window: [height: number, width: number], stride: number, padding: Padding }} Pooling
 *
 * @typedef {object} LayerShape the shape of a checked layer
 * @property {Kind} kind
 * @property {Extent} in
 * @property {Extent} out
 * @property {number} rows the weights are a matrix (rows, out.channels); 0 for a layer without weights
 * @property {number} pool index in POOLS: how a dense layer reads images below
 * @property {Conv | null} conv null for other kinds
 * @property {Pooling | null} pooling null for other kinds
 * @property {import('./blocks.js').Norm} [norm] only of a norm
 * @property {import('./blocks.js').Sum} [sum] only of a sum
 * @property {import('./units.js').Prelu} [prelu] only of PReLU
 * @property {boolean} [vector] whether the output is a vector, over which no window goes; checkLayerShape adds it
 *
 * Checks the shape of one layer.
 * @callback ShapeCheck
 * @param {Record<string, number>} limits of the engine
 * @param {string} field path of the layer, such as layers[1]
 * @param {any} layer as in the spec; its kind has been checked
 * @param {LayerShape | null} below the layer before; null for the first
 * @param {LayerShape[]} [all] the layers before, from the first
 * @returns {LayerShape}
 */

const IMAGES = ['channelsIn', 'size'];

/** @typedef {{ fields: readonly string[], check: ShapeCheck }} Row */

/** @type {Row} */
const DENSE = { fields: ['inputs', 'units', 'pool'], check: checkDense };

/**
 * The kinds of layer: the fields of a spec that give its shape, and their check. Lists are written out: with a spread in
 * one, a bundler would keep this table, and all checks, where nothing uses it. The worker that the page opens with runs dense
 * layers only: build.sh defines DENSE_ONLY in its bundle, which then holds no other check.
 * @type {Record<Kind, Row>}
 */
export const KINDS =
  typeof DENSE_ONLY === 'undefined'
    ? {
        dense: DENSE,
        conv: {
          fields: ['kernel', 'channelsIn', 'channelsOut', 'size', 'stride', 'padding', 'groups'],
          check: checkConv,
        },
        'transposed-conv': {
          fields: ['kernel', 'channelsIn', 'channelsOut', 'size', 'stride', 'padding', 'outputPadding', 'groups'],
          check: checkTransposed,
        },
        'max-pool': { fields: ['window', 'channelsIn', 'size', 'stride', 'padding'], check: checkPool },
        'average-pool': { fields: ['window', 'channelsIn', 'size', 'stride', 'padding'], check: checkPool },
        'global-average-pool': { fields: IMAGES, check: checkGlobalPool },
        flatten: { fields: IMAGES, check: checkFlatten },
        'layer-norm': { fields: ['gain', 'epsilon', 'activation', 'channelsIn', 'size'], check: checkNorm },
        'rms-norm': { fields: ['gain', 'epsilon', 'activation', 'channelsIn', 'size'], check: checkNorm },
        'batch-norm': { fields: ['gain', 'epsilon', 'activation', 'channelsIn', 'size'], check: checkNorm },
        add: { fields: ['over', 'stream', 'branch', 'trains', 'activation', 'channelsIn', 'size'], check: checkSum },
        glu: { fields: IMAGES, check: checkGated },
        swiglu: { fields: IMAGES, check: checkGated },
        geglu: { fields: IMAGES, check: checkGated },
        prelu: { fields: ['slope', 'perChannel', 'channelsIn', 'size'], check: checkPrelu },
      }
    : /** @type {any} */ ({ dense: DENSE });

/**
 * Checks the shape of a layer.
 * @param {Record<string, number>} limits of the engine
 * @param {string} field path of the layer, such as layers[1]
 * @param {any} layer as in the spec; its kind has been checked
 * @param {LayerShape[]} all the layers before, from the first
 * @param {boolean} [isLast] a last layer may have as many units as the engine has outputs
 * @returns {LayerShape}
 */
export function checkLayerShape(limits, field, layer, all, isLast) {
  const below = all[all.length - 1] ?? null;
  const most = isLast ? { ...limits, units: limits.outputs } : limits;
  const shape = KINDS[/** @type {Kind} */ (layer.kind)].check(most, field, layer, below, all);
  return { ...shape, vector: givesVector(layer, below?.vector === true) };
}

/** For callers who want shapes, not checks. */
const NO_LIMITS = { inputs: Infinity, units: Infinity, kernel: Infinity, channels: Infinity, side: Infinity };

/** The shapes of all layers, without the engine's limits. @param {any[]} layers of a spec @returns {LayerShape[]} */
export function shapesOfLayers(layers) {
  /** @type {LayerShape[]} */
  const shapes = [];
  layers.forEach((layer, i) => {
    shapes.push(checkLayerShape(NO_LIMITS, `layers[${i}]`, layer, shapes));
  });
  return shapes;
}

/**
 * The layer whose images are shown: the chosen one. Where that gives a vector, it is the last before it that gives images.
 * @param {import('./spec.js').Layer[]} layers of a spec
 * @param {number} chosen layer, from 1
 */
export const layerShown = (layers, chosen) => givesImages(layers.slice(0, chosen)).lastIndexOf(true) + 1 || chosen;

/** @type {ShapeCheck} */
function checkDense(limits, field, { inputs, units, pool = 'flatten' }, below) {
  const place = POOLS.indexOf(requireOneOf(`${field}.pool`, pool, POOLS.slice(1)));
  const places = below && pool === 'flatten' ? below.out.height * below.out.width : 1;
  const rows = requireBelow(`${field}.inputs`, inputs, below ? places * below.out.channels : undefined, limits.inputs);
  const out = { height: 1, width: 1, channels: requireWhole(`${field}.units`, units, 1, limits.units) };
  requireWeights(`${field}.units`, units, rows);
  const shape = { in: { height: 1, width: 1, channels: rows }, out, rows, pool: place };
  return { kind: 'dense', ...shape, conv: null, pooling: null };
}
