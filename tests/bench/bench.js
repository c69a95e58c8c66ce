/*
 * The benchmark, run by `./build.sh bench` once all is built: collects what the parts measure, prints it as markdown
 * and writes it to RESULTS.md. Some minutes, on a machine that had better do nothing else.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '../../web/engine.js';
import { instantiate } from '../../web/wasm.js';
import { agree, ours, peers, startPeer } from './experiment.js';
import { extremes, growth } from './growth.js';
import { draw, multiply, observe } from './loops.js';
import { inChromium } from './page.js';
import { figure, report } from './report.js';
import { alternate } from './timing.js';

const ROUNDS = 15;

const require = createRequire(import.meta.url);
const here = (/** @type {string} */ path) => new URL(path, import.meta.url);
const built = async (/** @type {string} */ name) => instantiate(await readFile(here(`../../build/bench/${name}.wasm`)));

/** @param {string} name @param {() => any} measure */
async function part(name, measure) {
  const begun = performance.now();
  const result = await measure();
  console.error(`${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  return result;
}

const [engine, wasm, plain] = await Promise.all([loadEngine(), built('bench'), built('scalar')]);
const backend = require('@tensorflow/tfjs-backend-wasm');
const path = fileURLToPath(here('node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
const tf = await startPeer(require('@tensorflow/tfjs-core'), backend, path);

const [{ model }] = cpus();
const begun = loadavg()[0];
const node = await part('experiment', () => {
  agree(engine, tf);
  return alternate(
    { ours: () => ours(engine), peer: () => peers(tf), peerWithout: () => peers(tf, false) },
    { rounds: ROUNDS, most: 1 },
  );
});
const found = {
  node,
  products: await part('multiply', () => multiply(wasm, tf)),
  draws: await part('draw', () => draw(wasm, plain, tf)),
  observed: await part('observe', () => observe(wasm, tf)),
  growth: await part('growth', () => growth(engine, wasm)),
  extremes: await part('extremes', () => extremes(engine, wasm)),
  page: await part('page', () => inChromium(ROUNDS)),
  date: new Date().toISOString().slice(0, 10),
};
const load = `load average ${figure(begun, 2)} before and ${figure(loadavg()[0], 2)} after`;
const versions = [
  `Node ${process.versions.node}`,
  `Chromium ${found.page.version}`,
  `Emscripten ${process.env.EMSCRIPTEN_VERSION}`,
  `tfjs ${tf.version_core}`,
];
const text = report({
  ...found,
  machine: `${model}, ${cpus().length} cores, ${load}`,
  versions: versions.join(', '),
});
await writeFile(here('RESULTS.md'), text);
console.log(text);
