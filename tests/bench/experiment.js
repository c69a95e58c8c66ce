/**
 * experiment.js: the experiment of the benchmark, in Initscope and in TensorFlow.js: draw fresh weights, pass a batch
 * forward, and take each layer's mean, standard deviation and histogram. It runs in Node and in a page.
 *
 * TensorFlow.js runs the fastest way that we found: two means instead of tf.moments, and a histogram counted in
 * JavaScript instead of tf.bincount. Nothing is timed here.
 */
import { OBSERVABLE, stack } from '../../web/engine/spec.js';

export const DEPTH = 20;
export const WIDTH = 512;
export const BATCH = 256;
const BINS = 64;

let seed = 0;

/**
 * Runs the experiment in Initscope, whose histograms have 256 bins.
 * @param {import('../../web/engine/engine.js').Engine} engine
 * @param {string} [scheme]
 * @param {readonly string[]} [observe]
 */
export function ours(engine, scheme = 'he-normal', observe = ['activations']) {
  const layers = stack({ kind: 'dense', depth: DEPTH, width: WIDTH });
  const run = engine.run({ layers, activation: 'relu', scheme, batch: BATCH, seed: ++seed, observe });
  return run.layers.map(({ activations: { mean, std, counts } }) => ({ mean, std, counts }));
}

/** Runs it, observing all that a forward pass can. @param {import('../../web/engine/engine.js').Engine} engine */
export const oursAll = (engine) => ours(engine, undefined, OBSERVABLE);

/**
 * Runs the experiment in TensorFlow.js.
 * @param {any} tf with its backend started
 * @param {boolean} [histograms]
 */
export function peers(tf, histograms = true) {
  let a = tf.randomNormal([BATCH, WIDTH], 0, 1, 'float32', ++seed);
  const layers = [];
  for (let layer = 0; layer < DEPTH; layer++) {
    const below = a;
    a = tf.tidy(() => {
      const weights = tf.randomNormal([WIDTH, WIDTH], 0, Math.sqrt(2 / WIDTH), 'float32', ++seed);
      return tf.relu(tf.matMul(below, weights));
    });
    below.dispose();
    layers.push(statistics(tf, a, histograms));
  }
  a.dispose();
  return layers;
}

/** The statistics of a tensor in TensorFlow.js. @param {any} tf @param {any} x @param {boolean} [histograms] */
export function statistics(tf, x, histograms = true) {
  const [mean, variance] = tf.tidy(() => {
    const m = tf.mean(x);
    return [m.dataSync()[0], tf.mean(tf.square(tf.sub(x, m))).dataSync()[0]];
  });
  return { mean, std: Math.sqrt(variance), counts: histograms ? histogram(x.dataSync()) : null };
}

/** @param {Float32Array} values */
function histogram(values) {
  let [lo, hi] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < lo) lo = values[i];
    if (values[i] > hi) hi = values[i];
  }
  const scale = BINS / (hi - lo || 1);
  const counts = new Uint32Array(BINS);
  for (let i = 0; i < values.length; i++) counts[Math.min(BINS - 1, ((values[i] - lo) * scale) | 0)]++;
  return counts;
}

/**
 * Starts the backend of TensorFlow.js: WebAssembly with SIMD, in one thread.
 * @param {any} tf
 * @param {any} backend its package
 * @param {string} path of its modules, with a slash at the end
 * @throws where that backend does not run
 */
export async function startPeer(tf, backend, path) {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  backend.setWasmPaths(path);
  await tf.setBackend('wasm');
  await tf.ready();
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  if (tf.getBackend() !== 'wasm' || !simd) throw new Error('the peer does not run in WebAssembly with SIMD');
  return tf;
}

/**
 * Throws unless both find the same. The stds of two He networks of this size differ by some per cent.
 * @param {import('../../web/engine/engine.js').Engine} engine @param {any} tf
 */
export function agree(engine, tf) {
  const [mine, theirs] = [ours(engine), peers(tf)];
  mine.forEach(({ std, counts }, i) => {
    const ratio = std / theirs[i].std;
    if (!(ratio > 0.5 && ratio < 2)) throw new Error(`layer ${i + 1}: std is ${ratio} times the peer's`);
    for (const bins of [counts, theirs[i].counts ?? new Uint32Array()]) {
      const sum = bins.reduce((all, n) => all + n, 0);
      if (sum !== BATCH * WIDTH) throw new Error(`layer ${i + 1}: ${sum} values in a histogram of ${BATCH * WIDTH}`);
    }
  });
}
