/**
 * lessons.js: the words of the lessons and of their panel, in English. index.js does not export them: they load with
 * the lessons. The measurements and the expected values are in web/lessons/.
 */
import { BLOCKS_TEXTS } from './lessons-blocks.js';
import { NETWORKS_TEXTS } from './lessons-networks.js';
import { SIGNAL_TEXTS } from './lessons-signal.js';
import { TRAINING_TEXTS } from './lessons-training.js';
import { number } from './numbers.js';

/**
 * @typedef {object} LessonText
 * @property {string} title
 * @property {string} text what the reader sees, and what it may suggest
 * @property {string} question
 * @property {string[]} [choices] if the reader chooses the answer rather than drawing it
 * @property {string[]} checks what is measured
 * @property {string} tolerance where the tolerance comes from
 * @property {string} explanation
 * @property {string} source
 */

/** By the lessons' ids. @type {Record<string, LessonText>} */
export const LESSONS_TEXTS = { ...SIGNAL_TEXTS, ...NETWORKS_TEXTS, ...BLOCKS_TEXTS, ...TRAINING_TEXTS };

/** The panel's own words. */
export const LESSON_WORDS = {
  lessons: 'Lessons',
  groups: {
    counting: 'Counting fans',
    signal: 'Keeping the signal',
    activations: 'Activations',
    gradients: 'Gradients',
    networks: 'What networks do',
    blocks: 'Networks of today',
    training: 'Does it train?',
  },
  place: (/** @type {number} */ place, /** @type {number} */ count) => `Lesson ${place} of ${count}`,
  previous: 'previous',
  next: 'next',
  list: 'all lessons',
  close: 'close',
  predict: 'Reveal',
  choose: 'Choose an answer first.',
  drawFirst: 'Draw your line first.',
  draw:
    'Draw on the chart with the pointer, or move to the chart and use the arrow keys: left and right choose a layer, ' +
    'up and down move the line there.',
  toChart: 'move to the chart',
  sketch: 'you',
  sketchLabel: 'Your prediction of the rms by depth',
  sketched: (/** @type {string} */ layer, /** @type {string} */ value) => `${layer}: ${value}`,
  right: 'Your prediction is right.',
  wrong: (/** @type {string} */ choice) => `You predicted: ${choice}.`,
  offBy: (/** @type {number} */ factor) => `Your line is off by a factor of ${number(factor)} on average.`,
  measure: 'quantity',
  measured: 'measured',
  expected: 'expected',
  agrees: 'agrees',
  disagrees: 'does not agree',
  unmeasured: 'not measured with these settings',
  exactly: 'exactly',
  orMore: 'or more',
  orLess: 'or less',
  factor: (/** @type {string} */ factor) => `within a factor of ${factor}`,
  source: 'Source:',
  tolerance: 'Tolerance:',
  changed: 'You have changed the settings. The expected values are for the lesson’s own settings.',
  back: 'restore the lesson’s settings',
  again: 'predict again',
  nextSeed: 'draw again',
  lsuv: (/** @type {string} */ letter, /** @type {boolean} */ on) => `LSUV ${on ? 'is on for' : 'for'} ${letter}`,
  draws: (/** @type {string[]} */ values, /** @type {number} */ below, /** @type {number} */ count) =>
    `M divided by its mean, draw by draw: ${values.join(', ')}. Below 1: ${below} of ${count}.`,
  tries: (/** @type {number} */ yours, /** @type {string} */ rms, /** @type {boolean} */ reached) =>
    `You: ${yours} ${yours === 1 ? 'try' : 'tries'}. The last activations have an rms of ${rms}${reached ? ': in range' : ''}.`,
  tuned: (/** @type {number} */ measurements) => `LSUV: ${measurements} measurements.`,
};
