/**
 * generate.js: makes tables.js, which holds what JavaScript needs of the C side: enums, limits, error codes, and the
 * names of schemes and activations. `./build.sh` runs it after it has built the module.
 *
 * tables.js is committed, because the page reads an address before the engine is there, and `./build.sh check` runs
 * without Emscripten. A test fails where it is stale. Never edit it: change c/initscope.h or a table in c/, and build.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { instantiate, readText } from './instance.js';

const HEADER = new URL('../../c/initscope.h', import.meta.url);

/** @param {string[]} words */
const kebab = (words) => words.join('-');
/** @param {string[]} words */
const snake = (words) => words.join('_');
/** @param {string[]} words */
const camel = ([first, ...rest]) => first + rest.map((word) => word[0].toUpperCase() + word.slice(1)).join('');

/**
 * The enums of c/initscope.h that JavaScript speaks of: the prefix there, the name here, and how a value is spelt.
 * @type {[prefix: string, name: string, spell: (words: string[]) => string][]}
 */
const ENUMS = [
  ['DISTRIBUTION', 'DISTRIBUTIONS', kebab],
  ['MODE', 'MODES', snake],
  ['INPUT', 'INPUTS', kebab],
  ['LOSS', 'LOSSES', kebab],
  ['TENSOR', 'TENSORS', camel],
  ['SUMMARY', 'SUMMARY', camel],
  ['CONVENTION', 'CONVENTIONS', kebab],
  ['DRAWN', 'DRAWN', kebab],
  ['FAN', 'FANS', kebab],
  ['SHAPE', 'SHAPES', kebab],
  ['POOL', 'POOLS', kebab],
  ['PADDING', 'PADDINGS', kebab],
  ['WINDOW', 'WINDOWS', kebab],
  ['NORM', 'NORMS', kebab],
  ['SUM', 'FACTORS', kebab],
  ['INSIDE', 'INSIDE', camel],
  ['MOMENT', 'MOMENTS', camel],
  ['THEORY', 'THEORY', camel],
  ['PHASE', 'PHASES', kebab],
  ['POINT', 'POINTS', camel],
  ['CELL', 'CELLS', camel],
  ['OBJECTIVE', 'OBJECTIVES', kebab],
  ['OPTIMIZER', 'OPTIMIZERS', kebab],
  ['DIALECT', 'DIALECTS', kebab],
  ['HYPER', 'HYPERS', camel],
];

/**
 * The enumerators of every enum in a header, in their order, without the one that only counts them.
 * @param {string} header
 * @returns {{ name: string, value: number }[][]}
 */
export function enumsOf(header) {
  const code = header.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, ' ');
  return [...code.matchAll(/enum \{([^}]*)\}/g)].map(([, body]) => {
    let next = 0;
    return body
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .map((item) => {
        const [name, given] = item.split('=').map((part) => part.trim());
        const value = given === undefined ? next : Number(given);
        next = value + 1;
        return { name, value };
      })
      .filter(({ name }) => !name.endsWith('_COUNT'));
  });
}

/** Values of z that tell activations apart: powers of 2, whose products are exact. */
const PROBES = [0.25, 0.5, 1, 2, 4, 8, 16, 32];

/** @param {(z: number) => number} phi */
const isHomogeneous = (phi) => PROBES.every((z) => phi(2 * z) === 2 * phi(z) && phi(-2 * z) === 2 * phi(-z));

/** @param {(z: number) => number} phi */
const isRectifier = (phi) => PROBES.every((z) => phi(-z) === 0 && phi(z) > 0);

/** A value as JavaScript, an item a line. @param {readonly unknown[] | Record<string, unknown>} value */
function show(value) {
  const items = Array.isArray(value)
    ? value.map((item) => JSON.stringify(item))
    : Object.entries(value).map(([key, held]) => `${/^\w+$/.test(key) ? key : `'${key}'`}: ${JSON.stringify(held)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.map((item) => `  ${item},\n`).join('')}${close}`;
}

/** The lists whose names are a type of their own in spec.js and shapes.js. */
const UNIONS = ['DISTRIBUTIONS', 'MODES', 'CONVENTIONS', 'DRAWN'];

/** @param {string} about @param {string} name @param {Parameters<typeof show>[0]} value */
function constant(about, name, value) {
  const isList = Array.isArray(value) && typeof value[0] === 'string';
  const type = isList && !UNIONS.includes(name) ? 'readonly string[]' : 'const';
  return `/** ${about}. */\nexport const ${name} = /** @type {${type}} */ (${show(value)});\n`;
}

/**
 * @param {string} header the text of c/initscope.h
 * @param {Awaited<ReturnType<typeof instantiate>>} wasm the exports of the module
 * @returns {string} the text of tables.js
 */
export function generate(header, wasm) {
  const enums = enumsOf(header);
  /** @param {string} prefix @returns {{ words: string[], value: number }[]} */
  const find = (prefix) => {
    const found = enums.find((values) => values.every(({ name }) => name.startsWith(`${prefix}_`)));
    if (!found) throw new Error(`c/initscope.h has no enum ${prefix}_*`);
    return found.map(({ name, value }) => ({
      words: name
        .slice(prefix.length + 1)
        .toLowerCase()
        .split('_'),
      value,
    }));
  };
  /** @param {string} name */
  const numberOf = (name) => enums.flat().find((enumerator) => enumerator.name === name)?.value;
  const activations = Array.from({ length: wasm.activation_count() }, (_, i) => ({
    name: readText(wasm, wasm.activation_name(i)),
    parameter: readText(wasm, wasm.activation_parameter_name(i)),
    given: wasm.activation_parameter(i),
    least: wasm.activation_parameter_least(i),
    most: wasm.activation_parameter_most(i),
  }));
  const matrices = ['ORTHOGONAL', 'IDENTITY', 'SPARSE', 'UNIT_SUM', 'CUT_SPIKED', 'TRUNCATED_SPIKED'].map((name) =>
    numberOf(`DISTRIBUTION_${name}`),
  );
  const truncated = ['TRUNCATED', 'TRUNCATED_RAW'].map((name) => numberOf(`DISTRIBUTION_${name}`));
  const [equal, positive] = ['CONSTANT', 'UNIFORM_POSITIVE'].map((name) => numberOf(`DISTRIBUTION_${name}`));
  /** Whether the values of a scheme have a mean that is not 0. @param {number} i */
  const hasMean = (i) =>
    wasm.scheme_distribution(i) === positive || (wasm.scheme_distribution(i) === equal && wasm.scheme_number(i) !== 0);
  const schemes = Array.from({ length: wasm.scheme_count() }, (_, i) => ({
    isOfFull:
      matrices.includes(wasm.scheme_distribution(i)) ||
      wasm.scheme_mode(i) === numberOf('MODE_NGUYEN_WIDROW') ||
      hasMean(i),
    isTruncated: truncated.includes(wasm.scheme_distribution(i)),
    name: readText(wasm, wasm.scheme_name(i)),
    group: readText(wasm, wasm.scheme_group(i)),
    numberName: readText(wasm, wasm.scheme_number_name(i)),
    number: wasm.scheme_number(i),
  }));
  const lists = ENUMS.map(([prefix, name, spell]) =>
    constant(
      `${prefix}_*, in their order`,
      name,
      find(prefix).map(({ words }) => spell(words)),
    ),
  );
  /** @param {string} prefix @param {(value: number) => boolean} accepts @param {(words: string[]) => string} spell */
  const choose = (prefix, accepts, spell) =>
    find(prefix)
      .filter(({ value }) => accepts(value))
      .map(({ words }) => spell(words));
  const errors = Object.fromEntries(find('NET_ERROR').map(({ words, value }) => [camel(words), value]));
  const limits = Object.fromEntries(
    find('LIMIT').map(({ words, value }) => [camel(words), wasm.net_limit(value) >>> 0]),
  );
  return [
    '/**\n * tables.js: what JavaScript needs of the C side. Made by generate.js; never edit it.\n */\n',
    ...lists,
    constant('NET_ERROR_*: what a function of C returns', 'ERRORS', errors),
    constant('LIMIT_*: what net_limit() answers', 'LIMITS', limits),
    constant(
      'The distributions that biases may have',
      'BIAS_DISTRIBUTIONS',
      choose('DISTRIBUTION', (value) => wasm.bias_accepts(value, numberOf('MODE_VALUE')), kebab),
    ),
    constant(
      'The modes that a rule of biases may have',
      'BIAS_MODES',
      choose('MODE', (value) => wasm.bias_accepts(numberOf('DISTRIBUTION_CONSTANT'), value), snake),
    ),
    constant(
      'The activations',
      'ACTIVATIONS',
      activations.map(({ name }) => name),
    ),
    constant(
      'The activations that have a parameter: its name in a spec, its default and its range',
      'PARAMETERS',
      Object.fromEntries(
        activations
          .filter(({ parameter }) => parameter)
          .map(({ name, parameter, given, least, most }) => [name, { name: parameter, given, least, most }]),
      ),
    ),
    constant(
      'The activations for which phi(c z) = c phi(z), c > 0',
      'HOMOGENEOUS',
      activations.filter((_, i) => isHomogeneous((z) => wasm.activation_value(i, NaN, z))).map(({ name }) => name),
    ),
    constant(
      'The activations that are 0 for every z < 0, and above 0 for every z > 0',
      'RECTIFIERS',
      activations.filter((_, i) => isRectifier((z) => wasm.activation_value(i, NaN, z))).map(({ name }) => name),
    ),
    constant(
      'The schemes that only the full module has: matrices as a whole, rules of single libraries, and those with a mean',
      'FULL_SCHEMES',
      schemes.filter(({ isOfFull }) => isOfFull).map(({ name }) => name),
    ),
    constant(
      'The schemes that may be a truncated normal, which takes a cut',
      'CUT_SCHEMES',
      schemes.filter(({ name, isTruncated }) => isTruncated || name === 'variance-scaling').map(({ name }) => name),
    ),
    constant(
      'The schemes: name, group in the menu, and where the reader may choose its number, the name and default of that',
      'SCHEMES',
      schemes.map(({ name, group, numberName, number }) => ({
        name,
        group,
        ...(numberName && { value: numberName, given: number }),
      })),
    ),
  ].join('\n');
}

/** Writes a file that is made, and says so, unless it is up to date already. @param {string} name in this folder
 * @param {string} text */
export async function writeMade(name, text) {
  const file = new URL(name, import.meta.url);
  const old = await readFile(file, 'utf8').catch(() => '');
  if (old === text) return;
  await writeFile(file, text);
  console.log(`web/engine/${name} has changed: commit it`);
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href)
  await writeMade('tables.js', generate(await readFile(HEADER, 'utf8'), await instantiate()));
