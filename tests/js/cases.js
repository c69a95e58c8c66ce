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
/** Some with a parameter of their own. @type {any[]} */
const WITH_PARAMETERS = [
  { name: 'leaky-relu', slope: 0.2 },
  { name: 'elu', alpha: 2.5 },
  { name: 'sin', omega: 1.5 },
];

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

/** A convolution of any stride, padded by a number as in PyTorch. @param {() => number} random @param {number[]} size
 * @param {number} channelsIn */
function randomPadded(random, size, channelsIn) {
  const conv = randomConv(random, size, channelsIn);
  const least = Math.max(0, ...conv.kernel.map((side, i) => Math.ceil((side - size[i]) / 2)));
  const most = Math.min(...conv.kernel) - 1;
  if (least > most) return { ...conv, padding: 'same', stride: pick(random, [1, 2, 3, 4]) };
  const padding = least + Math.floor(random() * (most - least + 1));
  return { ...conv, padding, stride: pick(random, [1, 2, 3, 4]) };
}

/** @param {() => number} random @param {number[]} size @param {number} channelsIn */
function randomTransposed(random, size, channelsIn) {
  const drawn = randomConv(random, size, channelsIn);
  // a vector may have more numbers than images have channels
  const { kernel, channelsOut, groups } = drawn.channelsOut > 512 ? { ...drawn, channelsOut: 5, groups: 1 } : drawn;
  const stride = pick(random, [1, 2, 2, 3, 4]);
  const outputPadding = Math.floor(random() * stride);
  const uncut = size.map((side, i) => (side - 1) * stride + kernel[i] + outputPadding);
  const most = Math.min(...kernel.map((side) => side - 1), ...uncut.map((side) => Math.floor((side - 1) / 2)));
  const padding = Math.floor(random() * (most + 1));
  return { kind: 'transposed-conv', kernel, channelsIn, channelsOut, size, stride, padding, outputPadding, groups };
}

/** @param {() => number} random @param {string} kind @param {number[]} size @param {number} channelsIn */
function randomPool(random, kind, size, channelsIn) {
  const window = size.map((side) => 1 + Math.floor(random() * Math.min(side, 5)));
  const numbers = Array.from({ length: Math.floor(Math.min(...window) / 2) + 1 }, (_, i) => i);
  const padding = pick(random, ['same', 'valid', ...numbers]);
  return { kind, window, channelsIn, size, stride: pick(random, [1, 2, 3, 4, 5, 11]), padding };
}

/** How a layer of each kind is drawn; any other kind is a dense layer's pool. @type {Record<string, (random: () => number,
 *   size: number[], channels: number) => any>} */
const DRAW = {
  conv: randomConv,
  padded: randomPadded,
  transposed: randomTransposed,
  max: (random, size, channels) => randomPool(random, 'max-pool', size, channels),
  mean: (random, size, channels) => randomPool(random, 'average-pool', size, channels),
  global: (_, size, channelsIn) => ({ kind: 'global-average-pool', channelsIn, size }),
  flat: (_, size, channelsIn) => ({ kind: 'flatten', channelsIn, size }),
};
/** Norms of any gain and epsilon. */
const NORMS = ['layer-norm', 'rms-norm', 'batch-norm'];

/** @param {() => number} random @param {string} kind */
const randomNorm = (random, kind) => ({
  kind,
  ...(random() < 0.5 && { gain: pick(random, [0.5, 2]) }),
  ...(random() < 0.5 && { epsilon: pick(random, [1e-3, 0.1]) }),
});

/** A sum with one of the layers before of its shape, or with the input; where there is none, a layer norm.
 * @param {() => number} random @param {any[]} layers */
function randomSum(random, layers) {
  const shapes = shapesOf(layers);
  const sidesOf = (/** @type {number} */ l) => {
    const { image, channelsIn } = shapes[0];
    return String(l === 0 ? [...image, channelsIn] : [...shapes[l - 1].size, shapes[l - 1].channelsOut]);
  };
  const streams = layers.map((_, l) => l).filter((l) => sidesOf(l) === sidesOf(layers.length));
  if (streams.length === 0) return randomNorm(random, 'layer-norm');
  const factors = random() < 0.5 ? {} : { stream: pick(random, [0.5, -1]), branch: pick(random, [0.25, 2]) };
  return { kind: 'add', over: layers.length - pick(random, streams), ...factors };
}

/** Gated units, where the channels are even, and PReLU. */
const UNITS = ['glu', 'swiglu', 'geglu', 'prelu'];

const WEIGHTLESS = ['max', 'mean', 'global', 'flat'];

/** @param {() => number} random @param {readonly string[]} kinds @returns {any[]} */
function randomLayers(random, kinds) {
  /** @type {any[]} */
  const layers = [];
  for (const kind of kinds) {
    const below = shapesOf(layers)[layers.length - 1];
    const size = below?.size ?? [pick(random, SIDES), pick(random, SIDES)];
    const square = { channelsIn: below?.channelsOut, channelsOut: below?.channelsOut, size };
    if (kind === 'sum' || NORMS.includes(kind)) {
      const first = below ? {} : { channelsIn: pick(random, CHANNELS), size };
      const layer = kind === 'sum' ? randomSum(random, layers) : randomNorm(random, kind);
      layers.push({ ...layer, ...first, activation: pick(random, ACTIVATIONS) });
      continue;
    }
    if (kind === 'phi') {
      const first = below ? {} : { inputs: pick(random, CHANNELS) };
      layers.push({
        kind: 'dense',
        units: pick(random, CHANNELS),
        ...first,
        activation: pick(random, WITH_PARAMETERS),
      });
      continue;
    }
    if (UNITS.includes(kind)) {
      const first = below ? {} : { channelsIn: 2 * pick(random, CHANNELS), size };
      const odd = below && below.channelsOut % 2 > 0;
      layers.push({ kind: odd ? 'prelu' : kind, ...(random() < 0.5 && odd && { slope: 0.1 }), ...first });
      continue;
    }
    if (kind === 'square') {
      layers.push({ kind: 'conv', kernel: [3, 3], ...square, activation: pick(random, ACTIVATIONS) });
      continue;
    }
    if (kind === 'same-units') {
      layers.push({ kind: 'dense', units: below.channelsOut, activation: pick(random, ACTIVATIONS) });
      continue;
    }
    const layer = DRAW[kind]
      ? DRAW[kind](random, size, below?.channelsOut ?? pick(random, CHANNELS))
      : { kind: 'dense', units: pick(random, CHANNELS), pool: kind };
    layers.push(WEIGHTLESS.includes(kind) ? layer : { ...layer, activation: pick(random, ACTIVATIONS) });
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
    ...(i === 0 && rest.kind !== 'dense' ? { channelsIn, size } : {}),
    ...(stride === undefined || (stride === 1 && !rest.window) ? {} : { stride }),
    ...(padding === undefined || (padding === 'same' && !rest.window) ? {} : { padding }),
    ...(groups === undefined || groups === 1 ? {} : { groups }),
    ...(pool === undefined || pool === 'flatten' ? {} : { pool }),
    ...rest,
  }));
}

/**
 * A spec whose layers have these kinds: those of DRAW, or 'flatten' or 'average' for a dense layer that takes its input so.
 * No side of an image is longer than the engine's limit. Every second spec leaves out its optional fields.
 * @param {number} seed @param {readonly string[]} kinds @returns {any}
 */
export function randomSpec(seed, kinds) {
  const random = generator(seed);
  for (;;) {
    const layers = randomLayers(random, kinds);
    const batch = pick(random, BATCHES);
    if (termsOf(layers, batch) > MOST_TERMS) continue;
    if (shapesOf(layers).some(({ size }) => Math.max(...size) > 64)) continue;
    const bias = { name: 'normal', std: 0.3 };
    const scheme = pick(random, SCHEMES);
    return { layers: seed % 2 === 0 ? layers : shortened(layers), scheme, bias, batch, seed, loss: 'random' };
  }
}
