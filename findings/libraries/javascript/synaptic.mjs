// synaptic.mjs: what synaptic draws: Perceptron, LSTM, a Layer's biases, and what `reset` draws anew.
import synaptic from 'synaptic';
import { multiply, network, tensor, WIDTH } from './writer.mjs';

const { Architect, Layer, Neuron } = synaptic;
const connections = (layer) => layer.connectedTo.map(({ list }) => list.map(({ weight }) => weight));
const biases = (layer) => layer.neurons().map(({ bias }) => bias);

/** Gives one network after the other, each made once: making takes a second. */
function pool(make) {
  const made = [];
  return () => {
    let index = 0;
    return () => (made[index++] ??= make());
  };
}

const perceptrons = pool(() => new Architect.Perceptron(300, 100, 10));
let next = perceptrons();
tensor(
  'new Architect.Perceptron(300, 100, 10)',
  'D',
  'weights of the hidden layer',
  [300, 100],
  () => connections(next().layers.input)[0],
  true,
);
tensor('new Layer(100)', 'D', 'bias', [100], () => biases(new Layer(100)), true);
tensor('new Layer(100).project(new Layer(10))', 'other', 'weight', [100, 10], () =>
  new Layer(100).project(new Layer(10)).list.map(({ weight }) => weight),
);

// Architect.LSTM: the input layer is connected to cell, input gate, forget gate, output gate, output layer, in this order;
// the cell to the output layer, itself, and the three gates.
const call = 'new Architect.LSTM(32, 64, 10)';
const lstms = pool(() => new Architect.LSTM(32, 64, 10));
const GATES = ['input gate', 'forget gate', 'cell', 'output gate'];
const layersOf = {
  inputs: ({ layers }) => connections(layers.input),
  cell: ({ layers }) => connections(layers.hidden[2]),
};
next = lstms();
tensor(call, 'R', 'weights from the inputs', [4, 32, 64], () => layersOf.inputs(next()).slice(0, 4).flat());
next = lstms();
tensor(call, 'R', 'weights from the cells to the gates', [3, 64, 64], () => layersOf.cell(next()).slice(2).flat());
next = lstms();
tensor(call, 'R', 'weights from the cells to themselves', [64], () =>
  next()
    .layers.hidden[2].neurons()
    .map((n) => n.selfconnection.weight),
);
GATES.forEach((gate, i) => {
  if (gate === 'cell') return; // biases as those of any Layer
  next = lstms();
  tensor(call, 'R', `bias of the ${gate}`, [64], () => biases(next().layers.hidden[i]));
});
const small = new Architect.LSTM(2, 8, 1);
tensor(
  'new Architect.LSTM(2, 8, 1), reset()',
  'R',
  'biases of the gates',
  [3, 8],
  () => {
    small.reset();
    return [0, 1, 3].flatMap((gate) => biases(small.layers.hidden[gate]));
  },
  true,
);

// Making a network takes half a minute, as each connection looks through those there are. So one is made, and `reset` draws
// its weights and biases anew; a layer's `set` would give it squash RELU.
const perceptron = new Architect.Perceptron(...new Array(11).fill(WIDTH));
const chain = [perceptron.layers.input, ...perceptron.layers.hidden, perceptron.layers.output];
network(
  'new Architect.Perceptron(256, ..., 256), reset(), Neuron.squash.RELU',
  multiply(() => {
    perceptron.reset();
    return chain.slice(1).map((layer) => ({
      weights: layer.neurons().map(({ connections: { inputs } }) => Object.values(inputs).map(({ weight }) => weight)),
      biases: biases(layer),
    }));
  }),
);
