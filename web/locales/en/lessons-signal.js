/**
 * lessons-signal.js: the lessons on counting fans and on keeping the signal, in English, by their ids. Checks and
 * choices are in the order of web/lessons/topic-counting.js and topic-signal.js. What is right is decided there, not
 * here.
 */

/** @type {Record<string, import('./lessons.js').LessonText>} */
export const SIGNAL_TEXTS = {
  'fan-in': {
    title: 'The fan-in of a kernel',
    text: 'A convolution of RGB images has a kernel of shape (5, 5, 3, 8): height, width, input channels, output channels.',
    question: 'How many inputs is one output computed from?',
    choices: ['3', '25', '75', '200'],
    checks: ['fan_in', 'fan_out', 'std of Xavier normal weights', 'bound of Xavier uniform weights'],
    tolerance:
      'The counts are exact, and the bound is given to four digits. The std of 600 weights may be off by three ' +
      'standard errors.',
    explanation:
      'Each output sees a patch of 5 × 5 positions with 3 channels each: 75. Each input affects 25 positions with 8 ' +
      'channels each: 200. Xavier’s variance is 2 / (75 + 200).',
    source: 'Glorot & Bengio 2010, eq. 12 and 16; He et al. 2015, section 2.2, for k² c.',
  },
  'channels-only': {
    title: 'Three instead of seventy-five',
    text: 'B counts the fan-in of its kernels correctly. A counts only the channels: 3 instead of 75, then 8 instead of 200.',
    question: 'How many times too large is the signal of A after the first layer?',
    choices: ['√5 = 2.2', '5', '25', '75'],
    checks: ['rms of A over B, layer 1', 'rms of A over B, layer 7'],
    tolerance: 'A and B draw the same random numbers, so only rounding is left.',
    explanation:
      'The std is √(2 / fan_in). A fan-in that is 25 times too small makes the std 5 times too large, and every layer ' +
      'adds another factor of 5. After seven layers it is 5⁷ = 78,125.',
    source: 'He et al. 2015, eq. 10.',
  },
  'fan-out': {
    title: 'The fan-out of a kernel',
    text:
      'A 3 × 3 convolution maps 3 channels to 16. A draws its weights by He’s rule for the backward pass, which uses ' +
      'fan_out.',
    question: 'How many outputs does one input affect?',
    choices: ['16', '27', '144', '432'],
    checks: ['fan_out', 'std of the weights of A'],
    tolerance: 'The count is exact. The std of 432 weights may be off by three standard errors, 10%.',
    explanation:
      'Away from the border an input lies in 9 patches, and each patch feeds 16 channels: 144. 27 is the fan-in, and ' +
      '432 is the number of weights.',
    source: 'He et al. 2015, section 2.2, “Backward Propagation Case”.',
  },
  'lost-root': {
    title: 'The lost square root',
    text:
      'Xavier uniform weights are often said to lie in ±6 / (fan_in + fan_out). A draws them like that for a kernel of ' +
      'shape (5, 5, 3, 8).',
    question: 'Which bound is right?',
    choices: ['6 / 275 = 0.022', '√(6 / 275) = 0.148', '√(2 / 275) = 0.085', '√6 / 275 = 0.009'],
    checks: ['bound of B', 'rms of B over A, layer 1'],
    tolerance: 'The same random numbers on two scales: only rounding is left.',
    explanation:
      'A uniform distribution on ±r has variance r² / 3. For that to be 2 / (fan_in + fan_out), r must be ' +
      '√(6 / (fan_in + fan_out)). Without the root, the signal is 6.8 times too small after the first layer, and ' +
      'smaller still after the next ones.',
    source: 'Glorot & Bengio 2010, eq. 16.',
  },
  'variance-as-std': {
    title: 'Variance or standard deviation',
    text:
      'A dense layer has 480,000 inputs. Xavier’s variance for it is 4.2 × 10⁻⁶. A passes that number to a library that ' +
      'expects the std.',
    question: 'The preactivations of B have a std of 1.41. What is the std in A?',
    choices: ['also 1.41', '0.7', '0.05', '0.003'],
    checks: ['rms of z in A', 'rms of z in B'],
    tolerance: 'Three standard errors of the rms of 800 values, 7.5%.',
    explanation:
      'The std is the square root of the variance: 0.002, not 0.0000042. With 0.0000042 the layer’s output is almost 0, ' +
      'and the layers above it can learn only their biases.',
    source: 'Theory: Var z = fan_in × Var W × E x².',
  },
  'two-xaviers': {
    title: 'Two rules named Xavier',
    text:
      'A draws with variance 1 / fan_in, as LeCun did before Glorot; B with 2 / (fan_in + fan_out). Both are called ' +
      'Xavier. 1024 inputs go into layers of 256 units.',
    question: 'How much larger is the signal of B after five layers?',
    choices: ['not at all', '1.26 times', '1.6 times', '1.26⁵ = 3.2 times'],
    checks: ['rms of B over A, layer 1', 'rms of B over A, layer 5'],
    tolerance: 'The same random numbers on two scales: only rounding is left.',
    explanation:
      'The two rules differ only where the width changes: √(2 × 1024 / 1280) = 1.26 in the first layer. From 256 to 256 ' +
      'units both give 1 / 256. Over a whole network these ratios mostly cancel: only its first and last widths matter.',
    source: 'Glorot & Bengio 2010, eq. 10 to 12; LeCun et al. 1998, section 4.6, for 1 / fan_in.',
  },
  'he-30': {
    title: 'Thirty layers of ReLU',
    text:
      'Thirty layers of 512 ReLU units. A has variance 1 / fan_in: LeCun’s rule, which He et al. call Xavier. B has He’s ' +
      '2 / fan_in.',
    question: 'Draw the rms of the activations of A, from the input to layer 30.',
    checks: ['factor per layer in A', 'layer 30 over layer 1 in A', 'layer 30 over layer 1 in B'],
    tolerance: 'ln rms takes random steps of √(5 / n) / 2 per layer. Three stds after 29 layers are a factor of 2.2.',
    explanation:
      'ReLU removes half of the mean square, and 1 / fan_in does not restore it. √½ per layer is a straight line on ' +
      'this axis: layer 30 has 4.3 × 10⁻⁵ of layer 1. He et al. could not train thirty layers with it; with 2 / fan_in ' +
      'they could.',
    source: 'He et al. 2015, eq. 10 and figure 3.',
  },
  'he-22': {
    title: 'Twenty-two layers of ReLU',
    text: 'The same with 22 layers: A has 1 / fan_in, B has 2 / fan_in. In the paper, both networks could still be trained.',
    question: 'How much of the signal in layer 1 of A reaches layer 22?',
    choices: ['a half', 'a twentieth', '0.0007', '0.00004'],
    checks: ['layer 22 over layer 1 in A', 'layer 22 over layer 1 in B'],
    tolerance: 'Three stds of ln rms after 21 layers: a factor of 2.',
    explanation:
      '√½ to the power of 21 is 0.00069. The network in the paper still learned, but later than with He’s rule. Eight ' +
      'more layers, 4 × 10⁻⁵, were too many.',
    source: 'He et al. 2015, figure 2 (22 layers) and figure 3 (30 layers).',
  },
  'pytorch-default': {
    title: 'PyTorch’s default',
    text:
      'nn.Linear draws its weights by kaiming_uniform_ with a = √5, which is U(−1/√n, 1/√n). A uses that with ReLU, ' +
      'without biases. B uses He uniform.',
    question: 'By what factor does the signal of A change per layer?',
    choices: ['0.41', '0.58', '0.71', '1'],
    checks: ['factor per layer in A', 'factor per layer in B'],
    tolerance: 'Three stds of ln rms over 19 layers of 256, divided by 19: 4.8%.',
    explanation:
      'n × Var W = 1/3, and ReLU keeps half: √(1/6) = 0.41. Only the name is left of He’s rule. With PyTorch’s biases ' +
      '(choose them beside the scheme) the signal stops shrinking at their size, which is the same for every input.',
    source: 'PyTorch, nn.Linear.reset_parameters; theory: √(n × Var W / 2).',
  },
  'uniform-or-normal': {
    title: 'Uniform or normal',
    text:
      'A draws weights from N(0, 0.0884²), B from U(−0.0884, 0.0884): “the same scale”. For 256 units, 0.0884 is He’s ' +
      'std.',
    question: 'By what factor does the signal of B change per layer?',
    choices: ['0.33', '0.58', '0.71', '1'],
    checks: ['std of the weights of B over A', 'factor per layer in B'],
    tolerance: 'Three standard errors of two stds, 1%. Three stds of ln rms over 19 layers, 4.8%.',
    explanation:
      'The variance of U(−r, r) is r² / 3, and 1/√3 = 0.58. The shape of the distribution does not matter: set the bound ' +
      'of B to √3 × 0.0884 = 0.153, and both networks carry the same signal.',
    source: 'Theory: only the variance of the weights matters (Poole et al. 2016, eq. 3).',
  },
  'cut-at-two': {
    title: 'A truncated normal',
    text:
      'A truncated normal drops everything beyond two standard deviations. B corrects its std for that. A does not, and ' +
      'neither does TensorFlow.js.',
    question: 'What is the std of A’s weights, relative to the normal before the cut?',
    choices: ['0.77', '0.88', '0.95', '1'],
    checks: ['std of the weights over the std before the cut', 'rms of A over B, layer 20'],
    tolerance: 'Three standard errors of the std of 65,536 weights. A over B is the same draw on two scales.',
    explanation:
      '0.774 of the variance is left, so 0.880 of the std. Each of 20 layers pays again: 0.88²⁰ = 0.077. Libraries that ' +
      'correct it divide by 0.87963 first. trunc_normal_(std=0.02) cuts at an absolute 2, which is 100 σ: it cuts ' +
      'nothing.',
    source: 'Theory: Var = 1 − 4 φ(2) / (2 Φ(2) − 1).',
  },
  'not-centred': {
    title: 'rand instead of randn',
    text: 'A draws from U(0, 1), rand instead of randn: no weight is negative. B has He normal.',
    question: 'By what factor does the signal of A change per layer, with 256 units?',
    choices: ['1.4', '11', '128', '256'],
    checks: ['factor per layer in A, from layer 3 on'],
    tolerance: 'The mean of 65,536 weights is known to 0.23%. The tolerance is three times that.',
    explanation:
      'The mean takes over: each unit adds up 256 positive numbers, each times ½. All units then give nearly the same ' +
      'value, and ReLU does nothing. The variance of the weights matters only once their mean is 0.',
    source: 'Theory: E z = n E w E a.',
  },
  bfloat16: {
    title: 'Weights drawn in bfloat16',
    text:
      'Both networks have five ReLU layers of 2,048 units with He truncated weights. B draws them in float32, A as JAX ' +
      'draws in bfloat16: 128 values. Their mean is −1.8% of their std.',
    question: 'How much of the signal is left in A after five layers?',
    choices: ['all of it', '97%', '26%', '1%'],
    checks: [
      'values that the weights of A can take',
      'rms of A, layer 1',
      'rms of A, layer 5',
      'rms of B, layer 5',
      'mean of the weights of A over their std',
    ],
    tolerance:
      'Three stds of one network. The log of its rms has a std of √(5 / 2,048) / 2 for a layer with half of its units on, ' +
      'and of √(8 / 2,048) / 2 with a third of them on.',
    explanation:
      'The outputs of ReLU are positive. So a unit adds up 2,048 times the same small mean, which grows like the width, and ' +
      'the rest only like its root. About a third of the units is on where it was a half. The second layer loses a third of the ' +
      'signal, each later one 28%. Inputs of mean 0 spare the first. At width 4,096 it is 16% that is left. Drawing in float32 and then rounding ' +
      'has no such mean.',
    source: 'Theory: E z = n E w E a. JAX 0.12.0.1, jax.nn.initializers.he_normal in bfloat16.',
  },
  'shared-draws': {
    title: 'One seed for all layers',
    text:
      'Both networks have He normal weights. All layers of B are drawn with one seed, as in Keras where layers share an ' +
      'initializer with a seed: so all its matrices are the same.',
    question: 'By what factor does the signal of B after 20 layers typically vary from seed to seed, up or down?',
    choices: ['1.02', '1.4, as in A', '3.4', 'it always dies'],
    checks: ['std of the weights of B, layer 20 over layer 1', 'rms of A, layer 20', 'ln of the rms of B, layer 20'],
    tolerance: 'Three stds of one network: for A by theory, for B over 40 networks.',
    explanation:
      'In A each layer errs by chance, and 20 chances partly cancel: ln rms has a std of 0.31, a factor of 1.4. In B the same ' +
      'error comes 20 times: a std of 1.2, a factor of 3.4. The largest singular value of the product of the matrices varies ' +
      'about four times as much too. Press “next” beside the seed a few times. Theory takes layers for independent.',
    source: 'Theory for A: Hanin & Rolnick 2018. Keras 3.15.1 with SeedGenerator: query, key and value are one matrix.',
  },
  'raw-pixels': {
    title: 'A sigmoid on raw pixels',
    text:
      'Pixels from 0 to 255 pass five ReLU layers with He’s weights and then ten sigmoids. B is the same network with ' +
      'half the gain in every layer.',
    question: 'What share of the outputs of A lies outside [0.01, 0.99]?',
    choices: ['0.1%', '10%', '50%', '98%'],
    checks: ['share of saturated outputs in A', 'rms of the logits, A over B'],
    tolerance: 'Each of the ten units may lie inside for nearly all images: three stds of their share, 14%.',
    explanation:
      'He’s rule keeps whatever comes in: pixels of rms 106 give logits of rms √2 × 106. Smaller weights help, but they ' +
      'must be tuned. Pixels with mean 0 and variance 1 need no tuning: choose “normalised” pixels and gain 1.',
    source: 'Theory: P(|z| > ln 99) for z ~ N(0, 2 × 106²).',
  },
  tune: {
    title: 'Tune by hand, or let LSUV do it',
    text:
      '20 layers of ReLU start with N(0, 0.2²), which is far too large. In A, you move the gain until the rms of the last ' +
      'activations is between 0.5 and 2. In B, LSUV does it layer by layer: it divides the weights by the std of the ' +
      'layer’s output and measures again.',
    question: 'How many times does LSUV measure a layer’s output in all?',
    choices: ['20', '40', 'about 100', 'about 400'],
    checks: ['measurements by LSUV in B', 'variance of z in the layer of B that is furthest from 1'],
    tolerance: 'The count is exact. 0.1 is the tolerance of LSUV itself.',
    explanation:
      'Without biases, one division is exact. So each layer takes two measurements: one finds the scale, one confirms ' +
      'it. A single gain for all layers acts with its 20th power: 2% too much per layer is 1.5 times too much at the ' +
      'end.',
    source: 'Mishkin & Matas 2015, “All you need is a good init”, algorithm 1.',
  },
};
