/**
 * coordinates-chart.js: draws the coordinate check: the change of each layer by width, on axes of logarithms, under both
 * parametrizations.
 *
 * What the lines hold is in coordinates-view.js.
 */
import { drawAxes, drawMark, placeX, placeY } from '../plot.js';
import { LAYERS, PARAMETRIZATIONS, WIDTHS } from './coordinates-plan.js';

/** @typedef {import('./coordinates-plan.js').Parametrization} Parametrization */

/** How a parametrization is drawn: in the colour and with the mark of a network of the page, and with its own dashes.
 * @type {Record<Parametrization, { letter: 'A' | 'B', dash: number[] }>} */
export const STYLES = { standard: { letter: 'A', dash: [] }, mup: { letter: 'B', dash: [6, 4] } };

/** Powers of ten that the axis has at least. */
const LEAST = [-2, 1];

/** Pixels around the panel; on the right there is room for the names of lines. */
const EDGES = { left: 46, right: 66, top: 20, bottom: 26 };

/** Pixels from one name to the next, at least. */
const APART = 14;

/**
 * @typedef {object} Shown
 * @property {(name: Parametrization, layer: number) => (number | undefined)[]} changes by width
 * @property {(number | undefined)[]} all changes at any step, so that the axis stays when the step changes
 * @property {any} texts
 */

/** @param {(number | undefined)[]} changes @returns {[number, number]} powers of ten */
function rangeOf(changes) {
  const logs = changes.flatMap((change) => (change && Number.isFinite(change) ? [Math.log10(change)] : []));
  return [Math.floor(Math.min(LEAST[0], ...logs)), Math.ceil(Math.max(LEAST[1], ...logs))];
}

/** Moves places apart that are in order, within bounds. @param {number[]} places @param {number} top
 * @param {number} bottom */
export function spread(places, top, bottom) {
  const moved = [...places];
  for (let i = 1; i < moved.length; i++) moved[i] = Math.max(moved[i], moved[i - 1] + APART);
  for (let i = moved.length - 1, most = bottom; i >= 0; i--, most -= APART) moved[i] = Math.min(moved[i], most);
  return moved.map((place) => Math.max(place, top));
}

/** @param {HTMLCanvasElement} canvas @param {import('../training-host.js').Host} host */
export function createCoordinatesChart(canvas, host) {
  const { colours, strokePath, textFont, words } = host;
  let shown = /** @type {Shown | null} */ (null);

  /** The names of the lines at their ends. @param {CanvasRenderingContext2D} ctx @param {import('../plot.js').Panel} panel
   * @param {{ y: number, text: string, letter: 'A' | 'B' }[]} ends */
  function drawNames(ctx, panel, ends) {
    const inOrder = ends.filter(({ y }) => Number.isFinite(y)).sort((a, b) => a.y - b.y);
    const places = spread(
      inOrder.map(({ y }) => y),
      panel.top + 4,
      panel.bottom - 4,
    );
    ctx.font = textFont('600');
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    inOrder.forEach(({ text, letter }, i) => {
      ctx.fillStyle = colours[letter];
      ctx.fillText(text, panel.right + 8, places[i]);
    });
  }

  const { draw } = host.createPlainCanvas(canvas, (ctx, width, height) => {
    if (!shown) return;
    const { changes, all, texts } = shown;
    const { left, right, top, bottom } = EDGES;
    const widths = WIDTHS.map(Math.log2);
    const panel = {
      ...{ left, right: width - right, top, bottom: height - bottom },
      ...{ x: /** @type {[number, number]} */ ([widths[0] - 0.4, widths[widths.length - 1] + 0.2]), y: rangeOf(all) },
    };
    const powers = Array.from({ length: panel.y[1] - panel.y[0] + 1 }, (_, i) => panel.y[0] + i);
    const yTicks = powers.map((value) => ({ value, text: words().power(value) }));
    const every = panel.right - panel.left < 260 ? 2 : 1; // so that the numbers below do not touch
    const xTicks = widths.map((value, i) => ({ value, text: i % every === 0 ? words().plain(WIDTHS[i]) : '' }));
    drawAxes(ctx, host, panel, xTicks, yTicks, texts.axis);
    const ends = PARAMETRIZATIONS.flatMap((name) => {
      const { letter, dash } = STYLES[name];
      return LAYERS.map((layer) => {
        const points = changes(name, layer).map((change, i) => ({
          x: placeX(panel, widths[i]),
          y: placeY(panel, change === undefined ? Number.NaN : Math.log10(change)),
        }));
        ctx.strokeStyle = ctx.fillStyle = colours[letter];
        ctx.lineWidth = 2;
        ctx.setLineDash(dash);
        strokePath(ctx, points);
        ctx.setLineDash([]);
        for (const { x, y } of points) if (Number.isFinite(y)) drawMark(ctx, host, letter, x, y);
        const places = points.map(({ y }) => y).filter(Number.isFinite);
        return { y: places[places.length - 1] ?? Number.NaN, text: texts.layers[layer - 1], letter };
      });
    });
    drawNames(ctx, panel, ends);
    ctx.font = textFont();
    ctx.fillStyle = colours.muted;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'top';
    ctx.fillText(texts.width, width, panel.bottom + 7); // right of the last number
  });

  return {
    /** @param {Shown} next */
    update(next) {
      shown = next;
      draw();
    },
  };
}
