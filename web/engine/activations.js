/**
 * activations.js: the activation that a spec chooses: a name, or a name with the parameter that some activations have.
 *
 * Pure. Which activations there are, and which have a parameter, is in tables.js, made from c/activations.c.
 */
import { requireFields, requireNumber, requireOneOf } from './check.js';
import { ACTIVATIONS, PARAMETERS } from './tables.js';

/**
 * An activation by name, or with its own parameter: the slope of leaky-relu below 0, the alpha of elu, or the omega of
 * sin(omega z).
 * @typedef {string | { name: string, slope?: number, alpha?: number, omega?: number }} ActivationChoice
 *
 * @typedef {{ name: string, given: number, least: number, most: number }} Parameter `given`: the default
 *
 * @typedef {object} Phi a checked ActivationChoice
 * @property {number} activation index in ACTIVATIONS
 * @property {number | null} parameter null: the activation has none
 */

/** The parameter of an activation; undefined if it has none. @param {string} name
 * @returns {Parameter | undefined} */
export const parameterOf = (name) => /** @type {Record<string, Parameter>} */ (PARAMETERS)[name];

/** The name in a choice. @param {ActivationChoice} choice @returns {string} */
export const activationName = (choice) => (typeof choice === 'object' ? choice.name : choice);

/**
 * @param {string} field path of the choice
 * @param {any} choice an ActivationChoice
 * @returns {Phi}
 */
export function checkActivation(field, choice) {
  const bare = typeof choice !== 'object' || choice === null;
  const name = requireOneOf(bare ? field : `${field}.name`, bare ? choice : choice.name, ACTIVATIONS);
  const own = parameterOf(name);
  const given = bare ? {} : requireFields(field, choice, own ? ['name', own.name] : ['name']);
  const activation = ACTIVATIONS.indexOf(name);
  if (!own) return { activation, parameter: null };
  const parameter = requireNumber(`${field}.${own.name}`, given[own.name] ?? own.given, own.least, own.most);
  return { activation, parameter: parameter + 0 }; // -0 becomes 0, as in C
}

/**
 * The choice as the stack notation gives it back: a name alone where the parameter is the default.
 * @param {any} choice of a spec that the engine runs
 * @returns {ActivationChoice}
 */
export function plainActivation(choice) {
  const own = parameterOf(activationName(choice));
  const value = own && choice[own.name];
  if (!own || value === undefined || value === own.given) return activationName(choice);
  return { name: choice.name, [own.name]: value + 0 }; // -0 becomes 0
}
