/**
 * verdict.js: judges a run from its measurements: what happens to the signal, and to the gradient on the way back. It
 * names the problem, the factor per layer and how much of the signal is left.
 *
 * It uses rms rather than std, because the variance of the next preactivations is n Var(W) rms^2, which includes the
 * mean. Pure, and without words: locales/en/page.js has the sentences. It predicts nothing (agreement.js compares with
 * theory).
 */

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../engine/engine.js').Summary} Summary */

/**
 * The kinds of verdict:
 * - nothing: all values are 0 from `layer` on
 * - overflow: values are not finite from `layer` on
 * - symmetric: all weights of a layer are equal
 * - saturated, dead: a large `share` of the last layer is
 * - one: a single layer, which has no factor
 * - settled: the signal has reached a level of its own in the second half of the layers
 * - healthy, fading, vanishing, growing, exploding: see paceOf
 *
 * @typedef {object} Verdict
 * @property {string} kind
 * @property {number} depth layers without the head
 * @property {number | null} factor of the rms from layer to layer; null if fewer than two layers can be compared
 * @property {number} left rms of the last layer / rms of the input; NaN if the last layer is not finite
 * @property {number} [layer] where it happens
 * @property {number} [share] of the last layer
 * @property {number} [from] first layer that is all 0, if the signal has shrunk below the smallest float
 * @property {Back | null} [back] verdict on the gradient; null until it is known, and where the gradient holds
 * @property {{ saturated: number, slope: number } | null} [head] of a head that is not linear, once the gradient has
 *   passed it
 *
 * @typedef {object} Back
 * @property {'vanishing' | 'exploding'} kind
 * @property {number | null} factor of the rms of dL/dz per layer back; null if fewer than two layers can be compared
 * @property {number} left rms of dL/dz in the first layer / in the last
 * @property {number} [layer] where dL/dz first is all 0 or not finite, on the way back
 */

/**
 * Above these shares the last layer is called saturated or dead. Even in a good deep ReLU network, all inputs of a
 * batch end up in nearly one direction. Half of the units are then 0 for all of them, so `dead` begins well above half.
 */
const SATURATED = 0.5;
const DEAD = 0.75;

/**
 * The signal holds if it changes by less than 3 % a layer, and by less than tenfold in all. It also holds below 10 % a
 * layer and threefold in all, which is within the spread of one draw: ln rms of a ReLU network of width 256 moves at
 * random by 0.07 a layer. From 10 % a layer on, or a thousandfold in all, the change is fast.
 */
const HOLDS = { rate: Math.log(1.03), total: Math.log(10) };
const HOLDS_SHALLOW = { rate: Math.log(1.1), total: Math.log(3) };
const FAST = { rate: Math.log(1.1), total: Math.log(1000) };

/**
 * How much of the change in ln rms chance explains. In a narrow network it is more than HOLDS_SHALLOW allows. If theory
 * says that the signal holds, two std of ln rms are chance, up to tenfold.
 * @param {Layer[]} layers
 * @returns {{ forward: number, backward: number }} 0 where theory does not say so
 */
function chanceOf(layers) {
  const known = layers.flatMap(({ theory, fixedPoint }) => (theory && fixedPoint ? [{ theory, fixedPoint }] : []));
  if (known.length < 2) return { forward: 0, backward: 0 };
  const [first, last] = [known[0].theory, known[known.length - 1].theory];
  const spread = Math.min(HOLDS.total, last.aLogStd || 0);
  const rate = Math.log(last.aSquare / first.aSquare) / 2 / (known.length - 1);
  const chis = known.map(({ theory, fixedPoint }) => Math.log(theory.slopeSquare * fixedPoint.weightSquare) / 2);
  const chi = chis.reduce((sum, value) => sum + value, 0) / chis.length;
  const ifHolds = (/** @type {number} */ pace) => (Math.abs(pace) < HOLDS.rate ? spread : 0);
  return { forward: ifHolds(rate), backward: ifHolds(chi) };
}

/**
 * A signal has settled if it has left the level of the input, and then moves little: in the second half of the layers,
 * by less than a quarter of the whole change in ln rms. A random walk would move as far in the second half as in the
 * first.
 */
const SETTLED = { layers: 6, off: Math.log(1.2), share: 0.25 };

/**
 * The least-squares slope of ln rms over the layers. It skips layers where rms is 0 or not finite.
 * @param {(Summary | undefined)[]} tensors one for each layer, from 1
 * @returns {number | null} null if fewer than two layers are left
 */
function rateOf(tensors) {
  const points = tensors.map((tensor, i) => [i, Math.log(tensor?.rms ?? 0)]).filter(([, y]) => Number.isFinite(y));
  if (points.length < 2) return null;
  const mx = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const my = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const sxy = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const sxx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return sxy / sxx;
}

/**
 * Names a rate: healthy, fading, vanishing, growing or exploding.
 * @param {number} rate slope of ln rms
 * @param {number} depth
 * @param {number} chance change of ln rms over all layers that chance explains
 */
function paceOf(rate, depth, chance) {
  const size = Math.abs(rate);
  const total = size * (depth - 1);
  const within = (/** @type {{ rate: number, total: number }} */ bound) => size < bound.rate && total < bound.total;
  if (within(HOLDS) || within(HOLDS_SHALLOW) || total < chance) return 'healthy';
  const fast = size >= FAST.rate || total >= FAST.total;
  return rate < 0 ? (fast ? 'vanishing' : 'fading') : fast ? 'exploding' : 'growing';
}

/** Whether the signal has settled. @param {Layer[]} layers @param {number} left rms of the last layer / of the input */
function settles(layers, left) {
  const off = Math.abs(Math.log(left));
  if (layers.length < SETTLED.layers || off < SETTLED.off) return false;
  const logs = layers.slice(layers.length >> 1).map(({ activations }) => Math.log(activations.rms));
  return Math.max(...logs) - Math.min(...logs) < SETTLED.share * off;
}

/**
 * Judges the gradient dL/dz from the last layer to the first. For images it takes the root of the sum of squares over
 * all positions, because layers differ in their number of positions.
 * @param {Layer[]} layers without the head
 * @param {number} chance change of ln rms over all layers that chance explains
 * @returns {Back | null} null until the gradient has reached layer 1, and where it holds
 */
function backOf(layers, chance) {
  const deltas = layers.map(({ deltas, size: [height, width] = [1, 1] }) =>
    deltas ? { ...deltas, rms: deltas.rms * Math.sqrt(height * width) } : undefined,
  );
  const [first, last] = [deltas[0], deltas[deltas.length - 1]];
  if (!first || !last) return null;
  const rate = rateOf(deltas);
  const common = { factor: rate === null ? null : Math.exp(-rate), left: first.rms / last.rms };
  const overflow = deltas.map((tensor) => Number(tensor?.nonFinite) > 0).lastIndexOf(true);
  if (overflow >= 0) return { ...common, kind: 'exploding', layer: overflow + 1 };
  const nothing = deltas.map((tensor) => tensor?.rms).lastIndexOf(0);
  if (nothing >= 0) return { ...common, kind: 'vanishing', layer: nothing + 1 };
  const kind = rate === null ? 'one' : paceOf(-rate, layers.length, chance);
  return kind === 'vanishing' || kind === 'exploding' ? { ...common, kind } : null;
}

/**
 * All layers without the head. The head is a last layer of another kind or activation; its scale is chosen separately.
 * @param {Layer[]} layers
 */
function bodyOf(layers) {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const headed = layers.length > 1 && (last.kind !== first.kind || last.activation !== first.activation);
  return headed ? layers.slice(0, -1) : layers;
}

/** What is reported of a head. @param {Layer} layer */
const headOf = ({ activation, activations, meanSlope }) =>
  activation === 'linear' || meanSlope === undefined ? null : { saturated: activations.saturated, slope: meanSlope };

/**
 * Judges a run.
 * @param {Layer[]} layers that are there so far; at least one
 * @param {Summary} input
 * @returns {Verdict}
 */
export function verdict(layers, input) {
  const last = layers[layers.length - 1];
  const body = bodyOf(layers);
  const chance = chanceOf(body);
  const rate = rateOf(body.map(({ activations }) => activations));
  const factor = rate === null ? null : Math.exp(rate);
  const common = { depth: body.length, factor, left: body[body.length - 1].activations.rms / input.rms };
  const overflow = layers.find((layer) => layer.activations.nonFinite > 0 || layer.preactivations.nonFinite > 0);
  if (overflow) return { ...common, kind: 'overflow', layer: overflow.layer };
  const from = layers.find((layer) => layer.activations.rms === 0)?.layer;
  // A signal that shrank to 0 was tiny in the layer before; one that was cut off was not.
  const shrunk = from !== undefined && from > 2 && layers[from - 2].activations.rms < 1e-30;
  if (from !== undefined && !shrunk) return { ...common, kind: 'nothing', layer: from };
  if (layers.some((layer) => (layer.weights ?? layer).std === 0 && layer.fanOut > 1))
    return { ...common, kind: 'symmetric' };
  const both = {
    ...common,
    back: backOf(body, chance.backward),
    head: body.length < layers.length ? headOf(last) : null,
  };
  if (from !== undefined) return { ...both, kind: 'vanishing', from };
  const { dead, saturated } = last.activations;
  if (dead > DEAD) return { ...both, kind: 'dead', share: dead };
  if (saturated > SATURATED) return { ...both, kind: 'saturated', share: saturated };
  const kind = rate === null ? 'one' : paceOf(rate, body.length, chance.forward);
  return { ...both, kind: kind === 'healthy' && settles(body, common.left) ? 'settled' : kind };
}
