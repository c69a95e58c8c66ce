/**
 * engine.js: the library's interface. The page, the worker, Node and the tests all use it: they pass a spec and get
 * plain copies of the results.
 *
 * It draws nothing and starts no worker. Apart from a series, it keeps no state between calls. Specs are defined in
 * spec.js. Calls into WebAssembly are in wasm.js, readout.js and tensors.js.
 */

import { checkActivation } from './activations.js';
import { requireAnyNumber, requireOneOf, requireWhole } from './check.js';
import { checkShape } from './fan-shapes.js';
import { open } from './instance.js';
import { createMemory } from './memory.js';
import { readBack, readFixedPoint, readLayer, readRules } from './readout.js';
import { isRefusal } from './refusal.js';
import { checkSpec } from './spec.js';
import { CONVENTIONS, FANS, TENSORS } from './tables.js';
import { finish, partsOf, readTensor } from './tensors.js';
import { readSize, readTables, startNet } from './wasm.js';

export { stack } from './spec.js';

/** A series caches at most this many bytes of random draws: enough for 20 layers of 1024 units. */
const KEPT = 84 * 2 ** 20;

/**
 * @typedef {import('./spec.js').Spec} Spec
 * @typedef {import('./spec.js').LineSpec} LineSpec
 * @typedef {import('./spec.js').Scheme} Scheme
 * @typedef {import('./spec.js').Layer} Layer
 * @typedef {import('./results.js').Summary} Summary
 * @typedef {import('./results.js').LayerResult} LayerResult
 * @typedef {import('./results.js').Places} Places
 * @typedef {import('./results.js').FixedPoint} FixedPoint
 * @typedef {import('./results.js').Theory} Theory
 * @typedef {import('./results.js').BackResult} BackResult
 * @typedef {import('./results.js').BackTheory} BackTheory
 * @typedef {import('./results.js').RunLayer} RunLayer
 * @typedef {import('./results.js').PassedLayer} PassedLayer
 * @typedef {import('./results.js').Step} Step
 * @typedef {import('./results.js').Run} Run
 * @typedef {import('./results.js').TensorName} TensorName
 * @typedef {ReturnType<typeof makeEngine> & ReturnType<typeof import('./training.js').createTraining> &
 *   ReturnType<typeof import('./coordinates.js').createCoordinates> &
 *   ReturnType<typeof import('./phase.js').createPhase>} Engine
 */

/**
 * @param {WebAssembly.Module | BufferSource | Response} [source] in Node it may be left out: dist/initscope.wasm
 * @param {(opened: Awaited<ReturnType<typeof open>>) => object} [more] makes further calls of the engine, for a part of the
 *   page; elsewhere it has all
 * @returns {Promise<Engine>}
 */
export async function loadEngine(source, more) {
  const opened = await open(source);
  const engine = /** @type {Engine} */ ({ ...makeEngine(opened), ...more?.(opened) });
  // build.sh bundles the page with an empty url; parts of the page read lines and train, so this is left out of the bundle
  return import.meta.url === '' ? engine : (await import('./library.js')).complete(engine, opened);
}

/** @param {Awaited<ReturnType<typeof open>>} opened */
function makeEngine(opened) {
  const memory = createMemory(opened);
  const { wasm } = opened; // for what needs no network
  const tables = readTables(wasm);
  /**
   * Runs a started network and yields each step.
   * @param {import('./wasm.js').Started} started the network
   * @param {import('./spec.js').CheckedSpec} checked
   * @param {boolean} parts whether to yield between the parts of a layer
   * @param {LayerResult[]} [results] of the layers that the network has passed already; the others are appended
   * @returns {Generator<Step, void, void>}
   */
  function* pass({ wasm, net }, checked, parts, results = []) {
    for (let layer = 1; layer <= checked.layers.length; layer++) {
      const known = results[layer - 1];
      if (known) {
        // two schemes may give the same weights, so the rule's name must be read again
        results[layer - 1] = { ...known, ...readRules(wasm, tables, net, checked.layers[layer - 1], layer) };
      } else {
        for (const share of partsOf(wasm, net, wasm.net_step_part)) if (parts) yield share;
        results.push(readLayer(wasm, tables, net, checked, layer, results.at(-1)));
      }
      yield results[layer - 1];
    }
    if (checked.loss === 0) return;
    for (let layer = checked.layers.length; layer > 0; layer--) {
      for (const share of partsOf(wasm, net, wasm.net_back_part)) if (parts) yield share;
      yield readBack(wasm, tables, net, checked, layer);
    }
  }

  return {
    ...tables,

    /**
     * Runs the whole network.
     * @param {Spec | LineSpec} spec
     * @returns {Run} its spec has the layers of a line
     * @throws {import('./refusal.js').RefusalError} if the spec cannot be run: { code, field, value, range }
     */
    run(spec) {
      /** @type {RunLayer[]} */
      const layers = [];
      for (const step of this.steps(spec)) {
        if (typeof step !== 'number') layers[step.layer - 1] = { ...layers[step.layer - 1], ...step };
      }
      return { spec: /** @type {Spec} */ (spec), input: layers[0].input, loss: layers[0].loss, layers };
    },

    /**
     * Checks a spec without running it. Whether it fits into memory is not checked: `memory` says that.
     * @param {Spec | LineSpec} spec
     * @returns {Spec} the same, with the layers of a line
     * @throws {import('./refusal.js').RefusalError}
     */
    check(spec) {
      checkSpec(tables, spec);
      return /** @type {Spec} */ (spec);
    },

    /**
     * Runs the network and yields each layer as it finishes: 1 to depth, then, if spec.backward, depth to 1. The caller
     * may stop early.
     * @param {Spec | LineSpec} spec
     * @param {boolean} [parts] whether to yield also between the parts of a layer: the share that is done, a number
     * @returns {Generator<Step, void, void>} LayerResult, then BackResult. Its first next() throws a RefusalError if the
     *   spec cannot be run, as do those of the other generators
     */
    *steps(spec, parts = false) {
      const checked = checkSpec(tables, spec);
      const started = startNet(memory, tables, checked);
      try {
        yield* pass(started, checked, parts);
      } finally {
        started.wasm.net_free(started.net);
      }
    },

    /**
     * A series of runs. Each run reuses work of the one before. The results equal those of a separate run.
     *
     * It reuses the first layers as long as both specs agree in them, the seed, the batch, the input and what is
     * observed. Both must say backward, and the input must not be an array. It reuses the random draws of weights at
     * any width, scale and batch, if seed and distribution agree.
     *
     * The series holds the last network until `end`. It frees it earlier if the next one needs the memory. A network
     * that runs in another instance, because it is much larger or smaller, reuses nothing (memory.js).
     */
    series() {
      /** @type {import('./wasm.js').Started | null} */
      let held = null;
      /** Results of the layers that the held network has passed. Each run has its own array. @type {LayerResult[]} */
      let known = [];
      const end = () => {
        held?.wasm.net_free(held.net);
        held = null;
        known = [];
      };
      /** @param {import('./spec.js').CheckedSpec} checked */
      const start = (checked) => {
        const here = { ...memory, double: () => false }; // rather than another instance it takes the held network's memory
        try {
          return startNet(held ? here : memory, tables, checked, KEPT);
        } catch (error) {
          if (!held || !isRefusal(error) || error.code !== 'memoryExhausted') throw error;
          end();
          return startNet(memory, tables, checked, KEPT);
        }
      };
      return {
        /** Like engine.steps; throws once another run of the series has begun. @param {Spec | LineSpec} spec
         * @param {boolean} [parts] @returns {Generator<Step, void, void>} */
        *steps(spec, parts = false) {
          const checked = checkSpec(tables, spec);
          const started = start(checked);
          const { wasm, net } = started;
          const taken = held && held.wasm === wasm ? wasm.net_resume(net, held.net) : 0;
          const results = known.slice(0, taken);
          held?.wasm.net_free(held.net);
          held = started;
          known = results;
          for (const step of pass(started, checked, parts, results)) {
            yield step;
            if (known !== results) throw new Error('this run is over: the series has gone on, or has ended');
          }
        },
        end,
      };
    },

    /**
     * A copy of one tensor. Its shape:
     * - weights and weightGradients: (fan_in, units), or (height, width, channels in / groups, channels out); empty for a
     *   layer without weights
     * - input: (batch, inputs), or (batch, height, width, channels)
     * - all others: (batch, units), or (batch, height, width, channels)
     * @param {Spec | LineSpec} spec need not say backward, even for the tensors of the backward pass
     * @param {TensorName} name
     * @param {number} [layer] 1 to depth; left out for 'input'
     * @param {number} [units] weights and weightGradients only for the first so many units; default: all
     * @returns {Float32Array}
     * @throws {import('./refusal.js').RefusalError}
     */
    tensor(spec, name, layer, units) {
      return finish(this.tensorSteps(spec, name, layer, units));
    },

    /**
     * Like `tensor`, but yields between the parts of the layers that it passes, so that the caller may stop early.
     * @param {Spec | LineSpec} spec @param {TensorName} name @param {number} [layer] @param {number} [units]
     * @returns {Generator<void, Float32Array, void>}
     */
    *tensorSteps(spec, name, layer, units) {
      requireOneOf('tensor', name, TENSORS);
      const most = units === undefined ? Infinity : requireWhole('units', units, 1, tables.limits.outputs);
      const back = name === 'deltas' || name === 'weightGradients';
      const checked = checkSpec(tables, spec, back);
      const layers = checked.layers.map((one) => ({ ...one, observe: [] }));
      const which = name === 'input' ? 0 : requireWhole('layer', layer, 1, checked.layers.length);
      const { wasm, net } = startNet(memory, tables, { ...checked, layers });
      try {
        return yield* readTensor(wasm, net, checked, name, which, most);
      } finally {
        wasm.net_free(net);
      }
    },

    /**
     * The memory that a network needs, apart from the cache of a series. It is not made, and may be too large.
     * @param {Spec | LineSpec} spec
     * @returns {{ bytes: number, limit: number, batch: number }} limit: the most that a network may have; batch: the
     *   largest that fits into it, 0 if none does
     * @throws {import('./refusal.js').RefusalError} if a field is wrong
     */
    memory(spec) {
      return readSize(memory.current(), tables, checkSpec(tables, spec));
    },

    /**
     * Fan-in (how many numbers go into one output) and fan-out (how many outputs one number goes into).
     * @param {import('./fan-shapes.js').DenseShape | import('./fan-shapes.js').ConvShape} layer
     * @param {import('./shapes.js').Convention} [convention] who counts; 'true' (the default) is the real count
     * @returns {{ fanIn: number, fanOut: number }}
     */
    fans(layer, convention = 'true') {
      const rule = CONVENTIONS.indexOf(requireOneOf('convention', convention, CONVENTIONS));
      const { size, channelsIn, channelsOut, groups, transposed } = checkShape(layer);
      const [fanIn, fanOut] = FANS.map((_, which) =>
        wasm.fans_of(rule, which, transposed, size, channelsIn, channelsOut, groups),
      );
      return { fanIn, fanOut };
    },

    /**
     * The fixed point of a deep stack of equal layers, by mean-field theory. If a variance is negative, every
     * prediction is NaN. If one is infinite, q is Infinity.
     * @param {import('./activations.js').ActivationChoice} activation
     * @param {number} weightSquare sigma_w^2 = fan_in Var(W)
     * @param {number} [biasSquare] sigma_b^2
     * @returns {FixedPoint}
     */
    fixedPoint: (activation, weightSquare, biasSquare = 0) =>
      readFixedPoint(
        wasm,
        checkActivation('activation', activation),
        requireAnyNumber('weightSquare', weightSquare),
        requireAnyNumber('biasSquare', biasSquare),
      ),

    /** phi(z) @param {import('./activations.js').ActivationChoice} choice @param {number} z @returns {number} */
    phi(choice, z) {
      const { activation, parameter } = checkActivation('activation', choice);
      return wasm.activation_value(activation, parameter, requireAnyNumber('z', z));
    },

    /** phi'(z) @param {import('./activations.js').ActivationChoice} choice @param {number} z @returns {number} */
    slope(choice, z) {
      const { activation, parameter } = checkActivation('activation', choice);
      return wasm.activation_slope(activation, parameter, requireAnyNumber('z', z));
    },
  };
}
