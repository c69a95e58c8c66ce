/*
 * The lessons on activations, on gradients and on what networks do, in English, by their ids: checks and choices are in
 * the order of web/lessons/activations.js, gradients.js and networks.js.
 */

/** @type {Record<string, import('./lessons.js').LessonText>} */
export const NETWORKS_TEXTS = {
  'gain-of-relu': {
    title: 'What a gain has to undo',
    text:
      'The next layer adds up squares of activations, mean included. A’s gain is 1 / std of a ReLU’s output, ' +
      '1.713; B’s is 1 / √E a² = √2.',
    question: 'How many times larger is the signal of A after 20 layers?',
    choices: ['it is the same', '46', '340', '0.02'],
    checks: ['rms of A over B, layer 20', 'rms of z in B over that of the input'],
    tolerance: 'The same draw on two scales; for B three stds of ln rms over 20 layers of 256, a factor of 2.6.',
    explanation:
      'Var z = n Var W · E a², not · Var a: the mean of a ReLU’s output counts too. 1.713 / 1.414 = 1.21 too much ' +
      'a layer is 46 times in twenty. For GELU the rule gives 1.53, for SiLU 1.68, for leaky ReLU of 0.2 1.39.',
    source: 'He et al. 2015, eq. 7 and 8.',
  },
  'cs231n-random': {
    title: 'Small random numbers',
    text: 'Ten layers of 500 tanh units. A draws N(0, 0.01²), B N(0, 1): the experiment of Stanford’s course.',
    question: 'Draw the rms of the activations of A by depth.',
    checks: ['std of a in A, layer 1', 'the same, layer 2', 'the same, layer 4', 'std of a in B, layer 10'],
    tolerance: 'The course’s own digits; one draw of 500 × 64 values moves them by 1 % or less.',
    explanation:
      '√500 · 0.01 = 0.22 a layer, a straight line: after ten layers nothing is left, and no gradient either. ' +
      'With std 1 nearly all units stand at ±1, where tanh is flat.',
    source: 'CS231n (Stanford), lecture on activation statistics.',
  },
  'cs231n-xavier': {
    title: 'Xavier under tanh',
    text: 'The same network with the variance 1 / fan_in; in B with a gain of 3.',
    question: 'Draw the rms of the activations of A by depth.',
    checks: ['std of a in A, layer 1', 'the same, layer 5', 'the same, layer 10', 'share of B that is saturated'],
    tolerance: 'Three stds of one draw at width 500, 3 to 6 %.',
    explanation:
      'tanh is flatter than its slope at 0, so gain 1 loses a little in each layer; the smaller the signal, the ' +
      'less: it falls as 1 / √layer, never straight. A gain of 3 holds it, with two units in five at the ends.',
    source: 'CS231n (Stanford); theory: q ↦ E tanh²(√q z).',
  },
  'cs231n-relu': {
    title: 'Xavier under ReLU',
    text: 'The course’s last step: ReLU for tanh. A has 1 / fan_in, B He’s 2 / fan_in. Layer 1 of A has a std of 0.58.',
    question: 'And its layer 10?',
    choices: ['0.2', '0.026', '0.0003', '0.58 too'],
    checks: ['std of a in A, layer 1', 'the same, layer 10', 'std of a in B, layer 10', 'mean of a in B, layer 10'],
    tolerance: 'Three stds of ln rms after ten layers of 500: a factor of 1.6.',
    explanation: '√½ a layer: 0.58 · (√½)⁹ = 0.026. He keeps the mean square at 1: mean 1/√π = 0.564, std 0.826.',
    source: 'CS231n (Stanford); He et al. 2015, eq. 10.',
  },
  'gain-of-tanh': {
    title: 'The gain 5/3 of tanh',
    text: 'Forty layers of tanh: A with gain 1, B with 5/3, which PyTorch’s calculate_gain recommends.',
    question: 'At what std do the activations of B settle?',
    choices: ['0', '0.23', '0.65', '1'],
    checks: ['std of a in B, layer 40', 'share of it beyond ±0.97', 'growth of deltas a layer, from 40 back to 20'],
    tolerance: 'Three stds of one draw by mean-field theory.',
    explanation:
      '5/3 has a fixed point at 0.6513, with one unit in twenty near ±1. It is not free: the gradient grows by √χ ' +
      '= 1.10 a layer. Gain 1 is the other extreme, where the signal fades and the gradient holds.',
    source: 'Karpathy, “makemore” part 3; theory: Poole et al. 2016, Schoenholz et al. 2017.',
  },
  selu: {
    title: 'SELU and its own gain',
    text: 'SELU was made for the variance 1 / fan_in, gain 1 (A). PyTorch’s calculate_gain says 3/4 (B).',
    question: 'Draw the rms of the activations of B by depth.',
    checks: ['mean of a in A, layer 32', 'std of a in A, layer 32', 'std of a in B, layer 1', 'the same, layer 20'],
    tolerance: 'Three stds of one draw at width 512 by theory; in A the fixed point draws the signal back, within 5 %.',
    explanation:
      'With gain 1 mean 0 and std 1 are a fixed point that pulls everything to itself. With 3/4 the std falls to ' +
      '0.80 in the first layer and to 0.24 in the twentieth: the network no longer normalises itself.',
    source: 'Klambauer et al. 2017, theorem 1.',
  },
  'glorot-6': {
    title: 'Glorot & Bengio’s figure 6',
    text:
      'Five layers of 1,000 tanh units: A with U(−1/√n, 1/√n), the standard of 2010, B with the paper’s ' +
      '“normalized” weights.',
    question: 'A’s activations have a std of 0.46 in layer 1. What in layer 5?',
    choices: ['0.46 too', '0.16', '0.047', '0.0004'],
    checks: ['std of a in A, layer 1', 'the same, layer 5', 'std of a in B, layer 1', 'the same, layer 5'],
    tolerance: 'Three stds of one draw at width 1,000: 3 % in layer 1, 7 % in layer 5.',
    explanation:
      'n Var W = 1/3, and near 0 tanh is the identity: 1/√3 = 0.58 a layer. The ridges narrow as in the upper ' +
      'half of the paper’s figure; in B, the lower half, they keep most of their width.',
    source: 'Glorot & Bengio 2010, figure 6; values by theory.',
  },
  'glorot-7': {
    title: 'Glorot & Bengio’s figure 7',
    text: 'The same two networks on the way back: the ridges are of the gradients dL/dz.',
    question: 'How much of A’s gradient at layer 5 reaches layer 1?',
    choices: ['twelve times as much', 'all of it', '8 %', '0.08 %'],
    checks: ['layer 1 over layer 5 in A', 'the same in B'],
    tolerance: 'Three stds of one draw by theory: 16 % and 19 %.',
    explanation:
      'Going back each layer multiplies by √(n Var W · E φ′²): a little below 0.58 for A, whose slopes are near ' +
      '1. B loses more than half too; “normalized” weighs both ways, and tanh’s slopes are below 1.',
    source: 'Glorot & Bengio 2010, figure 7; values by theory.',
  },
  'glorot-8': {
    title: 'Glorot & Bengio’s figure 8',
    text: 'In A the gradients dL/dz shrink twelvefold on their way from layer 5 to layer 1. The ridges are of dL/dW.',
    question: 'How do A’s weight gradients in layer 1 compare with those in layer 5?',
    choices: ['12 times smaller', 'about the same', '12 times larger'],
    checks: ['layer 1 over layer 5 in A', 'the same in B'],
    tolerance: 'Three stds of one draw by theory: 16 % and 19 %.',
    explanation:
      'dL/dW is the activation below times dL/dz above. What dL/dz lost going back, the activation has not lost ' +
      'yet going forward: the product stays. Even weight gradients are no proof that all is well.',
    source: 'Glorot & Bengio 2010, figure 8; values by theory.',
  },
  sigmoid: {
    title: 'A signal that only looks stable',
    text:
      'Eleven sigmoid layers with Xavier’s weights (A): the std of the activations stays at 0.12. B has a gain of ' +
      '4.',
    question: 'By what factor does the gradient of A change a layer, going back?',
    choices: ['1', '0.7', '0.5', '0.24'],
    checks: [
      'std of a in A, layer 10',
      'factor of dL/dz a layer in A',
      'layer 1 over layer 11 in A',
      'factor a layer in B',
    ],
    tolerance: 'Three stds of one draw at width 256 by theory.',
    explanation:
      'The slope of a sigmoid is at most ¼, and here near that: ten layers leave 5 × 10⁻⁷. A signal forward says ' +
      'little about the gradient. Gain 4 would make the slope 1 at z = 0, but z is not 0 then, and 0.62 is left.',
    source: 'Theory: √(n Var W · E φ′²); Glorot & Bengio 2010, section 3.',
  },
  symmetry: {
    title: 'Units that are all alike',
    text: 'All weights of A are 0, all of B 0.005. One input goes in, and a random gradient comes back.',
    question: 'What would a step of training change?',
    choices: [
      'in A no weight, in B all units of a layer alike',
      'in A no weight, in B each unit its own way',
      'in both each unit its own way',
    ],
    checks: ['largest rms of dL/dW in A', 'largest less smallest a in B, layer 3', 'the same of dL/dz'],
    tolerance: 'Exact: products with 0, and equal sums of equal numbers.',
    explanation:
      'Every weight gradient is an activation times dL/dz: in A one of the two is 0 in every layer. In B equal ' +
      'weights get equal gradients, and stay equal forever: a layer of 256 is one unit. Biases may well be 0.',
    source: 'Theory; Goodfellow, Bengio & Courville 2016, section 8.4.',
  },
  'loss-of-guessing': {
    title: 'The loss to begin with',
    text:
      'Ten classes, softmax and cross-entropy, random labels. In A almost no signal reaches the logits; in B He’s ' +
      'does.',
    question: 'What is the loss of A?',
    choices: ['0.1', '2.3', '10'],
    checks: ['loss of A'],
    tolerance: 'Labels are random: three standard errors of 64 of them, with logits of std 0.06.',
    explanation:
      'Equal logits guess: ln 10 = 2.303. A classifier should begin near that; B begins higher, confident without ' +
      'reason. But A’s ln 10 is no praise either: its signal is dead. Scale the head, not the body.',
    source: 'Theory: −ln (1/C); Karpathy, “A Recipe for Training Neural Networks”.',
  },
  alike: {
    title: 'Inputs become alike',
    text: 'Thirty ReLU layers with He’s weights: the rms holds. 64 unrelated inputs go in, of correlation 0.',
    question: 'What is the correlation of two of them after ten layers?',
    choices: ['0', '0.3', '0.87', '0.9999'],
    checks: ['correlation of z, layer 2', 'the same, layer 6', 'the same, layer 11', 'dead units, layer 20'],
    tolerance: 'Three stds over 16 draws; theory has no band for them.',
    explanation:
      'Outputs of ReLU are positive, so any two have something in common, and each layer adds to it: 0.318 after ' +
      'one, 0.74 after five. So units die for all inputs at once, 29 % by layer 20, while half of all values stay ' +
      '0 as before.',
    source: 'Cho & Saul 2009, arc-cosine kernel of degree 1; Poole et al. 2016.',
  },
  typical: {
    title: 'The mean and the typical network',
    text:
      'He’s rule keeps the mean of the mean square M over all networks that might be drawn. Here are 30 layers of ' +
      '100 units, and one input. Draw again, and watch.',
    question: 'Of ten such networks, in how many does M fall below its mean?',
    choices: ['none', 'about 5', 'about 7', 'all'],
    checks: ['M over the mean, of this draw'],
    tolerance: 'ln M has a std of 1.21; three of them are a factor of 38 either way.',
    explanation:
      'M is a product of 30 random factors, so ln M is what is nearly normal: a few large networks make the mean, ' +
      'and the typical one lies at half of it. E M² / (E M)² = (1 + 5 / 100)³⁰ = 4.3; at width 500 it is 1.35.',
    source: 'Hanin & Rolnick 2018, “How to start training”.',
  },
};
