/**
 * formats.js: what is said of number formats, in Russian. What leaves a format is judged in reading/formats.js.
 */
import { count, number } from './numbers.js';
import { plural } from './plural.js';

/** @import { Faults, Run } from '../../reading/formats.js' */
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
    return `в ${layers} ${plural(layers, 'слое', 'слоях', 'слоях')}, первый из них ${call(first)}, последний ${call(last)}`;
  }
  const texts = runs.map(([from, to]) => (from === to ? call(from) : `с ${call(from)} по ${call(to)}`));
  return `в ${first === last ? 'слое' : 'слоях'} ${texts.join(' и ')}`;
}

/** What becomes of values, for the signal and for gradients. */
const BECOMES = {
  over: ['сигнал переполняется', 'градиенты переполняются'],
  zero: ['не меньше десятой части сигнала обращается в 0', 'не меньше десятой части градиентов обращается в 0'],
  subnormal: ['не меньше половины сигнала денормализовано', 'не меньше половины градиентов денормализовано'],
};

/** @type {typeof import('../en/formats.js').FORMAT_TEXTS} */
export const FORMAT_TEXTS = {
  largest: (value) => `наибольшее: ${entire(value)}`,
  normal: (value, hasSubnormals) => `${hasSubnormals ? 'ниже денормализованные' : 'ниже только 0'} (${number(value)})`,
  smallest: (value) => `наименьшее: ${number(value)}`,
  caption: (name, { largest, normal, smallest }) =>
    ` Пунктиром — пределы ${name}: от ${number(smallest)} ` +
    `(${smallest < normal ? `ниже ${number(normal)} числа денормализованные` : 'всё, что меньше, обращается в 0'}) ` +
    `до ${entire(largest)}. На графике СКЗ, отдельные значения выходят дальше.`,
  faults(name, forward, backward, call) {
    const parts = [forward, backward].flatMap((found, way) =>
      found
        ? /** @type {(keyof Faults)[]} */ (Object.keys(BECOMES)).flatMap((fault) =>
            found[fault].length > 0 ? `${BECOMES[fault][way]} ${layersText(found[fault], call)}` : [],
          )
        : [],
    );
    if (parts.length > 0) return ` В формате ${name} ${parts.join('; ')}.`;
    return ` В формат ${name} помещаются значения всех слоёв${backward ? ', и сигнал, и градиенты' : ''}.`;
  },
};
