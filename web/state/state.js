/*
 * The state of the page: SCHEMA, the one table that drives the URL hash, clamping and the controls, and the pure
 * functions over it. A state is a plain object with one value for each row, always within its range. Nothing here
 * touches the document, and the engine is asked for nothing: names and limits are the engine's own, from
 * engine/tables.js.
 */

import { IMAGES, OWN, PIXELS } from '../engine/images.js';
import { DRAWN_INPUTS } from '../engine/spec.js';
import { ACTIVATIONS, CONVENTIONS, LIMITS, PADDINGS } from '../engine/tables.js';
import { LANGUAGES } from '../locales/languages.js';
import { SCHEMES } from './choices.js';
import { STATES } from './lesson-states.js';

/** The two networks. */
export const LETTERS = /** @type {const} */ (['A', 'B']);

const SCHEME_NAMES = SCHEMES.map((scheme) => scheme.name);

/** The largest size of a scheme's own number; of these numbers the range is narrower. */
const LARGEST = 100;
const RANGES = /** @type {Record<string, { min: number, max: number }>} */ ({
  value: { min: -LARGEST, max: LARGEST },
  share: { min: 0, max: 1 },
});

/** What the biases of a network may be: sigma is normal, of the sigma_b that both networks share. */
const BIASES = ['sigma', 'zeros', 'pytorch-default'];

/** Groups of a convolution's channels; depthwise: as many as channels. */
const GROUPS = ['1', '2', '4', '8', '16', '32', 'depthwise'];

/** By what the gains of layers are found, beyond what is set. */
const TUNINGS = ['none', 'lsuv'];

/** The tensors whose ridges can be shown, by their names in a run. */
export const TENSORS = ['activations', 'preactivations', 'deltas', 'weightGradients', 'weights'];

/**
 * One row for each thing that the reader can set. integer and number rows have a range and, where a slider is wanted,
 * the number of its steps and whether they are equal ratios (log); a default of null stands for "the scheme's own
 * number", of inputs for "as many as the layers have units". view rows change how a run is shown, never the run.
 * @typedef {{ key: string, type: 'integer' | 'number', default: number | null, min: number, max: number,
 *   steps?: number, log?: boolean, view?: boolean }} NumberRow
 * @typedef {{ key: string, type: 'choice', default: string, choices: readonly string[], view?: boolean }} ChoiceRow
 * @typedef {{ key: string, type: 'list', default: string, view?: boolean }} ListRow names of rows, commas between them
 * @typedef {NumberRow | ChoiceRow | ListRow} Row
 */

/** @type {Row[]} */
export const SCHEMA = [
  { key: 'lesson', type: 'choice', default: 'none', choices: ['none', ...Object.keys(STATES)], view: true },
  { key: 'kind', type: 'choice', default: 'dense', choices: ['dense', 'conv'] },
  { key: 'depth', type: 'integer', default: 20, min: 1, max: LIMITS.depth, steps: 99 },
  { key: 'width', type: 'integer', default: 256, min: 1, max: LIMITS.units, steps: 96, log: true },
  { key: 'inputs', type: 'integer', default: null, min: 1, max: LIMITS.inputs },
  { key: 'kernel', type: 'integer', default: 5, min: 1, max: LIMITS.kernel, steps: 10 },
  { key: 'channels', type: 'integer', default: 8, min: 1, max: LIMITS.channels, steps: 72, log: true },
  { key: 'size', type: 'integer', default: 32, min: 1, max: LIMITS.side, steps: 63 },
  { key: 'padding', type: 'choice', default: 'same', choices: PADDINGS },
  { key: 'groups', type: 'choice', default: '1', choices: GROUPS },
  { key: 'activation', type: 'choice', default: 'relu', choices: ACTIVATIONS },
  { key: 'input', type: 'choice', default: 'normal', choices: [...DRAWN_INPUTS, ...IMAGES, OWN] },
  { key: 'pixels', type: 'choice', default: 'normalised', choices: PIXELS },
  { key: 'head', type: 'choice', default: 'none', choices: ['none', 'linear', 'sigmoid'] },
  { key: 'pool', type: 'choice', default: 'average', choices: ['flatten', 'average'] },
  { key: 'headGain', type: 'number', default: 1, min: 0.001, max: 10, steps: 80, log: true },
  { key: 'batch', type: 'integer', default: 64, min: 1, max: LIMITS.batch, steps: 80, log: true },
  { key: 'seed', type: 'integer', default: 1, min: 0, max: 2 ** 32 - 1 },
  { key: 'a', type: 'choice', default: 'xavier-normal', choices: SCHEME_NAMES },
  { key: 'gainA', type: 'number', default: 1, min: 0.1, max: 10, steps: 80, log: true },
  { key: 'valueA', type: 'number', default: null, min: -LARGEST, max: LARGEST },
  { key: 'biasA', type: 'choice', default: 'sigma', choices: BIASES },
  { key: 'fansA', type: 'choice', default: 'true', choices: CONVENTIONS },
  { key: 'takenA', type: 'choice', default: 'std', choices: ['std', 'variance'] },
  { key: 'tuneA', type: 'choice', default: 'none', choices: TUNINGS },
  { key: 'b', type: 'choice', default: 'he-normal', choices: SCHEME_NAMES },
  { key: 'gainB', type: 'number', default: 1, min: 0.1, max: 10, steps: 80, log: true },
  { key: 'valueB', type: 'number', default: null, min: -LARGEST, max: LARGEST },
  { key: 'biasB', type: 'choice', default: 'sigma', choices: BIASES },
  { key: 'fansB', type: 'choice', default: 'true', choices: CONVENTIONS },
  { key: 'takenB', type: 'choice', default: 'std', choices: ['std', 'variance'] },
  { key: 'tuneB', type: 'choice', default: 'none', choices: TUNINGS },
  { key: 'bias', type: 'number', default: 0, min: 0, max: 5, steps: 50 },
  { key: 'loss', type: 'choice', default: 'random', choices: ['random', 'cross-entropy'] },
  { key: 'layer', type: 'integer', default: 5, min: 1, max: LIMITS.depth, steps: 99, view: true },
  { key: 'tensor', type: 'choice', default: 'activations', choices: TENSORS, view: true },
  { key: 'lang', type: 'choice', default: 'auto', choices: ['auto', ...LANGUAGES], view: true },
  { key: 'theme', type: 'choice', default: 'auto', choices: ['auto', 'light', 'dark'], view: true },
  { key: 'embed', type: 'choice', default: '0', choices: ['0', '1'], view: true },
  { key: 'show', type: 'list', default: '', view: true },
];

/** Where a kind of layer begins: few enough numbers to be drawn at once.
 * @type {Record<string, Record<string, number>>} */
const STARTS = { dense: { depth: 20, batch: 64, layer: 5 }, conv: { depth: 7, batch: 8, layer: 1 } };

/**
 * The changes that a change of kind brings with it: what stands as the other kind began goes where this one begins.
 * @param {State} state @param {string} kind
 */
export const changesOfKind = (state, kind) =>
  Object.fromEntries(
    Object.entries(STARTS[kind]).filter(([key]) => kind !== state.kind && state[key] === STARTS[state.kind][key]),
  );

/** @typedef {Record<string, any>} State */

/**
 * What was wrong with one part of a hash or one typed value: `used` is what stands in its place.
 * @typedef {{ key: string, text: string, reason: 'unknown' | 'repeated' | 'bad' | 'range' | 'unused', used?: string }} Ignored
 */

const ROWS = new Map(SCHEMA.map((row) => [row.key, row]));

/** The rows whose controls an embed may keep. */
export const SHOWN = SCHEMA.filter(({ key, view }) => !view || key === 'tensor' || key === 'layer').map(
  ({ key }) => key,
);

/** @param {string} key */
export function rowOf(key) {
  const row = ROWS.get(key);
  if (!row) throw new Error(`no such row: ${key}`);
  return row;
}

/**
 * The row as it stands in a state: the range of a scheme's own number depends on what number that is.
 * @param {string} key
 * @param {State} state
 * @returns {Row}
 */
export function rowIn(key, state) {
  const row = rowOf(key);
  if (key !== 'valueA' && key !== 'valueB') return row;
  const { value = '' } = schemeOf(state, key === 'valueA' ? 'A' : 'B');
  return /** @type {Row} */ ({ ...row, ...(RANGES[value] ?? { min: 0, max: LARGEST }) });
}

/**
 * The row as it is offered: a layer that is chosen is one of those that there are. The state may hold a later one,
 * which stands again once there are as many.
 * @param {string} key
 * @param {State} state
 * @returns {Row}
 */
export function rowShown(key, state) {
  const row = rowIn(key, state);
  return /** @type {Row} */ (key === 'layer' ? { ...row, max: state.depth, steps: Math.max(1, state.depth - 1) } : row);
}

/** @returns {State} */
export function defaults() {
  return Object.fromEntries(SCHEMA.map((row) => [row.key, row.default]));
}

/** Of the page, not of what it shows: a lesson leaves these as they are. */
const OF_THE_PAGE = ['lang', 'theme', 'embed', 'show'];

/**
 * What a row is where an address says nothing of it: the lesson's, or its default. A scheme's own number goes with the
 * scheme.
 * @param {string} key
 * @param {State} state whose lesson and schemes are known
 * @returns {string | number | null}
 */
function baseOf(key, state) {
  const row = rowOf(key);
  const base = STATES[state.lesson] ?? {};
  const scheme = key === 'valueA' ? 'a' : key === 'valueB' ? 'b' : null;
  return scheme && state[scheme] !== baseOf(scheme, state) ? row.default : (base[key] ?? row.default);
}

/**
 * The state that a lesson begins from.
 * @param {string} lesson
 * @param {State} [page] of which the language and such are kept
 */
export function stateOfLesson(lesson, page = defaults()) {
  const kept = Object.entries(page).filter(([key]) => OF_THE_PAGE.includes(key));
  return /** @type {State} */ ({ ...defaults(), ...STATES[lesson], lesson, ...Object.fromEntries(kept) });
}

/**
 * Reads one value as its row allows; reason says what was wrong with the text, if anything was.
 * @param {Row} row
 * @param {string} text
 * @returns {{ value: string | number | null, reason?: 'bad' | 'range' }}
 */
export function read(row, text) {
  if (row.type === 'list') return readList(text);
  if (row.type === 'choice')
    return row.choices.includes(text) ? { value: text } : { value: row.default, reason: 'bad' };
  if (!/^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,4})?$/i.test(text.trim())) return { value: row.default, reason: 'bad' };
  const number = Number(text);
  const value = Math.min(row.max, Math.max(row.min, row.type === 'integer' ? Math.round(number) : number));
  return value === number ? { value } : { value, reason: 'range' };
}

/** What is no name of a row, or comes again, is left out. @param {string} text
 * @returns {{ value: string, reason?: 'range' }} */
function readList(text) {
  const value = [...new Set(text.split(','))].filter((name) => SHOWN.includes(name)).join(',');
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
 * The state that a hash stands for. Whatever is unknown, repeated, unreadable or out of range is put right and told.
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
    const at = part.indexOf('=');
    const key = at < 0 ? part : part.slice(0, at);
    const text = at < 0 ? '' : decode(part.slice(at + 1));
    const known = ROWS.has(key);
    if (!known || given.has(key)) ignored.push({ key, text, reason: known ? 'repeated' : 'unknown' });
    else given.set(key, text);
  }
  const state = defaults();
  // what others depend on stands before them: the lesson, schemes
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
 * Reads one value as the state so far allows.
 * @param {string} key @param {string} text @param {State} state
 * @returns {{ value: string | number | null, reason?: Ignored['reason'] }}
 */
function readIn(key, text, state) {
  // a number of the lesson's that was taken back
  if (text === '' && rowOf(key).default === null && state[key] !== null) return { value: null };
  const found = read(rowIn(key, state), text);
  return found.reason !== 'bad' && !isUsed(key, state) ? { value: null, reason: 'unused' } : found;
}

/**
 * Whether a row says anything in a state: a number of its own is of a scheme that takes one.
 * @param {string} key
 * @param {State} state
 */
const isUsed = (key, state) =>
  LETTERS.every((letter) => key !== `value${letter}` || schemeOf(state, letter).value !== undefined);

/**
 * The hash of a state, without '#'; what is as its lesson has it or, without one, has its default, or is not used, is
 * left out. Of a state whose unused numbers are null, parse(format(state)).state equals state.
 * @param {State} state
 */
export function format(state) {
  return SCHEMA.filter(({ key }) => state[key] !== baseOf(key, state) && isUsed(key, state))
    .map(({ key }) => `${key}=${encodeURIComponent(state[key] ?? '').replaceAll('%2C', ',')}`)
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

/** The seed after another; after the last, the first. @param {number} seed */
export function nextSeed(seed) {
  const { min, max } = /** @type {NumberRow} */ (rowOf('seed'));
  return seed >= max ? min : seed + 1;
}

/**
 * The value at a position 0 .. steps of a row's slider, and the nearest position of a value. Log sliders step by equal
 * ratios, so that doubling a width is the same way everywhere.
 * @param {NumberRow} row
 * @param {number} position
 */
export function fromPosition(row, position) {
  const { min, max, steps = 1, log, type } = row;
  const part = position / steps;
  const value = log ? min * (max / min) ** part : min + (max - min) * part;
  return type === 'integer' ? Math.round(value) : Number(value.toPrecision(3));
}

/**
 * @param {NumberRow} row
 * @param {number} value
 */
export function toPosition(row, value) {
  const { min, max, steps = 1, log } = row;
  if (max === min) return 0;
  return Math.round(steps * (log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min)));
}
