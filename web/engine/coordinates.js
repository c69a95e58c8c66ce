/**
 * coordinates.js: engine.coordinates: how far a few steps of training move each layer's preactivations, by width: the
 * coordinate check of Yang et al. 2021, "Tensor programs V", appendix D.1, figure 5.
 *
 * It trains networks one after another (training.js), each of another width. How weights and rates follow the width is in
 * parametrizations.js. It judges nothing.
 */
import { requireFields, requireOneOf, requireWhole } from './check.js';
import { hasWeights } from './kinds.js';
import { PARAMETRIZATION_NAMES, scalesOf } from './parametrizations.js';
import { readRules, valuesOf } from './readout.js';
import { refuse } from './refusal.js';
import { LIMITS } from './tables.js';
import { checkTrained, TRAINING_OPTIONS } from './training-options.js';
import { buildNet, readTables } from './wasm.js';

/** What engine.coordinates takes, beside the options of engine.training. */
const OWN_OPTIONS = ['widths', 'parametrization', 'base', 'steps'];
const OPTIONS = TRAINING_OPTIONS.filter((name) => !/factors/i.test(name));

/**
 * @typedef {import('./spec.js').Spec} Spec
 *
 * @typedef {object} CoordinateOptions beside those of engine.training, without factors
 * @property {number[]} widths of the hidden layers: those that have weights, apart from the last
 * @property {'standard' | 'mup'} [parametrization] default 'standard'
 * @property {number} [base] the width at which both are the same; default 64
 * @property {number} [steps] default 3
 *
 * @typedef {object} Coordinates what is known after a step
 * @property {number} width
 * @property {number} step from 0, before any
 * @property {{ rms: number, change: number }[]} layers for each layer, over the examples: the rms of the preactivations
 *   z_t, and of z_t - z_0
 */

/** Layers above the first take whatever the one below gives. @param {any} layer */
function withoutInput(layer) {
  const { inputs, channelsIn, size, ...rest } = layer;
  return rest;
}

/** The spec with hidden layers of a width. @param {Spec} spec @param {number} width @returns {Spec} */
function ofWidth(spec, width) {
  const last = spec.layers.length - 1 - [...spec.layers].reverse().findIndex(hasWeights);
  const layers = spec.layers.map((layer, i) => ({
    ...(i === 0 ? layer : withoutInput(layer)),
    ...(hasWeights(layer) && i < last && { units: width }),
  }));
  return { ...spec, layers };
}

/** Only dense layers may have weights, and at least two must. @param {import('./spec.js').CheckedSpec} checked
 * @returns {number} how many have */
function countDense({ layers }) {
  layers.forEach((layer, i) => {
    if (hasWeights(layer)) requireOneOf(`layers[${i}].kind`, layer.kind, ['dense']);
  });
  return requireWhole('layers.length', layers.filter(hasWeights).length, 2, LIMITS.depth);
}

/** What is not for engine.training. @param {any} options CoordinateOptions */
function checkOwn(options) {
  const given = requireFields('options', options, [...OWN_OPTIONS, ...OPTIONS]);
  const { widths, parametrization = 'standard', base = 64, steps = 3, ...training } = given;
  if (!Array.isArray(widths)) refuse('wrongType', 'widths', widths, 'array');
  return {
    widths: Array.from(widths, (width, i) => requireWhole(`widths[${i}]`, width, 1, LIMITS.units)),
    parametrization: requireOneOf('parametrization', parametrization, PARAMETRIZATION_NAMES),
    base: requireWhole('base', base, 1, LIMITS.units),
    steps: requireWhole('steps', steps, 1, 2 ** 32 - 1),
    training,
  };
}

/** Root mean square, of differences where there are two. @param {Float32Array} values @param {Float32Array} [before] */
function rmsOf(values, before) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = before ? values[i] - before[i] : values[i];
    sum += value * value;
  }
  return Math.sqrt(sum / values.length);
}

/**
 * The call, for a module.
 * @param {{ module: WebAssembly.Module, wasm: any }} opened see instance.js
 * @param {Pick<ReturnType<typeof import('./training.js').createTraining>, 'training'>} made its calls that train
 */
export function createCoordinates({ wasm }, { training }) {
  const tables = readTables(wasm);

  /** The std and the gain of each layer with weights, as the scheme has them. @param {Spec} spec */
  function rulesOf(spec) {
    const checked = checkTrained(tables, spec);
    const net = buildNet(wasm, tables, checked);
    const rules = checked.layers.map((layer, i) => readRules(wasm, tables, net, layer, i + 1));
    wasm.net_free(net);
    return rules;
  }

  /**
   * The spec with gains that give each layer so many times the std that it has at the base width.
   * @param {Spec} spec of some width @param {Spec} basic of the base width
   * @param {(number | null)[]} stds for each layer with weights; null: as it is
   * @returns {Spec}
   */
  function withStds(spec, basic, stds) {
    const [here, base] = [rulesOf(spec), rulesOf(basic)];
    const rest = [...stds];
    const layers = spec.layers.map((layer, i) => {
      const times = hasWeights(layer) ? rest.shift() : null;
      const ratio = (Number(times) * base[i].std) / here[i].std;
      return times === null || !(ratio > 0) ? layer : { ...layer, gain: here[i].gain * ratio };
    });
    return /** @type {Spec} */ ({ ...spec, layers });
  }

  return {
    /**
     * Trains networks of several widths, and yields after each step how far the preactivations of all layers have come
     * from where they were. They are those of the first examples, as many as a batch. Where the data have no more, each
     * step takes all of them.
     * @param {Spec | import('./spec.js').LineSpec} spec dense layers, and others without weights; the units of hidden ones
     *   are replaced. Under muP the std of the weights is that of the base width, scaled; biases are drawn as the spec says
     * @param {import('./training-options.js').Options & CoordinateOptions} options
     * @returns {Generator<Coordinates, void, void>} its first next() throws a RefusalError if a field is wrong
     */
    *coordinates(spec, options) {
      const { widths, parametrization, base, steps, training: rest } = checkOwn(options);
      const checked = checkTrained(tables, spec);
      const count = countDense(checked);
      const basic = ofWidth(/** @type {Spec} */ (spec), base);
      for (const width of widths) {
        const network = { m: width / base, count, optimizer: rest.optimizer ?? 'sgd' };
        const { stds, factors, biasFactors } = scalesOf(parametrization, network);
        const scaled = withStds(ofWidth(basic, width), basic, stds);
        const one = training(scaled, { ...rest, factors, biasFactors });
        try {
          const inputs = rest.data.inputs.subarray(0, checked.batch * valuesOf(checked.inputs));
          const start = one.preactivations(inputs);
          for (let step = 0; step <= steps; step++) {
            if (step > 0) one.step();
            const now = step > 0 ? one.preactivations(inputs) : start;
            const layers = now.map((values, i) => ({ rms: rmsOf(values), change: rmsOf(values, start[i]) }));
            yield { width, step, layers };
          }
        } finally {
          one.end();
        }
      }
    },
  };
}
