/**
 * training.js: a network that trains: engine.training, one step at a time, and engine.train, a whole run.
 *
 * It checks what the caller gives, and reads the results. The steps themselves are in c/train.c. It knows no data set, and
 * keeps no history: a caller may save and restore the state. It is not in the page's first script.
 */

import { requireFields, requireNumber, requireOneOf, requireWhole } from './check.js';
import { createMemory } from './memory.js';
import { readBack, readLayer, valuesOf } from './readout.js';
import { refuse } from './refusal.js';
import { checkSpec } from './spec.js';
import { DIALECTS, HYPERS, LIMITS, LOSSES, OBJECTIVES, OPTIMIZERS, TENSORS } from './tables.js';
import { compact, partsOf } from './tensors.js';
import { readTables, startNet } from './wasm.js';

/**
 * @typedef {import('./spec.js').Spec} Spec
 * @typedef {import('./spec.js').CheckedSpec} CheckedSpec
 *
 * @typedef {object} Examples
 * @property {Float32Array} inputs (examples, inputs), or (examples, height, width, channels)
 * @property {ArrayLike<number>} [labels] for cross-entropy: (examples), whole numbers from 0 to outputs - 1
 * @property {Float32Array} [targets] for squared error: (examples, outputs)
 *
 * @typedef {object} Options how a network trains
 * @property {Examples} data what it trains on
 * @property {Examples} [heldOut] what it never sees in a step; for `evaluate`
 * @property {'cross-entropy' | 'squared-error'} [loss] default 'cross-entropy', of softmax(a_L). Both are the mean over the
 *   batch, as in PyTorch; squared error also over the outputs
 * @property {'sgd' | 'momentum' | 'nesterov' | 'adam'} [optimizer] default 'sgd'
 * @property {'pytorch' | 'keras' | 'optax' | 'tensorflow-js' | 'scikit-learn' | 'convnet-js'} [as] whose definition of the
 *   optimizer: the same name is another step in another library (c/optimizer.c). Default 'pytorch'
 * @property {number} [rate] the learning rate; these six default to what the library has
 * @property {number} [momentum]
 * @property {number} [beta1] Adam's
 * @property {number} [beta2]
 * @property {number} [epsilon]
 * @property {number} [decay] weight decay; default 0
 *
 * @typedef {object} RunOptions of engine.train, beside Options
 * @property {number} steps how many
 * @property {number} [every] a result after each so many steps, and after the last; default 1
 * @property {boolean} [observe] whether the results have layers; default false
 * @property {readonly (readonly [step: number, rate: number])[]} [rates] changes: from this step on (the first is step 1), this
 *   rate
 *
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
 *   over the std of the weights; null for a layer without weights, and where nothing moved
 *
 * @typedef {{ step: number, values: Float32Array }} Saved the state after a step: see net_state in c/initscope.h
 * @typedef {{ loss: number, accuracy: number | null }} Evaluation over a whole set of examples
 * @typedef {ReturnType<ReturnType<typeof createTraining>['training']>} Training
 */

const OPTIONS = ['data', 'heldOut', 'loss', 'optimizer', 'as', ...HYPERS];
const RUN_OPTIONS = ['steps', 'every', 'observe', 'rates'];
const EXAMPLES = ['inputs', 'labels', 'targets'];

/** The hyperparameters that a library's optimizer takes, with their defaults; null where it has no such optimizer.
 * @param {any} wasm @param {string} optimizer @param {string} as @returns {Record<string, number> | null} */
function hypersOf(wasm, optimizer, as) {
  const [rule, dialect] = [OPTIMIZERS.indexOf(optimizer), DIALECTS.indexOf(as)];
  const taken = HYPERS.map((name, which) => [name, wasm.optimizer_default(rule, dialect, which)]);
  const numbers = taken.filter(([, value]) => !Number.isNaN(value));
  return numbers.length > 0 ? Object.fromEntries(numbers) : null;
}

/** The largest finite float. */
const LARGEST = 2 ** 128 - 2 ** 104;

/** An array of numbers. @param {string} field @param {any} array @returns {any} */
const requireArray = (field, array) =>
  ArrayBuffer.isView(array) || Array.isArray(array) ? array : refuse('wrongType', field, array, 'array');

/** An array of floats, so many a row. @param {string} field @param {any} array @param {number} rows
 * @param {number} width @returns {Float32Array} */
function requireRows(field, array, rows, width) {
  if (!(array instanceof Float32Array)) refuse('wrongType', field, array, 'Float32Array');
  if (array.length !== rows * width) {
    refuse('inputLength', `${field}.length`, array.length, { needed: rows * width, batch: rows, inputs: width });
  }
  return array;
}

/** The same, all finite. @param {string} field @param {any} array @param {number} rows @param {number} width */
function requireFloats(field, array, rows, width) {
  const wrong = requireRows(field, array, rows, width).findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) requireNumber(`${field}[${wrong}]`, array[wrong], -LARGEST, LARGEST);
  return array;
}

/**
 * @param {string} field @param {any} given Examples @param {CheckedSpec} checked @param {boolean} isLabelled
 * @returns {{ count: number, inputs: Float32Array, labels: ArrayLike<number>, targets: Float32Array }}
 */
function checkExamples(field, given, { inputs: shape, layers }, isLabelled) {
  const { inputs, labels, targets } = requireFields(field, given, EXAMPLES);
  const [width, outputs] = [valuesOf(shape), layers[layers.length - 1].out.channels];
  if (!(inputs instanceof Float32Array)) refuse('wrongType', `${field}.inputs`, inputs, 'Float32Array');
  const count = isLabelled ? requireArray(`${field}.labels`, labels).length : Math.floor(inputs.length / width);
  requireWhole(`${field}.${isLabelled ? 'labels' : 'inputs'}.length`, count, 1, LIMITS.examples);
  requireFloats(`${field}.inputs`, inputs, count, width);
  if (isLabelled) {
    for (let i = 0; i < count; i++) requireWhole(`${field}.labels[${i}]`, labels[i], 0, outputs - 1);
  } else requireFloats(`${field}.targets`, targets, count, outputs);
  return { count, inputs, labels, targets };
}

/** The spec of a network that can train: its last layer gives a vector. @param {import('./spec.js').Tables} tables
 * @param {any} spec @returns {CheckedSpec} */
function checkTrained(tables, spec) {
  const isObject = typeof spec === 'object' && spec !== null && !Array.isArray(spec);
  const whole = isObject ? { ...spec, input: 'normal', backward: true, loss: 'random' } : spec;
  const checked = checkSpec(tables, whole);
  const last = checked.layers.length - 1;
  const { out, kind } = checked.layers[last];
  if (out.height * out.width > 1) {
    refuse('unknownName', `layers[${last}].kind`, kind, ['dense', 'flatten', 'global-average-pool']);
  }
  return { ...checked, loss: LOSSES.indexOf('cross-entropy') };
}

/** Writes rows into the engine's memory, where each takes `stride` numbers. @param {Float32Array} to
 * @param {Float32Array} rows @param {number} width @param {number} stride @param {number} [first] row to write */
function writeRows(to, rows, width, stride, first = 0) {
  for (let row = 0; row * width < rows.length; row++) {
    to.set(rows.subarray(row * width, (row + 1) * width), (first + row) * stride);
  }
}

/** @param {number} width */
const strideOf = (width) => Math.ceil(width / LIMITS.panel) * LIMITS.panel;

/**
 * The calls that train, for a module.
 * @param {{ module: WebAssembly.Module, wasm: any }} opened see instance.js
 */
export function createTraining(opened) {
  const memory = createMemory(opened);
  const tables = readTables(opened.wasm);

  /** @param {any} options @param {CheckedSpec} checked */
  function checkOptions(options, checked) {
    const { wasm } = opened;
    const { data, heldOut, loss = 'cross-entropy', optimizer = 'sgd', as = 'pytorch', ...numbers } = options;
    const objective = OBJECTIVES.indexOf(requireOneOf('loss', loss, OBJECTIVES));
    const dialect = DIALECTS.indexOf(requireOneOf('as', as, DIALECTS));
    const offered = OPTIMIZERS.filter((name) => hypersOf(wasm, name, as));
    const rule = OPTIMIZERS.indexOf(requireOneOf('optimizer', optimizer, offered));
    requireFields('options', numbers, Object.keys(hypersOf(wasm, optimizer, as) ?? {}));
    const hypers = Object.entries(numbers).map(([name, value]) => {
      const which = HYPERS.indexOf(name);
      return [which, requireNumber(name, value, 0, wasm.net_hyper_limit(which))];
    });
    const isLabelled = loss === 'cross-entropy';
    const train = checkExamples('data', data, checked, isLabelled);
    const test = heldOut === undefined ? null : checkExamples('heldOut', heldOut, checked, isLabelled);
    requireWhole('batch', checked.batch, 1, Math.min(train.count, LIMITS.batch));
    requireWhole('examples', train.count + (test?.count ?? 0), 1, LIMITS.examples);
    return { objective, dialect, rule, hypers, isLabelled, train, test };
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
    const { objective, dialect, rule, hypers, isLabelled, train, test } = checkOptions(
      requireFields('options', options, OPTIONS),
      checked,
    );
    const all = train.count + (test?.count ?? 0);
    const { batch, layers, inputs } = checked;
    const [width, outputs] = [valuesOf(inputs), layers[layers.length - 1].out.channels];

    /** @param {any} module @param {number} built */
    const prepare = (module, built) => {
      module.net_set_training(built, objective, rule, dialect, all);
      module.net_set_split(built, train.count);
      for (const [which, value] of hypers) module.net_set_hyper(built, which, value);
    };
    const { wasm, net } = startNet(memory, tables, { ...checked, prepare });
    let isOpen = true;
    for (const [examples, first] of test
      ? [
          [train, 0],
          [test, train.count],
        ]
      : [[train, 0]])
      writeExamples(examples, first);

    /** @param {any} examples @param {any} first */
    function writeExamples(examples, first) {
      const { buffer } = wasm.memory;
      const stride = strideOf(width);
      writeRows(new Float32Array(buffer, wasm.net_examples(net), all * stride), examples.inputs, width, stride, first);
      if (isLabelled) {
        new Uint32Array(buffer, wasm.net_labels(net), all).set(examples.labels, first);
      } else {
        const wide = strideOf(outputs);
        writeRows(new Float32Array(buffer, wasm.net_targets(net), all * wide), examples.targets, outputs, wide, first);
      }
    }

    const requireOpen = () => {
      if (!isOpen) throw new Error('this training has ended');
    };

    let current = 0; // number of the pass that began last
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
    /** @returns {number} */
    const rate = () => wasm.net_hyper(net, HYPERS.indexOf('rate'));

    /** @returns {StepResult} */
    const result = () => {
      const loss = wasm.net_loss(net);
      const accuracy = isLabelled ? wasm.net_right(net) / batch : null;
      return { step: wasm.net_steps(net), loss, accuracy, rate: rate(), diverged: !Number.isFinite(loss) };
    };

    /** Passes the batch of the next step, and yields the share of a layer that is done between its parts.
     * @param {boolean} updates whether the weights move @param {boolean} observe
     * @returns {Generator<number, StepResult, void>} */
    function* pass(updates, observe) {
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
    }

    /** The last value of a generator. @template R @param {Generator<unknown, R, void>} generator @returns {R} */
    const finish = (generator) => {
      for (;;) {
        const { done, value } = generator.next();
        if (done) return value;
      }
    };

    /** @param {number} from @param {number} to examples @returns {Generator<number, Evaluation, void>} */
    function* evaluateRange(from, to) {
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
    }

    /** @param {'train' | 'heldOut'} which @returns {[from: number, to: number]} */
    const rangeOf = (which) =>
      requireOneOf('examples', which, test ? ['train', 'heldOut'] : ['train']) === 'train'
        ? [0, train.count]
        : [train.count, all];

    const floats = wasm.net_state_floats(net);
    const state = () => {
      requireOpen();
      const place = wasm.net_state(net); // 0 where a step has moved some layers and not yet all
      if (place === 0) throw new Error('a step is under way');
      return new Float32Array(wasm.memory.buffer, place, floats);
    };

    /** Where the weights of a layer lie in the state. @param {number} layer from 1 */
    const placeOf = (layer) => {
      requireWhole('layer', layer, 1, layers.length);
      const sizes = layers.map(({ rows, out }) => (rows > 0 ? (rows + 1) * strideOf(out.channels) : 0));
      const before = sizes.slice(0, layer - 1).reduce((sum, size) => sum + size, 0);
      return state().byteOffset + before * Float32Array.BYTES_PER_ELEMENT;
    };

    return {
      /** The bytes of a saved state. */
      bytes: floats * Float32Array.BYTES_PER_ELEMENT,

      /** Does one step. @param {boolean} [observe] whether the result has layers; that takes longer
       * @returns {StepResult} */
      step(observe = false) {
        if (observe) return finish(pass(true, true));
        begin(() => wasm.net_train(net, 1));
        return result();
      },

      /** Does one step, and yields between the parts of its layers: the share of a layer that is done. If the caller stops in
       * the middle, weights that have begun to move are moved to the end of the step. Between parts, calls that read the
       * state, or begin another pass, throw an Error where some weights have moved. Elsewhere the other pass takes over.
       * @param {boolean} [observe] @returns {Generator<number, StepResult, void>} */
      stepping: (observe = false) => pass(true, observe),

      /** Observes the batch of the next step, forward and back, and moves nothing. @returns {StepResult} */
      look: () => finish(pass(false, true)),
      /** The same, with yields between parts. @returns {Generator<number, StepResult, void>} */
      looking: () => pass(false, true),

      /** Loss and accuracy over all examples of a set. @param {'train' | 'heldOut'} which @returns {Evaluation} */
      evaluate: (which) => finish(evaluateRange(...rangeOf(which))),
      /** The same, with yields between batches. @param {'train' | 'heldOut'} which */
      evaluating: (which) => evaluateRange(...rangeOf(which)),

      /**
       * The last layer's activations for any inputs.
       * @param {Float32Array} given (rows, inputs)
       * @returns {Float32Array} (rows, outputs)
       */
      outputs(given) {
        requireOpen();
        const count = Math.floor((given?.length ?? 0) / width);
        requireFloats('inputs', given, count, width);
        const found = new Float32Array(count * outputs);
        const which = TENSORS.indexOf('activations');
        for (let first = 0; first < count; first += batch) {
          const rows = Math.min(batch, count - first);
          begin(() => wasm.net_begin_given(net));
          const buffer = new Float32Array(wasm.memory.buffer, wasm.net_input(net), batch * strideOf(width));
          buffer.fill(0);
          writeRows(buffer, given.subarray(first * width, (first + rows) * width), width, strideOf(width));
          while (wasm.net_step(net) > 0);
          const values = compact(wasm, wasm.net_tensor(net, which), rows, outputs, strideOf(outputs));
          found.set(values, first * outputs);
        }
        return found;
      },

      /** A copy of a layer's weights, of the shape that engine.tensor gives; empty for a layer without weights.
       * @param {number} layer from 1 */
      weights(layer) {
        const place = placeOf(layer);
        const { rows, out } = layers[layer - 1];
        return compact(wasm, place, rows, out.channels, strideOf(out.channels));
      },

      /** A copy of a layer's biases. @param {number} layer from 1 */
      biases(layer) {
        const { rows, out } = layers[requireWhole('layer', layer, 1, layers.length) - 1];
        const stride = strideOf(out.channels);
        const place = placeOf(layer) + rows * stride * Float32Array.BYTES_PER_ELEMENT;
        return compact(wasm, place, rows > 0 ? 1 : 0, out.channels, stride);
      },

      /** Sets the learning rate of the next step. @param {number} value */
      setRate(value) {
        requireOpen();
        const which = HYPERS.indexOf('rate');
        wasm.net_set_hyper(net, which, requireNumber('rate', value, 0, wasm.net_hyper_limit(which)));
      },

      /** A copy of the state. Training that is restored to it goes on to the same bits. The rate is not part of it.
       * @returns {Saved} */
      save() {
        return { step: wasm.net_steps(net), values: state().slice() };
      },

      /** @param {Saved} saved by a training of the same spec and options */
      restore(saved) {
        const { step, values } = requireFields('saved', saved, ['step', 'values']);
        const steps = requireWhole('saved.step', step, 0, 2 ** 32 - 1);
        state().set(requireRows('saved.values', values, 1, floats));
        begin(() => wasm.net_set_steps(net, steps)); // a pass that is half done saw other weights
      },

      /** Frees the network. */
      end() {
        if (isOpen) wasm.net_free(net);
        isOpen = false;
      },
    };
  }

  /** @param {any} rates @returns {Map<number, number>} */
  function checkRates(rates) {
    if (!Array.isArray(rates)) refuse('wrongType', 'rates', rates, 'array');
    const most = opened.wasm.net_hyper_limit(HYPERS.indexOf('rate'));
    return new Map(
      rates.map((/** @type {any} */ change, /** @type {number} */ i) => [
        requireWhole(`rates[${i}][0]`, change?.[0], 1, 2 ** 32 - 1),
        requireNumber(`rates[${i}][1]`, change?.[1], 0, most),
      ]),
    );
  }

  return {
    training,

    /** The hyperparameters that a library's optimizer takes, with the defaults of that library; null where it has no such
     * optimizer. @param {string} optimizer @param {string} [as] */
    hyperparameters: (optimizer, as = 'pytorch') => hypersOf(opened.wasm, optimizer, as),

    /**
     * Trains a network, and yields after each step, or after each `every` steps. The caller may stop early. A loss that
     * diverges is told in the results (`diverged`); training goes on.
     * @param {Spec | import('./spec.js').LineSpec} spec
     * @param {Options & RunOptions} options
     * @returns {Generator<StepResult, void, void>} its first next() throws a RefusalError if the spec or an option is wrong
     */
    *train(spec, options) {
      const given = requireFields('options', options, [...OPTIONS, ...RUN_OPTIONS]);
      const { steps, every = 1, observe = false, rates = [], ...rest } = given;
      const last = requireWhole('steps', steps, 1, 2 ** 32 - 1);
      const pause = requireWhole('every', every, 1, 2 ** 32 - 1);
      const changes = checkRates(rates);
      const one = training(spec, rest);
      try {
        for (let step = 1; step <= last; step++) {
          const rate = changes.get(step);
          if (rate !== undefined) one.setRate(rate);
          const isTold = step % pause === 0 || step === last;
          const told = one.step(observe === true && isTold);
          if (isTold) yield told;
        }
      } finally {
        one.end();
      }
    },
  };
}
