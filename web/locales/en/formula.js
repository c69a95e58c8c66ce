/*
 * The words in formulas (../../formula.js), in English. Symbols that programs and papers share are words too: another
 * language may have its own.
 */

/** What is not a sentence: names of numbers, and what stands beside them. */
export const SYMBOLS = {
  gain: 'gain',
  value: 'value',
  bound: 'bound',
  mean: 'mean',
  share: 'share',
  depth: 'depth',
  parent: 'parent std σ',
  given: 'given',
  timesGiven: 'gain times what is given',
  afterCut: 'std after the cut',
  cutBeyond: 'cut at ±2, farther out than any value',
  everyWeight: 'every weight',
  notCentred: 'not centred',
  entry: 'Var of an entry',
  diagonal: 'on the diagonal, 0 elsewhere',
  stdOfAll: 'std of all',
  taken: 'taken for the std',
  weightsOnly: 'weights only',
};

/** Who counted the fans of a kernel, if not truly. @type {Record<string, string>} */
const COUNTERS = { pytorch: 'by PyTorch', keras: 'by Keras', jax: 'by JAX', channels: 'by the channels alone' };

export const FORMULA = {
  cut: (/** @type {string} */ edge) => `cut at ${edge}`,
  orthonormal: (/** @type {boolean} */ rows) => `orthonormal ${rows ? 'rows' : 'columns'}`,
  zeros: (/** @type {number} */ zeros, /** @type {number} */ all) => `${zeros} of the ${all} weights of an input are 0`,
  rest: (/** @type {string} */ std) => `the rest: normal of std ${std}`,
  /** @param {string} fans whose count @param {number} fanIn @param {number} fanOut @param {number} trueIn
   * @param {number} trueOut */
  counted: (fans, fanIn, fanOut, trueIn, trueOut) =>
    `counted ${COUNTERS[fans]}: ${fanIn} and ${fanOut}; truly ${trueIn} and ${trueOut}`,
  normalBias: (/** @type {string} */ std) => `b: normal of std σ_b = ${std}, given`,
  uniformBias: (/** @type {string} */ bound) => `b: uniform, |b| < 1 / √fan_in = ${bound}`,
};
