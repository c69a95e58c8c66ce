/**
 * learning-curves.js: the curves of one network in training: loss and accuracy of each batch, and now and then of all
 * data.
 *
 * Numbers only: nothing is drawn.
 */
import { POINT, SCORE } from '../run/training-messages.js';

/**
 * Loss and accuracy at a step, on the data that are trained on and on those held out. NaN where none are held out.
 * @typedef {{ step: number, loss: number, accuracy: number, heldLoss: number, heldAccuracy: number }} Score
 */

/** The accuracy; NaN beside a loss that is no number: outputs that are none decide nothing. @param {number} loss
 * @param {number} accuracy */
const rightOf = (loss, accuracy) => (Number.isNaN(loss) ? Number.NaN : accuracy);

export function createCurves() {
  /** Of the batch of each step, from step 1. @type {number[]} */
  let losses = [];
  /** @type {number[]} */
  let accuracies = [];
  /** By step. @type {Map<number, Score>} */
  const scores = new Map();

  return {
    /** @param {Float64Array} points @param {Float64Array} scored as messages have them
     * @param {number} [last] what comes after this step is left out */
    add(points, scored, last = Number.POSITIVE_INFINITY) {
      for (let i = 0; i < points.length; i += POINT) {
        if (points[i] > last) continue;
        losses[points[i] - 1] = points[i + 1];
        accuracies[points[i] - 1] = rightOf(points[i + 1], points[i + 2]);
      }
      for (let i = 0; i < scored.length; i += SCORE) {
        const [step, loss, accuracy, heldLoss, heldAccuracy] = scored.subarray(i, i + SCORE);
        if (step > last) continue;
        const held = rightOf(heldLoss, heldAccuracy);
        scores.set(step, { step, loss, accuracy: rightOf(loss, accuracy), heldLoss, heldAccuracy: held });
      }
    },

    /** Forgets what came after a step. @param {number} step */
    cut(step) {
      losses = losses.slice(0, step);
      accuracies = accuracies.slice(0, step);
      for (const later of [...scores.keys()].filter((one) => one > step)) scores.delete(later);
    },

    /** Steps that have been taken. */
    length: () => losses.length,
    /** Loss of the batch of a step, before its update. @param {number} step from 1 */
    loss: (step) => losses[step - 1],
    /** @param {number} step from 1 */
    accuracy: (step) => accuracies[step - 1],
    /** @param {number} step */
    scoreAt: (step) => scores.get(step),
    /** By step. @returns {Score[]} */
    scores: () => [...scores.values()].sort((a, b) => a.step - b.step),
    /** The last score up to a step. @param {number} step */
    lastScore: (step) =>
      [...scores.values()].reduce(
        (best, one) => (one.step <= step && one.step >= (best?.step ?? 0) ? one : best),
        /** @type {Score | undefined} */ (undefined),
      ),
    /** The first step whose loss was not finite; 0 where there is none up to a step. @param {number} step */
    divergedBy(step) {
      const found = losses.findIndex((loss) => loss !== undefined && !Number.isFinite(loss)) + 1;
      return found > 0 && found <= step ? found : 0;
    },
  };
}
