/**
 * state.js: the state of the page. One table, SCHEMA, drives the address, the ranges and the controls. A state is a
 * plain object with one value for each row, always within the row's range.
 *
 * Pure: it touches no document, and needs no running engine. The engine's names and limits come from engine/tables.js.
 * networks.js turns a state into the networks to run.
 */

import { parameterOf } from '../engine/activations.js';
import { IMAGES, OWN, PIXELS } from '../engine/image-names.js';
import { DRAWN_INPUTS, INPUT_KINDS } from '../engine/inputs.js';
import { ACTIVATIONS, CONVENTIONS, DRAWN, LIMITS, LOSSES, PADDINGS, POOLS } from '../engine/tables.js';
import { LANGUAGES } from '../locales/languages.js';
import { SCHEMES } from './choices.js';
import { STATES } from './lesson-states.js';
import { LETTERS } from './letters.js';
import { AUTO, LINES } from './lines.js';
import { depthOf } from './stacks.js';

export { LETTERS };

const SCHEME_NAMES = SCHEMES.map((scheme) => scheme.name);

/** Largest absolute value of a scheme's number; RANGES has the exceptions to 0..LARGEST. */
const LARGEST = 100;
const RANGES = /** @type {Record<string, { min: number, max: number }>} */ ({
  value: { min: -LARGEST, max: LARGEST },
  share: { min: 0, max: 1 },
});

/** The most layers that the control of depth makes. A line of layers may have LIMITS.depth. */
const MOST_EQUAL = 100;

/** The largest images that the controls make. Those of a line may have sides of LIMITS.side. */
const MOST_SIDE = 64;

/** Residual blocks, by their names in engine/presets.js, and what their norms may be. */
const BLOCKS = [
  ...['resnet-v1', 'pre-activation', 'pre-norm', 'post-norm', 'norm-inside', 'gpt2', 'fixup', 'rezero', 'skipinit'],
  ...['deepnorm', 'by-root-of-blocks'],
];
const NORMS = ['own', 'none', 'layer', 'rms', 'batch'];

/** Number formats whose limits can be drawn; those that end in -flush have no subnormal numbers. */
const FORMATS = ['float16', 'float16-flush', 'bfloat16', 'bfloat16-flush'];

/** How biases are drawn. 'sigma': from a normal whose std, sigma_b, both networks share. */
const BIASES = ['sigma', 'zeros', 'pytorch-default'];

/** Groups of a convolution's channels. 'depthwise': one for each channel. */
const GROUPS = ['1', '2', '4', '8', '16', '32', 'depthwise'];

/** How the gains of layers are tuned, after the reader has set them. */
const TUNINGS = ['none', 'lsuv'];

/** The tensors whose histograms can be shown layer by layer, by their names in a run. */
export const TENSORS = ['activations', 'preactivations', 'deltas', 'weightGradients', 'weights'];

/**
 * A row of SCHEMA: something that the reader can set. A `view` row changes how a run is shown, never the run.
 *
 * Numbers have a range. `steps`: the row has a slider of so many steps. `log`: its steps are equal ratios. A default of
 * null means the scheme's own number, or that of the activation; for `inputs` it means the width of the layers, for `branch` the block's own.
 * @typedef {{ key: string, type: 'integer' | 'number', default: number | null, min: number, max: number,
 *   steps?: number, log?: boolean, view?: boolean }} NumberRow
 * @typedef {{ key: string, type: 'choice', default: string, choices: readonly string[], view?: boolean }} ChoiceRow
 *
 * A list holds some of its names, separated by commas, or its default. Without `names` these are keys of rows.
 * @typedef {{ key: string, type: 'list', default: string, names?: string[], view?: boolean }} ListRow
 *
 * A text is anything. Whoever uses it says what is wrong with it.
 * @typedef {{ key: string, type: 'text', default: string, view?: boolean }} TextRow
 *
 * @typedef {NumberRow | ChoiceRow | ListRow | TextRow} Row
 */

/** @type {Row[]} */
export const SCHEMA = [
  { key: 'lesson', type: 'choice', default: 'none', choices: ['none', ...Object.keys(STATES)], view: true },
  { key: 'kind', type: 'choice', default: 'dense', choices: ['dense', 'conv'] },
  { key: 'block', type: 'choice', default: 'none', choices: ['none', ...BLOCKS] },
  { key: 'norm', type: 'choice', default: 'own', choices: NORMS },
  { key: 'branch', type: 'number', default: null, min: 0, max: 10 },
  { key: 'depth', type: 'integer', default: 20, min: 1, max: MOST_EQUAL, steps: 99 },
  { key: 'width', type: 'integer', default: 256, min: 1, max: LIMITS.units, steps: 96, log: true },
  { key: 'inputs', type: 'integer', default: null, min: 1, max: LIMITS.inputs },
  { key: 'kernel', type: 'integer', default: 5, min: 1, max: LIMITS.kernel, steps: 10 },
  { key: 'channels', type: 'integer', default: 8, min: 1, max: LIMITS.channels, steps: 72, log: true },
  { key: 'size', type: 'integer', default: 32, min: 1, max: MOST_SIDE, steps: 63 },
  { key: 'padding', type: 'choice', default: 'same', choices: PADDINGS },
  { key: 'groups', type: 'choice', default: '1', choices: GROUPS },
  { key: 'stack', type: 'text', default: '' },
  { key: 'changeB', type: 'text', default: '' },
  { key: 'activation', type: 'choice', default: 'relu', choices: ACTIVATIONS },
  { key: 'parameter', type: 'number', default: null, min: 0, max: 1000 },
  { key: 'input', type: 'choice', default: 'normal', choices: [...DRAWN_INPUTS, ...IMAGES, OWN] },
  { key: 'mean', type: 'number', default: null, min: -1000, max: 1000 },
  { key: 'std', type: 'number', default: null, min: 0, max: 1000 },
  { key: 'pixels', type: 'choice', default: 'normalised', choices: PIXELS },
  { key: 'head', type: 'choice', default: 'none', choices: ['none', 'linear', 'sigmoid'] },
  { key: 'pool', type: 'choice', default: 'average', choices: POOLS.slice(1) },
  { key: 'headGain', type: 'number', default: 1, min: 0.001, max: 10, steps: 80, log: true },
  { key: 'batch', type: 'integer', default: 64, min: 1, max: LIMITS.batch, steps: 80, log: true },
  { key: 'seed', type: 'integer', default: 1, min: 0, max: 2 ** 32 - 1 },
  { key: 'a', type: 'choice', default: 'xavier-normal', choices: SCHEME_NAMES },
  { key: 'gainA', type: 'number', default: 1, min: 0.1, max: 10, steps: 80, log: true },
  { key: 'valueA', type: 'number', default: null, min: -LARGEST, max: LARGEST },
  { key: 'biasA', type: 'choice', default: 'sigma', choices: BIASES },
  { key: 'fansA', type: 'choice', default: 'true', choices: CONVENTIONS },
  { key: 'takenA', type: 'choice', default: 'std', choices: ['std', 'variance', 'shared'] },
  { key: 'drawnA', type: 'choice', default: 'float32', choices: DRAWN },
  { key: 'tuneA', type: 'choice', default: 'none', choices: TUNINGS },
  { key: 'b', type: 'choice', default: 'he-normal', choices: SCHEME_NAMES },
  { key: 'gainB', type: 'number', default: 1, min: 0.1, max: 10, steps: 80, log: true },
  { key: 'valueB', type: 'number', default: null, min: -LARGEST, max: LARGEST },
  { key: 'biasB', type: 'choice', default: 'sigma', choices: BIASES },
  { key: 'fansB', type: 'choice', default: 'true', choices: CONVENTIONS },
  { key: 'takenB', type: 'choice', default: 'std', choices: ['std', 'variance', 'shared'] },
  { key: 'drawnB', type: 'choice', default: 'float32', choices: DRAWN },
  { key: 'tuneB', type: 'choice', default: 'none', choices: TUNINGS },
  { key: 'bias', type: 'number', default: 0, min: 0, max: 5, steps: 50 },
  { key: 'loss', type: 'choice', default: 'random', choices: LOSSES.slice(1) },
  { key: 'layer', type: 'integer', default: 5, min: 1, max: LIMITS.depth, steps: LIMITS.depth - 1, view: true },
  { key: 'tensor', type: 'choice', default: 'activations', choices: TENSORS, view: true },
  { key: 'lines', type: 'list', default: AUTO, names: LINES, view: true },
  { key: 'format', type: 'choice', default: 'none', choices: ['none', ...FORMATS], view: true },
  { key: 'lang', type: 'choice', default: 'auto', choices: ['auto', ...LANGUAGES], view: true },
  { key: 'theme', type: 'choice', default: 'auto', choices: ['auto', 'light', 'dark'], view: true },
  { key: 'embed', type: 'choice', default: '0', choices: ['0', '1'], view: true },
  { key: 'show', type: 'list', default: '', view: true },
  { key: 'train', type: 'text', default: '', view: true },
  { key: 'phase', type: 'choice', default: '0', choices: ['0', '1'], view: true },
  { key: 'libraries', type: 'text', default: '', view: true },
];

/** Defaults that depend on what the networks are made of: small enough to run at once.
 * @type {Record<string, Record<string, number>>} */
const STARTS = {
  dense: { depth: 20, batch: 64, layer: 5 },
  conv: { depth: 7, batch: 8, layer: 1 },
  blocks: { depth: 8, batch: 64, layer: 5 },
};

/** @param {State} state */
const startOf = ({ kind, block }) => STARTS[kind === 'dense' && block !== 'none' ? 'blocks' : kind];

/**
 * What else changes with the kind of layer or with blocks. A row that still has the old default gets the new one.
 * @param {State} state
 * @param {Partial<State>} changes
 */
export function changesOfKind(state, changes) {
  const [before, after] = [state, { ...state, ...changes }].map(startOf);
  return Object.fromEntries(Object.entries(after).filter(([key]) => after !== before && state[key] === before[key]));
}

/** @typedef {Record<string, any>} State */

/**
 * One part of an address, or one typed value, that could not be used as it was.
 * @typedef {object} Ignored
 * @property {string} key
 * @property {string} text as the reader wrote it
 * @property {'unknown' | 'repeated' | 'bad' | 'range' | 'unused'} reason
 * @property {string} [used] the value that was used instead
 */

const ROWS = new Map(SCHEMA.map((row) => [row.key, row]));

/** The rows whose controls an embedded page may show. */
export const SHOWN = SCHEMA.filter(
  ({ key, type, view }) => type !== 'text' && (!view || key === 'tensor' || key === 'layer'),
).map(({ key }) => key);

/** @param {string} key */
export function rowOf(key) {
  const row = ROWS.get(key);
  if (!row) throw new Error(`no such row: ${key}`);
  return row;
}

/**
 * The row with its range in this state. The range of a scheme's number depends on what the number is.
 * @param {string} key
 * @param {State} state
 * @returns {Row}
 */
export function rowIn(key, state) {
  const row = rowOf(key);
  if (!(key in OWNERS)) return row;
  const own = ownNumber(key, state);
  return /** @type {Row} */ ({ ...row, ...(own ? { min: own.least, max: own.most } : { min: 0, max: LARGEST }) });
}

/** The choice that a number belongs to. @type {Record<string, string>} */
const OWNERS = { valueA: 'a', valueB: 'b', parameter: 'activation' };

/**
 * The number that a choice has: that of a scheme, or the parameter of an activation.
 * @param {string} key of its row: valueA, valueB or parameter
 * @param {State} state
 * @returns {import('../engine/activations.js').Parameter | undefined} undefined: it has none
 */
export function ownNumber(key, state) {
  if (key === 'parameter') return parameterOf(state.activation);
  const { value, given } = schemeOf(state, key === 'valueA' ? 'A' : 'B');
  const { min, max } = RANGES[value ?? ''] ?? { min: 0, max: LARGEST };
  return value ? { name: value, given: Number(given), least: min, most: max } : undefined;
}

/** Whether a row is the number of a choice. @param {string} key */
export const isOwnNumber = (key) => key in OWNERS;

/** The activation, with its parameter where the reader has set one. @param {State} state
 * @returns {import('../engine/activations.js').ActivationChoice} */
export function activationOf({ activation, parameter }) {
  const own = parameterOf(activation);
  return own && parameter !== null ? { name: activation, [own.name]: parameter } : activation;
}

/**
 * The row as its control shows it. The control offers only layers that exist. The state may keep a later layer, which
 * is chosen again once the network is deep enough.
 * @param {string} key
 * @param {State} state
 * @returns {Row}
 */
export function rowShown(key, state) {
  const row = rowIn(key, state);
  if (key !== 'layer') return row;
  const depth = depthOf(state);
  return /** @type {Row} */ ({ ...row, max: depth, steps: Math.max(1, depth - 1) });
}

/** @returns {State} */
export function defaults() {
  return Object.fromEntries(SCHEMA.map((row) => [row.key, row.default]));
}

/** Rows about the page itself. A lesson does not change them. */
const OF_THE_PAGE = ['lang', 'theme', 'embed', 'show'];

/** What a row speaks of: another row. @type {Record<string, string>} */
const ABOUT = { ...OWNERS, changeB: 'stack', mean: 'input', std: 'input' };

/**
 * The value of a row that the address leaves out: the lesson's, or else the default. A lesson's number for a scheme
 * counts only as long as the scheme is the lesson's too; likewise its mean and std of the input, and its change of a
 * layer.
 * @param {string} key
 * @param {State} state its lesson, its schemes and its layers have been read
 * @returns {string | number | null}
 */
function baseOf(key, state) {
  const row = rowOf(key);
  const base = STATES[state.lesson] ?? {};
  const about = ABOUT[key];
  return about && state[about] !== baseOf(about, state) ? row.default : (base[key] ?? row.default);
}

/**
 * The state that a lesson begins from.
 * @param {string} lesson
 * @param {State} [page] the state before; its language, theme and the like are kept
 */
export function stateOfLesson(lesson, page = defaults()) {
  const kept = Object.entries(page).filter(([key]) => OF_THE_PAGE.includes(key));
  return /** @type {State} */ ({ ...defaults(), ...STATES[lesson], lesson, ...Object.fromEntries(kept) });
}

/** Whether a text is a number in the syntax of addresses. @param {string} text */
export const isPlainNumber = (text) => /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,4})?$/i.test(text.trim());

/**
 * Reads one value, and clamps it to the row's range.
 * @param {Row} row
 * @param {string} text
 * @returns {{ value: string | number | null, reason?: 'bad' | 'range' }} reason: what was wrong with the text, if
 *   anything
 */
export function read(row, text) {
  if (row.type === 'list') return readList(row, text);
  if (row.type === 'text') return readText(text);
  if (row.type === 'choice')
    return row.choices.includes(text) ? { value: text } : { value: row.default, reason: 'bad' };
  return isPlainNumber(text) ? fit(row, Number(text)) : { value: row.default, reason: 'bad' };
}

/**
 * Rounds a number where the row has whole numbers, and clamps it to the row's range.
 * @param {NumberRow} row
 * @param {number} number
 * @returns {{ value: number, reason?: 'range' }} reason: where the value is another than the number
 */
export function fit({ type, min, max }, number) {
  // 0 has no sign in an address
  const value = Math.min(max, Math.max(min, type === 'integer' ? Math.round(number) : number)) + 0;
  return value === number ? { value } : { value, reason: 'range' };
}

/** Leaves out unknown and repeated names. @param {ListRow} row @param {string} text
 * @returns {{ value: string, reason?: 'range' }} */
function readList(row, text) {
  if (text === row.default) return { value: text };
  const names = row.names ?? SHOWN;
  const value = [...new Set(text.split(','))].filter((name) => names.includes(name)).join(',');
  return value === text ? { value } : { value, reason: 'range' };
}

/** Leaves out halves of characters, which an address cannot hold. @param {string} text
 * @returns {{ value: string, reason?: 'range' }} */
function readText(text) {
  const value = text.replace(/\p{Surrogate}/gu, '');
  return value === text ? { value } : { value, reason: 'range' };
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Reads the state from the hash of an address. A part that is unknown, repeated, unreadable or out of range is
 * corrected and reported.
 * @param {string} hash with or without its '#'
 * @returns {{ state: State, ignored: Ignored[] }}
 */
export function parse(hash) {
  /** @type {Map<string, string>} */
  const given = new Map();
  /** @type {Ignored[]} */
  const ignored = [];
  for (const part of hash.replace(/^#/, '').split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    const text = equals < 0 ? '' : decode(part.slice(equals + 1));
    const known = ROWS.has(key);
    if (!known || given.has(key)) ignored.push({ key, text, reason: known ? 'repeated' : 'unknown' });
    else given.set(key, text);
  }
  const state = defaults();
  // SCHEMA lists the lesson, the schemes and the layers before the rows that depend on them
  for (const { key } of SCHEMA) {
    const base = baseOf(key, state);
    const text = given.get(key);
    state[key] = base;
    if (text === undefined) continue;
    const { value, reason } = readIn(key, text, state);
    state[key] = reason === 'bad' ? base : value;
    if (reason) ignored.push({ key, text, reason, used: String(state[key]) });
  }
  return { state, ignored };
}

/**
 * Reads one value. Its range may depend on the rows that have been read before.
 * @param {string} key @param {string} text @param {State} state
 * @returns {{ value: string | number | null, reason?: Ignored['reason'] }}
 */
function readIn(key, text, state) {
  // the lesson sets a number, and the reader has cleared it
  if (text === '' && rowOf(key).default === null && state[key] !== null) return { value: null };
  const found = read(rowIn(key, state), text);
  return found.reason !== 'bad' && !isUsed(key, state) ? { value: rowOf(key).default, reason: 'unused' } : found;
}

/** The numbers of the input: its mean and its std. */
export const OF_INPUT = ['mean', 'std'];

/** Whether the chosen input takes one of its numbers. True for other rows. @param {string} key @param {State} state */
export const inputTakes = (key, { input }) => !OF_INPUT.includes(key) || key in (INPUT_KINDS[input] ?? {});

/**
 * Whether a row has an effect in a state. A number of a choice has none if the choice takes no such number, and a change of
 * a layer has none without a line of layers.
 * @param {string} key
 * @param {State} state
 */
const isUsed = (key, state) =>
  (key !== 'changeB' || state.stack !== '') &&
  inputTakes(key, state) &&
  (!isOwnNumber(key) || ownNumber(key, state) !== undefined);

/** Marks that an address may hold as they are: they part names in lists, and options in a stack. */
const PLAIN = /%(2C|3A|3D)/g;

/**
 * Writes a state as the hash of an address, without '#'. It leaves out a row that has the value of the lesson (or the
 * default, without a lesson), and a row without effect. parse(format(state)).state equals state, if numbers without
 * effect are null.
 * @param {State} state
 */
export function format(state) {
  return SCHEMA.filter(({ key }) => state[key] !== baseOf(key, state) && isUsed(key, state))
    .map(({ key }) => `${key}=${encodeURIComponent(state[key] ?? '').replace(PLAIN, decodeURIComponent)}`)
    .join('&');
}

/**
 * The chosen scheme of a network.
 * @param {State} state
 * @param {'A' | 'B'} letter
 */
export function schemeOf(state, letter) {
  return SCHEMES[SCHEME_NAMES.indexOf(state[letter.toLowerCase()])];
}

/** The next seed. The first follows the last. @param {number} seed */
export function nextSeed(seed) {
  const { min, max } = /** @type {NumberRow} */ (rowOf('seed'));
  return seed >= max ? min : seed + 1;
}

/**
 * The value at a position of a row's slider. A log slider steps by equal ratios, so doubling a width is the same
 * distance everywhere.
 * @param {NumberRow} row
 * @param {number} position 0 to row.steps
 */
export function fromPosition(row, position) {
  const { min, max, steps = 1, log, type } = row;
  const part = position / steps;
  const value = log ? min * (max / min) ** part : min + (max - min) * part;
  return type === 'integer' ? Math.round(value) : Number(value.toPrecision(3));
}

/**
 * The position of a row's slider that is nearest to a value.
 * @param {NumberRow} row
 * @param {number} value
 */
export function toPosition(row, value) {
  const { min, max, steps = 1, log } = row;
  if (max === min) return 0;
  return Math.round(steps * (log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min)));
}

/**
 * The keys whose values differ in two states.
 * @param {State} before
 * @param {State} after
 */
export const changedKeys = (before, after) => Object.keys(after).filter((key) => after[key] !== before[key]);
