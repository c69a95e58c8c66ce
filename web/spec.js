/**
 * spec.js: what a network is asked to be: the types of a spec, its defaults, and the check that names what is wrong
 * with one.
 *
 * Pure, and without WebAssembly: the tables of schemes, activations and limits are handed in. It computes nothing of a
 * network; engine.js turns what this returns into calls.
 */

/**
 * @typedef {object} Scheme a rule: what distribution, and where its scale comes from
 * @property {string} name
 * @property {Distribution} distribution
 * @property {Mode} mode its number is the std, bound, share or value itself; or Var(W) = number / fan; or, for 'depth',
 *   std = number / sqrt(2 depth)
 * @property {'std' | 'bound' | 'value' | 'share' | 'scale' | null} numberName by which it may be chosen; null: it is fixed
 * @property {number} number its own, or its default
 * @property {string} paper
 *
 * @typedef {'constant' | 'uniform' | 'uniform-positive' | 'normal' | 'truncated' | 'truncated-raw' | 'cut' | 'orthogonal'
 *   | 'identity' | 'sparse'} Distribution
 * @typedef {'value' | 'fan_in' | 'fan_out' | 'fan_avg' | 'fan_geo_avg' | 'depth'} Mode
 *
 * @typedef {object} Activation
 * @property {string} name
 * @property {[lo: number, hi: number]} saturation
 * @property {Record<GainName, number | null>} gains 'pytorch': what calculate_gain says, null where it says nothing;
 *   'forward' keeps E z^2 = 1 from layer to layer, 'backward' the square of the deltas
 *
 * @typedef {'pytorch' | 'forward' | 'backward'} GainName
 *
 * @typedef {string | { name: string, std?: number, bound?: number, value?: number, share?: number, scale?: number,
 *   mode?: Mode, distribution?: Distribution }} SchemeChoice mode and distribution for 'variance-scaling' only
 *
 * @typedef {object} Layer
 * @property {'dense'} kind
 * @property {number} [inputs] fan_in; needed of the first layer only, and must equal the units before it
 * @property {number} units fan_out
 * @property {string} [activation] each of these four overrides the spec's
 * @property {SchemeChoice} [scheme]
 * @property {number | GainName} [gain]
 * @property {SchemeChoice} [bias]
 *
 * @typedef {object} Spec
 * @property {Layer[]} layers 1 to 100
 * @property {string} [activation] 'relu'
 * @property {SchemeChoice} [scheme] 'he-normal'
 * @property {number | GainName} [gain] 1: multiplies the scheme's std or bound
 * @property {SchemeChoice} [bias] 'zeros'
 * @property {'normal' | 'uniform' | Float32Array} [input] 'normal'; of mean square 1, or a (batch, inputs) array
 * @property {number} [batch] 64
 * @property {number} [seed] 1
 * @property {boolean} [backward] false: whether to pass the loss back
 * @property {'random' | 'cross-entropy'} [loss] 'random': sum(g a_L), g normal; or of softmax a_L against random labels
 */

/** what a spec may leave out */
const DEFAULTS = {
  activation: 'relu',
  scheme: 'he-normal',
  gain: 1,
  bias: 'zeros',
  input: 'normal',
  batch: 64,
  seed: 1,
  backward: false,
  loss: 'random',
};
const SPEC_FIELDS = ['layers', ...Object.keys(DEFAULTS)];

/** the fields of each kind of layer; the last four override the spec's */
const LAYER_FIELDS = { dense: ['kind', 'inputs', 'units', 'activation', 'scheme', 'gain', 'bias'] };

/* the enums of c/initscope.h, in their order */
export const INPUTS = ['normal', 'uniform'];
export const LOSSES = ['none', 'random', 'cross-entropy'];
/** @type {Distribution[]} */
export const DISTRIBUTIONS = [
  'constant',
  'uniform',
  'uniform-positive',
  'normal',
  'truncated',
  'truncated-raw',
  'cut',
  'orthogonal',
  'identity',
  'sparse',
];
/** @type {Mode[]} */
export const MODES = ['value', 'fan_in', 'fan_out', 'fan_avg', 'fan_geo_avg', 'depth'];

/** of these, biases may be drawn */
const BIAS_DISTRIBUTIONS = DISTRIBUTIONS.slice(0, 4);
const BIAS_MODES = MODES.slice(0, 2);

/** the one scheme whose distribution and mode may be chosen, among those that libraries offer */
const VARIANCE_SCALING = 'variance-scaling';
const SCALING_MODES = MODES.slice(1, 5);
const SCALING_DISTRIBUTIONS = ['uniform', 'normal', 'truncated', 'truncated-raw'];
const LARGEST_ORTHOGONAL = 1024;
const MOST_WEIGHTS = 2 ** 32 - 1;

/** LIMIT_DEPTH of c/initscope.h, for stack(), which has no tables at hand */
const DEPTH_LIMIT = 100;

/**
 * The uniform stack: `depth` layers of `width` units each. `inputs` and `outputs` may differ from the width.
 * @param {{ kind?: 'dense', depth: number, width: number, inputs?: number, outputs?: number }} shape
 * @returns {Layer[]}
 */
export function stack({ kind = 'dense', depth, width, inputs = width, outputs = width }) {
  return Array.from({ length: requireWhole('depth', depth, 1, DEPTH_LIMIT) }, (_, i) => ({
    kind,
    inputs: i === 0 ? inputs : width,
    units: i === depth - 1 ? outputs : width,
  }));
}

/**
 * @param {string} field
 * @param {unknown} value
 * @param {string} range what it may be
 * @returns {never}
 */
export function refuse(field, value, range) {
  throw new RangeError(`${field} is ${show(value)}; it must be ${range}`);
}

/** @param {unknown} value */
function show(value) {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (['number', 'boolean', 'undefined'].includes(typeof value) || value === null) return String(value);
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}

/** @param {string} field @param {unknown} value @param {readonly string[]} names @returns {string} */
export function requireOneOf(field, value, names) {
  return typeof value === 'string' && names.includes(value)
    ? value
    : refuse(field, value, `one of ${names.join(', ')}`);
}

/** @param {string} field @param {unknown} value @param {number} lo @param {number} hi @returns {number} */
export function requireWhole(field, value, lo, hi) {
  const whole = typeof value === 'number' && Number.isInteger(value) && value >= lo && value <= hi;
  return whole ? value : refuse(field, value, `a whole number from ${lo} to ${hi}`);
}

/** @param {string} field @param {unknown} value @param {number} lo @param {number} hi @returns {number} */
function requireNumber(field, value, lo, hi) {
  const within = typeof value === 'number' && value >= lo && value <= hi;
  return within ? value : refuse(field, value, `a number from ${lo} to ${hi}`);
}

/**
 * A copy of an object that has no field but these; a field that is undefined counts as left out.
 * @param {string} field @param {any} value @param {readonly string[]} known @returns {any}
 */
export function requireFields(field, value, known) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(field, value, 'an object');
  const copy = Object.entries(value).filter(([, held]) => held !== undefined);
  for (const [key, held] of copy) {
    if (!known.includes(key)) refuse(`${field}.${key}`, held, `left out; the fields are ${known.join(', ')}`);
  }
  return Object.fromEntries(copy);
}

/**
 * @typedef {{ library: string, call: string, scheme: string, number: number | null, bias: string | null }} LibraryCall
 *   number: null, the scheme's own; bias: the scheme of the biases, null where the call leaves them as they are
 * @typedef {{ schemes: readonly Scheme[], libraries: readonly LibraryCall[], activations: readonly Activation[],
 *   limits: Record<string, number> }} Tables
 *
 * @typedef {object} Rule a scheme's choice, as the numbers that C takes
 * @property {number} scheme its place in the table
 * @property {Distribution} distribution
 * @property {Mode} mode
 * @property {number} number
 *
 * @typedef {object} CheckedLayer everything named or inherited
 * @property {number} inputs
 * @property {number} units
 * @property {number} activation a place in the table
 * @property {Rule} weights
 * @property {Rule} bias
 * @property {number} gain
 *
 * @typedef {object} CheckedSpec
 * @property {number} batch
 * @property {number} seed
 * @property {number} inputs
 * @property {string | Float32Array} input
 * @property {number} loss a place in LOSSES
 * @property {CheckedLayer[]} layers
 */

/**
 * @param {Tables} tables @param {string} field @param {any} choice a SchemeChoice
 * @returns {Rule}
 */
function checkScheme({ schemes, limits }, field, choice) {
  const names = schemes.map(({ name }) => name);
  const bare = typeof choice !== 'object' || choice === null;
  const name = requireOneOf(bare ? field : `${field}.name`, bare ? choice : choice.name, names);
  const scheme = names.indexOf(name);
  const { numberName, number, mode, distribution } = schemes[scheme];
  const known = [
    'name',
    ...(numberName ? [numberName] : []),
    ...(name === VARIANCE_SCALING ? ['mode', 'distribution'] : []),
  ];
  const given = bare ? {} : requireFields(field, choice, known);
  const scaling = name === VARIANCE_SCALING;
  const rule = {
    scheme,
    distribution: /** @type {Distribution} */ (
      scaling
        ? requireOneOf(`${field}.distribution`, given.distribution ?? distribution, SCALING_DISTRIBUTIONS)
        : distribution
    ),
    mode: /** @type {Mode} */ (scaling ? requireOneOf(`${field}.mode`, given.mode ?? mode, SCALING_MODES) : mode),
    number,
  };
  if (!numberName) return rule;
  const least = rule.distribution === 'constant' ? -limits.scale : 0;
  const most = numberName === 'share' ? 1 : limits.scale;
  return { ...rule, number: requireNumber(`${field}.${numberName}`, given[numberName] ?? number, least, most) };
}

/** @param {Tables} tables @param {string} field @param {any} choice @returns {Rule} */
function checkBias(tables, field, choice) {
  const rule = checkScheme(tables, field, choice);
  if (BIAS_DISTRIBUTIONS.includes(rule.distribution) && BIAS_MODES.includes(rule.mode)) return rule;
  const fit = tables.schemes.filter((s) => BIAS_DISTRIBUTIONS.includes(s.distribution) && BIAS_MODES.includes(s.mode));
  return refuse(field, tables.schemes[rule.scheme].name, `one of ${fit.map(({ name }) => name).join(', ')}`);
}

/** @param {Tables} tables @param {string} field @param {unknown} gain @param {Activation} activation @returns {number} */
function checkGain({ limits }, field, gain, { name, gains }) {
  if (typeof gain !== 'string') return requireNumber(field, gain, 0, limits.scale);
  const value = gains[/** @type {GainName} */ (requireOneOf(field, gain, Object.keys(gains)))];
  return value ?? refuse(field, gain, `a number for ${name}, of which calculate_gain knows nothing`);
}

/**
 * @param {Tables} tables
 * @param {any} whole the spec with its defaults
 * @param {number} index of the layer
 * @param {number | null} inputs the units of the layer before; null for the first
 * @returns {CheckedLayer}
 */
function checkLayer(tables, whole, index, inputs) {
  const { limits, activations } = tables;
  const field = `layers[${index}]`;
  const kind = requireOneOf(`${field}.kind`, whole.layers[index]?.kind, Object.keys(LAYER_FIELDS));
  const layer = requireFields(field, whole.layers[index], LAYER_FIELDS[/** @type {'dense'} */ (kind)]);
  if (inputs !== null && layer.inputs !== undefined && layer.inputs !== inputs) {
    refuse(`${field}.inputs`, layer.inputs, `${inputs}, the units of the layer before`);
  }
  /** @param {string} key @returns {[field: string, value: any]} the layer's own or the spec's */
  const inherit = (key) => (key in layer ? [`${field}.${key}`, layer[key]] : [key, whole[key]]);
  const names = activations.map(({ name }) => name);
  const fanIn = inputs ?? requireWhole(`${field}.inputs`, layer.inputs, 1, limits.inputs);
  const most = Math.min(limits.units, Math.floor(MOST_WEIGHTS / fanIn)); // histograms count in 32 bits
  const units = requireWhole(`${field}.units`, layer.units, 1, most);
  const activation = names.indexOf(requireOneOf(...inherit('activation'), names));
  const weights = checkScheme(tables, ...inherit('scheme'));
  if (weights.distribution === 'orthogonal') {
    requireWhole(`${field}.inputs`, fanIn, 1, LARGEST_ORTHOGONAL);
    requireWhole(`${field}.units`, units, 1, LARGEST_ORTHOGONAL);
  }
  return {
    inputs: fanIn,
    units,
    activation,
    weights,
    bias: checkBias(tables, ...inherit('bias')),
    gain: checkGain(tables, ...inherit('gain'), activations[activation]),
  };
}

/**
 * Throws a RangeError that names the first field that is wrong, what it was, and what it may be.
 * @param {Tables} tables
 * @param {unknown} spec
 * @returns {CheckedSpec}
 */
export function checkSpec(tables, spec) {
  const { limits } = tables;
  const whole = { ...DEFAULTS, ...requireFields('spec', spec, SPEC_FIELDS) };
  if (!Array.isArray(whole.layers)) refuse('layers', whole.layers, 'an array of layers');
  requireWhole('layers.length', whole.layers.length, 1, limits.depth);
  const batch = requireWhole('batch', whole.batch, 1, limits.batch);
  const seed = requireWhole('seed', whole.seed, 0, 2 ** 32 - 1);
  if (typeof whole.backward !== 'boolean') refuse('backward', whole.backward, 'true or false');
  requireOneOf('loss', whole.loss, LOSSES.slice(1));
  /** @type {CheckedLayer[]} */
  const layers = [];
  for (let i = 0; i < whole.layers.length; i++) {
    layers.push(checkLayer(tables, whole, i, i === 0 ? null : layers[i - 1].units));
  }
  const { inputs } = layers[0];
  if (!(whole.input instanceof Float32Array)) requireOneOf('input', whole.input, INPUTS);
  else if (whole.input.length !== batch * inputs) {
    refuse('input.length', whole.input.length, `${batch * inputs}, batch times inputs`);
  }
  const loss = LOSSES.indexOf(whole.backward ? whole.loss : 'none');
  return { batch, seed, inputs, input: whole.input, loss, layers };
}
