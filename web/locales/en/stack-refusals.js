/**
 * stack-refusals.js: what is wrong with a line of the stack notation, in English: a sentence for each of its codes in
 * engine/refusal.js. They load with the notation. All other refusals are in refusals.js.
 */
import { count } from './numbers.js';

/** @import { Refused, StackSentences } from '../refused.js' */

/** What belongs there. @type {Record<import('../../engine/refusal.js').Expected, string>} */
const EXPECTED = {
  text: 'text',
  input: 'the input, such as 784, 28x28 or 28x28x1',
  start: 'the input before the first layer, as in 784-20*256',
  side: 'the height and the width of the images',
  inputs: 'a number of inputs',
  image: 'images as the input, such as 28x28x1: the first layer needs them',
  vector: 'a number of inputs, such as 784. To average images, put the layer gap first',
  dash: 'a hyphen and the next layer',
  comma: 'a hyphen and the next layer, or a point before decimals',
  layer:
    'a layer: a number of units, conv, convT, maxpool, avgpool, gap, flatten, layernorm, rmsnorm, batchnorm, add, glu, swiglu, geglu or prelu',
  attached: 'a layer. An option follows its layer after a colon, as in 256:relu',
  option: 'an option of the layer, such as tanh, he-normal or gain=2',
  count: 'a number of repeats, as in 20*256',
  close: 'a closing bracket',
  units: 'a number of units',
  channels: 'a number of channels',
  kernel: 'a kernel, such as 5x5',
  window: 'a window, such as 2 or 2x3',
  stride: 'a stride',
  padding: 'a padding: same, valid or a number',
  rows: 'a number: the rows and columns to cut off on each side',
  outputPadding: 'a number of rows and columns to add to the output',
  single: 'the end, because only one layer goes here',
  groups: 'a number of groups',
  pool: 'a way to turn images into a vector: flatten or average',
  activation: 'an activation, such as relu',
  scheme: 'a scheme, such as he-normal',
  parameter: 'the parameter of the activation, as in sin=30',
  schemeNumber: 'the number of the scheme, as in normal=0.02',
  argument: 'an argument of this scheme, as in normal(std=0.02)',
  mode: 'a mode: fan-in, fan-out, fan-avg or fan-geo-avg',
  distribution: 'a distribution: uniform, normal, truncated or truncated-raw',
  gain: 'a gain: a number, pytorch, forward or backward',
  bias: 'the std of the biases, or a scheme',
  fans: 'a way to count fan-in and fan-out: true, pytorch, keras, jax, whole or channels',
  varianceAsStd: 'true or false',
  shared: 'true or false',
  drawn: 'a number format such as bfloat16',
  over: 'the number of layers that the sum spans, as in add2',
  epsilon: 'an epsilon, such as 0.001',
  stream: 'the factor of the stream',
  branch: 'the factor of the branch',
  trains: 'the factors that train: stream or branch',
  slope: 'the slope below 0, such as 0.25',
  perChannel: 'true or false',
  observe: 'names of tensors (weights, preactivations, activations, weight-gradients), or none alone',
};

/** What must be a number. @type {Partial<Record<import('../../engine/refusal.js').Expected, string>>} */
const NUMBERS = {
  input: 'the size of the input',
  side: 'a side of the images',
  inputs: 'the number of inputs',
  count: 'the number of repeats',
  units: 'the number of units',
  channels: 'the number of channels',
  kernel: 'a side of the kernel',
  window: 'a side of the window',
  stride: 'the stride',
  padding: 'the padding',
  rows: 'the padding',
  outputPadding: 'the output padding',
  groups: 'the number of groups',
  parameter: 'the parameter of the activation',
  schemeNumber: 'the number of the scheme',
  gain: 'the gain',
  bias: 'the std of the biases',
  over: 'the number of layers that the sum spans',
  epsilon: 'epsilon',
  stream: 'the factor of the stream',
  branch: 'the factor of the branch',
  slope: 'the slope',
};

/** @type {Record<string, string>} */
const KINDS = {
  dense: 'a dense layer',
  conv: 'a convolution',
  'transposed-conv': 'a transposed convolution',
  'max-pool': 'max pooling',
  'average-pool': 'average pooling',
  'global-average-pool': 'global average pooling',
  flatten: 'flatten',
  'layer-norm': 'layer norm',
  'rms-norm': 'RMS norm',
  'batch-norm': 'batch norm',
  add: 'a residual sum',
  glu: 'GLU',
  swiglu: 'SwiGLU',
  geglu: 'GEGLU',
  prelu: 'PReLU',
};

/** @param {{ position: number, found: string }} range */
const where = ({ position, found }) =>
  `Character ${count(position + 1)}, ${found ? `“${found}”` : 'the end of the line'}`;

/** @type {StackSentences} */
export const STACK_REFUSED = {
  stackUnexpected: ({ range }) =>
    `${where(range)}: expected ${EXPECTED[range.expected]}.` +
    (range.near.length > 0 ? ` Perhaps you mean: ${range.near.join(', ')}.` : ''),
  stackNumber: ({ range }) =>
    `${where(range)}: ${NUMBERS[range.expected]} must be a ${range.whole ? 'whole ' : ''}number from ` +
    `${count(range.least)} to ${count(range.most)}.`,
  stackTwice: ({ range }) => `${where(range)}: “${range.option}” is already set.`,
  stackMisfit: ({ range: { expected, kind, ...range } }) =>
    `${where(range)}: ${KINDS[kind]} has no such option. ` +
    (expected.length > 0 ? `Its options: ${expected.join(', ')}.` : 'It has no options.'),
  stackLater: ({ range }) => `${where(range)}: Initscope cannot run this ${range.expected} yet.`,
  stackDeep: ({ range }) =>
    `${where(range)}: from here on there are more than ${count(range.expected)} layers. Take fewer.`,
  stackLong: ({ range }) => `The line is longer than ${count(range.expected)} characters. Shorten it.`,
};

/** @param {Refused<keyof StackSentences>} refused */
export const stackRefusalWords = (refused) => /** @type {any} */ (STACK_REFUSED)[refused.code](refused);
