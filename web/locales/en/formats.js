/**
 * formats.js: what is said of number formats, in English: the limits in the chart, and in which layers values leave them. It
 * loads with the part that draws them. What leaves a format is judged in reading/formats.js.
 */
import { count, number } from './numbers.js';

/** @import { Faults, Limits, Run } from '../../reading/formats.js' */
/** @import { Call } from '../called.js' */

/** In full, if it is not too long. @param {number} value */
const entire = (value) => (value < 1e6 ? count(value) : number(value));

/** The most runs of layers that are listed. */
const MOST_RUNS = 2;

/** @param {Run[]} runs @param {Call} call */
function layersText(runs, call) {
  const [first, last] = [runs[0][0], runs[runs.length - 1][1]];
  if (runs.length > MOST_RUNS) {
    const layers = runs.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    return `${layers} layers, the first ${call(first)} and the last ${call(last)}`;
  }
  const texts = runs.map(([from, to]) => (from === to ? call(from) : `${call(from)} to ${call(to)}`));
  return `${first === last ? 'layer' : 'layers'} ${texts.join(' and ')}`;
}

/** What becomes of values, for the signal and for gradients. */
const BECOMES = {
  over: ['the signal overflows', 'gradients overflow'],
  zero: ['at least a tenth of the signal becomes 0', 'at least a tenth of the gradients becomes 0'],
  subnormal: ['at least half of the signal is subnormal', 'at least half of the gradients is subnormal'],
};

export const FORMAT_TEXTS = {
  /** @param {number} value */
  largest: (value) => `largest: ${entire(value)}`,
  /** @param {number} value @param {boolean} hasSubnormals */
  normal: (value, hasSubnormals) => `${hasSubnormals ? 'below: subnormal' : 'below: 0'} (${number(value)})`,
  /** @param {number} value */
  smallest: (value) => `smallest: ${number(value)}`,
  /** @param {string} name @param {Limits} limits */
  caption: (name, { largest, normal, smallest }) =>
    ` Dotted: limits of ${name}, from ${number(smallest)} (${smallest < normal ? `subnormal below ${number(normal)}` : 'below it, 0'}) ` +
    `to ${entire(largest)}. The rms is shown; single values reach further.`,
  /**
   * @param {string} name of the format @param {Faults | null} forward null: not computed @param {Faults | null} backward
   * @param {Call} call
   */
  faults(name, forward, backward, call) {
    const parts = [forward, backward].flatMap((found, way) =>
      found
        ? /** @type {(keyof Faults)[]} */ (Object.keys(BECOMES)).flatMap((fault) =>
            found[fault].length > 0 ? `${BECOMES[fault][way]} in ${layersText(found[fault], call)}` : [],
          )
        : [],
    );
    if (parts.length > 0) return ` In ${name}, ${parts.join('; ')}.`;
    return ` In ${name}, every layer has room${backward ? ', forward and backward' : ''}.`;
  },
};
