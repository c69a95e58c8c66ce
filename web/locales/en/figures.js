/*
 * The figures of a layer and of the whole run, as tables: names in English, and how each is read and written. Measured
 * and predicted stand one under the other, the same of both; what is not there, or where theory does not apply, is a
 * dash.
 */
import { number, percent } from './numbers.js';

/** @import { Layer } from '../../client.js' */

/** @param {number | null | undefined} value */
const maybe = (value) => number(value ?? Number.NaN);

/** The std, or without a mean the rms. @param {number | undefined} square @param {number} [mean] */
const stdOf = (square, mean = 0) => (square === undefined ? '–' : number(Math.sqrt(Math.max(0, square - mean * mean))));

/** Scales beyond this many layers are as good as none: rounding makes them of an infinite one. */
const MARGINAL = 1e9;

/** @param {number} [layers] negative where a deviation grows */
const depthScale = (layers = Number.NaN) => number(Math.abs(layers) > MARGINAL ? Infinity : layers);

/** @param {Layer} layer */
const activationStd = ({ theory }) => stdOf(theory?.aSquare, theory?.aMean);

/**
 * Of the chosen layer; the last says of which layers there is such a figure, else of all.
 * @type {[name: string, text: (layer: Layer) => string, speaksOf?: (layer: Layer) => boolean][]}
 */
export const FIGURES = [
  ['fan_in', (layer) => String(layer.fanIn)],
  ['fan_out', (layer) => String(layer.fanOut)],
  ['W  std of the scheme', (layer) => number(layer.std)],
  ['W  std measured', (layer) => number(layer.weights.std)],
  ['z  rms', (layer) => number(layer.preactivations.rms)],
  ['z  rms, theory', (layer) => stdOf(layer.theory?.zSquare)],
  ['z  rms, interior', ({ places }) => maybe(places?.interiorRms), ({ places }) => places !== null],
  ['z  rms, where a border was felt', ({ places }) => maybe(places?.borderRms), ({ places }) => places !== null],
  ['z  correlation of inputs', (layer) => maybe(layer.correlation)],
  ['z  correlation, theory', (layer) => maybe(layer.theory?.zCorrelation)],
  ['a  mean', (layer) => number(layer.activations.mean)],
  ['a  std', (layer) => number(layer.activations.std)],
  ['a  std, theory', activationStd],
  ['a  rms', (layer) => number(layer.activations.rms)],
  ['a  min', (layer) => number(layer.activations.min)],
  ['a  max', (layer) => number(layer.activations.max)],
  ['a  exactly 0', (layer) => percent(layer.activations.zeros)],
  ['a  saturated', (layer) => percent(layer.activations.saturated)],
  ['φ′  mean slope', (layer) => maybe(layer.meanSlope)],
  ['a  not finite', (layer) => percent(layer.activations.nonFinite / layer.activations.size)],
  ['units dead for the batch', (layer) => percent(layer.activations.dead)],
  ['δ  rms', (layer) => maybe(layer.deltas?.rms)],
  ['δ  rms, theory', (layer) => stdOf(layer.backTheory?.deltaSquare)],
  ['dW  rms', (layer) => maybe(layer.weightGradients?.rms)],
  ['dW  rms, theory', (layer) => stdOf(layer.backTheory?.gradientSquare)],
  ['σ²w  true fan_in × Var(W)', (layer) => number(layer.trueFanIn * layer.std ** 2)],
  ['q*  where E z² leads', ({ fixedPoint }) => maybe(fixedPoint?.q)],
  ['χ  at q*, δ² per layer back', ({ fixedPoint }) => maybe(fixedPoint?.chi)],
  ['ξ  depth scale of q, layers', ({ fixedPoint }) => depthScale(fixedPoint?.lengthDepth)],
  ['ξ  of the correlation, layers', ({ fixedPoint }) => depthScale(fixedPoint?.correlationDepth)],
];

/** Of the whole run, for each network. @type {[name: string, text: (layer: Layer) => string][]} */
export const COLUMNS = [
  ['a mean', (layer) => number(layer.activations.mean)],
  ['a rms', (layer) => number(layer.activations.rms)],
  ['a std', (layer) => number(layer.activations.std)],
  ['theory', activationStd],
  ['0', (layer) => percent(layer.activations.zeros)],
  ['saturated', (layer) => percent(layer.activations.saturated)],
  ['dead', (layer) => percent(layer.activations.dead)],
  ['correlation', (layer) => maybe(layer.correlation)],
  ['δ rms', (layer) => maybe(layer.deltas?.rms)],
  ['dW rms', (layer) => maybe(layer.weightGradients?.rms)],
];
