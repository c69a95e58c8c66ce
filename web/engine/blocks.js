/**
 * blocks.js: the layers of which residual blocks are made, beside those with weights: norms, and sums with a layer further
 * down. It checks their fields. They give what they get: images above images, and a vector above a vector.
 *
 * Pure. Which kinds of layer there are is in shapes.js.
 */
import { requireNames, requireNumber, requireWhole } from './check.js';
import { refuse } from './refusal.js';
import { FACTORS, LIMITS } from './tables.js';
import { imagesBelow, weightless } from './windows.js';

/**
 * @typedef {import('./shapes.js').ShapeCheck} ShapeCheck
 *
 * @typedef {{ gain: number, epsilon: number }} Norm the gain that all channels start with
 *
 * z = stream a_from + branch a_below. `from` is the layer whose output is the stream, from 1; 0: the input. `trains` are
 * the factors that train.
 * @typedef {{ from: number, stream: number, branch: number, trains: string[] }} Sum
 */

/** The epsilon of each norm where a spec does not say: PyTorch's. That of RMS norm is the spacing of float32 at 1. */
export const EPSILONS = /** @type {Record<string, number>} */ ({
  'layer-norm': 1e-5,
  'rms-norm': 2 ** -23,
  'batch-norm': 1e-5,
});

/** Rows of parameters that a layer has in the state of a training, each as long as its output.
 * @param {import('./shapes.js').LayerShape} shape */
export const parameterRows = ({ kind, rows, norm, sum, prelu }) => {
  if (norm) return kind === 'rms-norm' ? 1 : 2;
  if (sum) return sum.trains.length > 0 ? 1 : 0;
  if (prelu) return 1;
  return rows > 0 ? rows + 1 : 0;
};

/** @type {ShapeCheck} */
export function checkNorm(limits, field, layer, below) {
  const { kind, gain = 1, epsilon = EPSILONS[kind] } = layer;
  const norm = {
    gain: requireNumber(`${field}.gain`, gain, 0, LIMITS.scale),
    epsilon: requireNumber(`${field}.epsilon`, epsilon, 0, 1),
  };
  const images = imagesBelow(limits, field, layer, below);
  return { ...weightless(layer, images, images, null), norm };
}

/** @param {import('./shapes.js').Extent} extent */
const sidesOf = ({ height, width, channels }) => [height, width, channels];

/** @type {ShapeCheck} */
export function checkSum(limits, field, layer, below, all = []) {
  const { over, stream = 1, branch = 1, trains = [] } = layer;
  if (!below) return refuse('sumFirst', `${field}.kind`, layer.kind, null);
  const from = all.length - requireWhole(`${field}.over`, over, 1, all.length);
  const trained = requireNames(`${field}.trains`, trains, FACTORS);
  const sum = {
    from,
    stream: requireNumber(`${field}.stream`, stream, -LIMITS.scale, LIMITS.scale),
    branch: requireNumber(`${field}.branch`, branch, -LIMITS.scale, LIMITS.scale),
    trains: FACTORS.filter((name) => trained.includes(name)),
  };
  const images = imagesBelow(limits, field, layer, below);
  const [bottom, top] = [from > 0 ? all[from - 1].out : all[0].in, images].map(sidesOf);
  if (String(bottom) !== String(top)) refuse('sumShapes', `${field}.over`, over, { stream: bottom, branch: top });
  return { ...weightless(layer, images, images, null), sum };
}
