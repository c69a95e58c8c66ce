/*
 * measured.js: what a verdict judges, measured anew from the layers of a run, in a few lines each. It knows nothing of
 * the code that judges, so that a fault there can't hide here. implications.js compares both.
 *
 * It judges nothing: it has the levels at which a measure counts as off, but neither words nor causes.
 */

/**
 * @typedef {{ word: string, cautions: string[], cause: string, layer?: number | null, depth: number, left: number,
 *   factor: number }} Verdict
 * @typedef {{ verdict: Verdict, layers: any[], input: any, spec: any }} Run as engine.run returns it, and its verdict
 */

const { abs, log, max, sqrt } = Math;

/** Relative slack for a number that the judging code computes in another order. */
export const SLACK = 1e-6;

/** The layers without the head. @param {Run} run @returns {any[]} */
export const bodyOf = ({ verdict, layers }) => layers.slice(0, verdict.depth);

/** @param {any} layer */
const positionsOf = (layer) => (layer.kind === 'conv' ? layer.size[0] * layer.size[1] : 1);

/** @param {any} layer */
const unitsOf = (layer) => layer.weights.size / layer.trueFanIn;

/** The rms of each layer, by that of the input. @param {Run} run @returns {number[]} */
export const signalOf = (run) => bodyOf(run).map(({ activations }) => activations.rms / run.input.rms);

/** The gradient of a layer, summed over its positions. One that is not finite anywhere is infinite. @param {any} layer */
const gradientIn = (layer) => (layer.deltas.nonFinite > 0 ? Infinity : layer.deltas.rms * sqrt(positionsOf(layer)));

/** The gradient of each layer by that of the last. @param {Run} run @returns {number[]} */
export function gradientOf(run) {
  const sizes = bodyOf(run).map(gradientIn);
  return sizes.map((size) => size / sizes[sizes.length - 1]);
}

/** How far the ratios get from 1, as a factor; Infinity where one is 0 or not a number. @param {number[]} ratios */
export const farthest = (ratios) =>
  max(...ratios.map((ratio) => (ratio > 0 && Number.isFinite(ratio) ? Math.exp(abs(log(ratio))) : Infinity)));

/** The loss by that of guessing; 0 without one. @param {Run} run */
export function lossOf({ layers, spec }) {
  const last = layers[layers.length - 1];
  return spec.loss === 'cross-entropy' ? last.loss / log(last.preactivations.size / spec.batch) : 0;
}

/** @param {Run} run */
export const saturatedOf = ({ layers }) => max(...layers.map(({ activations }) => activations.saturated));

/** @param {Run} run */
export const deadOf = (run) =>
  run.spec.batch >= 8 ? max(...bodyOf(run).map(({ activations }) => activations.dead)) : 0;

/** Correlation of two inputs in the last layer; 0 where it is not known. @param {Run} run @returns {number} */
const alikeOf = (run) => bodyOf(run)[run.verdict.depth - 1].correlation ?? 0;

/** Whether depth has clearly made the inputs more alike than they were in layer 1. @param {Run} run */
const hasGrownAlike = (run) => 1 - alikeOf(run) < (1 - bodyOf(run)[0].correlation) / 2 - SLACK;

/** How badly a measure is off: 0, 1 or 2. @param {number} value @param {number} some @param {number} much */
const levelOf = (value, some, much) => (value >= much ? 2 : value >= some ? 1 : 0);

/** The level of each measure that no theory can excuse. @param {Run} run @returns {Record<string, number>} */
export const levelsOf = (run) => ({
  loss: levelOf(lossOf(run), 1.25, 2),
  saturated: levelOf(saturatedOf(run), 0.25, 0.9),
  dead: levelOf(deadOf(run), 0.45, 0.75),
  alike: levelOf(alikeOf(run), 0.9, 0.999),
  input: run.input.rms < 0.1 || run.input.rms > 10 ? 1 : 0,
});

/** The same, without inputs that were as much alike in layer 1. @param {Run} run @returns {Record<string, number>} */
export const raisedOf = (run) => ({ ...levelsOf(run), ...(hasGrownAlike(run) ? {} : { alike: 0 }) });

/** @param {any} layer */
export const overflows = ({ preactivations, activations }) => preactivations.nonFinite > 0 || activations.nonFinite > 0;

/** Whether all weights of a layer are one number. @param {any} layer */
const hasOneWeight = ({ weights }) => weights.rms === 0 || weights.std <= SLACK * weights.rms;

/** Whether a layer's units are copies of one unit. @param {any} layer */
export const isSymmetric = (layer) => unitsOf(layer) >= 2 && hasOneWeight(layer) && layer.biasStd === 0;

/** What share of the last layer's mean square its biases are. @param {Run} run */
export function biasShareOf(run) {
  const last = bodyOf(run)[run.verdict.depth - 1];
  return last.biasStd ** 2 / last.preactivations.rms ** 2;
}

/** The number of layers below the output layer. If that one has the kind and the activation of layer 1, it may count.
 * @param {Run} run @returns {number[]} */
export function depthsOf({ layers }) {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  if (last.kind !== first.kind || last.activation !== first.activation) return [layers.length - 1];
  return layers.length > 1 && unitsOf(last) !== unitsOf(first) ? [layers.length - 1, layers.length] : [layers.length];
}
