/**
 * coordinates-plan.js: what the coordinate check trains: one network at several widths, under both parametrizations; in
 * which order; and what is read from the changes: their slopes by width.
 *
 * Pure. engine.coordinates trains (engine/coordinates.js).
 */

/** @typedef {import('../../engine/coordinates.js').Coordinates} Coordinates */
/** @typedef {'standard' | 'mup'} Parametrization */

/** Units of both hidden layers. At the first, both parametrizations are the same network. */
export const WIDTHS = [64, 128, 256, 512, 1024, 2048, 4096];

/** @type {Parametrization[]} */
export const PARAMETRIZATIONS = ['standard', 'mup'];

/** Layers with weights, from the first. The last gives the logits. */
export const LAYERS = [1, 2, 3];

/** Steps after which the changes are read. */
export const STEPS = [1, 2, 3];

/** Examples of each step, and of what is read. */
export const BATCH = 64;
export const RATE = 0.001;

/** Slopes are told apart once widths span this factor: over less, the spread of a narrow network hides them. */
const SPAN = 16;

/** A change counts as growing or falling with the width n from n^(1/4) on. The least power that theory has is n^(1/2). */
const FLAT = 0.25;

/** The network at the base width, which engine.coordinates widens. */
export const SPEC = {
  layers: [
    { kind: 'dense', inputs: 64, units: WIDTHS[0] },
    { kind: 'dense', units: WIDTHS[0] },
    { kind: 'dense', units: 10, activation: 'linear', scheme: 'lecun-normal' },
  ],
  ...{ activation: 'relu', scheme: 'he-normal', batch: BATCH, seed: 1 },
};

/** @typedef {{ width: number, parametrization: Parametrization }} Point a network */

/** Every network that trains, in order: the narrow ones are done first. @returns {Point[]} */
export const order = () =>
  WIDTHS.flatMap((width) => PARAMETRIZATIONS.map((parametrization) => ({ width, parametrization })));

/** @param {Point} point */
export const keyOf = ({ width, parametrization }) => `${parametrization} ${width}`;

/** The options of engine.coordinates for a network. @param {Point} point @param {{ inputs: Float32Array,
 * labels: Uint8Array }} data digits */
export const optionsOf = ({ width, parametrization }, { inputs, labels }) => ({
  data: { inputs: inputs.slice(0, BATCH * 64), labels: labels.slice(0, BATCH) },
  ...{ optimizer: 'adam', rate: RATE, steps: STEPS.length, base: WIDTHS[0], widths: [width], parametrization },
});

/**
 * What has been measured: the changes of the layers, by network and step.
 * @typedef {Map<string, Coordinates[]>} Known by keyOf
 */

/** The change of a layer, by width. @param {Known} known @param {Parametrization} parametrization
 * @param {number} step @param {number} layer @returns {(number | undefined)[]} undefined: not known */
export const changesOf = (known, parametrization, step, layer) =>
  WIDTHS.map(
    (width) =>
      known.get(keyOf({ width, parametrization }))?.find((one) => one.step === step)?.layers[layer - 1]?.change,
  );

/**
 * The slope of a line through points on axes of logarithms, by least squares.
 * @param {(number | undefined)[]} changes by width
 * @returns {number} the power of the width; NaN for fewer than two points
 */
export function slopeOf(changes) {
  const points = changes.flatMap((change, i) =>
    Number(change) > 0 && Number.isFinite(change) ? [[Math.log(WIDTHS[i]), Math.log(Number(change))]] : [],
  );
  const mean = (/** @type {number} */ axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (/** @type {(x: number, y: number) => number} */ term) =>
    points.reduce((total, point) => total + term(point[0] - x, point[1] - y), 0);
  return points.length < 2 ? Number.NaN : sum((dx, dy) => dx * dy) / sum((dx) => dx * dx);
}

/**
 * What is seen of a parametrization.
 * @typedef {object} Seen
 * @property {number[]} slopes of each layer
 * @property {number} times how many times as far the logits move at the last width as at the first
 * @property {'grows' | 'falls' | 'flat'} trend of the layer whose slope is largest
 */

/**
 * What is seen after a step.
 * @param {Known} known @param {number} step
 * @returns {{ to: number, seen: Record<Parametrization, Seen> } | null} to: the last width that is known of both; null
 *   where that is too narrow to tell
 */
export function read(known, step) {
  const isKnown = (/** @type {number} */ width) =>
    PARAMETRIZATIONS.every((parametrization) => known.has(keyOf({ width, parametrization })));
  const count = WIDTHS.findIndex((width) => !isKnown(width));
  const widths = WIDTHS.slice(0, count < 0 ? WIDTHS.length : count);
  const to = widths[widths.length - 1];
  if (!(to >= SPAN * WIDTHS[0])) return null;
  const seen = PARAMETRIZATIONS.map((parametrization) => {
    const all = LAYERS.map((layer) => changesOf(known, parametrization, step, layer).slice(0, widths.length));
    const slopes = all.map(slopeOf);
    const steepest = slopes.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
    const logits = all[all.length - 1];
    const times = Number(logits[widths.length - 1]) / Number(logits[0]);
    const trend = steepest > FLAT ? 'grows' : steepest < -FLAT ? 'falls' : 'flat';
    return [parametrization, { slopes, times, trend }];
  });
  return { to, seen: Object.fromEntries(seen) };
}

/** The network of a lesson that stands for each parametrization. @type {Record<'A' | 'B', Parametrization>} */
const NETWORKS = { A: 'standard', B: 'mup' };

/**
 * What is known after the first step, as a lesson measures it.
 * @param {Known} known
 * @returns {any} Networks of lessons/lessons.js; null where it is not enough to tell
 */
export function networksOf(known) {
  if (!read(known, STEPS[0])) return null;
  const networks = Object.entries(NETWORKS).map(([letter, parametrization]) => {
    const timesAt = (/** @type {number} */ width, /** @type {number} */ layer) => {
      const changes = changesOf(known, parametrization, STEPS[0], layer);
      return Number(changes[WIDTHS.indexOf(width)]) / Number(changes[0]);
    };
    return [letter, { layers: [], coordinates: { timesAt } }];
  });
  return Object.fromEntries(networks);
}
