/*
 * What the charts by depth draw, as numbers: for each network curves of what was measured, what theory predicts and how
 * far one network may lie from that. Pure; depth.js draws them, and the places of a curve are layers, 0 being the
 * input.
 */
import { bandOf } from '../reading/agreement.js';
import { deadShare } from './density.js';

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../run/reply.js').Network} Network */

/**
 * undefined: not there yet, or theory does not apply; NaN: not finite. Measured or predicted alike.
 * @typedef {(number | undefined)[]} Values
 *
 * @typedef {object} Curve
 * @property {'A' | 'B' | 'ink'} letter ink: the reader's own
 * @property {Kind} kind how it is drawn
 * @property {string} label beside its end
 * @property {Values} measured
 * @property {Values} theory
 * @property {{ lo: Values, hi: Values }} [band]
 *
 * @typedef {'activations' | 'deltas' | 'weightGradients' | 'plain' | 'sketch'} Kind
 */

/** A correlation this far below 0 is chance. */
const SLIGHT = 0.05;

/** @param {number | undefined} square */
const root = (square) => (square === undefined ? undefined : Math.sqrt(square));

/**
 * @param {Network} network
 * @param {number | undefined} input
 * @param {(layer: Layer) => number | undefined} value
 * @returns {Values}
 */
const byDepth = ({ layers }, input, value) => (layers.length > 0 ? [input, ...layers.map(value)] : []);

/**
 * The tensors whose root mean squares are drawn, from back to front; theory says the mean square and its log std.
 * @type {{ kind: Exclude<Kind, 'plain' | 'sketch'>, label: string,
 *   theory: (layer: Layer) => [square?: number, logStd?: number] }[]}
 */
const RMS_CURVES = [
  {
    kind: 'weightGradients',
    label: 'dW',
    theory: ({ backTheory }) => [backTheory?.gradientSquare, backTheory?.gradientLogStd],
  },
  { kind: 'deltas', label: 'δ', theory: ({ backTheory }) => [backTheory?.deltaSquare, backTheory?.deltaLogStd] },
  { kind: 'activations', label: 'a', theory: ({ theory }) => [theory?.aSquare, theory?.aLogStd] },
];

/** @param {'A' | 'B'} letter @param {Network} network @returns {Curve[]} */
export const rmsCurves = (letter, network) =>
  RMS_CURVES.map(({ kind, label, theory }) => {
    const edge = (/** @type {'lo' | 'hi'} */ side) =>
      byDepth(network, undefined, (layer) => {
        const [square, logStd] = theory(layer);
        return square && logStd ? root(bandOf(square, logStd, layer.activation)[side]) : undefined;
      });
    return {
      letter,
      kind,
      label: `${letter} ${label}`,
      measured: byDepth(network, kind === 'activations' ? network.input?.rms : undefined, (layer) => layer[kind]?.rms),
      theory: byDepth(network, undefined, (layer) => root(theory(layer)[0])),
      band: { lo: edge('lo'), hi: edge('hi') },
    };
  });

/** What the reader sketched, powers of ten by layer. @param {string} label @param {number[]} line @returns {Curve} */
export const sketchCurve = (label, line) => ({
  letter: 'ink',
  kind: 'sketch',
  label,
  measured: line.map((power) => 10 ** power),
  theory: [],
});

/** Of two inputs, before the activation. @param {'A' | 'B'} letter @param {Network} network @returns {Curve} */
export const correlationCurve = (letter, network) => ({
  letter,
  kind: 'plain',
  label: letter,
  measured: byDepth(network, undefined, (layer) => layer.correlation ?? undefined),
  theory: byDepth(network, undefined, (layer) => layer.theory?.zCorrelation),
});

/** The shares of dead units, for each prediction once: a chart is drawn again more often than it changes. */
const deadShares = /** @type {WeakMap<object, number>} */ (new WeakMap());

/** @param {NonNullable<Layer['theory']>} theory @param {number} batch */
function deadShareOf(theory, batch) {
  const share = deadShares.get(theory) ?? deadShare(theory.zCorrelation, batch);
  deadShares.set(theory, share);
  return share;
}

/**
 * The activations that can kill a unit: ReLU, and those of which a unit of this network is dead.
 * @param {Network} network
 */
const killers = ({ layers }) =>
  new Set(['relu', ...layers.filter((layer) => layer.activations.dead > 0).map((layer) => layer.activation)]);

/**
 * Units that are 0 for the whole batch, where there can be any: the linear layer that cross-entropy ends in has none,
 * which says nothing. Theory has a say for ReLU, half of whose preactivations are cut, but not for a convolution, whose
 * channel is dead only if it is so at all places, and these are of every likeness.
 * @param {'A' | 'B'} letter @param {Network} network @returns {Curve}
 */
export function deadCurve(letter, network) {
  const kills = killers(network);
  return {
    letter,
    kind: 'plain',
    label: letter,
    measured: byDepth(network, undefined, ({ activation, activations }) =>
      kills.has(activation) ? activations.dead : undefined,
    ),
    theory: byDepth(network, undefined, ({ theory, activation, kind }) =>
      theory && activation === 'relu' && kind !== 'conv' ? deadShareOf(theory, network.spec.batch ?? 1) : undefined,
    ),
  };
}

/** Correlations are shown from 0, or from below where they are clearly negative. @param {number[]} values */
export function correlationRange(values) {
  const least = Math.min(0, ...values.filter(Number.isFinite));
  return { lo: least < -SLIGHT ? Math.max(-1, Math.floor(2 * least) / 2) : 0, hi: 1 };
}

/** Shares are shown up to a tenth, a half or all. @param {number[]} values */
export function deadRange(values) {
  const most = Math.max(0, ...values);
  return { lo: 0, hi: [0.1, 0.5].find((size) => size >= most) ?? 1 };
}
