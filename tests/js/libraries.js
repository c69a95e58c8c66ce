/*
 * What a call of a library draws for a layer, computed from the text of the call as the library's own source computes it:
 * from the shape in which that library stores the weights, and from the arguments. It shares nothing with the engine's
 * tables. calls.test.js compares the names on the page with it.
 */
import { constant, corrected, cut, normal, positive, truncated, uniform } from './documented.js';

/** @typedef {import('./documented.js').Spread} Spread */
/** @typedef {{ kernel: number[], channelsIn: number, channelsOut: number, groups: number }} Shape no kernel: dense */
/** @typedef {Record<string, any>} Arguments by name, or by place from 0 */

/** @param {number[]} sides */
const product = (sides) => sides.reduce((a, b) => a * b, 1);

/** @param {Shape} shape */
const isDepthwise = ({ groups, channelsIn }) => groups > 1 && groups === channelsIn;

/** (out, in / groups, kernel): PyTorch, timm, Transformers, MXNet. @param {Shape} shape */
const outFirst = ({ kernel, channelsIn, channelsOut, groups }) => [channelsOut, channelsIn / groups, ...kernel];

/** (kernel, in / groups, out): JAX. @param {Shape} shape */
const outLast = ({ kernel, channelsIn, channelsOut, groups }) => [...kernel, channelsIn / groups, channelsOut];

/** (kernel, in, multiplier) for a depthwise layer: Keras, TensorFlow.js. @param {Shape} shape */
const depthwise = (shape) =>
  isDepthwise(shape) ? [...shape.kernel, shape.channelsIn, shape.channelsOut / shape.channelsIn] : outLast(shape);

/** Fans from the first two sides: PyTorch's _calculate_fan_in_and_fan_out, MXNet's Xavier. @param {number[]} sides */
const fansOutFirst = ([out, into, ...kernel]) => ({ fanIn: into * product(kernel), fanOut: out * product(kernel) });

/** Fans from the last two: Keras's compute_fans, JAX's _compute_fans, TensorFlow.js's computeFans. @param {number[]} sides */
function fansOutLast(sides) {
  const size = product(sides.slice(0, -2));
  const [into, out] = sides.slice(-2);
  return { fanIn: into * size, fanOut: out * size };
}

/** An orthogonal matrix of some rows and columns, times a gain. @param {number} rows @param {number} columns @param {number} gain
 * @returns {Spread} */
const orthogonal = (rows, columns, gain) => ({
  std: gain / Math.sqrt(Math.max(rows, columns)),
  bound: null,
  fourth: 3,
});

/** Ones, or gains, on the diagonal. @param {number[]} sides @param {number} gain @returns {Spread | null} null: no matrix */
function identity(sides, gain) {
  if (sides.length !== 2) return null;
  const side = Math.max(...sides);
  return { mean: gain / side, std: (gain * Math.sqrt(side - 1)) / side, bound: null, fourth: side };
}

/** Keras, JAX and TensorFlow.js: variance scaling by mode and distribution. @param {number} scale
 * @param {'fan_in' | 'fan_out' | 'fan_avg'} mode @param {(std: number) => Spread} distribution @param {{ fanIn: number, fanOut: number }} fans */
const scaling = (scale, mode, distribution, { fanIn, fanOut }) =>
  distribution(Math.sqrt(scale / { fan_in: fanIn, fan_out: fanOut, fan_avg: (fanIn + fanOut) / 2 }[mode]));

/** A uniform distribution by its std. @param {number} std */
const uniformStd = (std) => uniform(Math.sqrt(3) * std);

/** The named schemes of Keras, JAX and TensorFlow.js: only the truncated normal differs.
 * @param {(std: number) => Spread} cutNormal */
const named = (cutNormal) =>
  /** @type {Record<string, (fans: { fanIn: number, fanOut: number }) => Spread>} */ ({
    glorotuniform: (fans) => scaling(1, 'fan_avg', uniformStd, fans),
    glorotnormal: (fans) => scaling(1, 'fan_avg', cutNormal, fans),
    heuniform: (fans) => scaling(2, 'fan_in', uniformStd, fans),
    henormal: (fans) => scaling(2, 'fan_in', cutNormal, fans),
    lecununiform: (fans) => scaling(1, 'fan_in', uniformStd, fans),
    lecunnormal: (fans) => scaling(1, 'fan_in', cutNormal, fans),
  });

/** Each library's calls: from the sides of the weights and the arguments to what is drawn; null: the call fails there.
 * @type {Record<string, { sides: (shape: Shape) => number[] | null, calls: Record<string, (sides: number[], args: Arguments) => Spread | null> }>} */
const LIBRARIES = {
  PyTorch: {
    sides: outFirst,
    calls: {
      'nn.Linear, nn.Conv2d default': (sides) => uniform(1 / Math.sqrt(fansOutFirst(sides).fanIn)),
      xavier_uniform_: (sides, { gain = 1 }) => {
        const { fanIn, fanOut } = fansOutFirst(sides);
        return uniform(Math.sqrt(3) * gain * Math.sqrt(2 / (fanIn + fanOut)));
      },
      xavier_normal_: (sides, { gain = 1 }) => {
        const { fanIn, fanOut } = fansOutFirst(sides);
        return normal(gain * Math.sqrt(2 / (fanIn + fanOut)));
      },
      kaiming_uniform_: (sides) => uniform((Math.sqrt(3) * Math.SQRT2) / Math.sqrt(fansOutFirst(sides).fanIn)),
      kaiming_normal_: (sides, { mode = 'fan_in' }) => {
        const { fanIn, fanOut } = fansOutFirst(sides);
        return normal(Math.SQRT2 / Math.sqrt(mode === 'fan_in' ? fanIn : fanOut));
      },
      trunc_normal_: (_, { std = 1 }) => cutAtTwo(std),
      orthogonal_: ([rows, ...rest], { gain = 1 }) => orthogonal(rows, product(rest), gain),
      sparse_: (sides, { sparsity, std = 0.01 }) => {
        if (sides.length !== 2) return null;
        return { std: std * Math.sqrt(1 - Math.ceil(sparsity * sides[0]) / sides[0]), bound: null, fourth: 30 };
      },
      eye_: (sides) => identity(sides, 1),
      normal_: (_, { std = 1 }) => normal(std),
      uniform_: (_, { b = 1 }) => positive(b),
      zeros_: () => constant(0),
      ones_: () => constant(1),
    },
  },
  Keras: {
    sides: depthwise,
    calls: {
      ...callsByFans(named(corrected), ['GlorotUniform', 'GlorotNormal', 'HeUniform', 'HeNormal'], fansOutLast),
      ...callsByFans(named(corrected), ['LecunUniform', 'LecunNormal'], fansOutLast),
      'Dense, Conv2D default: GlorotUniform': (sides) => named(corrected).glorotuniform(fansOutLast(sides)),
      VarianceScaling: (sides, { scale = 1 }) => scaling(scale, 'fan_in', corrected, fansOutLast(sides)),
      TruncatedNormal: (_, { stddev = 0.05 }) => truncated(stddev),
      RandomNormal: (_, { stddev = 0.05 }) => normal(stddev),
      RandomUniform: (_, { minval = -0.05, maxval = 0.05 }) => (minval === -maxval ? uniform(maxval) : null),
      Orthogonal: (sides, { gain = 1 }) => orthogonal(product(sides.slice(0, -1)), sides[sides.length - 1], gain),
      Identity: (sides, { gain = 1 }) => identity(sides, gain),
      Zeros: () => constant(0),
      Ones: () => constant(1),
    },
  },
  JAX: {
    sides: outLast,
    calls: {
      ...callsByFans(named(corrected), ['glorot_uniform', 'glorot_normal', 'he_uniform', 'he_normal'], fansOutLast),
      ...callsByFans(named(corrected), ['lecun_uniform', 'lecun_normal'], fansOutLast),
      'Flax Dense, Conv default: lecun_normal': (sides) => named(corrected).lecunnormal(fansOutLast(sides)),
      'Haiku Linear, Conv2D default': (sides) => truncated(1 / Math.sqrt(product(sides.slice(0, -1)))),
      'Equinox nn.Linear, nn.Conv2d default': (sides) => uniform(1 / Math.sqrt(product(sides.slice(0, -1)))),
      variance_scaling: (sides, { 0: scale, 1: mode }) => scaling(scale, mode, corrected, fansOutLast(sides)),
      truncated_normal: (_, { stddev = 0.01 }) => truncated(stddev),
      normal: (_, { stddev = 0.01 }) => normal(stddev),
      uniform: (_, { scale = 0.01 }) => positive(scale),
      orthogonal: (sides, { scale = 1 }) => orthogonal(product(sides.slice(0, -1)), sides[sides.length - 1], scale),
      zeros: () => constant(0),
      ones: () => constant(1),
    },
  },
  'TensorFlow.js': {
    sides: (shape) => (shape.groups > 1 && !isDepthwise(shape) ? null : depthwise(shape)),
    calls: {
      ...callsByFans(named(truncated), ['glorotUniform', 'glorotNormal', 'heUniform', 'heNormal'], fansOutLast),
      ...callsByFans(named(truncated), ['leCunUniform', 'leCunNormal'], fansOutLast),
      'dense default: glorotNormal': (sides) =>
        sides.length === 2 ? named(truncated).glorotnormal(fansOutLast(sides)) : null,
      varianceScaling: (sides, { scale = 1 }) => scaling(scale, 'fan_in', truncated, fansOutLast(sides)),
      truncatedNormal: (_, { stddev = 0.05 }) => truncated(stddev),
      randomNormal: (_, { stddev = 0.05 }) => normal(stddev),
      randomUniform: (_, { minval = -0.05, maxval = 0.05 }) => (minval === -maxval ? uniform(maxval) : null),
      orthogonal: (sides, { gain = 1 }) => (sides.length === 2 ? orthogonal(sides[0], sides[1], gain) : null),
      identity: (sides, { gain = 1 }) => (sides[0] === sides[1] ? identity(sides, gain) : null),
      zeros: () => constant(0),
      ones: () => constant(1),
    },
  },
  MXNet: {
    sides: outFirst,
    calls: {
      'Gluon Dense, Conv2D default: Uniform': () => uniform(0.07),
      Normal: (_, { sigma = 0.01 }) => normal(sigma),
      Xavier: (sides, { magnitude = 3, rnd_type = 'uniform' }) => {
        const { fanIn, fanOut } = fansOutFirst(sides);
        const scale = Math.sqrt(magnitude / ((fanIn + fanOut) / 2));
        return rnd_type === 'uniform' ? uniform(scale) : normal(scale);
      },
      MSRAPrelu: (sides) => {
        const { fanIn, fanOut } = fansOutFirst(sides);
        return normal(Math.sqrt(2 / (1 + 0.25 ** 2) / ((fanIn + fanOut) / 2)));
      },
      Orthogonal: ([rows, ...rest], { scale }) => orthogonal(rows, product(rest), scale),
      Zero: () => constant(0),
      One: () => constant(1),
    },
  },
  timm: {
    sides: outFirst,
    calls: {
      'ViT Linear default: trunc_normal_': (sides, { std }) => (sides.length === 2 ? cutAtTwo(std) : null),
      trunc_normal_: (_, { std = 1 }) => cutAtTwo(std),
      trunc_normal_tf_: (_, { std = 1 }) => truncated(std),
      variance_scaling_: (sides, { scale = 1, distribution = 'normal' }) =>
        scaling(scale, 'fan_in', distribution === 'normal' ? normal : corrected, fansOutFirst(sides)),
      lecun_normal_: (sides) => scaling(1, 'fan_in', corrected, fansOutFirst(sides)),
    },
  },
  Transformers: {
    sides: outFirst,
    calls: {
      'BERT, GPT-2 default': (sides, { initializer_range }) => (sides.length === 2 ? normal(initializer_range) : null),
    },
  },
  MLX: {
    sides: outFirst,
    calls: { 'nn.Linear default': (sides) => (sides.length === 2 ? uniform(1 / Math.sqrt(sides[1])) : null) },
  },
  'Flux.jl': {
    sides: outFirst,
    calls: {
      'Dense default: glorot_uniform': (sides) =>
        sides.length === 2 ? uniform(Math.sqrt(6 / (sides[0] + sides[1]))) : null,
    },
  },
};

/** Largest normal that a generator of single precision draws; a cut beyond it cuts nothing. */
const LAST = 6.56;

/** A normal cut at +-2, whatever its std. @param {number} std */
function cutAtTwo(std) {
  return std * LAST <= 2 ? normal(std) : cut(std, 2);
}

/** @param {ReturnType<typeof named>} schemes @param {string[]} names as the library writes them
 * @param {(sides: number[]) => { fanIn: number, fanOut: number }} fans */
function callsByFans(schemes, names, fans) {
  return Object.fromEntries(
    names.map((name) => {
      const draw = schemes[name.replaceAll('_', '').toLowerCase()];
      return [name, (/** @type {number[]} */ sides) => draw(fans(sides))];
    }),
  );
}

/** The arguments in the brackets of a call. @param {string} text @returns {Arguments} */
function readArguments(text) {
  const parts = text.replace(/^\{|\}$/g, '').split(', ');
  return Object.fromEntries(
    parts
      .filter((part) => part !== '')
      .map((part, place) => {
        const [, name = place, value] = /** @type {RegExpExecArray} */ (/^(?:(\w+)(?:=|: ))?(.*)$/.exec(part));
        return [name, /^'/.test(value) ? value.slice(1, -1) : Number(value)];
      }),
  );
}

/**
 * What a call draws.
 * @param {string} library
 * @param {string} text of the call
 * @param {Shape} shape
 * @returns {Spread | null} null where the library has no such layer, or the call fails for it
 */
export function drawnBy(library, text, shape) {
  const { sides, calls } = LIBRARIES[library];
  const [, name, args = ''] = /** @type {RegExpExecArray} */ (/^(.*?) ?(?:\((.*)\))?$/.exec(text));
  if (!calls[name]) throw new Error(`${library} has no ${name}`);
  const laid = sides(shape);
  return laid && calls[name](laid, readArguments(args));
}
