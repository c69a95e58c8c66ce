/**
 * compose-verdict.js: puts a verdict in words together from the words of a language: its word, its cautions, a sentence and
 * the advice. The words are in verdicts.js of each
 */

import { callsOf } from './called.js';

/** @import { Advice } from '../reading/advice.js' */
/** @import { Verdict } from '../reading/verdict.js' */
/** @import { Call } from './called.js' */

/** Words that say it all: their reason is the whole sentence. */
const FINAL = ['overflow', 'zero', 'symmetric'];

/** @param {string} name */
const small = (name) => name[0].toLowerCase() + name.slice(1);

/**
 * @param {Record<string, string>} names of the verdict's words
 * @param {Record<string, (v: Verdict) => string>} cautions the other cautions are names, with a small letter
 * @param {Record<string, (v: Verdict, call: Call) => string>} reasons what a word stands for, where the sentences do not
 *   say it
 * @param {Record<string, string | ((v: Verdict, advice: Advice, call: Call) => string)>} advice by its kind
 * @param {((v: Verdict, call: Call) => string)[]} sentences on signal, gradient and output layer; '' where there is none
 */
export function composeVerdict(names, cautions, reasons, advice, sentences) {
  /** @param {Verdict} v @param {Advice} given @param {Call} call @returns {string} */
  function adviceText(v, given, call) {
    const text = advice[given.kind];
    const first = typeof text === 'string' ? text : text(v, given, call);
    return given.also ? `${first} ${adviceText(v, given.also, call)}` : first;
  }

  /**
   * @param {Verdict} v
   * @param {string[] | null} [own] names of the layers, where they have names of their own
   * @returns {{ word: string, cautions: string, sentence: string, advice: string }} cautions: what follows the word
   */
  return (v, own = null) => {
    const call = callsOf(own);
    const reason = reasons[v.word]?.(v, call) ?? '';
    const parts = FINAL.includes(v.word) ? [reason] : [reason, ...sentences.map((say) => say(v, call))];
    return {
      word: names[v.word],
      cautions: v.cautions.map((name) => `; ${cautions[name]?.(v) ?? small(names[name])}`).join(''),
      sentence: parts.filter(Boolean).join(' '),
      advice: adviceText(v, v.advice, call),
    };
  };
}
