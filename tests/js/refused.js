/*
 * Helpers for tests of refusals: each compares a refusal with the exact data that it must carry. The codes are in
 * web/engine/refusal.js, the sentences for people in web/locales/.
 */
import assert from 'node:assert/strict';
import { EXPECTED, messageOf } from '../../web/engine/refusal.js';
import { KINDS } from '../../web/engine/stack-words.js';

/** The data that a refusal must carry. @typedef {[code: string, field: string | null, value: any, range: any]} Expected */

/** The kinds of layers that may follow a vector, and all kinds, in the order in which a refusal names them. */
export const VECTOR_KINDS = [
  'dense',
  'transposed-conv',
  'flatten',
  'layer-norm',
  'rms-norm',
  'batch-norm',
  'add',
  'glu',
  'swiglu',
  'geglu',
  'prelu',
];
export const ALL_KINDS = [
  'dense',
  'conv',
  'transposed-conv',
  'max-pool',
  'average-pool',
  'global-average-pool',
  'flatten',
  'layer-norm',
  'rms-norm',
  'batch-norm',
  'add',
  'glu',
  'swiglu',
  'geglu',
  'prelu',
];

/** The error that a call throws. Fails if it throws none. @param {() => unknown} call @returns {any} */
export function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}

/** Calls `body` while the host gives an instance no more memory than so many bytes. @template T @param {number} most
 * @param {() => T} body @returns {T} */
export function shortOf(most, body) {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 2 ** 16 > most) throw new RangeError('no memory');
    return grow.call(this, pages);
  };
  try {
    return body();
  } finally {
    WebAssembly.Memory.prototype.grow = grow;
  }
}

/**
 * Asserts that the call throws a RangeError with exactly this data and a message made from it. The data must survive JSON
 * and structured cloning.
 * @param {() => unknown} call
 * @param {Expected} expected
 */
export function assertRefused(call, [code, field, value, range]) {
  const error = thrownBy(call);
  assert.ok(error instanceof RangeError, String(error));
  const data = { ...error };
  assert.deepEqual(data, { code, field, value, range });
  assert.deepEqual(JSON.parse(JSON.stringify(data)), data);
  assert.deepEqual(structuredClone(data), data);
  assert.equal(error.message, messageOf(/** @type {any} */ (data)));
  assert.ok(field === null || error.message.startsWith(`${field} is `), error.message);
}

/** The name of a refusal's test. @param {Expected} expected */
export const nameOf = ([code, field, value]) => `refused, ${code}: ${field} is ${JSON.stringify(value)}`;

/** @param {number} layer from 0 @param {string} key */
const fieldOf = (layer, key) => `layers[${layer}].${key}`;

/** A fault in a line of the stack notation. @param {object} range @returns {[field: string, value: string, range: any]} */
const inLine = (range) => ['stack', '7-8', { position: 2, found: '8', ...range }];

const NAMES = ['a', 'b'];
const FILE_KINDS = ['PNG', 'JPEG', 'WebP'];
const FILE = '7'; // a file name that is a word in neither language

/**
 * Some refusals for every code. Their names are words in neither language.
 * @type {{ [C in keyof import('../../web/locales/refused.js').AllRanges]:
 *   [field: string | null, value: any, range: import('../../web/locales/refused.js').AllRanges[C]][] }}
 */
const EXAMPLES = {
  wrongType: [
    ['x', { type: 'undefined' }, 'object'],
    ['x', { type: 'object' }, 'array'],
    ['x', { type: 'function' }, 'number'],
    ['x', 1, 'boolean'],
    ['x', { type: 'array' }, 'Uint8ClampedArray'],
    ['x', [3, 3], 'object'],
  ],
  unknownName: [['x', 'z', NAMES]],
  unknownField: [['x', 1, NAMES]],
  wholeRange: [['x', 1.5, [0, 2 ** 32 - 1]]],
  numberRange: [
    ['x', -0.5, [-1e6, 1e6]],
    ['x', { type: 'NaN' }, [0, 1]],
  ],
  wrongNames: [['x', 'z', NAMES]],
  wrongSides: [
    ['x', [3], [2, 2]],
    ['x', [3, 3, 3, 3], [1, 3]],
  ],
  noPytorchGain: [['x', 'z', { activation: 'gelu', names: NAMES }]],
  biasScheme: [['x', 'orthogonal', ['zeros', 'normal']]],
  biasScaling: [['x', 'b', NAMES]],
  orthogonalSize: [
    [fieldOf(0, 'inputs'), 4096, { most: 2048, inputs: 4096, units: 4096 }],
    [fieldOf(0, 'inputs'), 4096, { most: 2048, inputs: 4096, units: 8 }],
    [fieldOf(1, 'units'), 4096, { most: 2048, inputs: 8, units: 4096 }],
    [fieldOf(4, 'inputs'), 8192, { most: 2048, inputs: 8192, units: 10 }],
  ],
  orthogonalKernel: [[fieldOf(1, 'channelsIn'), 512, { most: 81, rows: 12800, mostRows: 2048 }]],
  identityKernel: [[fieldOf(0, 'kernel'), [5, 5], [1, 1]]],
  unlikeBelow: [['x', 9, { needed: 8 }]],
  convAfterDense: [[fieldOf(3, 'kind'), 'conv', ['dense', 'transposed-conv', 'flatten']]],
  sumFirst: [[fieldOf(0, 'kind'), 'x', null]],
  oddChannels: [[fieldOf(3, 'kind'), 'x', { channels: 7 }]],
  sumShapes: [[fieldOf(3, 'over'), 2, { stream: [1, 1, 64], branch: [1, 1, 32] }]],
  groupsDivide: [
    [fieldOf(1, 'groups'), 4, { channelsIn: 6, channelsOut: 6 }],
    ['layer.groups', 4, { channelsIn: 6, channelsOut: 6 }],
  ],
  kernelOverImage: [[fieldOf(7, 'kernel[0]'), 5, { most: 4, images: [4, 4] }]],
  windowOverImage: [[fieldOf(7, 'window[0]'), 5, { most: 4, images: [4, 4] }]],
  imagesTooLarge: [[fieldOf(3, 'stride'), 4, { most: 224, images: [448, 448] }]],
  tooManyWeights: [[fieldOf(0, 'units'), 4096, { most: 4095, inputs: 2 ** 20, mostWeights: 2 ** 32 - 1 }]],
  inputLength: [['input.length', 31, { needed: 32, batch: 4, inputs: 8 }]],
  lossOfImages: [['loss', 'cross-entropy', { names: ['random'], images: [4, 3] }]],
  batchMemory: [['batch', 64, { most: 21, needed: 3024, mebibytes: 1008, backward: true }]],
  networkMemory: [['layers.length', 100, { needed: 64800, mebibytes: 1008, backward: true }]],
  memoryExhausted: [[null, null, null]],
  moduleMemory: [[null, null, { mebibytes: 700 }]],
  tooManyNumbers: [['channels', 3, { numbers: 3 * 2 ** 24, mostNumbers: 2 ** 25 }]],
  tooManyPixels: [['picture.height', 2 ** 13, { pixels: 2 ** 26, mostPixels: 2 ** 25 }]],
  pixelsLength: [['picture.pixels.length', 64, { needed: 80 }]],
  oneBrightness: [['image', 0, { least: 1e-3 }]],
  noPicture: [['picture', { type: 'undefined' }, null]],
  engineStopped: [
    [null, '', null],
    [null, '7', null],
  ],
  engineUnfetched: [[null, null, null]],
  unknown: [[null, '7', null]],
  stackUnexpected: [
    ...EXPECTED.map((expected) => inLine({ expected, near: [] })),
    inLine({ expected: 'option', near: ['7', '8'] }),
    inLine({ expected: 'layer', found: '', near: [] }),
  ],
  stackNumber: [
    ...['input', 'side', 'inputs', 'count', 'units', 'channels', 'kernel', 'window', 'stride', 'padding', 'rows'].map(
      (expected) => inLine({ expected, least: 1, most: 65536, whole: true }),
    ),
    ...['outputPadding', 'groups'].map((expected) => inLine({ expected, least: 0, most: 3, whole: true })),
    ...['schemeNumber', 'gain', 'bias'].map((expected) => inLine({ expected, least: 0, most: 1e6, whole: false })),
  ],
  stackTwice: [inLine({ expected: 'nothing', option: '7' })],
  stackMisfit: [
    ...Object.keys(KINDS).map((kind) => inLine({ expected: ['7', '8'], kind })),
    inLine({ expected: [], kind: 'flatten' }),
  ],
  stackLater: [inLine({ expected: 'layer' }), inLine({ expected: 'option' })],
  stackDeep: [inLine({ expected: 256 })],
  stackLong: [inLine({ expected: 131072, found: '' })],
  fileEmpty: [['file', FILE, null]],
  fileHeavy: [['file', FILE, { bytes: 23456789, most: 20e6 }]],
  fileUnread: [['file', FILE, null]],
  fileForeign: [
    ['file', FILE, { kind: 'SVG', kinds: FILE_KINDS }],
    ['file', FILE, { kind: 'HEIC', kinds: FILE_KINDS }],
  ],
  fileUnknown: [['file', FILE, { kinds: FILE_KINDS }]],
  fileSizeless: [['file', FILE, null]],
  fileLong: [['file', FILE, { size: [10000, 20], most: 8192 }]],
  fileLarge: [['file', FILE, { size: [8000, 8000], most: 32e6 }]],
  fileBroken: [['file', FILE, { kind: 'PNG' }]],
  filePixels: [['file', FILE, null]],
  fileFlat: [['file', FILE, null]],
};

/** The same refusals, in the form that a locale receives. @type {Record<string, import('../../web/locales/refused.js').Refused[]>} */
export const REFUSALS = Object.fromEntries(
  Object.entries(EXAMPLES).map(([code, examples]) => [
    code,
    examples.map(([field, value, range]) => /** @type {any} */ ({ code, field, value, range })),
  ]),
);
