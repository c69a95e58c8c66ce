/**
 * stack-writer.js: writes layers in the stack notation, in its canonical form. What stack-reader.js reads from it are the
 * same layers, in plain form.
 *
 * Pure. It checks nothing: the layers must be those of a spec that the engine runs.
 */
import { inherited, plainLayers } from './stack-plain.js';
import { KINDS, numberOfScheme, OPTIONS, written } from './stack-words.js';

/** @typedef {import('./spec.js').Layer} Layer */
/** @typedef {import('./stack-plain.js').Whole} Whole */

/** So many equal items in a row are written as one with a count. */
const FEWEST_REPEATED = 3;

/** A number in the fewest digits that read as the same number. @param {number} value */
const digits = (value) => (Object.is(value, -0) ? '-0' : String(value).replace('+', ''));

/** @param {number[]} sides */
const square = ([height, width]) => `${height}x${width}`;

/** The arguments of a scheme in brackets, such as (2,fan-in,uniform). @param {any} choice an object */
function argumentsOf(choice) {
  const { mode, distribution } = choice;
  const number = choice[numberOfScheme(choice.name)?.field ?? ''];
  const said = [number === undefined ? '' : digits(number), written(mode ?? ''), distribution ?? ''];
  return `(${said.filter(Boolean).join(',')})`;
}

/** @param {any} choice in plain form */
function schemeText(choice) {
  if (typeof choice !== 'object') return choice;
  const number = choice[numberOfScheme(choice.name)?.field ?? ''];
  const only = number !== undefined && Object.keys(choice).length === 2;
  return choice.name + (only ? `=${digits(number)}` : argumentsOf(choice));
}

/** @param {any} choice in plain form */
function biasText(choice) {
  if (typeof choice !== 'object') return choice;
  const { name, std, ...rest } = choice;
  if (name === 'normal' && std > 0 && Object.keys(rest).length === 0) return digits(std);
  return name + argumentsOf(choice);
}

/** An option as it is written where `word=value` is not its form. @type {Record<string, (value: any) => string>} */
const TEXTS = {
  kernel: square,
  window: square,
  activation: (name) => name,
  scheme: schemeText,
  bias: (choice) => `bias=${biasText(choice)}`,
  observe: (names) => `observe=${names.length > 0 ? names.map(written).join(',') : 'none'}`,
};

/** @param {string} field @param {any} value */
const optionText = (field, value) =>
  TEXTS[field]?.(value) ?? `${OPTIONS[field].words[0]}=${typeof value === 'number' ? digits(value) : value}`;

/** @param {unknown} a @param {unknown} b numbers, texts or sides */
const isSame = (a, b) => String(a) === String(b);

/** @param {any} layer in plain form @param {Whole} whole @param {number} channels below it */
function layerText(layer, whole, channels) {
  const { kind, units, channelsOut, window } = layer;
  const given = inherited(kind, whole, channels, channelsOut);
  const ordinary = inherited(kind, {}, channels, channelsOut);
  const said = KINDS[kind].options.filter((field) => {
    if (field === 'window') return false;
    const value = layer[field] ?? ordinary[field];
    return value !== undefined && !(field in given && isSame(value, given[field]));
  });
  const options = said.map((field) => optionText(field, layer[field] ?? ordinary[field]));
  const sides = window && (window[0] === window[1] ? window[0] : square(window));
  const word = kind === 'dense' ? '' : KINDS[kind].words[0];
  return [word + String(units ?? channelsOut ?? sides ?? ''), ...options].join(':');
}

/** @param {any} layer the first */
function inputText({ inputs, size, channelsIn, kind }) {
  if (inputs !== undefined) return String(inputs);
  const vector = kind === 'transposed-conv' && size[0] === 1 && size[1] === 1;
  return vector ? String(channelsIn) : `${square(size)}x${channelsIn}`;
}

/** Writes equal items in a row as one with a count. @param {string[]} items */
function repeated(items) {
  /** @type {{ text: string, count: number }[]} */
  const runs = [];
  for (const text of items) {
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else runs.push({ text, count: 1 });
  }
  return runs.flatMap(({ text, count }) => (count < FEWEST_REPEATED ? Array(count).fill(text) : [`${count}*${text}`]));
}

/**
 * The canonical line of layers.
 * @param {readonly Layer[]} layers of a spec that the engine runs
 * @param {Whole} [whole] what layers take where the line does not say; the same must go to the reader
 * @returns {string} parseStack(formatStack(layers)) are plainLayers(layers)
 */
export function formatStack(layers, whole = {}) {
  const plain = /** @type {any[]} */ (plainLayers(layers));
  let channels = plain[0]?.channelsIn;
  const items = plain.map((layer) => {
    const text = layerText(layer, whole, channels);
    channels = layer.channelsOut ?? channels;
    return text;
  });
  return plain.length === 0 ? '' : [inputText(plain[0]), ...repeated(items)].join('-');
}
