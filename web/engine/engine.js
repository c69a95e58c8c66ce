/**
 * engine.js: the library's surface for page, worker, Node and tests alike: a spec goes in, plain copies come out.
 *
 * It holds no state between calls, draws nothing and starts no worker. What a spec may be is in spec.js, and every call
 * into WebAssembly in wasm.js and readout.js.
 */

import { requireAnyNumber, requireOneOf, requireWhole } from './check.js';
import { partsOf, readBack, readFixedPoint, readLayer, readRules, readTensor } from './readout.js';
import { isRefusal } from './refusal.js';
import { checkShape } from './shapes.js';
import { checkSpec } from './spec.js';
import { CONVENTIONS, TENSORS } from './tables.js';
import { instantiate, readTables, startNet } from './wasm.js';

export { stack } from './spec.js';

/** Most bytes of what a series has drawn that it keeps, 20 layers of 1024 units. */
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
 * @property {number} zeros share that is exactly 0
 * @property {number} saturated share outside the activation's range of response
 * @property {number} dead share of units that are 0 for the whole batch
 * @property {number} nonFinite count, apart from all the above but size
 * @property {Uint32Array} counts histogram over equal bins of [lo, hi]; sums to size - nonFinite
 * @property {number} lo
 * @property {number} hi
 *
 * @typedef {object} LayerResult
 * @property {number} layer 1 to depth
 * @property {'dense' | 'conv'} kind
 * @property {number} fanIn as `fans` counts it, which the scheme goes by
 * @property {number} fanOut
 * @property {number} trueFanIn how many numbers go into one output
 * @property {import('./shapes.js').Convention} fans
 * @property {boolean} varianceAsStd
 * @property {[number, number]} [kernel] of a convolution, as are the next; sizes are [height, width]
 * @property {number} [channelsIn]
 * @property {number} [channelsOut]
 * @property {[number, number]} [size] of what it gives
 * @property {[number, number]} [sizeIn]
 * @property {number} [stride]
 * @property {'same' | 'valid'} [padding]
 * @property {number} [groups]
 * @property {string} activation
 * @property {string} scheme
 * @property {number} gain
 * @property {Scheme['distribution']} distribution
 * @property {Scheme['mode']} mode
 * @property {number} number of the scheme's rule
 * @property {number} mean what the rule gives this layer's weights: mean and std
 * @property {number} std
 * @property {number | null} bound that they lie within, if they are cut
 * @property {number} parent std of the normal before the cut
 * @property {string} bias scheme of the biases
 * @property {number} biasStd root mean square that the rule of the biases gives
 * @property {Summary} input of the whole net
 * @property {Summary} weights null where spec.observe, or the layer's own, leaves them out, as are all that it may
 * @property {Summary} preactivations without them, correlation and places are null too
 * @property {Summary} activations
 * @property {number | null} correlation of the preactivations of two inputs; null for a batch of 1, or not observed
 * @property {Places | null} places of the preactivations of a convolution
 * @property {Theory | null} theory what mean-field theory predicts; null where it does not apply
 * @property {FixedPoint | null} fixedPoint where a stack of layers like this one leads; null where theory does not
 * apply
 *
 * @typedef {object} Places where a convolution's numbers are large and small; theory is of its interior
 * @property {Float64Array} squares (height, width): mean squares over batch and channels
 * @property {{ top: number, bottom: number, left: number, right: number } | null} inside the places, up to and without
 *   bottom and right, to which nothing came from a border; null if there are none
 * @property {number | null} interiorRms over the places inside
 * @property {number | null} borderRms over all others; null if there are none
 *
 * @typedef {object} FixedPoint of q_{l+1} = weightSquare E phi(sqrt(q_l) z)^2 + biasSquare; Poole et al. 2016, Schoenholz et
 *   al. 2017
 * @property {number} weightSquare sigma_w^2 = fan_in Var(W)
 * @property {number} biasSquare sigma_b^2
 * @property {number} q where E z^2 leads from 1: 0 if it decays, Infinity if it grows without bound
 * @property {number} chi weightSquare E phi'^2 there: the factor of the deltas' mean square, layer by layer back
 * @property {number} lengthDepth layers in which a deviation from q falls by e; Infinity where marginal, negative where
 * it
 *   grows, NaN at infinity
 * @property {number} correlationDepth the same for the distance of two like inputs
 *
 * @typedef {object} Theory of a layer of this width; the log stds say how far one network may lie from it
 * @property {number} zSquare E z^2
 * @property {number} zLogStd std over networks of ln(mean z^2), for one input
 * @property {number} zCorrelation of the preactivations of two inputs
 * @property {number} aMean
 * @property {number} aSquare
 * @property {number} aLogStd
 * @property {number} slopeSquare E phi'(z)^2
 *
 * @typedef {object} BackResult of one layer, from the last to the first
 * @property {number} layer
 * @property {Summary} deltas dL/dz
 * @property {Summary} weightGradients dL/dW
 * @property {number} loss mean over the batch
 * @property {number} meanSlope mean of phi'(z)
 * @property {Places | null} deltaPlaces
 * @property {BackTheory | null} backTheory
 *
 * @typedef {{ deltaSquare: number, gradientSquare: number, deltaLogStd: number, gradientLogStd: number }} BackTheory
 *
 * @typedef {LayerResult & Partial<BackResult>} RunLayer
 * @typedef {Omit<RunLayer, 'input'> & { tries?: number }} PassedLayer what is known of a layer, without the input, which
 *   is the network's; with what the backward pass found once it came by, and where gains were tuned, how often its
 *   output was looked at
 * @typedef {LayerResult | BackResult | number} Step a layer passed forward or back, or the share of the next that is done
 * @typedef {{ spec: Spec, input: Summary, loss?: number, layers: RunLayer[] }} Run
 * @typedef {'input' | 'weights' | 'preactivations' | 'activations' | 'deltas' | 'weightGradients'} TensorName
 * @typedef {ReturnType<typeof makeEngine>} Engine
 */

/**
 * @param {WebAssembly.Module | BufferSource | Response} [source] default, in Node only: the module that build.sh built
 * @returns {Promise<Engine>}
 */
export async function loadEngine(source) {
  return makeEngine(await instantiate(source));
}

/** @param {any} wasm the exports of an initialized module */
function makeEngine(wasm) {
  const tables = readTables(wasm);
  /** @param {unknown} name */
  const placeOf = (name) => {
    const names = tables.activations.map((row) => row.name);
    return names.indexOf(requireOneOf('activation', name, names));
  };
  /**
   * The steps of a started net, whose results it adds to those of the layers that it has passed already.
   * @param {number} net @param {import('./spec.js').CheckedSpec} checked @param {boolean} parts
   * @param {LayerResult[]} [results]
   * @returns {Generator<Step, void, void>}
   */
  function* pass(net, checked, parts, results = []) {
    for (let layer = 1; layer <= checked.layers.length; layer++) {
      const known = results[layer - 1];
      if (known) {
        // what a rule comes to is the same, its name need not be
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
     * Runs the whole network. What cannot be run throws a RangeError that carries { code, field, value, range }, as
     * refusal.js has them.
     * @param {Spec} spec
     * @returns {Run}
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
     * The same, each layer as it finishes: 1 to depth, and then, where the spec says backward, depth to 1. The caller
     * may stop early. With `parts`, between the parts of a layer it yields the share of it that is done, a number.
     * @param {Spec} spec
     * @param {boolean} [parts]
     * @returns {Generator<Step, void, void>} LayerResult, then BackResult
     */
    *steps(spec, parts = false) {
      const checked = checkSpec(tables, spec);
      const net = startNet(wasm, tables, checked);
      try {
        yield* pass(net, checked, parts);
      } finally {
        wasm.net_free(net);
      }
    },

    /**
     * Runs one after the other, of which each takes over what the last has passed forward: the first layers, as far as
     * they, the seed, the batch, the input (unless it is an array) and what is observed are the same in both, and both
     * specs say backward. What weights are drawn from is taken over at any width, scale and batch, if the seed and the
     * distribution are the same. It gives the same as a run by itself. It holds the last network until `end`, and gives
     * it up where the next does not fit into memory beside it.
     */
    series() {
      let held = 0;
      /** Of the layers that the held network has passed; each run has an array of its own. @type {LayerResult[]} */
      let known = [];
      const end = () => {
        wasm.net_free(held);
        held = 0;
        known = [];
      };
      /** @param {import('./spec.js').CheckedSpec} checked */
      const start = (checked) => {
        try {
          return startNet(wasm, tables, checked, KEPT);
        } catch (error) {
          if (!held || !isRefusal(error) || error.code !== 'memoryExhausted') throw error;
          end();
          return startNet(wasm, tables, checked, KEPT);
        }
      };
      return {
        /** As above, until another run of the series begins. @param {Spec} spec @param {boolean} [parts]
         * @returns {Generator<Step, void, void>} */
        *steps(spec, parts = false) {
          const checked = checkSpec(tables, spec);
          const net = start(checked);
          const results = known.slice(0, held ? wasm.net_resume(net, held) : 0);
          wasm.net_free(held);
          held = net;
          known = results;
          for (const step of pass(net, checked, parts, results)) {
            yield step;
            if (known !== results) throw new Error('this run is over: the series has gone on, or has ended');
          }
        },
        end,
      };
    },

    /**
     * A copy of one tensor: weights and their gradients are (fan_in, units), the input (batch, inputs), all others
     * (batch, units); of a convolution (height, width, channels in / groups, channels out) and (batch, height, width,
     * channels). Those of the backward pass are to be had whether or not the spec says backward.
     * @param {Spec} spec
     * @param {TensorName} name
     * @param {number} [layer] 1 to depth; 'input' takes none
     * @param {number} [units] of weights and their gradients: of so many units only, the first; all
     * @returns {Float32Array}
     */
    tensor(spec, name, layer, units) {
      const passing = this.tensorSteps(spec, name, layer, units);
      for (;;) {
        const { done, value } = passing.next();
        if (done) return value;
      }
    },

    /**
     * The same, where the caller may stop early: yields between the parts of the layers that are passed on the way.
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
      const net = startNet(wasm, tables, { ...checked, layers });
      try {
        return yield* readTensor(wasm, net, checked, name, which, most);
      } finally {
        wasm.net_free(net);
      }
    },

    /**
     * How many numbers go into one output, and how many outputs one number goes into: truly, or as a library counts it.
     * @param {import('./shapes.js').DenseShape | import('./shapes.js').ConvShape} layer
     * @param {import('./shapes.js').Convention} [convention] 'true'
     * @returns {{ fanIn: number, fanOut: number }}
     */
    fans(layer, convention = 'true') {
      const rule = CONVENTIONS.indexOf(requireOneOf('convention', convention, CONVENTIONS));
      const { size, channelsIn, channelsOut, groups, transposed } = checkShape(layer);
      const [fanIn, fanOut] = [0, 1].map((which) =>
        wasm.fans_of(rule, which, transposed, size, channelsIn, channelsOut, groups),
      );
      return { fanIn, fanOut };
    },

    /**
     * Where a stack of layers of one kind leads, by mean-field theory. NaN for a negative variance; of an infinite one q
     * is Infinity.
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
