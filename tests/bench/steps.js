/**
 * steps.js: a step of training in Initscope and in its peers: forward, backward, update by plain SGD. The network is ReLU
 * layers with biases and a linear layer of 10 under softmax cross-entropy, on the digits.
 *
 * All train on one batch, from the same weights, so that their losses can be compared. TensorFlow.js and ConvNetJS get
 * their batch in the form that they read, once. Nothing is timed here.
 */
import assert from 'node:assert/strict';
import { makeData } from '../../web/data/data.js';

/** @typedef {{ depth: number, width: number, batch: number }} Size hidden layers, their units, examples in a batch */
/** @typedef {() => number} Step does a step, and gives the loss before it */

const RATE = 1e-3;
const CLASSES = 10;

/** Pixels of a digit. */
const PIXELS = 64;

/** The first examples of the digits. @param {number} batch */
function batchOf(batch) {
  const { inputs, labels } = makeData('digits', { heldOut: false });
  return { inputs: inputs.slice(0, batch * PIXELS), labels: labels.slice(0, batch) };
}

/**
 * Starts training in Initscope.
 * @param {import('../../web/engine/engine.js').Engine} engine
 * @param {Size} size
 * @param {Partial<import('../../web/engine/training.js').Options>} [options]
 */
export function start(engine, { depth, width, batch }, options) {
  const spec = { layers: `${PIXELS}-${depth}*${width}:relu:he-normal-${CLASSES}:linear:he-normal`, batch };
  return engine.training(spec, { data: batchOf(batch), optimizer: 'sgd', rate: RATE, ...options });
}

/** The weights (inputs, outputs) of each layer, and how many of each. @param {any} training @param {Size} size */
function weightsOf(training, { depth, width }) {
  const shapes = Array.from({ length: depth + 1 }, (_, i) => [i === 0 ? PIXELS : width, i < depth ? width : CLASSES]);
  return shapes.map((shape, i) => ({ shape, values: training.weights(i + 1) }));
}

/** @param {any} training of Initscope @returns {Step} */
const stepOurs = (training) => () => training.step().loss;

/**
 * The same network in TensorFlow.js: gradients by its tape, the update by its optimizer.
 * @param {any} tf with its backend started @param {any} training at its start @param {Size} size @returns {Step}
 */
function stepTensorflow(tf, training, size) {
  const { inputs, labels } = batchOf(size.batch);
  const layers = weightsOf(training, size).map(({ shape, values }) => [
    tf.variable(tf.tensor(values, shape)),
    tf.variable(tf.zeros([shape[1]])),
  ]);
  const x = tf.tensor(inputs, [size.batch, PIXELS]);
  const targets = tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), CLASSES);
  const optimizer = tf.train.sgd(RATE);
  const loss = () => {
    const last = layers.length - 1;
    const logits = layers.reduce((a, [weights, bias], i) => {
      const z = tf.add(tf.matMul(a, weights), bias);
      return i < last ? tf.relu(z) : z;
    }, x);
    return tf.losses.softmaxCrossEntropy(targets, logits);
  };
  return () => {
    const before = optimizer.minimize(loss, true);
    const [value] = before.dataSync();
    before.dispose();
    return value;
  };
}

/**
 * The same network in ConvNetJS, which takes an example at a time.
 * @param {any} convnet @param {any} training at its start @param {Size} size @returns {Step}
 */
function stepConvnet(convnet, training, size) {
  const { inputs, labels } = batchOf(size.batch);
  const hidden = { type: 'fc', num_neurons: size.width, activation: 'relu', bias_pref: 0 };
  const net = new convnet.Net();
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: PIXELS },
    ...Array.from({ length: size.depth }, () => ({ ...hidden })),
    { type: 'softmax', num_classes: CLASSES },
  ]);
  const weights = weightsOf(training, size);
  const dense = net.layers.filter((/** @type {any} */ { layer_type }) => layer_type === 'fc');
  assert.equal(dense.length, weights.length);
  for (const [l, { shape, values }] of weights.entries()) {
    for (const [unit, { w }] of dense[l].filters.entries()) {
      for (let i = 0; i < shape[0]; i++) w[i] = values[i * shape[1] + unit];
    }
  }
  const examples = Array.from(labels, (label, i) => {
    const example = new convnet.Vol(1, 1, PIXELS, 0);
    for (let p = 0; p < PIXELS; p++) example.w[p] = inputs[i * PIXELS + p];
    return { example, label };
  });
  const trainer = new convnet.Trainer(net, { method: 'sgd', learning_rate: RATE, momentum: 0, batch_size: size.batch });
  return () => {
    let sum = 0;
    for (const { example, label } of examples) sum += trainer.train(example, label).cost_loss;
    return sum / size.batch;
  };
}

/**
 * Steps of the same training in all. Throws unless their losses agree over a few steps.
 * @param {{ engine: import('../../web/engine/engine.js').Engine, tf: any, convnet: any }} libraries
 * @param {Size} size
 * @param {string[]} peers 'tfjs', 'convnetjs'
 * @returns {Record<string, Step>} ours and the peers'
 */
export function stepsOf({ engine, tf, convnet }, size, peers) {
  const training = start(engine, size);
  const make = {
    ours: () => stepOurs(training),
    tfjs: () => stepTensorflow(tf, training, size),
    convnetjs: () => stepConvnet(convnet, training, size),
  };
  const names = /** @type {(keyof typeof make)[]} */ ([...peers, 'ours']);
  const steps = Object.fromEntries(names.map((name) => [name, make[name]()]));
  for (let step = 1; step <= 3; step++) {
    const loss = steps.ours();
    for (const peer of peers) {
      const theirs = steps[peer]();
      // floats, and sums in another order: some roundings of 2^-24 of it in each of the layers
      assert.ok(Math.abs(theirs - loss) < 1e-4 * loss, `step ${step}: the loss is ${loss}, in ${peer} ${theirs}`);
    }
  }
  return steps;
}
