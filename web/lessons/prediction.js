/**
 * prediction.js: what the reader predicts in the open lesson, a choice or a sketched line, and whether the answer has
 * been revealed.
 *
 * No elements: view.js and sketch.js show it.
 */
import { lineOf, offBy } from './line.js';

/** @typedef {import('./lessons.js').Lesson} Lesson */
/** @typedef {import('./view.js').Speech} Speech */

/**
 * @typedef {object} Prediction
 * @property {boolean} revealed whether the reader has seen the answer
 * @property {number | null} choice index of the choice
 * @property {Map<number, number>} points of the sketched line: the power of ten, by layer
 */

/** A prediction not yet made. @returns {Prediction} */
export const startPrediction = () => ({ revealed: false, choice: null, points: new Map() });

/** Whether the reader has chosen, or drawn. @param {Lesson} lesson @param {Prediction} prediction */
export const isMade = ({ sketch }, { choice, points }) => (sketch ? points.size > 0 : choice !== null);

/**
 * Sets a point, and removes those that the pointer has passed over.
 * @param {Prediction} prediction
 * @param {number} layer
 * @param {number} power of ten
 * @param {number | null} since the layer that the pointer came from
 */
export function setPoint({ points }, layer, power, since) {
  const [from, to] = [Math.min(layer, since ?? layer), Math.max(layer, since ?? layer)];
  for (let between = from + 1; between < to; between++) points.delete(between);
  points.set(layer, power);
}

/**
 * The sentence that compares the prediction with the answer.
 * @param {Lesson} lesson
 * @param {Prediction} prediction
 * @param {any} networks null until they have been run; a sketch is then not compared
 * @param {Speech} speech
 * @param {number} depth
 * @returns {string}
 */
export function judge({ sketch, answer }, { choice, points }, networks, { own, text }, depth) {
  if (!sketch) {
    const { choices = [] } = text;
    return choice === answer ? own.right : own.wrong(choices[choice ?? 0]);
  }
  if (!networks) return '';
  const { layers } = networks[sketch.letter];
  const measured = [1, ...layers.map((/** @type {any} */ { activations }) => activations.rms)];
  return own.offBy(offBy(lineOf(points, depth), measured));
}
