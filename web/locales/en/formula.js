/**
 * formula.js: the words in formulas, in English. Some symbols are words too, because another language may write them
 * differently. The formulas themselves are in reading/formula.js.
 */
import { countedWords } from './choices.js';
import { count } from './numbers.js';

/** Names of numbers, and short remarks next to them. */
export const SYMBOLS = {
  gain: 'gain',
  value: 'value',
  bound: 'bound',
  mean: 'mean',
  share: 'sparsity',
  depth: 'depth',
  blocks: 'blocks',
  parent: 'σ before the cut',
  given: 'given',
  timesGiven: 'gain × given',
  afterCut: 'std after the cut',
  cutBeyond: 'cut at ±2, beyond any value',
  everyWeight: 'all weights',
  notCentred: 'not centred',
  entry: 'Var of an entry',
  diagonal: 'on the diagonal, 0 elsewhere',
  stdOfAll: 'std of all weights',
  taken: 'variance passed as std',
  weightsOnly: 'weights only',
  spikeAtCut: 'one weight in 2²⁴ is exactly −2',
};

export const FORMULA = {
  cut: (/** @type {string} */ edge) => `cut at ${edge}`,
  orthonormal: (/** @type {boolean} */ rows) => `orthonormal ${rows ? 'rows' : 'columns'}`,
  zeros: (/** @type {number} */ zeros, /** @type {number} */ all) =>
    `${count(zeros)} of ${count(all)} weights per input are 0`,
  spikeAt0: (/** @type {string} */ share) => `a share of ${share} is exactly 0`,
  unitSum: (/** @type {string} */ sum) => `in each unit, the absolute weights sum to ${sum}`,
  rest: (/** @type {string} */ std) => `the rest: normal, std ${std}`,
  /** @param {string} fans a convention other than 'true' @param {number} fanIn @param {number} fanOut
   * @param {number} trueIn @param {number} trueOut */
  counted: (fans, fanIn, fanOut, trueIn, trueOut) =>
    `fans ${countedWords(fans)}: ${count(fanIn)} and ${count(fanOut)}; true: ${count(trueIn)} and ${count(trueOut)}`,
  normalBias: (/** @type {string} */ std) => `b: normal, std σ_b = ${std}, given`,
  uniformBias: (/** @type {string} */ bound) => `b: uniform, |b| < 1 / √fan_in = ${bound}`,
};

/** @param {string} paper as the engine cites it */
export const paperWords = (paper) => paper;
