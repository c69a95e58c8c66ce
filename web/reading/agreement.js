/**
 * agreement.js: judges whether measurement and mean-field theory agree. It compares mean squares: of the preactivations
 * in the forward pass, of dL/dz in the backward pass.
 *
 * The band is the spread of ln(mean square) between networks of this width, for one input. A mean over a batch spreads
 * no more, so the band is generous. Pure, and without words. It does not compute theory: the engine does.
 */
import { HOMOGENEOUS } from '../engine/tables.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */

/**
 * The kinds of agreement:
 * - agrees
 * - more: theory predicts more than was measured
 * - less: theory predicts less than was measured
 * - apart: some layers lie above the band and some below
 * - absent: theory does not apply from the first layer on
 * - bandless: theory applies, but its spread is not known
 * - incomparable: no measured mean square is above 0 and finite
 *
 * @typedef {object} Agreement
 * @property {string} kind
 * @property {number} compared layers that can be compared
 * @property {number} within so many of them lie in the band of +-2 std
 * @property {number} from first layer outside the band; 0 if there is none
 * @property {number} to last layer outside the band; 0 if there is none
 * @property {boolean} whole whether all layers from `from` to `to` are outside
 * @property {string} why theory does not apply: 'border', or the distribution of the weights
 * @property {number} bordered layers without an interior: padding has affected every position
 */

/** The direction of the pass. @typedef {'forward' | 'backward'} Way */

/** Half the width of the band, in std; and the distance, in std, that chance does not explain even in a deep layer. */
const BAND = 2;
const FAR = 3;

/**
 * Neighbouring layers deviate together, and one of many layers deviates far by chance. So the share of layers that are
 * near counts: nine in ten of all, and most of the last five, where a drift has added up. In addition, half of all
 * layers must lie in the band, because the page's sentence quotes that number.
 */
const NEAR_SHARE = 0.9;
const LAST = 5;
const NEAR_SHARE_OF_LAST = 0.5;

/**
 * The median of a network's mean square, and the band around it. Theory predicts the mean over networks. Under a
 * homogeneous activation the mean square is a product of independent factors, so it is nearly log-normal, and its
 * median is the mean times exp(-logStd^2 / 2).
 * @param {number} square theory's mean square
 * @param {number} logStd std of ln(mean square) over networks
 * @param {string} activation
 */
export function bandOf(square, logStd, activation) {
  const median = square * (HOMOGENEOUS.includes(activation) ? Math.exp(-(logStd ** 2) / 2) : 1);
  const reach = Math.exp(BAND * logStd);
  return { median, lo: median / reach, hi: median * reach };
}

/**
 * The summary with the rms of the interior, which theory describes. A dense layer's summary stays as it is.
 * @param {import('../engine/engine.js').Summary | undefined} tensor
 * @param {import('../engine/engine.js').Places | null} [places]
 */
const interior = (tensor, places) => (tensor && places ? { ...tensor, rms: places.interiorRms ?? Number.NaN } : tensor);

/**
 * What is compared in each direction: a tensor, theory's mean square of it, and the std of ln(mean square).
 * @type {Record<Way, (layer: Layer) => [tensor?: import('../engine/engine.js').Summary, square?: number, logStd?: number]>}
 */
const COMPARED = {
  forward: ({ preactivations, places, theory }) => [interior(preactivations, places), theory?.zSquare, theory?.zLogStd],
  backward: ({ deltas, deltaPlaces, backTheory }) => [
    interior(deltas, deltaPlaces),
    backTheory?.deltaSquare,
    backTheory?.deltaLogStd,
  ],
};

/**
 * How many std a mean square is away from its median; NaN if the layer cannot be compared.
 * @param {Layer} layer @param {Way} way
 */
function distanceOf(layer, way) {
  const [tensor, square, logStd] = COMPARED[way](layer);
  if (!square || !logStd || !tensor || !(tensor.rms > 0) || tensor.nonFinite > 0) return Number.NaN;
  const { median } = bandOf(square, logStd, layer.activation);
  return (2 * Math.log(tensor.rms) - Math.log(median)) / logStd;
}

/** The share of layers that are not far. @param {{ distance: number }[]} layers at least one */
const nearShare = (layers) => layers.filter(({ distance }) => Math.abs(distance) <= FAR).length / layers.length;

/**
 * Judges a run.
 * @param {Layer[]} layers that are there so far; at least one
 * @param {Way} [way]
 * @returns {Agreement}
 */
export function agreement(layers, way = 'forward') {
  const all = layers.map((layer) => ({ layer: layer.layer, distance: distanceOf(layer, way) }));
  const known = all.filter(({ distance }) => Number.isFinite(distance));
  const outside = known.filter(({ distance }) => Math.abs(distance) > BAND);
  const [from, to] = [outside[0]?.layer ?? 0, outside.at(-1)?.layer ?? 0];
  const found = {
    compared: known.length,
    within: known.length - outside.length,
    from,
    to,
    whole: outside.length === to - from + 1,
    why: layers[0].places?.inside === null ? 'border' : layers[0].distribution,
    bordered: layers.filter(({ places }) => places?.inside === null).length,
  };
  if (!layers[0].theory) return { ...found, kind: 'absent' };
  if (Number.isNaN(layers[0].theory.zLogStd)) return { ...found, kind: 'bandless' };
  if (known.length === 0) return { ...found, kind: 'incomparable' };
  const near = nearShare(known) >= NEAR_SHARE && nearShare(known.slice(-LAST)) > NEAR_SHARE_OF_LAST;
  if (near && 2 * found.within >= found.compared) return { ...found, kind: 'agrees' };
  const above = outside.filter(({ distance }) => distance > 0).length;
  return { ...found, kind: above === 0 ? 'more' : above === outside.length ? 'less' : 'apart' };
}
