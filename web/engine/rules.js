/**
 * rules.js: how a layer's weights and biases are drawn: the check of its scheme, of the scheme of its biases, and of its
 * gain.
 *
 * Pure. It draws nothing. The other fields of a spec are checked in spec.js.
 */

import { activationName } from './activations.js';
import { requireFields, requireNumber, requireOneOf } from './check.js';
import { refuse } from './refusal.js';
import { BIAS_DISTRIBUTIONS, BIAS_MODES, CUT_SCHEMES, LIMITS, MODES } from './tables.js';

/**
 * @typedef {import('./spec.js').Tables} Tables
 * @typedef {import('./spec.js').Rule} Rule
 * @typedef {import('./spec.js').Distribution} Distribution
 * @typedef {import('./spec.js').Mode} Mode
 * @typedef {import('./spec.js').GainName} GainName
 */

/** Where a truncated normal may be cut, in std of the normal.
 * @type {[least: number, most: number]} */
export const CUTS = [0.1, 10];

/** Modes and distributions of variance scaling, as libraries offer them. */
const SCALING_MODES = MODES.filter((mode) => mode.startsWith('fan_'));
const SCALING_DISTRIBUTIONS = ['uniform', 'normal', 'truncated', 'truncated-raw'];

/**
 * @param {Tables} tables
 * @param {string} field path of the choice, here and below
 * @param {any} choice a SchemeChoice
 * @returns {Rule}
 */
function checkScheme({ schemes, limits }, field, choice) {
  const names = schemes.map(({ name }) => name);
  const bare = typeof choice !== 'object' || choice === null;
  const name = requireOneOf(bare ? field : `${field}.name`, bare ? choice : choice.name, names);
  const scheme = names.indexOf(name);
  const { numberName, number, mode, distribution } = schemes[scheme];
  const known = [
    'name',
    ...(numberName ? [numberName] : []),
    ...(numberName === 'scale' ? ['mode', 'distribution'] : []),
    ...(CUT_SCHEMES.includes(name) ? ['cut'] : []),
  ];
  const given = bare ? {} : requireFields(field, choice, known);
  const scaling = numberName === 'scale';
  const { cut = null } = given;
  if (cut !== null) requireNumber(`${field}.cut`, cut, ...CUTS);
  const rule = {
    scheme,
    distribution: /** @type {Distribution} */ (
      scaling
        ? requireOneOf(`${field}.distribution`, given.distribution ?? distribution, SCALING_DISTRIBUTIONS)
        : distribution
    ),
    mode: /** @type {Mode} */ (scaling ? requireOneOf(`${field}.mode`, given.mode ?? mode, SCALING_MODES) : mode),
    number,
    cut,
  };
  if (cut !== null && !rule.distribution.startsWith('truncated')) {
    refuse(
      'unknownField',
      `${field}.cut`,
      cut,
      known.filter((key) => key !== 'cut'),
    );
  }
  if (!numberName) return rule;
  const least = rule.distribution === 'constant' ? -limits.scale : 0;
  const most = numberName === 'share' ? 1 : limits.scale;
  return { ...rule, number: requireNumber(`${field}.${numberName}`, given[numberName] ?? number, least, most) };
}

/** Biases can be drawn from some schemes only. @param {Tables} tables @param {string} field
 * @param {any} choice a SchemeChoice @returns {Rule} */
export function checkBias(tables, field, choice) {
  const rule = checkScheme(tables, field, choice);
  const { name, numberName } = tables.schemes[rule.scheme];
  const [fits, has] = [BIAS_DISTRIBUTIONS.includes(rule.distribution), BIAS_MODES.includes(rule.mode)];
  if (fits && has) return rule;
  if (numberName === 'scale') {
    const names = fits ? SCALING_MODES : SCALING_DISTRIBUTIONS;
    const allowed = /** @type {readonly string[]} */ (fits ? BIAS_MODES : BIAS_DISTRIBUTIONS);
    const [key, value] = fits ? ['mode', rule.mode] : ['distribution', rule.distribution];
    refuse(
      'biasScaling',
      `${field}.${key}`,
      value,
      names.filter((one) => allowed.includes(one)),
    );
  }
  const fit = tables.schemes.filter((s) => BIAS_DISTRIBUTIONS.includes(s.distribution) && BIAS_MODES.includes(s.mode));
  return refuse(
    'biasScheme',
    field,
    name,
    fit.map((scheme) => scheme.name),
  );
}

/** @param {import('./spec.js').EngineTables} tables @param {string} field @param {unknown} gain
 * @param {import('./activations.js').ActivationChoice} activation that has been checked @returns {number} */
export function checkGain({ limits, gainsOf }, field, gain, activation) {
  if (typeof gain !== 'string') return requireNumber(field, gain, 0, limits.scale);
  const gains = gainsOf(activation);
  const value = gains[/** @type {GainName} */ (requireOneOf(field, gain, Object.keys(gains)))];
  const names = Object.entries(gains).flatMap(([key, known]) => (known === null ? [] : [key]));
  return value ?? refuse('noPytorchGain', field, gain, { activation: activationName(activation), names });
}

/** An orthogonal matrix may not be larger than the engine can make. @param {string} field of the layer
 * @param {import('./shapes.js').LayerShape} shape */
function checkOrthogonal(field, { in: below, out, rows, conv }) {
  if (!conv) {
    const range = { most: LIMITS.orthogonal, inputs: rows, units: out.channels };
    for (const [key, side] of /** @type {const} */ ([
      ['inputs', rows],
      ['units', out.channels],
    ])) {
      if (side > LIMITS.orthogonal) refuse('orthogonalSize', `${field}.${key}`, side, range);
    }
  } else if (rows > LIMITS.orthogonal) {
    const most = conv.groups * Math.floor((below.channels / conv.groups / rows) * LIMITS.orthogonal);
    refuse('orthogonalKernel', `${field}.channelsIn`, below.channels, { most, rows, mostRows: LIMITS.orthogonal });
  }
}

/**
 * The scheme of a layer's weights, which its shape must allow.
 * @param {Tables} tables
 * @param {string} field of the layer
 * @param {import('./shapes.js').LayerShape} shape
 * @param {[field: string, choice: any]} scheme
 * @returns {Rule}
 */
export function checkWeights(tables, field, shape, scheme) {
  const weights = checkScheme(tables, ...scheme);
  if (weights.distribution === 'orthogonal') checkOrthogonal(field, shape);
  if (weights.distribution === 'identity' && shape.conv && shape.conv.kernel[0] * shape.conv.kernel[1] > 1) {
    refuse('identityKernel', `${field}.kernel`, shape.conv.kernel, [1, 1]);
  }
  return weights;
}
