/**
 * documented.js: the distribution that each library documents for its initializers and for the defaults of its layers,
 * at fan_in 75 and fan_out 200. The formulas come from the libraries' own pages and sources, not from the engine's
 * tables. libraries.test.js compares the engine with them.
 */
import { erf } from './reference.js';

export const FAN_IN = 75; /* of a 5 x 5 kernel from 3 to 8 channels */
export const FAN_OUT = 200;
export const FAN_AVG = (FAN_IN + FAN_OUT) / 2;

/**
 * The numbers of a documented distribution. A bound of null: it has none.
 * @typedef {{ mean?: number, std: number, bound: number | null, parent?: number, fourth: number }} Spread fourth is
 *   E (w - mean)^4 / std^4, and parent is the std before a cut
 */

/** @param {number} value @returns {Spread} */
export const constant = (value) => ({ mean: value, std: 0, bound: null, fourth: 0 });

/** Uniform on (-bound, bound). @param {number} bound @returns {Spread} */
export const uniform = (bound) => ({ std: bound / Math.sqrt(3), bound, fourth: 9 / 5 });

/** Uniform on (0, bound). @param {number} bound @returns {Spread} */
export const positive = (bound) => ({ mean: bound / 2, std: bound / Math.sqrt(12), bound, fourth: 9 / 5 });

/** @param {number} std @returns {Spread} */
export const normal = (std) => ({ std, bound: null, parent: std, fourth: 3 });

/** N(0, parent^2), given that it lies within +-bound. With c = bound / parent, by parts,
 * E z^2 = 1 - 2 c phi(c) / (2 Phi(c) - 1), E z^4 = 3 E z^2 - 2 c^3 phi(c) / (2 Phi(c) - 1).
 * @param {number} parent @param {number} bound @returns {Spread} */
export function cut(parent, bound) {
  const c = bound / parent;
  const edge = (2 * Math.exp((-c * c) / 2)) / Math.sqrt(2 * Math.PI) / erf(c / Math.SQRT2);
  const variance = 1 - c * edge;
  return { std: parent * Math.sqrt(variance), bound, parent, fourth: (3 * variance - c ** 3 * edge) / variance ** 2 };
}

/** A normal redrawn beyond two stds. `std` is its parent's, so the values have a smaller one. @param {number} std */
export const truncated = (std) => cut(std, 2 * std);

/** The same, with a wider parent so that the values have this std: Keras and JAX. @param {number} std */
export const corrected = (std) => truncated(std / 0.87962566103423978);

/** Q has mean square 1 / max(rows, cols), and no free scale. @type {Spread} */
const ORTHOGONAL = { std: 1 / Math.sqrt(FAN_OUT), bound: null, fourth: 3 };

/** Ones on the diagonal, a share p = 1 / 200 of all weights. @type {Spread} */
const IDENTITY = { mean: 1 / 200, std: Math.sqrt(199) / 200, bound: null, fourth: 200 };

/** N(0, 0.01^2), with 180 of 200 outputs set to 0. @type {Spread} */
const SPARSE = { std: 0.01 * Math.sqrt(1 / 10), bound: null, fourth: 30 };

const XAVIER_UNIFORM = uniform(Math.sqrt(6 / (FAN_IN + FAN_OUT)));
const XAVIER_STD = Math.sqrt(2 / (FAN_IN + FAN_OUT));
const HE_UNIFORM = uniform(Math.sqrt(6 / FAN_IN));
const LECUN_UNIFORM = uniform(Math.sqrt(3 / FAN_IN));

/** @type {Record<string, Record<string, Spread>>} */
export const DOCUMENTED = {
  PyTorch: {
    'nn.Linear, nn.Conv2d default': uniform(1 / Math.sqrt(FAN_IN)),
    xavier_uniform_: XAVIER_UNIFORM,
    xavier_normal_: normal(XAVIER_STD),
    kaiming_uniform_: HE_UNIFORM,
    kaiming_normal_: normal(Math.sqrt(2 / FAN_IN)),
    "kaiming_normal_(mode='fan_out')": normal(Math.sqrt(2 / FAN_OUT)),
    trunc_normal_: cut(1, 2),
    orthogonal_: ORTHOGONAL,
    'sparse_(sparsity=0.9)': SPARSE,
    eye_: IDENTITY,
    normal_: normal(1),
    uniform_: positive(1),
    zeros_: constant(0),
    ones_: constant(1),
  },
  Keras: {
    'Dense, Conv2D default: GlorotUniform': XAVIER_UNIFORM,
    GlorotUniform: XAVIER_UNIFORM,
    GlorotNormal: corrected(XAVIER_STD),
    HeNormal: corrected(Math.sqrt(2 / FAN_IN)),
    HeUniform: HE_UNIFORM,
    LecunNormal: corrected(Math.sqrt(1 / FAN_IN)),
    LecunUniform: LECUN_UNIFORM,
    VarianceScaling: corrected(Math.sqrt(1 / FAN_IN)),
    TruncatedNormal: truncated(0.05),
    RandomNormal: normal(0.05),
    RandomUniform: uniform(0.05),
    Orthogonal: ORTHOGONAL,
    Identity: IDENTITY,
    Zeros: constant(0),
    Ones: constant(1),
  },
  JAX: {
    'Flax Dense, Conv default: lecun_normal': corrected(Math.sqrt(1 / FAN_IN)),
    'Haiku Linear, Conv2D default': truncated(1 / Math.sqrt(FAN_IN)),
    'Equinox nn.Linear, nn.Conv2d default': uniform(1 / Math.sqrt(FAN_IN)),
    glorot_normal: corrected(XAVIER_STD),
    glorot_uniform: XAVIER_UNIFORM,
    he_normal: corrected(Math.sqrt(2 / FAN_IN)),
    he_uniform: HE_UNIFORM,
    lecun_normal: corrected(Math.sqrt(1 / FAN_IN)),
    lecun_uniform: LECUN_UNIFORM,
    "variance_scaling(1, 'fan_in', 'truncated_normal')": corrected(Math.sqrt(1 / FAN_IN)),
    truncated_normal: truncated(0.01),
    normal: normal(0.01),
    uniform: positive(0.01),
    orthogonal: ORTHOGONAL,
    zeros: constant(0),
    ones: constant(1),
  },
  'TensorFlow.js': {
    /* its varianceScaling draws a truncated normal without widening it */
    'dense default: glorotNormal': truncated(XAVIER_STD),
    glorotNormal: truncated(XAVIER_STD),
    glorotUniform: XAVIER_UNIFORM,
    heNormal: truncated(Math.sqrt(2 / FAN_IN)),
    heUniform: HE_UNIFORM,
    leCunNormal: truncated(Math.sqrt(1 / FAN_IN)),
    leCunUniform: LECUN_UNIFORM,
    varianceScaling: truncated(Math.sqrt(1 / FAN_IN)),
    truncatedNormal: truncated(0.05),
    randomNormal: normal(0.05),
    randomUniform: uniform(0.05),
    orthogonal: ORTHOGONAL,
    identity: IDENTITY,
    zeros: constant(0),
    ones: constant(1),
  },
  MXNet: {
    'Gluon Dense, Conv2D default: Uniform': uniform(0.07),
    Normal: normal(0.01),
    Xavier: uniform(Math.sqrt(3 / FAN_AVG)),
    "Xavier(rnd_type='gaussian')": normal(Math.sqrt(3 / FAN_AVG)),
    MSRAPrelu: normal(Math.sqrt(2 / (1 + 0.25 ** 2) / FAN_AVG)),
    "Orthogonal(scale=1, rand_type='normal')": ORTHOGONAL,
    Zero: constant(0),
    One: constant(1),
  },
  timm: {
    /* these two are cut at 100 stds, which no draw reaches */
    'ViT Linear default: trunc_normal_(std=0.02)': normal(0.02),
    'trunc_normal_(std=0.02)': normal(0.02),
    'trunc_normal_tf_(std=0.02)': truncated(0.02),
    variance_scaling_: normal(Math.sqrt(1 / FAN_IN)),
    "variance_scaling_(distribution='truncated_normal')": corrected(Math.sqrt(1 / FAN_IN)),
    lecun_normal_: corrected(Math.sqrt(1 / FAN_IN)),
  },
  Transformers: { 'BERT, GPT-2 default (initializer_range=0.02)': normal(0.02) },
  MLX: { 'nn.Linear default': uniform(1 / Math.sqrt(FAN_IN)) },
  'Flux.jl': { 'Dense default: glorot_uniform': XAVIER_UNIFORM },
};

/** The bound of the biases that a layer draws by default; 0 if it sets them to 0.
 * @type {Record<string, number>} */
const DEFAULT_BIASES = {
  'PyTorch nn.Linear, nn.Conv2d default': 1 / Math.sqrt(FAN_IN),
  'Keras Dense, Conv2D default: GlorotUniform': 0,
  'JAX Flax Dense, Conv default: lecun_normal': 0,
  'JAX Haiku Linear, Conv2D default': 0,
  'JAX Equinox nn.Linear, nn.Conv2d default': 1 / Math.sqrt(FAN_IN),
  'TensorFlow.js dense default: glorotNormal': 0,
  'timm ViT Linear default: trunc_normal_(std=0.02)': 0,
  'Transformers BERT, GPT-2 default (initializer_range=0.02)': 0,
  'MLX nn.Linear default': 1 / Math.sqrt(FAN_IN),
  'Flux.jl Dense default: glorot_uniform': 0,
};

/**
 * The bound of the biases that a call gives; undefined if it gives none. MXNet hands every initializer the biases too, and
 * each sets them to 0.
 * @param {string} library @param {string} call
 */
export const biasBound = (library, call) => (library === 'MXNet' ? 0 : DEFAULT_BIASES[`${library} ${call}`]);
