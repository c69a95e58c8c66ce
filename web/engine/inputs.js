/**
 * inputs.js: the inputs that the engine draws, by the names that readers use, and the check of a spec's `input`.
 *
 * Pure. Images are not among them: images.js paints them, and they come as an array.
 */
import { requireFields, requireNumber, requireOneOf } from './check.js';
import { refuse } from './refusal.js';
import { INPUTS, LIMITS } from './tables.js';

/**
 * An input of a kind, with its own numbers.
 * @typedef {object} InputFields
 * @property {string} kind a key of INPUT_KINDS
 * @property {number} [mean] of the numbers
 * @property {number} [std] of the numbers
 * @property {number} [share] of a sparse input: the share of its numbers that is 0, at most 0.999; the others are normal
 */

/**
 * What a kind takes besides its name, with the values of what is left out. `unit` is uniform on (0, 1), and `bytes` on
 * (0, 255). A one-hot input takes nothing: one number of each example is 1, and the others are 0.
 * @type {Record<string, { mean?: number, std?: number, share?: number }>}
 */
export const INPUT_KINDS = {
  normal: { mean: 0, std: 1 },
  uniform: { mean: 0, std: 1 },
  unit: { mean: 0.5, std: Math.sqrt(1 / 12) },
  bytes: { mean: 127.5, std: 255 * Math.sqrt(1 / 12) },
  sparse: { std: 1, share: 0.9 },
  'one-hot': {},
};

export const DRAWN_INPUTS = Object.keys(INPUT_KINDS);

/** @type {Record<string, [least: number, most: number]>} */
const RANGES = { mean: [-LIMITS.scale, LIMITS.scale], std: [0, LIMITS.scale], share: [0, 0.999] };

/**
 * The input of a checked spec: an array, or one of INPUTS with what net_set_input takes after it: mean, std and share. The
 * numbers are null for the two standard inputs, of mean 0 and std 1.
 * @typedef {Float32Array | { name: string, numbers: number[] | null }} CheckedInput
 */

/**
 * @param {any} given as in a spec
 * @param {number} batch
 * @param {number} inputs numbers of an example
 * @returns {CheckedInput}
 */
export function checkInput(given, batch, inputs) {
  // an object that only inherits from Float32Array is not an array
  if (given instanceof Float32Array && ArrayBuffer.isView(given)) {
    const needed = batch * inputs;
    if (given.length !== needed) refuse('inputLength', 'input.length', given.length, { needed, batch, inputs });
    return given;
  }
  const named = given?.kind;
  const kind = requireOneOf(named ? 'input.kind' : 'input', named ?? given, DRAWN_INPUTS);
  const usual = INPUT_KINDS[kind];
  const own = given === kind ? {} : requireFields('input', given, ['kind', ...Object.keys(usual)]);
  const all = /** @type {Record<string, unknown>} */ ({ mean: 0, std: 0, share: 0, ...usual, ...own });
  const numbers = Object.entries(RANGES).map(([name, range]) => requireNumber(`input.${name}`, all[name], ...range));
  const name = INPUTS.find((one) => one === kind) ?? 'uniform';
  return { name, numbers: String(numbers) === '0,1,0' && kind !== 'sparse' ? null : numbers };
}
