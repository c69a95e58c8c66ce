/**
 * layout.js: holds files to their floors, for `./build.sh check`. An import stays in its room or goes down a floor; no
 * files need each other in a circle; no two files share a name.
 *
 * It reads files as text: imports in web/, and in c/ includes and calls of functions. It looks at no tests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, normalize } from 'node:path';

/** The floors of web/, from the ground up. Rooms side by side on a floor do not see each other. */
const WEB_FLOORS = [
  ['engine', 'locales'],
  ['state', 'data'],
  ['reading'],
  ['run'],
  ['charts'],
  ['page'],
  ['lessons', 'libraries', 'phase', 'share', 'stack', 'training'],
  ['main.js'],
];

/** The floors of c/. Modules side by side on a floor may call each other, but not in a circle. */
const C_FLOORS = [
  ['layout', 'vec', 'vecmath', 'limits', 'heap', 'ln', 'quadrature'],
  ['rng', 'stats', 'distribution'],
  [
    'fans',
    'activations',
    'phi',
    'schemes',
    'moments',
    'products',
    'spread',
    'mix',
    'mix_given',
    'theory',
    'blocks',
    'hermite',
    'shifted',
    'defaults',
    'phase',
  ],
  ['rules', 'drawn', 'matrix', 'peculiar', 'gemm', 'turn', 'optimizer'],
  ['network', 'layer', 'region', 'observe', 'memory', 'kept', 'weights'],
  ['conv', 'loss', 'objective', 'input', 'linear'],
  ['predict', 'predict_blocks', 'predict_scaled', 'predict_shifted', 'net', 'resume'],
  ['build', 'format', 'report'],
  ['norm', 'pool', 'scaled', 'sum', 'transposed', 'train', 'unit'],
];

/**
 * @typedef {object} Arrow one file, or module of C, needs another
 * @property {string} from
 * @property {string} to
 * @property {boolean} [type] only for a type, which is gone when the code runs
 */

/** @param {string} folder @param {RegExp} ending @returns {string[]} paths */
const filesOf = (folder, ending) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name));

/** @param {string} text C or JavaScript */
const withoutComments = (text) => text.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, ' ');

/** @param {string} file @returns {Arrow[]} */
function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  const values = [...withoutComments(text).matchAll(/(?:\bfrom |\bimport ?\(?)'(\.[^']+)'/g)];
  const types = [...text.matchAll(/import\('(\.[^']+)'\)|@import .* from '(\.[^']+)'/g)];
  const arrow = (/** @type {string} */ target, /** @type {boolean} */ type) => ({
    from: file,
    to: normalize(join(dirname(file), target)),
    type,
  });
  return [...values.map(([, target]) => arrow(target, false)), ...types.map(([, a, b]) => arrow(a ?? b, true))].filter(
    ({ to }) => to.startsWith('web/') && to.endsWith('.js'),
  );
}

/** @param {string} file of web/ */
const roomOf = (file) => file.split('/')[1];

/** @param {string[][]} floors @param {string} name */
function floorOf(floors, name) {
  const floor = floors.findIndex((rooms) => rooms.includes(name));
  if (floor < 0) throw new Error(`tests/layout.js knows no floor for ${name}: add it to the table`);
  return floor;
}

/** The words of a locale speak of every room, so they may name the types of all. @param {Arrow} arrow */
function goesUpInWeb({ from, to, type }) {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there || (type && here === 'locales')) return false;
  return floorOf(WEB_FLOORS, here) <= floorOf(WEB_FLOORS, there);
}

/** @param {Arrow} arrow */
const goesUpInC = ({ from, to }) => floorOf(C_FLOORS, from) < floorOf(C_FLOORS, to);

const DEFINITION = /^(?!static)[a-z][\w *]*?\b(\w+)\([^;{}]*\)\s*\{/gm;
const STATIC_DEFINITION = /^static [^;={}]*?\b(\w+)\([^;{}]*\)\s*\{/gm;

/** A module of C needs those whose headers it includes, and those that define the functions it names. */
function arrowsOfC() {
  const files = filesOf('c', /\.[ch]$/).filter((file) => dirname(file) === 'c'); // not what stands in for others
  const sources = files.map((file) => {
    const text = readFileSync(file, 'utf8');
    // a header declares functions, and calls none that it does not include
    const code = file.endsWith('.c') ? withoutComments(text) : '';
    return { module: basename(file, extname(file)), text, code };
  });
  /** @type {Map<string, string>} the module of each function that others may call */
  const definedIn = new Map();
  for (const { module, code } of sources) {
    for (const [, name] of code.matchAll(DEFINITION)) definedIn.set(name, module);
  }
  const arrows = sources.flatMap(({ module, text, code }) => {
    const included = [...text.matchAll(/^#include "(\w+)\.h"/gm)].map(([, name]) => name);
    const own = new Set([...code.matchAll(STATIC_DEFINITION)].map(([, name]) => name));
    const named = [...code.matchAll(/\b[a-z]\w*(?=\()/g)].map(([name]) => name);
    const called = named.filter((name) => !own.has(name)).map((name) => definedIn.get(name) ?? '');
    return [...new Set([...included, ...called])].map((to) => ({ from: module, to }));
  });
  // the public surface is for everyone, and needs nobody
  return arrows.filter(({ from, to }) => to && from !== to && from !== 'initscope' && to !== 'initscope');
}

/** A circle of arrows, as the names along it, or null. @param {Arrow[]} arrows */
function findCircle(arrows) {
  /** @type {Map<string, string[]>} */
  const next = new Map();
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set();
  /** @param {string} name @param {string[]} path @returns {string[] | null} */
  function walk(name, path) {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return null;
    for (const to of next.get(name) ?? []) {
      const circle = walk(to, [...path, name]);
      if (circle) return circle;
    }
    done.add(name);
    return null;
  }
  for (const name of next.keys()) {
    const circle = walk(name, []);
    if (circle) return circle;
  }
  return null;
}

/** A locale's file is named after the room whose words it holds. @param {string[]} files */
function findTwins(files) {
  const names = files.filter((file) => roomOf(file) !== 'locales').map((file) => basename(file));
  return [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
}

const webFiles = filesOf('web', /\.js$/);
const webArrows = webFiles.flatMap(importsOf);
const cArrows = arrowsOfC();
const show = (/** @type {Arrow} */ { from, to, type }) => `${from} -> ${to}${type ? ' (a type)' : ''}`;
const faults = [
  ...webArrows.filter(goesUpInWeb).map((arrow) => `goes up: ${show(arrow)}`),
  ...cArrows.filter(goesUpInC).map((arrow) => `goes up: ${show(arrow)}`),
  ...[findCircle(webArrows.filter(({ type }) => !type)), findCircle(cArrows)].flatMap((circle) =>
    circle ? [`a circle: ${circle.join(' -> ')}`] : [],
  ),
  ...findTwins(webFiles).map((name) => `two files of web/ are called ${name}`),
];
for (const fault of faults) console.error(`layout: ${fault}`);
if (faults.length > 0) process.exit(1);
console.log(`layout: ${webArrows.length} imports of web/ and ${cArrows.length} of c/ stay on their floors`);
