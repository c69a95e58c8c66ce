/**
 * generate-libraries.js: makes library-tables.js: what each library draws by default, with its version and the date on which
 * it was measured. `./build.sh` runs it.
 *
 * Rules come from c/defaults.c; versions, figures and networks from tests/reference, which findings/libraries/ writes.
 * library-tables.js is committed, and a test fails where it is stale. Never edit it.
 */
import { readFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { enumsOf, writeMade } from './generate.js';
import { instantiate, readText } from './instance.js';
import { CONVENTIONS } from './tables.js';

const here = (/** @type {string} */ path) => new URL(`../../${path}`, import.meta.url);

/** The rows of a table with a head, as objects. @param {string} text of tabs and lines @returns {Record<string, string>[]} */
function rowsOf(text) {
  const [head, ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
}

/** What identifies a tensor. @param {...string} parts library, call and tensor */
const keyOf = (...parts) => parts.join('\t');

/** A number, or null where there is none. @param {number} value */
const orNull = (value) => (Number.isFinite(value) ? value : null);

/**
 * The rows of the table in C.
 * @param {any} wasm the exports of build/defaults.wasm
 * @param {string[]} layers LAYER_*, as the page names them
 */
export const readDefaults = (wasm, layers) =>
  Array.from({ length: wasm.default_count() }, (_, i) => {
    const text = (/** @type {string} */ column) => readText(wasm, wasm[`default_${column}`](i));
    const number = (/** @type {string} */ column, /** @type {number[]} */ ...more) =>
      orNull(wasm[`default_${column}`](i, ...more));
    return {
      library: text('library'),
      layer: layers[wasm.default_layer(i)],
      call: text('call'),
      tensor: text('tensor'),
      scheme: text('scheme') || null,
      number: number('number'),
      gain: number('gain') ?? 1,
      fans: CONVENTIONS.at(wasm.default_convention(i)) ?? null,
      fanIn: number('fan', 0) || null,
      fanOut: number('fan', 1) || null,
      biasTensor: text('bias_tensor') || null,
      bias: text('bias') || null,
      biasNumber: number('bias_number'),
      biasFan: number('bias_fan') || null,
    };
  });

/** @typedef {ReturnType<typeof readDefaults>[number]} Drawn */

const HEAD = `/** library-tables.js: what libraries draw by default, and one network by the default of each. Made by
 * generate-libraries.js, which says where it all comes from. Never edit it. */

/** @typedef {{ name: string, language: string, version: string, date: string }} Library version and date: '' where the
 * library was not measured */

/**
 * A tensor of weights that a library draws by default, and its biases.
 * @typedef {object} Default
 * @property {string} library
 * @property {string} layer the kind of layer
 * @property {string} call
 * @property {string} tensor
 * @property {string | null} scheme null: no scheme draws this
 * @property {number | null} number null: the scheme's own
 * @property {number} gain
 * @property {import('./shapes.js').Convention | null} fans how they are counted; null: as no convention does
 * @property {number | null} fanIn as the library counts it at the measured sizes; null: it is not asked for
 * @property {number | null} fanOut
 * @property {string | null} biasTensor null: there are no biases
 * @property {string | null} bias the scheme of the biases; null: none, or no scheme draws these
 * @property {number | null} biasNumber
 * @property {number | null} biasFan
 * @property {number | null} std measured; null: the library was not
 */

/** @typedef {{ library: string, call: string, rms: number[], errors: number[] }} LibraryNetwork rms after each of ten ReLU
 * layers, the mean of 20 networks, and its standard error */
`;

/** @param {string} name @param {string} type @param {any[]} rows */
const constant = (name, type, rows) =>
  `\n/** @type {readonly ${type}[]} */\nexport const ${name} = ([\n${rows.map((row) => `  ${JSON.stringify(row)},\n`).join('')}]);\n`;

/**
 * @param {string} header c/defaults.h
 * @param {any} wasm
 * @param {string} tensors tests/reference/libraries.tsv
 * @param {string} networks tests/reference/library-networks.tsv
 */
export function generateLibraries(header, wasm, tensors, networks) {
  const layers = (enumsOf(header).find(([{ name }]) => name === 'LAYER_DENSE') ?? []).map(({ name }) =>
    name.replace('LAYER_', '').toLowerCase().replaceAll('_', '-'),
  );
  const measured = rowsOf(tensors);
  const stds = new Map(measured.map(({ library, call, tensor, std }) => [keyOf(library, call, tensor), Number(std)]));
  const defaults = readDefaults(wasm, layers).map((row) => ({
    ...row,
    std: stds.get(keyOf(row.library, row.call, row.tensor)) ?? null,
  }));
  const libraries = [...new Set(defaults.map(({ library }) => library))].map((name) => {
    const { language = '', version = '', date = '' } = measured.find(({ library }) => library === name) ?? {};
    return { name, language, version, date };
  });
  const depth = Array.from({ length: 10 }, (_, i) => i + 1);
  const runs = rowsOf(networks).map((row) => ({
    library: row.library,
    call: row.call,
    rms: depth.map((layer) => Number(row[`rms${layer}`])),
    errors: depth.map((layer) => Number(row[`error${layer}`])),
  }));
  return [
    HEAD,
    constant('LIBRARIES', 'Library', libraries),
    constant('DEFAULTS', 'Default', defaults),
    constant('NETWORKS', 'LibraryNetwork', runs),
    '\n/** The libraries of which something was measured. */',
    constant('MEASURED', 'string', [...new Set(measured.map(({ library }) => library))]).trimStart(),
  ].join('');
}

/** Writes library-tables.js, unless it is up to date already. */
async function main() {
  const read = (/** @type {string} */ path) => readFile(here(path), 'utf8');
  const wasm = await instantiate(await readFile(here('build/defaults.wasm')));
  const [header, tensors, networks] = await Promise.all(
    ['c/defaults.h', 'tests/reference/libraries.tsv', 'tests/reference/library-networks.tsv'].map(read),
  );
  await writeMade('library-tables.js', generateLibraries(header, wasm, tensors, networks));
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await main();
