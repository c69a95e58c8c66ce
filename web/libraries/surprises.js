/**
 * surprises.js: what libraries do that one would not expect: a row each, seen in the named version. Most
 * figures are in tests/reference/libraries.tsv.
 *
 * The sentences are in locales/en/surprises.js and locales/ru/surprises.js, under the same keys.
 */

/**
 * @typedef {object} Surprise
 * @property {string} key its name, which an address may hold
 * @property {string} library
 * @property {string} version in which it was measured
 * @property {string[]} layers kinds of layer that it bears on; none: any
 * @property {string} address of the page that shows it, without '#'; '' where the page cannot
 */

const DEPTHWISE = 'kind=conv&groups=depthwise&channels=32&kernel=3&size=16';
const TRANSPOSED = 'stack=16x16x64-convT32:5x5:padding=2-convT16:5x5:padding=2-convT8:5x5:padding=2&batch=8&layer=1';
/** A layer of 300 inputs and 100 units. */
const ONE = 'depth=1&width=100&inputs=300&layer=1&tensor=weights';
const LINEAR = 'depth=10&activation=linear';

/** @type {[key: string, library: string, version: string, layers: string, address: string][]} */
const ROWS = [
  ['keras-attention', 'Keras', '3.15.1', 'attention', 'depth=4&width=64&activation=linear&a=uniform&valueA=0.0685&b=xavier-uniform'],
  ['keras-depthwise', 'Keras', '3.15.1', 'depthwise', `${DEPTHWISE}&a=he-truncated&fansA=keras&b=he-truncated`],
  ['keras-shared-seed', 'Keras', '3.15.1', 'attention', 'a=he-normal&b=he-normal&takenB=shared'],
  ['pytorch-transposed', 'PyTorch', '2.15.0', 'transposed-conv', `${TRANSPOSED}&a=he-normal&fansA=pytorch&b=he-normal`],
  ['pytorch-bias-floor', 'PyTorch', '2.15.0', 'dense', 'depth=10&a=pytorch-default&biasA=pytorch-default&b=pytorch-default&biasB=zeros'],
  ['pytorch-attention', 'PyTorch', '2.15.0', 'attention', ''],
  ['pytorch-encoder', 'PyTorch', '2.15.0', 'attention', ''],
  ['pytorch-weight-norm', 'PyTorch', '2.15.0', 'dense conv', ''],
  ['pytorch-orthogonal', 'PyTorch', '2.15.0', 'conv', ''],
  ['jax-bfloat16', 'JAX', '0.12.0.1', '', 'depth=5&width=2048&batch=16&a=he-truncated&drawnA=jax-bfloat16&b=he-truncated'],
  ['jax-untruncated', 'JAX', '0.12.0.1', 'dense conv', `${ONE}&a=he-truncated&b=he-normal`],
  ['jax-one-key', 'JAX', '0.12.0.1', '', ''],
  ['flax-batch-axis', 'Flax', '0.12.12', 'dense', ''],
  ['flax-weight-norm', 'Flax', '0.12.12', 'dense conv', ''],
  ['haiku-uncorrected', 'Haiku', '0.0.17', 'dense conv', `${LINEAR}&a=lecun-truncated-raw&b=lecun-truncated`],
  ['haiku-transposed', 'Haiku', '0.0.17', 'transposed-conv', `${TRANSPOSED}&a=lecun-truncated-raw&b=lecun-truncated-raw&fansB=keras`],
  ['burn-columns', 'Burn', '0.22.1', 'dense', `${ONE}&a=uniform&valueA=0.1&b=pytorch-default`],
  ['mxnet-uniform', 'MXNet', '1.9.1', 'dense conv', 'depth=10&a=uniform&valueA=0.07&b=xavier-uniform'],
  ['mxnet-orthogonal', 'MXNet', '1.9.1', 'dense conv', `${LINEAR}&a=orthogonal&gainA=1.414&b=orthogonal`],
  ['mlx-he', 'MLX', '0.32.4', 'dense conv', 'depth=10&a=lecun-normal&b=he-normal'],
  ['djl-xavier', 'DJL', '0.36.0', 'dense conv', 'depth=10&a=djl-xavier&b=xavier-uniform'],
  ['gorgonia-glorot', 'Gorgonia', '0.9.18', 'dense conv', `${ONE}&a=xavier-normal&b=xavier-uniform`],
  ['thinc-zeros', 'thinc', '9.1.1', 'dense', 'depth=5&a=zeros&b=normal&valueB=0.0625'],
  ['thinc-maxout', 'thinc', '9.1.1', 'dense', 'depth=3&width=300&activation=linear&a=normal&valueA=0.816&b=he-normal'],
  ['transformers-lecun', 'Transformers', '5.23.0', 'dense conv', `${LINEAR}&a=transformers-lecun&b=lecun-normal`],
  ['timm-minus-two', 'timm', '1.0.31', 'dense', 'depth=1&width=4096&batch=1&layer=1&tensor=weights&a=cut-spiked&b=cut-normal&valueB=0.02'],
  ['encog-positive', 'Encog', '3.4', 'dense', 'depth=3&width=100&inputs=300&layer=1&activation=sigmoid&a=nguyen-widrow-positive&gainA=2&b=xavier-uniform'],
  ['opencv-sum', 'OpenCV', '4.14.0', 'dense', `${ONE}&a=unit-sum&b=xavier-uniform`],
  ['dl4j-zeros', 'DL4J', '1.0.0-M2.1', 'dense conv', `${ONE}&a=truncated-spiked&b=truncated-raw&valueB=0.02`],
  ['tfjs-zero', 'TensorFlow.js', '4.22.0', 'dense conv', ''],
  ['neataptic-positive', 'neataptic', '1.4.7', 'dense', 'depth=3&width=100&inputs=300&layer=1&a=uniform-positive&valueA=24.5&b=he-normal'],
  ['dlib-fans', 'dlib', '19.24', 'conv', ''],
]; // biome-ignore format: one row a line

/** @type {readonly Surprise[]} */
export const SURPRISES = ROWS.map(([key, library, version, layers, address]) => ({
  ...{ key, library, version, address },
  layers: layers.split(' ').filter(Boolean),
}));
