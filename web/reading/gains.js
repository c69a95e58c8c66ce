/**
 * gains.js: the gains of an activation with a parameter of the reader's own, from those with its default.
 *
 * Pure. The engine has them too (gainsOf), but the page asks for them before any network has run.
 */

/** @typedef {import('../engine/spec.js').Activation['gains']} Gains */

/**
 * @param {Gains} gains with the default
 * @param {import('../engine/activations.js').Parameter} own
 * @param {number} p the parameter
 * @returns {Gains}
 */
export function gainsWith(gains, own, p) {
  const wave = Math.exp(-2 * p * p);
  // E sin(p z)^2 = (1 - wave) / 2, and E (p cos(p z))^2 = p^2 (1 + wave) / 2
  if (own.name === 'omega')
    return { pytorch: null, forward: Math.sqrt(2 / (1 - wave)), backward: Math.sqrt(2 / (1 + wave)) / p };
  // elsewhere p multiplies phi below 0, and above 0 it is z: the mean of its square is 1/2 there
  const scaled = (/** @type {number} */ gain) => 1 / Math.sqrt(0.5 + (p / own.given) ** 2 * (1 / gain ** 2 - 0.5));
  const entries = Object.entries(gains).map(([name, gain]) => [name, gain && scaled(gain)]);
  return /** @type {Gains} */ (Object.fromEntries(entries));
}
