/*
 * Arguments for every function of a locale. Together they make a language say everything that it can: each kind of verdict,
 * agreement and refusal, and each form of a plural. What the sentences should say is not known here.
 */

import { PRESET_NAMES } from '../../web/engine/presets.js';
import { callsOf } from '../../web/locales/called.js';
import { FILE_CODES } from '../../web/locales/refused.js';
import { readTyped } from '../../web/page/number-fields.js';
import { FORMATS } from '../../web/reading/formats.js';
import { LINES } from '../../web/state/lines.js';
import { CLASSES } from '../../web/state/networks.js';
import { defaults, SCHEMA } from '../../web/state/state.js';
import { readNumber } from '../../web/state/written-numbers.js';
import { defaultSettings } from '../../web/training/settings.js';
import { REFUSALS } from './refused.js';

const COUNTS = [1, 2, 5, 11, 21, 22];

/** Names of layers, and none: of layers that go by their numbers. @type {(string[] | null)[]} */
const NAMES = [null, Array.from({ length: 22 }, (_, i) => `conv${i + 1}`)];

/** Every combination of one argument of each list. @param {...any[]} lists @returns {any[][]} */
const all = (...lists) =>
  lists.reduce((heads, list) => heads.flatMap((head) => list.map((/** @type {any} */ item) => [...head, item])), [[]]);

const CHANGE = {
  ...{ level: 2, ratio: 1e-7, layer: 4, left: 0.3, factor: 0.7, peaks: true },
  ...{ byChance: false, beyondChance: false },
};
const CHANGES = [
  null,
  CHANGE,
  { ...CHANGE, ratio: 2e6, left: 2e6, factor: 2, peaks: false },
  { ...CHANGE, ratio: 12, left: 1.5, factor: null },
  { ...CHANGE, ratio: 0, layer: 1 },
  { ...CHANGE, ratio: 0 },
  { ...CHANGE, ratio: Infinity },
];
/** A point of the phase map in each phase, and above the critical point of relu.
 * @type {Record<string, import('../../web/engine/phase.js').PhasePoint>} */
const PHASES = Object.fromEntries(
  [
    { phase: 'ordered', depth: 3.6 },
    { phase: 'decays', q: 0, depth: 1 },
    { phase: 'critical', depth: Number.POSITIVE_INFINITY, weightSquare: 2, biasSquare: 0 },
    { phase: 'chaotic', depth: 9, chi: 1.2, correlation: 0.3 },
    { phase: 'explodes', q: Number.POSITIVE_INFINITY, slope: 1.5 },
    { phase: 'explodes', q: Number.POSITIVE_INFINITY, slope: 1, depth: Number.POSITIVE_INFINITY, name: 'slowly' },
  ].map((point) => [
    point.name ?? point.phase,
    /** @type {any} */ ({
      ...{ weightSquare: 2, biasSquare: 0.05, q: 0.2, chi: 0.76, correlation: 1, slope: 0.76, depth: 3.6 },
      ...point,
    }),
  ]),
);
const OUTCOME = {
  loss: { level: 1, ratio: 1.5, value: 3.5, chance: Math.LN10, rms: 1.75 },
  saturated: { level: 1, share: 0.4, layer: 3 },
  dead: { level: 1, share: 0.815, layer: 3 },
  alike: { level: 1, correlation: 0.9995 },
  input: { level: 1, rms: 141 },
};
const VERDICT = {
  ...{
    word: 'kept',
    cautions: [],
    cause: 'none',
    depth: 20,
    left: 0.3,
    factor: 0.7,
    still: false,
    advice: { kind: 'trains' },
  },
  ...{ std: 0.1, rightStd: 0.2, head: null, layer: 4 },
  outcome: { ...OUTCOME, signal: CHANGE, gradient: null },
};
const WORDS =
  'overflow zero symmetric kept settled fading vanishing growing exploding gradients-fade gradients-vanish ' +
  'gradients-grow gradients-explode loss saturated dead alike';
const ADVICE =
  'nothing trains skip normalise seed larger smaller slightly-larger slightly-smaller multiply multiply-more centre zero-weights ' +
  'equal-weights widen width variance fans no-input input head bias activation leaky critical depth branches blocks';
const CAUTIONS = [...WORDS.split(' ').slice(5), 'input', 'chance'];
const VERDICTS = [
  ...all(WORDS.split(' '), CHANGES, CHANGES).map(([word, signal, gradient], i) => {
    const [depth, left] = [COUNTS[i % COUNTS.length], signal?.left ?? 1];
    const head = i % 2 ? { saturated: 0.4, slope: 0.1 } : null;
    return {
      ...VERDICT,
      word,
      depth,
      left,
      head,
      layer: 4,
      outcome: { ...OUTCOME, signal, gradient },
    };
  }),
  ...all(ADVICE.split(' '), [undefined, 3], [undefined, { kind: 'multiply', by: 1.41, scheme: 'He' }]).map(
    ([kind, layer, also]) => ({ ...VERDICT, advice: { kind, layer, also, by: 1.41, scheme: 'He' } }),
  ),
  ...all(CAUTIONS, ['', ...CAUTIONS]).map(([first, second]) => ({
    ...VERDICT,
    cautions: [first, second].filter(Boolean),
  })),
  { ...VERDICT, still: true },
  { ...VERDICT, word: 'alike', outcome: { ...VERDICT.outcome, alike: { level: 2, correlation: 1 } } },
].map((v, i) => [v, NAMES[(i >> 1) % 2]]);

const AGREEMENTS = all(
  ['agrees', 'more', 'less', 'apart', 'absent', 'bandless', 'narrow', 'died', 'incomparable'],
  COUNTS,
  [0, ...COUNTS],
  [true, false],
  ['constant', 'identity', 'orthogonal', 'uniform-positive', 'border', 'other'],
).map(([kind, compared, bordered, whole, why]) => {
  const to = whole ? 3 : 9;
  const within = Math.ceil(compared / 2);
  return { kind, compared, bordered, narrow: bordered, died: 4, chance: 0.4375, whole, why, within, from: 3, to };
});

const tensor = { zeros: 0.5, nonFinite: 3, size: 9, std: 0.25, mean: 0, rms: 0.25 };
const SHAPES = all([1, 2, 6], [1, 6], [1, 2], ['same', 'valid'], [1, 5]).flatMap(
  ([channelsIn, channelsOut, stride, padding, side]) =>
    [1, 2, channelsIn]
      .filter((groups) => channelsIn % groups === 0 && channelsOut % groups === 0)
      .map((groups) => ({
        ...{ kernel: [side, side], channelsIn, channelsOut, groups, size: [8, 8], stride, padding },
        ...{ fanIn: (side * side * channelsIn) / groups, fanOut: (side * side * channelsOut) / groups },
      })),
);
const inside = { top: 1, bottom: 3, left: 1, right: 3 };
const squares = new Float64Array(16);
const NUMBERS = [[0], [0.5], [1.5], [-2.25], [12345], [1e-7], [Number.NaN], [Infinity]];
const LETTERS = ['A', 'B'];
/** What becomes of values in a number format: nothing, all, and nothing computed yet. */
const FAULTS = [
  null,
  { over: [], zero: [], subnormal: [] },
  {
    over: [[1, 1]],
    zero: [
      [2, 4],
      [6, 6],
    ],
    subnormal: [
      [7, 7],
      [9, 9],
      [11, 21],
    ],
  },
];
const FILE = '7'; // a file name that is a word in neither language
const NAMED = [[FILE]];
/** Citations in every form that the engine has. Names of papers belong to no language. */
const PAPERS = [
  '1 & 2 2010, eq. 12',
  '1 et al. 2013, sec. 3',
  '1 et al. 2021, table 3',
  '1, after 2 2010, a = 0.25',
  '1 and 2',
];

/** Whether a code is one of an image file. @param {string} code */
const isOfFile = (code) => FILE_CODES.some((one) => one === code);

/** Whether a code is one of the stack notation. @param {string} code */
const isOfStack = (code) => code.startsWith('stack');

/** Examples of the stack notation. They are code, the same in every language. */
const NOTATION = /\b(?:28x28(?:x1)?|5x5|2x3|20\*256|normal=0\.02)\b/g;

/** A text without the code in it. @param {string} text */
export const withoutCode = (text) => text.replace(NOTATION, '');

/** @type {Record<string, any[][]>} lists of arguments, by the function's path */
export const SAYINGS = {
  ...Object.fromEntries(
    Object.entries(REFUSALS).map(([code, refusals]) => [
      `${isOfFile(code) ? 'FILE_REFUSED' : isOfStack(code) ? 'STACK_REFUSED' : 'REFUSED'}.${code}`,
      all(refusals, ['4', '4 (conv1)'], [false, true]).map(([refused, layer, own]) => [{ ...refused, layer, own }]),
    ]),
  ),
  'FORMULA.cut': [['±2']],
  'FORMULA.orthonormal': [[true], [false]],
  'FORMULA.zeros': COUNTS.map((count) => [count, 256]),
  'FORMULA.spikeAt0': [['0']],
  'FORMULA.unitSum': [['1']],
  'FORMULA.rest': [['1']],
  'FORMULA.counted': all(['pytorch', 'keras', 'jax', 'whole', 'channels'], [3], [8], [75], [200]),
  'FORMULA.normalBias': [['1']],
  'FORMULA.uniformBias': [['1']],
  'LABELS.rms': [[['', '']]],
  'LABELS.curves': [['', [{ label: 'A a', measured: [1, 0.5] }], 1]],
  'LABELS.histogram': [['weights', 5, [tensor, undefined]]],
  'OVERRULED.head': [[{}]],
  'OVERRULED.groups': COUNTS.map((channels) => [{ channels, groups: '1' }]),
  'OVERRULED.input': [[]],
  'OVERRULED.depth': [[{ depth: 50 }]],
  'OVERRULED.norm': [[]],
  'OVERRULED.activation': [[{ block: 'gpt2', activation: 'gelu' }]],
  'FORMAT_TEXTS.largest': [[65504], [3.39e38]],
  'FORMAT_TEXTS.normal': all([6.1e-5], [false, true]),
  'FORMAT_TEXTS.smallest': [[5.96e-8]],
  'FORMAT_TEXTS.caption': Object.entries(FORMATS).map(([name, limits]) => [name.replace('-flush', ''), limits]),
  'FORMAT_TEXTS.faults': all(['float16'], FAULTS, FAULTS, NAMES.map(callsOf)),
  'BLOCK_TEXTS.about': all(PRESET_NAMES, [1, 12], [false, true]),
  'BLOCK_TEXTS.norm': all(['none', 'layer', 'rms', 'batch'], [false, true]),
  'BLOCK_TEXTS.branch': [['']],
  'BLOCK_TEXTS.draw': [['']],
  'WORDS.layerTitle': [
    [5, 20],
    [5, 20, 'conv1'],
  ],
  'WORDS.layer': [[5], [5, 'conv1']],
  'WORDS.tensor': [['deltas']],
  'WORDS.detail': [['weightGradients']],
  'WORDS.forward': all([3], COUNTS, [0, 0.5]),
  'WORDS.coarse': all(COUNTS, [21, 64]),
  'WORDS.backward': all([3], COUNTS, [0, 0.5]),
  'WORDS.picture': NAMED,
  'WORDS.gain': [
    [['own'], 1],
    [['pytorch', 'forward', 'backward'], Number(Math.SQRT2.toPrecision(5))],
    [['forward'], 1.5925],
    [['backward'], 0.3],
    [['pytorch'], null],
  ],
  'WORDS.noImages': [['']],
  'WORDS.noPictures': [['']],
  'WORDS.noGlossary': [['']],
  'WORDS.noPart': [['']],
  'WORDS.noStack': [['']],
  'STACK_WORDS.usual': [['ReLU']],
  'STACK_WORDS.ofRow': [['', 'conv1']],
  'STACK_WORDS.inB': [['conv1']],
  'STACK_WORDS.onlyInB': [[1], [3]],
  'STACK_WORDS.differs': [['conv1', '40']],
  'STACK_WORDS.faultInB': [['']],
  'STACK_WORDS.ignored': [['']],
  'STACK_WORDS.changeUnread': [['2;40']],
  'STACK_WORDS.changeAbsent': [[9, 2]],
  'STACK_WORDS.changeRefused': [[2, '40;', '']],
  'STACK_WORDS.added': [['conv1']],
  'STACK_WORDS.moved': [['conv1', 2, 5]],
  'STACK_WORDS.removed': [['conv1']],
  'WORDS.noLessons': [['']],
  'WORDS.notSpoken': [['']],
  'WORDS.noTraining': [['']],
  'TRAINING_WORDS.epoch': NUMBERS.slice(0, 3),
  'TRAINING_WORDS.chance': [[Math.LN2]],
  'TRAINING_WORDS.outcome': all(
    ['fresh', 'begun', 'learned', 'learns', 'still', 'lost', 'diverged'],
    COUNTS,
    [undefined, ...[0.5, Number.NaN].map((held) => ({ step: 2, accuracy: 0.9, heldAccuracy: held, loss: 250 }))],
    [2, 10].flatMap((classes) => [null, 0.93].map((best) => ({ classes, diverged: 12345, best }))),
  ),
  'TRAINING_WORDS.agreement': all(
    ['early', 'yes', 'partly', 'fails', 'learns', 'open', 'high', 'raised', 'low', 'noise', 'raw', 'adam'],
    [true, false],
    [0.003],
  ),
  'MAP_WORDS.seed': [[1]],
  'MAP_WORDS.run': [[300], [12345]],
  'MAP_WORDS.progress': [[3, 96]],
  'MAP_WORDS.failed': [['']],
  'MAP_WORDS.cell': [20, 31, 42].flatMap((depth) => [0, 1, 2, 3].map((seeds) => [depth, 1.76, 0.5, seeds])),
  'MAP_WORDS.opened': [[20, 1.76]],
  'MAP_WORDS.filled': [
    [[]],
    [
      [
        { depth: 20, square: 1.25 },
        { depth: 40, square: 3 },
      ],
    ],
  ],
  'MAP_WORDS.label': [
    [0, 96, []],
    [3, 96, [{ depth: 20, square: 1 }]],
  ],
  'COORDINATE_WORDS.text': [[64, 0.001]],
  'COORDINATE_WORDS.column': [['a', 'b']],
  'COORDINATE_WORDS.steps': [[1], [2], [3]],
  'COORDINATE_WORDS.caption': [
    [1, null],
    [2, { standard: { slopes: [0, 0.8, 1.2] }, mup: { slopes: [-0.01, -0.02, -0.1] } }],
  ],
  'COORDINATE_WORDS.run': [
    [64, 0.001, 1],
    [64, 0.001, 3],
  ],
  'COORDINATE_WORDS.progress': [[3, 14]],
  'COORDINATE_WORDS.failed': [['']],
  'COORDINATE_WORDS.sentence': all(['grows', 'falls', 'flat'], ['grows', 'falls', 'flat']).map(([standard, mup], i) => [
    1 + (i % 3),
    4096,
    {
      standard: { slopes: [0, 0.8, 1.2], times: 152, trend: standard },
      mup: { slopes: [-0.01, -0.02, -0.1], times: 0.65, trend: mup },
    },
  ]),
  'COORDINATE_WORDS.label': [[3, 14, '']],
  'PHASE_WORDS.heading': [['tanh']],
  'PHASE_WORDS.caption': [[20], [1]],
  'PHASE_WORDS.limit': [[20]],
  'PHASE_WORDS.sentence': all(Object.keys(PHASES), [false, true]).map(([phase, isLinear]) => [PHASES[phase], isLinear]),
  'PHASE_WORDS.figures': Object.values(PHASES).map((point) => [point]),
  'PHASE_WORDS.reach': all([0.5, 21.8, Number.POSITIVE_INFINITY], [1, 2, 5, 21, 100]),
  'PHASE_WORDS.where': [
    [1, 1],
    [20, 20],
    [5, 7],
    [18, 21],
  ],
  'PHASE_WORDS.place': [[1.44, 0]],
  'PHASE_WORDS.handle': [['A']],
  'PHASE_WORDS.value': [
    ['', '', 3.5],
    ['', '', Number.POSITIVE_INFINITY],
  ],
  ...Object.fromEntries(
    ['weights-tuned', 'weights-own', 'biases-choice', 'biases-own', 'gain', 'bias'].map((reason) => [
      `PHASE_WORDS.held.${reason}`,
      [['A']],
    ]),
  ),
  'PHASE_WORDS.label': [
    ['tanh', []],
    ['tanh', ['A: 1.']],
  ],
  'PHASE_WORDS.from': [[20]],
  'LIBRARY_WORDS.uncounted': [['1']],
  'LIBRARY_WORDS.nothing': [['Keras']],
  'LIBRARY_WORDS.results': COUNTS.map((count) => [count]),
  'LIBRARY_WORDS.unknown': [['Keras', 'PyTorch']],
  'LIBRARY_WORDS.heading': [['Keras', '3']],
  'LIBRARY_WORDS.measured': [['JAX', '2026-11-29']],
  'LIBRARY_WORDS.put': [['Keras', 'A']],
  'LIBRARY_WORDS.hasBeenPut': [['Keras', 'A']],
  'LIBRARY_WORDS.fansOf': all([null, 300, 12345], [null, 100]),
  'LIBRARY_WORDS.truly': [[9, 9]],
  'LIBRARY_WORDS.stdOf': [[0.0707, 1e-7]],
  'LIBRARY_WORDS.biasesOf': [['zeros'], ['pytorch-default'], [null]],
  'LIBRARY_WORDS.spread': all([1, 0.0284, 4e-4, 0], [0, 0.0012]),
  'LIBRARY_WORDS.progress': [[5, 12345]],
  'LIBRARY_WORDS.seeds': [[8]],
  'LIBRARY_WORDS.strip': [['Keras', '1', '2']],
  'LIBRARY_WORDS.networkColumn': [[10]],
  'LIBRARY_WORDS.all': [[27]],
  'LIBRARY_WORDS.link': [['']],
  'TRAINING_WORDS.promise': [['']],
  'TRAINING_WORDS.speed': NUMBERS.slice(0, 3),
  'TRAINING_WORDS.going': [[3, 12345]],
  'TRAINING_WORDS.rates': [
    [
      [
        [100, 0.5],
        [12345, 1e-7],
      ],
    ],
  ],
  'TRAINING_WORDS.run': [
    [{ ...defaultSettings(), step: 1 }, [[0, 0.003]], true],
    [
      {
        ...defaultSettings(),
        data: 'spirals',
        labels: 'random',
        optimizer: 'adam',
        as: 'keras',
        decay: 0.1,
        step: 12345,
      },
      [
        [0, 0.003],
        [12345, 0.1],
      ],
      false,
    ],
  ],
  'TRAINING_WORDS.added': [[2], [10]],
  'TRAINING_WORDS.anew': [
    [[['networks', '']]],
    [
      [
        ['optimizer', 'adam'],
        ['rate', 0.001],
      ],
    ],
    ...[
      ['as', 'keras'],
      ['data', 'spirals'],
      ['labels', 'random'],
      ['pixels', 'raw'],
      ...['momentum', 'decay', 'batch', 'seed'].map((key) => [key, 12]),
    ].map((change) => [[change]]),
  ],
  'TRAINING_WORDS.hypers': [
    [0.5, null],
    [null, 1e-7],
    [0, 0.1],
  ],
  'TRAINING_WORDS.tooManyRates': [[8]],
  'TRAINING_WORDS.misfit': [['images'], ['deep']],
  'TRAINING_WORDS.notUsed': [
    ['rate', '?', 1e6, null],
    ['step', '-5', 1e5, 0],
  ],
  'TRAINING_WORDS.stepText': COUNTS.map((count) => [count]),
  ...Object.fromEntries(
    ['lossTable', 'batchAccuracyTable', 'trainLossTable', 'heldLossTable', 'accuracyTable', 'heldTable'].map((name) => [
      `TRAINING_WORDS.${name}`,
      LETTERS.map((letter) => [letter]),
    ]),
  ),
  'TRAINING_WORDS.decisionLabel': [
    ['A', 0.9],
    ['B', Number.NaN],
  ],
  'TRAINING_WORDS.learningLabel': [[['', '']]],
  'TRAINING_WORDS.ratioLabel': [[[0.5, Number.NaN]]],
  rmsCaption: Array.from({ length: 2 ** LINES.length }, (_, i) => LINES.filter((_, bit) => (i >> bit) & 1)).flatMap(
    (lines) => all([lines], NAMES),
  ),
  tunedWords: COUNTS.map((tries) => [[{ gain: 1.5, tries }]]),
  'WORDS.noStart': [['']],
  'WORDS.notShared': [['']],
  'WORDS.notDrawn': [[5], [5, 'conv1']],
  agreementWords: AGREEMENTS.flatMap((forward, i) => [
    [forward, AGREEMENTS[(7 * i + 3) % AGREEMENTS.length], NAMES[i % 2]],
  ]),
  choiceWords: [['he-normal'], ['deltas'], ['true', 'fansA']],
  countedWords: [['pytorch'], ['keras'], ['jax'], ['whole'], ['channels']],
  count: NUMBERS,
  cutWords: [[[null, 12.5]], [[3, null]]],
  entry: [[0.8796], [-2.5], [64], ['']],
  exact: [[0.8796], [-2.5], [64]],
  fanInWords: SHAPES.map((shape) => [shape]),
  fanOutWords: SHAPES.map((shape) => [shape]),
  'figureWords.kernels': all(LETTERS, [8, 32], [32], ['conv', 'dense'], [0.25], [1, 2, 3, 8]),
  'figureWords.maps': all(
    LETTERS,
    [2],
    [8, 32],
    [32],
    [-1, 0].flatMap((least) => [0, 2].map((most) => ({ least, most }))),
    [undefined, 'conv1'],
  ),
  'figureWords.counting': all(SHAPES, [3], [3, 4], NAMES),
  fixed: [[2.5, 3]],
  hereInWords: all(SHAPES, [0, 6], [[4, 4]]),
  hereOutWords: all(SHAPES, [
    [0, 1],
    [1, 1],
    [3, 2],
    [5, 5],
  ]),
  ignoredWords: [
    [[]],
    [
      ['bad', 'range', 'unused', 'repeated', 'bad'].map((reason) => ({
        key: 'A',
        text: '1',
        reason,
        used: reason === 'bad' ? 'null' : '7',
      })),
    ],
    [['unknown', 'bad'].map((reason) => ({ key: 'A', text: '1', reason, used: '7' }))],
  ],
  lossWords: all([2.3, 1e9, Number.NaN], [CLASSES]),
  manyWords: [[3, 8]],
  networkWords: all(
    ['true', 'pytorch', 'channels'].flatMap((fansA) =>
      ['std', 'variance'].map((takenA) => ({ ...defaults(), fansA, takenA, drawnA: 'jax-bfloat16' })),
    ),
    ['A'],
  ),
  number: NUMBERS,
  libraryWords: [['7'], ['7 default: 8'], ['7 default']],
  paperWords: PAPERS.map((paper) => [paper]),
  percent: NUMBERS,
  share: NUMBERS,
  pileWords: all(['input', 'output'], [[8, 8]], [3]),
  placesWords: all(
    LETTERS,
    [2],
    [
      { squares, inside, interiorRms: 0.5, borderRms: 0.25 },
      { squares, inside, interiorRms: 0.5, borderRms: null },
      { squares, inside: null, interiorRms: null, borderRms: 0.25 },
    ],
    [1.5],
    [undefined, 'conv1'],
  ),
  plain: NUMBERS,
  power: [[-3], [12]],
  refusalWords: Object.values(REFUSALS)
    .flat()
    .filter(({ code }) => !isOfFile(code) && !isOfStack(code))
    .flatMap((refused) => all([refused], NAMES, [false, true])),
  stackRefusalWords: Object.values(REFUSALS)
    .flat()
    .filter(({ code }) => isOfStack(code))
    .map((refused) => [refused]),
  ...Object.fromEntries(
    ['batch', 'depth', 'width', 'inputs', 'channels', 'kernel', 'size'].map((key) => [
      `REMEDIES.${key}`,
      COUNTS.map((count) => [count]),
    ]),
  ),
  ridgeCaption: all(
    [tensor, { ...tensor, zeros: 0, nonFinite: 0 }],
    [5],
    [
      { below: 0, above: 0 },
      { below: 0.1, above: 0.25 },
    ],
    [undefined, 'conv1'],
  ),
  ridgeHow: [[true], [false]],
  stateWords: [
    [defaults()],
    [{ ...defaults(), stack: '784-gap-10', changeB: '2=30:tanh' }],
    [{ ...defaults(), kind: 'conv', gainA: 1.5 }],
  ],
  typedWords: all(
    SCHEMA.filter((row) => 'min' in row),
    ['1,024', '2.5', '5/4', '1e9', '7;8', '?', `${'1,'.repeat(40)}!`],
  ).map(([row, text]) => [row, text, readTyped(row, text, readNumber), 0.5]),
  valueWords: SCHEMA.filter((row) => 'steps' in row).map(({ key }) => [key, 5]),
  verdictWords: VERDICTS,
  weightsCaption: [
    [[], [0, 0]],
    [['A'], [128, 0]],
    [
      ['A', 'B'],
      [128, 7],
    ],
  ],
};

/** @param {any} value @returns {string[]} */
const textsOf = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(textsOf));

/** Everything that a language says by the function at a path. @param {any} words @param {string} path */
export function said(words, path) {
  const say = path.split('.').reduce((/** @type {any} */ part, key) => part[key], words);
  return SAYINGS[path].flatMap((args) => textsOf(say(...args)));
}
