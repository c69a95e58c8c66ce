/**
 * parametrizations.js: how the scale of the weights and the learning rate follow the width of a network: standard, and muP
 * of Yang et al. 2021, "Tensor programs V", as one table.
 *
 * Pure. It is the formulation of table 3 there: no layer is multiplied by a number, so the first std and the rates hold
 * all of muP. Tables 8 and 9 are the same networks written with multipliers (lemma J.1). Convolutions are left out.
 */

/** The optimizers whose step goes as the gradient. Adam's step does not: it takes rates of its own. */
const BY_GRADIENT = ['sgd', 'momentum', 'nesterov'];

/**
 * What becomes of a layer where the width grows from the base by a factor of m, as powers of the root of m.
 * @typedef {object} Row
 * @property {number | null} std of the weights; null: what the scheme gives at this width
 * @property {number} adam the rate of the weights, of Adam
 * @property {number} sgd the same, of the others
 * @property {number} sgdBiases the rate of the biases, of the others. Adam's biases keep theirs
 *
 * The first layer with weights, those between, and the last. @typedef {'input' | 'hidden' | 'output'} Role
 */

/** At the scheme's std, and one rate. @type {Row} */
const STANDARD = { std: null, adam: 0, sgd: 0, sgdBiases: 0 };

/** @type {Record<'standard' | 'mup', Record<Role, Row>>} */
const PARAMETRIZATIONS = {
  standard: { input: STANDARD, hidden: STANDARD, output: STANDARD },
  mup: {
    input: { std: 0, adam: 0, sgd: 2, sgdBiases: 2 },
    hidden: { std: -1, adam: -2, sgd: 0, sgdBiases: 2 },
    output: { std: -2, adam: -2, sgd: -2, sgdBiases: 0 },
  },
};

export const PARAMETRIZATION_NAMES = /** @type {('standard' | 'mup')[]} */ (Object.keys(PARAMETRIZATIONS));

/** A power of the root of a number, to the same bits everywhere, which Math.pow does not promise.
 * @param {number} m @param {number} power -2 to 2 */
function rootPower(m, power) {
  const whole = Math.abs(power) === 2 ? m : Math.abs(power) === 1 ? Math.sqrt(m) : 1;
  return power < 0 ? 1 / whole : whole;
}

/** @param {number} i @param {number} count @returns {Role} of the i-th of so many layers with weights */
const roleOf = (i, count) => (i === 0 ? 'input' : i === count - 1 ? 'output' : 'hidden');

/**
 * What a parametrization does to the layers with weights.
 * @param {string} name of PARAMETRIZATION_NAMES
 * @param {{ m: number, count: number, optimizer: string }} network m: its width over that of the base; count: how many
 *   layers have weights, 2 or more
 * @returns {{ stds: (number | null)[], factors: number[], biasFactors: number[] }} stds: what that of the base is
 *   multiplied by; null: the scheme's own; factors: of the learning rate
 */
export function scalesOf(name, { m, count, optimizer }) {
  const byGradient = BY_GRADIENT.includes(optimizer);
  const roles = PARAMETRIZATIONS[/** @type {'standard' | 'mup'} */ (name)];
  const rows = Array.from({ length: count }, (_, i) => roles[roleOf(i, count)]);
  return {
    stds: rows.map(({ std }) => (std === null ? null : rootPower(m, std))),
    factors: rows.map(({ sgd, adam }) => rootPower(m, byGradient ? sgd : adam)),
    biasFactors: rows.map(({ sgdBiases }) => (byGradient ? rootPower(m, sgdBiases) : 1)),
  };
}
