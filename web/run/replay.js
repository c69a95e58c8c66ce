/**
 * replay.js: takes a training to any of its steps, forward and back. A step gives the same bits whether it is reached in
 * one go or from a checkpoint.
 *
 * Pure apart from the training that it is handed. When to take a step is decided in training-worker.js.
 */
import { createCheckpoints } from './checkpoints.js';

/** @typedef {import('./training-messages.js').RateChange} RateChange */

/**
 * A result of one step: loss and accuracy of its batch, before the update.
 * @typedef {{ step: number, loss: number, accuracy: number | null, diverged: boolean, layers?: any[] }} StepResult
 *
 * What is asked of a training; engine/training.js has more.
 * @typedef {object} Training
 * @property {() => StepResult} step
 * @property {(observe: boolean) => Generator<unknown, StepResult, void>} stepping
 * @property {(rate: number) => void} setRate
 * @property {() => import('./checkpoints.js').Saved} save
 * @property {(saved: import('./checkpoints.js').Saved) => void} restore
 * @property {number} bytes
 */

/** Milliseconds that a step may take in one go. */
const SLOW = 20;

/**
 * Steps after which all data are evaluated: every 20 up to 100, every 100 up to 1,000, then every 200. To evaluate 1,797
 * digits takes as long as eight steps of a batch of 64.
 * @param {number} step
 */
export const isEvaluated = (step) => step % (step < 100 ? 20 : step < 1000 ? 100 : 200) === 0;

/** The rate of the update that follows a step. @param {RateChange[]} rates @param {number} step */
export const rateAt = (rates, step) => rates.filter(([from]) => from <= step).at(-1)?.[1] ?? Number.NaN;

/**
 * @param {Training} training that has taken no step
 * @param {RateChange[]} plan the learning rates by step; the first is of step 0
 * @param {number} budget bytes for checkpoints
 */
export function createReplay(training, plan, budget) {
  const kept = createCheckpoints(budget, training.bytes);
  let step = 0;
  /** Whether a step takes so long that others must be let in between its parts. The first may. */
  let isSlow = true;
  let rates = plan;
  kept.keep(0, training.save);

  /** Goes to the nearest step before a step, or stays where that is nearer. @param {number} target */
  function goBack(target) {
    const saved = kept.before(target);
    if (step <= target && step >= saved.step) return;
    training.restore(saved);
    step = saved.step;
  }

  return {
    /** How many steps have been taken. */
    step: () => step,

    /**
     * Takes one step. Once begun, it must be run to its end.
     * @param {boolean} [observe] whether the result has the layers
     * @returns {Generator<unknown, StepResult, void>}
     */
    *advance(observe = false) {
      training.setRate(rateAt(rates, step));
      const begun = performance.now();
      const result = observe || isSlow ? yield* training.stepping(observe) : training.step();
      if (!observe) isSlow = performance.now() - begun > SLOW;
      step++;
      if (kept.wants(step)) kept.keep(step, training.save);
      return { ...result, step };
    },

    goBack,

    /** On the way to a step, keeps the present one if it is near: the reader is likely to stay there. @param {number} sought */
    keepNear(sought) {
      if (kept.wantsNear(step, sought)) kept.keepNear(training.save);
    },

    /**
     * Takes over other learning rates: what came after their change no longer holds, so it goes back to where it does.
     * @param {RateChange[]} next
     * @param {number} from step up to which they are the same
     */
    setRates(next, from) {
      rates = next;
      kept.cut(from);
      goBack(Math.min(step, from));
    },
  };
}
