/**
 * glossary.js: every term that a newcomer may not know, in English: its name and what it means in a sentence or two. The
 * page explains a term where it stands, and lists them all in the glossary. index.js does not export them: they load
 * with the part that shows them (page/glossary.js).
 */

/**
 * Groups of terms, in the order of reading. A term's key is the data-term of index.html.
 * @type {Record<string, { title: string, terms: Record<string, [name: string, text: string]> }>}
 */
export const GLOSSARY = {
  network: {
    title: 'The network',
    terms: {
      dense: ['dense layer', 'Each unit is connected to every unit of the layer before it.'],
      stack: [
        'own layers',
        'A network of your own, as one line: what goes in, then its layers, such as 28x28x1-conv6:5x5-maxpool2-120-10. What a ' +
          'layer does not say, it takes from the controls.',
      ],
      block: [
        'residual block',
        'Layers whose output is added to what went in: the stream x + branch(x). “plain” stacks layers without it. With ' +
          'blocks, depth counts blocks and width is that of the stream.',
      ],
      norm: [
        'norm',
        'Brings values to mean 0 and variance 1: those of one input (layer, or RMS without the mean), or of one unit over ' +
          'the batch.',
      ],
      branch: [
        'scale of the branch',
        'The factor of each branch in the sum: x + factor × branch(x). Left empty, the block’s own.',
      ],
      depth: ['depth', 'The number of layers that a signal passes, from the input to the output.'],
      width: ['width', 'The number of units in each layer.'],
      activationFunction: [
        'activation function',
        'The function φ that each unit applies, such as ReLU or tanh. Without it, all layers together would be one matrix.',
      ],
      parameter: [
        'parameter of the activation',
        'The slope of leaky ReLU below 0, the α of ELU, or the ω of sin(ω z). An empty field stands for the default.',
      ],
      preactivation: ['preactivation', 'z = a W + b: what a unit has added up, before its activation function.'],
      activation: ['activation', 'a = φ(z): what a unit passes on to the next layer.'],
      bias: [
        'bias',
        'A number b that each unit adds to its sum. “by std” draws it with the std of biases, which both networks share.',
      ],
      biasStd: [
        'std of biases',
        'The standard deviation from which biases are drawn, for both networks. At 0 there are none.',
      ],
      input: [
        'input',
        'What goes into layer 1: random numbers, or images. “0 to 1” and “0 to 255” are uniform. One-hot: one number is 1 and the others are 0, as for a word of a vocabulary.',
      ],
      inputScale: [
        'mean and std of the input',
        'Those of the numbers that go into layer 1. Weights are meant for numbers with a mean square of 1. Left empty, they are what the kind of input has.',
      ],
      inputs: ['inputs to layer 1', 'How many numbers one input has. Left empty, as many as a layer has units.'],
      batch: [
        'batch',
        'The inputs that go through the network together. More of them give steadier numbers and take longer.',
      ],
      seed: ['seed', 'Sets all random numbers. The same seed draws the same networks again, and A and B share it.'],
      outputLayer: ['output layer', 'The last layer, with an output for each of 10 classes. It counts in the depth.'],
    },
  },
  weights: {
    title: 'Initial weights',
    terms: {
      scheme: ['scheme', 'The rule by which the first weights are drawn, such as Xavier’s or He’s.'],
      fanIn: [
        'fan-in',
        'The number of inputs that one unit adds up. In a dense layer this is the width of the layer before it; in a ' +
          'convolution, the kernel’s area × the input channels.',
      ],
      fanOut: [
        'fan-out',
        'The number of units that one input reaches. In a dense layer this is its width; in a convolution, the ' +
          'kernel’s area × the output channels.',
      ],
      gain: [
        'gain',
        'Multiplies the std of the weights. It makes up for what the activation function takes away: √2 for ReLU.',
      ],
      schemeNumber: [
        'number of the scheme',
        'Some schemes need a number of their own, such as a std or a share of zeros.',
      ],
      std: ['std', 'Standard deviation: how far values typically lie from their mean. The variance is its square.'],
      weightSquare: [
        'σ²w',
        'fan_in × Var(W). Of the weights, theory needs only this number: 2 for He, and 1 for Xavier in layers of one width.',
      ],
      lsuv: [
        'LSUV',
        'Sets the gain of one layer after another until its preactivations have variance 1 on this batch.',
      ],
      counting: [
        'counting fans',
        'Libraries count the fans of a kernel in different ways. Choose one to see what a miscount does to the signal.',
      ],
      mistake: [
        'mistake',
        'A slip as in real code: the variance goes to a function that expects the std, or all layers are drawn with the same ' +
          'random numbers.',
      ],
      drawn: [
        'drawn in',
        'The number format in which weights and biases are drawn. In bfloat16 JAX draws 128 values, as tinygrad ' +
          'does uniform ones. Their mean is not quite 0: in a wide layer that adds up. All else is in float32.',
      ],
    },
  },
  signal: {
    title: 'The signal',
    terms: {
      rms: [
        'rms',
        'Root mean square: the square root of the mean of all squared values. It says how large a signal is, whatever ' +
          'its signs.',
      ],
      format: [
        'number format',
        'How numbers are stored in training. float16 and bfloat16 have 16 bits: beyond their limits values overflow or ' +
          'become 0; subnormal ones have fewer digits.',
      ],
      dead: [
        'dead unit',
        'A unit that is 0 for every input in the batch. It passes nothing on, and its weights get no gradient.',
      ],
      saturated: [
        'saturated',
        'In the flat part of the activation function, such as tanh near ±1. Hardly any gradient passes there.',
      ],
      slope: [
        'mean slope φ′',
        'The mean derivative of the activation function. The gradient is multiplied by the slope on its way back.',
      ],
      correlation: [
        'correlation of inputs',
        'How alike two inputs have become inside the network. At 1 it cannot tell them apart.',
      ],
    },
  },
  gradients: {
    title: 'Gradients',
    terms: {
      loss: [
        'loss',
        'The number that training makes smaller. Cross-entropy compares the softmax of the outputs with random labels; ' +
          '“random” starts from a random normal gradient at the outputs instead.',
      ],
      chance: [
        'chance',
        'The cross-entropy of guessing: ln 10 = 2.303 for 10 classes. A fresh network should start near it.',
      ],
      gradient: [
        'gradient at each layer',
        'dL/dz: how the loss changes with the preactivations of a layer. The backward pass computes it from the last ' +
          'layer to the first.',
      ],
      weightGradient: [
        'weight gradient',
        'dL/dW: how the loss changes with each weight. Training moves the weights against it.',
      ],
    },
  },
  theory: {
    title: 'Theory',
    terms: {
      theory: [
        'mean-field theory',
        'Predicts the size of signals and gradients in wide layers, from the activation function and the variances of ' +
          'weights and biases alone.',
      ],
      band: [
        'theory’s band',
        'Networks of this width scatter around theory. In each layer, for one input, at least 95% of them lie ' +
          'in the band. Narrow networks scatter more; so narrow that many die, they have no band.',
      ],
      q: [
        'q*',
        'The mean square of preactivations that a layer leaves unchanged. With depth the signal is drawn to it, or away.',
      ],
      chi: [
        'χ (chi)',
        'The factor of the squared gradient per layer, at q*. Below 1 gradients vanish, above 1 they explode. At 1 they ' +
          'keep their size.',
      ],
      xi: ['ξ (xi)', 'Depth scale: after so many layers a deviation has shrunk to 1/e, or 37%.'],
    },
  },
  images: {
    title: 'Images',
    terms: {
      convolution: [
        'convolution',
        'A layer that slides small kernels over an image. Its weights are the same at every position.',
      ],
      kernel: [
        'kernel',
        'The weights of a convolution. A kernel of size 5 sees 5 × 5 positions of all its input channels.',
      ],
      channel: [
        'channel',
        'One of the planes of an image, such as red, or one of the feature maps that a layer makes.',
      ],
      imageSize: ['image size', 'Pixels on each side of the square input images.'],
      featureMap: ['feature map', 'The activations of one channel, at all positions.'],
      groups: [
        'groups',
        'Splits the channels. Each group sees only its own input channels; “depthwise” gives every channel a group.',
      ],
      padding: [
        'padding',
        'What is around the image: “same” adds zeros, so that the size stays; “valid” adds nothing, and the image shrinks.',
      ],
      border: ['border', 'Positions where the kernel reaches into the padding. Zeros there make the signal smaller.'],
      pool: [
        'before the output',
        '“average” gives the output layer the mean of each channel; “flatten” gives it every value of the last feature maps.',
      ],
      pixels: ['pixels', '“normalised”: mean 0 and rms 1 over the batch. “raw”: 0 to 255, as they are stored.'],
    },
  },
  training: {
    title: 'Training',
    terms: {
      step: ['step', 'One update of all weights, from the gradient on one batch. Also called an iteration.'],
      epoch: ['epoch', 'As many steps as it takes to use each example of the training data once.'],
      learningRate: [
        'learning rate',
        'How far a step moves the weights against the gradient. Too small, and nothing happens; too large, and the loss ' +
          'diverges.',
      ],
      optimizer: [
        'optimizer',
        'The rule that turns a gradient into an update. SGD moves by the rate times the gradient.',
      ],
      momentum: [
        'momentum',
        'Each update keeps a share of the last one, here 0.9, so that steps in one direction add up. Nesterov looks ahead ' +
          'by that share.',
      ],
      adam: [
        'Adam',
        'Divides the mean of recent gradients by their rms, for each weight. So its steps hardly depend on the size of the ' +
          'gradient.',
      ],
      mup: [
        'muP',
        'Maximal update parametrization: weights and rates that follow the width so that a step moves every layer alike at ' +
          'any width (Yang et al. 2021).',
      ],
      asIn: [
        'as in',
        'Libraries mean different steps by the same name: where the rate, the momentum and epsilon stand. Choose whose ' +
          'definition is used.',
      ],
      trainingData: [
        'data',
        'Handwritten digits of 8 × 8 pixels (UCI), or points of the plane in two classes. Networks train on four fifths ' +
          'of them.',
      ],
      heldOut: [
        'held-out accuracy',
        'The share of right answers on the fifth of the data that no step uses. It shows what was learned, not memorized.',
      ],
      labels: [
        'labels',
        'The right answers. “random” replaces them by chance: then a network can only memorize, and held-out accuracy stays ' +
          'at chance.',
      ],
      scaleOfPixels: [
        'pixels of digits',
        '“standardized”: mean 0 and std 1 over all digits. “raw”: 0 to 16, as they are.',
      ],
      updateRatio: [
        'update-to-weight ratio',
        'The std of a step’s update over the std of the weights. About 0.001 is a rule of thumb: far less hardly learns, ' +
          'far more is unstable.',
      ],
      trainingOutcome: [
        'what became of training',
        'Trains: 90% on the training data. Learns: the loss fell 5% below guessing. Stands still: not so within 300 steps. ' +
          'Falls back: 10 points below its best. Diverges: the loss is not finite.',
      ],
    },
  },
};

/** The words around the terms. */
export const GLOSSARY_WORDS = { title: 'Glossary', close: 'close' };
