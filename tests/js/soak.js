/**
 * Runs random networks in WebAssembly for some seconds, and 10,000 of them at least: after them memory must be what it
 * was after 100. Run by `./build.sh soak`, with --expose-gc.
 *
 * WebAssembly's memory does not grow, so what is looked at is where the next network would lie (first fit: higher if
 * anything were kept), and whether the largest that there may be still starts; of JavaScript, the heap after collection.
 */
import { loadEngine } from '../../web/engine/engine.js';
import { randomSpec } from './cases.js';

const RUNS = 10000;
const EARLY = 100;
const SLACK = 2 << 20; // of a JavaScript heap: compiled code and inline caches settle

const KINDS = [['conv'], ['conv', 'conv'], ['conv', 'average'], ['conv', 'flatten', 'flatten']];

const seconds = Number(process.argv[2] ?? 300);

/** @type {any} the exports of the engine's own module, seen as it starts */
let wasm;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = /** @type {any} */ (
  async (/** @type {WebAssembly.Module} */ module, /** @type {WebAssembly.Imports} */ imports) => {
    const instance = await instantiate(module, imports);
    wasm = instance.exports;
    return instance;
  }
);
const engine = /** @type {any} */ (await loadEngine());
WebAssembly.instantiate = instantiate;

/** The address that the next network gets, and the bytes of the JavaScript heap. */
function memory() {
  const net = wasm.net_new(1, 1, 1, 1, 1, 0);
  wasm.net_free(net);
  /** @type {any} */ (globalThis).gc();
  return { net, heap: process.memoryUsage().heapUsed };
}

let early = { net: 0, heap: 0 };
let runs = 0;
const end = performance.now() + seconds * 1000;
while (runs < RUNS || performance.now() < end) {
  engine.run({ ...randomSpec(runs, KINDS[runs % KINDS.length]), backward: runs % 3 > 0 });
  if (++runs === EARLY) early = memory();
}
const late = memory();
console.log(
  `soak: after ${runs} runs the next network lies where it did after ${EARLY}, ${early.net}: ${late.net};`,
  `the heap of JavaScript is ${(late.heap / 2 ** 20).toFixed(1)} MiB, and was ${(early.heap / 2 ** 20).toFixed(1)}`,
);
if (late.net !== early.net || late.heap > early.heap + SLACK) {
  console.error('soak: memory was kept');
  process.exitCode = 1;
}
