/**
 * spec.js: the spec of a network: its types, its defaults and its checks. A wrong field is refused by name.
 *
 * Pure, and without WebAssembly: callers pass in the tables of schemes, activations and limits. It runs no network:
 * engine.js does, from the checked spec. The shapes of layers are in shapes.js, their schemes and gains in rules.js.
 */

import { checkActivation } from './activations.js';
import { requireBoolean, requireFields, requireNames, requireOneOf, requireWhole } from './check.js';
import { checkInput } from './inputs.js';
import { hasWeights, KIND_NAMES } from './kinds.js';
import { refuse } from './refusal.js';
import { checkBias, checkGain, checkWeights } from './rules.js';
import { checkLayerShape, KINDS } from './shapes.js';
import { CONVENTIONS, DISTRIBUTIONS, DRAWN, LIMITS, LOSSES, MODES } from './tables.js';

/**
 * @typedef {object} Scheme a rule for the weights: a distribution and its scale
 * @property {string} name
 * @property {string} group in the menu, such as 'Xavier'
 * @property {Distribution} distribution
 * @property {Mode} mode how `number` sets the scale. 'value': it is the std, bound, share or value itself. 'fan_*':
 *   Var(W) = number / fan. 'depth': std = number / sqrt(2 blocks),
 *   where the blocks are the residual sums, or the layers where there are none
 * @property {'std' | 'bound' | 'value' | 'share' | 'scale' | null} numberName field of a spec that sets the number;
 *   null if the number is fixed
 * @property {number} number fixed, or the default
 * @property {string} paper that the scheme comes from
 *
 * @typedef {(typeof DISTRIBUTIONS)[number]} Distribution
 * @typedef {(typeof MODES)[number]} Mode
 * @typedef {(typeof DRAWN)[number]} Drawn a number format, and the library that draws in it
 *
 * @typedef {object} Activation
 * @property {string} name
 * @property {[lo: number, hi: number]} saturation an output outside [lo, hi] counts as saturated
 * @property {Record<GainName, number | null>} gains with the default parameter; null where there is none
 *
 * 'pytorch': the value of calculate_gain. 'forward': keeps E z^2 = 1 from layer to layer. 'backward': keeps the mean
 * square of dL/dz.
 * @typedef {'pytorch' | 'forward' | 'backward'} GainName
 *
 * A scheme by name, or with its own number. Mode and distribution are for 'variance-scaling' only.
 * `cut` is for truncated normals: where they are cut, 0.1 to 10 std of the normal; default 2.
 * @typedef {string | { name: string, std?: number, bound?: number, value?: number, share?: number, scale?: number,
 *   mode?: Mode, distribution?: Distribution, cut?: number }} SchemeChoice
 *
 * @typedef {import('./activations.js').ActivationChoice} ActivationChoice
 *
 * @typedef {object} OwnFields a layer's own values; each overrides the spec's
 * @property {ActivationChoice} [activation]
 * @property {SchemeChoice} [scheme]
 * @property {number | GainName} [gain]
 * @property {SchemeChoice} [bias]
 * @property {import('./shapes.js').Convention} [fans]
 * @property {boolean} [varianceAsStd]
 * @property {Drawn} [drawn]
 * @property {boolean} [shared]
 * @property {readonly string[]} [observe]
 *
 * @typedef {object} DenseFields
 * @property {'dense'} kind
 * @property {number} [inputs] fan_in; only the first layer needs it; elsewhere it must equal the output below
 * @property {number} units fan_out; at most 4096, and 65,536 in the last layer
 * @property {'flatten' | 'average'} [pool] how images below become the input. 'flatten' (the default): all numbers, in
 *   the order (height, width, channels). 'average': the mean of each channel
 *
 * @typedef {object} ConvFields
 * @property {'conv'} kind
 * @property {number[]} kernel [height, width]
 * @property {number} [channelsIn] only the first layer needs it; elsewhere it must equal the output below
 * @property {number} channelsOut
 * @property {number[]} [size] [height, width] of the input images; only the first layer needs it
 * @property {number} [stride] 1 to 4; default 1
 * @property {'same' | 'valid' | number} [padding] default 'same': zeros around the images, as Keras pads. A number: so
 *   many zeros on each side, as PyTorch pads; at stride 2 that is not 'same'
 * @property {number} [groups] default 1
 *
 * A transposed convolution, as PyTorch defines it: out = (in - 1) stride - 2 padding + kernel + outputPadding. A vector
 * before it counts as an image of 1 x 1.
 * @typedef {object} TransposedFields
 * @property {'transposed-conv'} kind
 * @property {number[]} kernel [height, width]
 * @property {number} [channelsIn] only the first layer needs it, here and below
 * @property {number} channelsOut
 * @property {number[]} [size] [height, width] of the input images; only the first layer needs it, here and below
 * @property {number} [stride] 1 to 4; default 1
 * @property {number} [padding] rows and columns cut off on each side; default 0
 * @property {number} [outputPadding] rows added below, and columns on the right; less than the stride; default 0
 * @property {number} [groups] default 1
 *
 * Layers without weights. Their activation is linear.
 * @typedef {object} PoolFields
 * @property {'max-pool' | 'average-pool'} kind
 * @property {number[]} window [height, width]
 * @property {number} [channelsIn]
 * @property {number[]} [size]
 * @property {number} [stride] 1 to 11; the default is the side of a square window
 * @property {'same' | 'valid' | number} [padding] default 'valid'. A number: so many on each side, at most half the
 *   window. A maximum never takes padding. A mean counts the zeros of a number, as in PyTorch, and not those of 'same',
 *   as in TensorFlow
 *
 * @typedef {object} WholeFields global average pooling: the mean of each channel; flatten: all numbers, in the order
 *   (height, width, channels)
 * @property {'global-average-pool' | 'flatten'} kind
 * @property {number} [channelsIn]
 * @property {number[]} [size]
 *
 * A norm of the output of the layer before. In a network that trains each channel has a gain and a shift.
 * @typedef {object} NormFields
 * @property {'layer-norm' | 'rms-norm' | 'batch-norm'} kind layer and RMS norm take the channels at each position; batch
 *   norm takes all positions of the batch for each channel, always
 * @property {number} [gain] of all channels at the start; default 1. The shifts start at 0
 * @property {number} [epsilon] 0 to 1; the default is PyTorch's: 1e-5, and 2^-23 for RMS norm
 * @property {ActivationChoice} [activation] after the norm; default 'linear'
 * @property {number} [channelsIn]
 * @property {number[]} [size]
 *
 * A residual sum: z = stream x + branch f(x), where the branch f is the `over` layers before, and x is what they start
 * from. Both must have one shape.
 * @typedef {object} SumFields
 * @property {'add'} kind
 * @property {number} over how many layers the branch has, 1 or more
 * @property {number} [stream] default 1
 * @property {number} [branch] default 1
 * @property {readonly ('stream' | 'branch')[]} [trains] the factors that train; default: none
 * @property {ActivationChoice} [activation] after the sum; default 'linear'
 * @property {number} [channelsIn]
 * @property {number[]} [size]
 *
 * Gated units: the first half of the channels times phi of the second half, as PyTorch's nn.GLU. phi is sigmoid for 'glu',
 * silu for 'swiglu', gelu for 'geglu'.
 * @typedef {object} GatedFields
 * @property {'glu' | 'swiglu' | 'geglu'} kind
 * @property {number} [channelsIn]
 * @property {number[]} [size]
 *
 * PReLU: x above 0, and slope x below. In a network that trains its slopes train.
 * @typedef {object} PreluFields
 * @property {'prelu'} kind
 * @property {number} [slope] at the start, 0 to 1; default 0.25
 * @property {boolean} [perChannel] true: a slope for each channel, as in He et al. 2015; false: one for all, as PyTorch's
 *   nn.PReLU(); default false
 * @property {number} [channelsIn]
 * @property {number[]} [size]
 *
 * @typedef {(DenseFields | ConvFields) & OwnFields} StackedLayer
 * @typedef {StackedLayer | (TransposedFields & OwnFields)} WeightedLayer
 * @typedef {(PoolFields | WholeFields | NormFields | SumFields | GatedFields | PreluFields) & Pick<OwnFields, 'observe'>} PlainLayer
 * @typedef {WeightedLayer | PlainLayer} Layer
 *
 * @typedef {object} Spec
 * @property {Layer[]} layers 1 to 256
 * @property {ActivationChoice} [activation] default 'relu'
 * @property {SchemeChoice} [scheme] of the weights; default 'he-normal'
 * @property {number | GainName} [gain] multiplies the scheme's std or bound; default 1
 * @property {SchemeChoice} [bias] scheme of the biases; default 'zeros'
 * @property {string | import('./inputs.js').InputFields | Float32Array} [input] a kind of INPUT_KINDS, alone or with
 *   numbers of its own, such as { kind: 'normal', mean: 0.5, std: 0.2 }; default 'normal'. An array is (batch, inputs), or
 *   (batch, height, width, channels) for images
 * @property {number} [batch] examples; default 64
 * @property {number} [seed] 0 to 2^32 - 1; default 1
 * @property {boolean} [backward] whether to pass the loss back; default false
 * @property {'random' | 'cross-entropy'} [loss] default 'random': sum(g a_L), g normal. 'cross-entropy': of
 *   softmax(a_L) with random labels
 * @property {import('./shapes.js').Convention} [fans] how to count the fans that the scheme uses; default 'true'
 * @property {boolean} [varianceAsStd] use the scheme's variance as the std, a common mistake; default false
 * @property {Drawn} [drawn] the number format in which weights and biases are drawn; default 'float32'. 'float16', 'bfloat16':
 *   drawn in float32 and rounded. 'jax-bfloat16', 'pytorch-bfloat16', 'tinygrad-bfloat16': as the library draws in
 *   bfloat16. All is computed in float32 nevertheless, training too
 * @property {boolean} [shared] whether weights are drawn with the random numbers of the first layer, as where all layers share a
 *   seed; default false. Theory takes all layers for independent
 * @property {readonly string[]} [observe] tensors to summarise, of OBSERVABLE; default: all. The others cost no time,
 *   and their summaries are null. The input and the deltas are always summarised
 *
 * A spec whose layers are a line of the stack notation, such as '784-512-10' (stack-reader.js). loadEngine's calls take it;
 * the page does not.
 * @typedef {Omit<Spec, 'layers'> & { layers: string }} LineSpec
 */

/** The tensors that `observe` may list. */
export const OBSERVABLE = ['weights', 'preactivations', 'activations', 'weightGradients'];

/** The values of fields that a spec leaves out. */
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
  drawn: 'float32',
  shared: false,
  observe: OBSERVABLE,
};
const SPEC_FIELDS = ['layers', ...Object.keys(DEFAULTS)];

/** Fields of the spec that a layer may override. */
const OWN_FIELDS = ['activation', 'scheme', 'gain', 'bias', 'fans', 'varianceAsStd', 'drawn', 'shared', 'observe'];

/**
 * Equal layers, one on top of another: `depth` layers of `width` units. `inputs` and `outputs` may differ from the
 * width. For convolutions, width, inputs and outputs are channels, and each layer gets the other fields.
 * @param {{ kind?: 'dense' | 'conv', depth: number, width: number, inputs?: number, outputs?: number, kernel?:
 *   number[], size?: number[], padding?: 'same' | 'valid', groups?: number }} shape
 * @returns {StackedLayer[]}
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
 * A library's call and the scheme that it draws from. `number` is null where it is the scheme's own. `bias` is the
 * scheme of the biases, or null where the call does not set them. `convention` is how the library counts fans, `shapes`
 * the layers that the call can be used for. `form` is the call with the argument that sets its scale, which stands as %:
 * base gain^power, where a base of null is the scheme's number. It is null where the call has no such argument.
 * @typedef {{ library: string, call: string, scheme: string, number: number | null, bias: string | null,
 *   convention: import('./shapes.js').Convention, shapes: readonly string[], form: string | null, base: number | null,
 *   power: number }} LibraryCall
 *
 * @typedef {{ schemes: readonly Scheme[], libraries: readonly LibraryCall[], activations: readonly Activation[],
 *   limits: Record<string, number> }} Tables
 *
 * What only the engine has: the gains of an activation with its own parameter.
 * @typedef {Tables & { gainsOf: (choice: ActivationChoice) => Activation['gains'] }} EngineTables
 *
 * @typedef {object} Rule a checked SchemeChoice, with the scheme's defaults filled in
 * @property {number} scheme index in the table
 * @property {Distribution} distribution
 * @property {Mode} mode
 * @property {number} number
 * @property {number | null} cut null: the engine's
 *
 * @typedef {object} OwnChecked a layer's fields: its own, or else the spec's
 * @property {number} activation index in the table
 * @property {number | null} parameter of the activation; null: it has none
 * @property {Rule | null} weights null in a layer without weights, as are bias and gain
 * @property {Rule | null} bias
 * @property {number | null} gain
 * @property {number} convention index in CONVENTIONS
 * @property {boolean} varianceAsStd
 * @property {number} drawn index in DRAWN
 * @property {number} stream number of the layer whose random numbers its weights have; 0: its own
 * @property {string[]} observe
 *
 * @typedef {import('./shapes.js').LayerShape & OwnChecked} CheckedLayer
 *
 * @typedef {object} CheckedSpec
 * @property {number} batch
 * @property {number} seed
 * @property {import('./shapes.js').Extent} inputs shape of one example
 * @property {import('./inputs.js').CheckedInput} input
 * @property {number} loss index in LOSSES; 0 without a backward pass
 * @property {CheckedLayer[]} layers
 * @property {(wasm: any, net: number) => void} [prepare] what else is set before the network starts: see training.js
 */

/** @param {string} field @param {any} names @returns {string[]} */
const checkObserve = (field, names) => requireNames(field, names, OBSERVABLE);

/**
 * @param {EngineTables} tables
 * @param {any} whole the spec with its defaults
 * @param {CheckedLayer[]} before the layers before, from the first
 * @returns {CheckedLayer}
 */
function checkLayer(tables, whole, before) {
  const index = before.length;
  const { limits } = tables;
  const field = `layers[${index}]`;
  const kind = requireOneOf(`${field}.kind`, whole.layers[index]?.kind, KIND_NAMES);
  const isWeighted = hasWeights({ kind });
  const { fields } = KINDS[/** @type {import('./shapes.js').Kind} */ (kind)];
  const known = ['kind', ...fields, ...(isWeighted ? OWN_FIELDS : ['observe'])];
  const layer = requireFields(field, whole.layers[index], known);
  /** @param {string} key @returns {[field: string, value: any]} the layer's own, or else the spec's */
  const inherit = (key) => (key in layer ? [`${field}.${key}`, layer[key]] : [key, whole[key]]);
  const isLast = index === whole.layers.length - 1;
  const shape = checkLayerShape(limits, field, layer, before, isLast);
  const observe = () => checkObserve(...inherit('observe'));
  if (!isWeighted) {
    const own = checkActivation(`${field}.activation`, layer.activation ?? 'linear');
    return { ...shape, ...PLAIN, ...own, observe: observe() };
  }
  const [activationField, activation] = inherit('activation');
  return {
    ...shape,
    ...checkActivation(activationField, activation),
    weights: checkWeights(tables, field, shape, inherit('scheme')),
    bias: checkBias(tables, ...inherit('bias')),
    gain: checkGain(tables, ...inherit('gain'), activation),
    convention: CONVENTIONS.indexOf(requireOneOf(...inherit('fans'), CONVENTIONS)),
    varianceAsStd: requireBoolean(...inherit('varianceAsStd')),
    drawn: DRAWN.indexOf(requireOneOf(...inherit('drawn'), DRAWN)),
    stream: requireBoolean(...inherit('shared')) ? before.findIndex(({ weights }) => weights) + 1 : 0,
    observe: observe(),
  };
}

/** What a layer without weights has in place of rules. */
const PLAIN = { weights: null, bias: null, gain: null, convention: 0, varianceAsStd: false, drawn: 0, stream: 0 };

/**
 * Checks a spec and fills in its defaults.
 * @param {EngineTables} tables
 * @param {unknown} spec a Spec
 * @param {boolean} [backward] true: pass the loss back even if the spec does not say so
 * @returns {CheckedSpec}
 * @throws {import('./refusal.js').RefusalError} for the first field that is wrong
 */
export function checkSpec(tables, spec, backward = false) {
  const { limits } = tables;
  const whole = { ...DEFAULTS, ...requireFields('spec', spec, SPEC_FIELDS) };
  if (!Array.isArray(whole.layers)) refuse('wrongType', 'layers', whole.layers, 'array');
  const depth = requireWhole('layers.length', whole.layers.length, 1, limits.depth);
  // read each layer only once: a getter may return another one the next time
  whole.layers = Array.from({ length: depth }, (_, i) => whole.layers[i]);
  const batch = requireWhole('batch', whole.batch, 1, limits.batch);
  const seed = requireWhole('seed', whole.seed, 0, 2 ** 32 - 1);
  const goesBack = requireBoolean('backward', whole.backward) || backward;
  requireOneOf('loss', whole.loss, LOSSES.slice(1));
  checkObserve('observe', whole.observe);
  /** @type {CheckedLayer[]} */
  const layers = [];
  for (let i = 0; i < depth; i++) {
    layers.push(checkLayer(tables, whole, layers));
  }
  const inputs = layers[0].in;
  const values = inputs.height * inputs.width * inputs.channels;
  const input = checkInput(whole.input, batch, values);
  const { out } = layers[layers.length - 1];
  if (goesBack && whole.loss === 'cross-entropy' && out.height * out.width > 1) {
    refuse('lossOfImages', 'loss', whole.loss, { names: ['random'], images: [out.height, out.width] });
  }
  const loss = LOSSES.indexOf(goesBack ? whole.loss : 'none');
  return { batch, seed, inputs, input, loss, layers };
}
