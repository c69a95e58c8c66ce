/*
 * What became of the signal, and of the gradient on its way back, judged from what was measured: the kind of trouble,
 * the factor per layer and what is left. Pure, and without words: locales/en/page.js makes the sentences. It looks at rms,
 * not std, because the next layer's preactivations have the variance n Var(W) rms^2, mean included. It does not predict
 * anything; theory is another matter.
 */

/** @typedef {import('../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../engine/engine.js').Summary} Summary */

/**
 * kind: nothing (all 0 from layer `layer` on), overflow (not finite from `layer` on), symmetric (all weights of a layer
 * are equal), saturated and dead (`share` of the last layer), one (a single layer has no factor), settled (healthy, and
 * in the second half of the layers at a level of its own), else what paceOf says.
 * factor: by which rms changes from layer to layer; null where fewer than two layers can be compared. left: rms of the
 * last layer over that of the input, NaN if the last is not finite. from: the first layer that is all 0. back: of the
 * gradient, once it has come to layer 1 and where it vanishes or explodes fast, or overflows or is all 0 from `layer`
 * back. head: of a head that is not linear, once the gradient passed it.
 * @typedef {{ kind: string, depth: number, factor: number | null, left: number, layer?: number, share?: number,
 *   from?: number, back?: Back | null, head?: { saturated: number, slope: number } | null }} Verdict
 * @typedef {{ kind: 'vanishing' | 'exploding', factor: number | null, left: number, layer?: number }} Back
 */

/**
 * Above these shares the last layer is called saturated or dead. In a deep ReLU network at its best all inputs of a
 * batch end up in nearly one direction, so that half of the units are 0 for all of them: dead begins well above that.
 */
const SATURATED = 0.5;
const DEAD = 0.75;

/**
 * A layer that loses or gains less than 3 % holds, unless it adds up to tenfold; so does one of up to 10 % as long as
 * it adds up to less than threefold, which is within the spread of one draw (ln rms of a ReLU network 256 wide walks by
 * 0.07 a layer). Past 10 % a layer, or a thousandfold, it is fast.
 */
const HOLDS = { rate: Math.log(1.03), total: Math.log(10) };
const HOLDS_SHALLOW = { rate: Math.log(1.1), total: Math.log(3) };
const FAST = { rate: Math.log(1.1), total: Math.log(1000) };

/**
 * In a narrow network chance alone moves ln rms by more than that: where theory says that the signal holds, two of its
 * stds are chance, up to a tenfold.
 * @param {Layer[]} layers
 * @returns {{ forward: number, backward: number }}
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
 * A signal that has left the level of the input, and from the middle of the layers on moves by less than a quarter of
 * how far it is off, has settled. One that walks by chance goes as far in the second half as in the first.
 */
const SETTLED = { layers: 6, off: Math.log(1.2), share: 0.25 };

/**
 * The slope of ln rms over the layers by least squares, over those layers where rms is finite and above 0.
 * @param {(Summary | undefined)[]} tensors of layer 1 to the last
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
 * @param {number} rate
 * @param {number} depth
 * @param {number} chance by which ln rms may move over all layers
 */
function paceOf(rate, depth, chance) {
  const size = Math.abs(rate);
  const total = size * (depth - 1);
  const within = (/** @type {{ rate: number, total: number }} */ bound) => size < bound.rate && total < bound.total;
  if (within(HOLDS) || within(HOLDS_SHALLOW) || total < chance) return 'healthy';
  const fast = size >= FAST.rate || total >= FAST.total;
  return rate < 0 ? (fast ? 'vanishing' : 'fading') : fast ? 'exploding' : 'growing';
}

/** @param {Layer[]} layers @param {number} left */
function settles(layers, left) {
  const off = Math.abs(Math.log(left));
  if (layers.length < SETTLED.layers || off < SETTLED.off) return false;
  const logs = layers.slice(layers.length >> 1).map(({ activations }) => Math.log(activations.rms));
  return Math.max(...logs) - Math.min(...logs) < SETTLED.share * off;
}

/**
 * What became of the gradient dL/dz from the last layer to the first; null while that is not known, and where it holds. Of
 * images it is the sum over their places, of which there may be more and more.
 * @param {Layer[]} layers
 * @param {number} chance
 * @returns {Back | null}
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
 * The layers that pass a signal on: all but a head, a last layer of another kind or activation, whose scale is its own.
 * @param {Layer[]} layers
 */
function bodyOf(layers) {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const headed = layers.length > 1 && (last.kind !== first.kind || last.activation !== first.activation);
  return headed ? layers.slice(0, -1) : layers;
}

/** @param {Layer} layer */
const headOf = ({ activation, activations, meanSlope }) =>
  activation === 'linear' || meanSlope === undefined ? null : { saturated: activations.saturated, slope: meanSlope };

/**
 * The verdict on a run, or on those layers of it that are there yet (at least one).
 * @param {Layer[]} layers
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
  // A signal that shrank to nothing passed below the smallest float; one that was cut off did not.
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
