/**
 * loops.js: times the engine's inner loops by themselves, in Node: multiply, draw, observe. Each is compared with
 * TensorFlow.js, and with the machine's ceiling or with plain C.
 *
 * Results are checked against a second computation before anything is timed. Whole networks are in experiment.js.
 */
import assert from 'node:assert/strict';
import { statistics } from './experiment.js';
import { alternate } from './timing.js';

/** The products: (batch, depth) times (depth, cols). */
const PRODUCTS = [
  [1, 512, 512],
  [16, 512, 512],
  [64, 256, 256],
  [256, 512, 512],
  [256, 2048, 2048],
];

/** The layout of a block, of c/layout.h, that a product is checked by: slabs of (rows, slab). */
const BLOCK = { rows: 256, cols: 256, slab: 32 };

/** A view of a buffer of the module. @param {any} wasm @param {string} buffer @param {number} length */
const floats = (wasm, buffer, length) => new Float32Array(wasm.memory.buffer, wasm[buffer](), length);

/**
 * Checks a few numbers of a product against sums in double precision. Each sums `depth` terms of mean square 1.
 * @param {any} wasm
 * @param {number[]} size batch, depth, cols
 */
function checkProduct(wasm, [batch, depth, cols]) {
  wasm.bench_multiply(batch, depth, cols, 1);
  const [a, panels, z] = ['bench_a', 'bench_panels', 'bench_z'].map((name) => floats(wasm, name, 2048 ** 2));
  const size = BLOCK.rows * BLOCK.cols;
  for (const row of [0, batch - 1]) {
    for (const col of [0, 77, cols - 1]) {
      let sum = 0;
      for (let k = 0; k < depth; k++) {
        const block = (Math.floor(col / BLOCK.cols) * depth) / BLOCK.rows + Math.floor(k / BLOCK.rows);
        const slab = Math.floor((col % BLOCK.cols) / BLOCK.slab);
        const at = (slab * BLOCK.rows + (k % BLOCK.rows)) * BLOCK.slab + (col % BLOCK.slab);
        sum += a[row * depth + k] * panels[block * size + at];
      }
      // there are `depth` roundings, each of a sum below 5 sqrt(depth), and each by at most 2^-24 of it
      assert.ok(Math.abs(z[row * cols + col] - sum) < 5 * depth * 2 ** -24 * Math.sqrt(depth), `z[${row}, ${col}]`);
    }
  }
}

/**
 * Times the products, in GFLOP/s; flops are those of the plain product, 2 batch depth cols.
 * @param {any} wasm the exports of build/bench/bench.wasm
 * @param {any} tf
 */
export function multiply(wasm, tf) {
  wasm.bench_begin();
  return PRODUCTS.map((size) => {
    checkProduct(wasm, size);
    const [batch, depth, cols] = size;
    const [x, w] = [tf.randomNormal([batch, depth]), tf.randomNormal([depth, cols])];
    const { ms, ratio } = alternate({
      ours: (times) => wasm.bench_multiply(batch, depth, cols, times),
      peer: (times) => {
        for (let i = 0; i < times; i++) tf.matMul(x, w).dispose();
      },
      ceiling: (times) => wasm.bench_ceiling(0.5, times * 1000),
    });
    tf.dispose([x, w]);
    const [flops, ceilingFlops] = [2 * batch * depth * cols, 1000 * wasm.bench_ceiling_flops()];
    const share = (ratio.ceiling * flops) / ceilingFlops;
    const [ours, peer] = [ms.ours, ms.peer].map((time) => flops / time / 1e6);
    return { size, ours, peer, ratio: ratio.peer, ceiling: ceilingFlops / ms.ceiling / 1e6, share };
  });
}

/**
 * Checks that both generators draw the same numbers, up to the rounding of plain C.
 * @param {any} wasm
 * @param {any} plain
 */
function checkDraws(wasm, plain) {
  for (const [distribution, least] of Object.entries({ normal: 1e-5, uniform: 1e-7 })) {
    wasm[`bench_${distribution}`](7, 1);
    plain[`scalar_${distribution}`](7, 1);
    const [mine, theirs] = [floats(wasm, 'bench_drawn', 16384), floats(plain, 'scalar_drawn', 16384)];
    const far = mine.findIndex((value, i) => !(Math.abs(value - theirs[i]) <= least));
    assert.equal(far, -1, `${distribution} ${far}: ${mine[far]} is not ${theirs[far]}`);
  }
}

/** How many values are drawn at once: 256 x 512 weights. */
const VALUES = 2 ** 17;

/**
 * Times the generators, in nanoseconds a value.
 * @param {any} wasm
 * @param {any} plain the exports of build/bench/scalar.wasm
 * @param {any} tf
 */
export function draw(wasm, plain, tf) {
  checkDraws(wasm, plain);
  const [values, blocks] = [VALUES, VALUES / wasm.bench_draw_values()];
  /** @param {string} call */
  const ofPeer = (call) => (/** @type {number} */ times) => {
    for (let i = 0; i < times; i++) tf[call]([values]).dispose();
  };
  return [
    ['normal', 'randomNormal'],
    ['uniform', 'randomUniform'],
  ].map(([distribution, call]) => {
    const { ms, ratio } = alternate({
      ours: (times) => wasm[`bench_${distribution}`](1, times * blocks),
      plain: (times) => plain[`scalar_${distribution}`](1, times * blocks),
      peer: ofPeer(call),
    });
    const [ours, peer, slow] = [ms.ours, ms.peer, ms.plain].map((time) => (time * 1e6) / values);
    return { distribution, ours, peer, ratio: ratio.peer, plain: slow, plainRatio: ratio.plain };
  });
}

/** The shapes in which the engine observes values: a panel of weights, rows of a tensor. */
const TILES = [
  { what: 'a panel of weights, 256 x 8', rows: 256, cols: 8 },
  { what: 'a tensor, 256 x 512', rows: 256, cols: 512 },
];

/** Times moments and histogram, in nanoseconds a value. @param {any} wasm @param {any} tf */
export function observe(wasm, tf) {
  wasm.bench_begin();
  const x = tf.randomNormal([256, 512]);
  const rows = TILES.map(({ what, rows, cols }) => {
    const { ms, ratio } = alternate({
      ours: (times) => wasm.bench_stats(rows, cols, times),
      peer: (times) => {
        for (let i = 0; i < times; i++) statistics(tf, x);
      },
    });
    const [ours, peer] = [ms.ours, ms.peer].map((time) => (time * 1e6) / wasm.bench_stats_values());
    return { what, ours, peer, ratio: ratio.peer };
  });
  assert.equal(wasm.bench_stats_counted(), wasm.bench_stats_values());
  x.dispose();
  return rows;
}
