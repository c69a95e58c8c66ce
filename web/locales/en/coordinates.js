/**
 * coordinates.js: the words of the coordinate check, in English. index.js does not export them: they load with the check.
 */
import { count, fixed, number, plain } from './numbers.js';

/** @typedef {import('../../training/coordinates/coordinates-plan.js').Seen} Seen */

/** @param {number} step */
const afterText = (step) => (step === 1 ? 'After the first step' : `After ${step} steps`);

/** The slopes of all layers. @param {Seen} seen */
const slopesText = ({ slopes }) => slopes.map((slope) => fixed(slope, 2).replace('-', '−')).join(', ');

export const COORDINATE_WORDS = {
  title: 'Change of each layer, by width',
  text: (/** @type {number} */ examples, /** @type {number} */ rate) =>
    'Does a rate that was tuned on a narrow network suit a wide one? Networks of two hidden ReLU layers and an output layer ' +
    `train on ${count(examples)} digits by Adam at rate ${plain(rate)}, from width 64 to 4096. At width 64 both are the same ` +
    'network. The standard one then keeps its schemes (He, output LeCun) and its rate. At every doubling of the width, muP ' +
    'halves the rate of all weights above the first layer, and halves the variance of the output weights once more than LeCun does.',
  standard: 'standard',
  mup: 'muP',
  layers: ['layer 1', 'layer 2', 'logits'],
  column: (/** @type {string} */ network, /** @type {string} */ layer) => `${network}, ${layer}`,
  fill: 'check',
  stop: 'stop',
  goOn: 'go on',
  again: 'check again',
  after: 'after',
  steps: (/** @type {number} */ step) => `${step} ${step === 1 ? 'step' : 'steps'}`,
  step: 'step',
  width: 'width',
  axis: 'change',
  save: 'save this chart',
  /** @param {number} step @param {{ standard: Seen, mup: Seen } | null} seen */
  caption: (step, seen) =>
    `Root mean square of z − z₀ over the examples, ${afterText(step).toLowerCase()}; z₀: preactivations before training. ` +
    'Both axes are logarithmic, so a power of the width is a straight line.' +
    (seen ? ` Powers by layer: ${slopesText(seen.standard)} standard; ${slopesText(seen.mup)} muP.` : ''),
  run: (/** @type {number} */ examples, /** @type {number} */ rate, /** @type {number} */ step) =>
    `Two hidden ReLU layers and an output layer of 10; ${count(examples)} digits, Adam at rate ${plain(rate)} at width 64, seed 1; ` +
    afterText(step).toLowerCase(),
  progress: (/** @type {number} */ done, /** @type {number} */ all) => `${count(done)} of ${count(all)} networks`,
  failed: (/** @type {string} */ reason) => `The check could not go on: ${reason}`,
  /** @param {number} step @param {number} to the widest @param {{ standard: Seen, mup: Seen }} seen */
  sentence(step, to, { standard, mup }) {
    const kept = {
      flat: 'under muP a rate tuned at width 64 can stay',
      grows: 'under muP a layer still moves more as the width grows',
      falls: 'under muP a layer still moves less as the width grows',
    }[mup.trend];
    const own = {
      flat: 'in the standard network no layer follows the width',
      grows: 'in the standard network the rate has to fall as the width grows',
      falls: 'in the standard network a layer moves less as the width grows',
    }[standard.trend];
    return (
      `${afterText(step)}, the logits have moved ${number(standard.times)} times as far at width ${count(to)} as at 64 in the ` +
      `standard network, and ${number(mup.times)} times as far under muP: ${kept}; ${own}.`
    );
  },
  label: (/** @type {number} */ done, /** @type {number} */ all, /** @type {string} */ said) =>
    `Coordinate check: ${count(done)} of ${count(all)} networks. ${said}`.trim(),
};
