/**
 * axis-names.js: the names of layers below a chart by depth, in place of numbers. They lie flat where all have room, and
 * slant where not; where even that is too close, some are left out.
 *
 * The axis itself is drawn by Chart.js. What layers are called is in reading/layer-names.js.
 */
import { words } from '../locales/words.js';
import { BELOW_PLOT } from './chartjs.js';
import { colours, textFont } from './colours.js';

/** CSS pixels between two names, and from one slanted name to the next. */
const GAP = 8;
const PITCH = 15;

/** How far slanted names are turned, and how much of their length then goes down. */
const TURN = -Math.PI / 4;
const DROP = Math.SQRT1_2;

/** CSS pixels below the plot with flat names, and the most that slanted ones get. */
const FOOT = 28;
const MOST_FOOT = 84;

/** The names from layer 0, the input. @param {string[]} names */
const withInput = (names) => [words.WORDS.inputLayer, ...names];

/** @param {any} scale of the x axis @param {string[]} names */
function measure({ ctx, width, max }, names) {
  ctx.font = textFont();
  const longest = Math.max(...withInput(names).map((name) => ctx.measureText(name).width));
  return { longest, slanted: longest + GAP > width / max };
}

/**
 * The height of the axis, in CSS pixels.
 * @param {any} scale of the x axis
 * @param {string[] | null} names of the layers
 */
export function footOf(scale, names) {
  if (!names) return FOOT;
  const { longest, slanted } = measure(scale, names);
  return slanted ? Math.min(MOST_FOOT, FOOT + Math.ceil(DROP * longest)) : FOOT;
}

/**
 * @param {any} scale of the x axis
 * @param {number} bottom of the plot
 * @param {string[]} names
 * @param {Pick<import('./depth-chart.js').DepthData, 'chosen' | 'sums'>} data
 */
export function drawNames(scale, bottom, names, { chosen, sums }) {
  const { ctx } = scale;
  const { slanted } = measure(scale, names);
  const apart = scale.getPixelForValue(1) - scale.getPixelForValue(0);
  const least = slanted ? Math.ceil(PITCH / apart) : 1;
  const step = least > 1 ? sums.apart * Math.ceil(least / sums.apart) : 1;
  const isFree = (/** @type {number} */ layer) =>
    (layer - sums.first) % step === 0 && Math.abs(layer - chosen) >= least;
  withInput(names).forEach((name, layer) => {
    if (layer !== chosen && !isFree(layer)) return;
    ctx.save();
    ctx.font = textFont(layer === chosen ? '700' : '400');
    ctx.fillStyle = layer === chosen ? colours.ink : colours.muted;
    ctx.textAlign = slanted ? 'right' : 'center';
    ctx.textBaseline = 'top';
    ctx.translate(scale.getPixelForValue(layer) + (slanted ? GAP / 2 : 0), bottom + BELOW_PLOT);
    if (slanted) ctx.rotate(TURN);
    ctx.fillText(name, 0, 0);
    ctx.restore();
  });
}
