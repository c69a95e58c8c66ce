/*
 * Values for the property tests of the stack notation: layers of every kind with every field of their own, that the engine
 * takes, and lines made of the notation's words. How layers are written as a line is not known here.
 */
import fc from 'fast-check';
import { isRefusal } from '../../web/engine/refusal.js';
import { checkSpec, OBSERVABLE } from '../../web/engine/spec.js';
import { ACTIVATIONS, CONVENTIONS, CUT_SCHEMES, DRAWN, PARAMETERS } from '../../web/engine/tables.js';
import { engine } from './arbitrary.js';

/** @typedef {import('../../web/engine/spec.js').Layer} Layer */

const { limits } = engine;

/** Numbers whose digits are easily lost, among others. @param {number} least @param {number} most */
const numbers = (least, most) =>
  fc.oneof(
    fc.constantFrom(
      ...[0, -0, 1, 2, 0.02, 1e-7, 5e-324, 0.1 + 0.2, Math.SQRT2, 1 / 3, 1e5 + 1e-5, 1e6, -1e-7, -0.5].filter(
        (number) => number >= least && number <= most,
      ),
    ),
    fc.double({ min: least, max: most, noNaN: true }),
  );

/** @param {number} most */
const whole = (most) => fc.integer({ min: 1, max: most });

/** A pair of sides, often equal and often small. @param {number} most */
const sides = (most) =>
  fc.oneof(
    whole(4).map((side) => [side, side]),
    fc.tuple(whole(most), whole(most)),
  );

/** Schemes by name and as objects, with a number of their own or not. */
const scheme = fc.constantFrom(...engine.schemes).chain(({ name, numberName, distribution }) => {
  const cut = { cut: numbers(0.1, 10) };
  if (!numberName && CUT_SCHEMES.includes(name))
    return fc.oneof(
      fc.constantFrom(name, { name }),
      fc.record({ name: fc.constant(name), ...cut }, { noNullPrototype: true }),
    );
  if (!numberName) return fc.constantFrom(name, { name });
  const least = distribution === 'constant' ? -limits.scale : 0;
  const most = numberName === 'share' ? 1 : limits.scale;
  const scaling = {
    mode: fc.constantFrom('fan_in', 'fan_out', 'fan_avg', 'fan_geo_avg'),
    distribution: fc.constantFrom('uniform', 'normal', 'truncated', 'truncated-raw'),
  };
  return fc.oneof(
    fc.constant(name),
    fc.record(
      {
        ...{ name: fc.constant(name), [numberName]: numbers(least, most), ...(numberName === 'scale' && scaling) },
        ...(numberName !== 'scale' && CUT_SCHEMES.includes(name) && cut),
      },
      { requiredKeys: ['name'], noNullPrototype: true },
    ),
  );
});

/** The checked spec, or null if the engine refuses the layers. @param {any[]} layers */
function checked(layers) {
  try {
    return checkSpec(engine, { layers });
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

const bias = scheme.filter((choice) => checked([{ kind: 'dense', inputs: 1, units: 1, bias: choice }]) !== null);

const OWN = {
  activation: fc.oneof(
    fc.constantFrom(...ACTIVATIONS),
    fc.constantFrom(...ACTIVATIONS).map((name) => ({ name })),
    ...Object.entries(PARAMETERS).map(([name, { name: field, given, least, most }]) =>
      fc.oneof(fc.constant(given), numbers(least, most)).map((value) => ({ name, [field]: value })),
    ),
  ),
  scheme,
  gain: fc.oneof(numbers(0, limits.scale), fc.constantFrom('pytorch', 'forward', 'backward')),
  bias,
  fans: fc.constantFrom(...CONVENTIONS),
  varianceAsStd: fc.boolean(),
  shared: fc.boolean(),
  drawn: fc.constantFrom(...DRAWN),
};
const OBSERVE = {
  observe: fc.oneof(
    fc.shuffledSubarray(OBSERVABLE),
    fc.array(fc.constantFrom(...OBSERVABLE), { maxLength: OBSERVABLE.length }), // a name may come again
  ),
};

const STRIDE = { stride: whole(limits.stride) };
const CHANNELS = { channelsOut: fc.oneof(whole(8), whole(limits.channels)) };
const GROUPS = { groups: fc.constantFrom(1, 1, 2, 4) };
/** A whole number, which may be -0. @param {number} most */
const rows = (most) => fc.oneof({ weight: 9, arbitrary: fc.nat(most) }, { weight: 1, arbitrary: fc.constant(-0) });
const NAMED_PADDING = fc.constantFrom('same', 'valid');

/** @type {{ more: object }} */
const NORM = { more: { gain: numbers(0, limits.scale), epsilon: numbers(0, 1), activation: OWN.activation } };

/** The fields of each kind; those of `needed` are always there. @type {Record<string, { needed?: object, more?: object }>} */
const FIELDS = {
  dense: {
    needed: { units: fc.oneof(whole(64), whole(4096), whole(limits.outputs)) },
    more: { pool: fc.constantFrom('flatten', 'average') },
  },
  conv: {
    needed: { kernel: sides(limits.kernel), ...CHANNELS },
    more: { ...STRIDE, padding: fc.oneof(NAMED_PADDING, rows(10)), ...GROUPS },
  },
  'transposed-conv': {
    needed: { kernel: sides(limits.kernel), ...CHANNELS },
    more: { ...STRIDE, padding: rows(10), outputPadding: rows(3), ...GROUPS },
  },
  'max-pool': {
    needed: { window: sides(limits.kernel) },
    more: { stride: whole(limits.kernel), padding: fc.oneof(NAMED_PADDING, rows(5)) },
  },
  'average-pool': {
    needed: { window: sides(limits.kernel) },
    more: { stride: whole(limits.kernel), padding: fc.oneof(NAMED_PADDING, rows(5)) },
  },
  'global-average-pool': {},
  flatten: {},
  'layer-norm': NORM,
  'rms-norm': NORM,
  'batch-norm': NORM,
  add: {
    needed: { over: whole(4) },
    more: {
      stream: numbers(-limits.scale, limits.scale),
      branch: numbers(-limits.scale, limits.scale),
      trains: fc.shuffledSubarray(['stream', 'branch']),
      activation: OWN.activation,
    },
  },
  glu: {},
  swiglu: {},
  geglu: {},
  prelu: { more: { slope: numbers(0, 1), perChannel: fc.boolean() } },
};

/** How often a kind is tried; the others once. @type {Record<string, number>} */
const OFTEN = { dense: 4, conv: 6, 'transposed-conv': 6, 'max-pool': 2, 'average-pool': 2 };

/** A layer without what only a first layer needs. Some of its fields are undefined. */
const layer = fc
  .constantFrom(...Object.keys(FIELDS).flatMap((kind) => Array(OFTEN[kind] ?? 1).fill(kind)))
  .chain((kind) => {
    const { needed = {}, more = {} } = FIELDS[kind];
    const weighted = 'units' in needed || 'channelsOut' in needed;
    const rest = Object.entries({ ...more, ...(weighted && OWN), ...OBSERVE }).map(([key, value]) => [
      key,
      fc.option(/** @type {fc.Arbitrary<any>} */ (value), { nil: undefined, freq: 4 }),
    ]);
    return /** @type {fc.Arbitrary<any>} */ (
      fc.record(
        { kind: fc.constant(kind), ...needed, ...Object.fromEntries(rest) },
        { requiredKeys: /** @type {any[]} */ (['kind', ...Object.keys(needed)]), noNullPrototype: true },
      )
    );
  });

const input = fc.record({
  inputs: fc.oneof(whole(64), whole(limits.inputs)),
  size: fc.tuple(whole(limits.side), whole(limits.side)),
  channelsIn: fc.oneof(whole(8), whole(limits.channels)),
  // one image of 1 x 1, which may have as many channels as a vector has numbers
  vector: fc.option(fc.oneof(whole(8), whole(limits.channels), whole(limits.inputs))),
});

/** What a layer may say of the layer below it. @param {import('../../web/engine/spec.js').CheckedLayer} layer */
const belowOf = ({ kind, in: { height, width, channels } }) =>
  kind === 'dense' ? { inputs: height * width * channels } : { size: [height, width], channelsIn: channels };

/**
 * Layers of a spec that the engine takes: of random layers, each that it takes on top of those before. Some say again what
 * is below them.
 * @type {fc.Arbitrary<Layer[]>}
 */
export const layers = fc
  .tuple(input, fc.array(fc.tuple(layer, fc.boolean()), { minLength: 4, maxLength: 14 }))
  .map(([{ inputs, size, channelsIn, vector }, candidates]) => {
    /** @type {any[]} */
    const taken = [];
    for (const [candidate, says] of candidates) {
      const image = vector ? { size: [1, 1], channelsIn: vector } : { size, channelsIn };
      const first = candidate.kind === 'dense' ? { inputs } : image;
      const next = taken.length === 0 ? { ...candidate, ...first } : candidate;
      const network = checked([...taken, next]);
      if (!network) continue;
      const redundant = says ? belowOf(network.layers[taken.length]) : {};
      taken.push(taken.length === 0 ? next : { ...next, ...redundant });
    }
    return taken;
  })
  .filter((taken) => taken.length > 0);

/** What layers take where the line does not say. */
export const wholes = fc.record(
  {
    kernel: sides(limits.kernel),
    stride: whole(limits.stride),
    padding: fc.oneof(NAMED_PADDING, rows(10)),
    groups: whole(8),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const WORDS = [
  ...engine.schemes.map(({ name }) => name),
  ...engine.activations.map(({ name }) => name),
  ...CONVENTIONS,
  ...[
    'dense',
    'conv',
    'conv2d',
    'convT',
    'Deconv',
    'maxpool',
    'max pool',
    'avgpool',
    'gap',
    'flatten',
    'batchnorm',
    'dropout',
    'swiglu',
    'prelu',
    'sin=30',
    'per-channel',
  ],
  ...[
    'kernel',
    'window',
    'stride',
    'padding',
    'output-padding',
    'groups',
    'pool',
    'activation',
    'scheme',
    'gain',
    'bias',
  ],
  ...[
    'fans',
    'variance-as-std',
    'drawn',
    'jax-bfloat16',
    'observe',
    'none',
    'weight-gradients',
    'same',
    'valid',
    'average',
    'k',
    's',
    'p',
    'g',
    'op',
  ],
  ...['fan_in', 'fan-avg', 'mode=', 'scale=', 'std', 'kernels', 'add', 'x', 'e', '_', 'ё', '😀', '\ud800', '\n', '\0'],
  ...[
    '1',
    '2',
    '3',
    '16',
    '256',
    '784',
    '0',
    '100',
    '1e-7',
    '0.02',
    '-0',
    '.5',
    '5x5',
    '28x28x1',
    '99999999999',
    '1e999',
  ],
];
const SIGNS = ['-', '-', '-', ':', ':', '=', '*', '(', ')', ',', ' ', '->', '→', '×', '--', '.', '+', '#', '%'];

const piece = fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...SIGNS));

/** Lines of the notation's words in any order. Some begin well. */
export const lines = fc
  .tuple(
    fc.constantFrom('', '', '784-', '28x28x3-', '8x8-conv4:', '784-10:', '100-convT8:', '8x8x4-maxpool2:', '3*'),
    fc.array(piece, { maxLength: 14 }),
  )
  .map(([start, pieces]) => start + pieces.join(''));

/** A line with a few pieces put in place of what stands there. @param {fc.Arbitrary<string>} good */
export const spoiltLines = (good) =>
  fc
    .tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.oneof(fc.constant(''), piece)), { maxLength: 3 }))
    .map(([line, changes]) =>
      changes.reduce((text, [place, length, put]) => {
        const start = place % (text.length + 1);
        return text.slice(0, start) + put + text.slice(start + length);
      }, line),
    );
