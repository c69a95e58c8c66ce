/**
 * network-measure.js: measures the network of ten ReLU layers with each library's default, over some seeds. Defaults that
 * draw the same run once.
 *
 * What runs a network is handed to it (library-engine.js); network-figure.js shows the numbers.
 */
import { denseOf, specOfNetwork } from './library-choice.js';

/** @typedef {import('../engine/library-tables.js').Default} Default */

export const SEEDS = 8;

/** What has been measured: the rms of the ten layers, seed after seed, by keyOf. @typedef {Map<string, number[][]>} Known */

/** What tells apart the networks of two defaults. @param {Default} row of a dense layer */
export const keyOf = ({ scheme, number, gain, bias, biasNumber, biasFan }) =>
  [scheme, number, gain, bias, biasNumber, biasFan].join(' ');

/** The defaults that draw different networks. @param {readonly string[]} libraries */
const differing = (libraries) => [
  ...new Map(libraries.flatMap((name) => denseOf(name) ?? []).map((row) => [keyOf(row), row])).values(),
];

/** How many networks there are to measure. @param {readonly string[]} libraries */
export const countAll = (libraries) => SEEDS * differing(libraries).length;

/**
 * Measures all networks: the first seed of each comes before the second of any.
 * @param {(spec: any) => Promise<import('../engine/engine.js').PassedLayer[]>} run
 * @param {readonly import('../engine/spec.js').Scheme[]} schemes
 * @param {readonly string[]} libraries
 * @param {Known} known is filled
 * @param {() => void} [told] called when there is more
 */
export async function measureAll(run, schemes, libraries, known, told = () => {}) {
  const rows = differing(libraries);
  for (let seed = 1; seed <= SEEDS; seed++) {
    for (const row of rows) {
      const layers = await run(specOfNetwork(row, schemes, seed));
      const rms = layers.map(({ activations }) => activations.rms);
      known.set(keyOf(row), [...(known.get(keyOf(row)) ?? []), rms]);
      told();
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
