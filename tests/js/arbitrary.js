/*
 * Values for the property tests: good specs of every kind of network, and odd JavaScript values to put in their place.
 * The networks are small, so that thousands can run. The names come from the engine and spec.js. What a network should
 * answer is not known here.
 */
import fc from 'fast-check';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { hasWeights } from '../../web/engine/kinds.js';
import { OBSERVABLE } from '../../web/engine/spec.js';
import { CONVENTIONS, DRAWN } from '../../web/engine/tables.js';
import { shortOf, thrownBy } from './refused.js';

/** The seed of all values, so that every run tries the same ones. */
export const SEED = 20261124;

export const engine = await loadEngine();

/** Thrown by the getters of some odd values. The engine must pass it on as it is. */
export class Thrown extends Error {}

const detached = () => {
  const array = new Float32Array(16);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return Object.assign(array, { [fc.toStringMethod]: () => 'a detached array' });
};

/** Odd values. Each call makes a new one, so that no run sees what another changed. @type {(() => unknown)[]} */
const ODD = [
  () => undefined,
  () => null,
  () => Number.NaN,
  () => -0,
  () => Infinity,
  () => -Infinity,
  () => 1e308,
  () => 5e-324,
  () => 2 ** 31,
  () => 2 ** 32,
  () => 2 ** 53,
  () => 1.5,
  () => -1,
  () => 10n ** 30n,
  () => Symbol('symbol'),
  () => () => 1,
  () => '',
  () => '3',
  () => 'constructor',
  () => '__proto__',
  () => 'x'.repeat(1e5),
  () => new Date(0),
  () => /x/,
  () => new Map([['kind', 'dense']]),
  () => Object.create(null),
  () => [],
  () => Array(3),
  () => Array(2 ** 32 - 1),
  () => Object.assign([3, 3, 3], { length: 2 }),
  () => new Float32Array(16),
  () => new Float64Array(16),
  () => new Float32Array([Number.NaN, Infinity, -Infinity, 3.4e38]),
  () => new ArrayBuffer(16),
  () => new Float32Array(new SharedArrayBuffer(64)),
  () => Object.create(Float32Array.prototype),
  () => detached(),
  () => new Proxy([], { get: (target, key) => (key === 'length' ? 1e9 : Reflect.get(target, key)) }),
  () => new Proxy({}, { ownKeys: () => { throw new Thrown(); } }), // biome-ignore format: one value, one line
  () => Object.defineProperty({}, 'name', { enumerable: true, get: () => { throw new Thrown(); } }), // biome-ignore format: so is this
  () => ({ valueOf: () => { throw new Thrown(); }, toString: () => { throw new Thrown(); } }), // biome-ignore format: and this
];

export const odd = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ODD).map((make) => make()) },
  fc.double(),
  fc.integer(),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withSparseArray: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
);

const names = (/** @type {readonly { name: string }[]} */ table) => fc.constantFrom(...table.map(({ name }) => name));

const scheme = fc.oneof(
  names(engine.schemes),
  fc
    .tuple(fc.constantFrom(...engine.schemes.filter(({ numberName }) => numberName)), fc.double({ min: 0, max: 1 }))
    .map(([{ name, numberName }, number]) => ({ name, [String(numberName)]: number })),
);
const bias = fc.oneof(
  fc.constantFrom('zeros', 'pytorch-default'),
  fc.double({ min: 0, max: 1e6 }).map((std) => ({ name: 'normal', std })),
);
const gain = fc.oneof(
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.constantFrom('forward', 'backward'),
  fc.constant(1),
);
const own = {
  activation: fc.oneof(
    { weight: 3, arbitrary: names(engine.activations) },
    fc
      .double({ min: 0.02, max: 1, noNaN: true })
      .chain((p) =>
        fc.constantFrom(
          { name: 'leaky-relu', slope: p },
          { name: 'elu', alpha: 9 * p },
          { name: 'sin', omega: 50 * p },
        ),
      ),
  ),
  scheme,
  gain,
  bias,
  fans: fc.constantFrom(...CONVENTIONS),
  varianceAsStd: fc.boolean(),
  shared: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  drawn: fc.oneof({ weight: 100, arbitrary: fc.constant('float32') }, fc.constantFrom(...DRAWN)),
  observe: fc.subarray(OBSERVABLE),
};

const side = fc.integer({ min: 1, max: 4 });
const stride = fc.integer({ min: 1, max: 4 });
const poolStride = fc.oneof(stride, fc.integer({ min: 1, max: 11 }));
const few = fc.integer({ min: 1, max: 6 });
const padding = fc.oneof(fc.constantFrom('same', 'valid'), fc.integer({ min: 0, max: 2 }));

/** One layer of any kind, without the fields that only the first layer needs. @type {fc.Arbitrary<any>} */
const layer = fc.oneof(
  fc.record({ kind: fc.constant('conv'), kernel: fc.tuple(side, side), channelsOut: few, stride, padding }),
  fc.record({
    ...{ kind: fc.constant('transposed-conv'), kernel: fc.tuple(side, side), channelsOut: few, stride },
    ...{ padding: fc.integer({ min: 0, max: 1 }), outputPadding: fc.integer({ min: 0, max: 1 }) },
  }),
  fc.record(
    { kind: fc.constantFrom('max-pool', 'average-pool'), window: fc.tuple(side, side), stride: poolStride, padding },
    { requiredKeys: ['kind', 'window', 'stride'] },
  ),
  fc.record({ kind: fc.constantFrom('global-average-pool', 'flatten') }),
  fc.record(
    { kind: fc.constantFrom('layer-norm', 'rms-norm', 'batch-norm'), activation: names(engine.activations) },
    { requiredKeys: ['kind'] },
  ),
  fc.record({ kind: fc.constant('add'), over: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constantFrom('glu', 'swiglu', 'geglu', 'prelu') }),
  fc.record({ kind: fc.constant('dense'), units: few }),
);

/** The layer with no more padding than its kind takes. @param {any} one */
function padded(one) {
  const { kernel, window, outputPadding } = one;
  const most = kernel ? Math.min(...kernel) - 1 : window ? Math.floor(Math.min(...window) / 2) : 0;
  return {
    ...one,
    ...(typeof one.padding === 'number' && { padding: Math.min(one.padding, most) }),
    ...(outputPadding && { outputPadding: Math.min(outputPadding, one.stride - 1) }),
  };
}

/** Layers of all kinds on top of each other. */
const mixed = fc
  .tuple(fc.array(layer, { minLength: 1, maxLength: 5 }), few, fc.tuple(few, few))
  .map(([all, channelsIn, size]) =>
    all.map(padded).map((one, i) => {
      if (i > 0) return one;
      return one.kind === 'dense' ? { ...one, inputs: channelsIn } : { ...one, channelsIn, size };
    }),
  );

/** Dense layers, convolutions that may end in a dense layer, or a mix. @type {fc.Arbitrary<any[]>} */
const layers = fc.oneof(
  mixed,
  fc
    .record({
      depth: fc.integer({ min: 1, max: 6 }),
      width: fc.integer({ min: 1, max: 40 }),
      inputs: fc.integer({ min: 1, max: 40 }),
    })
    .map((shape) => stack(shape)),
  fc
    .record({
      depth: fc.integer({ min: 1, max: 3 }),
      width: fc.integer({ min: 1, max: 6 }),
      kernel: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
      size: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })),
      padding: fc.constantFrom(/** @type {const} */ ('same'), /** @type {const} */ ('valid')),
    })
    .chain((shape) =>
      fc.constantFrom(stack({ kind: 'conv', ...shape }), [
        ...stack({ kind: 'conv', ...shape }),
        { kind: /** @type {const} */ ('dense'), units: 10, pool: /** @type {const} */ ('average') },
      ]),
    ),
);

/** The only field of its own that a layer without weights takes. @param {any} fields */
const observeOf = (fields) => (fields?.observe ? { observe: fields.observe } : {});

/** Most of these specs run. Some are refused, such as one whose kernel is larger than its image. @type {fc.Arbitrary<any>} */
export const spec = fc.record(
  {
    layers: fc
      .tuple(layers, fc.array(fc.record(own, { requiredKeys: [] }), { maxLength: 6 }))
      .map(([plain, fields]) =>
        plain.map((one, i) => ({ ...one, ...(hasWeights(one) ? fields[i] : observeOf(fields[i])) })),
      ),
    batch: fc.integer({ min: 1, max: 16 }),
    seed: fc.nat(),
    input: fc.constantFrom('normal', 'uniform'),
    backward: fc.boolean(),
    loss: fc.constantFrom('random', 'cross-entropy'),
    ...own,
  },
  { requiredKeys: ['layers', 'batch'] },
);

/** The paths of all places in a value, its own included. @param {any} value @param {string[]} path @returns {string[][]} */
const places = (value, path = []) =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.keys(value).flatMap((key) => places(value[key], [...path, key]))]
    : [path];

/** A copy with another value in one place. @param {any} value @param {string[]} path @param {unknown} other @returns {any} */
const replaced = (value, [key, ...path], other) => {
  if (key === undefined) return other;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = replaced(value[key], path, other);
  return copy;
};

/** A good value with an odd one in some place. @param {fc.Arbitrary<any>} good */
export const spoilt = (good) =>
  fc.tuple(good, fc.nat(), odd, fc.option(fc.string(), { freq: 8 })).map(([value, place, other, field]) => {
    const all = places(value);
    return replaced(value, [...all[place % all.length], ...(field === null ? [] : [field])], other);
  });

/** How many small networks fit into the instance that the engine has. A leaked network leaves room for fewer. */
export function room(tested = engine) {
  /** @type {Generator[]} */
  const open = [];
  const fill = () => {
    for (;;) {
      const steps = tested.steps({ layers: stack({ depth: 1, width: 8 }), batch: 4 });
      open.push(steps);
      steps.next();
    }
  };
  const { code } = shortOf(0, () => thrownBy(fill)); // it gets no other instance
  if (code !== 'memoryExhausted') throw new Error(`not exhausted but ${code}`);
  for (const steps of open) steps.return(undefined);
  return open.length;
}
