/**
 * training.js: a network that trains: engine.training, one step at a time, and engine.train, a whole run.
 *
 * It starts the network, and saves and restores its state. The options are checked in training-options.js, and passes run
 * in training-passes.js. The steps themselves are in c/train.c. It knows no data set, and keeps no history. It is not in the
 * page's first script.
 */

import { parameterRows } from './blocks.js';
import { requireBoolean, requireFields, requireOneOf, requireWhole } from './check.js';
import { createMemory } from './memory.js';
import { valuesOf } from './readout.js';
import { FACTORS, HYPERS } from './tables.js';
import { compact, finish } from './tensors.js';
import {
  checkOptions,
  checkRun,
  checkTrained,
  hypersOf,
  requireFloats,
  requireHyper,
  requireRows,
} from './training-options.js';
import { createPasses } from './training-passes.js';
import { readTables, startNet, strideOf, writeRows } from './wasm.js';

/**
 * @typedef {import('./spec.js').Spec} Spec
 * @typedef {import('./training-options.js').Options} Options
 * @typedef {import('./training-options.js').RunOptions} RunOptions
 * @typedef {import('./training-passes.js').StepResult} StepResult
 * @typedef {import('./training-passes.js').Evaluation} Evaluation
 *
 * @typedef {{ step: number, values: Float32Array }} Saved the state after a step: see net_state in c/initscope.h
 * @typedef {ReturnType<ReturnType<typeof createTraining>['training']>} Training
 */

/** Writes all examples into the memory of a network that was started. @param {any} wasm @param {number} net
 * @param {number} width numbers in an example @param {number} outputs @param {ReturnType<typeof checkOptions>} options */
function writeExamples(wasm, net, width, outputs, { isLabelled, train, test }) {
  const { buffer } = wasm.memory;
  const all = train.count + (test?.count ?? 0);
  const inputs = new Float32Array(buffer, wasm.net_examples(net), all * strideOf(width));
  const labels = new Uint32Array(buffer, wasm.net_labels(net), isLabelled ? all : 0);
  const targets = new Float32Array(buffer, wasm.net_targets(net), isLabelled ? 0 : all * strideOf(outputs));
  let first = 0;
  for (const examples of test ? [train, test] : [train]) {
    writeRows(inputs, examples.inputs, width, first);
    if (isLabelled) labels.set(examples.labels, first);
    else writeRows(targets, examples.targets, outputs, first);
    first += examples.count;
  }
}

/**
 * The calls that train, for a module.
 * @param {{ module: WebAssembly.Module, wasm: any }} opened see instance.js
 */
export function createTraining(opened) {
  const memory = createMemory(opened);
  const tables = readTables(opened.wasm);

  /** Starts the network, with its examples. @param {import('./spec.js').CheckedSpec} checked
   * @param {ReturnType<typeof checkOptions>} options */
  function start(checked, options) {
    const { objective, dialect, rule, hypers, rates, train, test } = options;
    /** @param {any} module @param {number} built */
    const prepare = (module, built) => {
      const statuses = [
        module.net_set_training(built, objective, rule, dialect, train.count + (test?.count ?? 0)),
        module.net_set_split(built, train.count),
        ...hypers.map(([which, value]) => module.net_set_hyper(built, which, value)),
        ...rates.map(([layer, weights, biases]) => module.net_set_factors(built, layer, weights, biases)),
      ];
      if (statuses.some((status) => status < 0)) throw new Error(`the engine refused checked options: ${statuses}`);
    };
    const { wasm, net } = startNet(memory, tables, { ...checked, prepare });
    const { inputs, layers } = checked;
    writeExamples(wasm, net, valuesOf(inputs), layers[layers.length - 1].out.channels, options);
    return { wasm, net };
  }

  /**
   * Starts a network that trains. It begins with the weights that engine.run draws for the spec.
   * @param {Spec | import('./spec.js').LineSpec} spec its batch is the batch of a step, and its seed also gives the order of
   *   the examples. Its input, loss and backward are not used
   * @param {Options} options
   * @throws {import('./refusal.js').RefusalError} if a field is wrong, or the network is too large to be stored
   */
  function training(spec, options) {
    const checked = checkTrained(tables, spec);
    const given = checkOptions(opened.wasm, options, checked);
    const { wasm, net } = start(checked, given);
    const { isLabelled, train, test } = given;
    const { layers } = checked;
    const { begin, end, evaluate, forward, pass, requireOpen, result } = createPasses({
      ...{ wasm, net, tables, checked, isLabelled },
    });

    /** @param {'train' | 'heldOut'} which */
    const evaluating = (which) =>
      requireOneOf('examples', which, test ? ['train', 'heldOut'] : ['train']) === 'train'
        ? evaluate(0, train.count)
        : evaluate(train.count, train.count + (test?.count ?? 0));

    const floats = wasm.net_state_floats(net);
    const state = () => {
      requireOpen();
      const address = wasm.net_state(net); // 0 where a step has moved some layers and not yet all
      if (address === 0) throw new Error('a step is under way');
      return new Float32Array(wasm.memory.buffer, address, floats);
    };

    /** Address of a layer's weights in the state. @param {number} layer from 1 */
    const addressOf = (layer) => {
      requireWhole('layer', layer, 1, layers.length);
      const sizes = layers.map((one) => parameterRows(one) * strideOf(one.out.channels));
      const before = sizes.slice(0, layer - 1).reduce((sum, size) => sum + size, 0);
      return state().byteOffset + before * Float32Array.BYTES_PER_ELEMENT;
    };

    /** @param {Float32Array} given (rows, inputs) @returns {[given: Float32Array, rows: number]} */
    const requireInputs = (given) => {
      requireOpen();
      const width = valuesOf(checked.inputs);
      const count = Math.floor((given?.length ?? 0) / width);
      return [requireFloats('inputs', given, count, width), count];
    };

    return {
      /** The bytes of a saved state. */
      bytes: floats * Float32Array.BYTES_PER_ELEMENT,

      /** Does one step. @param {boolean} [observe] whether the result has layers; that takes longer
       * @returns {StepResult} */
      step(observe = false) {
        if (requireBoolean('observe', observe)) return finish(pass(true, true));
        begin(() => wasm.net_train(net, 1));
        return result();
      },

      /** Does one step, and yields between the parts of its layers: the share of a layer that is done. A caller may stop
       * between parts. Where weights have moved, the step is then finished. While it is under way, calls that read the
       * state or begin another pass throw an Error once weights have moved. Before that, another pass takes over.
       * @param {boolean} [observe] @returns {Generator<number, StepResult, void>} */
      stepping: (observe = false) => pass(true, observe),

      /** Observes the batch of the next step, forward and back, and moves nothing. @returns {StepResult} */
      look: () => finish(pass(false, true)),
      /** The same, with yields between parts. @returns {Generator<number, StepResult, void>} */
      looking: () => pass(false, true),

      /** Loss and accuracy over all examples of a set. @param {'train' | 'heldOut'} which @returns {Evaluation} */
      evaluate: (which) => finish(evaluating(which)),
      /** The same, with yields between parts. @param {'train' | 'heldOut'} which */
      evaluating,

      /**
       * The last layer's activations for any inputs.
       * @param {Float32Array} given (rows, inputs)
       * @returns {Float32Array} (rows, outputs)
       */
      outputs: (given) => forward(...requireInputs(given), 'activations', [layers.length])[0],

      /**
       * The preactivations of every layer for any inputs.
       * @param {Float32Array} given (rows, inputs)
       * @returns {Float32Array[]} for each layer (rows, units), or (rows, height, width, channels)
       */
      preactivations: (given) =>
        forward(
          ...requireInputs(given),
          'preactivations',
          layers.map((_, i) => i + 1),
        ),

      /** A copy of a layer's weights, of the shape that engine.tensor gives; empty for a layer without weights.
       * @param {number} layer from 1 */
      weights(layer) {
        const address = addressOf(layer);
        const { rows, out } = layers[layer - 1];
        return compact(wasm, address, rows, out.channels, strideOf(out.channels));
      },

      /** A copy of a layer's biases; empty for a layer without weights. @param {number} layer from 1 */
      biases(layer) {
        const weights = addressOf(layer);
        const { rows, out } = layers[layer - 1];
        const stride = strideOf(out.channels);
        const address = weights + rows * stride * Float32Array.BYTES_PER_ELEMENT;
        return compact(wasm, address, rows > 0 ? 1 : 0, out.channels, stride);
      },

      /** A copy of what a norm, a sum or PReLU trains: gains and shifts by channel, the factors stream and branch, or slopes;
       * empty for other layers, and where a norm has no shifts or a sum has fixed factors. @param {number} layer from 1
       * @returns {{ gains?: Float32Array, shifts?: Float32Array, stream?: number, branch?: number, slopes?: Float32Array }} */
      parameters(layer) {
        const address = addressOf(layer);
        const { norm, sum, prelu, out } = layers[layer - 1];
        const stride = strideOf(out.channels);
        const row = (/** @type {number} */ i) => compact(wasm, address + i * stride * 4, 1, out.channels, stride);
        if (norm) return { gains: row(0), ...(parameterRows(layers[layer - 1]) > 1 && { shifts: row(1) }) };
        if (prelu) return { slopes: prelu.shared ? row(0).slice(0, 1) : row(0) };
        const [factors] = [sum ? new Float32Array(wasm.memory.buffer, address, FACTORS.length) : []];
        return Object.fromEntries((sum?.trains ?? []).map((name) => [name, factors[FACTORS.indexOf(name)]]));
      },

      /** Sets the learning rate of the next step. @param {number} value */
      setRate(value) {
        requireOpen();
        wasm.net_set_hyper(net, HYPERS.indexOf('rate'), requireHyper(wasm, 'rate', value));
      },

      /** A copy of the state. Training that is restored to it goes on to the same bits. The rate is not part of it.
       * @returns {Saved} */
      save() {
        const values = state().slice();
        return { step: wasm.net_steps(net), values };
      },

      /** @param {Saved} saved by a training of the same spec and options */
      restore(saved) {
        const { step, values } = requireFields('saved', saved, ['step', 'values']);
        const steps = requireWhole('saved.step', step, 0, 2 ** 32 - 1);
        state().set(requireRows('saved.values', values, 1, floats));
        begin(() => wasm.net_set_steps(net, steps)); // a pass that is half done saw other weights
      },

      /** Frees the network. */
      end,
    };
  }

  return {
    training,

    /** The hyperparameters that a library's optimizer takes, with the defaults of that library; null where it has no such
     * optimizer. @param {string} optimizer @param {string} [as] */
    hyperparameters: (optimizer, as = 'pytorch') => hypersOf(opened.wasm, optimizer, as),

    /**
     * Trains a network, and yields after each step, or after each `every` steps. The caller may stop early. A loss that
     * diverges is reported (`diverged`), and training goes on.
     * @param {Spec | import('./spec.js').LineSpec} spec
     * @param {Options & RunOptions} options
     * @returns {Generator<StepResult, void, void>} its first next() throws a RefusalError if the spec or an option is wrong
     */
    *train(spec, options) {
      const { steps, every, observe, rates, rest } = checkRun(opened.wasm, options);
      const one = training(spec, rest);
      try {
        for (let step = 1; step <= steps; step++) {
          const rate = rates.get(step);
          if (rate !== undefined) one.setRate(rate);
          const isReported = step % every === 0 || step === steps;
          const result = one.step(observe && isReported);
          if (isReported) yield result;
        }
      } finally {
        one.end();
      }
    },
  };
}
