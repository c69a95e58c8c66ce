/**
 * sketching.js: the sketch of the open lesson: it starts when the lesson asks for a line, ends at the reveal, and sets
 * the points of the prediction.
 *
 * How the reader draws is in sketch.js; the chart of rms by depth draws the line.
 */
import { lineOf } from './line.js';
import { setPoint } from './prediction.js';
import { createSketch } from './sketch.js';

/**
 * @param {import('./host.js').Host} host
 * @param {import('./panel-view.js').Shown} shown
 */
export function createSketching(host, shown) {
  /** @type {ReturnType<typeof createSketch> | null} */
  let sketch = null;
  const { depth } = host;
  const line = () => lineOf(shown.prediction.points, depth());

  /** @param {{ lo: number, hi: number }} range in powers of ten @param {import('./view.js').LessonWords} own */
  const start = (range, own) =>
    createSketch(host.find('#rms .plot'), {
      label: own.sketchLabel,
      range,
      depth,
      line,
      pointAt: host.pointAt,
      set(layer, power, since) {
        setPoint(shown.prediction, layer, power, since);
        host.redraw();
      },
      say: (layer, power) => own.sketched(host.call(layer), host.words().number(10 ** power)),
    });

  return {
    /**
     * Ends the sketch, and starts another if the open lesson asks for one.
     * @param {import('./view.js').LessonWords} own the panel's words
     */
    restart(own) {
      const { lesson, prediction } = shown;
      sketch?.remove();
      sketch = lesson?.sketch && !prediction.revealed ? start(lesson.sketch, own) : null;
    },

    focus: () => sketch?.focus(),

    /**
     * The line to draw over the chart of rms by depth; null where there is none.
     * @param {string} label the line's name
     * @returns {import('../charts/sheet.js').Sketched | null}
     */
    sketched(label) {
      const { listed, lesson, prediction } = shown;
      if (!lesson?.sketch || listed) return null;
      const { lo, hi } = lesson.sketch;
      return { label, line: line(), range: { lo, hi }, secret: !prediction.revealed, layer: sketch?.layer() ?? 0 };
    },
  };
}
