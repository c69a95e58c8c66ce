// brainjs.mjs: what brain.js draws: NeuralNetwork, and its recurrent networks.
import brain from 'brain.js';
import { multiply, network, tensor, WIDTH } from './writer.mjs';

// A network that has been trained for no iteration: brain.js draws when training starts, from the sizes of the data.
const fresh = (inputs, hiddenLayers, outputs, options) => {
  const net = new brain.NeuralNetwork({ hiddenLayers, ...options });
  net.verifyIsInitialized([{ input: new Array(inputs).fill(0), output: new Array(outputs).fill(0) }]);
  return net;
};
const flat = (rows) => rows.flatMap((row) => [...row]);

for (const activation of ['sigmoid', 'relu']) {
  const call = `new brain.NeuralNetwork({hiddenLayers: [100], activation: '${activation}'})`;
  const net = () => fresh(300, [100], 10, { activation });
  tensor(call, 'D', 'weights[1]', [100, 300], () => flat(net().weights[1]), true);
  tensor(call, 'D', 'biases[1]', [100], () => net().biases[1], true);
  tensor(call, 'other', 'weights[2]', [10, 100], () => flat(net().weights[2]), true);
  tensor(call, 'other', 'biases[2]', [10], () => net().biases[2], true);
}

// 32 inputs, 64 units. The networks of time steps read vectors; the others read symbols, which they embed first.
const STEPS = { inputSize: 32, hiddenLayers: [64], outputSize: 32 };
const SYMBOLS = { inputSize: 64, inputRange: 999, hiddenLayers: [64], outputSize: 999 };
for (const [kind, type, options, written] of [
  ['R', 'LSTMTimeStep', STEPS, 'inputSize: 32, hiddenLayers: [64], outputSize: 32'],
  ['other', 'GRUTimeStep', STEPS, 'inputSize: 32, hiddenLayers: [64], outputSize: 32'],
  ['other', 'RNNTimeStep', STEPS, 'inputSize: 32, hiddenLayers: [64], outputSize: 32'],
  ['E', 'LSTM', SYMBOLS, 'inputSize: 64, inputRange: 999, hiddenLayers: [64], outputSize: 999'],
]) {
  const call = `new brain.recurrent.${type}({${written}})`;
  const model = () => {
    const net = new brain.recurrent[type](options);
    net.initialize();
    return net.model;
  };
  const { hiddenLayers, input, outputConnector, output } = model();
  const matrices = [
    ...(input ? [['input', (m) => m.input]] : []),
    ...(kind === 'E' ? [] : Object.keys(hiddenLayers[0]).map((name) => [name, (m) => m.hiddenLayers[0][name]])),
    ...(outputConnector ? [['outputConnector', (m) => m.outputConnector]] : []),
    ...(output ? [['output', (m) => m.output]] : []),
  ];
  for (const [name, pick] of matrices) {
    const { rows, columns } = pick(model());
    tensor(
      call,
      kind === 'E' && name !== 'input' ? 'other' : kind,
      name,
      [rows, columns],
      () => pick(model()).weights,
      true,
    );
  }
}

network(
  "new brain.NeuralNetwork({hiddenLayers: [256, ...], activation: 'relu'})",
  multiply(() => {
    const net = fresh(WIDTH, new Array(9).fill(WIDTH), WIDTH, { activation: 'relu' });
    return net.weights.slice(1).map((weights, i) => ({ weights, biases: net.biases[i + 1] }));
  }),
);
