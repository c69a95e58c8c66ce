/**
 * plain-training.js: training in plain double precision: losses against given labels or targets, gradients of weights and
 * biases, and one step of each optimizer as each library defines it. It follows papers, and formulas measured in the
 * libraries, not the C code: it was written without sight of it. It draws nothing: weights and examples are given.
 * The passes through a network are in network.js. Tests compare the engine with it in training.test.js.
 */
import { backward } from './network.js';
import { outputsOf, shapesOf, weightsOf } from './plain.js';

/**
 * @typedef {'sgd' | 'momentum' | 'nesterov' | 'adam'} Optimizer
 * @typedef {'pytorch' | 'keras' | 'optax' | 'tensorflow-js' | 'scikit-learn' | 'convnet-js'} Library
 *
 * What the same names mean in one library.
 * @typedef {object} Dialect
 * @property {boolean} rateInside whether the velocity holds the rate: v = mu v - rate g. Elsewhere u = mu u + g
 * @property {number | null} epsilon of Adam; null: the library has no Adam
 * @property {boolean} corrects Adam adds epsilon to sqrt(v / c2), after the correction of the bias. Elsewhere to sqrt(v)
 * @property {boolean} hasNesterov
 * @property {Decay | null} decay weight decay of the optimizers without Adam; null: the library has none
 * @property {Decay | null} adamDecay
 * @property {boolean} halvesSquares whether the gradient of the squared error is (a - y) / batch. Elsewhere it is that of
 *   the mean over batch and outputs: 2 (a - y) / (batch outputs)
 *
 * 'coupled': g += decay p. 'decoupled': p -= rate decay p, before the step. 'by batch': g += decay p / batch, weights only.
 * @typedef {'coupled' | 'decoupled' | 'by batch'} Decay
 */

/** @type {Record<Library, Dialect>} */
export const DIALECTS = {
  pytorch: {
    ...{ rateInside: false, epsilon: 1e-8, corrects: true, hasNesterov: true },
    ...{ decay: 'coupled', adamDecay: 'coupled', halvesSquares: false },
  },
  keras: {
    ...{ rateInside: true, epsilon: 1e-7, corrects: false, hasNesterov: true },
    ...{ decay: 'decoupled', adamDecay: 'decoupled', halvesSquares: false },
  },
  optax: {
    ...{ rateInside: false, epsilon: 1e-8, corrects: true, hasNesterov: true },
    ...{ decay: 'coupled', adamDecay: 'decoupled', halvesSquares: false },
  },
  'tensorflow-js': {
    ...{ rateInside: false, epsilon: 1e-7, corrects: true, hasNesterov: true },
    ...{ decay: null, adamDecay: null, halvesSquares: false },
  },
  'scikit-learn': {
    ...{ rateInside: true, epsilon: 1e-8, corrects: false, hasNesterov: true },
    ...{ decay: 'by batch', adamDecay: 'by batch', halvesSquares: true },
  },
  'convnet-js': {
    ...{ rateInside: true, epsilon: null, corrects: false, hasNesterov: false },
    ...{ decay: 'by batch', adamDecay: null, halvesSquares: true },
  },
};

/** Whether a library has an optimizer. @param {Library} library @param {Optimizer} optimizer */
export function exists(library, optimizer) {
  const { epsilon, hasNesterov } = DIALECTS[library];
  return optimizer === 'adam' ? epsilon !== null : optimizer !== 'nesterov' || hasNesterov;
}

/**
 * @typedef {object} Choice of an optimizer
 * @property {Optimizer} optimizer
 * @property {Library} as
 * @property {number} rate
 * @property {number} [momentum] default .9
 * @property {number} [beta1] default .9
 * @property {number} [beta2] default .999
 * @property {number} [epsilon] default: the library's
 * @property {number} [decay] default 0
 *
 * What an optimizer keeps of one tensor: the velocity, or Adam's two averages.
 * @typedef {{ first: Float64Array, second: Float64Array }} State
 *
 * Changes a value by at most this many roundings to single precision. The plain run leaves it as it is.
 * @typedef {(value: number, roundings: number, size?: number) => number} Round size: default |value|
 */

/** @type {Round} */
const exact = (value) => value;

/** @param {number} length @returns {State} */
export const stateOf = (length) => ({ first: new Float64Array(length), second: new Float64Array(length) });

/* Roundings of a single-precision step, counted in the formulas: one for each operation and each constant. */
const STORED = 1;
const AVERAGED = 5;
const MOVED = 9;

/**
 * One step of an optimizer on one tensor. Momentum: Sutskever et al. 2013, eqs. 1 to 4, as libraries write it. Adam: Kingma and
 * Ba 2015, algorithm 1; epsilon before the correction as at the end of their section 2.
 * @param {Choice} choice
 * @param {number} t number of the step, from 1
 * @param {number} batch
 * @param {boolean} isBias
 * @param {Float64Array} p parameters, changed in place
 * @param {ArrayLike<number>} gradients
 * @param {State} state changed in place
 * @param {Round} [round]
 */
export function optimize(choice, t, batch, isBias, p, gradients, state, round = exact) {
  const { optimizer, as, rate, momentum = 0.9, beta1 = 0.9, beta2 = 0.999, decay = 0 } = choice;
  const { rateInside, corrects, ...dialect } = DIALECTS[as];
  const epsilon = choice.epsilon ?? dialect.epsilon ?? Number.NaN;
  const way = optimizer === 'adam' ? dialect.adamDecay : dialect.decay;
  const mu = optimizer === 'sgd' ? 0 : momentum;
  const [c1, c2] = [1 - beta1 ** t, 1 - beta2 ** t];
  const { first, second } = state;
  for (let i = 0; i < p.length; i++) {
    let g = gradients[i];
    if (way === 'coupled') g += decay * p[i];
    if (way === 'by batch' && !isBias) g += (decay * p[i]) / batch;
    if (way === 'decoupled') p[i] -= rate * decay * p[i];
    let move = 0;
    if (optimizer === 'adam') {
      first[i] = round(beta1 * first[i] + (1 - beta1) * g, AVERAGED);
      second[i] = round(beta2 * second[i] + (1 - beta2) * g * g, AVERAGED);
      move = corrects
        ? (rate * (first[i] / c1)) / (Math.sqrt(second[i] / c2) + epsilon)
        : (((rate * Math.sqrt(c2)) / c1) * first[i]) / (Math.sqrt(second[i]) + epsilon);
    } else {
      const pull = rateInside ? rate * g : g;
      first[i] = round(mu * first[i] + pull, AVERAGED);
      move = (rateInside ? 1 : rate) * (optimizer === 'nesterov' ? pull + mu * first[i] : first[i]);
    }
    p[i] = round(p[i] - round(move, MOVED), STORED);
  }
}

/**
 * Mean softmax cross-entropy over the batch.
 * @param {ArrayLike<number>} logits (batch, classes)
 * @param {ArrayLike<number>} labels (batch)
 */
export function meanCrossEntropy(logits, labels) {
  const classes = logits.length / labels.length;
  const gradient = new Float64Array(logits.length);
  let [loss, right] = [0, 0];
  for (let b = 0; b < labels.length; b++) {
    const row = Float64Array.from({ length: classes }, (_, c) => logits[b * classes + c]);
    const most = Math.max(...row);
    const sum = row.reduce((total, z) => total + Math.exp(z - most), 0);
    loss += (most + Math.log(sum) - row[labels[b]]) / labels.length;
    right += Number(row.indexOf(most) === labels[b]);
    row.forEach((z, c) => {
      gradient[b * classes + c] = (Math.exp(z - most) / sum - Number(c === labels[b])) / labels.length;
    });
  }
  return { loss, gradient, accuracy: right / labels.length };
}

/**
 * Mean squared error over batch and outputs.
 * @param {ArrayLike<number>} outputs (batch, outputs)
 * @param {ArrayLike<number>} targets the same
 */
export function meanSquaredError(outputs, targets) {
  const d = Float64Array.from(outputs, (a, i) => a - targets[i]);
  return { loss: d.reduce((sum, v) => sum + v * v, 0) / d.length, gradient: d.map((v) => (2 * v) / d.length) };
}

/**
 * @typedef {object} PlainNet
 * @property {import('./plain.js').Shape[]} shapes
 * @property {string[]} activations one a layer
 * @property {Float64Array[]} weights one a layer, here and below; empty without weights. Training changes them
 * @property {Float64Array[]} biases
 *
 * @typedef {{ inputs: ArrayLike<number>, labels?: ArrayLike<number>, targets?: ArrayLike<number> }} Examples
 */

/** The network that the engine trains, as it stands now. @param {any} training @param {any} spec @returns {PlainNet} */
export function netOf(training, { layers, activation = 'relu' }) {
  const shapes = shapesOf(layers);
  /** @param {'weights' | 'biases'} kind */
  const read = (kind) => shapes.map(({ pooling }, i) => Float64Array.from(pooling ? [] : training[kind](i + 1)));
  return {
    shapes,
    activations: shapes.map(({ pooling }, i) => (pooling ? 'linear' : (layers[i].activation ?? activation))),
    weights: read('weights'),
    biases: read('biases'),
  };
}

/** The loss of a network, and the gradients of its weights and biases. @param {PlainNet} net @param {Examples} examples
 * @param {number} [scale] of the gradients, not of the loss */
export function lossOf(net, { inputs, labels, targets = [] }, scale = 1) {
  /** @type {any} */
  let found = null;
  const { layers } = backward({
    ...net,
    input: Float64Array.from(inputs),
    lossOf: (a) => {
      found = labels ? meanCrossEntropy(a, labels) : meanSquaredError(a, targets);
      return { total: found.loss, size: 0, gradient: found.gradient.map((/** @type {number} */ g) => scale * g) };
    },
  });
  return {
    loss: /** @type {number} */ (found.loss),
    accuracy: /** @type {number | undefined} */ (found.accuracy),
    outputs: layers[layers.length - 1].activations,
    weights: layers.map(({ weightGradients }) => weightGradients),
    biases: layers.map(({ deltas }, l) => sumByColumn(deltas, net.biases[l].length)),
  };
}

/** Sums over the batch and over places: each bias serves them all. @param {Float64Array} deltas @param {number} columns */
function sumByColumn(deltas, columns) {
  const sums = new Float64Array(columns);
  for (let i = 0; columns > 0 && i < deltas.length; i++) sums[i % columns] += deltas[i];
  return sums;
}

/* Roundings on the way to a gradient, in units of its rms. A sum of n terms errs by sqrt(n) of them; each layer adds the
 * bias and a polynomial for phi on the way forward, the slope on the way back; the loss takes a softmax. */
const ACTIVATED = 6;
const SLOPED = 4;
const LOST = 8;

/** @param {PlainNet} net @param {number} batch */
function roundingsOf({ shapes }, batch) {
  const sums = shapes.map((shape) => {
    const weights = weightsOf(shape);
    const taps = Math.sqrt(weights / shape.channelsOut) + Math.sqrt(weights / shape.channelsIn);
    return taps + ACTIVATED + SLOPED;
  });
  const terms = Math.max(...shapes.map((shape) => (batch * outputsOf(shape)) / shape.channelsOut));
  return sums.reduce((sum, n) => sum + n, LOST + Math.sqrt(terms));
}

/** The unit roundoff of single precision. */
export const ROUNDOFF = 2 ** -24;

/** Rounding of a run that could be the engine's: each value moves by its whole bound, up or down at random.
 * @param {() => number} random @returns {Round} */
export const shaken =
  (random) =>
  (value, roundings, size = Math.abs(value)) =>
    value + (random() < 0.5 ? -1 : 1) * roundings * ROUNDOFF * size;

/** @param {Float64Array} values */
const rmsOf = (values) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);

/**
 * A run from given weights. It owns copies of them.
 * @param {PlainNet} start
 * @param {Round} [round] default: exact
 */
export function plainTraining(start, round = exact) {
  const net = {
    ...start,
    weights: start.weights.map((w) => w.slice()),
    biases: start.biases.map((b) => b.slice()),
  };
  const states = [net.weights, net.biases].map((tensors) => tensors.map(({ length }) => stateOf(length)));
  let steps = 0;
  return {
    ...net,
    /** One step. @param {Examples} examples the batch @param {number} batch @param {Choice} choice
     * @returns {{ loss: number, accuracy?: number }} of the batch, before the step */
    step(examples, batch, choice) {
      steps++;
      const outputs = outputsOf(net.shapes[net.shapes.length - 1]);
      const scale = !examples.labels && DIALECTS[choice.as].halvesSquares ? outputs / 2 : 1;
      const found = lossOf(net, examples, scale);
      const roundings = roundingsOf(net, batch);
      [found.weights, found.biases].forEach((gradients, kind) => {
        gradients.forEach((g, l) => {
          const rms = rmsOf(g);
          const rounded = g.map((v) => round(v, roundings, rms));
          const p = [net.weights, net.biases][kind][l];
          optimize(choice, steps, batch, kind === 1, p, rounded, states[kind][l], round);
        });
      });
      return { loss: round(found.loss, roundings), accuracy: found.accuracy };
    },
  };
}
