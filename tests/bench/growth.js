/**
 * growth.js: how the cost of a network grows with depth, width and batch, in Node. The costs are the time of a forward
 * pass, and the bytes that a network holds.
 *
 * It also runs the largest network to its end, and looks for leaks. It does not compare with TensorFlow.js.
 */
import { checkSpec, stack } from '../../web/engine/spec.js';
import { readTables, startNet } from '../../web/engine/wasm.js';
import { exponent, median } from './timing.js';

const BASE = { depth: 20, width: 256, batch: 64 };

/** What is varied. Widths are swept at a smaller depth, to save time. */
const SWEEPS = [
  { name: 'depth', values: [1, 2, 5, 10, 20, 50, 100], base: BASE },
  { name: 'width', values: [16, 64, 256, 512, 1024, 2048, 4096], base: { ...BASE, depth: 4 } },
  { name: 'batch', values: [1, 4, 16, 64, 256, 1024], base: BASE },
];
/** The most rounds of a point. */
const MOST_ROUNDS = 7;

/** Milliseconds after which a point gets no more rounds. */
const ENOUGH = 600;

/** How many points at the end of a sweep its exponents are fitted to: earlier points are mostly fixed cost. */
const FITTED = 4;

const RUNS = 1000;
const LARGEST = { depth: 100, width: 2048, batch: 64 };

/** @param {typeof BASE} size @param {boolean} [backward] @returns {import('../../web/engine/spec.js').Spec} */
const specOf = ({ depth, width, batch }, backward = false) => ({
  layers: stack({ kind: 'dense', depth, width }),
  scheme: 'he-normal',
  batch,
  backward,
});

/** The median time of a run, in milliseconds. @param {import('../../web/engine/engine.js').Engine} engine
 * @param {typeof BASE} size */
function timeOf(engine, size) {
  const spec = specOf(size);
  const samples = [];
  for (const begun = performance.now(); samples.length < MOST_ROUNDS; ) {
    const start = performance.now();
    engine.run({ ...spec, seed: samples.length });
    samples.push(performance.now() - start);
    if (performance.now() - begun > ENOUGH && samples.length > 1) break;
  }
  return median(samples);
}

/**
 * The bytes that a network holds.
 * @param {any} wasm the exports of build/bench/bench.wasm
 * @param {typeof BASE} size
 * @param {boolean} backward
 * @param {boolean} [whole] whether to run it to the end first
 */
function bytesOf(wasm, size, backward, whole = false) {
  const tables = readTables(wasm);
  const memory = { current: () => wasm, fit: () => wasm, double: () => false }; // the module of the benchmark has room for all of them
  const { net } = startNet(memory, tables, checkSpec(tables, specOf(size, backward)));
  if (whole) while (wasm.net_step(net) > 0 || (backward && wasm.net_back(net) > 0));
  const bytes = wasm.bench_net_bytes(net);
  wasm.net_free(net);
  return bytes;
}

/**
 * Measures the points of each sweep, and fits exponents to the last ones.
 * @param {import('../../web/engine/engine.js').Engine} engine @param {any} wasm
 */
export function growth(engine, wasm) {
  return SWEEPS.map(({ name, values, base }) => {
    const points = values.map((value) => {
      const size = { ...base, [name]: value };
      return { value, ms: timeOf(engine, size), forward: bytesOf(wasm, size, false), back: bytesOf(wasm, size, true) };
    });
    const last = points.slice(-FITTED);
    /** @param {'ms' | 'forward' | 'back'} key */
    const fit = (key) => exponent(last.map((point) => [point.value, point[key]]));
    const fixed = Object.entries(base).filter(([key]) => key !== name);
    const exponents = { ms: fit('ms'), forward: fit('forward'), back: fit('back') };
    return { name, fixed: fixed.map((entry) => entry.join(' ')).join(', '), points, from: last[0].value, exponents };
  });
}

/**
 * Times the largest network, and measures by how many bytes the largest free block shrinks over many runs.
 * @param {import('../../web/engine/engine.js').Engine} engine @param {any} wasm
 */
export function extremes(engine, wasm) {
  const begun = performance.now();
  const { layers } = engine.run(specOf(LARGEST));
  const ms = performance.now() - begun;
  if (layers.length !== LARGEST.depth || !(layers[LARGEST.depth - 1].activations.rms > 0)) throw new Error('it died');
  wasm.bench_largest_free(); // the first call makes the allocator take all memory and merge its free blocks
  const free = wasm.bench_largest_free();
  for (let run = 0; run < RUNS; run++)
    bytesOf(wasm, { depth: 1 + (run % 20), width: 8, batch: 4 }, run % 2 === 1, true);
  const leaked = free - wasm.bench_largest_free();
  return { largest: LARGEST, ms, runs: RUNS, leaked };
}
