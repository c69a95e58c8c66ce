/*
 * The lessons on counting fans and on keeping the signal, in English, by their ids: checks and choices are in the order
 * of web/lessons/counting.js and signal.js.
 */

/** @type {Record<string, import('./lessons.js').LessonText>} */
export const SIGNAL_TEXTS = {
  'fan-in': {
    title: 'The fan-in of a kernel',
    text: 'A convolution of RGB images has a kernel of shape (5, 5, 3, 8): height, width, channels in, channels out.',
    question: 'How many numbers go into one number of its output?',
    choices: ['3', '25', '75', '200'],
    checks: ['fan_in', 'fan_out', 'std of Xavier’s normal weights', 'bound of Xavier’s uniform ones'],
    tolerance:
      'Counts are exact, a bound is to its four digits; the std of 600 weights is allowed three standard errors.',
    explanation:
      'Each output sees a patch of 5 × 5 places with 3 channels each: 75. Each input reaches 25 places of 8 ' +
      'channels: 200. Xavier’s variance is 2 / (75 + 200).',
    source: 'Glorot & Bengio 2010, eq. 12 and 16; He et al. 2015, section 2.2, for k² c.',
  },
  'channels-only': {
    title: 'Three for seventy-five',
    text: 'B counts the fan-in of its kernels rightly. A takes the channels alone, 3 for 75, and 8 for 200 after that.',
    question: 'How many times too large is the signal of A after the first layer?',
    choices: ['√5 = 2.2', '5', '25', '75'],
    checks: ['rms of A over B, layer 1', 'the same, layer 7'],
    tolerance: 'Both draw the same random numbers, so that only the rounding of floats is left.',
    explanation:
      'The std is √(2 / fan_in), so a fan-in 25 times too small makes it 5 times too large, and every layer adds ' +
      'its own factor of 5. After seven layers it is 5⁷ = 78,125.',
    source: 'He et al. 2015, eq. 10.',
  },
  'fan-out': {
    title: 'The fan-out of a kernel',
    text:
      'A 3 × 3 convolution leads from 3 channels to 16. A draws its weights by He’s rule for the way back, from ' +
      'fan_out.',
    question: 'How many outputs does one input number reach?',
    choices: ['16', '27', '144', '432'],
    checks: ['fan_out', 'std of the weights of A'],
    tolerance: 'The count is exact; the std of 432 weights is allowed three standard errors, 10 %.',
    explanation:
      'Away from the border an input lies in 9 patches, and each of these feeds 16 channels: 144. 27 is the ' +
      'fan-in, and 432 is how many weights there are.',
    source: 'He et al. 2015, section 2.2, “Backward Propagation Case”.',
  },
  'lost-root': {
    title: 'The square root is lost',
    text:
      'Xavier’s uniform weights are often quoted as lying in ±6 / (fan_in + fan_out). A does that for (5, 5, 3, ' +
      '8).',
    question: 'Within what bound should they lie?',
    choices: ['6 / 275 = 0.022', '√(6 / 275) = 0.148', '√(2 / 275) = 0.085', '√6 / 275 = 0.009'],
    checks: ['bound of B', 'rms of B over A, layer 1'],
    tolerance: 'The same random numbers on two scales: only rounding is left.',
    explanation:
      'A uniform distribution in ±r has the variance r² / 3. For it to be 2 / (fan_in + fan_out), r must be the ' +
      'root of 6 / (fan_in + fan_out). Without the root the first layer is 6.8 times too quiet, the next ones ' +
      'more than that.',
    source: 'Glorot & Bengio 2010, eq. 16.',
  },
  'variance-as-std': {
    title: 'Variance or standard deviation',
    text:
      'A dense layer has 480,000 inputs; Xavier’s variance for it is 4.2 × 10⁻⁶. A gives that number to a library ' +
      'whose argument is the std.',
    question: 'B’s preactivations have a std of 1.41. What is it in A?',
    choices: ['1.41 too', '0.7', '0.05', '0.003'],
    checks: ['rms of z in A', 'rms of z in B'],
    tolerance: 'Three standard errors of the rms of 800 values, 7.5 %.',
    explanation:
      'The std is the root of the variance: 0.002, not 0.0000042. With the latter the layer says nothing, and ' +
      'what is trained above it can only learn its biases.',
    source: 'Theory: Var z = fan_in Var W E x².',
  },
  'two-xaviers': {
    title: 'Two rules named Xavier',
    text: 'A draws with the variance 1 / fan_in, B with 2 / (fan_in + fan_out). 1,024 inputs lead into layers of 256.',
    question: 'How much larger is the signal of B after five layers?',
    choices: ['not at all', '1.26 times', '1.6 times', '1.26⁵ = 3.2 times'],
    checks: ['rms of B over A, layer 1', 'the same, layer 5'],
    tolerance: 'The same random numbers on two scales: only rounding is left.',
    explanation:
      'The two rules differ only where the width changes: √(2 · 1024 / 1280) = 1.26 in the first layer. In the ' +
      'layers of 256 to 256 both say 1 / 256. Over a whole network such ratios cancel to that of its ends.',
    source: 'Glorot & Bengio 2010, eq. 10 to 12; LeCun et al. 1998, section 4.6, for 1 / fan_in.',
  },
  'he-30': {
    title: 'Thirty layers of ReLU',
    text: 'Thirty layers of 512 ReLU units. A keeps Xavier’s variance 1 / fan_in, B has He’s 2 / fan_in.',
    question: 'Draw the rms of the activations of A, from the input to layer 30.',
    checks: ['factor a layer in A', 'layer 30 over layer 1 in A', 'the same in B'],
    tolerance: 'ln rms walks by √(5 / n) / 2 a layer; three of its stds after 29 layers are a factor of 2.2.',
    explanation:
      'ReLU throws half of the mean square away, and 1 / fan_in does not give it back: √½ a layer is a straight ' +
      'line on this axis, down to 4.3 × 10⁻⁵ of layer 1. With it He et al. could not train thirty layers; with 2 ' +
      '/ fan_in they could.',
    source: 'He et al. 2015, eq. 10 and figure 3.',
  },
  'he-22': {
    title: 'Twenty-two layers of ReLU',
    text:
      'The same at 22 layers: A has 1 / fan_in, B 2 / fan_in. In the paper both of these networks could still be ' +
      'trained.',
    question: 'How much of the signal of A’s layer 1 comes to layer 22?',
    choices: ['a half', 'a twentieth', '0.0007', '0.00004'],
    checks: ['layer 22 over layer 1 in A', 'the same in B'],
    tolerance: 'Three stds of ln rms after 21 layers: a factor of 2.',
    explanation:
      '√½ to the power of 21 is 0.00069. The paper’s network learned in spite of that, later than with He’s rule; ' +
      'eight layers more, 4 × 10⁻⁵, were too many.',
    source: 'He et al. 2015, figure 2, for 22 layers; figure 3 for 30.',
  },
  'pytorch-default': {
    title: 'PyTorch’s default',
    text:
      'nn.Linear draws its weights by kaiming_uniform_ with a = √5, which comes to U(−1/√n, 1/√n). A has these ' +
      'under ReLU, without biases; B has He’s uniform ones.',
    question: 'By what factor does the signal of A change from layer to layer?',
    choices: ['0.41', '0.58', '0.71', '1'],
    checks: ['factor a layer in A', 'factor a layer in B'],
    tolerance: 'Three stds of ln rms over 19 layers of 256, a 19th of them: 4.8 %.',
    explanation:
      'n Var W = 1/3, and ReLU keeps half: √(1/6) = 0.41. Nothing of He’s rule is left but its name. With ' +
      'PyTorch’s biases (choose them beside the scheme) the signal stops at their size, which is the same for ' +
      'every input.',
    source: 'PyTorch, nn.Linear.reset_parameters; theory: √(n Var W / 2).',
  },
  'uniform-or-normal': {
    title: 'Uniform or normal',
    text:
      'A draws weights from N(0, 0.0884²), B from U(−0.0884, 0.0884): “the same scale”. For 256 units 0.0884 is ' +
      'He’s std.',
    question: 'By what factor does the signal of B change from layer to layer?',
    choices: ['0.33', '0.58', '0.71', '1'],
    checks: ['std of the weights of B over A', 'factor a layer in B'],
    tolerance: 'Three standard errors of two stds, 1 %; three stds of ln rms over 19 layers, 4.8 %.',
    explanation:
      'The variance of U(−r, r) is r² / 3, and 1/√3 = 0.58. The shape does not matter: with the bound √3 · 0.0884 ' +
      '= 0.153, which you can set in B, the two networks carry the same signal.',
    source: 'Theory: only the variance of the weights enters (Poole et al. 2016, eq. 3).',
  },
  'cut-at-two': {
    title: 'A normal that is cut',
    text:
      'A truncated normal leaves out what lies beyond two standard deviations. B makes up for that, A does not ' +
      '(as TensorFlow.js does not).',
    question: 'What is the std of A’s weights, as a share of that of the normal which was cut?',
    choices: ['0.77', '0.88', '0.95', '1'],
    checks: ['std of the weights over the normal’s', 'rms of A over B, layer 20'],
    tolerance: 'Three standard errors of the std of 65,536 weights; A over B is the same draw on two scales.',
    explanation:
      'Of the variance 0.774 is left, of the std 0.880; and each of 20 layers pays it again, 0.88²⁰ = 0.077. ' +
      'Libraries that correct divide by 0.87963 first. A cut at an absolute 2, as in trunc_normal_(std=0.02), is ' +
      'at 100 σ: none at all.',
    source: 'Theory: Var = 1 − 4 φ(2) / (2 Φ(2) − 1).',
  },
  'not-centred': {
    title: 'rand for randn',
    text: 'A draws from U(0, 1), rand where randn was meant: no weight is negative. B has He’s.',
    question: 'By what factor does the signal of A change a layer, at 256 units?',
    choices: ['1.4', '11', '128', '256'],
    checks: ['factor a layer in A, from layer 3 on'],
    tolerance: 'The mean of 65,536 weights is found to 0.23 %; three times that.',
    explanation:
      'The mean takes over: each unit adds up 256 positive numbers, each times ½. All units then say nearly the ' +
      'same, and ReLU does nothing. Weights must have mean 0 before their variance can matter.',
    source: 'Theory: E z = n E w E a.',
  },
  'raw-pixels': {
    title: 'A sigmoid on raw pixels',
    text:
      'Pixels of 0 to 255 go through five ReLU layers with He’s weights into ten sigmoids. B is the same network ' +
      'with half of the gain in every layer.',
    question: 'What share of the sigmoids of A lies outside [0.01, 0.99]?',
    choices: ['0.1 %', '10 %', '50 %', '98 %'],
    checks: ['share of A’s outputs that is saturated', 'rms of the logits of A over B'],
    tolerance: 'Ten units, each of which may lie within for nearly all images: three stds of their share, 14 %.',
    explanation:
      'He keeps whatever comes in: pixels of rms 106 make logits of √2 · 106. Scaling the weights down helps, at ' +
      'the price of tuning; pixels of mean 0 and variance 1 (choose “normalised” among the images’ settings, gain ' +
      '1) need none.',
    source: 'Theory: P(|z| > ln 99) for z ~ N(0, 2 · 106²).',
  },
  tune: {
    title: 'Tune until reasonable',
    text:
      '20 layers of ReLU begin with N(0, 0.2²), much too large. In A you move the gain until the last activations ' +
      'have an rms between 0.5 and 2. In B LSUV does it, layer by layer: divide by the std of the layer’s own ' +
      'output, look again.',
    question: 'How many looks at an output does LSUV take in all?',
    choices: ['20', '40', 'about 100', 'about 400'],
    checks: ['looks of LSUV in B', 'variance of z in B’s furthest layer'],
    tolerance: 'Counted; and 0.1, which is what LSUV stops at.',
    explanation:
      'Without biases one division is exact, so each layer takes two looks: one finds the scale, one sees that it ' +
      'is right. A single gain for all layers acts by its 20th power: 2 % too much in each is 1.5 times too much ' +
      'in the end.',
    source: 'Mishkin & Matas 2015, “All you need is a good init”, algorithm 1.',
  },
};
