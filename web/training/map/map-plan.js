/**
 * map-plan.js: what the map of trainable depth trains: networks of tanh of several depths and variances of the weights, as
 * in Schoenholz et al. 2017, figure 5. It also has the order in which they train, and the mean over seeds.
 *
 * Pure. A cell of the map is a state of the page, so that the reader can open it.
 */

/** Hidden layers, a row each. */
export const DEPTHS = [20, 30, 40, 60];

/** sigma_w^2 = fan_in Var(W), a column each. At sigma_b^2 = 0.05, 1.76 is critical. */
export const SQUARES = [1, 1.25, 1.5, 1.76, 2, 2.5, 3, 4];

/** Each network is drawn so often. */
export const SEEDS = [1, 2, 3];

/** Choices of how long each network trains, and the usual one. */
export const STEPS = [30, 100, 300, 1000];
export const USUAL_STEPS = 300;

/** sigma_b^2, and sigma_b with as many digits as an address holds. */
export const BIAS_SQUARE = 0.05;
const BIAS_STD = 0.2236;

/** Networks train down to about so many depth scales of the correlation. */
export const SCALES = 6;

/** @typedef {{ depth: number, square: number }} Cell */

/** All cells, row by row. @type {Cell[]} */
export const CELLS = DEPTHS.flatMap((depth) => SQUARES.map((square) => ({ depth, square })));

/** @param {Cell} cell */
export const keyOf = ({ depth, square }) => `${depth} ${square}`;

/** Every network that trains, in order: the first seed of all cells, then the others. Shallow ones are done first.
 * @returns {(Cell & { seed: number })[]} */
export const order = () => SEEDS.flatMap((seed) => CELLS.map((cell) => ({ ...cell, seed })));

/**
 * What of the page's state makes the network of a cell, as A.
 * @param {Cell} cell
 * @param {number} [seed]
 */
export const changesOf = ({ depth, square }, seed = SEEDS[0]) => ({
  ...{
    kind: 'dense',
    block: 'none',
    stack: '',
    changeB: '',
    depth,
    width: 64,
    inputs: null,
    head: 'none',
    loss: 'random',
  },
  ...{
    activation: 'tanh',
    parameter: null,
    batch: 64,
    seed,
    bias: BIAS_STD,
    biasA: 'sigma',
    fansA: 'true',
    takenA: 'std',
  },
  ...{ a: 'lecun-normal', valueA: null, tuneA: 'none', gainA: Number(Math.sqrt(square).toPrecision(4)) },
});

/** @param {(number | undefined)[]} values one for each seed; undefined: not known yet @returns {number} NaN where none is */
export function meanOf(values) {
  const known = /** @type {number[]} */ (values.filter((value) => value !== undefined));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Where the limit by theory is computed: the columns, and between them. */
export const SAMPLES = SQUARES.flatMap((square, i) => {
  const next = SQUARES[i + 1];
  return next ? Array.from({ length: 12 }, (_, k) => square + ((next - square) * k) / 12) : [square];
});

/**
 * A value's place among others, counted from the middle of the first: between two it is as far as the value lies between.
 * Beyond the ends it goes on as far again.
 * @param {number[]} values in ascending order
 * @param {number} value
 */
export function placeAmong(values, value) {
  const above = values.findIndex((one) => one >= value);
  const next = above < 0 ? values.length - 1 : Math.max(1, above);
  const [from, to] = [values[next - 1], values[next]];
  return next - 1 + (value - from) / (to - from);
}

/**
 * The limit by theory, SCALES times the depth scale.
 * @param {number[]} scales the depth scale for each of SAMPLES; not finite at the critical point
 * @returns {{ column: number, row: number }[]} by placeAmong; row is NaN where there is no limit
 */
export const limitOf = (scales) =>
  SAMPLES.map((square, i) => {
    const depth = SCALES * scales[i];
    return {
      column: placeAmong(SQUARES, square),
      row: Number.isFinite(depth) ? placeAmong(DEPTHS, depth) : Number.POSITIVE_INFINITY,
    };
  });
