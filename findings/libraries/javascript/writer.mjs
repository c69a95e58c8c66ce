// writer.mjs: writes what a JavaScript library drew to the folder that rows.py reads; the folder is the program's argument.
// No library is named here, and no statistics of tensors are computed here.
import { appendFileSync, writeFileSync } from 'node:fs';

const folder = process.argv[2];
const LEAST_VALUES = 200_000;
const LEAST_CONSTANTS = 2_000; // where all values are the same
const SEEDS = 20;
const DEPTH = 10;
export const WIDTH = 256;
const BATCH = 256;

let files = 0;

/**
 * A tensor.
 * @param {string} call as a user writes it
 * @param {string} kind of the layer: a key of FANS in rows.py, or 'other'
 * @param {string} name of the tensor in the library
 * @param {number[]} shape
 * @param {() => ArrayLike<number>} draw a new tensor, its values in the order of the shape
 * @param {boolean} fixed whether the library draws alike whatever the sizes
 */
export function tensor(call, kind, name, shape, draw, fixed = false) {
  const size = shape.reduce((product, n) => product * n, 1);
  const file = `${files++}.bin`;
  let count = 0;
  let first;
  let varies = false;
  while (count < (varies ? LEAST_VALUES : LEAST_CONSTANTS)) {
    const values = Float32Array.from(draw());
    if (values.length !== size) throw new Error(`${call}, ${name}: ${values.length} values, not ${size}`);
    first ??= values[0];
    varies ||= values.some((value) => value !== first);
    appendFileSync(`${folder}/${file}`, values);
    count += size;
  }
  const line = [call, kind, name, shape.join('x'), file, ...(fixed ? ['fixed'] : [])];
  appendFileSync(`${folder}/manifest.tsv`, `${line.join('\t')}\n`);
}

/**
 * The network of ten ReLU layers.
 * @param {string} call as a user writes it
 * @param {(inputs: Float32Array[]) => ArrayLike<number>[][]} outputs for a new network, and inputs drawn from N(0, 1):
 * the activations of each layer, an array a sample
 */
export function network(call, outputs) {
  const lines = Array.from({ length: SEEDS }, () => {
    const layers = outputs(Array.from({ length: BATCH }, () => Float32Array.from({ length: WIDTH }, normal)));
    if (layers.length !== DEPTH) throw new Error(`${layers.length} layers`);
    return layers.map((samples) => rms(samples)).join(' ');
  });
  writeFileSync(`${folder}/network.tsv`, `${call}\n${lines.join('\n')}\n`);
}

/**
 * Outputs for `network`, where the library's own pass gives no activations of hidden layers, or takes minutes: its
 * weights and biases are multiplied here.
 * @param {() => { weights: ArrayLike<number>[], biases: ArrayLike<number> }[]} layers of a new network; a row of weights a unit
 * @returns {(inputs: Float32Array[]) => Float64Array[][]}
 */
export function multiply(layers) {
  return (inputs) => {
    /** @type {ArrayLike<number>[]} */
    let samples = inputs;
    return layers().map(({ weights, biases }) => {
      samples = samples.map((sample) =>
        Float64Array.from(weights, (row, unit) => {
          let sum = biases[unit];
          for (let i = 0; i < row.length; i++) sum += row[i] * sample[i];
          return Math.max(0, sum);
        }),
      );
      return samples;
    });
  };
}

/** A number from N(0, 1), by Box and Muller. */
function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

/** @param {ArrayLike<number>[]} samples */
function rms(samples) {
  let sum = 0;
  let count = 0;
  for (const sample of samples) {
    for (let i = 0; i < sample.length; i++) sum += sample[i] * sample[i];
    count += sample.length;
  }
  return Math.sqrt(sum / count);
}
