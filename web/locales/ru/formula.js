/*
 * The words in formulas (../../formula.js), in Russian.
 */

/** What is not a sentence: names of numbers, and what stands beside them. */
export const SYMBOLS = {
  gain: 'g',
  value: 'вес',
  bound: 'граница',
  mean: 'среднее',
  share: 'доля',
  depth: 'глубина',
  parent: 'исходное σ',
  given: 'задано',
  timesGiven: 'усиление g, умноженное на заданное',
  afterCut: 'std после усечения',
  cutBeyond: 'усечение на ±2: дальше любых значений',
  everyWeight: 'все веса',
  notCentred: 'не центрировано',
  entry: 'Var элемента',
  diagonal: 'на диагонали, вне её 0',
  stdOfAll: 'std всех',
  taken: 'взято вместо std',
  weightsOnly: 'только веса',
};

/** Who counted the fans of a kernel, if not truly. @type {Record<string, string>} */
const COUNTERS = { pytorch: 'как в PyTorch', keras: 'как в Keras', jax: 'как в JAX', channels: 'только по каналам' };

export const FORMULA = {
  cut: (/** @type {string} */ edge) => `усечение на ${edge}`,
  orthonormal: (/** @type {boolean} */ rows) => `ортонормированные ${rows ? 'строки' : 'столбцы'}`,
  zeros: (/** @type {number} */ zeros, /** @type {number} */ all) => `из ${all} весов входа нулевых ${zeros}`,
  rest: (/** @type {string} */ std) => `остальные: нормальные, std ${std}`,
  /** @param {string} fans whose count @param {number} fanIn @param {number} fanOut @param {number} trueIn
   * @param {number} trueOut */
  counted: (fans, fanIn, fanOut, trueIn, trueOut) =>
    `счёт ${COUNTERS[fans]}: ${fanIn} и ${fanOut}; на деле ${trueIn} и ${trueOut}`,
  normalBias: (/** @type {string} */ std) => `b: нормальные, std σ_b = ${std}, задано`,
  uniformBias: (/** @type {string} */ bound) => `b: равномерные, |b| < 1 / √fan_in = ${bound}`,
};
