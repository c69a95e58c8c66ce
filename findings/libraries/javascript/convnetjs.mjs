// convnetjs.mjs: what ConvNetJS draws: fully connected layers and convolutions, with and without a ReLU, and a new Vol.
import convnetjs from 'convnetjs';
import { network, tensor, WIDTH } from './writer.mjs';

const make = (definitions) => {
  const net = new convnetjs.Net();
  net.makeLayers(definitions);
  return net;
};
const filters = (layer) => layer.filters.flatMap(({ w }) => [...w]);
const image = { type: 'input', out_sx: 9, out_sy: 9, out_depth: 3 };
const vector = { type: 'input', out_sx: 1, out_sy: 1, out_depth: 300 };
const loss = { type: 'softmax', num_classes: 10 };

const LAYERS = [
  ["{type: 'fc', num_neurons: 100}", 'D', [vector, { type: 'fc', num_neurons: 100 }, loss], [100, 300]],
  [
    "{type: 'fc', num_neurons: 100, activation: 'relu'}",
    'D',
    [vector, { type: 'fc', num_neurons: 100, activation: 'relu' }, loss],
    [100, 300],
  ],
  [
    "{type: 'fc', num_neurons: 100, activation: 'tanh'}",
    'D',
    [vector, { type: 'fc', num_neurons: 100, activation: 'tanh' }, loss],
    [100, 300],
  ],
  ["{type: 'conv', sx: 5, filters: 8}", 'C', [image, { type: 'conv', sx: 5, filters: 8 }, loss], [8, 5, 5, 3]],
  [
    "{type: 'conv', sx: 5, filters: 8, activation: 'relu'}",
    'C',
    [image, { type: 'conv', sx: 5, filters: 8, activation: 'relu' }, loss],
    [8, 5, 5, 3],
  ],
];
for (const [call, kind, definitions, shape] of LAYERS) {
  const layer = () => make(definitions).layers[1];
  tensor(call, kind, 'filters', shape, () => filters(layer()));
  tensor(call, kind, 'biases', [shape[0]], () => layer().biases.w);
}
// the layer before the loss, which makeLayers adds
const last = () => make([vector, { type: 'softmax', num_classes: 10 }]).layers[1];
tensor("{type: 'softmax', num_classes: 10}", 'other', 'filters', [10, 300], () => filters(last()));
tensor("{type: 'softmax', num_classes: 10}", 'other', 'biases', [10], () => last().biases.w);
tensor('new convnetjs.Vol(5, 5, 3)', 'other', 'w', [5, 5, 3], () => new convnetjs.Vol(5, 5, 3).w);

const definitions = [
  { type: 'input', out_sx: 1, out_sy: 1, out_depth: WIDTH },
  ...Array.from({ length: 10 }, () => ({ type: 'fc', num_neurons: WIDTH, activation: 'relu' })),
  { type: 'regression', num_neurons: 1 },
];
network("{type: 'fc', num_neurons: 256, activation: 'relu'}", (inputs) => {
  const net = make(definitions);
  const relus = net.layers.filter(({ layer_type }) => layer_type === 'relu');
  const outputs = relus.map(() => []);
  for (const input of inputs) {
    net.forward(new convnetjs.Vol([...input]));
    relus.forEach((layer, i) => outputs[i].push(layer.out_act.w));
  }
  return outputs;
});
