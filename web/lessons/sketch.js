/**
 * sketch.js: lets the reader sketch over the chart of rms by depth, with pointer or keys. It lays an invisible pad over
 * the chart's canvas and reports the points that were set.
 *
 * The chart itself draws the line, on its own axes, so that it lies over the measured curves.
 */
import { make } from '../page/elements.js';

/** How far a key moves the line, in powers of ten. @type {Record<string, number>} */
const STEPS = { ArrowUp: 0.1, ArrowDown: -0.1, PageUp: 1, PageDown: -1 };

/** The layer that a key leads to from a layer. @type {Record<string, (layer: number, depth: number) => number>} */
const MOVES = {
  ArrowLeft: (layer) => layer - 1,
  ArrowRight: (layer) => layer + 1,
  Home: () => 1,
  End: (_, depth) => depth,
};

/** @param {string} label @param {number} lo @param {number} hi powers of ten */
const makePad = (label, lo, hi) =>
  make('div.pad', {
    role: 'slider',
    tabIndex: 0,
    'aria-label': label,
    'aria-orientation': 'vertical',
    'aria-valuemin': lo,
    'aria-valuemax': hi,
  });

/**
 * @param {HTMLElement} plot the element that holds the canvas
 * @param {object} drawing
 * @param {string} drawing.label names the pad
 * @param {{ lo: number, hi: number }} drawing.range in powers of ten
 * @param {() => number} drawing.depth
 * @param {() => number[]} drawing.line the power of ten at layers 0 to depth
 * @param {(x: number, y: number) => { layer: number, power: number } | null} drawing.pointAt what the chart shows at a
 *   place, in CSS pixels from its corner
 * @param {(layer: number, power: number, since: number | null) => void} drawing.set sets a point; since: the layer that
 *   the pointer came from
 * @param {(layer: number, power: number) => string} drawing.say describes a point
 */
export function createSketch(plot, { label, range: { lo, hi }, depth, line, pointAt, set, say }) {
  let layer = 1;
  /** The layer of the pointer's last point. @type {number | null} */
  let before = null;
  const pad = makePad(label, lo, hi);
  const clampPower = (/** @type {number} */ power) => Math.min(hi, Math.max(lo, power));
  const clampLayer = (/** @type {number} */ to) => Math.min(depth(), Math.max(1, to));

  function describe() {
    const power = line()[layer] ?? 0;
    pad.setAttribute('aria-valuenow', power.toFixed(1));
    pad.setAttribute('aria-valuetext', say(layer, power));
  }

  /** @param {PointerEvent} event */
  function follow({ offsetX, offsetY }) {
    const point = pointAt(offsetX, offsetY);
    if (!point) return;
    layer = clampLayer(point.layer);
    set(layer, clampPower(point.power), before);
    before = layer;
    describe();
  }
  pad.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => {
    pad.setPointerCapture(event.pointerId);
    before = null;
    follow(event);
  });
  pad.addEventListener('pointermove', (/** @type {PointerEvent} */ event) => {
    if (event.buttons === 1) follow(event);
  });
  pad.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const [step, move] = [STEPS[event.key], MOVES[event.key]];
    if (step === undefined && !move) return;
    event.preventDefault();
    if (move) layer = clampLayer(move(layer, depth()));
    const power = line()[layer] ?? 0;
    set(layer, step === undefined ? power : clampPower(Math.round((power + step) * 10) / 10), null);
    describe();
  });

  const canvas = /** @type {HTMLElement} */ (plot.querySelector('canvas'));
  canvas.inert = true; // its description would give the answer away
  plot.append(pad);
  describe();
  return {
    layer: () => layer,
    focus: () => pad.focus(),
    remove() {
      pad.remove();
      canvas.inert = false;
    },
  };
}
