/*
 * Whether measurement and mean-field theory agree, judged from the mean squares of the preactivations, or on the way
 * back of the deltas. Pure, and without words. Theory's own spread is that of ln of a mean square over networks of this
 * width, for one input; the mean over a batch lies no farther out, so the band is a generous one. It does not compute
 * theory: the engine did.
 */
import { HOMOGENEOUS } from '../engine/tables.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */

/**
 * kind: agrees; more, less (what theory predicts, against what was measured) and apart (on both sides); absent (theory
 * does not apply from the first layer on, `why` being the distribution of the weights, or 'border'); bandless (it
 * does, but how far one network may lie from it is not known); incomparable (no layer has a
 * measure that is above 0 and finite). within: of `compared` layers so many lie in the band of +-2 std. from, to: the
 * first and last layer outside of it; whole: all between them are outside too. bordered: layers no
 * place of which is free of a border.
 * @typedef {{ kind: string, compared: number, within: number, from: number, to: number, whole: boolean,
 *   why: string, bordered: number }} Agreement
 */

/** @typedef {'forward' | 'backward'} Way */

/** So many std make the band, and so many are past chance even for a layer that depends on all before it. */
export const BAND = 2;
const FAR = 3;

/**
 * Neighbouring layers stray together, and one of many strays far by chance, so what counts is the share of layers that
 * are not far: nine in ten of all, and most of the last five, where a drift has added up. Half of all lie in the band,
 * since how many do is said in the same sentence.
 */
const NEAR_SHARE = 0.9;
const LAST = 5;
const NEAR_SHARE_OF_LAST = 0.5;

/**
 * Where the mean square of one network lies: its median, and the band around it. Theory's mean square is the
 * mean over networks. Under a homogeneous activation it is a product of independent factors, so nearly log-normal: its
 * median is exp(-logStd^2 / 2) of the mean.
 * @param {number} square theory's
 * @param {number} logStd
 * @param {string} activation
 */
export function bandOf(square, logStd, activation) {
  const median = square * (HOMOGENEOUS.includes(activation) ? Math.exp(-(logStd ** 2) / 2) : 1);
  const reach = Math.exp(BAND * logStd);
  return { median, lo: median / reach, hi: median * reach };
}

/**
 * Of a convolution's tensor only what no border has touched, of which theory is.
 * @param {import('../engine/engine.js').Summary | undefined} tensor @param {import('../engine/engine.js').Places | null} [places]
 */
const interior = (tensor, places) => (tensor && places ? { ...tensor, rms: places.interiorRms ?? Number.NaN } : tensor);

/**
 * What is compared: a tensor, theory's mean square of it, and its log std.
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
 * How many std a mean square is away from its median; NaN where it cannot be told, or theory's is the measured one.
 * @param {Layer} layer @param {Way} way
 */
function distanceOf(layer, way) {
  const [tensor, square, logStd] = COMPARED[way](layer);
  if (!square || !logStd || !tensor || !(tensor.rms > 0) || tensor.nonFinite > 0) return Number.NaN;
  const { median } = bandOf(square, logStd, layer.activation);
  return (2 * Math.log(tensor.rms) - Math.log(median)) / logStd;
}

/** @param {{ distance: number }[]} layers at least one */
const nearShare = (layers) => layers.filter(({ distance }) => Math.abs(distance) <= FAR).length / layers.length;

/**
 * Of the layers that are there yet, at least one.
 * @param {Layer[]} layers
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
