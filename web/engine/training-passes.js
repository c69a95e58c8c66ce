/**
 * training-passes.js: the passes of a network that trains, one at a time: steps, looks, evaluations, outputs. Each yields
 * between the parts of its layers. A pass over which another has begun refuses to go on.
 *
 * It checks no options: training-options.js does. It keeps no results.
 */

import { requireBoolean } from './check.js';
import { readBack, readLayer, valuesOf } from './readout.js';
import { HYPERS, TENSORS } from './tables.js';
import { compact, partsOf } from './tensors.js';
import { strideOf, writeRows } from './wasm.js';

/**
 * @typedef {object} StepResult
 * @property {number} step how many steps are done
 * @property {number} loss mean over the batch, before the weights moved
 * @property {number | null} accuracy share of the batch that was classified right, before the weights moved; null for
 *   squared error
 * @property {number} rate the learning rate
 * @property {boolean} diverged whether the loss is NaN or infinite
 * @property {TrainedLayer[]} [layers] if observed
 *
 * What the step saw in one layer, before its weights moved. Theory is null.
 * @typedef {import('./results.js').RunLayer & { updateRatio: number | null }} TrainedLayer updateRatio: std of the update
 *   over std of the weights before it; NaN or infinite where all weights were equal; null for a layer without weights, and
 *   in a look
 *
 * @typedef {{ loss: number, accuracy: number | null }} Evaluation over a whole set of examples
 *
 * @typedef {object} Trained a network that trains and was started
 * @property {any} wasm exports of the module
 * @property {number} net handle
 * @property {import('./spec.js').Tables} tables
 * @property {import('./spec.js').CheckedSpec} checked
 * @property {boolean} isLabelled whether the loss is cross-entropy
 */

/** @param {Trained} trained */
export function createPasses({ wasm, net, tables, checked, isLabelled }) {
  const { batch, layers, inputs } = checked;
  const width = valuesOf(inputs);
  let isOpen = true;
  let current = 0; // number of the pass that began last

  const requireOpen = () => {
    if (!isOpen) throw new Error('this training has ended');
  };

  /** Begins a pass. @param {() => number} call it fails where a step has moved some layers and not yet all
   * @returns {number} of the pass */
  const begin = (call) => {
    requireOpen();
    if (call() < 0) throw new Error('a step is under way');
    return ++current;
  };

  /** Yields what a pass yields, and refuses to go on with it once another has begun.
   * @param {number} own number of the pass @param {Iterable<number>} shares */
  function* guard(own, shares) {
    for (const share of shares) {
      yield share;
      requireOpen();
      if (own !== current) throw new Error('another pass has begun');
    }
  }

  /** @returns {StepResult} */
  const result = () => {
    const loss = wasm.net_loss(net);
    return {
      step: wasm.net_steps(net),
      loss,
      accuracy: isLabelled ? wasm.net_right(net) / batch : null,
      rate: wasm.net_hyper(net, HYPERS.indexOf('rate')),
      diverged: !Number.isFinite(loss),
    };
  };

  return {
    requireOpen,
    begin,
    result,

    /** Passes the batch of the next step forward and back, and yields the share of a layer that is done between its parts.
     * @param {boolean} updates whether the weights move @param {boolean} observe
     * @returns {Generator<number, StepResult, void>} */
    *pass(updates, observe) {
      requireBoolean('observe', observe);
      const own = begin(() => wasm.net_begin_batch(net, updates, observe));
      /** @type {any[]} */
      const seen = [];
      for (let layer = 1; layer <= layers.length; layer++) {
        yield* guard(own, partsOf(wasm, net, wasm.net_step_part));
        if (observe) seen.push(readLayer(wasm, tables, net, checked, layer));
      }
      try {
        for (let layer = layers.length; layer > 0; layer--) {
          yield* guard(own, partsOf(wasm, net, wasm.net_back_part));
          if (!observe) continue;
          const ratio = wasm.net_update_ratio(net);
          const updateRatio = updates && layers[layer - 1].rows > 0 ? ratio : null;
          Object.assign(seen[layer - 1], readBack(wasm, tables, net, checked, layer), { updateRatio });
        }
      } finally {
        // a step that has begun to move weights is finished, so that the state is that of a whole step
        while (isOpen && own === current && wasm.net_back(net) > 0);
      }
      return observe ? { ...result(), layers: seen } : result();
    },

    /** Loss and accuracy over some examples. @param {number} from @param {number} to
     * @returns {Generator<number, Evaluation, void>} */
    *evaluate(from, to) {
      let [loss, right] = [0, 0];
      for (let first = from; first < to; first += batch) {
        const rows = Math.min(batch, to - first);
        const own = begin(() => wasm.net_begin_test(net, first));
        for (let layer = 1; layer <= layers.length; layer++) {
          yield* guard(own, partsOf(wasm, net, wasm.net_step_part));
        }
        loss += rows * wasm.net_score(net, rows);
        right += wasm.net_right(net);
        yield* guard(own, [(first + rows - from) / (to - from)]);
      }
      return { loss: loss / (to - from), accuracy: isLabelled ? right / (to - from) : null };
    },

    /** A tensor of some layers. @param {Float32Array} given (count, inputs) @param {number} count
     * @param {'activations' | 'preactivations'} name @param {number[]} which layers, in order
     * @returns {Float32Array[]} for each of them (count, values of an example) */
    forward(given, count, name, which) {
      const found = which.map((layer) => new Float32Array(count * valuesOf(layers[layer - 1].out)));
      for (let first = 0; first < count; first += batch) {
        const rows = Math.min(batch, count - first);
        begin(() => wasm.net_begin_given(net));
        const buffer = new Float32Array(wasm.memory.buffer, wasm.net_input(net), batch * strideOf(width));
        buffer.fill(0);
        writeRows(buffer, given.subarray(first * width, (first + rows) * width), width);
        for (let layer = 1; layer <= layers.length; layer++) {
          wasm.net_step(net);
          const place = which.indexOf(layer);
          if (place < 0) continue;
          const { out } = layers[layer - 1];
          const tall = rows * out.height * out.width;
          const address = wasm.net_tensor(net, TENSORS.indexOf(name));
          const values = compact(wasm, address, tall, out.channels, strideOf(out.channels));
          found[place].set(values, first * valuesOf(out));
        }
      }
      return found;
    },

    /** Frees the network. */
    end() {
      if (isOpen) wasm.net_free(net);
      isOpen = false;
    },
  };
}
