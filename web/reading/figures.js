/**
 * figures.js: the figures of a layer for the page's table, as text. A measured figure and its prediction use the same
 * measure, so that readers can compare them. A dash stands where a figure is missing or theory does not apply.
 *
 * Pure. The names of the figures are in locales/.
 */

import { hasWeights } from '../engine/kinds.js';
import { words } from '../locales/words.js';
import { MARGINAL } from './thresholds.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */

const number = (/** @type {number} */ value) => words.number(value);
const percent = (/** @type {number} */ share) => words.percent(share);

/** @param {number | null | undefined} value */
const maybe = (value) => number(value ?? Number.NaN);

/** The std; without a mean, the rms. @param {number | undefined} square mean square @param {number} [mean] */
const stdOf = (square, mean = 0) => (square === undefined ? '–' : number(Math.sqrt(Math.max(0, square - mean * mean))));

/** @param {number} [layers] negative where a deviation grows */
const depthScale = (layers = Number.NaN) => number(Math.abs(layers) > MARGINAL ? Infinity : layers);

/** Whether every q is a fixed point, as for ReLU with He.
 * @param {import('../engine/engine.js').FixedPoint} fixedPoint */
const isAny = ({ q, lengthDepth }) => q > 0 && Math.abs(lengthDepth) > MARGINAL;

/** Writes each figure. The names, and the order of the rows, are those of words.FIGURE_NAMES.
 * @type {Record<keyof import('../locales/words.js').Words['FIGURE_NAMES'], (layer: Layer) => string>} */
export const FIGURES = {
  tries: ({ tries }) => String(tries ?? '–'),
  gain: (layer) => number(layer.gain),
  fanIn: (layer) => words.count(layer.fanIn),
  fanOut: (layer) => words.count(layer.fanOut),
  schemeStd: (layer) => maybe(layer.std),
  weightsStd: ({ weights }) => maybe(weights?.std),
  zRms: (layer) => number(layer.preactivations.rms),
  zRmsTheory: (layer) => stdOf(layer.theory?.zSquare),
  zInterior: ({ places }) => maybe(places?.interiorRms),
  zBorder: ({ places }) => maybe(places?.borderRms),
  correlation: (layer) => maybe(layer.correlation),
  correlationTheory: (layer) => maybe(layer.theory?.zCorrelation),
  aMean: (layer) => number(layer.activations.mean),
  aStd: (layer) => number(layer.activations.std),
  aStdTheory: ({ theory }) => stdOf(theory?.aSquare, theory?.aMean),
  aRms: (layer) => number(layer.activations.rms),
  aMin: (layer) => number(layer.activations.min),
  aMax: (layer) => number(layer.activations.max),
  zeros: (layer) => percent(layer.activations.zeros),
  saturated: (layer) => percent(layer.activations.saturated),
  meanSlope: (layer) => maybe(layer.meanSlope),
  nonFinite: (layer) => percent(layer.activations.nonFinite / layer.activations.size),
  dead: (layer) => percent(layer.activations.dead),
  deltaRms: (layer) => maybe(layer.deltas?.rms),
  deltaRmsTheory: (layer) => stdOf(layer.backTheory?.deltaSquare),
  gradientRms: (layer) => maybe(layer.weightGradients?.rms),
  gradientRmsTheory: (layer) => stdOf(layer.backTheory?.gradientSquare),
  weightSquare: (layer) => number(layer.trueFanIn * layer.std ** 2),
  q: ({ fixedPoint }) => (fixedPoint && isAny(fixedPoint) ? words.WORDS.anyLength : maybe(fixedPoint?.q)),
  chi: ({ fixedPoint }) => maybe(fixedPoint?.chi),
  lengthDepth: ({ fixedPoint }) => depthScale(fixedPoint?.lengthDepth),
  correlationDepth: ({ fixedPoint }) => depthScale(fixedPoint?.correlationDepth),
};

/** Figures for a second look: theory and the backward pass. They are in a fold. */
export const FURTHER = [
  'zRmsTheory',
  'correlation',
  'correlationTheory',
  'aStdTheory',
  'meanSlope',
  'deltaRms',
  'deltaRmsTheory',
  'gradientRms',
  'gradientRmsTheory',
  'weightSquare',
  'q',
  'chi',
  'lengthDepth',
  'correlationDepth',
];

/** Some figures are shown only for some layers; all others for every layer.
 * @type {Record<string, (layer: Layer) => boolean>} */
export const SPEAKS_OF = {
  ...Object.fromEntries(
    ['fanIn', 'fanOut', 'schemeStd', 'weightsStd', 'gradientRms', 'gradientRmsTheory', 'weightSquare'].map((key) => [
      key,
      hasWeights,
    ]),
  ),
  tries: ({ tries }) => tries !== undefined,
  gain: ({ tries }) => tries !== undefined,
  zInterior: ({ places }) => places !== null,
  zBorder: ({ places }) => places !== null,
};
