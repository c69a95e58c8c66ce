/**
 * network-measure.js: runs the network of ten ReLU layers with each library's default, over some seeds, in small steps, so
 * that the page can respond in between.
 *
 * Pure but for the engine that it is handed. Defaults that draw the same run once. network-figure.js shows the numbers.
 */
import { denseOf, specOfNetwork } from './library-choice.js';

/** @typedef {import('../engine/library-tables.js').Default} Default */
/** @typedef {Pick<import('../engine/engine.js').Engine, 'schemes' | 'steps'>} Engine */

export const SEEDS = 8;

/** What has been measured: the rms of the ten layers, seed after seed, by keyOf. @typedef {Map<string, number[][]>} Known */

/** What tells apart the networks of two defaults. @param {Default} row of a dense layer */
export const keyOf = ({ scheme, number, bias }) => [scheme, number, bias].join(' ');

/** The defaults that draw different networks. @param {readonly string[]} libraries */
export const differing = (libraries) => [
  ...new Map(libraries.flatMap((name) => denseOf(name) ?? []).map((row) => [keyOf(row), row])).values(),
];

/** @param {Engine} engine @param {any} spec @returns {Generator<void, number[], void>} rms of the activations by layer */
function* rmsOf(engine, spec) {
  const rms = [];
  for (const step of engine.steps(spec, true)) {
    if (typeof step !== 'number' && 'activations' in step) rms.push(step.activations.rms);
    yield;
  }
  return rms;
}

/**
 * Measures all networks: the first seed of each comes before the second of any.
 * @param {Engine} engine
 * @param {readonly Default[]} rows
 * @param {Known} known filled
 * @returns {Generator<void, void, void>}
 */
export function* measureAll(engine, rows, known) {
  for (let seed = 1; seed <= SEEDS; seed++) {
    for (const row of rows) {
      const rms = yield* rmsOf(engine, specOfNetwork(row, engine.schemes, seed));
      known.set(keyOf(row), [...(known.get(keyOf(row)) ?? []), rms]);
    }
  }
}

/**
 * The mean over the seeds, and the std, of each layer.
 * @param {number[][]} runs
 * @returns {{ means: number[], stds: number[] }} stds: 0 for a single seed
 */
export function summarize(runs) {
  const layers = runs[0].map((_, i) => runs.map((run) => run[i]));
  const means = layers.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const stds = layers.map((values, i) => {
    const square = values.reduce((sum, value) => sum + (value - means[i]) ** 2, 0);
    return Math.sqrt(square / Math.max(1, values.length - 1));
  });
  return { means, stds };
}
