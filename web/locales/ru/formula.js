/**
 * formula.js: the words in formulas, in Russian, and the citations of papers. The formulas themselves are in
 * reading/formula.js.
 */
import { countedWords } from './choices.js';
import { count } from './numbers.js';

/** Names of numbers, and short remarks next to them. */
export const SYMBOLS = {
  gain: 'g',
  value: 'значение',
  bound: 'граница',
  mean: 'среднее',
  share: 'доля нулей',
  depth: 'глубина',
  blocks: 'блоки',
  parent: 'σ до усечения',
  given: 'задано',
  timesGiven: 'усиление g × заданное',
  afterCut: 'std после усечения',
  cutBeyond: 'усечение на ±2, дальше любых значений',
  everyWeight: 'все веса',
  notCentred: 'не центрировано',
  entry: 'Var элемента',
  diagonal: 'на диагонали, вне её 0',
  stdOfAll: 'std всех весов',
  taken: 'дисперсия вместо std',
  weightsOnly: 'только веса',
  spikeAtCut: 'один вес из 2²⁴ равен ровно −2',
};

export const FORMULA = {
  cut: (/** @type {string} */ edge) => `усечение на ${edge}`,
  orthonormal: (/** @type {boolean} */ rows) => `ортонормированные ${rows ? 'строки' : 'столбцы'}`,
  zeros: (/** @type {number} */ zeros, /** @type {number} */ all) =>
    `из ${count(all)} весов каждого входа нулевых ${count(zeros)}`,
  spikeAt0: (/** @type {string} */ share) => `доля ${share} равна ровно 0`,
  unitSum: (/** @type {string} */ sum) => `сумма модулей весов каждого нейрона: ${sum}`,
  rest: (/** @type {string} */ std) => `остальные: нормальные, std ${std}`,
  /** @param {string} fans a convention other than 'true' @param {number} fanIn @param {number} fanOut
   * @param {number} trueIn @param {number} trueOut */
  counted: (fans, fanIn, fanOut, trueIn, trueOut) =>
    `подсчёт ${countedWords(fans)}: ${count(fanIn)} и ${count(fanOut)}; верно: ${count(trueIn)} и ${count(trueOut)}`,
  normalBias: (/** @type {string} */ std) => `b: нормальные, std σ_b = ${std}, задано`,
  uniformBias: (/** @type {string} */ bound) => `b: равномерные, |b| < 1 / √fan_in = ${bound}`,
};

/** Translates the English parts of a citation. @type {[RegExp, string][]} */
const CITED = [
  [/\bHe\b/g, 'Хе'],
  [/ & /g, ', '],
  [/ et al\./g, ' и др.'],
  [/\beq\. /g, 'формула '],
  [/\bsec\. /g, 'раздел '],
  [/\btable /g, 'табл. '],
  [/\bafter /g, 'по '],
  [/ and /g, ' и '],
  [/ = (\d+)\.(\d+)/g, ' = $1,$2'],
];

/** @param {string} paper as the engine cites it */
export const paperWords = (paper) => CITED.reduce((text, [english, own]) => text.replace(english, own), paper);
