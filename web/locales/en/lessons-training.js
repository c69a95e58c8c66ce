/**
 * lessons-training.js: the lessons on training, in English, by their ids. Checks and choices are in the order of
 * web/lessons/topic-training.js. What is right is decided there, not here.
 */

/** Where the bounds come from. */
const SEEDS = 'A bound with a margin: other seeds give other numbers on the same side of it.';

/**
 * How both are trained, and where to look. Each lesson says it, as each may be opened alone.
 * @param {number} steps @param {string} [rate] @param {string} [optimizer]
 */
const setup = (steps, rate = '0.003', optimizer = 'SGD with momentum 0.9') =>
  ` Both train on 1438 handwritten digits by ${optimizer}, rate ${rate}, batch 64, for ${steps} steps. Accuracy and loss are ` +
  'those on these training data: the solid lines of “Loss and accuracy by step”.';

/** @type {Record<string, import('./lessons.js').LessonText>} */
export const TRAINING_TEXTS = {
  'trains-22': {
    title: 'Do 22 layers train?',
    text: `22 layers of 64 ReLU units and an output of 10. A has LeCun’s 1 / fan_in, B has He’s 2 / fan_in.${setup(1000)}`,
    question: 'B gets nearly every digit right. What does A do?',
    choices: ['it stays at chance, 11%', 'it learns, but later and less', 'the same as B'],
    checks: ['accuracy of A, step 1000', 'accuracy of B, step 1000'],
    tolerance: `${SEEDS} Six seeds: 20 to 73% and 98 to 100%.`,
    explanation:
      'The signal of A shrinks by √½ per layer, and so does its gradient. The loss of A stands at ln 10 for some 500 ' +
      'steps before anything moves. In the paper, too, 22 layers learned with both rules, and He’s began earlier.',
    source: 'He et al. 2015, figure 2; accuracies measured here.',
  },
  'trains-30': {
    title: 'Do 30 layers train?',
    text: `30 layers of 64 ReLU units and an output of 10. A has LeCun’s 1 / fan_in, B has He’s 2 / fan_in.${setup(1000)}`,
    question: 'What accuracy does A reach?',
    choices: ['10 to 30%', '60 to 80%', '95% or more'],
    checks: ['accuracy of A, step 1000', 'accuracy of B, step 1000'],
    tolerance: `${SEEDS} Six seeds: 10 to 29% and 90 to 100%.`,
    explanation:
      'Eight more layers cost A another factor of 16, in the signal and in the gradient: it stands still. This is the ' +
      'figure that made He’s rule known. A factor of √2 in the weights decides whether the network trains.',
    source: 'He et al. 2015, figure 3; accuracies measured here.',
  },
  'trains-adam': {
    title: 'Adam hides it',
    text:
      '30 layers of 64 ReLU units, with LeCun’s 1 / fan_in in A and He’s 2 / fan_in in B. By SGD, A stays at 10 to 30%. Now the ' +
      'optimizer is Adam.' +
      setup(500, '0.001', 'Adam'),
    question: 'What accuracy does A reach now?',
    choices: ['10 to 30%, as with SGD', '40%, no more', '70% or more'],
    checks: ['accuracy of A, step 500', 'accuracy of B, step 500'],
    tolerance: `${SEEDS} Five seeds: 71 to 97% and 94 to 99%.`,
    explanation:
      'Adam divides each gradient by its own size, so a gradient that is thousands of times too small takes steps of the usual ' +
      'length. A learns all the same, only later. That an optimizer copes with an initialization does not make it good.',
    source: 'Kingma & Ba 2015, algorithm 1; measured here.',
  },
  'trains-pytorch': {
    title: 'PyTorch’s default, trained',
    text:
      'Ten layers of 64 ReLU units. A has the weights that nn.Linear has unless told otherwise, variance 1 / (3 fan_in). B ' +
      'has He’s.' +
      setup(500),
    question: 'What does A do?',
    choices: ['it stays at chance, 11%', 'it reaches about 50%', 'it reaches 95% or more'],
    checks: ['accuracy of A, step 500', 'accuracy of B, step 500'],
    tolerance: `${SEEDS} Three seeds: 11% and 100%.`,
    explanation:
      'Each layer keeps √(1/6) = 0.41 of the signal: ten layers leave 0.0001 of it. The outputs do not depend on the ' +
      'digit, so only their biases learn. Ten layers are enough to see it; people seldom do, as Adam hides it.',
    source: 'PyTorch, nn.Linear.reset_parameters; measured here.',
  },
  'trains-sigmoid': {
    title: 'The plateau of the sigmoid',
    text:
      'Four layers of 64 sigmoid units. A has U(−1/√n, 1/√n), variance 1 / (3 fan_in), the standard of 2010. B has Xavier’s with ' +
      'a gain of 4.' +
      setup(3000, '0.1'),
    question: 'The loss of A begins at ln 10, which is chance. When does it fall below 2?',
    choices: ['within 100 steps', 'after about 300', 'after 1000 to 3000', 'not within 3000'],
    checks: ['loss of A, step 1000', 'loss of A, step 3000', 'loss of B, step 100'],
    tolerance: `${SEEDS} Five seeds: 2.3, then 0.1 to 1. B, three seeds: 0.16 to 0.22.`,
    explanation:
      'The slope of a sigmoid is at most ¼, so each layer divides the gradient by about 7. With 3 layers the plateau ends ' +
      'after some 300 steps, with 5 not within 8000: set the depth and play. In the paper, the top layer is saturated ' +
      'meanwhile.',
    source: 'Glorot & Bengio 2010, figure 2; losses measured here.',
  },
  'trains-depth': {
    title: 'How deep can it be?',
    text:
      'Forty layers of 64 tanh units, biases with std √0.05. In A, fan_in × Var W is 1. In B it is 1.76, where mean-field theory ' +
      'has its critical point.' +
      setup(300),
    question: 'Which of them trains?',
    choices: ['A', 'B', 'both', 'neither'],
    checks: ['accuracy of A, step 300', 'accuracy of B, step 300'],
    tolerance: `${SEEDS} Three seeds: 14 to 38% and 94 to 97%.`,
    explanation:
      'Inputs become alike with depth; ξ is the number of layers for a factor of e. Networks train down to about 6 ξ: 22 ' +
      'layers in A. At 1.76, ξ is infinite: there, width and number of steps set the limit. The map below shows all of it.',
    source: 'Schoenholz et al. 2017, figure 5; accuracies measured here.',
  },
  'trains-narrow': {
    title: 'Too narrow for its depth',
    text: `Thirty layers of ReLU with He’s weights, normal in A and uniform in B, but only 10 units in each.${setup(500)}`,
    question: 'With 64 units such a network reaches about 90%. And with 10?',
    choices: ['far less', 'about the same', 'more: it has fewer weights to learn'],
    checks: ['accuracy of A, step 500', 'accuracy of B, step 500'],
    tolerance: `${SEEDS} Four seeds each: 10 to 48%.`,
    explanation:
      'He’s rule keeps the mean over all networks, and the typical one is far below it: ln rms spreads by √(5 × 30 / n) / ' +
      '2, at 10 units a factor of 7. Set the width to 50 and play: 72 to 96%; to 100: 92 to 99%.',
    source: 'Hanin & Rolnick 2018, “How to start training”; accuracies measured here.',
  },
  'trains-pixels': {
    title: 'Raw pixels into a sigmoid',
    text:
      'The thread that this page comes from: ReLU layers, a sigmoid output, and pixels as they are, 0 to 16. Both networks ' +
      'have ten layers of 64 units and He’s weights with a gain of √2. In B, LSUV has tuned them.' +
      setup(500),
    question: 'What does training do?',
    choices: ['both learn', 'A stands still, B learns', 'B stands still, A learns', 'both stand still'],
    checks: ['accuracy of A, step 500', 'accuracy of B, step 500'],
    tolerance: `${SEEDS} Four seeds: 10 to 24% and 97 to 99%.`,
    explanation:
      'In A the outputs are near 0 or 1, where a sigmoid is flat: no gradient passes. LSUV divides the weights of each ' +
      'layer until its preactivations have std 1. To scale the pixels down would do as well: choose “standardized”.',
    source: 'Mishkin & Matas 2016, algorithm 1; measured here.',
  },
  'trains-zeros': {
    title: 'Symmetry does not break',
    text: `Five layers of 64 tanh units. All weights of A are 0, all weights of B are 0.05.${setup(500, '0.03')}`,
    question: 'Which of them learns the digits?',
    choices: ['neither', 'only B', 'both'],
    checks: ['accuracy of A, step 500', 'accuracy of B, step 500', 'largest minus smallest weight in B, layer 2'],
    tolerance: 'Exact, apart from the accuracy of B: two seeds, 21%.',
    explanation:
      'In A only the biases of the output move. In B all units of a layer get the same gradient at each step, so after 500 ' +
      'steps they are still equal: 64 units do the work of one. No number of steps breaks the symmetry; random weights do.',
    source: 'Theory; Goodfellow, Bengio & Courville 2016, section 8.4; accuracy measured here.',
  },
  'trains-width': {
    title: 'Will the rate still fit?',
    text:
      'Adam at rate 0.001 suits a network of two hidden ReLU layers of 64 units with He’s weights. Now it gets wider, and ' +
      'the rate stays. The coordinate check at the end of the page trains such networks from width 64 to 4096, and measures how ' +
      'far the first step moves the preactivations of each layer.',
    question: 'How far does the first step move the logits at width 1024?',
    choices: [
      'as far as at width 64: Adam hides the size of the gradient',
      'about 4 times as far',
      'over 10 times as far',
    ],
    checks: [
      'logits at 1024 / at 64, standard',
      'logits at 1024 / at 64, muP',
      'layer 2 at 1024 / at 64, standard',
      'layer 2 at 1024 / at 64, muP',
    ],
    tolerance: `${SEEDS} Six seeds: 17 to 35 and 0.5 to 1; 6.5 to 8 and 0.8 to 0.9.`,
    explanation:
      'Adam moves each weight by about the rate, against its gradient, so these moves are aligned. The changes of n inputs add ' +
      'up as n, not as √n: the wider the network, the nearer layer 2 comes to n, and the logits to n√n. muP divides the rate by the width, ' +
      'and the variance of the output weights by its square. Then a rate tuned at width 64 fits at 1024.',
    source: 'Yang et al. 2021, figure 5 and table 3; measured here.',
  },
  'trains-noise': {
    title: 'Memorizing noise',
    text:
      'Each digit has a random label: there is nothing to learn, only to memorize. Five layers of 64 ReLU ' +
      'units, with LeCun’s 1 / fan_in in A and He’s 2 / fan_in in B.' +
      setup(1000, '0.01'),
    question: 'Which network memorizes the labels first?',
    choices: ['A', 'B', 'neither: noise cannot be learned'],
    checks: ['accuracy of A, step 1000', 'accuracy of B, step 1000'],
    tolerance: `${SEEDS} Three seeds: 39 to 46% and 68 to 69%.`,
    explanation:
      'A network large enough memorizes anything, and held-out digits show it: there, accuracy stays at chance. The better ' +
      'signal of B helps it to memorize, too. That the loss falls says nothing about what was learned.',
    source: 'Zhang et al. 2017, “Understanding deep learning requires rethinking generalization”; measured here.',
  },
};
