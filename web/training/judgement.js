/**
 * judgement.js: what training did to a network, whether that is what its signal promised, and the numbers that decide.
 *
 * Pure, and without words: locales/en/training.js has the sentences. What the signal promises is the verdict of
 * reading/verdict.js.
 */

/** Accuracy on the data that are trained on, from which on a network has learned them. */
export const LEARNED = 0.9;

/*
 * The next two are measured. 200 networks were drawn at random as in tests/js/verdicts-trained.test.js, and trained for
 * 1,000 steps on the digits. 54 learned, 25 diverged, 9 reached accuracies of .3 to .9 and 112 less: most of these the
 * share of the most frequent digit, .112.
 */

/**
 * A network stands still if it has made less than this share of the way from chance to an accuracy of 1: on ten classes,
 * below .235. Of the 112, all but two stayed below that. A network whose units are all alike reaches .21.
 */
const STILL = 0.15;

/**
 * Before so many steps, a network that is no better than at the start has only begun, and one that has not learned may
 * still do so. Of the 54, 9 were below .235 at step 100, and one at step 300.
 */
export const ENOUGH = 300;

/**
 * Words of a verdict that promise well, and those that promise ill. The others promise neither, as such networks were
 * trained and most learned: 56 of 70 whose signal or gradient changes by 3 to 100 times, 28 of 54 whose inputs are alike,
 * 26 of 30 whose loss is too high (see reading/thresholds.js).
 */
const GOOD = ['kept', 'settled'];
const ILL = [
  ...['overflow', 'zero', 'symmetric', 'vanishing', 'exploding', 'gradients-vanish', 'gradients-explode'],
  ...['saturated', 'dead'],
];

/**
 * @typedef {object} Judgement
 * @property {'fresh' | 'begun' | 'learned' | 'learns' | 'still' | 'diverged'} outcome
 * @property {'early' | 'yes' | 'partly' | 'no' | 'open'} agrees open: the signal promised neither
 */

/**
 * @param {number} steps that have been taken
 * @param {{ accuracy: number } | undefined} score on the data that are trained on
 * @param {number} classes
 * @param {number} diverged step whose loss was not finite; 0: none
 * @returns {Judgement['outcome']}
 */
export function outcomeOf(steps, score, classes, diverged) {
  if (diverged > 0) return 'diverged';
  if (steps === 0 || !score) return 'fresh';
  if (score.accuracy >= LEARNED) return 'learned';
  const chance = 1 / classes;
  if (score.accuracy >= chance + STILL * (1 - chance)) return 'learns';
  return steps < ENOUGH ? 'begun' : 'still';
}

/**
 * Whether training did what the signal promised.
 * @param {Judgement['outcome']} outcome
 * @param {string} word of the verdict
 * @param {number} steps
 * @returns {Judgement['agrees']}
 */
export function agreesWith(outcome, word, steps) {
  const isDecided = outcome === 'learned' || outcome === 'diverged';
  if (outcome === 'fresh' || (!isDecided && steps < ENOUGH)) return 'early';
  const trains = outcome === 'learned' || outcome === 'learns';
  if (GOOD.includes(word)) return trains ? 'yes' : 'no';
  if (!ILL.includes(word)) return 'open';
  if (outcome === 'learns') return 'partly';
  return trains ? 'no' : 'yes';
}
