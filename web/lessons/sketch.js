/*
 * Sketching over the chart of rms by depth: a layer above its canvas that takes the pointer and the keys and tells what
 * points were set. The line is drawn by the chart itself, on its own axes, so that it can stand over what was measured.
 */
import { make } from './dom.js';

/** Steps of the keys, in powers of ten. @type {Record<string, number>} */
const STEPS = { ArrowUp: 0.1, ArrowDown: -0.1, PageUp: 1, PageDown: -1 };

/** Where a key leads from a layer. @type {Record<string, (layer: number, depth: number) => number>} */
const MOVES = {
  ArrowLeft: (layer) => layer - 1,
  ArrowRight: (layer) => layer + 1,
  Home: () => 1,
  End: (_, depth) => depth,
};

/**
 * @param {HTMLElement} plot that holds the canvas
 * @param {object} drawing
 * @param {string} drawing.label
 * @param {{ lo: number, hi: number }} drawing.range
 * @param {() => number} drawing.depth
 * @param {() => number[]} drawing.line as it stands
 * @param {(x: number, y: number) => { layer: number, power: number } | null} drawing.at
 * @param {(layer: number, power: number, since: number | null) => void} drawing.set a point, and the layer that the
 *   pointer came from
 * @param {(layer: number, power: number) => string} drawing.say
 */
export function createSketch(plot, { label, range, depth, line, at, set, say }) {
  let layer = 1;
  const { lo, hi } = range;
  const within = (/** @type {number} */ power) => Math.min(hi, Math.max(lo, power));
  const pad = make('div.pad', {
    role: 'slider',
    tabIndex: 0,
    'aria-label': label,
    'aria-orientation': 'vertical',
    'aria-valuemin': lo,
    'aria-valuemax': hi,
  });

  function tell() {
    const power = line()[layer] ?? 0;
    pad.setAttribute('aria-valuenow', power.toFixed(1));
    pad.setAttribute('aria-valuetext', say(layer, power));
  }

  /** @type {number | null} */
  let before = null;
  /** @param {PointerEvent} event */
  function follow({ offsetX, offsetY }) {
    const found = at(offsetX, offsetY);
    if (!found) return;
    layer = Math.min(depth(), Math.max(1, found.layer));
    set(layer, within(found.power), before);
    before = layer;
    tell();
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
    if (move) layer = Math.min(depth(), Math.max(1, move(layer, depth())));
    const power = line()[layer] ?? 0;
    set(layer, step === undefined ? power : within(Math.round((power + step) * 10) / 10), null);
    tell();
  });

  const canvas = /** @type {HTMLElement} */ (plot.querySelector('canvas'));
  canvas.inert = true; // its words would tell
  plot.append(pad);
  tell();
  return {
    layer: () => layer,
    focus: () => pad.focus(),
    remove() {
      pad.remove();
      canvas.inert = false;
    },
  };
}
