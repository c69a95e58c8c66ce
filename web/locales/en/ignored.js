/**
 * ignored.js: what of an address was ignored, in English. Few readers meet it: it loads with the sentences on refusals (later.js).
 */

/** @import { Ignored } from '../../state/state.js' */

/** The longest piece of the reader's own text that is shown, and the most such pieces. */
const LONGEST = 24;
const MOST = 3;

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** What is used where a number is left out, if it is no scheme's. @type {Record<string, string>} */
const OWN = { inputs: 'the width', mean: 'the input’s own', std: 'the input’s own', branch: 'the block’s own' };

/** Why a value has no effect, if no scheme takes it. @type {Record<string, string>} */
const UNUSED = {
  changeB: 'there is no line of layers',
  mean: 'this input has no mean to set',
  std: 'this input has no std to set',
};

/** @type {Record<Ignored['reason'], (item: Ignored) => string>} */
const REASONS = {
  unknown: ({ key }) => short(key),
  repeated: ({ key, text }) => `a second ${short(`${key}=${text}`)}`,
  bad: ({ key, text, used }) =>
    `${short(`${key}=${text}`)} (${used === 'null' ? (OWN[key] ?? 'the scheme’s own') : used} is used)`,
  unused: ({ key, text }) => `${short(`${key}=${text}`)} (${UNUSED[key] ?? 'the scheme takes no number'})`,
  range: ({ key, text, used }) => `${short(`${key}=${text}`)} (${used} is used)`,
};

/** One line about the parts of an address that were ignored. @param {Ignored[]} ignored */
export function ignoredWords(ignored) {
  if (ignored.length === 0) return '';
  const pieces = ignored.slice(0, MOST).map((item) => REASONS[item.reason](item));
  const more = ignored.length - pieces.length;
  return `Ignored in the address: ${pieces.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
