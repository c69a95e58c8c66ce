/**
 * networks.js: turns a state of the page into what the engine runs: a spec for each of the two networks, and the images
 * that go into both.
 *
 * Pure. It does not check: the ranges of a state are in state.js, and the checks of a spec in engine/spec.js.
 */
import { IMAGES, OWN } from '../engine/image-names.js';
import { hasWeights } from '../engine/kinds.js';
import { stack } from '../engine/spec.js';
import { composedLayers, computedOfBlock, layersOfLine } from './stacks.js';
import { activationOf, inputTakes, OF_INPUT, schemeOf } from './state.js';

/** @typedef {import('../engine/spec.js').Spec} Spec */
/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('./state.js').State} State */

/** Units of the head, one for each class. */
export const CLASSES = 10;

/** Channels of an image, in a network that the controls make. */
export const RGB = 3;

/**
 * The images that fit what goes into a network: the reader's stack says it, or else the controls. A vector takes a square
 * image with all of its numbers: 784 is 28 x 28, grey.
 * @param {State} state
 * @returns {{ size: [height: number, width: number], channels: number } | null} null: no image has so many numbers
 */
function imageShapeOf(state) {
  const first = /** @type {any} */ (layersOfLine(state, 'A')?.[0]);
  if (!first) return { size: [state.size, state.size], channels: RGB };
  const { size, channelsIn, inputs } = first;
  if (size) return [1, RGB].includes(channelsIn) ? { size, channels: channelsIn } : null;
  const side = (/** @type {number} */ channels) => Math.sqrt(inputs / channels);
  const channels = [1, RGB].find((count) => Number.isInteger(side(count)));
  return channels ? { size: [side(channels), side(channels)], channels } : null;
}

/** Whether the reader wants images as the input. @param {State} state */
const wantsImages = ({ input }) => input === OWN || IMAGES.includes(input);

/** Whether the input is images. @param {State} state */
export const hasImages = (state) => wantsImages(state) && imageShapeOf(state) !== null;

/** Whether the last layer is the reader's own and stays as it is under cross-entropy. @param {State} state */
function hasOwnHead(state) {
  const last = /** @type {any} */ (layersOfLine(state, 'A')?.at(-1));
  return last !== undefined && (last.activation !== undefined || !hasWeights(last));
}

/** @param {number} a @param {number} b @returns {number} */
const commonDivisor = (a, b) => (b === 0 ? a : commonDivisor(b, a % b));

/**
 * What is computed where another choice has the last word. Cross-entropy takes logits, so its head is linear, apart from
 * a last layer of the reader's own that says its activation or has none. Groups must
 * divide the channels: the greatest common divisor of both always does. Images must fit the reader's stack.
 * @type {Record<string, (state: State) => string>}
 */
const COMPUTED = {
  head: (state) => (state.loss === 'cross-entropy' && !hasOwnHead(state) ? 'linear' : state.head),
  groups: ({ stack, kind, groups, channels }) =>
    stack || kind === 'dense' || groups === 'depthwise' ? groups : String(commonDivisor(channels, Number(groups))),
  input: (state) => (wantsImages(state) && !hasImages(state) ? 'normal' : state.input),
};

/**
 * The state as it is computed, which the controls show. The state itself keeps what the reader chose: it counts again
 * once the other choice allows it.
 * @param {State} state
 * @returns {State}
 */
export const computedState = (state) => ({
  ...state,
  ...computedOfBlock(state),
  ...Object.fromEntries(Object.entries(COMPUTED).map(([key, value]) => [key, value(state)])),
});

/**
 * The choices that are not computed as they were made, of those that the reader has just made or that just moved.
 * @param {State} before
 * @param {State} after
 * @param {string[]} keys that the reader set
 */
export function overruledKeys(before, after, keys) {
  const [was, is] = [before, after].map(computedState);
  const computed = [...Object.keys(COMPUTED), ...Object.keys(computedOfBlock(after))];
  return computed.filter((key) => is[key] !== after[key] && (keys.includes(key) || was[key] !== is[key]));
}

/** The groups of each convolution but the first. @param {State} state */
export const groupsOf = (state) =>
  state.groups === 'depthwise' ? state.channels : Number(computedState(state).groups);

/** How many numbers an example has. @param {State} state */
const inputsOf = (state) =>
  state.kind === 'conv' || hasImages(state) ? RGB * state.size ** 2 : (state.inputs ?? state.width);

/** The layers without the head. @param {State} state @param {number} depth @returns {Layer[]} */
function bodyOf(state, depth) {
  const { kind, width, channels, kernel, size, padding } = state;
  if (kind === 'dense') return stack({ kind, depth, width, inputs: inputsOf(state) });
  const sides = { kernel: [kernel, kernel], size: [size, size], padding };
  const groups = groupsOf(state);
  return stack({ kind, depth, width: channels, inputs: RGB, ...sides }).map((layer, i) =>
    i === 0 ? layer : /** @type {Layer} */ ({ ...layer, groups }),
  );
}

/**
 * The activation of a layer of the reader's own that says none. Cross-entropy takes logits: the last layer is linear.
 * @param {State} state
 * @param {{ kind: string }} layer
 * @param {boolean} isLast
 * @returns {string}
 */
export const usualActivation = ({ activation, loss }, layer, isLast) =>
  isLast && loss === 'cross-entropy' && hasWeights(layer) ? 'linear' : activation;

/** The reader's own layers, the last one linear where it must be. @param {Layer[]} layers @param {State} state */
const withLogits = (layers, state) =>
  layers.map((layer, i) => {
    const activation = usualActivation(state, layer, i === layers.length - 1);
    return activation === state.activation ? layer : { activation, ...layer };
  });

/** All layers. The head, if there is one, takes the place of the last. @param {State} state
 * @param {'A' | 'B'} letter */
function layersOf(state, letter) {
  const own = composedLayers(state, letter, inputsOf(state));
  if (own) return state.stack ? withLogits(own, state) : own;
  const { kind, depth, head: activation, headGain, pool } = computedState(state);
  if (activation === 'none') return bodyOf(state, depth);
  const body = depth > 1 ? bodyOf(state, depth - 1) : [];
  const below = body.length === 0 ? { inputs: inputsOf(state) } : kind === 'conv' ? { pool } : {};
  const gain = state[`gain${letter}`] * headGain;
  return [...body, /** @type {Layer} */ ({ kind: 'dense', units: CLASSES, activation, gain, ...below })];
}

/** The scheme of the biases, by the choice on the page.
 * @type {Record<string, (sigma: number) => import('../engine/spec.js').SchemeChoice>} */
const BIAS_SCHEMES = {
  sigma: (std) => (std > 0 ? { name: 'normal', std } : 'zeros'),
  zeros: () => 'zeros',
  'pytorch-default': () => 'pytorch-default',
};

/** The input with the numbers that the reader has set. @param {State} state @param {string} kind */
function inputOf(state, kind) {
  const set = OF_INPUT.filter((key) => state[key] !== null && inputTakes(key, { input: kind }));
  return set.length === 0 ? kind : { kind, ...Object.fromEntries(set.map((key) => [key, state[key]])) };
}

/**
 * The spec of one network. If there are images, paintImages makes its input.
 * @param {State} state
 * @param {'A' | 'B'} letter
 * @returns {Spec}
 */
export function specOf(state, letter) {
  const scheme = schemeOf(state, letter);
  const { batch, seed, bias, loss } = state;
  const { input } = computedState(state);
  return {
    layers: layersOf(state, letter),
    activation: activationOf(state),
    scheme: scheme.value ? { name: scheme.name, [scheme.value]: state[`value${letter}`] ?? scheme.given } : scheme.name,
    gain: state[`gain${letter}`],
    bias: BIAS_SCHEMES[state[`bias${letter}`]](bias),
    input: hasImages(state) ? 'normal' : inputOf(state, input),
    batch,
    seed,
    backward: true,
    loss,
    fans: state[`fans${letter}`],
    varianceAsStd: state[`taken${letter}`] === 'variance',
    ...(state[`taken${letter}`] === 'shared' && { shared: true }),
    drawn: state[`drawn${letter}`],
  };
}

/** The images of the input, as paintImages takes them; null if the input is noise. @param {State} state */
export function imagesOf(state) {
  const shape = imageShapeOf(state);
  const { input, batch, seed, pixels } = state;
  return wantsImages(state) && shape ? { image: input, batch, ...shape, seed, pixels } : null;
}
