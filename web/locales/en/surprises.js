/**
 * surprises.js: what libraries do that one would not expect, in English: for each a title and two sentences. The table with
 * versions and addresses is libraries/surprises.js.
 */

/** @type {Record<string, { title: string, text: string }>} */
export const SURPRISE_TEXTS = {
  'keras-attention': {
    title: 'Keras attention is wider since 3.15',
    text: 'MultiHeadAttention now takes its fans from its equation: with width 64 and four heads, fans of 64 and 64 and a std of 0.125. Up to 3.14, and in Keras 2, the shape (64, 4, 16) counted as a kernel, with fans of 256 and 1,024 for query, key and value, and their std was 0.0395.',
  },
  'keras-depthwise': {
    title: 'A depthwise layer of Keras is drawn too narrow',
    text: 'DepthwiseConv2D counts all 32 channels as inputs, though each output sees one: fan_in is 288 instead of 9, and HeNormal has a std of 0.0833 instead of 0.471. The same layer as Conv2D(groups=32) has the fans 9 and 288, so HeNormal is right there.',
  },
  'keras-shared-seed': {
    title: 'Query, key and value may start equal in Keras',
    text: 'An initializer whose seed is a SeedGenerator draws the same numbers for every weight of one shape within a layer. In MultiHeadAttention query, key and value are then one matrix.',
  },
  'pytorch-transposed': {
    title: 'A transposed layer of PyTorch takes its outputs for its inputs',
    text: 'nn.ConvTranspose2d stores its channels the other way round, and fan_in is read off as if it did not: 8 × 4 × 4 = 128 for 16 → 8 channels, where 256 numbers go into one output at stride 1. Keras and Burn do the same.',
  },
  'pytorch-bias-floor': {
    title: 'The biases of PyTorch stop the signal from vanishing',
    text: 'By its weights alone, the default of nn.Linear shrinks a ReLU signal by √6 a layer. Its biases add 1 / (3 fan_in) to the variance of every layer, so at width 256 the rms settles at 0.028 instead of falling to 0.0001 in ten layers.',
  },
  'pytorch-attention': {
    title: 'Three matrices in one are drawn narrower in PyTorch',
    text: 'nn.MultiheadAttention stacks query, key and value into one matrix and draws it by Xavier’s rule for 64 → 192: std 0.0884. With a kdim of its own there are three matrices with 64 inputs and 64 outputs, and their std is 0.125.',
  },
  'pytorch-encoder': {
    title: 'All layers of a new nn.TransformerEncoder are equal',
    text: 'The encoder copies the layer that it is given, weights and all. Its layers differ only once they are drawn again or have been trained.',
  },
  'pytorch-weight-norm': {
    title: 'An initializer under weight_norm changes nothing in PyTorch',
    text: 'Under parametrizations.weight_norm, weight is computed anew each time it is read. nn.init.kaiming_normal_(layer.weight) fills such a copy, and the layer keeps the default without a word.',
  },
  'pytorch-orthogonal': {
    title: 'Orthogonal means another matrix in PyTorch’s parametrizations',
    text: 'parametrizations.orthogonal makes every 5 × 5 kernel of a convolution orthogonal by itself: std 0.447. nn.init.orthogonal_ makes the whole layer one orthogonal matrix: std 0.115 for 3 → 8 channels.',
  },
  'jax-bfloat16': {
    title: 'Weights that JAX draws in bfloat16 have a mean',
    text: 'jax.random knows 128 values in bfloat16, and their mean is 1.8% of a std below 0. Positive inputs add that up: of a he_normal ReLU network of width 2048, an rms of 0.26 is left after five layers instead of 1.00.',
  },
  'jax-untruncated': {
    title: '“normal” is cut in Keras, and is not in JAX',
    text: 'VarianceScaling(distribution="normal") of Keras draws a normal cut at two std and widened to make up for it. The same word in variance_scaling of JAX, and in Haiku and Sonnet, is a normal without a cut.',
  },
  'jax-one-key': {
    title: 'One key at two shapes gives the same numbers in JAX',
    text: 'A layer 300 → 100 and one 100 → 300 that are drawn with one key have the same weights in another order: their correlation is 1. In PyTorch randn(15) is not even the beginning of randn(16).',
  },
  'flax-batch-axis': {
    title: 'Flax counts a batch axis as inputs',
    text: 'DenseGeneral(batch_dims) and nnx.LinearGeneral(batch_axis) keep a matrix for each entry of the batch, and fan_in counts all of them. With 5 entries of 64 inputs the std is 0.0559 instead of 0.125.',
  },
  'flax-weight-norm': {
    title: 'Under WeightNorm no initializer sets the scale in Flax',
    text: 'nn.WeightNorm starts every length at 1, whatever the layer below it has drawn. He, Xavier and LeCun are then the same network; in Equinox the lengths start at those of the weights.',
  },
  'haiku-uncorrected': {
    title: 'Haiku’s truncated normal is 12% too narrow',
    text: 'hk.Linear cuts a normal at two std and does not widen it, so its std is 0.88 / √fan_in. In Flax the same rule is corrected, and ten linear layers later the signals differ by a factor of 3.6.',
  },
  'haiku-transposed': {
    title: 'Haiku counts a transposed layer in two ways',
    text: 'By default hk.Conv2DTranspose counts 256 inputs for 16 → 8 channels, which is right at stride 1. VarianceScaling with fan_in, given to the same layer, counts 128: its outputs.',
  },
  'burn-columns': {
    title: 'Another layout exchanges the fans in Burn',
    text: 'With LinearLayout::Col a layer 300 → 100 takes 100 for its fan_in. Its default then has a std of 0.0577 instead of 0.0333.',
  },
  'mxnet-uniform': {
    title: 'MXNet’s default knows no fans',
    text: 'Gluon draws every weight from U(−0.07, 0.07), however many inputs a layer has. At width 256 a ReLU network loses a factor of 2.2 a layer, and 0.0004 is left after ten.',
  },
  'mxnet-orthogonal': {
    title: 'Orthogonal is not orthonormal in MXNet and Chainer',
    text: 'Orthogonal() of MXNet multiplies the matrix by 1.414, and that of Chainer by 1.1. Ten linear layers of MXNet’s make the signal 32 times as large.',
  },
  'mlx-he': {
    title: 'he_normal of MLX is LeCun’s',
    text: 'Its gain is 1 unless you pass another, so its variance is 1 / fan_in and not 2 / fan_in. HeNormal of Lasagne does the same, and a ReLU network then loses √2 a layer.',
  },
  'djl-xavier': {
    title: 'Xavier of DJL is wider by √2',
    text: 'XavierInitializer() draws from U(±√(12 / (fan_in + fan_out))), where Xavier’s bound has a 6. Under ReLU that happens to be He’s variance, so the signal is kept.',
  },
  'gorgonia-glorot': {
    title: 'GlorotU of Gorgonia is normal in single precision',
    text: 'The U stands for uniform, and in Float64 it is. In Float32 the weights are normal, with the same std.',
  },
  'thinc-zeros': {
    title: 'normal_init of thinc is all zeros',
    text: 'The argument called mean is used as the std, and its default is 0. normal_init() therefore fills a layer with zeros.',
  },
  'thinc-maxout': {
    title: 'A Maxout layer of thinc takes its pieces for its inputs',
    text: 'he_normal_init on Maxout(100, 300) with three pieces has a fan_in of 3. Its std is 0.816 instead of 0.0816: ten times too wide.',
  },
  'transformers-lecun': {
    title: 'lecun_normal_ of Transformers is 13.7% too wide',
    text: 'It is widened to make up for a cut at two std, and then it is not cut. Over ten linear layers that is a factor of 3.6.',
  },
  'timm-minus-two': {
    title: 'A weight of exactly −2 in timm',
    text: 'trunc_normal_(std=0.02) gives −2, a hundred std away, once in 2²⁴ weights; in bfloat16 once in 512. A new ViT-L has about 18 of them.',
  },
  'encog-positive': {
    title: 'Nguyen-Widrow of Encog: all weights positive, or all 0',
    text: 'NguyenWidrowRandomizer draws a sigmoid layer 300 → 100 from U(0, 1.42), so no weight is negative and nearly all units saturate. With ReLU or linear layers it leaves every weight and bias at 0.',
  },
  'opencv-sum': {
    title: 'In OpenCV the weights of a unit sum to 1',
    text: 'ANN_MLP divides the weights of each hidden unit by the sum of their absolute values, so their std is 1.15 / n where 1 / √n would keep the signal. Every new network of one shape starts from the same numbers.',
  },
  'dl4j-zeros': {
    title: 'A truncated normal with a spike at 0 in DL4J',
    text: 'Of the 4.55% of values beyond two std, TruncatedNormalDistribution sets half to the mean itself. So 2.3% of the weights are exactly 0.',
  },
  'tfjs-zero': {
    title: 'In TensorFlow.js a 0 is no argument',
    text: 'randomUniform({minval: 0, maxval: 1}) draws from U(−0.05, 1), and randomNormal({stddev: 0}) has a std of 0.05: a 0 is replaced by the default. varianceScaling({distribution: "truncatedNormal"}) is uniform.',
  },
  'neataptic-positive': {
    title: 'All weights of a neataptic network are positive',
    text: 'new Network(300, 100) draws from U(0, √(2 n)), up to 24.5 for 300 inputs. Perceptron of the same library draws from U(±0.1).',
  },
  'dlib-fans': {
    title: 'dlib leaves the kernel out of fan_out',
    text: 'con counts 75 inputs of a 5 × 5 kernel, 3 → 8 channels, but 8 outputs instead of 200. Its Xavier bound then gives a std of 0.155, where 0.0853 is right.',
  },
};
