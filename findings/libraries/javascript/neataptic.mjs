// neataptic.mjs: what Neataptic draws: Network, as evolution starts from it, Perceptron, LSTM, and a Node.
import neataptic from 'neataptic';
import { multiply, network, tensor, WIDTH } from './writer.mjs';

const { architect, Network, Node } = neataptic;
const weights = (connections) => connections.map(({ weight }) => weight);
/** The connections of a network that end in nodes of a type. */
const into = (net, type) => net.connections.filter(({ to }) => to.type === type);

tensor('new Network(300, 100)', 'D', 'weight', [300, 100], () => weights(new Network(300, 100).connections));
tensor('new Network(75, 8)', 'other', 'weight', [75, 8], () => weights(new Network(75, 8).connections));
tensor(
  'new architect.Perceptron(300, 100, 10)',
  'D',
  'weights of the hidden layer',
  [300, 100],
  () => weights(into(new architect.Perceptron(300, 100, 10), 'hidden')),
  true,
);
tensor('new architect.Perceptron(300, 100, 10)', 'other', 'weights of the output layer', [100, 10], () =>
  weights(into(new architect.Perceptron(300, 100, 10), 'output')),
);
tensor('new Node()', 'other', 'bias', [1], () => [new Node().bias]);

// An LSTM's nodes in order: inputs, input gates, forget gates, cells, output gates, outputs.
const call = 'new architect.LSTM(32, 64, 10)';
const lstms = Array.from({ length: 32 }, () => new architect.LSTM(32, 64, 10));
/** @param {(nodes: any[]) => number[]} pick values of one network */
const each = (pick) => {
  let index = 0;
  return () => pick(lstms[index++].nodes);
};
const INPUTS = 32;
const UNITS = 64;
['input gate', 'forget gate', 'cell', 'output gate'].forEach((part, p) => {
  const from = INPUTS + p * UNITS;
  const nodesOf = (nodes) => nodes.slice(from, from + UNITS);
  if (part !== 'cell') {
    tensor(
      call,
      'R',
      `bias of the ${part}`,
      [UNITS],
      each((nodes) => nodesOf(nodes).map(({ bias }) => bias)),
    );
    return;
  }
  tensor(
    call,
    'R',
    'weights from the cells to themselves',
    [UNITS],
    each((nodes) => nodesOf(nodes).map(({ connections }) => connections.self.weight)),
  );
});
tensor(
  call,
  'R',
  'weights from the inputs',
  [INPUTS, 4 * UNITS + 10],
  each((nodes) => nodes.slice(0, INPUTS).flatMap(({ connections }) => weights(connections.out))),
);

network(
  'new architect.Perceptron(256, ..., 256), RELU',
  multiply(() => {
    const net = new architect.Perceptron(...new Array(11).fill(WIDTH));
    const layers = Array.from({ length: 11 }, (_, l) => net.nodes.slice(l * WIDTH, (l + 1) * WIDTH));
    return layers.slice(1).map((nodes) => ({
      weights: nodes.map((node) => weights(node.connections.in)),
      biases: nodes.map(({ bias }) => bias),
    }));
  }),
);
