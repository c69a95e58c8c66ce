/*
 * What a state asks of the engine: the spec of each network, and the images, if any, that go into both. Pure; the
 * state's own ranges are in state.js, and what a spec may be in spec.js.
 */
import { IMAGES, OWN } from '../engine/images.js';
import { stack } from '../engine/spec.js';
import { schemeOf } from './state.js';

/** @typedef {import('../engine/spec.js').Spec} Spec */
/** @typedef {import('../engine/spec.js').Layer} Layer */
/** @typedef {import('./state.js').State} State */

/** A head has so many units: the classes of cross-entropy, which takes their logits and so a linear head. */
export const CLASSES = 10;

/** Channels of an image. */
export const RGB = 3;

/** Whether pixels go in. @param {State} state */
export const hasImages = ({ input }) => input === OWN || IMAGES.includes(input);

/** @param {number} a @param {number} b @returns {number} */
const commonDivisor = (a, b) => (b === 0 ? a : commonDivisor(b, a % b));

/** Of channels that they need not divide: as many groups as do. @param {State} state */
const groupsOf = ({ groups, channels }) =>
  groups === 'depthwise' ? channels : commonDivisor(channels, Number(groups));

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

/** The body, and as the last of its layers the head, if there is one. @param {State} state @param {'A' | 'B'} letter */
function layersOf(state, letter) {
  const { kind, depth, head, loss, headGain, pool } = state;
  const activation = loss === 'cross-entropy' ? 'linear' : head;
  if (activation === 'none') return bodyOf(state, depth);
  const body = depth > 1 ? bodyOf(state, depth - 1) : [];
  const below = body.length === 0 ? { inputs: inputsOf(state) } : kind === 'conv' ? { pool } : {};
  const gain = state[`gain${letter}`] * headGain;
  return [...body, /** @type {Layer} */ ({ kind: 'dense', units: CLASSES, activation, gain, ...below })];
}

/** @type {Record<string, (sigma: number) => import('../engine/spec.js').SchemeChoice>} */
const BIAS_SCHEMES = {
  sigma: (std) => (std > 0 ? { name: 'normal', std } : 'zeros'),
  zeros: () => 'zeros',
  'pytorch-default': () => 'pytorch-default',
};

/**
 * What the engine is asked for; images take the place of the input.
 * @param {State} state
 * @param {'A' | 'B'} letter
 * @returns {Spec}
 */
export function specOf(state, letter) {
  const scheme = schemeOf(state, letter);
  const { activation, input, batch, seed, bias, loss } = state;
  return {
    layers: layersOf(state, letter),
    activation,
    scheme: scheme.value ? { name: scheme.name, [scheme.value]: state[`value${letter}`] ?? scheme.given } : scheme.name,
    gain: state[`gain${letter}`],
    bias: BIAS_SCHEMES[state[`bias${letter}`]](bias),
    input: hasImages(state) ? 'normal' : input,
    batch,
    seed,
    backward: true,
    loss,
    fans: state[`fans${letter}`],
    varianceAsStd: state[`taken${letter}`] === 'variance',
  };
}

/** The images that go in, as paintImages takes them; null for noise. @param {State} state */
export const imagesOf = (state) =>
  hasImages(state)
    ? {
        image: state.input,
        batch: state.batch,
        size: /** @type {[number, number]} */ ([state.size, state.size]),
        channels: RGB,
        seed: state.seed,
        pixels: state.pixels,
      }
    : null;
