/**
 * Runs random networks in WebAssembly for some seconds, and at least 10,000 of them. Memory must then be what it was
 * after 100. Run it by `./build.sh soak`, which passes --expose-gc. It checks no results.
 *
 * WebAssembly's memory does not grow, so a leak does not show in its size. It shows in the address of the next network:
 * the allocator takes the first gap that fits, so a leak moves that address up. For JavaScript, the heap is measured
 * after a collection.
 */
import { loadEngine } from '../../web/engine/engine.js';
import { randomSpec } from './cases.js';

const RUNS = 10000;
const EARLY = 100;
const SLACK = 2 << 20; // bytes; compiled code and inline caches of JavaScript may still settle

const KINDS = [['conv'], ['conv', 'conv'], ['conv', 'average'], ['conv', 'flatten', 'flatten']];

const seconds = Number(process.argv[2] ?? 300);

/** @type {any} the exports of the engine's own module, caught as it starts */
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

/** The address of the next network, and the size of the JavaScript heap in bytes. */
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
  `the JavaScript heap is ${(late.heap / 2 ** 20).toFixed(1)} MiB, and was ${(early.heap / 2 ** 20).toFixed(1)}`,
);
if (late.net !== early.net || late.heap > early.heap + SLACK) {
  console.error('soak: memory has leaked');
  process.exitCode = 1;
}
