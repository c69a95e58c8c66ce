/*
 * The words of the lessons and of their panel in English. Not among the exports of index.js: they come with the part of
 * the page that shows lessons. What is measured, and what it ought to be, stands in web/lessons/.
 */
import { NETWORKS_TEXTS } from './lessons-networks.js';
import { SIGNAL_TEXTS } from './lessons-signal.js';

/**
 * @typedef {object} LessonText
 * @property {string} title
 * @property {string} text what is seen, and why one might expect something of it
 * @property {string} question
 * @property {string[]} [choices] where the answer is chosen, not drawn
 * @property {string[]} checks what is measured
 * @property {string} tolerance where it comes from
 * @property {string} explanation
 * @property {string} source
 */

/** By the lessons' ids. @type {Record<string, LessonText>} */
export const LESSONS_TEXTS = { ...SIGNAL_TEXTS, ...NETWORKS_TEXTS };

/** The panel's own words. */
export const LESSON_WORDS = {
  lessons: 'Lessons',
  groups: {
    counting: 'Counting fans',
    signal: 'Keeping the signal',
    activations: 'Activations',
    gradients: 'Gradients',
    networks: 'What networks do',
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
    'Draw in the chart with the pointer, or go there and use the arrow keys: up and down move the line at a ' +
    'layer, left and right choose the layer.',
  toChart: 'to the chart',
  sketch: 'you',
  sketchLabel: 'Your prediction of the rms by depth',
  sketched: (/** @type {number} */ layer, /** @type {string} */ value) => `layer ${layer}: ${value}`,
  right: 'As you predicted.',
  wrong: (/** @type {string} */ choice) => `You predicted: ${choice}.`,
  offBy: (/** @type {string} */ factor) => `Your line is off by a factor of ${factor}, on the mean.`,
  measure: 'measure',
  measured: 'measured',
  expected: 'expected',
  agrees: 'agrees',
  disagrees: 'does not agree',
  exactly: 'exactly',
  factor: (/** @type {string} */ factor) => `within a factor of ${factor}`,
  source: 'Source:',
  tolerance: 'Tolerance:',
  changed: 'The state has been changed; what is expected is said of the lesson’s own.',
  back: 'back to the lesson’s state',
  again: 'predict again',
  nextSeed: 'next draw',
  lsuv: (/** @type {string} */ letter) => `LSUV in ${letter}`,
  draws: (/** @type {string[]} */ values, /** @type {number} */ below, /** @type {number} */ count) =>
    `M over its mean, draw by draw: ${values.join(', ')}. Below 1: ${below} of ${count}.`,
  tries: (/** @type {number} */ yours, /** @type {string} */ rms, /** @type {boolean} */ reached) =>
    `You: ${yours} ${yours === 1 ? 'try' : 'tries'}, the last activations have an rms of ${rms}${reached ? ': reasonable' : ''}.`,
  tuned: (/** @type {number} */ looks) => `LSUV: ${looks} looks, no hand.`,
};
