/**
 * training.js: the words of the view Training, in English. index.js does not export them: they load with the part that
 * trains.
 */
import { count, entry, fixed, number, percent, plain } from './numbers.js';

/** @import { Judgement } from '../../training/judgement.js' */

/** @param {number} steps */
const stepsText = (steps) => `${count(steps)} ${steps === 1 ? 'step' : 'steps'}`;

/** @param {number} loss */
const lossText = (loss) => (loss < 100 && loss >= 0.1 ? fixed(loss, 3) : number(loss));

/**
 * @param {{ accuracy: number, heldAccuracy: number, loss: number }} score heldAccuracy: NaN where none are held out
 * @param {number | null} best accuracy before; null where it goes without saying
 */
const scoreText = ({ accuracy, heldAccuracy, loss }, best) =>
  `accuracy ${percent(accuracy)}${best === null ? '' : ` (${percent(best)} at best)`}` +
  `${Number.isNaN(heldAccuracy) ? '' : `, ${percent(heldAccuracy)} on held-out data`}, loss ${lossText(loss)}`;

/** Why a network is not trained, where its data do not fit it. */
const MISFITS = {
  deep: 'Training adds an output layer, and 256 layers leave no room for it. Remove one layer, or choose an output layer.',
  images: 'These layers take images, and a point has only two numbers. Choose digits as the data.',
};

export const TRAINING_WORDS = {
  title: 'Training of A and B',
  map: 'map of trainable depth',
  coordinates: 'coordinate check of muP',
  play: 'play',
  pause: 'pause',
  one: 'one step',
  first: 'after one iteration',
  backToFirst: 'to step 1',
  reset: 'reset',
  step: 'step',
  epoch: (/** @type {number} */ epochs) => `epoch ${fixed(epochs, 1)}`,
  stepSlider: 'step, slider',
  rate: 'learning rate',
  rateSlider: 'learning rate, slider',
  optimizer: 'optimizer',
  as: 'as in',
  data: 'data',
  labels: 'labels',
  pixels: 'pixels',
  settings: 'settings of training',
  learning: 'Loss and accuracy by step',
  ratio: 'Update-to-weight ratio by layer',
  decision: 'Decision of',
  save: 'save this chart',
  trained: 'training data',
  held: 'held-out data',
  loss: 'loss',
  accuracy: 'accuracy',
  layer: 'layer',
  chance: (/** @type {number} */ loss) => `chance: ${fixed(loss, 3)}`,
  names: /** @type {Record<string, string>} */ ({
    digits: 'digits, 8 × 8',
    spirals: 'two spirals',
    circles: 'two circles',
    true: 'true',
    random: 'random',
    standardized: 'standardized',
    raw: 'raw, 0 to 16',
    sgd: 'SGD',
    momentum: 'momentum',
    nesterov: 'Nesterov',
    adam: 'Adam',
    pytorch: 'PyTorch',
    keras: 'Keras',
    optax: 'optax',
    'tensorflow-js': 'TensorFlow.js',
    'scikit-learn': 'scikit-learn',
    'convnet-js': 'ConvNetJS',
  }),
  outcomes: /** @type {Record<Judgement['outcome'] | 'memorizes', string>} */ ({
    fresh: 'Not trained yet',
    begun: 'Only begun',
    learned: 'Trains',
    learns: 'Learns',
    still: 'Stands still',
    lost: 'Falls back',
    diverged: 'Diverges',
    memorizes: 'Memorizes',
  }),
  /**
   * @param {Judgement['outcome']} outcome
   * @param {number} steps
   * @param {any} score the last one; undefined where there is none
   * @param {{ classes: number, diverged: number, best: number | null }} known
   */
  outcome(outcome, steps, score, { classes, diverged, best }) {
    if (outcome === 'diverged') return `The loss is no longer finite from step ${count(diverged)} on.`;
    if (!score) return '';
    const reached = scoreText(score, best);
    const guess = `guessing gives ${percent(1 / classes)}`;
    if (outcome === 'fresh') return `At the start: ${reached}; ${guess}.`;
    const after = score.step < steps ? `Last evaluated after ${stepsText(score.step)}` : `After ${stepsText(steps)}`;
    return `${after}: ${reached}${outcome === 'still' ? `; ${guess}` : ''}.`;
  },
  promise: (/** @type {string} */ word) =>
    `Verdict on the signal: ${word.replace(/^./, (first) => first.toLowerCase())}.`,
  /** @param {Judgement['agrees']} kind @param {boolean} soFar whether that may still change @param {number} usual rate */
  agreement(kind, soFar, usual) {
    const odd = 'so this says nothing about the signal.';
    const training = soFar ? 'So far, training' : 'Training';
    return {
      early: 'Too early to compare.',
      yes: `${training} agrees.`,
      partly: `${training} agrees in part: the network learns all the same.`,
      fails: `${training} does not agree. Of 30 networks with such a verdict, at least 27 trained in 1000 steps.`,
      learns: `${training} does not agree. Of 30 networks with such a verdict, at most 3 trained in 1000 steps.`,
      open: 'The verdict did not say whether it would train.',
      high: `The learning rate is far above the usual ${plain(usual)}, ${odd}`,
      raised: `The learning rate was raised before, ${odd}`,
      low: `The learning rate is far below the usual ${plain(usual)}, ${odd}`,
      noise: `Random labels take longer to learn, ${odd}`,
      raw: `Raw pixels are much larger than the input of that verdict, ${odd}`,
      adam: 'Adam rescales the step of each weight, so it hides the scale of the signal.',
    }[kind];
  },
  speed: (/** @type {number} */ perSecond) => `${number(perSecond)} steps/s`,
  going: (/** @type {number} */ step, /** @type {number} */ target) =>
    `going to step ${count(target)}, now at ${count(step)}`,
  unused: 'Training has its own input, the data below, and its own loss, cross-entropy.',
  added: (/** @type {number} */ classes) => `+ output layer of ${classes}`,
  starting: 'starting',
  /**
   * What was run.
   * @param {import('../../training/settings.js').Settings} settings
   * @param {import('../../training/settings.js').RateChange[]} rates from the first on
   * @param {boolean} hasPixels
   */
  run({ data, labels, pixels, optimizer, as, momentum, decay, step }, rates, hasPixels) {
    const { names } = TRAINING_WORDS;
    return [
      `trained on ${names[data]}`,
      ...(hasPixels ? [`pixels ${names[pixels]}`] : []),
      ...(labels === 'true' ? [] : [`labels ${names[labels]}`]),
      `${names[optimizer]} as in ${names[as]}`,
      ...(optimizer === 'momentum' || optimizer === 'nesterov' ? [`momentum ${plain(momentum)}`] : []),
      ...(decay > 0 ? [`weight decay ${plain(decay)}`] : []),
      `learning rate ${rates.map(([from, rate]) => plain(rate) + (from > 0 ? ` from step ${count(from)}` : '')).join(', ')}`,
      `step ${count(step)}`,
    ].join('; ');
  },
  rates: (/** @type {import('../../training/settings.js').RateChange[]} */ changes) =>
    `Learning rate: ${changes.map(([step, rate]) => `${plain(rate)} from step ${count(step)}`).join(', ')}.`,
  /** @param {number | null} momentum @param {number | null} decay null: the usual one */
  hypers: (momentum, decay) =>
    [momentum === null ? '' : `Momentum: ${plain(momentum)}.`, decay === null ? '' : `Weight decay: ${plain(decay)}.`]
      .filter(Boolean)
      .join(' '),
  ended: 'stopped here; “play” goes on',
  /** @param {[key: string, value: string | number][]} changes */
  anew(changes) {
    const texts = changes.map(([key, value]) => {
      const text = typeof value === 'number' ? plain(value) : TRAINING_WORDS.names[value];
      return key === 'networks' ? 'networks changed' : `${key === 'rate' ? 'learning rate' : key}: ${text}`;
    });
    return `${texts.join(', ').replace(/^./, (first) => first.toUpperCase())}. Training starts anew.`;
  },
  tooManyRates: (/** @type {number} */ most) =>
    `An experiment holds ${most} changes of the learning rate. To change it further, start anew.`,
  notUsed: (
    /** @type {'step' | 'rate'} */ name,
    /** @type {string} */ text,
    /** @type {number} */ most,
    /** @type {number | null} */ used,
  ) =>
    `The ${name === 'step' ? 'step' : 'learning rate'} is a number from 0 to ${count(most)}. ` +
    (used === null ? `“${text}” is not one, so nothing has changed.` : `For ${text}, ${entry(used)} is used.`),
  misfit: (/** @type {keyof typeof MISFITS} */ which) => MISFITS[which],
  learningCaption: 'Pale: loss of each batch. Horizontal lines: guessing.',
  learningHow: 'Click the chart to go to a step.',
  ratioCaption: 'std of the update / std of the weights. About 0.001 is a rule of thumb.',
  decisionLabel: (/** @type {string} */ letter, /** @type {number} */ accuracy) =>
    `The plane as ${letter} divides it into two classes.${Number.isNaN(accuracy) ? '' : ` Accuracy ${percent(accuracy)}.`}`,
  decisionCaption: 'Shaded: class 0; plain: class 1; line: undecided. Filled points: class 0; open points: class 1.',
  stepText: (/** @type {number} */ step) => `step ${count(step)}`,
  lossTable: (/** @type {string} */ letter) => `${letter}, loss of the batch`,
  batchAccuracyTable: (/** @type {string} */ letter) => `${letter}, accuracy on the batch`,
  trainLossTable: (/** @type {string} */ letter) => `${letter}, loss`,
  heldLossTable: (/** @type {string} */ letter) => `${letter}, held-out loss`,
  accuracyTable: (/** @type {string} */ letter) => `${letter}, accuracy`,
  heldTable: (/** @type {string} */ letter) => `${letter}, held-out accuracy`,
  learningLabel: (/** @type {string[]} */ said) => `Loss and accuracy by step. ${said.join(' ')}`,
  ratioLabel: (/** @type {number[]} */ medians) =>
    `Update-to-weight ratio by layer, median: ${medians.map((value, i) => `${'AB'[i]} ${number(value)}`).join(', ')}`,
};
