/**
 * node.js: compares with TensorFlow.js in Node, and prints its figures as JSON. bench.js runs it several times, since
 * speed depends a little on where a process happens to place its code.
 *
 * The work itself is in experiment.js and loops.js.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '../../web/engine/engine.js';
import { instantiate } from '../../web/engine/instance.js';
import { agree, ours, oursAll, peers, startPeer } from './experiment.js';
import { draw, multiply, observe } from './loops.js';
import { alternate } from './timing.js';

const ROUNDS = 7;

const require = createRequire(import.meta.url);
const here = (/** @type {string} */ path) => new URL(path, import.meta.url);
const built = async (/** @type {string} */ name) => instantiate(await readFile(here(`../../build/bench/${name}.wasm`)));

const [engine, wasm, plain] = await Promise.all([loadEngine(), built('bench'), built('scalar')]);
const backend = require('@tensorflow/tfjs-backend-wasm');
const path = fileURLToPath(here('node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
const tf = await startPeer(require('@tensorflow/tfjs-core'), backend, path);

agree(engine, tf);
const contestants = {
  ours: () => ours(engine),
  oursAll: () => oursAll(engine),
  peer: () => peers(tf),
  peerWithout: () => peers(tf, false),
};
const node = alternate(contestants, { rounds: ROUNDS, most: 1 });
const loops = { products: multiply(wasm, tf), draws: draw(wasm, plain, tf), observed: observe(wasm, tf) };
console.log(JSON.stringify({ node, ...loops, tfjs: tf.version_core }));
