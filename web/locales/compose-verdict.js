/**
 * compose-verdict.js: puts a verdict in words together from the words of a language: its word, its cautions, a sentence and
 * the advice. The words are in verdicts.js of each
 */

/** @import { Advice } from '../reading/advice.js' */
/** @import { Verdict } from '../reading/verdict.js' */

/** Words that say it all: their reason is the whole sentence. */
const FINAL = ['overflow', 'zero', 'symmetric'];

/** @param {string} name */
const small = (name) => name[0].toLowerCase() + name.slice(1);

/**
 * @param {Record<string, string>} names of the verdict's words
 * @param {Record<string, (v: Verdict) => string>} cautions the other cautions are names, with a small letter
 * @param {Record<string, (v: Verdict) => string>} reasons what a word stands for, where the sentences do not say it
 * @param {Record<string, string | ((v: Verdict, advice: Advice) => string)>} advice by its kind
 * @param {((v: Verdict) => string)[]} sentences on signal, gradient and output layer; '' where there is none
 */
export function composeVerdict(names, cautions, reasons, advice, sentences) {
  /** @param {Verdict} v @param {Advice} given @returns {string} */
  function adviceText(v, given) {
    const text = advice[given.kind];
    const first = typeof text === 'string' ? text : text(v, given);
    return given.also ? `${first} ${adviceText(v, given.also)}` : first;
  }

  /**
   * @param {Verdict} v
   * @returns {{ word: string, cautions: string, sentence: string, advice: string }} cautions: what follows the word
   */
  return (v) => {
    const reason = reasons[v.word]?.(v) ?? '';
    const parts = FINAL.includes(v.word) ? [reason] : [reason, ...sentences.map((say) => say(v))];
    return {
      word: names[v.word],
      cautions: v.cautions.map((name) => `; ${cautions[name]?.(v) ?? small(names[name])}`).join(''),
      sentence: parts.filter(Boolean).join(' '),
      advice: adviceText(v, v.advice),
    };
  };
}
