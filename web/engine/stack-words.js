/**
 * stack-words.js: the words of the stack notation: kinds of layer, options and names, with the spellings that readers
 * guess. stack-reader.js and stack-writer.js share these tables, so a new kind or option is one row here.
 *
 * Pure. It parses nothing: it only finds which known word stands at a place of a text.
 */
import { OBSERVABLE } from './spec.js';
import { ACTIVATIONS, CONVENTIONS, DISTRIBUTIONS, LIMITS, MODES, POOLS, SCHEMES } from './tables.js';

/** Options that every layer with weights has, in canonical order. */
const OWN = ['activation', 'scheme', 'gain', 'bias', 'fans', 'varianceAsStd', 'observe'];

/**
 * @typedef {object} Kind
 * @property {readonly string[]} words the canonical one first; a hyphen may be left out, or be a space or an underscore
 * @property {'units' | 'channels' | 'window' | null} number that follows the word
 * @property {readonly string[]} options fields of the layer, in canonical order
 */

/** @type {Record<string, Kind>} */
export const KINDS = {
  dense: { words: ['dense', 'fc', 'linear', 'fully-connected'], number: 'units', options: ['pool', ...OWN] },
  conv: {
    words: ['conv', 'conv-2d', 'convolution'],
    number: 'channels',
    options: ['kernel', 'stride', 'padding', 'groups', ...OWN],
  },
  'transposed-conv': {
    words: ['convT', 'conv-transpose', 'conv-transpose-2d', 'conv-2d-transpose', 'transposed-conv', 'deconv', 'tconv'],
    number: 'channels',
    options: ['kernel', 'stride', 'padding', 'outputPadding', 'groups', ...OWN],
  },
  'max-pool': {
    words: ['maxpool', 'max-pool', 'max-pool-2d', 'max-pooling', 'max-pooling-2d'],
    number: 'window',
    options: ['window', 'stride', 'padding'],
  },
  'average-pool': {
    words: ['avgpool', 'avg-pool', 'avg-pool-2d', 'average-pool', 'average-pooling', 'average-pooling-2d'],
    number: 'window',
    options: ['window', 'stride', 'padding'],
  },
  'global-average-pool': {
    words: ['gap', 'global-average-pool', 'global-avg-pool', 'global-average-pooling', 'global-average-pooling-2d'],
    number: null,
    options: [],
  },
  flatten: { words: ['flatten', 'flat'], number: null, options: [] },
};

/** Words kept for kinds and options to come. */
const LATER_KINDS = ['layernorm', 'rmsnorm', 'batchnorm', 'groupnorm', 'add', 'dropout', 'embedding'];
const LATER_OPTIONS = ['layernorm', 'rmsnorm', 'batchnorm', 'groupnorm', 'add', 'dropout', 'dilation', 'norm'];

/**
 * @typedef {object} Option
 * @property {readonly string[]} words the canonical one first, without its hyphens in `key`
 * @property {string} [short] a letter that a number follows at once: k3
 * @property {'whole' | 'sides' | 'padding' | 'gain' | 'name' | 'scheme' | 'flag' | 'names'} type
 * @property {number} [least]
 * @property {number} [most]
 * @property {readonly string[]} [names]
 */

/** By field of the layer. @type {Record<string, Option>} */
export const OPTIONS = {
  kernel: { words: ['kernel', 'kernel-size'], short: 'k', type: 'sides', least: 1, most: LIMITS.kernel },
  window: { words: ['window', 'pool-size', 'kernel', 'kernel-size'], short: 'k', type: 'sides', least: 1, most: 64 },
  stride: { words: ['stride', 'strides'], short: 's', type: 'whole', least: 1, most: 4 },
  padding: { words: ['padding', 'pad'], short: 'p', type: 'padding', least: 0, most: LIMITS.kernel - 1 },
  outputPadding: { words: ['output-padding'], short: 'op', type: 'whole', least: 0, most: 3 },
  groups: { words: ['groups'], short: 'g', type: 'whole', least: 1, most: LIMITS.channels },
  pool: { words: ['pool'], type: 'name', names: POOLS.slice(1) },
  activation: { words: ['activation'], type: 'name', names: ACTIVATIONS },
  scheme: { words: ['scheme', 'init'], type: 'scheme' },
  gain: { words: ['gain'], type: 'gain', names: ['pytorch', 'forward', 'backward'], least: 0, most: LIMITS.scale },
  bias: { words: ['bias'], type: 'scheme' },
  fans: { words: ['fans'], type: 'name', names: CONVENTIONS },
  varianceAsStd: { words: ['variance-as-std'], type: 'flag', names: ['true', 'false'] },
  observe: { words: ['observe'], type: 'names', names: OBSERVABLE },
};

/** Names that are an option without its word. @type {[name: string, field: string][]} */
const BARE = [
  ...ACTIVATIONS.map((name) => /** @type {[string, string]} */ ([name, 'activation'])),
  ...SCHEMES.map(({ name }) => /** @type {[string, string]} */ ([name, 'scheme'])),
  ['same', 'padding'],
  ['valid', 'padding'],
];

/** Spellings that other libraries use. */
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
 * A table of words that can be looked up in a text.
 * @template T
 * @typedef {{ pattern: RegExp, values: Map<string, T>, words: string[] }} Vocabulary
 */

/**
 * @template T
 * @param {[word: string, value: T][]} rows
 * @param {string} end what may not follow a word, as a class of characters
 * @returns {Vocabulary<T>}
 */
function vocabulary(rows, end) {
  const longest = rows.map(([word]) => word).sort((a, b) => b.length - a.length);
  const forms = longest.map((word) => word.replace(/-/g, '[-_\\s]?'));
  return {
    pattern: new RegExp(`(?:${forms.join('|')})(?![${end}])`, 'iy'),
    values: new Map(rows.map(([word, value]) => [squash(word), value])),
    words: rows.map(([word]) => word),
  };
}

/** A number may follow at once, as in conv6 and k3. */
const NUMBER_FOLLOWS = 'a-z_';
const NOTHING_FOLLOWS = 'a-z_\\d';

/** @typedef {{ kind: string } | { later: true }} KindWord */

export const KIND_WORDS = vocabulary(
  /** @type {[string, KindWord][]} */ ([
    ...Object.entries(KINDS).flatMap(([kind, { words }]) => words.map((word) => [word, { kind }])),
    ...LATER_KINDS.map((word) => [word.replace('norm', '-norm'), { later: true }]),
  ]),
  NUMBER_FOLLOWS,
);

/**
 * What an option's word stands for: a field whose value follows, a field and its value, or a thing to come.
 * @typedef {{ field: string } | { field: string, name: string } | { later: true }} OptionWord
 */

/** Words after which a value stands. Those of one kind of layer: a pooling window is a kernel to some.
 * @param {readonly string[]} fields */
const keyRows = (fields) =>
  fields.flatMap((field) =>
    OPTIONS[field].words.map((word) => /** @type {[string, OptionWord]} */ ([word, { field }])),
  );

const EVERY_FIELD = Object.keys(OPTIONS);
const LATER_ROWS = LATER_OPTIONS.map(
  (word) => /** @type {[string, OptionWord]} */ ([word.replace(/(?<=.)norm$/, '-norm'), { later: true }]),
);
const NAME_ROWS = [
  ...BARE.map(([name, field]) => /** @type {[string, OptionWord]} */ ([name, { field, name }])),
  ...Object.entries(SYNONYMS).map(([word, name]) => {
    const field = ACTIVATIONS.includes(name) ? 'activation' : 'scheme';
    return /** @type {[string, OptionWord]} */ ([word, { field, name }]);
  }),
];

/** The options of each kind. Words of other kinds are known too, so that a reader learns that they do not belong here. */
export const OPTION_WORDS = Object.fromEntries(
  Object.entries(KINDS).map(([kind, { options }]) => {
    const others = EVERY_FIELD.filter((field) => !options.includes(field));
    return [kind, vocabulary([...keyRows(others), ...LATER_ROWS, ...keyRows(options)], NUMBER_FOLLOWS)];
  }),
);
export const OPTION_NAMES = vocabulary(NAME_ROWS, NOTHING_FOLLOWS);

/** @param {readonly string[]} names @param {[string, string][]} [more] */
const named = (names, more = []) =>
  vocabulary(
    [...names.map((name) => /** @type {[string, string]} */ ([written(name), name])), ...more],
    NOTHING_FOLLOWS,
  );

/** @param {readonly string[]} names that synonyms may stand for */
const synonymsOf = (names) => Object.entries(SYNONYMS).filter(([, name]) => names.includes(name));

/** The names that an option takes, by field. @type {Record<string, Vocabulary<string>>} */
export const VALUE_NAMES = {
  pool: named(POOLS.slice(1)),
  activation: named(ACTIVATIONS, synonymsOf(ACTIVATIONS)),
  gain: named(['pytorch', 'forward', 'backward']),
  fans: named(CONVENTIONS),
  varianceAsStd: named(['true', 'false']),
  observe: named([...OBSERVABLE, 'none']),
  padding: named(['same', 'valid']),
};

const SCHEME_NAMES = SCHEMES.map(({ name }) => name);
export const SCHEME_WORDS = named(SCHEME_NAMES, synonymsOf(SCHEME_NAMES));

/** Arguments of a scheme in brackets. */
export const MODE_WORDS = named(MODES.filter((mode) => mode.startsWith('fan_')));
export const DISTRIBUTION_WORDS = named(
  DISTRIBUTIONS.filter((name) => ['uniform', 'normal', 'truncated', 'truncated-raw'].includes(name)),
);

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
