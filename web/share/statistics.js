/*
 * What a run measured, as JSON and as CSV. Pure: nothing is computed anew, and no number is rounded. The shape is
 * versioned: SCHEMA_VERSION changes whenever a reader of the old one would be misled.
 *
 * JSON: an object of `schema` and `schemaVersion`; `program` and `version`; `state`, the hash that leads to it; `seed`;
 * and `networks`, by A and B, each with `spec` (what the engine was asked), `images` (null unless the input is images),
 * `input` (a summary), `done`, `error` (why it was refused, in English; else null) and `layers`, as engine.run gives
 * them: fans, scheme, std and bound, a summary of each tensor (of weights null where a slider has just moved and they are
 * not looked at), theory (null where it does not apply). Arrays of numbers are arrays. JSON has no NaN and no infinity:
 * they are the strings "NaN", "Infinity" and "-Infinity".
 *
 * CSV (RFC 4180): a header, and a row for each layer of each network. The first columns say what the run was; the others
 * are named by the path to the number in the JSON, as activations.rms, and are there where any layer has it. Histograms
 * and the squares by place are in the JSON only.
 */
import { messageOf } from '../engine/refusal.js';

/** @typedef {import('../run/reply.js').Reply} Reply */
/** @typedef {import('../run/reply.js').Network} Network */

export const SCHEMA_VERSION = 1;

/** The numbers that JSON does not have, as their names. @param {string} _ @param {any} value */
const named = (_, value) => {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return ArrayBuffer.isView(value) ? Array.from(/** @type {any} */ (value)) : value;
};

/** @param {Network} network */
const tell = ({ spec, images, input, layers, done, error }) => ({
  spec,
  images,
  input: input ?? null,
  done,
  error: error ? messageOf(error) : null,
  layers,
});

/**
 * @param {Reply} reply @param {string} hash of its state @param {string} version of the program
 */
export function statistics({ state, networks }, hash, version) {
  return {
    schema: 'initscope-statistics',
    schemaVersion: SCHEMA_VERSION,
    program: 'Initscope',
    version,
    state: hash,
    seed: state.seed,
    networks: { A: tell(networks.A), B: tell(networks.B) },
  };
}

/** @typedef {ReturnType<typeof statistics>} Statistics */

/** @param {Statistics} told */
export const toJson = (told) => `${JSON.stringify(told, named, 1)}\n`;

/** A field of a row of CSV; nothing is an empty one. @param {string | number | boolean} [value] */
export function csvField(value = '') {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The numbers and names within an object, by their paths.
 * @param {Record<string, any>} object @param {string} [path]
 * @returns {[path: string, value: any][]}
 */
function leavesOf(object, path = '') {
  return Object.entries(object).flatMap(([key, value]) => {
    if (value === null || ArrayBuffer.isView(value)) return [];
    if (typeof value !== 'object') return [[path + key, value]];
    return Array.isArray(value) ? [[path + key, value.join('x')]] : leavesOf(value, `${path}${key}.`);
  });
}

/** @param {Statistics} told */
export function toCsv({ schema, schemaVersion, version, state, seed, networks }) {
  const rows = Object.entries(networks).flatMap(([network, { layers }]) =>
    layers.map((layer) => new Map(leavesOf({ schema, schemaVersion, version, state, seed, network, ...layer }))),
  );
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const lines = [names, ...rows.map((row) => names.map((name) => row.get(name)))];
  return lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}
