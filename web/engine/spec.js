/**
 * spec.js: what a network is asked to be: the types of a spec, its defaults, and the check that names what is wrong
 * with one.
 *
 * Pure, and without WebAssembly: the tables of schemes, activations and limits are handed in. It computes nothing of a
 * network; engine.js turns what this returns into calls.
 */

import { requireBoolean, requireFields, requireNames, requireNumber, requireOneOf, requireWhole } from './check.js';
import { refuse } from './refusal.js';
import { checkLayerShape, LAYER_SHAPE_FIELDS } from './shapes.js';
import { BIAS_DISTRIBUTIONS, BIAS_MODES, CONVENTIONS, DISTRIBUTIONS, INPUTS, LIMITS, LOSSES, MODES } from './tables.js';

/**
 * @typedef {object} Scheme a rule: what distribution, and where its scale comes from
 * @property {string} name
 * @property {string} group of the menu, such as 'Xavier'
 * @property {Distribution} distribution
 * @property {Mode} mode its number is the std, bound, share or value itself; or Var(W) = number / fan; or, for 'depth',
 *   std = number / sqrt(2 depth)
 * @property {'std' | 'bound' | 'value' | 'share' | 'scale' | null} numberName by which it may be chosen; null: it is
 * fixed
 * @property {number} number its own, or its default
 * @property {string} paper
 *
 * @typedef {(typeof DISTRIBUTIONS)[number]} Distribution
 * @typedef {(typeof MODES)[number]} Mode
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
 * @typedef {object} OwnFields each overrides the spec's
 * @property {string} [activation]
 * @property {SchemeChoice} [scheme]
 * @property {number | GainName} [gain]
 * @property {SchemeChoice} [bias]
 * @property {import('./shapes.js').Convention} [fans]
 * @property {boolean} [varianceAsStd]
 * @property {readonly string[]} [observe]
 *
 * @typedef {object} DenseFields
 * @property {'dense'} kind
 * @property {number} [inputs] fan_in; needed of the first layer only, and must equal what is below
 * @property {number} units fan_out
 * @property {'flatten' | 'average'} [pool] 'flatten': of images below, all numbers in the order (height, width,
 * channels),
 *   or the mean of each channel
 *
 * @typedef {object} ConvFields
 * @property {'conv'} kind
 * @property {number[]} kernel [height, width]
 * @property {number} [channelsIn] needed of the first layer only, as is size; both must equal what is below
 * @property {number} channelsOut
 * @property {number[]} [size] [height, width] of the images that it takes
 * @property {number} [stride] 1
 * @property {'same' | 'valid'} [padding] 'same': with zeros around, Keras's way
 * @property {number} [groups] 1
 *
 * @typedef {(DenseFields | ConvFields) & OwnFields} Layer
 *
 * @typedef {object} Spec
 * @property {Layer[]} layers 1 to 100
 * @property {string} [activation] 'relu'
 * @property {SchemeChoice} [scheme] 'he-normal'
 * @property {number | GainName} [gain] 1: multiplies the scheme's std or bound
 * @property {SchemeChoice} [bias] 'zeros'
 * @property {'normal' | 'uniform' | Float32Array} [input] 'normal'; of mean square 1, or a (batch, inputs) array,
 *   of images (batch, height, width, channels)
 * @property {number} [batch] 64
 * @property {number} [seed] 1
 * @property {boolean} [backward] false: whether to pass the loss back
 * @property {'random' | 'cross-entropy'} [loss] 'random': sum(g a_L), g normal; or of softmax a_L against random labels
 * @property {import('./shapes.js').Convention} [fans] 'true': who counts the fans that a scheme goes by
 * @property {boolean} [varianceAsStd] false: whether weights get the variance of their scheme for a std, by mistake
 * @property {readonly string[]} [observe] which tensors of a layer are summarised, of OBSERVABLE; all. The others'
 *   summaries are null and cost no time; the input's and the deltas' are always there
 */

/** the tensors that a spec may choose among to be summarised */
export const OBSERVABLE = ['weights', 'preactivations', 'activations', 'weightGradients'];

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
  fans: 'true',
  varianceAsStd: false,
  observe: OBSERVABLE,
};
const SPEC_FIELDS = ['layers', ...Object.keys(DEFAULTS)];

/** of these a layer may have its own */
const OWN_FIELDS = ['activation', 'scheme', 'gain', 'bias', 'fans', 'varianceAsStd', 'observe'];

/** The inputs that the engine draws. */
export const DRAWN_INPUTS = INPUTS.filter((input) => input !== 'given');

/** What the reader may choose of a scheme whose number is a scale: variance scaling, as libraries offer it. */
const SCALING_MODES = MODES.filter((mode) => mode.startsWith('fan_'));
const SCALING_DISTRIBUTIONS = ['uniform', 'normal', 'truncated', 'truncated-raw'];

/**
 * The uniform stack: `depth` layers of `width` units each. `inputs` and `outputs` may differ from the width. Of
 * convolutions width, inputs and outputs are channels, and the rest is the layers' own.
 * @param {{ kind?: 'dense' | 'conv', depth: number, width: number, inputs?: number, outputs?: number, kernel?: number[],
 *   size?: number[], padding?: 'same' | 'valid', groups?: number }} shape
 * @returns {Layer[]}
 */
export function stack({ kind = 'dense', depth, width, inputs = width, outputs = width, size, ...rest }) {
  return Array.from({ length: requireWhole('depth', depth, 1, LIMITS.depth) }, (_, i) => {
    const [below, units] = [i === 0 ? inputs : width, i === depth - 1 ? outputs : width];
    if (kind === 'dense') return { kind, inputs: below, units };
    const { kernel = [3, 3], ...conv } = rest;
    return { kind, kernel, channelsIn: below, channelsOut: units, ...(i === 0 && { size }), ...conv };
  });
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
 * @typedef {object} OwnChecked everything named or inherited
 * @property {number} activation a place in the table
 * @property {Rule} weights
 * @property {Rule} bias
 * @property {number} gain
 * @property {number} convention a place in CONVENTIONS
 * @property {boolean} varianceAsStd
 * @property {string[]} observe
 *
 * @typedef {import('./shapes.js').LayerShape & OwnChecked} CheckedLayer
 *
 * @typedef {object} CheckedSpec
 * @property {number} batch
 * @property {number} seed
 * @property {import('./shapes.js').Extent} inputs of one example
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
    ...(numberName === 'scale' ? ['mode', 'distribution'] : []),
  ];
  const given = bare ? {} : requireFields(field, choice, known);
  const scaling = numberName === 'scale';
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
  const { name, numberName } = tables.schemes[rule.scheme];
  const [fits, has] = [BIAS_DISTRIBUTIONS.includes(rule.distribution), BIAS_MODES.includes(rule.mode)];
  if (fits && has) return rule;
  if (numberName === 'scale') {
    const names = fits ? SCALING_MODES : SCALING_DISTRIBUTIONS;
    const allowed = /** @type {readonly string[]} */ (fits ? BIAS_MODES : BIAS_DISTRIBUTIONS);
    const [key, value] = fits ? ['mode', rule.mode] : ['distribution', rule.distribution];
    refuse(
      'biasScaling',
      `${field}.${key}`,
      value,
      names.filter((one) => allowed.includes(one)),
    );
  }
  const fit = tables.schemes.filter((s) => BIAS_DISTRIBUTIONS.includes(s.distribution) && BIAS_MODES.includes(s.mode));
  return refuse(
    'biasScheme',
    field,
    name,
    fit.map((scheme) => scheme.name),
  );
}

/** @param {Tables} tables @param {string} field @param {unknown} gain @param {Activation} activation
 * @returns {number} */
function checkGain({ limits }, field, gain, { name, gains }) {
  if (typeof gain !== 'string') return requireNumber(field, gain, 0, limits.scale);
  const value = gains[/** @type {GainName} */ (requireOneOf(field, gain, Object.keys(gains)))];
  const names = Object.entries(gains).flatMap(([key, known]) => (known === null ? [] : [key]));
  return value ?? refuse('noPytorchGain', field, gain, { activation: name, names });
}

/** @param {string} field @param {any} names @returns {string[]} */
const checkObserve = (field, names) => requireNames(field, names, OBSERVABLE);

/** The largest orthogonal matrix. @param {string} field @param {import('./shapes.js').LayerShape} shape */
function checkOrthogonal(field, { in: below, out, rows, conv }) {
  if (!conv) {
    const range = { most: LIMITS.orthogonal, inputs: rows, units: out.channels };
    for (const [key, side] of /** @type {const} */ ([
      ['inputs', rows],
      ['units', out.channels],
    ])) {
      if (side > LIMITS.orthogonal) refuse('orthogonalSize', `${field}.${key}`, side, range);
    }
  } else if (rows > LIMITS.orthogonal) {
    const most = Math.floor((below.channels / rows) * LIMITS.orthogonal);
    refuse('orthogonalKernel', `${field}.channelsIn`, below.channels, { most, rows, mostRows: LIMITS.orthogonal });
  }
}

/**
 * @param {Tables} tables
 * @param {any} whole the spec with its defaults
 * @param {number} index of the layer
 * @param {CheckedLayer | null} below the layer before; null for the first
 * @returns {CheckedLayer}
 */
function checkLayer(tables, whole, index, below) {
  const { limits, activations } = tables;
  const field = `layers[${index}]`;
  const kind = requireOneOf(`${field}.kind`, whole.layers[index]?.kind, Object.keys(LAYER_SHAPE_FIELDS));
  const known = ['kind', ...LAYER_SHAPE_FIELDS[/** @type {'dense' | 'conv'} */ (kind)], ...OWN_FIELDS];
  const layer = requireFields(field, whole.layers[index], known);
  /** @param {string} key @returns {[field: string, value: any]} the layer's own or the spec's */
  const inherit = (key) => (key in layer ? [`${field}.${key}`, layer[key]] : [key, whole[key]]);
  const names = activations.map(({ name }) => name);
  const shape = checkLayerShape(limits, field, layer, below);
  const activation = names.indexOf(requireOneOf(...inherit('activation'), names));
  const weights = checkScheme(tables, ...inherit('scheme'));
  if (weights.distribution === 'orthogonal') checkOrthogonal(field, shape);
  if (weights.distribution === 'identity' && shape.conv && shape.conv.kernel[0] * shape.conv.kernel[1] > 1) {
    refuse('identityKernel', `${field}.kernel`, shape.conv.kernel, [1, 1]);
  }
  return {
    ...shape,
    activation,
    weights,
    bias: checkBias(tables, ...inherit('bias')),
    gain: checkGain(tables, ...inherit('gain'), activations[activation]),
    convention: CONVENTIONS.indexOf(requireOneOf(...inherit('fans'), CONVENTIONS)),
    varianceAsStd: requireBoolean(...inherit('varianceAsStd')),
    observe: checkObserve(...inherit('observe')),
  };
}

/**
 * Throws a RefusalError (refusal.js) of the first field that is wrong: what it was, and what it may be.
 * @param {Tables} tables
 * @param {unknown} spec
 * @param {boolean} [backward] whatever the spec says
 * @returns {CheckedSpec}
 */
export function checkSpec(tables, spec, backward = false) {
  const { limits } = tables;
  const whole = { ...DEFAULTS, ...requireFields('spec', spec, SPEC_FIELDS) };
  if (!Array.isArray(whole.layers)) refuse('wrongType', 'layers', whole.layers, 'array');
  const depth = requireWhole('layers.length', whole.layers.length, 1, limits.depth);
  whole.layers = Array.from({ length: depth }, (_, i) => whole.layers[i]); // read once: what is given may change
  const batch = requireWhole('batch', whole.batch, 1, limits.batch);
  const seed = requireWhole('seed', whole.seed, 0, 2 ** 32 - 1);
  const goesBack = requireBoolean('backward', whole.backward) || backward;
  requireOneOf('loss', whole.loss, LOSSES.slice(1));
  checkObserve('observe', whole.observe);
  /** @type {CheckedLayer[]} */
  const layers = [];
  for (let i = 0; i < depth; i++) {
    layers.push(checkLayer(tables, whole, i, i === 0 ? null : layers[i - 1]));
  }
  const inputs = layers[0].in;
  const values = inputs.height * inputs.width * inputs.channels;
  // what inherits from an array need not be one
  const isArray = whole.input instanceof Float32Array && ArrayBuffer.isView(whole.input);
  if (!isArray) requireOneOf('input', whole.input, DRAWN_INPUTS);
  else if (whole.input.length !== batch * values) {
    refuse('inputLength', 'input.length', whole.input.length, { needed: batch * values, batch, inputs: values });
  }
  const { out } = layers[layers.length - 1];
  if (goesBack && whole.loss === 'cross-entropy' && out.height * out.width > 1) {
    refuse('lossOfImages', 'loss', whole.loss, { names: ['random'], images: [out.height, out.width] });
  }
  const loss = LOSSES.indexOf(goesBack ? whole.loss : 'none');
  return { batch, seed, inputs, input: whole.input, loss, layers };
}
