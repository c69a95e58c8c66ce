/**
 * spec.js: what a network is asked to be: the types of a spec, its defaults, and the check that names what is wrong
 * with one.
 *
 * Pure, and without WebAssembly: the tables of schemes, activations and limits are handed in. It computes nothing of a
 * network; engine.js turns what this returns into calls.
 */

/**
 * @typedef {object} Scheme
 * @property {string} name
 * @property {'constant' | 'uniform' | 'normal'} distribution
 * @property {'value' | 'fan_in' | 'fan_avg'} mode where its scale comes from: its own value, or Var(W) = scale / fan
 * @property {number} scale
 * @property {'std' | 'bound' | 'value' | null} valueName the number that it takes, if it takes one
 * @property {number} valueDefault
 * @property {string} paper
 *
 * @typedef {{ name: string, saturation: [lo: number, hi: number] }} Activation
 *
 * @typedef {string | { name: string, std?: number, bound?: number, value?: number }} SchemeChoice
 *
 * @typedef {object} Layer
 * @property {'dense'} kind
 * @property {number} [inputs] fan_in; needed of the first layer only, and must equal the units before it
 * @property {number} units fan_out
 * @property {string} [activation] each of these three overrides the spec's
 * @property {SchemeChoice} [scheme]
 * @property {number} [gain]
 *
 * @typedef {object} Spec
 * @property {Layer[]} layers 1 to 100
 * @property {string} [activation] 'relu'
 * @property {SchemeChoice} [scheme] 'he-normal'
 * @property {number} [gain] 1: multiplies the scheme's std or bound
 * @property {'normal' | 'uniform' | Float32Array} [input] 'normal'; of mean square 1, or a (batch, inputs) array
 * @property {number} [batch] 64
 * @property {number} [seed] 1
 */

/** what a spec may leave out */
const DEFAULTS = { activation: 'relu', scheme: 'he-normal', gain: 1, input: 'normal', batch: 64, seed: 1 };
const SPEC_FIELDS = ['layers', ...Object.keys(DEFAULTS)];

/** the fields of each kind of layer; the last three override the spec's */
const LAYER_FIELDS = { dense: ['kind', 'inputs', 'units', 'activation', 'scheme', 'gain'] };

/** the kinds of drawn input, in the order of INPUT_* of c/initscope.h */
export const INPUTS = ['normal', 'uniform'];

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
function requireFields(field, value, known) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(field, value, 'an object');
  const copy = Object.entries(value).filter(([, held]) => held !== undefined);
  for (const [key, held] of copy) {
    if (!known.includes(key)) refuse(`${field}.${key}`, held, `left out; the fields are ${known.join(', ')}`);
  }
  return Object.fromEntries(copy);
}

/**
 * @typedef {{ schemes: readonly Scheme[], activations: readonly Activation[], limits: Record<string, number> }} Tables
 *
 * @typedef {object} CheckedLayer everything named or inherited, as the numbers that C takes
 * @property {number} inputs
 * @property {number} units
 * @property {number} activation a place in the table
 * @property {number} scheme likewise
 * @property {number} value the scheme's own
 * @property {number} gain
 *
 * @typedef {object} CheckedSpec
 * @property {number} batch
 * @property {number} seed
 * @property {number} inputs
 * @property {string | Float32Array} input
 * @property {CheckedLayer[]} layers
 */

/**
 * @param {Tables} tables @param {string} field @param {any} choice a SchemeChoice
 * @returns {{ scheme: number, value: number }}
 */
function checkScheme({ schemes, limits }, field, choice) {
  const names = schemes.map(({ name }) => name);
  const bare = typeof choice !== 'object' || choice === null;
  const name = requireOneOf(bare ? field : `${field}.name`, bare ? choice : choice.name, names);
  const scheme = names.indexOf(name);
  const { valueName, valueDefault } = schemes[scheme];
  const given = bare ? {} : requireFields(field, choice, valueName ? ['name', valueName] : ['name']);
  if (!valueName) return { scheme, value: 0 };
  const least = valueName === 'value' ? -limits.scale : 0;
  return {
    scheme,
    value: requireNumber(`${field}.${valueName}`, given[valueName] ?? valueDefault, least, limits.scale),
  };
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
  return {
    inputs: inputs ?? requireWhole(`${field}.inputs`, layer.inputs, 1, limits.inputs),
    units: requireWhole(`${field}.units`, layer.units, 1, limits.units),
    activation: names.indexOf(requireOneOf(...inherit('activation'), names)),
    ...checkScheme(tables, ...inherit('scheme')),
    gain: requireNumber(...inherit('gain'), 0, limits.scale),
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
  return { batch, seed, inputs, input: whole.input, layers };
}
