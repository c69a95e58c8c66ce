/**
 * agreement.js: judges whether measurement and mean-field theory agree. It compares mean squares: of the preactivations
 * in the forward pass, of dL/dz in the backward pass.
 *
 * The band is where 95 % of networks of this width lie, in one layer and for one input. A mean over a batch spreads no
 * more, so the band is generous. A layer of zeros lies outside any band. Pure, and without words. It computes neither
 * theory nor its band: the engine does.
 */
import { weightedLayers } from './outcome.js';
import { TINY } from './thresholds.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */

/**
 * The kinds of agreement:
 * - agrees
 * - more: theory predicts more than was measured
 * - less: theory predicts less than was measured
 * - apart: some layers lie above the band and some below
 * - absent: theory does not apply from the first layer on
 * - bandless: theory applies, but its spread is not known
 * - narrow: theory has no band at this width and depth
 * - died: from one layer on, all activations are 0
 * - incomparable: no measured mean square is above 0 and finite
 *
 * @typedef {object} Agreement
 * @property {string} kind
 * @property {number} compared layers that can be compared
 * @property {number} total layers that are there so far
 * @property {number} within so many of them lie in the band
 * @property {number} from first layer outside the band; 0 if there is none
 * @property {number} to last layer outside the band; 0 if there is none
 * @property {boolean} whole whether all layers from `from` to `to` are outside
 * @property {string} why theory does not apply: 'border', or the distribution of the weights
 * @property {number} bordered layers without an interior: padding has affected every position
 * @property {number} narrow layers for which theory has no band at this width and depth
 * @property {number} died first layer whose activations are all 0, because all of its units died; 0 if there is none
 * @property {number} chance probability that one input has died by that layer, at this width
 */

/** The direction of the pass. @typedef {'forward' | 'backward'} Way */

/** The distance from the middle of the band, in halves of its width, that chance does not explain in a deep layer. */
const FAR = 1.5;

/**
 * Neighbouring layers deviate together, and one of many layers deviates far by chance. So the share of layers that are
 * near counts: nine in ten of all, and most of the last five, where a drift has added up. In addition, half of all
 * layers must lie in the band, because the page's sentence quotes that number.
 */
const NEAR_SHARE = 0.9;
const LAST = 5;
const NEAR_SHARE_OF_LAST = 0.5;

/**
 * The summary with the rms of the interior, which theory describes. A dense layer's summary stays as it is.
 * @param {import('../engine/engine.js').Summary | undefined} tensor
 * @param {import('../engine/engine.js').Places | null} [places]
 */
const interior = (tensor, places) => (tensor && places ? { ...tensor, rms: places.interiorRms ?? Number.NaN } : tensor);

/**
 * What is compared in each direction: a tensor, and the edges of the band of its mean square.
 * @type {Record<Way, (layer: Layer) => [tensor?: import('../engine/engine.js').Summary, low?: number, high?: number]>}
 */
const COMPARED = {
  forward: ({ preactivations, places, theory }) => [interior(preactivations, places), theory?.zLow, theory?.zHigh],
  backward: ({ deltas, deltaPlaces, backTheory }) => [
    interior(deltas, deltaPlaces),
    backTheory?.deltaLow,
    backTheory?.deltaHigh,
  ],
};

/**
 * How far a mean square is from the middle of its band, on a logarithmic scale, in halves of the band's width. -Infinity
 * for a layer of zeros; NaN if the layer cannot be compared.
 * @param {Layer} layer @param {Way} way
 */
function distanceOf(layer, way) {
  const [tensor, low = 0, high = 0] = COMPARED[way](layer);
  if (!tensor || tensor.nonFinite > 0 || !(low > 0 && high < Number.POSITIVE_INFINITY)) return Number.NaN;
  return (4 * Math.log(tensor.rms) - Math.log(high * low)) / Math.log(high / low);
}

/**
 * Whether theory knows the spread of such weights, but has no band at this width.
 * @param {Layer} layer @param {Way} way
 */
function isNarrow(layer, way) {
  const [tensor, low] = COMPARED[way](layer);
  const spread = way === 'forward' ? layer.theory?.zLogStd : layer.backTheory?.deltaLogStd;
  return Boolean(spread && tensor && tensor.rms > 0 && tensor.nonFinite === 0 && Number.isNaN(low));
}

/** The share of layers that are not far. @param {{ distance: number }[]} layers at least one */
const nearShare = (layers) => layers.filter(({ distance }) => Math.abs(distance) <= FAR).length / layers.length;

/**
 * The first of the layers at the end whose activations are all 0, if theory knows that units die there. A signal that was
 * tiny in the layer before has not died: it has shrunk below the smallest float.
 * @param {Layer[]} layers
 */
function deadFrom(layers) {
  const below = layers.map(({ activations }) => activations.rms !== 0).lastIndexOf(true);
  if (below >= 0 && layers[below].activations.rms < TINY) return undefined;
  const layer = layers[below + 1];
  return layer?.theory && layer.theory.died > 0 ? layer : undefined;
}

/**
 * Judges a run.
 * @param {Layer[]} layers that are there so far; at least one
 * @param {Way} [way]
 * @returns {Agreement}
 */
export function agreement(layers, way = 'forward') {
  const [first] = weightedLayers(layers);
  const all = layers.map((layer) => ({ layer: layer.layer, distance: distanceOf(layer, way) }));
  const known = all.filter(({ distance }) => !Number.isNaN(distance));
  const outside = known.filter(({ distance }) => Math.abs(distance) > 1);
  const [from, to] = [outside[0]?.layer ?? 0, outside.at(-1)?.layer ?? 0];
  const dead = deadFrom(layers);
  const found = {
    compared: known.length,
    total: layers.length,
    within: known.length - outside.length,
    from,
    to,
    whole: outside.length === to - from + 1,
    why: first.places?.inside === null ? 'border' : first.distribution,
    bordered: layers.filter(({ places }) => places?.inside === null).length,
    narrow: layers.filter((layer) => isNarrow(layer, way)).length,
    died: dead?.layer ?? 0,
    chance: dead?.theory?.died ?? 0,
  };
  if (!first.theory) return { ...found, kind: 'absent' };
  if (dead) return { ...found, kind: 'died' };
  if (Number.isNaN(first.theory.zLogStd)) return { ...found, kind: 'bandless' };
  if (known.length === 0) return { ...found, kind: found.narrow > 0 ? 'narrow' : 'incomparable' };
  const near = nearShare(known) >= NEAR_SHARE && nearShare(known.slice(-LAST)) > NEAR_SHARE_OF_LAST;
  if (near && 2 * found.within >= found.compared) return { ...found, kind: 'agrees' };
  const above = outside.filter(({ distance }) => distance > 0).length;
  return { ...found, kind: above === 0 ? 'more' : above === outside.length ? 'less' : 'apart' };
}
