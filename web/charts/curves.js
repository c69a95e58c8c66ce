/**
 * curves.js: the curves of the charts by depth, as numbers: for each network what was measured, what theory predicts, and
 * the band in which single networks lie.
 *
 * Nothing is drawn here. curve-drawing.js draws curves, on the axes of depth-chart.js.
 */
import { RECTIFIERS } from '../engine/tables.js';
import { LINES } from '../state/lines.js';
import { deadShare } from './density.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../run/reply.js').Network} Network */

/**
 * By layer, beginning with layer 0, the input. undefined: not computed yet, or theory does not apply. NaN: not finite.
 * @typedef {(number | undefined)[]} Values
 *
 * @typedef {object} Curve
 * @property {'A' | 'B' | 'ink'} letter names its colour; ink is for the line that the reader sketched
 * @property {Kind} kind sets its style
 * @property {string} label written at its end
 * @property {Values} measured
 * @property {Values} theory
 * @property {{ lo: Values, hi: Values }} [band]
 *
 * @typedef {'activations' | 'deltas' | 'weightGradients' | 'plain' | 'sketch'} Kind
 */

/** A correlation less than this far below 0 may be chance. */
const SLIGHT = 0.05;

/** @param {number | undefined} value */
const known = (value) => (Number.isNaN(value) ? undefined : value);

/** @param {number | undefined} square */
const root = (square) => (square === undefined ? undefined : Math.sqrt(square));

/**
 * @param {Network} network
 * @param {number | undefined} input value of layer 0
 * @param {(layer: Layer) => number | undefined} value
 * @returns {Values}
 */
const byDepth = ({ layers }, input, value) => (layers.length > 0 ? [input, ...layers.map(value)] : []);

/**
 * The tensors whose rms is drawn, from back to front. theory returns the mean square and the edges of its band; an edge
 * that is not known is NaN, and is not drawn.
 * @type {{ kind: Exclude<Kind, 'plain' | 'sketch'>, label: string,
 *   theory: (layer: Layer) => [square?: number, low?: number, high?: number] }[]}
 */
const RMS_CURVES = [
  {
    kind: 'weightGradients',
    label: 'dL/dW',
    theory: ({ backTheory }) => [backTheory?.gradientSquare, backTheory?.gradientLow, backTheory?.gradientHigh],
  },
  {
    kind: 'deltas',
    label: 'dL/dz',
    theory: ({ backTheory }) => [backTheory?.deltaSquare, backTheory?.deltaLow, backTheory?.deltaHigh],
  },
  { kind: 'activations', label: 'a', theory: ({ theory }) => [theory?.aSquare, theory?.aLow, theory?.aHigh] },
];

/**
 * @param {'A' | 'B'} letter
 * @param {Network} network
 * @param {string[]} [lines] the families to draw, from LINES; default: all
 * @returns {Curve[]} one for each tensor, from back to front
 */
export function rmsCurves(letter, network, lines = LINES) {
  const rows = RMS_CURVES.filter(({ kind }) => lines.includes(kind));
  return rows.map(({ kind, label, theory }) => {
    const edge = (/** @type {1 | 2} */ side) =>
      byDepth(network, undefined, (layer) => known(root(theory(layer)[side])));
    return {
      letter,
      kind,
      label: rows.length > 1 || kind !== 'activations' ? `${letter} ${label}` : letter,
      measured: byDepth(network, kind === 'activations' ? network.input?.rms : undefined, (layer) => layer[kind]?.rms),
      theory: lines.includes('theory') ? byDepth(network, undefined, (layer) => root(theory(layer)[0])) : [],
      band: lines.includes('bands') ? { lo: edge(1), hi: edge(2) } : undefined,
    };
  });
}

/**
 * The line that the reader sketched.
 * @param {string} label
 * @param {number[]} line an exponent of 10 for each layer
 * @returns {Curve}
 */
export const sketchCurve = (label, line) => ({
  letter: 'ink',
  kind: 'sketch',
  label,
  measured: line.map((power) => 10 ** power),
  theory: [],
});

/**
 * The correlation of two inputs, before the activation.
 * @param {'A' | 'B'} letter
 * @param {Network} network
 * @returns {Curve}
 */
export const correlationCurve = (letter, network) => ({
  letter,
  kind: 'plain',
  label: letter,
  measured: byDepth(network, undefined, (layer) => layer.correlation ?? undefined),
  theory: byDepth(network, undefined, (layer) => layer.theory?.zCorrelation),
});

/** Shares of dead units by prediction. They are kept, as a chart is drawn more often than its prediction changes. */
const deadShares = /** @type {WeakMap<object, number>} */ (new WeakMap());

/** Pairs of inputs of fewer values are not equally alike, as deadShare takes them. */
const ALIKE_INPUTS = 16;

/** @param {NonNullable<Layer['theory']>} theory @param {number} batch */
function deadShareOf(theory, batch) {
  const share = deadShares.get(theory) ?? deadShare(theory.zCorrelation, batch);
  deadShares.set(theory, share);
  return share;
}

/**
 * The activations whose units can be dead: rectifiers such as ReLU, and each that has a dead unit in this network.
 * @param {Network} network
 */
const killersIn = ({ layers }) =>
  new Set([...RECTIFIERS, ...layers.filter((layer) => layer.activations.dead > 0).map((layer) => layer.activation)]);

/**
 * The share of units that are 0 for the whole batch. A layer whose units cannot be dead has no point, such as the linear
 * layer before cross-entropy. Theory is for dense layers of rectifiers only. A channel of a convolution is dead only if it is so
 * at every position, and the positions are not equally alike. Nor is it for weights or biases with a mean, which have no
 * fixed point.
 * @param {'A' | 'B'} letter
 * @param {Network} network
 * @returns {Curve}
 */
export function deadCurve(letter, network) {
  const killers = killersIn(network);
  return {
    letter,
    kind: 'plain',
    label: letter,
    measured: byDepth(network, undefined, ({ activation, activations }) =>
      killers.has(activation) && activations.nonFinite < activations.size ? activations.dead : undefined,
    ),
    theory: byDepth(network, undefined, ({ theory, activation, kind, fixedPoint }) =>
      theory &&
      network.layers[0].trueFanIn >= ALIKE_INPUTS &&
      RECTIFIERS.includes(activation) &&
      kind !== 'conv' &&
      (kind !== 'dense' || fixedPoint)
        ? deadShareOf(theory, network.spec.batch ?? 1)
        : undefined,
    ),
  };
}

/** From 0 to 1, or from further below if a correlation is clearly negative. @param {number[]} values */
export function correlationRange(values) {
  const least = Math.min(0, ...values.filter(Number.isFinite));
  return { lo: least < -SLIGHT ? Math.max(-1, Math.floor(2 * least) / 2) : 0, hi: 1 };
}

/** From 0 to a tenth, a half or 1. @param {number[]} values */
export function deadRange(values) {
  const most = Math.max(0, ...values);
  return { lo: 0, hi: [0.1, 0.5].find((size) => size >= most) ?? 1 };
}
