/**
 * bench.js: the benchmark, run by `./build.sh bench` after a build. It runs the parts, prints their results as markdown
 * and writes them to RESULTS.md. It takes some minutes; the machine should do nothing else.
 *
 * It measures nothing itself: the parts do.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { loadEngine } from '../../web/engine/engine.js';
import { instantiate } from '../../web/engine/instance.js';
import { extremes, growth } from './growth.js';
import { figure } from './markdown.js';
import { inChromium } from './page.js';
import { report } from './report.js';
import { median } from './timing.js';

/** Processes that run node.js, or training.js, one after the other. */
const PROCESSES = 3;

/** Rounds of the experiment in Chromium. */
const ROUNDS = 15;

const here = (/** @type {string} */ path) => new URL(path, import.meta.url);

/** Runs a part, and says on stderr how long it took. @param {string} name @param {() => any} measure */
async function part(name, measure) {
  const begun = performance.now();
  const result = await measure();
  console.error(`${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  return result;
}

/** Merges results of one shape: each number becomes the median over the results. @param {any[]} all @returns {any} */
function middle([first, ...rest]) {
  if (typeof first === 'number') return median([first, ...rest]);
  if (typeof first !== 'object' || first === null) return first;
  const entries = Object.keys(first).map((key) => [key, middle([first, ...rest].map((one) => one[key]))]);
  return Array.isArray(first) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** The middle of what some processes print. @param {string} program */
const inNode = (program) =>
  middle(
    Array.from({ length: PROCESSES }, () =>
      JSON.parse(execFileSync(process.execPath, [fileURLToPath(here(program))], { encoding: 'utf8' })),
    ),
  );

/** Bytes of a part of the page, gzipped; NaN before it is built. @param {string} name */
const partBytes = (name) => {
  const path = here(`../../dist/${name}.js`);
  return existsSync(path) ? gzipSync(readFileSync(path), { level: 9 }).length : Number.NaN;
};

const engine = await loadEngine();
const wasm = await instantiate(await readFile(here('../../build/bench/bench.wasm')));
const [{ model }] = cpus();
const before = loadavg()[0];
const found = {
  ...(await part('Node', () => inNode('node.js'))),
  training: { ...(await part('training', () => inNode('training.js'))), bytes: partBytes('training') },
  growth: await part('growth', () => growth(engine, wasm)),
  extremes: await part('extremes', () => extremes(engine, wasm)),
  page: await part('page', () => inChromium(ROUNDS)),
};
const load = `load average ${figure(before, 2)} before and ${figure(loadavg()[0], 2)} after`;
const versions = [
  `Node ${process.versions.node}`,
  `Chromium ${found.page.version}`,
  `Emscripten ${process.env.EMSCRIPTEN_VERSION}`,
  `tfjs ${found.tfjs}`,
];
const text = report({
  ...found,
  date: new Date().toISOString().slice(0, 10),
  machine: `${model}, ${cpus().length} cores, ${load}`,
  versions: versions.join(', '),
});
await writeFile(here('RESULTS.md'), text);
console.log(text);
