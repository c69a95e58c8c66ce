/**
 * statistics.js: what a run measured, as JSON and as CSV. It computes nothing and rounds nothing. Pure.
 *
 * The format has a version: SCHEMA_VERSION changes whenever a program written for the old one would read wrong numbers.
 */

/*
 * JSON: one object.
 *   schema, schemaVersion   the format
 *   program, version        what wrote the file
 *   state                   the hash of the address that opens this state
 *   seed
 *   networks                A and B, each:
 *     spec                  what the engine was asked for
 *     images                what the images are; null where the input is not images
 *     input                 a summary of the input
 *     done                  whether the network was run to the end
 *     error                 null unless the network was refused
 *     layers                as engine.run() returns them: fans, scheme, std and bound, a summary of each tensor, theory
 *
 * A summary of weights is null if a slider has just moved and the layer is not the chosen one. Theory is null where it
 * does not apply. Typed arrays become arrays. JSON has no NaN and no infinity: the file has the strings "NaN",
 * "Infinity" and "-Infinity".
 *
 * CSV (RFC 4180): a header, then a row for each layer of each network. The first columns describe the run and name the
 * layer, such as conv1 or 256. The others
 * are named by a number's path in the JSON, such as activations.rms; a column exists if any layer has the number.
 * Histograms and mean squares by place are in the JSON only.
 */

import { messageOf } from '../engine/refusal.js';
import { layerNames } from '../reading/layer-names.js';

/** @typedef {import('../run/reply.js').Reply} Reply */
/** @typedef {import('../run/reply.js').Network} Network */

/** The version of the format. */
export const SCHEMA_VERSION = 1;

/** Writes NaN and infinities as strings, and typed arrays as arrays. @param {string} _ @param {any} value */
const replaceValue = (_, value) => {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return ArrayBuffer.isView(value) ? Array.from(/** @type {any} */ (value)) : value;
};

/** @param {Network} network */
const describeNetwork = ({ spec, images, input, layers, done, error }) => ({
  spec,
  images,
  input: input ?? null,
  done,
  error: error ? messageOf(error) : null,
  layers,
});

/**
 * The numbers of a run, in the shape of the JSON.
 * @param {Reply} reply
 * @param {string} hash of the address that opens the reply's state
 * @param {string} version of the program
 */
export function statistics({ state, networks }, hash, version) {
  return {
    schema: 'initscope-statistics',
    schemaVersion: SCHEMA_VERSION,
    program: 'Initscope',
    version,
    state: hash,
    seed: state.seed,
    networks: { A: describeNetwork(networks.A), B: describeNetwork(networks.B) },
  };
}

/** @typedef {ReturnType<typeof statistics>} Statistics */

/** Writes the numbers as JSON. @param {Statistics} numbers */
export const toJson = (numbers) => `${JSON.stringify(numbers, replaceValue, 1)}\n`;

/** Writes a field of CSV, in quotes where it needs them. @param {string | number | boolean} [value] */
export function csvField(value = '') {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The numbers and names inside an object, by their paths. Typed arrays are left out; other arrays become "3x5".
 * @param {Record<string, any>} object
 * @param {string} [path] to the object, with a dot at its end
 * @returns {[path: string, value: any][]}
 */
function leavesOf(object, path = '') {
  return Object.entries(object).flatMap(([key, value]) => {
    if (value === null || ArrayBuffer.isView(value)) return [];
    if (typeof value !== 'object') return [[path + key, value]];
    return Array.isArray(value) ? [[path + key, value.join('x')]] : leavesOf(value, `${path}${key}.`);
  });
}

/** Writes the numbers as CSV. @param {Statistics} numbers */
export function toCsv({ schema, schemaVersion, version, state, seed, networks }) {
  const rows = Object.entries(networks).flatMap(([network, { layers, spec }]) => {
    const names = layerNames([spec.layers], 'output');
    return layers.map((layer, i) => {
      const run = { schema, schemaVersion, version, state, seed, network, name: names[i] };
      return new Map(leavesOf({ ...run, ...layer }));
    });
  });
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const lines = [names, ...rows.map((row) => names.map((name) => row.get(name)))];
  return lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

/**
 * Writes the numbers of one chart as CSV: with all their digits, and nothing where a number is not known.
 * @param {import('../charts/numbers-table.js').Numbers} numbers
 */
export const toTable = ({ head, rows }) =>
  [head, ...rows].map((line) => `${line.map((value) => csvField(value)).join(',')}\r\n`).join('');
