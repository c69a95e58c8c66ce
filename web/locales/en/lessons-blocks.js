/**
 * lessons-blocks.js: the lessons on networks as people build them now, in English, by their ids. Checks and choices are in
 * the order of web/lessons/topic-blocks.js. What is right is decided there, not here.
 */

/** @type {Record<string, import('./lessons.js').LessonText>} */
export const BLOCKS_TEXTS = {
  gpt2: {
    title: 'GPT-2’s 1 / √(2 L)',
    text:
      'The twelve MLPs of GPT-2: each takes the layer norm of the stream, 768 → 3072 → 768, and adds to it. The weights of the ' +
      'branches have std 0.02; B divides the last layer of each by √24. The input has the rms of two embeddings, 0.028.',
    question: 'What is the rms of the stream of A after twelve branches?',
    choices: ['0.028', '0.26', '1.25', 'about 100'],
    checks: ['rms of the stream of A, layer 48', 'rms of the stream of B, layer 48'],
    tolerance: 'Three stds of one draw at 768 units.',
    explanation:
      'The norm hides the size of the stream from a branch, so each adds the same mean square, 0.13: √(12 × 0.13) = 1.25. ' +
      'Divided by √24, all of them add 0.065, at any depth. An input of rms 1 would end at 1.60 and 1.03: ask also what your ' +
      'stream starts from.',
    source: 'Radford et al. 2019, section 2.3; values from theory.',
  },
  'norm-inside': {
    title: 'A norm at the end of the branch',
    text:
      'x + norm(f(x)): 64 branches of two layers and a layer norm, with an input of rms 1. The weights of B are three times as ' +
      'large.',
    question: 'What is the rms of the two streams after 64 branches?',
    choices: ['1 in both', '8 in both', '8 in A, 24 in B', 'both explode'],
    checks: ['rms of the stream of A, layer 64', 'rms of the stream of A, layer 256', 'rms of B over A, layer 256'],
    tolerance: 'Three stds of one draw, over ten seeds. B over A: the epsilon of the norms.',
    explanation:
      'The norm gives each branch a mean square of 1, so the stream has 1 + 64, and √65 = 8.06. That grows like a root and never ' +
      'explodes. But no scale of the weights makes such a branch small. For that, start the gain of the norm below 1, or ' +
      'at 0.',
    source: 'Theory: mean squares of independent terms add.',
  },
  'norm-after': {
    title: 'A norm after the sum',
    text:
      'norm(x + f(x)), as in the first transformer: twelve branches. Those of A are as large as the stream. In B all weights are ' +
      'half as large, and so its branches of two layers are a quarter.',
    question: 'The rms stays at 1. How much of x is left in the stream of A?',
    choices: ['all of it', '28%', '1.6%', '0.02%'],
    checks: ['rms of the stream of A, layer 48', 'share of x in the stream of A', 'share of x in the stream of B'],
    tolerance: 'Three stds of one draw, over ten seeds.',
    explanation:
      'x + f(x) has twice the mean square of x, so each norm divides x by √2: 2⁻⁶ = 1.6%. With the norm at the end of the ' +
      'branch it would be 1 / √13 = 28%. Small branches keep x: 69% in B. Make them small, as DeepNorm does, or put the norm ' +
      'before the branch.',
    source: 'Theory; Wang et al. 2022, figure 2.',
  },
  rezero: {
    title: 'Branches times 0',
    text:
      'Twenty times x + α f(x), where α trains and starts at 0: ReZero. In the branches of B the weights are ten times as large ' +
      'as in A. The first and the last layer are the same.',
    question: 'How does the output of B differ from that of A?',
    choices: ['not in a single bit', 'it is 10 times as large', 'it is 10²⁰ times as large'],
    checks: [
      'rms of A, layer 41 over layer 1',
      'rms of the output of B over A',
      'largest rms of dL/dW in branches of B',
    ],
    tolerance: 'Exact: products with 0.',
    explanation:
      'All branches together are exactly the identity, if f(x) is finite and nothing follows the sum. In the first step only the ' +
      'α, the first layer and the last have gradients. From the second on all weights move, and their scale counts again: draw ' +
      'them as usual.',
    source: 'Bachlechner et al. 2020, equation 1.',
  },
  'zero-layers': {
    title: 'One layer of zeros, and two',
    text:
      'Three layers of 64 tanh units and an output. In A the weights of the output are 0, in B also those of the layer before ' +
      'it. Both train on 1438 digits by SGD with momentum 0.9, rate 0.003, batch 64, for 300 steps.',
    question: 'Which of them learns the digits?',
    choices: ['neither', 'A', 'B', 'both'],
    checks: ['accuracy of A, step 300', 'accuracy of B, step 300', 'rms of the weights of B, layers 3 and 4, step 300'],
    tolerance: 'Exact, apart from the accuracy of A: four seeds, 93%.',
    explanation:
      'In A only the output has a gradient in the first step. Then it is no longer 0, and all layers move. In B each layer of ' +
      'zeros waits for the other: only the last biases ever move. Sigmoid units would move, but all of layer 3 alike. Two ' +
      'layers of zeros need a skip around one of them.',
    source: 'Theory: dL/dW is an activation times dL/dz; accuracies measured here.',
  },
  'batch-norm': {
    title: 'What batch norm hides',
    text: 'Five layers of 256 units, each with a batch norm before its ReLU. All weights of B are half of those of A.',
    question: 'The signal is the same. How large are the weight gradients of B?',
    choices: ['half of those of A', 'the same', 'twice as large', 'four times as large'],
    checks: ['rms of a, layer 10, B over A', 'rms of dL/dW, layer 1, B over A', 'rms of dL/dz, layer 2, B over A'],
    tolerance: 'Exact, apart from the epsilon of the norms, 10⁻⁵.',
    explanation:
      'The norm divides by the std of z: the scale of W cancels, and dL/dz goes down unchanged. But dL/dW is twice as large for ' +
      'weights half as large, so a step of SGD turns them four times as far. In front of a norm the scale of W is a learning rate, ' +
      'and no chart of the signal shows it.',
    source: 'Ioffe & Szegedy 2015, section 3.3.',
  },
  'big-head': {
    title: 'Fifty thousand classes',
    text:
      'The output of a language model: 50,257 classes on a normalized stream of 768. A has weights from N(0, 1), as ' +
      'nn.Embedding draws them, B from N(0, 0.02²). The labels are random.',
    question: 'Guessing costs ln 50,257 = 10.8. What is the loss of A?',
    choices: ['10.8', '12', '28', 'about 117'],
    checks: ['loss of A', 'loss of B'],
    tolerance: 'Three stds for 16 random labels.',
    explanation:
      'Logits of A have a std of √768 = 27.7, and the largest of 50,257 is near 117, seldom that of the label. In B the std is ' +
      '0.55: ln 50,257 + 0.55² / 2 = 10.98. If a loss starts far above ln C, look at the output layer, and at embeddings tied to ' +
      'it.',
    source: 'Theory: the mean of ln Σ exp z over normal z; PyTorch, nn.Embedding.',
  },
  siren: {
    title: 'SIREN and its biases',
    text:
      'sin(30 z) of two coordinates from U(−1, 1). The weights of layer 1 are from U(−½, ½), the others from ' +
      'U(−√(6/n) / 30, √(6/n) / 30). Biases are 0 in A. In B they are those of nn.Linear, as in the authors’ code.',
    question: 'What rms does 30 z have in layer 1 of A?',
    choices: ['1', '7.1', '14', '30'],
    checks: [
      'rms of 30 z in A, layer 1',
      'rms of 30 z in B, layer 1',
      'rms of 30 z in A, layer 9',
      'factor of dL/dz per layer in A',
      'factor of dL/dz per layer in B',
    ],
    tolerance: 'Three stds of one draw, over 20 seeds.',
    explanation:
      'Var z = 2 × 1/3 × 1/12, and 30 / √18 = 7.07: the sine turns several times, and its mean square is ½. From there q, the mean square of 30 z, ' +
      'goes by q ↦ 1 − e^(−2q) to 0.80, an rms of 0.89, and dL/dz grows by 1.10 per layer. The biases of B make it 14.1, and the gradient no longer ' +
      'grows. So check which of the two you have.',
    source: 'Sitzmann et al. 2020, section 3.2; vsitzmann/siren, modules.py; values from theory.',
  },
};
