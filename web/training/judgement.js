/**
 * judgement.js: what training did to a network, whether that is what its signal promised, and the numbers that decide.
 *
 * Pure, and without words: locales/en/training.js has the sentences. What the signal promises is the verdict of
 * reading/verdict.js. "Measured" stands for networks that tests/js/verdicts-trained.test.js draws, trained for 1,000 steps
 * as the view does by default: 70 whose verdict promises well, and 60 whose verdict promises ill.
 */

/** Accuracy on the data that are trained on, from which on a network has learned them. */
export const LEARNED = 0.9;

/**
 * A network stands still while its loss has never been below this share of ln(classes), the loss of guessing. Outputs that
 * ignore the input cannot come below the entropy of the labels (Gibbs' inequality), here 0.9999 ln(classes). Measured: all
 * 70 that promise well come below, and 3 of the 60 that promise ill. Without it the accuracy is 0.11 in 95 of 100 cases.
 */
export const MOVED = 0.95;

/** Before so many steps, a loss that has not moved may still do so. Measured: 69 of the 70 have moved by step 100, and the
 * last by step 200. */
export const ENOUGH = 300;

/** After so many steps nothing is said to be so far only: verdicts are held against that many. */
export const HELD = 1000;

/** A network falls back if its accuracy is so much below its best. Measured: of 566 accuracies after 0.9 the lowest is 0.05
 * below the best before it. */
const FALLEN = 0.1;

/**
 * A verdict is compared with training where the rate is within this factor of the usual one. Measured, on 40 of each kind:
 * at 3 times the usual rate 39 and 0 learn, at a third 38 and 1; at 10 times it 35 learn and 2 diverge, at a tenth 18 learn.
 */
export const RATES = 3;

/**
 * Words of a verdict that promise well, and those that promise ill; with Adam 16 of 40 of the latter learn (measured). The
 * others promise neither, as such networks were trained and most learned: 56 of 70 whose signal or gradient changes by 3 to
 * 100 times, 28 of 54 whose inputs are alike, 26 of 30 whose loss is too high (see reading/thresholds.js).
 */
const GOOD = ['kept', 'settled'];
const ILL = [
  ...['overflow', 'zero', 'symmetric', 'vanishing', 'exploding', 'gradients-vanish', 'gradients-explode'],
  ...['saturated', 'dead'],
];

/**
 * What keeps a verdict from being compared: of the learning rates, or of the data.
 * @typedef {'high' | 'raised' | 'low' | 'noise' | 'raw'} Odd
 *
 * @typedef {object} Judgement
 * @property {'fresh' | 'begun' | 'learned' | 'learns' | 'still' | 'lost' | 'diverged'} outcome
 * @property {'early' | 'yes' | 'partly' | 'fails' | 'learns' | 'open' | 'adam' | Odd} agrees fails, learns: no, as it
 *   does so; open: the signal promised neither; adam, Odd: why nothing is compared
 */

/**
 * Judges by the best that has been measured so far, so that the outcome does not change with each step.
 * @param {number} steps that have been taken
 * @param {{ accuracy: number, loss: number }[]} scores on the data that are trained on, by step
 * @param {number} classes
 * @param {number} diverged step whose loss was not finite; 0: none
 * @returns {Judgement['outcome']}
 */
export function outcomeOf(steps, scores, classes, diverged) {
  if (diverged > 0) return 'diverged';
  const last = scores[scores.length - 1];
  if (steps === 0 || !last) return 'fresh';
  const best = bestOf(scores);
  const moved = scores.some(({ loss }) => loss < MOVED * Math.log(classes));
  if ((best >= LEARNED || moved) && last.accuracy < best - FALLEN) return 'lost';
  if (best >= LEARNED) return 'learned';
  if (moved) return 'learns';
  return steps < ENOUGH ? 'begun' : 'still';
}

/** The highest accuracy. @param {{ accuracy: number }[]} scores */
export const bestOf = (scores) => Math.max(...scores.map(({ accuracy }) => accuracy));

/**
 * What of the learning rates keeps a verdict from being compared.
 * @param {import('../run/training-messages.js').RateChange[]} rates by step
 * @param {number} usual rate of the optimizer
 * @param {number} step up to which they count
 * @returns {'' | 'high' | 'raised' | 'low'}
 */
export function oddRate(rates, usual, step) {
  const used = rates.filter(([from]) => from === 0 || from < step).map(([, rate]) => rate);
  if (Math.max(...used) > RATES * usual) return 'high';
  if (Math.max(...used) > used[0]) return 'raised';
  return Math.min(...used) < usual / RATES ? 'low' : '';
}

/** Outcomes that each may have brought about by itself. Measured: of 40 networks that promise well 36 have begun to learn
 * random labels by step 1,000, and none reaches 0.9; on raw pixels 34 do. @type {Record<Odd, string[]>} */
const DOINGS = {
  high: ['still', 'lost', 'diverged'],
  raised: ['lost', 'diverged'],
  low: ['still'],
  noise: ['still', 'lost'],
  raw: ['still', 'lost', 'diverged'],
};

/**
 * Whether training did what the signal promised.
 * @param {Judgement['outcome']} outcome
 * @param {string} word of the verdict
 * @param {number} steps
 * @param {Odd | ''} [odd]
 * @param {boolean} [isAdam] whether the optimizer makes each weight's step one of the usual size
 * @returns {Judgement['agrees']}
 */
export function agreesWith(outcome, word, steps, odd = '', isAdam = false) {
  const isDecided = outcome === 'learned' || outcome === 'diverged';
  if (outcome === 'fresh' || outcome === 'begun' || (!isDecided && steps < ENOUGH)) return 'early';
  const [isGood, isIll] = [GOOD.includes(word), ILL.includes(word)];
  const trains = outcome === 'learned' || outcome === 'learns';
  if (odd !== '' && DOINGS[odd].includes(outcome)) return odd;
  if (!isGood && !isIll) return 'open';
  if (isGood && trains) return 'yes';
  if (trains && (odd === 'high' || odd === 'raised')) return odd;
  if (isGood) return 'fails';
  if (trains && isAdam) return 'adam';
  if (outcome === 'learns') return 'partly';
  return trains ? 'learns' : 'yes';
}
