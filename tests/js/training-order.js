/**
 * training-order.js: which examples each step of a training takes, as the engine itself shows it: the input codes the
 * number of its example, and a rate of 0 keeps all else still. It draws no order of its own.
 */

/** @param {any} engine @param {number} seed @param {number} batch @param {number[]} codes one for each example
 * @param {number} steps @returns {number[]} the mean code of each step */
function meansOf(engine, seed, batch, codes, steps) {
  const training = engine.training(
    { layers: [{ kind: 'dense', inputs: 1, units: 2 }], scheme: 'zeros', batch, seed },
    { data: { inputs: Float32Array.from(codes), labels: new Uint8Array(codes.length) }, rate: 0 },
  );
  const means = Array.from({ length: steps }, () => training.step(true).layers[0].input.mean);
  training.end();
  return means;
}

/** The first examples of the row of epochs, by number. @param {any} engine @param {number} seed
 * @param {number} n examples in all @param {number} length */
export function orderOf(engine, seed, n, length) {
  const numbers = Array.from({ length: n }, (_, i) => i);
  return meansOf(engine, seed, 1, numbers, length);
}

/** How often each example is in the batch of each step. The codes are powers of 4, so their sum tells, for up to 24
 * examples and as long as no example is there more than 3 times. @param {any} engine @param {number} seed
 * @param {number} n examples in all @param {number} batch @param {number} steps */
export function batchesOf(engine, seed, n, batch, steps) {
  const codes = Array.from({ length: n }, (_, i) => 4 ** i);
  return meansOf(engine, seed, batch, codes, steps).map((mean) => {
    const sum = Math.round(mean * batch);
    return codes.map((code) => Math.floor(sum / code) % 4);
  });
}
