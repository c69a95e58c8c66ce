/**
 * thresholds.js: every number that a verdict is decided by, each with its reason. They are judgements of what a reader
 * should look at. Where "trained" stands, networks were trained as the view Training does by default: 1,000 steps on the
 * digits, momentum 0.9, rate 0.003. A network learns if it reaches an accuracy of 0.9.
 *
 * Only numbers: what is measured is in outcome.js, and what follows from it in verdict.js and cause.js.
 */

/**
 * From the first number on a measure is raised: worth a caution. From the second on it is severe: it names the verdict.
 * @type {Record<'signal' | 'gradient' | 'loss' | 'saturated' | 'dead' | 'alike', readonly [number, number]>}
 */
export const LEVELS = {
  // A factor over the whole depth. An optimizer with one learning rate copes with layers that differ by less than 3;
  // where they differ by 100 it cannot move the first layers and keep the last stable. Trained: 69 of 70 networks learn
  // that keep or settle their scale, 56 of 70 beyond 3, and 3 of 59 beyond 100; beyond 300 none.
  signal: [3, 100],
  gradient: [3, 100],
  // The loss over ln(classes), the loss of guessing. A quarter above it the logits are as large as their noise; at twice
  // it the network is confidently wrong, and the first steps of training only undo that. Trained: 26 of 30 beyond 2 learn.
  loss: [1.25, 2],
  // A share of activations where the slope is nearly 0. A quarter is worth telling; with nine tenths, most paths are blocked.
  // Trained: 78 of 121 networks learn between 0.5 and 0.9 (of tanh and hardtanh 75 of 97, of sigmoid 3 of 18), and 1
  // of 21 beyond.
  saturated: [0.25, 0.9],
  // A share of units that are 0 for the whole batch. Where all inputs point in one direction, a unit is on or off for all
  // of them: the share tends to a half by nature. From 0.45 on the batch is nearly there. Three quarters leave too few.
  // Trained: 0 of 20 networks beyond 0.75 learn.
  dead: [0.45, 0.75],
  // The correlation of two inputs. At 0.9 their angle is 26 degrees. At 0.999 it is 2.6: the last layer sees one input.
  // Trained: 28 of 54 networks beyond 0.999 learn, and no higher number parts them better. What is told is true, but it
  // promises nothing (training/judgement.js).
  alike: [0.9, 0.999],
};

/** Dead units are counted from this batch on: in a smaller one a unit is often 0 for all inputs by chance. */
export const LEAST_BATCH = 8;

/** Inputs have grown alike only if their distance, 1 - correlation, has halved: some inputs are alike from the start. */
export const ALIKE_GROWTH = 0.5;

/** A distance below this is one of rounding. */
export const ROUNDING = 1e-9;

/** The rms of an input in use. Below and above, the first layer and the biases do not fit each other. */
export const INPUT = { least: 0.1, most: 10 };

/** Above this rms of the input a high loss is the input's doing. */
export const LARGE_INPUT = 10;

/** The most that chance may explain: a factor. Beyond it the outcome counts, whatever theory expects. */
export const MOST_CHANCE = 10;

/**
 * A signal has settled if it has left the level of the input and stopped moving in the second half of the layers.
 * - layers: fewer have no second half to speak of
 * - off: a change of less than a fifth is no other level
 * - still, most: the most that ln rms may move; between these, as much as chance explains. A signal that falls as
 *   1 / sqrt(layer) moves by ln(2) / 2 = 0.35 and never settles
 * - fixed: the most where every level is as good as another, so that only a signal that no longer changes has one
 */
export const SETTLED = { layers: 6, off: Math.log(1.2), still: 0.1, most: 0.25, fixed: 0.001 };

/** A perturbation that needs more layers than this to shrink by e does not shrink: every level is as good as another. */
export const MARGINAL = 1e9;

/** A change at another layer is told too if it is this much larger than the one at the end: a factor. */
export const TOLD = 1.5;

/** Weights have the wrong size if their std differs by more than this from the one that right counting gives. */
export const WRONG_STD = 0.01;

/** So close to 1 the slope sigma_w^2 phi'(0)^2 counts as critical: the signal falls as a power of the depth. */
export const CRITICAL = 0.01;

/** From this share of E z^2 on the biases, not the weights, make the signal. */
export const BIASED = 0.5;

/** A signal below this is close to the smallest float, 1e-38 (its square to 1e-76, far above that of a double). */
export const TINY = 1e-30;

/** Up to this depth a plain ReLU network under He's scheme trains, though its inputs have grown alike. */
export const MODERATE_DEPTH = 50;

/** A factor closer to 1 than this is no advice: multiplying the weights by it changes little. */
export const SAME_FACTOR = 1.03;
