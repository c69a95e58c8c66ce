/**
 * outcome.js: measures what became of a run over its whole depth: signal, gradient, loss, saturation, dead units,
 * correlation of inputs, input. It gives each measure a level: 0 holds, 1 is raised, 2 is severe.
 *
 * Pure, and without words. It names no verdict (verdict.js) and no cause (cause.js).
 */
import { hasWeights, isNorm } from '../engine/kinds.js';
import { ALIKE_GROWTH, INPUT, LARGE_INPUT, LEAST_BATCH, LEVELS, MOST_CHANCE, ROUNDING, TOLD } from './thresholds.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../engine/engine.js').Summary} Summary */
/** @typedef {0 | 1 | 2} Level */

/**
 * @typedef {object} Change of a signal or gradient over the layers
 * @property {Level} level
 * @property {number} ratio where the change is largest: what is left there; 0, NaN or Infinity are possible
 * @property {number} layer where that is
 * @property {number} left ratio at the end: layer L for the signal, layer 1 for the gradient
 * @property {number | null} factor geometric mean per layer, so that factor^steps = left; null without a step, and where
 *   layers differ
 * @property {boolean} byChance theory says that it holds, and the change is 3 or more
 * @property {boolean} beyondChance theory says that it holds, but chance does not explain the change
 * @property {boolean} peaks whether it is worth telling beside the change at the end
 *
 * @typedef {{ level: Level, share: number, layer: number }} Share the largest share, and the layer that has it
 *
 * @typedef {object} Outcome
 * @property {number} depth layers of the body: all without the head
 * @property {Change | null} signal null if the input is all 0
 * @property {Change | null} gradient null until it has reached layer 1
 * @property {{ level: Level, ratio: number, value: number, chance: number, rms: number } | null} loss under
 *   cross-entropy; ratio: value / chance, the loss of guessing; rms: of the last layer's outputs
 * @property {Share} saturated
 * @property {Share} dead
 * @property {{ level: Level, correlation: number, layer: number }} alike correlation of two inputs in the last layer of the body
 * @property {{ level: Level, rms: number }} input
 */

/** @param {number} value @param {readonly [number, number]} levels @returns {Level} */
const levelOf = (value, [raised, severe]) => (value < raised ? 0 : value < severe ? 1 : 2);

/**
 * All layers without the head, whose scale is chosen separately. The head is a last dense layer, after images or with an
 * activation that no layer before it has: so a layer that B has of its own moves no head.
 * @param {Layer[]} layers
 */
export function bodyOf(layers) {
  const [body, last] = [layers.slice(0, -1), layers[layers.length - 1]];
  // in a residual network linear layers end the branches
  if (layers.some(isSum)) return last.kind === 'dense' ? body : layers;
  const isHead = (/** @type {Layer} */ { kind, activation }) =>
    kind === 'dense' &&
    (body[0].kind !== kind || body.filter(hasWeights).every((layer) => layer.activation !== activation));
  return body.length > 0 && isHead(last) ? body : layers;
}

/** @param {Layer} layer */
export const isSum = ({ kind }) => kind === 'add';

/**
 * The stream of a residual network: the layers that lie in no branch. A branch may add nothing, or bring its input to
 * another scale. So the stream alone shows what becomes of the signal. Without sums it is all layers.
 * @param {Layer[]} layers
 */
export function streamOf(layers) {
  const inBranch = new Set(
    layers.flatMap(({ layer, over = 0 }) => Array.from({ length: over }, (_, i) => layer - 1 - i)),
  );
  return layers.filter(({ layer }) => !inBranch.has(layer));
}

/** Whether the rule of a layer gives weights of 0. @param {Layer} layer */
export const isZeroed = ({ std, mean }) => std === 0 && mean === 0;

/**
 * Whether the output layer alone starts with weights of 0. It gives what its biases are, and in the first step no layer below
 * has a gradient; from the second step on all have.
 * @param {Layer[]} layers
 */
export function hasZeroHead(layers) {
  const body = bodyOf(layers);
  return body.length < layers.length && isZeroed(layers[body.length]) && !streamOf(body).some(isZeroed);
}

/** The stream without the norms at its end, which bring gradients to another scale. @param {Layer[]} stream */
function beforeLastNorms(stream) {
  const last = stream.map(isNorm).lastIndexOf(false);
  return last < 0 ? stream : stream.slice(0, last + 1);
}

/** The layers without those that start a branch at 0 on purpose. @param {Layer[]} layers */
export function withoutZeroed(layers) {
  const stream = streamOf(layers);
  return layers.filter((layer) => stream.includes(layer) || !isZeroed(layer));
}

/** The layers that have weights; where none has any, the first stands for them. @param {Layer[]} layers */
export function weightedLayers(layers) {
  const found = layers.filter(hasWeights);
  return found.length > 0 ? found : [layers[0]];
}

/**
 * Whether all layers are one layer again and again, so that a factor per layer says something. The first may have another
 * number of inputs.
 * @param {Layer[]} body
 */
export const isRepeated = ([first, ...others]) =>
  hasWeights(first) &&
  others.every(
    ({ kind, activation, trueFanIn }) =>
      kind === first.kind && activation === first.activation && trueFanIn === others[0].trueFanIn,
  );

/** How large a change of ln rms is, for a level. @param {number} change */
const sizeOf = (change) => Math.exp(Math.abs(change));

/**
 * How far chance moves ln rms: two std. Half of all networks lie below the median, which falls behind theory's mean by
 * a quarter of the square.
 * @param {number} spread two std @param {number} log whose sign is the direction
 */
const reachOf = (spread, log) => spread + (log < 0 ? spread ** 2 / 4 : 0);

/**
 * A change over layers.
 * @param {Layer[]} layers in the order of the pass
 * @param {readonly [number, number]} levels
 * @param {number[]} ratios measured, one for each layer
 * @param {(ratio: number, i: number) => number} judged the ratio that its size is judged by
 * @param {number[]} predicted theory's; NaN where it does not apply
 * @param {number} spread two std of ln rms, by theory; NaN where it is not known
 * @param {number} left what is left at the end
 */
function changeOf(layers, levels, ratios, judged, predicted, spread, left) {
  const logs = ratios.map((ratio, i) => Math.log(judged(ratio, i)));
  const index = logs.reduce((best, log, i) => (Math.abs(log) > Math.abs(logs[best]) ? i : best), 0);
  const size = sizeOf(logs[index]);
  const holds = predicted.every((ratio, i) => sizeOf(Math.log(judged(ratio, i))) < levels[0]);
  const byChance = holds && size >= levels[0];
  const chance = Math.min(MOST_CHANCE, Math.exp(reachOf(spread || 0, logs[index])));
  const level = byChance && size <= chance ? /** @type {Level} */ (0) : levelOf(size, levels);
  const further = Math.abs(logs[index]) > Math.abs(Math.log(judged(left, layers.length - 1))) + Math.log(TOLD);
  return {
    level,
    ratio: ratios[index],
    layer: layers[index].layer,
    left,
    byChance,
    beyondChance: byChance && size > chance,
    peaks: (level > 0 || byChance) && index < layers.length - 1 && further,
  };
}

/** Two std of ln rms in the last layer, by theory; NaN where it has none. @param {Layer[]} body */
export const spreadOf = (body) => body[body.length - 1].theory?.aLogStd ?? Number.NaN;

/**
 * A ratio along a stream, without the growth by the root of its blocks: branches of one size add up to that.
 * @param {Layer[]} layers of a stream, in the order of the pass
 * @returns {(ratio: number, i: number) => number}
 */
const beyondBlocks = (layers) => (ratio, i) => {
  const blocks = layers.slice(0, i + 1).filter(isSum).length;
  return ratio > 1 ? Math.max(1, ratio / Math.sqrt(1 + blocks)) : ratio;
};

/** What a norm after a layer makes good is a change of less than this. */
const MADE_GOOD = LEVELS.signal[1];

/**
 * The ratio by which a signal is judged. A norm that comes later on the stream brings any signal to one scale, unless it is
 * as good as gone.
 * @param {Layer[]} stream
 * @returns {(ratio: number, i: number) => number}
 */
function judgedSignal(stream) {
  const lastNorm = stream.map(isNorm).lastIndexOf(true);
  const beyond = beyondBlocks(stream);
  return (ratio, i) => (i < lastNorm && sizeOf(Math.log(ratio)) < MADE_GOOD ? 1 : beyond(ratio, i));
}

/**
 * The signal relative to the input. A first layer that a large input saturates passes all that it can: so the fall to it
 * counts as saturation alone, and a signal falls from there.
 * @param {Layer[]} body @param {Summary} input @returns {Change | null}
 */
function signalOf(body, input) {
  if (!(input.rms > 0)) return null;
  const { saturated, rms } = body[0].activations;
  const from = input.rms > LARGE_INPUT && saturated >= LEVELS.saturated[1] ? rms : input.rms;
  const fall = (/** @type {number} */ value) => (value < input.rms ? Math.min(1, value / from) : value / input.rms);
  const ratios = body.map(({ activations }) => fall(activations.rms));
  const predicted = body.map(({ theory }) => fall(Math.sqrt(theory?.aSquare ?? Number.NaN)));
  const left = body[body.length - 1].activations.rms / input.rms;
  const change = changeOf(body, LEVELS.signal, ratios, judgedSignal(body), predicted, spreadOf(body), left);
  return { ...change, factor: isRepeated(body) ? left ** (1 / body.length) : null };
}

/** Positions of a layer's output: its gradients are sums over them. @param {Layer} layer */
const positionsOf = ({ size: [height, width] = [1, 1] }) => height * width;

/**
 * How large the gradient of each layer is beside the last one's, by two measures that layers of one width share: by its
 * rms, and by its norm. The scale of a gradient is kept if either holds: weights scaled by fan_in keep the norm, weights
 * scaled by fan_out the rms (He et al. 2015, section 2.2).
 * @param {number[]} sizes root of the mean square times the number of positions, from the last layer to the first
 * @param {number[]} widths of the layers
 */
const ratiosOf = (sizes, widths) =>
  sizes.map((size, i) => {
    const ratio = size / sizes[0];
    const byNorm = ratio * Math.sqrt(widths[i] / widths[0]);
    return Math.abs(Math.log(byNorm)) < Math.abs(Math.log(ratio)) ? byNorm : ratio;
  });

/**
 * The gradient dL/dz on its way from the last layer of the body to the first. Layers of images differ in their number of
 * positions, so it is the root of the sum of squares over all positions.
 * @param {Layer[]} body
 * @returns {Change | null}
 */
function gradientOf(body) {
  const back = [...body].reverse();
  if (back.some(({ deltas }) => !deltas)) return null;
  const tensors = back.map(({ deltas }) => /** @type {Summary} */ (deltas));
  const sizes = back.map((layer, i) => tensors[i].rms * Math.sqrt(positionsOf(layer)));
  const squares = back.map((layer) => (layer.backTheory?.deltaSquare ?? Number.NaN) * positionsOf(layer));
  const repeated = isRepeated(body);
  const widths = back.map((layer, i) => (repeated ? 1 : tensors[i].size / positionsOf(layer)));
  const spread = back[back.length - 1].backTheory?.deltaLogStd || spreadOf(body);
  const ratios = ratiosOf(sizes, widths);
  const predicted = ratiosOf(squares.map(Math.sqrt), widths);
  const left = ratios[ratios.length - 1];
  const factor = body.length > 1 && repeated ? left ** (1 / (body.length - 1)) : null;
  const change = { ...changeOf(back, LEVELS.gradient, ratios, beyondBlocks(back), predicted, spread, left), factor };
  const broken = tensors.findIndex(({ rms, nonFinite }) => nonFinite > 0 || !(rms > 0));
  if (broken < 0) return change;
  const ratio = tensors[broken].nonFinite > 0 ? Infinity : 0;
  return { ...change, level: 2, ratio, layer: back[broken].layer, byChance: false, beyondChance: false };
}

/** @param {Layer[]} layers @param {'saturated' | 'dead'} name @returns {Share} */
function largestShare(layers, name) {
  const layer = layers.reduce((most, one) => (one.activations[name] > most.activations[name] ? one : most));
  const share = layer.activations[name];
  return { level: levelOf(share, LEVELS[name]), share, layer: layer.layer };
}

/** @param {Layer[]} layers @param {number} classes @returns {Outcome['loss']} */
function lossOf(layers, classes) {
  const { loss: value } = layers[0];
  if (value === undefined) return null;
  const chance = Math.log(classes);
  const { rms } = layers[layers.length - 1].activations;
  return { level: levelOf(value / chance, LEVELS.loss), ratio: value / chance, value, chance, rms };
}

/** @param {Layer[]} body @returns {Outcome['alike']} */
function alikeOf(body) {
  const known = weightedLayers(body);
  const [first, { layer, correlation }] = [known[0], known[known.length - 1]];
  const [before, now] = [first.correlation, correlation].map((value) => 1 - (value ?? Number.NaN)); // distances
  const grew = before > ROUNDING && now < ALIKE_GROWTH * before;
  return { level: grew ? levelOf(1 - now, LEVELS.alike) : 0, correlation: 1 - now, layer };
}

/**
 * Measures a run.
 * @param {Layer[]} layers that are there so far; at least one
 * @param {Summary} input
 * @param {import('../engine/spec.js').Spec} spec
 * @returns {Outcome}
 */
export function measureOutcome(layers, input, spec) {
  const body = bodyOf(layers);
  const [stream, alive] = [streamOf(body), withoutZeroed(body)];
  const dead = largestShare(alive, 'dead');
  const { units, channelsOut } = /** @type {any} */ (spec.layers[spec.layers.length - 1]);
  const fits = input.rms >= INPUT.least && input.rms <= INPUT.most;
  return {
    depth: body.length,
    signal: signalOf(stream, input),
    gradient: hasZeroHead(layers) ? null : gradientOf(beforeLastNorms(stream)),
    loss: spec.loss === 'cross-entropy' ? lossOf(layers, units ?? channelsOut) : null,
    saturated: largestShare(layers, 'saturated'),
    dead: { ...dead, level: (spec.batch ?? LEAST_BATCH) >= LEAST_BATCH ? dead.level : 0 },
    alike: alikeOf(body),
    input: { level: fits ? 0 : 1, rms: input.rms },
  };
}
