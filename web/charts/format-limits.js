/**
 * format-limits.js: the limits of a number format in the chart of rms by depth, and the sentence on a network. They come with
 * a part of the page, once the reader has chosen a format.
 *
 * What leaves a format is judged in reading/formats.js.
 */

import { callsOf } from '../locales/called.js';
import { FORMAT_TEXTS } from '../locales/en/formats.js';
import { FORMATS, faultsOf } from '../reading/formats.js';

/** What the main script hands over: a part shares no module with it.
 * @typedef {{ words: () => any, colours: typeof import('./colours.js').colours, textFont: (weight?: string) => string }} Tools */

/** Limits further from 1 than this many powers of ten are drawn only where values come near them. */
const FAR = 18;

/** So near, in powers of ten. */
const NEAR = 4;

/** How opaque the zones are in which nothing is left of a value. */
const ZONE_ALPHA = '80';

/** CSS pixels from a line to its text. */
const GAP = 4;

/** @param {Tools} tools */
export function createFormatLimits({ words, colours, textFont }) {
  const texts = () => /** @type {typeof FORMAT_TEXTS} */ (words().FORMAT_TEXTS ?? FORMAT_TEXTS);

  /** @param {string} name of the format */
  function createLimits(name) {
    const limits = FORMATS[name];
    const { largest, normal, smallest } = limits;

    /** The lines from above. */
    const lines = () => [
      { value: largest, text: texts().largest(largest) },
      { value: normal, text: texts().normal(normal, smallest < normal) },
      ...(smallest < normal ? [{ value: smallest, text: texts().smallest(smallest) }] : []),
    ];

    return {
      /** The range of the axis, in exponents of 10: of the values, and of the limits that are not far from them.
       * @param {number[]} values */
      range(values) {
        const logs = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
        const [lo, hi] = [Math.min(0, ...logs), Math.max(0, ...logs)];
        const near = [largest, normal, smallest].map(Math.log10);
        const drawn = near.filter((log) => Math.abs(log) < FAR || (log > lo - NEAR && log < hi + NEAR));
        const [least, most] = [Math.min(lo, ...drawn), Math.max(hi, ...drawn)];
        return { lo: Math.floor(2 * least - 1) / 2, hi: Math.ceil(2 * most + 1) / 2 };
      },

      /**
       * Draws the lines, and shades what lies beyond the first and the last.
       * @param {CanvasRenderingContext2D} ctx
       * @param {{ left: number, right: number, top: number, bottom: number }} area of the plot
       * @param {any} y scale
       */
      draw(ctx, { left, right, top, bottom }, y) {
        ctx.save();
        ctx.font = textFont();
        ctx.textAlign = 'left';
        ctx.lineWidth = 1;
        const places = lines().map(({ value, text }) => ({
          height: Math.round(y.getPixelForValue(value)) + 0.5,
          text,
        }));
        const shown = places.filter(({ height }) => height >= top && height <= bottom);
        ctx.fillStyle = colours.hairline + ZONE_ALPHA;
        const [first, last] = [places[0].height, places[places.length - 1].height];
        if (first > top) ctx.fillRect(left, top, right - left, first - top);
        if (last < bottom) ctx.fillRect(left, last, right - left, bottom - last);
        for (const { height, text } of shown) {
          ctx.strokeStyle = colours.muted;
          ctx.setLineDash([2, 3]);
          ctx.beginPath();
          ctx.moveTo(left, height);
          ctx.lineTo(right, height);
          ctx.stroke();
          ctx.setLineDash([]);
          ctx.fillStyle = colours.muted;
          ctx.textBaseline = height === first ? 'bottom' : 'top';
          ctx.fillText(text, left + GAP, height === first ? height - GAP : height + GAP, right - left - 2 * GAP);
        }
        ctx.restore();
      },

      /** What the caption of the chart says. */
      caption: () => texts().caption(words().choiceWords(name, 'format'), limits),

      /**
       * One sentence on a network.
       * @param {import('../reading/formats.js').Layer[]} layers that are there so far
       * @param {string[] | null} names of the layers
       */
      say(layers, names) {
        const [forward, backward] = /** @type {const} */ (['forward', 'backward']).map((way) =>
          faultsOf(layers, limits, way),
        );
        return texts().faults(words().choiceWords(name, 'format'), forward, backward, callsOf(names));
      },
    };
  }

  /** A format keeps its object, so that nothing is drawn again for it. @type {Map<string, ReturnType<typeof createLimits>>} */
  const known = new Map();
  return (/** @type {string} */ name) => {
    const limits = known.get(name) ?? createLimits(name);
    known.set(name, limits);
    return limits;
  };
}
