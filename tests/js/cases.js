/**
 * cases.js: random networks with convolutions. A network is a function of a seed and of the kinds of its layers. It is
 * small, so that seven plain loops can compute it. What the engine should answer is not known here.
 */
import { outputsOf, shapesOf, weightsOf } from './plain.js';

/** The most multiply-adds in one pass. */
const MOST_TERMS = 300_000;

/* sides with images smaller than some kernels; channels around panels of 8 and blocks of 64 */
const KERNELS = [1, 1, 2, 3, 3, 3, 4, 5, 7, 11];
const SIDES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 21];
const CHANNELS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 33, 64, 70];
const BATCHES = [1, 2, 3, 4, 5, 8, 9];
const SCHEMES = ['he-normal', 'xavier-uniform', 'lecun-truncated'];
/** Sigmoid and softplus are not 0 at 0, which is what padding holds. */
const ACTIVATIONS = ['linear', 'tanh', 'sigmoid', 'softplus', 'gelu', 'relu'];

/** Numbers in [0, 1), by mulberry32. @param {number} seed @returns {() => number} */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @template T @param {() => number} random @param {readonly T[]} list */
const pick = (random, list) => list[Math.floor(random() * list.length)];

/** A convolution that fits onto an image. @param {() => number} random @param {number[]} size @param {number} channelsIn */
function randomConv(random, size, channelsIn) {
  const kernel = [pick(random, KERNELS), pick(random, KERNELS)];
  const divisors = CHANNELS.filter((n) => channelsIn % n === 0);
  const groups = pick(random, [1, 1, channelsIn, pick(random, divisors)]);
  const few = CHANNELS.filter((n) => n % groups === 0);
  return {
    kind: 'conv',
    kernel,
    channelsIn,
    channelsOut: few.length > 0 ? pick(random, few) : groups,
    size,
    stride: pick(random, [1, 2]),
    padding: kernel.every((side, i) => side <= size[i]) ? pick(random, ['same', 'valid']) : 'same',
    groups,
  };
}

/** @param {() => number} random @param {readonly string[]} kinds @returns {any[]} */
function randomLayers(random, kinds) {
  /** @type {any[]} */
  const layers = [];
  for (const kind of kinds) {
    const below = shapesOf(layers)[layers.length - 1];
    const size = below?.size ?? [pick(random, SIDES), pick(random, SIDES)];
    const layer =
      kind === 'conv'
        ? randomConv(random, size, below?.channelsOut ?? pick(random, CHANNELS))
        : { kind: 'dense', units: pick(random, CHANNELS), pool: kind };
    layers.push({ ...layer, activation: pick(random, ACTIVATIONS) });
  }
  return layers;
}

/** @param {any[]} layers @param {number} batch */
function termsOf(layers, batch) {
  const terms = shapesOf(layers).map((s) => (outputsOf(s) * weightsOf(s)) / s.channelsOut);
  return batch * terms.reduce((sum, n) => sum + n, 0);
}

/** The layers without their optional fields. @param {any[]} layers */
function shortened(layers) {
  return layers.map(({ channelsIn, size, stride, padding, groups, pool, ...rest }, i) => ({
    ...(i === 0 ? { channelsIn, size } : {}),
    ...(stride === 1 ? {} : { stride }),
    ...(padding === 'same' ? {} : { padding }),
    ...(groups === 1 ? {} : { groups }),
    ...(pool === 'flatten' ? {} : { pool }),
    ...rest,
  }));
}

/**
 * A spec whose layers have these kinds: 'conv', or 'flatten' or 'average' for a dense layer that takes its input so. Every
 * second spec leaves out its optional fields.
 * @param {number} seed @param {readonly string[]} kinds @returns {any}
 */
export function randomSpec(seed, kinds) {
  const random = generator(seed);
  for (;;) {
    const layers = randomLayers(random, kinds);
    const batch = pick(random, BATCHES);
    if (termsOf(layers, batch) > MOST_TERMS) continue;
    const bias = { name: 'normal', std: 0.3 };
    const scheme = pick(random, SCHEMES);
    return { layers: seed % 2 === 0 ? layers : shortened(layers), scheme, bias, batch, seed, loss: 'random' };
  }
}
