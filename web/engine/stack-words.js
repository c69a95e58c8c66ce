/**
 * stack-words.js: the words of the stack notation: kinds of layer, options and names, with the spellings that readers
 * guess. stack-reader.js and stack-writer.js share these tables, so a new kind or option is one row here.
 *
 * Pure. It parses nothing: it only finds which known word stands at a place of a text.
 */
import { OBSERVABLE } from './spec.js';
import {
  ACTIVATIONS,
  CONVENTIONS,
  CUT_SCHEMES,
  DISTRIBUTIONS,
  DRAWN,
  FACTORS,
  LIMITS,
  MODES,
  POOLS,
  SCHEMES,
} from './tables.js';

/** Options of every layer, and of every layer with weights, in canonical order. */
const EVERY = ['observe'];
const WEIGHTED = ['activation', 'scheme', 'gain', 'bias', 'fans', 'varianceAsStd', 'drawn', 'shared', ...EVERY];
const NORMED = ['gain', 'epsilon', 'activation', ...EVERY];
const WINDOWED = ['window', 'stride', 'padding', ...EVERY];

/**
 * @typedef {object} Kind
 * @property {readonly string[]} words the canonical one first; a hyphen may be left out, or be a space or an underscore
 * @property {'units' | 'channels' | 'window' | 'over' | null} number that follows the word
 * @property {readonly string[]} options fields of the layer, in canonical order
 */

/** @type {Record<string, Kind>} */
export const KINDS = {
  dense: { words: ['dense', 'fc', 'linear', 'fully-connected'], number: 'units', options: ['pool', ...WEIGHTED] },
  conv: {
    words: ['conv', 'conv-2d', 'convolution'],
    number: 'channels',
    options: ['kernel', 'stride', 'padding', 'groups', ...WEIGHTED],
  },
  'transposed-conv': {
    words: ['convT', 'conv-transpose', 'conv-transpose-2d', 'conv-2d-transpose', 'transposed-conv', 'deconv', 'tconv'],
    number: 'channels',
    options: ['kernel', 'stride', 'padding', 'outputPadding', 'groups', ...WEIGHTED],
  },
  'max-pool': {
    words: ['maxpool', 'max-pool', 'max-pool-2d', 'max-pooling', 'max-pooling-2d'],
    number: 'window',
    options: WINDOWED,
  },
  'average-pool': {
    words: ['avgpool', 'avg-pool', 'avg-pool-2d', 'average-pool', 'average-pooling', 'average-pooling-2d', 'mean-pool'],
    number: 'window',
    options: WINDOWED,
  },
  'global-average-pool': {
    words: ['gap', 'global-average-pool', 'global-avg-pool', 'global-average-pooling', 'global-average-pooling-2d'],
    number: null,
    options: EVERY,
  },
  flatten: { words: ['flatten', 'flat'], number: null, options: EVERY },
  'layer-norm': { words: ['layernorm', 'layer-norm', 'ln'], number: null, options: NORMED },
  'rms-norm': { words: ['rmsnorm', 'rms-norm'], number: null, options: NORMED },
  'batch-norm': {
    words: ['batchnorm', 'batch-norm', 'batch-norm-1d', 'batch-norm-2d', 'batch-normalization', 'bn'],
    number: null,
    options: NORMED,
  },
  add: {
    words: ['add', 'residual', 'skip'],
    number: 'over',
    options: ['stream', 'branch', 'trains', 'activation', ...EVERY],
  },
  glu: { words: ['glu'], number: null, options: EVERY },
  swiglu: { words: ['swiglu', 'swi-glu'], number: null, options: EVERY },
  geglu: { words: ['geglu', 'ge-glu'], number: null, options: EVERY },
  prelu: { words: ['prelu', 'p-relu'], number: null, options: ['slope', 'perChannel', ...EVERY] },
};

/** Words kept for kinds and options to come. */
const LATER = ['group-norm', 'dropout', 'embedding', 'norm', 'dilation'];

/**
 * @typedef {object} Option
 * @property {readonly string[]} words the canonical one first; a hyphen as in Kind
 * @property {string} [short] stands for the word where a number follows: k3
 * @property {'whole' | 'number' | 'sides' | 'padding' | 'gain' | 'name' | 'activation' | 'scheme' | 'bias' | 'flag' | 'names'} type of
 *   its value
 * @property {number} [least] of its number
 * @property {number} [most]
 */

/** By field of the layer. @type {Record<string, Option>} */
export const OPTIONS = {
  kernel: { words: ['kernel', 'kernel-size'], short: 'k', type: 'sides', most: LIMITS.kernel },
  window: { words: ['window', 'pool-size', 'kernel', 'kernel-size'], short: 'k', type: 'sides', most: LIMITS.kernel },
  stride: { words: ['stride', 'strides'], short: 's', type: 'whole', least: 1, most: LIMITS.stride },
  padding: { words: ['padding', 'pad'], short: 'p', type: 'padding', least: 0, most: LIMITS.kernel - 1 },
  outputPadding: { words: ['output-padding'], short: 'op', type: 'whole', least: 0, most: LIMITS.stride - 1 },
  groups: { words: ['groups'], short: 'g', type: 'whole', least: 1, most: LIMITS.channels },
  pool: { words: ['pool'], type: 'name' },
  activation: { words: ['activation', 'act'], type: 'activation' },
  scheme: { words: ['scheme', 'init'], type: 'scheme' },
  gain: { words: ['gain'], type: 'gain', least: 0, most: LIMITS.scale },
  bias: { words: ['bias'], type: 'bias', least: 0, most: LIMITS.scale },
  fans: { words: ['fans'], type: 'name' },
  varianceAsStd: { words: ['variance-as-std'], type: 'flag' },
  shared: { words: ['shared'], type: 'flag' },
  drawn: { words: ['drawn', 'dtype', 'param-dtype'], type: 'name' },
  epsilon: { words: ['epsilon', 'eps'], type: 'number', least: 0, most: 1 },
  stream: { words: ['stream', 'alpha'], type: 'number', least: -LIMITS.scale, most: LIMITS.scale },
  branch: { words: ['branch', 'beta', 'scale'], type: 'number', least: -LIMITS.scale, most: LIMITS.scale },
  trains: { words: ['trains', 'train'], type: 'names' },
  slope: { words: ['slope', 'alpha'], type: 'number', least: 0, most: 1 },
  perChannel: { words: ['per-channel'], type: 'flag' },
  observe: { words: ['observe'], type: 'names' },
};

/** What pooling may have where convolutions may not, by field: a stride as long as its window, and padding of half of it.
 * @type {Record<string, number>} */
const WINDOW_MOST = { stride: LIMITS.kernel, padding: Math.floor(LIMITS.kernel / 2) };

/** The range of an option's number. @param {string} kind of layer @param {string} field */
export function rangeOf(kind, field) {
  const { least = 0, most = 0 } = OPTIONS[field];
  const ofWindow = KINDS[kind].number === 'window' ? WINDOW_MOST[field] : undefined;
  return { least, most: ofWindow ?? most };
}

/** Other names of activations and schemes, from papers and libraries. */
const SYNONYMS = /** @type {Record<string, string>} */ ({
  lrelu: 'leaky-relu',
  swish: 'silu',
  'kaiming-normal': 'he-normal',
  'kaiming-uniform': 'he-uniform',
  'glorot-uniform': 'xavier-uniform',
});

/** A name as the notation writes it: in lower case, with hyphens. @param {string} name such as weightGradients */
export const written = (name) => name.replace(/_/g, '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** @param {string} word */
const squash = (word) => word.toLowerCase().replace(/[-_\s]/g, '');

/**
 * Words, and what each stands for.
 * @template T
 * @typedef {{ pattern: RegExp, values: Map<string, T>, words: readonly string[] }} Vocabulary words: those to offer
 */

/** What may not follow a word. A number may follow some at once: conv6. */
const LETTERS = 'a-z_';
const LETTERS_AND_DIGITS = 'a-z_\\d';

/**
 * @template T
 * @param {[word: string, value: T][]} rows
 * @param {string} end what may not follow a word, as a class of characters
 * @param {readonly string[]} [words] those to offer where a word is unknown
 * @returns {Vocabulary<T>}
 */
function vocabulary(rows, end, words = rows.map(([word]) => word)) {
  const longestFirst = rows.map(([word]) => word).sort((a, b) => b.length - a.length);
  const forms = longestFirst.map((word) => word.replace(/-/g, '[-_\\s]?'));
  const values = new Map(rows.map(([word, value]) => [squash(word), value]));
  return { pattern: new RegExp(`(?:${forms.join('|')})(?![${end}])`, 'iy'), values, words };
}

/** @typedef {{ later: true }} LaterWord */
/** @type {[string, LaterWord][]} */
const LATER_ROWS = LATER.map((word) => [word, { later: true }]);

/** @typedef {{ kind: string } | LaterWord} KindWord */
/** @type {[string, KindWord][]} */
const KIND_ROWS = Object.entries(KINDS).flatMap(([kind, { words }]) =>
  words.map((word) => /** @type {[string, KindWord]} */ ([word, { kind }])),
);
export const KIND_WORDS = vocabulary(
  [...KIND_ROWS, ...LATER_ROWS],
  LETTERS,
  Object.values(KINDS).map(({ words }) => words[0]),
);

/**
 * What the word of an option says: its field, and the name that is its value. `said`: the value follows without a sign of
 * equality.
 * @typedef {{ field: string, name?: string, said?: boolean }} FieldWord
 * @typedef {FieldWord | LaterWord} OptionWord
 */

/** @param {readonly string[]} names @param {string} field @returns {[string, FieldWord][]} */
const nameRows = (names, field) => names.map((name) => [name, { field, name }]);

/** @param {readonly string[]} names @returns {[string, string][]} the synonyms that stand for them */
const synonymsOf = (names) => Object.entries(SYNONYMS).filter(([, name]) => names.includes(name));

/** @param {readonly string[]} names @param {string} field @returns {[string, FieldWord][]} */
const synonymRows = (names, field) => synonymsOf(names).map(([word, name]) => [word, { field, name }]);

const SCHEME_NAMES = SCHEMES.map(({ name }) => name);
const PADDINGS_BY_NAME = ['same', 'valid'];

/** Names that say which option they are. */
export const OPTION_NAMES = vocabulary(
  [
    ...nameRows(ACTIVATIONS, 'activation'),
    ...synonymRows(ACTIVATIONS, 'activation'),
    ...nameRows(SCHEME_NAMES, 'scheme'),
    ...synonymRows(SCHEME_NAMES, 'scheme'),
    ...nameRows(PADDINGS_BY_NAME, 'padding'),
  ],
  LETTERS_AND_DIGITS,
);

/**
 * Words of options for each kind. A kind's own come last, so that its own meaning holds. Those of other kinds are there
 * too, so that a reader learns that they do not belong to this kind.
 * @param {(option: Option) => readonly string[]} wordsOf
 * @param {[string, OptionWord][]} more
 * @returns {Record<string, Vocabulary<OptionWord>>}
 */
const byKind = (wordsOf, more) =>
  Object.fromEntries(
    Object.entries(KINDS).map(([kind, { options }]) => {
      const fields = [...Object.keys(OPTIONS).filter((field) => !options.includes(field)), ...options];
      const rows = fields.flatMap((field) =>
        wordsOf(OPTIONS[field]).map((word) => /** @type {[string, OptionWord]} */ ([word, { field }])),
      );
      return [kind, vocabulary([...rows, ...more], LETTERS)];
    }),
  );

export const OPTION_WORDS = byKind(({ words }) => words, LATER_ROWS);
export const SHORT_WORDS = byKind(({ short }) => (short ? [short] : []), []);

/** @param {readonly string[]} names @param {[string, string][]} [more] */
const named = (names, more = []) =>
  vocabulary(
    [...names.map((name) => /** @type {[string, string]} */ ([written(name), name])), ...more],
    LETTERS_AND_DIGITS,
  );

/** The names that an option takes, by field. @type {Record<string, Vocabulary<string>>} */
export const VALUE_NAMES = {
  padding: named(PADDINGS_BY_NAME),
  pool: named(POOLS.slice(1)),
  activation: named(ACTIVATIONS, synonymsOf(ACTIVATIONS)),
  gain: named(['pytorch', 'forward', 'backward']),
  fans: named(CONVENTIONS),
  varianceAsStd: named(['true', 'false']),
  drawn: named(DRAWN),
  shared: named(['true', 'false']),
  perChannel: named(['true', 'false']),
  trains: named([...FACTORS, 'none']),
  observe: named([...OBSERVABLE, 'none']),
};
export const SCHEME_WORDS = named(SCHEME_NAMES, synonymsOf(SCHEME_NAMES));

/** The arguments of variance scaling that are names, by field. @type {Record<string, Vocabulary<string>>} */
export const ARGUMENT_NAMES = {
  mode: named(MODES.filter((mode) => mode.startsWith('fan_'))),
  distribution: named(
    DISTRIBUTIONS.filter((name) => ['uniform', 'normal', 'truncated', 'truncated-raw'].includes(name)),
  ),
};

/**
 * The longest known word at a place.
 * @template T
 * @param {Vocabulary<T>} words
 * @param {string} text
 * @param {number} place
 * @returns {{ value: T, end: number } | null}
 */
export function findWord({ pattern, values }, text, place) {
  pattern.lastIndex = place;
  const found = pattern.exec(text);
  return found && { value: /** @type {T} */ (values.get(squash(found[0]))), end: pattern.lastIndex };
}

/** The number of a scheme: its field and its range; null if the scheme has none. @param {string} name */
export function numberOfScheme(name) {
  const row = /** @type {{ name: string, value?: string }[]} */ (/** @type {unknown} */ (SCHEMES)).find(
    (scheme) => scheme.name === name,
  );
  if (!row?.value) return null;
  const least = row.value === 'value' ? -LIMITS.scale : 0;
  return { field: row.value, least, most: row.value === 'share' ? 1 : LIMITS.scale };
}

/** The arguments that a scheme takes in brackets. @param {string} name of the scheme @returns {string[]} */
export function argumentsOf(name) {
  const field = numberOfScheme(name)?.field;
  const named = field === 'scale' ? Object.keys(ARGUMENT_NAMES) : [];
  return [...(field ? [field] : []), ...named, ...(CUT_SCHEMES.includes(name) ? ['cut'] : [])];
}

/** Least number of letters to add, drop, change or swap between two words.
 * @param {string} a @param {string} b short words */
function distance(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        rows[i - 1][j] + 1,
        row[j - 1] + 1,
        rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
        swapped ? rows[i - 2][j - 2] + 1 : Infinity,
      );
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}

/** Longer words are not compared. */
const LONGEST_WORD = 30;
const MOST_NEAR = 3;

/**
 * Known words that a reader may have meant: nearly the same letters, or the same beginning.
 * @param {string} word
 * @param {readonly string[]} known
 * @returns {string[]} at most three, the nearest first
 */
export function nearWords(word, known) {
  const asked = squash(word);
  if (asked.length < 2 || asked.length > LONGEST_WORD) return [];
  const limit = asked.length < 5 ? 1 : 2;
  return [...new Set(known)]
    .map((name) => {
      const letters = squash(name);
      return { name, far: letters.startsWith(asked) ? 0.5 : distance(asked, letters) };
    })
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST_NEAR)
    .map(({ name }) => name);
}
