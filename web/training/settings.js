/**
 * settings.js: what the reader can set about training, as one table: what an address says of it, how it is read and how
 * it is written.
 *
 * A text is items between dashes: `digits-adam-rate=0.003-step=1234-rates=100=0.001`. Names of data and of optimizers
 * stand alone. Pure. It trains nothing, and knows nothing of networks: those are the page's own state.
 */
import { rateAt } from '../run/replay.js';

/** The most changes of the rate that an experiment holds. */
export const MOST_RATES = 8;

/** The largest learning rate that the engine takes. */
export const LARGEST_RATE = 1e6;

/** The largest weight decay that the engine takes. */
const LARGEST_DECAY = 1e6;

/** The last step that can be reached. */
export const LAST_STEP = 100_000;

/**
 * @typedef {import('../run/training-messages.js').RateChange} RateChange
 *
 * @typedef {object} Settings
 * @property {string} data
 * @property {string} show what is open below the curves: the map of trainable depth, or the coordinate check
 * @property {string} labels
 * @property {string} pixels
 * @property {string} optimizer
 * @property {string} as whose definition of the optimizer
 * @property {number | null} rate null: USUAL_RATES
 * @property {number} momentum of `momentum` and `nesterov`
 * @property {number} decay
 * @property {number} step
 * @property {RateChange[]} rates by step
 *
 * @typedef {{ key: keyof Settings, type: 'name', names: string[], default: string, bare?: boolean }} NameRow bare: the
 *   name stands alone
 * @typedef {{ key: keyof Settings, type: 'number' | 'integer', min: number, max: number, default: number | null }} NumberRow
 * @typedef {{ key: keyof Settings, type: 'rates', default: RateChange[] }} RatesRow
 */

/** @type {(NameRow | NumberRow | RatesRow)[]} */
export const SETTINGS = [
  { key: 'data', type: 'name', names: ['digits', 'spirals', 'circles'], default: 'digits', bare: true },
  { key: 'show', type: 'name', names: ['curves', 'map', 'coordinates'], default: 'curves', bare: true },
  { key: 'labels', type: 'name', names: ['true', 'random'], default: 'true' },
  { key: 'pixels', type: 'name', names: ['standardized', 'raw'], default: 'standardized' },
  {
    key: 'optimizer',
    type: 'name',
    names: ['sgd', 'momentum', 'nesterov', 'adam'],
    default: 'momentum',
    bare: true,
  },
  {
    key: 'as',
    type: 'name',
    names: ['pytorch', 'keras', 'optax', 'tensorflow-js', 'scikit-learn', 'convnet-js'],
    default: 'pytorch',
  },
  { key: 'rate', type: 'number', min: 0, max: LARGEST_RATE, default: null },
  { key: 'momentum', type: 'number', min: 0, max: 1, default: 0.9 },
  { key: 'decay', type: 'number', min: 0, max: LARGEST_DECAY, default: 0 },
  { key: 'step', type: 'integer', min: 0, max: LAST_STEP, default: 0 },
  { key: 'rates', type: 'rates', default: [] },
];

/** The learning rate of each optimizer, unless another is set. @type {Record<string, number>} */
export const USUAL_RATES = { sgd: 0.03, momentum: 0.003, nesterov: 0.003, adam: 0.001 };

/** The rate at the start. @param {Settings} settings */
export const firstRate = ({ rate, optimizer }) => rate ?? USUAL_RATES[optimizer];

/** The rates of an experiment by step, from the first on. @param {Settings} settings @returns {RateChange[]} */
export const ratesOf = (settings) => [[0, firstRate(settings)], ...settings.rates];

/**
 * What no menu shows of the settings, where it counts and is not the usual: null otherwise.
 * @param {Settings} settings
 * @returns {{ momentum: number | null, decay: number | null }}
 */
export function unusualOf({ optimizer, momentum, decay }) {
  const usual = defaultSettings();
  const hasMomentum = optimizer === 'momentum' || optimizer === 'nesterov';
  return {
    momentum: hasMomentum && momentum !== usual.momentum ? momentum : null,
    decay: decay === usual.decay ? null : decay,
  };
}

/** @returns {Settings} */
export const defaultSettings = () =>
  /** @type {any} */ (Object.fromEntries(SETTINGS.map((row) => [row.key, row.default])));

/** Digits without an exponent, whose dash would part items. @param {number} value */
export function writeNumber(value) {
  const text = String(value);
  const [, sign, whole, part = '', power] = text.match(/^(-?)(\d+)(?:\.(\d+))?e([-+]\d+)$/) ?? [];
  if (power === undefined) return text;
  const digits = whole + part;
  const point = whole.length + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

/** @param {string} text @returns {number} NaN where it is no number */
const readNumber = (text) => (/^(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN);

/** Moves a number into the range of its row. @param {NumberRow} row @param {number} value */
const fit = ({ type, min, max }, value) => Math.min(max, Math.max(min, type === 'integer' ? Math.round(value) : value));

/**
 * Reads the changes of the rate: step=rate, with commas between them. Those that cannot be read are left out, and so are
 * those past the most.
 * @param {string} text
 * @returns {RateChange[]} by step, one for each step
 */
function readRates(text) {
  /** @type {Map<number, number>} */
  const found = new Map();
  const { min, max } = /** @type {NumberRow} */ (rowOf('rate'));
  for (const item of text.split(',')) {
    const [step, rate] = item.split('=').map(readNumber);
    if (Number.isInteger(step) && step <= LAST_STEP && rate >= min && rate <= max) found.set(step, rate);
  }
  return [...found].sort(([a], [b]) => a - b).slice(0, MOST_RATES);
}

/** @param {RateChange[]} rates */
const writeRates = (rates) => rates.map(([step, rate]) => `${step}=${writeNumber(rate)}`).join(',');

/** @param {keyof Settings} key */
const rowOf = (key) => SETTINGS.find((row) => row.key === key);

/** @param {string} text @param {number} found */
const isSameNumber = (text, found) => readNumber(text) === found;

/**
 * How a value of each type is read and written. read: undefined where the text is no such value; isWhole: whether what
 * was found is all that the text says.
 * @type {Record<string, { read: (row: any, text: string) => any, write: (value: any) => string,
 *   isWhole: (text: string, found: any) => boolean }>}
 */
const TYPES = {
  name: { read: ({ names }, text) => (names.includes(text) ? text : undefined), write: String, isWhole: () => true },
  number: { read: readFitting, write: writeNumber, isWhole: isSameNumber },
  integer: { read: readFitting, write: writeNumber, isWhole: isSameNumber },
  rates: {
    read: (_, text) => readRates(text),
    write: writeRates,
    isWhole: (text, { length }) => length === (text === '' ? 0 : text.split(',').length),
  },
};

/** @param {NumberRow} row @param {string} text */
function readFitting(row, text) {
  const value = readNumber(text);
  return Number.isNaN(value) ? undefined : fit(row, value);
}

/**
 * Reads the settings of a text. An item that is unknown, repeated, unreadable or out of range is corrected and reported.
 * @param {string} text '' gives the defaults
 * @returns {{ settings: Settings, ignored: import('../state/state.js').Ignored[] }} in the form of an address's own
 */
export function parseSettings(text) {
  const settings = /** @type {any} */ (defaultSettings());
  /** @type {import('../state/state.js').Ignored[]} */
  const ignored = [];
  const given = new Set();
  for (const item of text.split(/-(?=[a-z])(?!js\b|learn\b)/i)) {
    if (item === '') continue;
    const equals = item.indexOf('=');
    const row =
      equals < 0
        ? SETTINGS.find((one) => one.type === 'name' && one.bare && one.names.includes(item))
        : SETTINGS.find((one) => one.key === item.slice(0, equals) && !(one.type === 'name' && one.bare));
    const value = item.slice(equals + 1);
    if (!row || given.has(row.key)) {
      ignored.push({ key: row ? row.key : `train=${item}`, text: value, reason: row ? 'repeated' : 'unknown' });
      continue;
    }
    given.add(row.key);
    const { read, write, isWhole } = TYPES[row.type];
    const found = read(row, value);
    settings[row.key] = found ?? row.default;
    const used = write(settings[row.key] ?? USUAL_RATES[settings.optimizer]);
    if (found === undefined || !isWhole(value, found))
      ignored.push({ key: row.key, text: value, reason: found === undefined ? 'bad' : 'range', used });
  }
  return { settings, ignored };
}

/**
 * Writes settings as a text, without what has its default. The data are always there, so the text is never empty.
 * parseSettings(formatSettings(settings)).settings equals settings.
 * @param {Settings} settings
 */
export function formatSettings(settings) {
  return SETTINGS.map((row) => {
    const text = settings[row.key] === null ? '' : TYPES[row.type].write(settings[row.key]);
    const usual = row.default === null ? '' : TYPES[row.type].write(row.default);
    if (row.key === 'data') return text;
    if (text === usual) return '';
    return row.type === 'name' && row.bare ? text : `${row.key}=${text}`;
  })
    .filter(Boolean)
    .join('-');
}

/**
 * Notes a change of the rate at a step. A change at the start is the first rate. Later changes are dropped, as the steps
 * after this one are taken again.
 * @param {Settings} settings
 * @param {number} step
 * @param {number} rate
 * @returns {Settings | null} null where there are too many changes
 */
export function changeRate(settings, step, rate) {
  if (step === 0) return { ...settings, rate, rates: [] };
  const before = settings.rates.filter(([from]) => from < step);
  if (rateAt(ratesOf({ ...settings, rates: before }), step) === rate) return { ...settings, rates: before };
  return before.length < MOST_RATES ? { ...settings, rates: [...before, [step, rate]] } : null;
}
