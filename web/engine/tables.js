/**
 * tables.js: what JavaScript needs of the C side. Made by generate.js; never edit it.
 */

/** DISTRIBUTION_*, in their order. */
export const DISTRIBUTIONS = /** @type {const} */ ([
  "constant",
  "uniform",
  "uniform-positive",
  "normal",
  "truncated",
  "truncated-raw",
  "cut",
  "orthogonal",
  "identity",
  "sparse",
  "unit-sum",
  "cut-spiked",
  "truncated-spiked",
]);

/** MODE_*, in their order. */
export const MODES = /** @type {const} */ ([
  "value",
  "fan_in",
  "fan_out",
  "fan_avg",
  "fan_geo_avg",
  "depth",
  "nguyen_widrow",
]);

/** INPUT_*, in their order. */
export const INPUTS = /** @type {readonly string[]} */ ([
  "normal",
  "uniform",
  "given",
  "sparse",
  "one-hot",
]);

/** LOSS_*, in their order. */
export const LOSSES = /** @type {readonly string[]} */ ([
  "none",
  "random",
  "cross-entropy",
]);

/** TENSOR_*, in their order. */
export const TENSORS = /** @type {readonly string[]} */ ([
  "input",
  "weights",
  "preactivations",
  "activations",
  "deltas",
  "weightGradients",
]);

/** SUMMARY_*, in their order. */
export const SUMMARY = /** @type {readonly string[]} */ ([
  "mean",
  "std",
  "rms",
  "min",
  "max",
  "zeros",
  "saturated",
  "dead",
  "nonFinite",
  "lo",
  "hi",
]);

/** CONVENTION_*, in their order. */
export const CONVENTIONS = /** @type {const} */ ([
  "true",
  "pytorch",
  "keras",
  "jax",
  "whole",
  "channels",
]);

/** DRAWN_*, in their order. */
export const DRAWN = /** @type {const} */ ([
  "float32",
  "float16",
  "bfloat16",
  "jax-bfloat16",
  "pytorch-bfloat16",
  "tinygrad-bfloat16",
]);

/** FAN_*, in their order. */
export const FANS = /** @type {readonly string[]} */ ([
  "in",
  "out",
]);

/** SHAPE_*, in their order. */
export const SHAPES = /** @type {readonly string[]} */ ([
  "dense",
  "square",
  "conv",
  "grouped",
  "depthwise",
]);

/** POOL_*, in their order. */
export const POOLS = /** @type {readonly string[]} */ ([
  "none",
  "flatten",
  "average",
]);

/** PADDING_*, in their order. */
export const PADDINGS = /** @type {readonly string[]} */ ([
  "same",
  "valid",
]);

/** WINDOW_*, in their order. */
export const WINDOWS = /** @type {readonly string[]} */ ([
  "max",
  "average",
]);

/** NORM_*, in their order. */
export const NORMS = /** @type {readonly string[]} */ ([
  "layer",
  "rms",
  "batch",
]);

/** SUM_*, in their order. */
export const FACTORS = /** @type {readonly string[]} */ ([
  "stream",
  "branch",
]);

/** INSIDE_*, in their order. */
export const INSIDE = /** @type {readonly string[]} */ ([
  "top",
  "bottom",
  "left",
  "right",
]);

/** MOMENT_*, in their order. */
export const MOMENTS = /** @type {readonly string[]} */ ([
  "phi",
  "phi2",
  "phi4",
  "slope2",
  "growth",
  "slope4",
  "cross",
  "slopeGrowth",
]);

/** THEORY_*, in their order. */
export const THEORY = /** @type {readonly string[]} */ ([
  "zSquare",
  "zLogStd",
  "zLow",
  "zHigh",
  "zCorrelation",
  "zNormal",
  "aMean",
  "aSquare",
  "aLogStd",
  "aLow",
  "aHigh",
  "slopeSquare",
  "died",
  "deltaSquare",
  "deltaLogStd",
  "deltaLow",
  "deltaHigh",
  "gradientSquare",
  "gradientLogStd",
  "gradientLow",
  "gradientHigh",
]);

/** PHASE_*, in their order. */
export const PHASES = /** @type {readonly string[]} */ ([
  "ordered",
  "critical",
  "chaotic",
  "explodes",
  "decays",
]);

/** POINT_*, in their order. */
export const POINTS = /** @type {readonly string[]} */ ([
  "q",
  "chi",
  "correlation",
  "slope",
  "depth",
  "phase",
]);

/** CELL_*, in their order. */
export const CELLS = /** @type {readonly string[]} */ ([
  "phase",
  "rate",
  "chi",
]);

/** OBJECTIVE_*, in their order. */
export const OBJECTIVES = /** @type {readonly string[]} */ ([
  "cross-entropy",
  "squared-error",
]);

/** OPTIMIZER_*, in their order. */
export const OPTIMIZERS = /** @type {readonly string[]} */ ([
  "sgd",
  "momentum",
  "nesterov",
  "adam",
]);

/** DIALECT_*, in their order. */
export const DIALECTS = /** @type {readonly string[]} */ ([
  "pytorch",
  "keras",
  "optax",
  "tensorflow-js",
  "scikit-learn",
  "convnet-js",
]);

/** HYPER_*, in their order. */
export const HYPERS = /** @type {readonly string[]} */ ([
  "rate",
  "momentum",
  "beta1",
  "beta2",
  "epsilon",
  "decay",
]);

/** NET_ERROR_*: what a function of C returns. */
export const ERRORS = /** @type {const} */ ({
  range: -1,
  memory: -2,
  order: -3,
});

/** LIMIT_*: what net_limit() answers. */
export const LIMITS = /** @type {const} */ ({
  depth: 256,
  units: 4096,
  outputs: 65536,
  inputs: 1048576,
  batch: 1024,
  bins: 256,
  bytes: 1056964608,
  scale: 1000000,
  side: 224,
  channels: 512,
  kernel: 11,
  orthogonal: 2048,
  stride: 4,
  weights: 4294967295,
  rows: 64,
  panel: 8,
  examples: 1048576,
  module: 1073741824,
});

/** The distributions that biases may have. */
export const BIAS_DISTRIBUTIONS = /** @type {readonly string[]} */ ([
  "constant",
  "uniform",
  "uniform-positive",
  "normal",
]);

/** The modes that a rule of biases may have. */
export const BIAS_MODES = /** @type {readonly string[]} */ ([
  "value",
  "fan_in",
]);

/** The activations. */
export const ACTIVATIONS = /** @type {readonly string[]} */ ([
  "linear",
  "relu",
  "leaky-relu",
  "tanh",
  "sigmoid",
  "elu",
  "selu",
  "gelu",
  "silu",
  "mish",
  "softplus",
  "softsign",
  "hardtanh",
  "sin",
]);

/** The activations that have a parameter: its name in a spec, its default and its range. */
export const PARAMETERS = /** @type {const} */ ({
  'leaky-relu': {"name":"slope","given":0.01,"least":0,"most":1},
  elu: {"name":"alpha","given":1,"least":0,"most":10},
  sin: {"name":"omega","given":1,"least":0.01,"most":1000},
});

/** The activations for which phi(c z) = c phi(z), c > 0. */
export const HOMOGENEOUS = /** @type {readonly string[]} */ ([
  "linear",
  "relu",
  "leaky-relu",
]);

/** The activations that are 0 for every z < 0, and above 0 for every z > 0. */
export const RECTIFIERS = /** @type {readonly string[]} */ ([
  "relu",
]);

/** The schemes that only the full module has: matrices as a whole, rules of single libraries, and those with a mean. */
export const FULL_SCHEMES = /** @type {readonly string[]} */ ([
  "constant",
  "uniform-positive",
  "orthogonal",
  "identity",
  "sparse",
  "unit-sum",
  "nguyen-widrow-positive",
  "cut-spiked",
  "truncated-spiked",
]);

/** The schemes that may be a truncated normal, which takes a cut. */
export const CUT_SCHEMES = /** @type {readonly string[]} */ ([
  "xavier-truncated",
  "xavier-truncated-raw",
  "he-truncated",
  "he-truncated-raw",
  "lecun-truncated",
  "lecun-truncated-raw",
  "truncated-raw",
  "variance-scaling",
]);

/** The schemes: name, group in the menu, and where the reader may choose its number, the name and default of that. */
export const SCHEMES = /** @type {const} */ ([
  {"name":"xavier-normal","group":"Xavier"},
  {"name":"xavier-uniform","group":"Xavier"},
  {"name":"xavier-truncated","group":"Xavier"},
  {"name":"xavier-truncated-raw","group":"Xavier"},
  {"name":"mxnet-gaussian","group":"Xavier"},
  {"name":"he-normal","group":"He"},
  {"name":"he-uniform","group":"He"},
  {"name":"he-truncated","group":"He"},
  {"name":"he-truncated-raw","group":"He"},
  {"name":"he-fan-out","group":"He"},
  {"name":"msra-prelu","group":"He"},
  {"name":"lecun-normal","group":"LeCun"},
  {"name":"lecun-uniform","group":"LeCun"},
  {"name":"lecun-truncated","group":"LeCun"},
  {"name":"lecun-truncated-raw","group":"LeCun"},
  {"name":"pytorch-default","group":"LeCun"},
  {"name":"zeros","group":"of a given size"},
  {"name":"constant","group":"of a given size","value":"value","given":0.01},
  {"name":"normal","group":"of a given size","value":"std","given":0.01},
  {"name":"uniform","group":"of a given size","value":"bound","given":0.05},
  {"name":"uniform-positive","group":"of a given size","value":"bound","given":1},
  {"name":"truncated-raw","group":"of a given size","value":"std","given":0.05},
  {"name":"cut-normal","group":"of a given size","value":"std","given":0.02},
  {"name":"orthogonal","group":"matrices"},
  {"name":"identity","group":"matrices"},
  {"name":"sparse","group":"matrices","value":"share","given":0.9},
  {"name":"unit-sum","group":"single libraries"},
  {"name":"nguyen-widrow-positive","group":"single libraries"},
  {"name":"cut-spiked","group":"single libraries","value":"std","given":0.02},
  {"name":"truncated-spiked","group":"single libraries","value":"std","given":0.02},
  {"name":"djl-xavier","group":"single libraries"},
  {"name":"transformers-lecun","group":"single libraries"},
  {"name":"gpt2-residual","group":"others","value":"std","given":0.02},
  {"name":"mup-hidden","group":"others"},
  {"name":"variance-scaling","group":"others","value":"scale","given":1},
]);
