// tensorflowjs.mjs: what TensorFlow.js draws: the layers' defaults, and tf.initializers on the kernels of a dense layer and
// of a convolution. It runs on the CPU backend.
import tf from '@tensorflow/tfjs';
import { network, tensor, WIDTH } from './writer.mjs';

console.warn = () => {}; // it warns that orthogonal matrices take long

/** The gates of an LSTM in its kernel, each 64 wide. @param {ArrayLike<number>} bias @param {number} gate */
const ofGate = (bias, gate) => Array.from(bias).slice(64 * gate, 64 * (gate + 1));

const LAYERS = [
  ['D', 'tf.layers.dense({units: 100})', [null, 300], () => tf.layers.dense({ units: 100 })],
  [
    'C',
    'tf.layers.conv2d({filters: 8, kernelSize: 5})',
    [null, 9, 9, 3],
    () => tf.layers.conv2d({ filters: 8, kernelSize: 5 }),
  ],
  [
    'G',
    'tf.layers.depthwiseConv2d({kernelSize: 3})',
    [null, 9, 9, 32],
    () => tf.layers.depthwiseConv2d({ kernelSize: 3 }),
  ],
  [
    'G',
    "tf.layers.depthwiseConv2d({kernelSize: 3, depthwiseInitializer: 'heNormal'})",
    [null, 9, 9, 32],
    () => tf.layers.depthwiseConv2d({ kernelSize: 3, depthwiseInitializer: 'heNormal' }),
  ],
  [
    'other',
    'tf.layers.separableConv2d({filters: 8, kernelSize: 3})',
    [null, 9, 9, 32],
    () => tf.layers.separableConv2d({ filters: 8, kernelSize: 3 }),
  ],
  [
    'T',
    'tf.layers.conv2dTranspose({filters: 8, kernelSize: 4})',
    [null, 9, 9, 16],
    () => tf.layers.conv2dTranspose({ filters: 8, kernelSize: 4 }),
  ],
  [
    'E',
    'tf.layers.embedding({inputDim: 1000, outputDim: 64})',
    [null, 10],
    () => tf.layers.embedding({ inputDim: 1000, outputDim: 64 }),
  ],
  ['R', 'tf.layers.lstm({units: 64})', [null, 10, 32], () => tf.layers.lstm({ units: 64 })],
];
for (const [kind, call, inputShape, make] of LAYERS) {
  /** @type {{ name: string, shape: number[], values: Float32Array }[][]} the weights of layers, made as they are asked for */
  const drawn = [];
  const weightsOf = (index) => {
    if (!drawn[index]) {
      const layer = make();
      layer.build(inputShape);
      drawn[index] = layer.weights.map((weight) => ({
        name: weight.originalName.split('/').pop(),
        shape: weight.shape,
        values: weight.read().dataSync(),
      }));
    }
    return drawn[index];
  };
  weightsOf(0).forEach(({ name, shape }, w) => {
    // the forget gate may have another bias than the others
    const parts = kind === 'R' && shape.length === 1 ? ['i', 'f', 'c', 'o'] : [null];
    parts.forEach((gate, g) => {
      let index = 0;
      const values = () => weightsOf(index++)[w].values;
      if (gate) tensor(call, kind, `${name} ${gate}`, [64], () => ofGate(values(), g));
      else tensor(call, kind, name, shape, values);
    });
  });
}

const INITIALIZERS = [
  ['glorotUniform', {}],
  ['glorotNormal', {}],
  ['heUniform', {}],
  ['heNormal', {}],
  ['leCunUniform', {}],
  ['leCunNormal', {}],
  ['varianceScaling', {}],
  ['varianceScaling', { distribution: 'uniform' }],
  ['varianceScaling', { distribution: 'truncatedNormal' }],
  ['randomUniform', {}],
  ['randomUniform', { minval: 0, maxval: 1 }],
  ['randomUniform', { minval: -1, maxval: 0 }],
  ['randomNormal', {}],
  ['randomNormal', { stddev: 1 }],
  ['randomNormal', { stddev: 0 }],
  ['truncatedNormal', {}],
  ['truncatedNormal', { stddev: 1 }],
  ['orthogonal', {}],
  ['zeros', {}],
  ['ones', {}],
  ['constant', { value: 0.1 }],
];
const SHAPES = { D: [300, 100], C: [5, 5, 3, 8] };
for (const [name, options] of INITIALIZERS) {
  const written = Object.entries(options).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? `'${value}'` : value}`,
  );
  for (const [kind, shape] of Object.entries(SHAPES)) {
    tensor(`tf.initializers.${name}({${written.join(', ')}})`, kind, 'kernel', shape, () =>
      tf.tidy(() => tf.initializers[name](options).apply(shape).dataSync()),
    );
  }
}

network("tf.layers.dense({units: 256, activation: 'relu'})", (inputs) =>
  tf.tidy(() => {
    let a = tf.tensor2d(inputs.map((input) => [...input]));
    return Array.from({ length: 10 }, () => {
      a = tf.layers.dense({ units: WIDTH, activation: 'relu' }).apply(a);
      return [a.dataSync()];
    });
  }),
);
