/**
 * engine.js: the library's interface. The page, the worker, Node and the tests all use it: they pass a spec and get
 * plain copies of the results.
 *
 * It draws nothing and starts no worker. Apart from a series, it keeps no state between calls. Specs are defined in
 * spec.js. Calls into WebAssembly are in wasm.js and readout.js.
 */

import { requireAnyNumber, requireOneOf, requireWhole } from './check.js';
import { open } from './instance.js';
import { createMemory } from './memory.js';
import { partsOf, readBack, readFixedPoint, readLayer, readRules, readTensor } from './readout.js';
import { isRefusal } from './refusal.js';
import { checkShape } from './shapes.js';
import { checkSpec } from './spec.js';
import { CONVENTIONS, FANS, TENSORS } from './tables.js';
import { readSize, readTables, startNet } from './wasm.js';

export { stack } from './spec.js';

/** A series caches at most this many bytes of random draws: enough for 20 layers of 1024 units. */
const KEPT = 84 * 2 ** 20;

/**
 * @typedef {import('./spec.js').Spec} Spec
 * @typedef {import('./spec.js').Scheme} Scheme
 * @typedef {import('./spec.js').Layer} Layer
 *
 * @typedef {object} Summary of a tensor; see SUMMARY_* in c/initscope.h
 * @property {number} size
 * @property {number} mean
 * @property {number} std
 * @property {number} rms
 * @property {number} min
 * @property {number} max
 * @property {number} zeros share of values that are exactly 0
 * @property {number} saturated share of values outside the range in which the activation responds
 * @property {number} dead share of units that are 0 for the whole batch
 * @property {number} nonFinite count of values that are NaN or infinite; only size counts them too
 * @property {Uint32Array} counts histogram: (bins) equal bins over [lo, hi]; sums to size - nonFinite
 * @property {number} lo lower edge of the histogram
 * @property {number} hi upper edge of the histogram
 *
 * @typedef {object} LayerResult
 * @property {number} layer 1 to depth
 * @property {'dense' | 'conv'} kind
 * @property {number} fanIn as the convention `fans` counts it; the scheme uses this one
 * @property {number} fanOut as the convention `fans` counts it
 * @property {number} trueFanIn how many numbers go into one output
 * @property {import('./shapes.js').Convention} fans how the fans are counted
 * @property {Record<import('./shapes.js').Convention, { fanIn: number, fanOut: number }>} counts the fans by every
 *   convention
 * @property {boolean} varianceAsStd whether the scheme's variance was used as the std, by mistake
 * @property {[number, number]} [kernel] [height, width]; this and the next seven only for a convolution
 * @property {number} [channelsIn]
 * @property {number} [channelsOut]
 * @property {[number, number]} [size] of the output images, [height, width]
 * @property {[number, number]} [sizeIn] of the input images, [height, width]
 * @property {number} [stride]
 * @property {'same' | 'valid'} [padding]
 * @property {number} [groups]
 * @property {string} activation
 * @property {string} scheme
 * @property {number} gain
 * @property {Scheme['distribution']} distribution
 * @property {Scheme['mode']} mode
 * @property {number} number the number in the scheme's rule; see Scheme in spec.js
 * @property {number} mean mean of the weights, by the rule
 * @property {number} std std of the weights, by the rule
 * @property {number} rightStd std that the rule gives with the true fans, and no variance used as a std
 * @property {number | null} bound largest |W|, by the rule; null if the distribution has no bound
 * @property {number} parent std of the normal before it is truncated
 * @property {string} bias scheme of the biases
 * @property {number} biasStd root mean square of the biases, by the rule
 * @property {Summary} input of the whole network
 * @property {Summary} weights null if not observed, like every tensor in OBSERVABLE (spec.js)
 * @property {Summary} preactivations if null, correlation and places are null too
 * @property {Summary} activations
 * @property {number | null} correlation between the preactivations of two inputs; null for a batch of 1
 * @property {number} chiAtZero sigma_w^2 phi'(0)^2, the mean square of the slopes on both sides of 0
 * @property {boolean} copies whether all units are copies of one another: equal columns of weights, and equal biases
 * @property {Places | null} places preactivations by position; null for a dense layer
 * @property {Theory | null} theory what mean-field theory predicts; null where it does not apply
 * @property {FixedPoint | null} fixedPoint limit of a stack of layers like this one; null where theory does not apply
 *
 * @typedef {object} Places mean squares of a convolution's tensor by position; theory describes only the interior
 * @property {Float64Array} squares (height, width): mean squares over batch and channels
 * @property {{ top: number, bottom: number, left: number, right: number } | null} inside the interior: positions that
 *   padding has not affected; bottom and right are excluded; null if there are none
 * @property {number | null} interiorRms over the interior; null if there is none
 * @property {number | null} borderRms over all other positions; null if there are none
 *
 * Fixed point of q_{l+1} = weightSquare E phi(sqrt(q_l) z)^2 + biasSquare (Poole et al. 2016; Schoenholz et al. 2017).
 * @typedef {object} FixedPoint
 * @property {number} weightSquare sigma_w^2 = fan_in Var(W)
 * @property {number} biasSquare sigma_b^2
 * @property {number} q limit of E z^2 that starts at 1: 0 if it decays, Infinity if it grows without bound
 * @property {number} chi weightSquare E phi'^2 at q: each layer back multiplies the mean square of dL/dz by it
 * @property {number} lengthDepth layers in which a deviation from q falls by a factor e; Infinity where it stays,
 *   negative where it grows, NaN if q is Infinity
 * @property {number} correlationDepth the same for the distance between two similar inputs
 *
 * @typedef {object} Theory prediction for a layer of this width; log stds are the spread between networks
 * @property {number} zSquare E z^2
 * @property {number} zLogStd std over networks of ln(mean z^2), for one input
 * @property {number} zCorrelation between the preactivations of two inputs
 * @property {number} zNormal 1: all preactivations of the layer are N(0, zSquare); 0: inputs differ in length
 * @property {number} aMean E a
 * @property {number} aSquare E a^2
 * @property {number} aLogStd std over networks of ln(mean a^2), for one input
 * @property {number} slopeSquare E phi'(z)^2
 * @property {number} zLow for one input, at least 95 % of networks have a mean z^2 from zLow to zHigh; NaN: not known
 * @property {number} zHigh
 * @property {number} aLow likewise for a^2
 * @property {number} aHigh
 * @property {number} died probability, for one input, that all activations are 0
 *
 * @typedef {object} BackResult what the backward pass finds in one layer
 * @property {number} layer depth to 1
 * @property {Summary} deltas dL/dz
 * @property {Summary} weightGradients dL/dW
 * @property {number} loss mean over the batch
 * @property {number} meanSlope mean of phi'(z)
 * @property {Places | null} deltaPlaces dL/dz by position; null for a dense layer
 * @property {BackTheory | null} backTheory null where theory does not apply
 *
 * @typedef {{ deltaSquare: number, gradientSquare: number, deltaLogStd: number, gradientLogStd: number,
 *   deltaLow: number, deltaHigh: number, gradientLow: number, gradientHigh: number }} BackTheory
 *
 * @typedef {LayerResult & Partial<BackResult>} RunLayer
 *
 * A layer without the network's input. Fields of BackResult are there after the backward pass. `tries`, where gains
 * were tuned: how often its output was measured.
 * @typedef {Omit<RunLayer, 'input'> & { tries?: number }} PassedLayer
 *
 * A layer passed forward or back; or a number, the share of the next layer that is done.
 * @typedef {LayerResult | BackResult | number} Step
 * @typedef {{ spec: Spec, input: Summary, loss?: number, layers: RunLayer[] }} Run
 * @typedef {'input' | 'weights' | 'preactivations' | 'activations' | 'deltas' | 'weightGradients'} TensorName
 * @typedef {ReturnType<typeof makeEngine>} Engine
 */

/**
 * @param {WebAssembly.Module | BufferSource | Response} [source] in Node it may be left out: dist/initscope.wasm
 * @returns {Promise<Engine>}
 */
export async function loadEngine(source) {
  return makeEngine(await open(source));
}

/** @param {Awaited<ReturnType<typeof open>>} opened */
function makeEngine(opened) {
  const memory = createMemory(opened);
  const { wasm } = opened; // for what needs no network
  const tables = readTables(wasm);
  /** @param {unknown} name */
  const placeOf = (name) => {
    const names = tables.activations.map((row) => row.name);
    return names.indexOf(requireOneOf('activation', name, names));
  };
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
     * @param {Spec} spec
     * @returns {Run}
     * @throws {import('./refusal.js').RefusalError} if the spec cannot be run: { code, field, value, range }
     */
    run(spec) {
      /** @type {RunLayer[]} */
      const layers = [];
      for (const step of this.steps(spec)) {
        if (typeof step !== 'number') layers[step.layer - 1] = { ...layers[step.layer - 1], ...step };
      }
      return { spec, input: layers[0].input, loss: layers[0].loss, layers };
    },

    /**
     * Runs the network and yields each layer as it finishes: 1 to depth, then, if spec.backward, depth to 1. The caller
     * may stop early.
     * @param {Spec} spec
     * @param {boolean} [parts] whether to yield also between the parts of a layer: the share that is done, a number
     * @returns {Generator<Step, void, void>} LayerResult, then BackResult
     * @throws {import('./refusal.js').RefusalError}
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
        try {
          return startNet(memory, tables, checked, KEPT);
        } catch (error) {
          if (!held || !isRefusal(error) || error.code !== 'memoryExhausted') throw error;
          end();
          return startNet(memory, tables, checked, KEPT);
        }
      };
      return {
        /** Like engine.steps; throws once another run of the series has begun. @param {Spec} spec
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
     * - weights and weightGradients: (fan_in, units), or (height, width, channels in / groups, channels out)
     * - input: (batch, inputs), or (batch, height, width, channels)
     * - all others: (batch, units), or (batch, height, width, channels)
     * @param {Spec} spec need not say backward, even for the tensors of the backward pass
     * @param {TensorName} name
     * @param {number} [layer] 1 to depth; left out for 'input'
     * @param {number} [units] weights and weightGradients only for the first so many units; default: all
     * @returns {Float32Array}
     * @throws {import('./refusal.js').RefusalError}
     */
    tensor(spec, name, layer, units) {
      const passing = this.tensorSteps(spec, name, layer, units);
      for (;;) {
        const { done, value } = passing.next();
        if (done) return value;
      }
    },

    /**
     * Like `tensor`, but yields between the parts of the layers that it passes, so that the caller may stop early.
     * @param {Spec} spec @param {TensorName} name @param {number} [layer] @param {number} [units]
     * @returns {Generator<void, Float32Array, void>}
     */
    *tensorSteps(spec, name, layer, units) {
      requireOneOf('tensor', name, TENSORS);
      const most = units === undefined ? Infinity : requireWhole('units', units, 1, tables.limits.units);
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
     * @param {Spec} spec
     * @returns {{ bytes: number, limit: number, batch: number }} limit: the most that a network may have; batch: the
     *   largest that fits into it, 0 if none does
     * @throws {import('./refusal.js').RefusalError} if a field is wrong
     */
    memory(spec) {
      return readSize(memory.current(), tables, checkSpec(tables, spec));
    },

    /**
     * Fan-in (how many numbers go into one output) and fan-out (how many outputs one number goes into).
     * @param {import('./shapes.js').DenseShape | import('./shapes.js').ConvShape} layer
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
     * @param {string} activation
     * @param {number} weightSquare sigma_w^2 = fan_in Var(W)
     * @param {number} [biasSquare] sigma_b^2
     * @returns {FixedPoint}
     */
    fixedPoint: (activation, weightSquare, biasSquare = 0) =>
      readFixedPoint(
        wasm,
        placeOf(activation),
        requireAnyNumber('weightSquare', weightSquare),
        requireAnyNumber('biasSquare', biasSquare),
      ),

    /** phi(z) @param {string} activation @param {number} z @returns {number} */
    phi: (activation, z) => wasm.activation_value(placeOf(activation), requireAnyNumber('z', z)),

    /** phi'(z) @param {string} activation @param {number} z @returns {number} */
    slope: (activation, z) => wasm.activation_slope(placeOf(activation), requireAnyNumber('z', z)),
  };
}
