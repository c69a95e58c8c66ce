/**
 * telling.js: what is said of each network in training: a word, a sentence, and whether its signal promised that.
 *
 * The decisions are in judgement.js, and the words in the locales. Where it stands on the page is display.js's.
 */
import { agreesWith, bestOf, HELD, LEARNED, oddRate, outcomeOf } from './judgement.js';
import { ratesOf, USUAL_RATES } from './settings.js';
import { classesOf, isPlane } from './trained-spec.js';

const LETTERS = /** @type {const} */ (['A', 'B']);

/** What became of a network, where that is what it has memorized. @param {string} kind @param {string} labels */
const wordOf = (kind, labels) =>
  labels === 'random' && (kind === 'learned' || kind === 'learns') ? 'memorizes' : kind;

/** What of the data keeps a verdict from being compared. @param {import('./settings.js').Settings} settings */
const oddData = ({ data, labels, pixels }) =>
  labels === 'random' ? 'noise' : pixels === 'raw' && !isPlane(data) ? 'raw' : '';

/**
 * @param {import('./training-host.js').Host} host
 * @param {ReturnType<typeof import('./race.js').createRace>} race
 * @param {() => any} texts
 * @param {() => import('./settings.js').Settings} settings
 */
export function createTelling(host, race, texts, settings) {
  /** Why the data do not fit the networks; '' where they do. */
  let misfit = '';

  /** What the view Signal says of a network, while it is known. @param {'A' | 'B'} letter */
  function promiseOf(letter) {
    const signal = host.reply();
    const network = signal && !signal.coarse ? signal.networks[letter] : null;
    if (!network?.done || !network.input) return null;
    const found = host.verdict(network.layers, network.input, { spec: network.spec });
    return { word: found.word, text: host.words().verdictWords(found, null).word };
  }

  /** What the signal promised, and whether that came. @param {'A' | 'B'} letter @param {any} kind @param {number} diverged */
  function compare(letter, kind, diverged) {
    const { promise, agreement } = texts();
    const promised = promiseOf(letter);
    if (!promised) return '';
    const now = settings();
    const [step, usual] = [race.step(), USUAL_RATES[now.optimizer]];
    const odd = oddRate(ratesOf(now), usual, diverged || step) || oddData(now);
    const agrees = agreesWith(kind, promised.word, step, odd, now.optimizer === 'adam');
    const isSoFar = step < HELD && kind !== 'learned' && kind !== 'diverged';
    return `${promise(promised.text)} ${agreement(agrees, isSoFar, usual)}`;
  }

  /** @param {'A' | 'B'} letter @returns {{ word: string, sentence: string, promised: string, isOutcome: boolean }} */
  function tell(letter) {
    const { outcome, outcomes, misfit: misfitWords, starting } = texts();
    const { WORDS, refusalWords } = host.words();
    const { error, curves } = race.lanes[letter];
    const plain = { sentence: '', promised: '', isOutcome: false };
    if (misfit) return { ...plain, word: WORDS.failed, sentence: misfitWords(misfit) };
    if (error) return { ...plain, word: WORDS.failed, sentence: refusalWords(error, null, host.state().stack !== '') };
    const step = race.step();
    const { data, labels } = settings();
    const scores = curves.scores().filter((score) => score.step <= step && Number.isFinite(score.loss));
    const diverged = curves.divergedBy(step);
    if (scores.length === 0 && !diverged) return { ...plain, word: starting };
    const kind = outcomeOf(step, scores, classesOf(data), diverged);
    const score = scores.at(-1);
    const best = score && score.accuracy < LEARNED && (kind === 'learned' || kind === 'lost') ? bestOf(scores) : null;
    return {
      word: outcomes[wordOf(kind, labels)],
      sentence: outcome(kind, step, score, { classes: classesOf(data), diverged, best }),
      promised: compare(letter, kind, diverged),
      isOutcome: true,
    };
  }

  return {
    tell,

    /** Why the data do not fit the networks. @param {string} why */
    begin(why) {
      misfit = why;
    },

    /** What became of both, each in a line. */
    summaries: () =>
      LETTERS.map((letter) => {
        const { word, sentence, promised } = tell(letter);
        return `${letter}: ${word}. ${sentence} ${promised}`.trim();
      }),
  };
}
