/**
 * stack-writer.js: writes layers in the stack notation, in its canonical form. What stack-reader.js reads from it are the
 * same layers, in plain form.
 *
 * Pure. It checks nothing: the layers must be those of a spec that the engine runs.
 */
import { parameterOf } from './activations.js';
import { AFTER_VECTOR } from './kinds.js';
import { inherited, plainLayers } from './stack-plain.js';
import { KINDS, numberOfScheme, OPTIONS, written } from './stack-words.js';
import { channelsFrom } from './units.js';

/** @typedef {import('./spec.js').Layer} Layer */
/** @typedef {import('./stack-plain.js').Whole} Whole */

/** So many equal items in a row are written as one with a count. */
const FEWEST_REPEATED = 3;

/** Longer groups are written out. */
const LONGEST_GROUP = 8;

/** A number in the fewest digits that read as the same number. @param {number} value */
const digits = (value) => (Object.is(value, -0) ? '-0' : String(value).replace('+', ''));

/** @param {number[]} sides */
const square = ([height, width]) => `${height}x${width}`;

/** The number of a scheme's own, or undefined. @param {any} choice */
const numberIn = (choice) => choice[numberOfScheme(choice.name)?.field ?? ''];

/** A scheme with arguments in brackets, such as variance-scaling(2,fan-in,uniform). @param {any} choice an object */
function called(choice) {
  const { name, mode, distribution, cut } = choice;
  const number = numberIn(choice);
  const said = [
    ...[number === undefined ? '' : digits(number), written(mode ?? ''), distribution ?? ''],
    cut === undefined ? '' : `cut=${digits(cut)}`,
  ];
  return `${name}(${said.filter(Boolean).join(',')})`;
}

/** @param {any} choice in plain form */
function schemeText(choice) {
  if (typeof choice !== 'object') return choice;
  const number = numberIn(choice);
  const alone = number !== undefined && Object.keys(choice).length === 2;
  return alone ? `${choice.name}=${digits(number)}` : called(choice);
}

/** @param {any} choice in plain form */
const activationText = (choice) =>
  typeof choice === 'object' ? `${choice.name}=${digits(choice[parameterOf(choice.name)?.name ?? ''])}` : choice;

/** A normal is written as its std alone, unless that is 0, which reads as zeros. @param {any} choice in plain form */
function biasText(choice) {
  if (typeof choice !== 'object') return choice;
  return choice.name === 'normal' && choice.std > 0 ? digits(choice.std) : called(choice);
}

/** Options that are not written as word=value. @type {Record<string, (value: any) => string>} */
const TEXTS = {
  kernel: square,
  window: square,
  activation: activationText,
  scheme: schemeText,
  bias: (choice) => `bias=${biasText(choice)}`,
  varianceAsStd: (mistake) => (mistake ? 'variance-as-std' : 'variance-as-std=false'),
  shared: (first) => (first ? 'shared' : 'shared=false'),
  perChannel: (own) => (own ? 'per-channel' : 'per-channel=false'),
  trains: (names) => `trains=${names.join(',')}`,
  observe: (names) => `observe=${names.length > 0 ? names.map(written).join(',') : 'none'}`,
};

/** @param {string} field @param {any} value */
const optionText = (field, value) =>
  TEXTS[field]?.(value) ?? `${OPTIONS[field].words[0]}=${typeof value === 'number' ? digits(value) : value}`;

/** @param {unknown} a @param {unknown} b numbers, texts or sides */
const isSame = (a, b) => String(a) === String(b);

/** @param {any} layer in plain form @param {Whole} whole @param {number} channels below it */
function itemText(layer, whole, channels) {
  const { kind, units, channelsOut, window, over } = layer;
  const given = inherited(kind, whole, channels, channelsOut);
  const complete = { ...inherited(kind, {}, channels, channelsOut), ...layer };
  const options = KINDS[kind].options
    .filter((field) => field !== 'window' && field in complete)
    .filter((field) => !(field in given && isSame(complete[field], given[field])))
    .map((field) => optionText(field, complete[field]));
  const word = kind === 'dense' ? '' : KINDS[kind].words[0];
  const sides = window && (window[0] === window[1] ? window[0] : square(window));
  return [`${word}${units ?? channelsOut ?? sides ?? over ?? ''}`, ...options].join(':');
}

/** @param {any} layer the first */
function inputText({ kind, inputs, size, channelsIn }) {
  if (kind === 'dense') return String(inputs);
  const vector = AFTER_VECTOR.includes(kind) && size[0] === 1 && size[1] === 1;
  return vector ? String(channelsIn) : `${square(size)}x${channelsIn}`;
}

/**
 * The texts of which a line is made.
 * @param {readonly Layer[]} layers of a spec that the engine runs, one or more
 * @param {Whole} [whole] what layers take where the line does not say
 * @returns {{ input: string, items: string[] }} an item for each layer
 */
export function formatItems(layers, whole = {}) {
  const plain = /** @type {any[]} */ (plainLayers(layers));
  let channels = plain[0].channelsIn;
  const items = plain.map((layer) => {
    const text = itemText(layer, whole, channels);
    channels = layer.channelsOut ?? channelsFrom(layer.kind, channels);
    return text;
  });
  return { input: inputText(plain[0]), items };
}

/** Equal items in a row as one with a count. @param {readonly string[]} items */
function withCounts(items) {
  /** @type {{ text: string, count: number }[]} */
  const runs = [];
  for (const text of items) {
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else runs.push({ text, count: 1 });
  }
  return runs.flatMap(({ text, count }) => (count < FEWEST_REPEATED ? Array(count).fill(text) : [`${count}*${text}`]));
}

/** How often the items from a place on come again, one after the other. @param {readonly string[]} items
 * @param {number} place @param {number} length */
function repeatsOf(items, place, length) {
  let count = 1;
  const isSameAt = (/** @type {number} */ i) => items[place + i] === items[place + count * length + i];
  while (Array.from({ length }, (_, i) => i).every(isSameAt)) count++;
  return count;
}

/** Equal groups of items in a row as one in brackets, with a count. @param {readonly string[]} items */
function withGroups(items) {
  /** @type {string[]} */
  const written = [];
  for (let place = 0; place < items.length; ) {
    let [length, count] = [1, 1];
    for (let tried = 2; tried <= LONGEST_GROUP && place + tried < items.length; tried++) {
      const repeats = repeatsOf(items, place, tried);
      if (repeats >= FEWEST_REPEATED && repeats * tried > length * count) [length, count] = [tried, repeats];
    }
    const group = items.slice(place, place + length).join('-');
    written.push(count > 1 ? `${count}*(${group})` : group);
    place += length * count;
  }
  return written;
}

/**
 * The canonical line of layers. parseStack(formatStack(layers, whole), whole) are plainLayers(layers).
 * @param {readonly Layer[]} layers of a spec that the engine runs, one or more
 * @param {Whole} [whole] what layers take where the line does not say
 * @returns {string} of letters, digits and - . : * = , ( ) alone, which addresses hold as they are
 */
export function formatStack(layers, whole) {
  const { input, items } = formatItems(layers, whole);
  return [input, ...withGroups(withCounts(items))].join('-');
}
