/**
 * lessons-networks.js: the lessons on activations, on gradients and on what networks do, in English, by their ids.
 * Checks and choices are in the order of web/lessons/topic-activations.js, topic-gradients.js and topic-networks.js.
 * What is right is decided there, not here.
 */

/** @type {Record<string, import('./lessons.js').LessonText>} */
export const NETWORKS_TEXTS = {
  'gain-of-relu': {
    title: 'What the gain must make up for',
    text:
      'The next layer adds up the squares of the activations, their mean included. The gain of A is 1 / (std of a ReLU’s ' +
      'output) = 1.713. The gain of B is 1 / √E a² = √2.',
    question: 'How many times larger is the signal of A after 20 layers?',
    choices: ['the same', '46', '340', '0.02'],
    checks: ['rms of A over B, layer 20', 'rms of z in B, layer 20 over the input'],
    tolerance: 'The same draw on two scales. For B, three stds of ln rms over 20 layers of 256: a factor of 2.6.',
    explanation:
      'Var z = n × Var W × E a², not n × Var W × Var a: the mean of a ReLU’s output counts too. 1.713 / 1.414 = 1.21 too ' +
      'much per layer is 46 times after twenty layers. The same rule gives 1.53 for GELU, 1.68 for SiLU and 1.39 for ' +
      'leaky ReLU with slope 0.2.',
    source: 'He et al. 2015, eq. 7 and 8.',
  },
  'cs231n-random': {
    title: 'Small random numbers',
    text: 'Ten layers of 500 tanh units. A draws from N(0, 0.01²), B from N(0, 1). The experiment comes from Stanford’s CS231n.',
    question: 'Draw the rms of the activations of A by depth.',
    checks: ['std of a in A, layer 1', 'std of a in A, layer 2', 'std of a in A, layer 4', 'std of a in B, layer 10'],
    tolerance: 'The course’s own digits. One draw of 500 × 64 values moves them by 1% or less.',
    explanation:
      '√500 × 0.01 = 0.22 per layer is a straight line. After ten layers nothing is left of the signal, and nothing of the ' +
      'gradient either. With std 1, nearly all units are at ±1, where tanh is flat.',
    source: 'CS231n (Stanford), lecture on activation statistics.',
  },
  'cs231n-xavier': {
    title: 'Xavier with tanh',
    text: 'The same network with variance 1 / fan_in: LeCun’s rule, which the course calls Xavier. B also has a gain of 3.',
    question: 'Draw the rms of the activations of A by depth.',
    checks: [
      'std of a in A, layer 1',
      'std of a in A, layer 5',
      'std of a in A, layer 10',
      'share of B that is saturated',
    ],
    tolerance: 'Three stds of one draw at width 500: 3 to 6%.',
    explanation:
      'tanh lies below its tangent at 0, so with gain 1 each layer loses a little. A smaller signal loses less: it falls ' +
      'like 1 / √layer and is never a straight line. A gain of 3 keeps the signal, but two units in five are saturated.',
    source: 'CS231n (Stanford); theory: q ↦ E tanh²(√q z).',
  },
  'cs231n-relu': {
    title: 'Xavier with ReLU',
    text:
      'The last step of the course: ReLU instead of tanh. A has LeCun’s 1 / fan_in, in the course Xavier’s; B has He’s ' +
      '2 / fan_in. In layer 1 of A the activations have a std of 0.58.',
    question: 'What is their std in layer 10?',
    choices: ['0.2', '0.026', '0.0003', 'also 0.58'],
    checks: [
      'std of a in A, layer 1',
      'std of a in A, layer 10',
      'std of a in B, layer 10',
      'mean of a in B, layer 10',
    ],
    tolerance: 'Three stds of ln rms after ten layers of 500: a factor of 1.6.',
    explanation:
      'The factor is √½ per layer: 0.58 × (√½)⁹ = 0.026. He’s rule keeps the mean square at 1: mean 1/√π = 0.564, std ' +
      '0.826.',
    source: 'CS231n (Stanford); He et al. 2015, eq. 10.',
  },
  'gain-of-tanh': {
    title: 'The gain 5/3 for tanh',
    text: 'Forty layers of tanh: A with gain 1, B with gain 5/3, which PyTorch’s calculate_gain recommends.',
    question: 'At what std do the activations of B settle?',
    choices: ['0', '0.23', '0.65', '1'],
    checks: [
      'std of a in B, layer 40',
      'share of a in B beyond ±0.97',
      'growth of dL/dz per layer, from layer 40 back to 20',
    ],
    tolerance: 'Three stds of one draw by mean-field theory.',
    explanation:
      'With 5/3 the fixed point is 0.6513, and one unit in twenty is near ±1. This has a price: the gradient grows by √χ ' +
      '= 1.10 per layer. Gain 1 is the other extreme: the signal fades and the gradient holds.',
    source: 'Karpathy, “makemore” part 3; theory: Poole et al. 2016, Schoenholz et al. 2017.',
  },
  selu: {
    title: 'SELU and its own gain',
    text: 'SELU was designed for variance 1 / fan_in, which is gain 1 (A). PyTorch’s calculate_gain gives 3/4 (B).',
    question: 'Draw the rms of the activations of B by depth.',
    checks: [
      'mean of a in A, layer 32',
      'std of a in A, layer 32',
      'std of a in B, layer 1',
      'std of a in B, layer 20',
    ],
    tolerance:
      'Three stds of one draw at width 512 by theory. In A the fixed point pulls the signal back to within 5%.',
    explanation:
      'With gain 1, mean 0 and std 1 are a fixed point that attracts every signal. With 3/4 the std falls to 0.80 in the ' +
      'first layer and to 0.24 in the twentieth: the network no longer normalises itself.',
    source: 'Klambauer et al. 2017, theorem 1.',
  },
  'glorot-6': {
    title: 'Glorot & Bengio’s figure 6',
    text:
      'Five layers of 1000 tanh units. A has U(−1/√n, 1/√n), the standard of 2010. B has the “normalized” weights of the ' +
      'paper.',
    question: 'The activations of A have a std of 0.46 in layer 1. What is it in layer 5?',
    choices: ['also 0.46', '0.16', '0.047', '0.0004'],
    checks: ['std of a in A, layer 1', 'std of a in A, layer 5', 'std of a in B, layer 1', 'std of a in B, layer 5'],
    tolerance: 'Three stds of one draw at width 1000: 3% in layer 1, 7% in layer 5.',
    explanation:
      'n × Var W = 1/3, and near 0 tanh is the identity: 1/√3 = 0.58 per layer. The histograms narrow as in the upper ' +
      'half of the paper’s figure. In B, the lower half, they keep most of their width.',
    source: 'Glorot & Bengio 2010, figure 6; values from theory.',
  },
  'glorot-7': {
    title: 'Glorot & Bengio’s figure 7',
    text: 'The same two networks in the backward pass. The histograms show the gradients dL/dz.',
    question: 'How much of the gradient in layer 5 of A reaches layer 1?',
    choices: ['twelve times as much', 'all of it', '8%', '0.08%'],
    checks: ['layer 1 over layer 5 in A', 'layer 1 over layer 5 in B'],
    tolerance: 'Three stds of one draw by theory: 16% and 19%.',
    explanation:
      'Going back, each layer multiplies by √(n × Var W × E φ′²). For A, whose slopes are near 1, that is a little below ' +
      '0.58. B loses more than half too: its weights are a compromise between both directions, and the slopes of tanh ' +
      'are below 1.',
    source: 'Glorot & Bengio 2010, figure 7; values from theory.',
  },
  'glorot-8': {
    title: 'Glorot & Bengio’s figure 8',
    text: 'In A the gradients dL/dz shrink twelvefold from layer 5 back to layer 1. The histograms show dL/dW.',
    question: 'How do the weight gradients of A in layer 1 compare with those in layer 5?',
    choices: ['12 times smaller', 'about the same', '12 times larger'],
    checks: ['layer 1 over layer 5 in A', 'layer 1 over layer 5 in B'],
    tolerance: 'Three stds of one draw by theory: 16% and 19%.',
    explanation:
      'dL/dW is the activation below times dL/dz above. In layer 1 dL/dz has lost its factor of twelve, but the ' +
      'activation has not lost it yet: the product stays the same. Even weight gradients do not prove that all is well.',
    source: 'Glorot & Bengio 2010, figure 8; values from theory.',
  },
  sigmoid: {
    title: 'A signal that only looks stable',
    text: 'Eleven sigmoid layers with Xavier’s weights (A): the std of the activations stays at 0.12. B has a gain of 4.',
    question: 'By what factor does the gradient of A change per layer, going back?',
    choices: ['1', '0.7', '0.5', '0.24'],
    checks: [
      'std of a in A, layer 10',
      'factor of dL/dz per layer in A',
      'dL/dz of layer 1 over layer 11 in A',
      'factor of dL/dz per layer in B',
    ],
    tolerance: 'Three stds of one draw at width 256 by theory.',
    explanation:
      'The slope of a sigmoid is at most ¼, and here it is near that: ten layers leave 5 × 10⁻⁷. The forward signal says ' +
      'little about the gradient. Gain 4 would bring the factor to 1 at z = 0. But z is not 0 then, and 0.62 is left.',
    source: 'Theory: √(n × Var W × E φ′²); Glorot & Bengio 2010, section 3.',
  },
  symmetry: {
    title: 'Identical units',
    text: 'All weights of A are 0, all weights of B are 0.005. One input goes in, and a random gradient comes back.',
    question: 'What would one training step change?',
    choices: [
      'in A no weight; in B all units of a layer in the same way',
      'in A no weight; in B each unit in its own way',
      'in both, each unit in its own way',
    ],
    checks: [
      'largest rms of dL/dW in A',
      'largest minus smallest a in B, layer 3',
      'largest minus smallest dL/dz in B, layer 3',
    ],
    tolerance: 'Exact: products with 0, and equal sums of equal numbers.',
    explanation:
      'Every weight gradient is an activation times dL/dz. In every layer of A one of the two is 0. In B, equal weights ' +
      'get equal gradients and stay equal forever: a layer of 256 units acts as one. Biases may well start at 0.',
    source: 'Theory; Goodfellow, Bengio & Courville 2016, section 8.4.',
  },
  'loss-of-guessing': {
    title: 'The loss at initialization',
    text:
      'Ten classes, softmax and cross-entropy, random labels. In A, with LeCun’s rule, almost no signal reaches the ' +
      'logits. In B, He’s rule keeps it.',
    question: 'What is the loss of A?',
    choices: ['0.1', '2.3', '10'],
    checks: ['loss of A'],
    tolerance: 'The labels are random: three standard errors over 64 labels, with logits of std 0.06.',
    explanation:
      'Equal logits mean guessing: ln 10 = 2.303. A classifier should start near that. B starts higher: it is confident ' +
      'without a reason. But ln 10 does not make A good: its signal is dead. Scale down the output layer, not all layers.',
    source: 'Theory: −ln (1/C); Karpathy, “A Recipe for Training Neural Networks”.',
  },
  alike: {
    title: 'Inputs become alike',
    text: 'Thirty ReLU layers with He’s weights: the rms holds. 64 unrelated inputs go in, with correlation 0.',
    question: 'What is the correlation of two of them after ten layers?',
    choices: ['0', '0.3', '0.87', '0.9999'],
    checks: [
      'correlation of z, layer 2',
      'correlation of z, layer 6',
      'correlation of z, layer 11',
      'dead units, layer 20',
    ],
    tolerance: 'Three stds over 16 draws. Theory has no band for these.',
    explanation:
      'ReLU’s outputs are never negative, so any two have something in common, and each layer adds to it: 0.318 after one ' +
      'layer, 0.74 after five. So units die for all inputs at once, 29% of them by layer 20, while half of all values are ' +
      '0 as before.',
    source: 'Cho & Saul 2009, arc-cosine kernel of degree 1; Poole et al. 2016.',
  },
  typical: {
    title: 'The mean and the typical network',
    text:
      'Over all networks that can be drawn, He’s rule keeps the mean of the mean square M. Here are 30 layers of 100 units ' +
      'and one input. Draw again and watch.',
    question: 'In how many of ten such networks does M fall below its mean?',
    choices: ['none', 'about 5', 'about 7', 'all'],
    checks: ['M over its mean, in this draw'],
    tolerance: 'ln M has a std of 1.21. Three of these are a factor of 38 in either direction.',
    explanation:
      'M is a product of 30 random factors, so ln M is nearly normal. A few large networks raise the mean; the typical ' +
      'network has half of it. E M² / (E M)² = (1 + 5 / 100)³⁰ = 4.3; at width 500 it is 1.35.',
    source: 'Hanin & Rolnick 2018, “How to start training”.',
  },
};
