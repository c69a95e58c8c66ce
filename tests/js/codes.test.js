/*
 * The table of error codes. Something throws each code, and both languages have a sentence for each code and no other. A
 * refusal that the page can cause uses the names on its controls. No program parses a sentence. Which values are refused
 * is in spec.test.js, convspec.test.js and refusals.test.js.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { loadEngine, stack } from '../../web/engine/engine.js';
import { paintImages } from '../../web/engine/images.js';
import { CODES, engineStopped, isRefusal, messageOf, refusalOf } from '../../web/engine/refusal.js';
import { parseStack, replaceLayer } from '../../web/engine/stack.js';
import { FILE_CODES, layerOf } from '../../web/locales/refused.js';
import * as russian from '../../web/locales/ru/index.js';
import { imagesOf, specOf } from '../../web/state/networks.js';
import { useReader } from '../../web/state/stacks.js';
import { defaults, SCHEMA } from '../../web/state/state.js';
import * as english from './english.js';
import { REFUSALS, shortOf, thrownBy } from './refused.js';

useReader({ parseStack, replaceLayer });
const engine = await loadEngine();
const dense = { layers: stack({ depth: 2, width: 8 }), batch: 4 };
const conv = { kind: 'conv', size: [8, 8], kernel: [3, 3], channelsIn: 4, channelsOut: 4 };
const images = { image: 'bricks', batch: 2, size: [8, 8], channels: 3, seed: 1, pixels: 'raw' };
const picture = { width: 2, height: 2, pixels: new Uint8ClampedArray(16) };

/** Runs a spec with these fields, which is refused. @param {object} fields */
const run = (fields) => () => engine.run(/** @type {any} */ ({ ...dense, ...fields }));
/** Runs a convolution with these fields, followed by other layers; it is refused. @param {object} fields @param {object[]} [above] */
const runConv = (fields, above = []) => run({ layers: [{ ...conv, ...fields }, ...above] });
/** @param {object} fields @param {object} [own] the reader's picture */
const paint = (fields, own) => () =>
  paintImages(/** @type {any} */ ({ ...images, ...fields }), /** @type {any} */ (own));

/** Opens networks until there is no memory left. */
function exhaust() {
  const open = [];
  try {
    for (;;) {
      open.push(engine.steps({ layers: stack({ depth: 2, width: 4096, inputs: 1 }), batch: 1024 }));
      open[open.length - 1].next();
    }
  } finally {
    for (const steps of open) steps.return();
  }
}

/** Runs a network that needs more memory than the host gives. */
const starve = () =>
  shortOf(64 * 2 ** 20, () =>
    engine.run({ layers: stack({ depth: 40, width: 4096, inputs: 1 }), batch: 1024, backward: true }),
  );

/** For each code, a call that throws it. @type {Record<string, () => unknown>} */
const THROWERS = {
  wrongType: run({ backward: 1 }),
  unknownName: run({ activation: 'step' }),
  unknownField: run({ depth: 3 }),
  wholeRange: run({ batch: 0 }),
  numberRange: run({ gain: -1 }),
  wrongNames: run({ observe: 'weights' }),
  wrongSides: runConv({ kernel: 3 }),
  noPytorchGain: run({ gain: 'pytorch', activation: 'gelu' }),
  biasScheme: run({ bias: 'orthogonal' }),
  biasScaling: run({ bias: { name: 'variance-scaling', distribution: 'normal', mode: 'fan_out' } }),
  orthogonalSize: run({ layers: stack({ depth: 1, width: 2049 }), scheme: 'orthogonal' }),
  orthogonalKernel: runConv({ scheme: 'orthogonal', channelsIn: 240 }),
  identityKernel: runConv({ scheme: 'identity' }),
  unlikeBelow: runConv({}, [{ kind: 'dense', inputs: 9, units: 2 }]),
  convAfterDense: runConv({}, [{ kind: 'dense', units: 2 }, conv]),
  oddChannels: run({ layers: [{ kind: 'glu', channelsIn: 3, size: [1, 1] }] }),
  sumFirst: run({ layers: [{ kind: 'add', over: 1, channelsIn: 3, size: [1, 1] }] }),
  sumShapes: run({
    layers: [
      { kind: 'dense', inputs: 3, units: 2 },
      { kind: 'add', over: 1 },
    ],
  }),
  groupsDivide: runConv({ groups: 3 }),
  kernelOverImage: runConv({ kernel: [9, 9], padding: 'valid' }),
  windowOverImage: runConv({}, [{ kind: 'max-pool', window: [9, 9], stride: 1 }]),
  imagesTooLarge: runConv({ size: [224, 224], kernel: [3, 3], padding: 2 }),
  tooManyWeights: run({ layers: [{ kind: 'dense', inputs: 2 ** 20, units: 4096 }] }),
  inputLength: run({ input: new Float32Array(3) }),
  lossOfImages: run({ layers: [conv], loss: 'cross-entropy', backward: true }),
  batchMemory: run({ layers: stack({ depth: 100, width: 4096 }), batch: 1024, backward: true }),
  networkMemory: run({ layers: [{ kind: 'dense', inputs: 2 ** 20, units: 4000 }], scheme: 'sparse' }),
  memoryExhausted: () => shortOf(64 * 2 ** 20, exhaust),
  moduleMemory: starve,
  tooManyNumbers: paint({ batch: 1024, size: [1024, 1024] }),
  tooManyPixels: paint({ image: 'own' }, { ...picture, width: 2 ** 13, height: 2 ** 13 }),
  pixelsLength: paint({ image: 'own' }, { ...picture, width: 3 }),
  oneBrightness: paint({ image: 'own', pixels: 'normalised' }, picture),
  noPicture: paint({ image: 'own' }),
  stackUnexpected: () => parseStack('784-tahn'),
  stackNumber: () => parseStack('784-0'),
  stackTwice: () => parseStack('784-10:relu:tanh'),
  stackMisfit: () => parseStack('784-10:stride=2'),
  stackLater: () => parseStack('784-dropout-10'),
  stackDeep: () => parseStack('784-160*256-160*256'),
  stackLong: () => parseStack('1-'.repeat(5e6)),
};

/** The codes that the client gives without throwing. */
const GIVEN = ['engineStopped', 'engineUnfetched', 'unknown'];

test('each code is thrown by some call, and no call throws another code', () => {
  assert.deepEqual([...Object.keys(THROWERS), ...GIVEN].sort(), [...CODES].sort());
  for (const [code, call] of Object.entries(THROWERS)) {
    const error = thrownBy(call);
    assert.ok(error instanceof RangeError && isRefusal(error), `${code}: ${error}`);
    assert.deepEqual([error.code, error.message], [code, messageOf(error)]);
    assert.doesNotMatch(error.message, /is NaN|\[object/, code);
  }
});

test('any other error has the code "unknown" and its text, even one that only looks like a refusal', () => {
  const unknown = (/** @type {string} */ value) => ({ code: 'unknown', field: null, value, range: null });
  assert.deepEqual(refusalOf(new Error('odd')), unknown('Error: odd'));
  assert.deepEqual(refusalOf('text'), unknown('text'));
  for (const code of ['toString', 'ENOENT', 25]) {
    assert.deepEqual(refusalOf(Object.assign(new Error('odd'), { code })), unknown('Error: odd'));
  }
  const error = thrownBy(THROWERS.wholeRange);
  assert.deepEqual(refusalOf(error), { code: 'wholeRange', field: 'batch', value: 0, range: [1, 1024] });
  assert.deepEqual(engineStopped('why'), { code: 'engineStopped', field: null, value: 'why', range: null });
});

/** @type {[lang: string, words: typeof english][]} */
const LANGUAGES = [
  ['en', english],
  ['ru', /** @type {any} */ (russian)],
];

for (const [lang, { REFUSED, STACK_REFUSED, FILE_REFUSED, refusalWords, stackRefusalWords }] of LANGUAGES) {
  test(`${lang}: a sentence for each code, and for no other`, () => {
    const codes = [...CODES, ...FILE_CODES].sort();
    assert.deepEqual([...Object.keys(REFUSED), ...Object.keys(STACK_REFUSED)].sort(), [...CODES].sort());
    assert.deepEqual(Object.keys(FILE_REFUSED).sort(), [...FILE_CODES].sort());
    assert.deepEqual(Object.keys(REFUSALS).sort(), codes);
    for (const refused of Object.values(REFUSALS).flat()) {
      const ofFile = /** @type {any} */ (FILE_REFUSED)[refused.code];
      const ofStack = /** @type {any} */ (refused.code in STACK_REFUSED ? refused : null);
      const sentence = ofFile ? ofFile(refused) : ofStack ? stackRefusalWords(ofStack) : refusalWords(refused);
      assert.match(sentence, /^[A-ZА-ЯЁ“«x].*[.!7]$/s, sentence);
      assert.doesNotMatch(sentence, /undefined|\[object|NaN [a-z]/, sentence);
    }
  });
}

/** Runs what the page would ask of the engine. @param {object} changes of the state */
const asked = (changes) => {
  const state = { ...defaults(), ...changes };
  const input = imagesOf(state);
  return () => engine.run({ ...specOf(state, 'A'), ...(input && { input: paintImages(input) }) });
};

/** Refusals that the page can cause, with their sentence in both languages. @type {[code: string, call: () => unknown, en: RegExp, ru: RegExp][]} */
const PAGE = [
  [
    'orthogonalSize',
    asked({ a: 'orthogonal', width: 4096 }),
    /at most 2048 rows and columns, and layer 1 would have 4096 × 4096\. Set “width” to 2048 or less/,
    /не больше 2048 строк и столбцов, а в слое 1 она была бы 4096 × 4096\. Уменьшите ширину до 2048/,
  ],
  [
    'orthogonalSize',
    asked({ a: 'orthogonal', width: 64, inputs: 5000 }),
    /layer 1 would have 5000 × 64\. Give the layer 2048 inputs or fewer/,
    /в слое 1 она была бы 5000 × 64\. Уменьшите число входов слоя до 2048/,
  ],
  [
    'orthogonalSize',
    asked({ a: 'orthogonal', kind: 'conv', head: 'linear', pool: 'flatten', depth: 3 }),
    /layer 3 would have 8192 × 10\. Set “before the output” to “average”/,
    /в слое 3 она была бы 8192 × 10\. Перед выходом выберите «усреднить»/,
  ],
  [
    'orthogonalKernel',
    asked({ a: 'orthogonal', kind: 'conv', channels: 128 }),
    /that of layer 2 would have 3200: .* Set “channels” to 81 or less, take a smaller “kernel size”/,
    /в слое 2 их было бы 3200: .* Уменьшите число каналов до 81, возьмите меньшее ядро/,
  ],
  [
    'identityKernel',
    asked({ a: 'identity', kind: 'conv' }),
    /needs a kernel of 1 × 1, and that of layer 1 is 5 × 5\. Set “kernel size” to 1/,
    /нужно ядро 1 × 1, а в слое 1 оно 5 × 5\. Задайте ядро 1/,
  ],
  [
    'kernelOverImage',
    asked({ kind: 'conv', padding: 'valid', size: 32, depth: 20 }),
    /layer 8 gets images of 4 × 4, too small for a kernel of side 5\. Reduce “depth” or “kernel size”, or set “padding” to “same”/,
    /слой 8 получает изображения 4 × 4; ядро со стороной 5 .* Уменьшите глубину или ядро либо выберите дополнение «same»/,
  ],
  [
    'tooManyWeights',
    asked({ width: 4096, inputs: 2 ** 20 }),
    /Layer 1 would have 1,048,576 × 4096 weights; .* Set “width” to 4095 or less/,
    /В слое 1 было бы 1\u202f048\u202f576 × 4096 весов, .* Уменьшите ширину до 4095/,
  ],
  [
    'batchMemory',
    asked({ width: 4096, depth: 100, batch: 1024 }),
    /a batch of 1024 needs 1666\u00a0MiB of memory, and a network may have 1008\u00a0MiB\. Set “batch” to 616 or less/,
    /для батча размера 1024 нужно 1666\u00a0МиБ памяти, а сети доступно 1008\u00a0МиБ\. Уменьшите размер батча до 616/,
  ],
  [
    'networkMemory',
    asked({ a: 'sparse', width: 4000, inputs: 2 ** 20 }),
    /the network needs [\d,]+\u00a0MiB of memory, and may have 1008\u00a0MiB: not even a batch of 1 fits\. Take fewer layers/,
    /сети нужно [\d\u202f]+\u00a0МиБ памяти, а доступно 1008\u00a0МиБ: не помещается даже батч размера 1\. Возьмите/,
  ],
  ['noPicture', asked({ input: 'own' }), /not part of the link.*another “input”/, /в ссылке нет.*выберите другой вход/],
];

test('a refusal that the page can cause uses the names on its controls', async () => {
  const html = await readFile(new URL('../../web/index.html', import.meta.url), 'utf8');
  const texts = html.split(/<[^>]*>|\n/).map((text) => text.trim());
  const options = LANGUAGES.map(([, { choiceWords }]) =>
    SCHEMA.flatMap((row) => (row.type === 'choice' ? row.choices.map((name) => choiceWords(name, row.key)) : [])),
  );
  const brightness = REFUSALS.oneBrightness[0];
  const all = [
    ...PAGE.map(([code, call, en, ru]) => {
      const refused = refusalOf(thrownBy(call));
      assert.equal(refused.code, code);
      return /** @type {const} */ ([refused, en, ru]);
    }),
    /** @type {const} */ ([brightness, /set “pixels” to “raw 0–255”/, /выберите пиксели «сырые 0–255»/]),
  ];
  for (const [refused, en, ru] of all) {
    const sentences = LANGUAGES.map(([, { refusalWords }]) => refusalWords(refused));
    assert.match(sentences[0], en);
    assert.match(sentences[1], ru);
    for (const [, name] of sentences[0].matchAll(/“(.*?)”/g))
      assert.ok(texts.includes(name) || options[0].includes(name), `${name} is no label: ${sentences[0]}`);
    for (const [, name] of sentences[1].matchAll(/«(.*?)»/g))
      assert.ok(options[1].includes(name), `${name} is no choice: ${sentences[1]}`);
  }
});

/**
 * Refusals of the reader's own layers, where the controls for depth, width and the like are hidden.
 * @type {[code: string, call: () => unknown, en: RegExp, ru: RegExp][]}
 */
const OWN_PAGE = [
  [
    'orthogonalSize',
    asked({ stack: '784-4096-10', a: 'orthogonal' }),
    /In “layers” give it at most 2048 inputs and 2048 units, or choose another scheme/,
    /Задайте ему в строке слоёв не больше 2048 входов и 2048 нейронов или возьмите другую схему/,
  ],
  [
    'orthogonalSize',
    asked({ stack: '32x32x8-conv8-10', a: 'orthogonal' }),
    /In “layers” give it at most 2048 inputs/,
    /Задайте ему в строке слоёв не больше 2048 входов/,
  ],
  [
    'orthogonalKernel',
    asked({ stack: '8x8x128-conv8:5x5', a: 'orthogonal' }),
    /In “layers” give it 81 channels in or fewer, or a smaller kernel, or choose another scheme/,
    /Уменьшите в строке слоёв число его входных каналов до 81, возьмите меньшее ядро/,
  ],
  [
    'identityKernel',
    asked({ stack: '8x8x3-conv8', a: 'identity' }),
    /In “layers” give it a kernel of 1 × 1, or choose another scheme/,
    /Задайте ему в строке слоёв ядро 1 × 1 или возьмите другую схему/,
  ],
  [
    'kernelOverImage',
    asked({ stack: '8x8x3-conv8:9x9:valid' }),
    /In “layers” give it a smaller kernel or more padding, or let fewer layers/,
    /Задайте в строке слоёв меньшее ядро, большее дополнение или меньше слоёв/,
  ],
  [
    'tooManyWeights',
    asked({ stack: '1048576-4096' }),
    /In “layers” give it 4095 units or fewer, or give the layer fewer inputs/,
    /Уменьшите в строке слоёв число его нейронов до 4095/,
  ],
  [
    'batchMemory',
    asked({ stack: '4096-100*4096', batch: 1024 }),
    /Set “batch” to 616 or less, or make the network smaller in “layers”\./,
    /Уменьшите размер батча до 616 или саму сеть в строке слоёв\./,
  ],
  [
    'networkMemory',
    asked({ stack: '1048576-4000', a: 'sparse' }),
    /not even a batch of 1 fits\. In “layers” take fewer layers/,
    /Возьмите в строке слоёв меньше слоёв/,
  ],
];

/** Controls that a line of layers leaves on the page, by their labels. */
const LEFT = [english.STACK_WORDS.line, 'batch'];

test('a refusal of the reader’s own layers sends to their line or to the batch, never to a hidden control', () => {
  for (const [code, call, en, ru] of OWN_PAGE) {
    const refused = refusalOf(thrownBy(call));
    assert.equal(refused.code, code);
    const [ofEnglish, ofRussian] = LANGUAGES.map(([, { refusalWords }]) => refusalWords(refused, ['conv1'], true));
    assert.match(ofEnglish, en);
    assert.match(ofRussian, ru);
    for (const [, name] of ofEnglish.matchAll(/“(.*?)”/g)) assert.ok(LEFT.includes(name), `${name}: ${ofEnglish}`);
    assert.doesNotMatch(ofRussian, /Уменьшите (?:глубину|ширину|число каналов)|Перед выходом/);
  }
});

test('the path of a field gives the number of its layer', () => {
  assert.deepEqual(['layers[0].units', 'layers[11].kernel[1]', 'batch', null].map(layerOf), [
    1,
    12,
    Number.NaN,
    Number.NaN,
  ]);
});

test('no program parses a sentence', async () => {
  const folder = new URL('../../web/', import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
  assert.ok(files.length > 60);
  for (const name of files) {
    const source = await readFile(new URL(name, folder), 'utf8');
    assert.doesNotMatch(
      source,
      /(message|error|reason|why)\??\.(startsWith|endsWith|includes|match|search|split|replace)/,
      name,
    );
    assert.doesNotMatch(source, /(exec|test)\((String\()?\w*\.?(message|error|reason)\b/, name);
    assert.doesNotMatch(source, /\.message\s*[!=]==/, name);
  }
});
