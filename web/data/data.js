/**
 * data.js: the data that networks train on: handwritten digits, and points of two spirals or of two circles. Its names
 * are in data-kinds.js.
 *
 * Pure. It trains nothing and draws nothing. The same call gives the same bits in every browser and in Node. So it uses
 * only + - * /, Math.sqrt and Math.imul: the last bit of Math.sin is another in each browser.
 */

import { requireBoolean, requireFields, requireOneOf, requireWhole } from '../engine/check.js';
import { DATA_KINDS, DATA_NAMES } from './data-kinds.js';
import { readLabels, readPixels } from './digits-reader.js';
import { circles, PLANE_SIDE, spirals } from './planes.js';
import { randomOf } from './random.js';

/**
 * Examples in the order of the data. The k-th has `labels[k]`, and its inputs start at k times the product of `shape`.
 * @typedef {{ inputs: Float32Array, labels: Uint8Array }} Examples
 *
 * @typedef {object} Data
 * @property {string} name
 * @property {Float32Array} inputs of the examples to train on: (examples, ...shape)
 * @property {Uint8Array} labels of these: (examples), each from 0 to classes - 1
 * @property {Examples | undefined} heldOut the examples that are not trained on
 * @property {number} classes how many labels there are
 * @property {number[]} shape of one example: [numbers], or [height, width, channels] of an image
 * @property {[least: number, most: number]} range in which every input lies; of points also what to draw, on both axes
 *
 * @typedef {object} DataOptions
 * @property {number} [seed] of random labels, and of where points lie; a whole number below 2^32; 0 unless given
 * @property {string} [labels] 'true', or 'random': each label is drawn anew, every class as likely as the others. Also
 *   for the examples held out, so that nothing can be learned about these
 * @property {boolean} [heldOut] false: every example is trained on
 * @property {string} [pixels] of digits: 'standardized' to mean 0 and std 1 over all pixels of all digits, or 'raw',
 *   whole numbers from 0 to 16
 *
 * @typedef {{ inputs: Float32Array, labels: Uint8Array, range: [number, number] }} Made all examples
 */

const LABELS = ['true', 'random'];
const PIXELS = ['standardized', 'raw'];

const DEFAULTS = { seed: 0, labels: 'true', heldOut: true, pixels: 'standardized' };

/** Of so many examples, the last is held out. */
const HOLD_OUT = 5;

/** Streams of random numbers with the same seed: points take x and y from 0 and 1. */
const LABEL_STREAM = 2;

/** The pixels of all digits on one scale. @param {string} pixels @returns {Made} */
function makeDigits(pixels) {
  const values = readPixels();
  const labels = readLabels();
  if (pixels === 'raw') return { inputs: Float32Array.from(values), labels, range: [0, 16] };
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  const std = Math.sqrt(squares / values.length - mean * mean);
  const inputs = Float32Array.from(values, (value) => (value - mean) / std);
  return { inputs, labels, range: [Math.fround(-mean / std), Math.fround((16 - mean) / std)] };
}

/** @param {import('./planes.js').Points} points @returns {Made} */
const onPlane = (points) => ({ ...points, range: [-PLANE_SIDE, PLANE_SIDE] });

/**
 * What makes all examples of each name.
 * @type {Record<string, (given: { count: number, seed: number, pixels: string }) => Made>}
 */
const MAKERS = {
  digits: ({ pixels }) => makeDigits(pixels),
  'digit-images': ({ pixels }) => makeDigits(pixels),
  spirals: ({ count, seed }) => onPlane(spirals(count, seed)),
  circles: ({ count, seed }) => onPlane(circles(count, seed)),
};

/** @param {Uint8Array} labels @param {number} classes @param {number} seed @returns {Uint8Array} as many labels */
const drawLabels = (labels, classes, seed) =>
  labels.map((_, k) => Math.floor(randomOf(seed, LABEL_STREAM, k) * classes));

/**
 * The examples for which `keeps` is true.
 * @param {Examples} examples
 * @param {(k: number) => boolean} keeps
 * @returns {Examples}
 */
function choose({ inputs, labels }, keeps) {
  const size = inputs.length / labels.length;
  return { inputs: inputs.filter((_, i) => keeps(Math.floor(i / size))), labels: labels.filter((_, k) => keeps(k)) };
}

/**
 * Makes the data of a name. Every fifth example is held out.
 * @param {string} name 'digits', 'digit-images', 'spirals' or 'circles'
 * @param {DataOptions} [options]
 * @returns {Data}
 * @throws {import('../engine/refusal.js').RefusalError} if it knows no such data or option: field `data`, `seed`,
 *   `labels`, `heldOut` or `pixels`
 */
export function makeData(name, options = {}) {
  const { shape, classes, examples, fields } = DATA_KINDS[requireOneOf('data', name, DATA_NAMES)];
  const given = { ...DEFAULTS, ...requireFields('options', options, fields) };
  const seed = requireWhole('seed', given.seed, 0, 2 ** 32 - 1);
  const kind = requireOneOf('labels', given.labels, LABELS);
  const pixels = requireOneOf('pixels', given.pixels, PIXELS);
  const holds = requireBoolean('heldOut', given.heldOut);
  const { inputs, labels, range } = MAKERS[name]({ count: examples, seed, pixels });
  const all = { inputs, labels: kind === 'random' ? drawLabels(labels, classes, seed) : labels };
  const isHeldOut = (/** @type {number} */ k) => k % HOLD_OUT === HOLD_OUT - 1;
  const heldOut = holds ? choose(all, isHeldOut) : undefined;
  return { name, ...(holds ? choose(all, (k) => !isHeldOut(k)) : all), heldOut, classes, shape: [...shape], range };
}
