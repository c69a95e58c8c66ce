/**
 * phase-handles.js: the handles of A and B in the phase map, for pointer, finger and keys.
 *
 * A drag of a handle moves its point, and so does a press elsewhere on the map: it takes the nearer point. A finger scrolls
 * the page unless it begins on a handle. What a move does is up to phase-view.js.
 */
import { make } from '../page/elements.js';

/** @typedef {import('./phase-grid.js').Place} Place */

const LETTERS = /** @type {const} */ (['A', 'B']);

/** Pixels that a drag must go sideways, or upwards, before the point goes along. */
const SLACK = 5;

/** Pixels from the lower edge that count as the edge: there are no biases. */
const EDGE = 6;

/** The share of the range that a key moves by; page up and down move five times as far. */
const KEY_STEP = 1 / 80;
/** @type {Record<string, [number, number]>} */
const KEYS = {
  ...{ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] },
  ...{ PageUp: [0, 5], PageDown: [0, -5] },
};

/**
 * @typedef {object} Tools
 * @property {{ pixelOf: (place: Place) => readonly [number, number], placeAt: (x: number, y: number) => Place }} chart
 * @property {(letter: 'A' | 'B') => Place | null} standOf
 * @property {() => Place} most the range of the map
 * @property {(letter: 'A' | 'B', to: Partial<Place>) => void} move
 * @property {() => void} stopped called when a drag has ended
 */

/** @param {HTMLElement} plot @param {Tools} tools */
export function makeHandles(plot, { chart, standOf, most, move, stopped }) {
  const handles = Object.fromEntries(
    LETTERS.map((letter) => [
      letter,
      make(`div.handle ${letter}`, { role: 'slider', tabIndex: 0, hidden: true, 'aria-valuemin': '0' }),
    ]),
  );
  plot.append(...Object.values(handles));
  /** What is dragged: from where, and how far the pointer is from the point.
   * @type {{ letter: 'A' | 'B', from: [number, number], offset: [number, number], sideways: boolean, upwards: boolean }
   *   | null} */
  let drag = null;
  let isMouse = false;

  /** @param {MouseEvent} event @returns {[number, number]} CSS pixels of the plot */
  function pixelOf({ clientX, clientY }) {
    const { left, top } = plot.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  /** @param {number} x @param {number} y @returns {Place} */
  function placeAt(x, y) {
    const place = chart.placeAt(x, y);
    const [, edge] = chart.pixelOf({ weightSquare: 0, biasSquare: 0 });
    return { ...place, biasSquare: y > edge - EDGE ? 0 : place.biasSquare };
  }

  /** @param {[number, number]} at @returns {'A' | 'B' | null} */
  function nearest([x, y]) {
    const known = LETTERS.flatMap((letter) => {
      const place = standOf(letter);
      const [left, top] = place ? chart.pixelOf(place) : [0, 0];
      return place ? [{ letter, distance: Math.hypot(left - x, top - y) }] : [];
    });
    return known.sort((a, b) => a.distance - b.distance)[0]?.letter ?? null;
  }

  plot.addEventListener('pointerdown', (event) => {
    const handle = /** @type {HTMLElement} */ (event.target).closest('.handle');
    const at = pixelOf(event);
    isMouse = event.pointerType === 'mouse';
    if (event.button !== 0 || !(handle || isMouse)) return;
    const letter = LETTERS.find((one) => handles[one] === handle) ?? nearest(at);
    const place = letter && standOf(letter);
    if (!letter || !place) return;
    event.preventDefault(); // selects no text
    const [x, y] = chart.pixelOf(place);
    drag = { letter, from: at, offset: handle ? [x - at[0], y - at[1]] : [0, 0], sideways: !handle, upwards: !handle };
    plot.setPointerCapture(event.pointerId);
    handles[letter].focus({ preventScroll: true });
    if (!handle) move(letter, placeAt(...at));
  });
  plot.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const at = pixelOf(event);
    const { letter, from, offset } = drag;
    drag.sideways ||= Math.abs(at[0] - from[0]) > SLACK;
    drag.upwards ||= Math.abs(at[1] - from[1]) > SLACK;
    const { weightSquare, biasSquare } = placeAt(at[0] + offset[0], at[1] + offset[1]);
    if (drag.sideways || drag.upwards)
      move(letter, { ...(drag.sideways && { weightSquare }), ...(drag.upwards && { biasSquare }) });
  });
  for (const name of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    plot.addEventListener(name, () => {
      if (!drag) return;
      drag = null;
      stopped();
    });
  }
  plot.addEventListener('click', (event) => {
    const isHandle = /** @type {HTMLElement} */ (event.target).closest('.handle') !== null;
    if (isMouse || isHandle) return; // the press has moved it
    const at = pixelOf(event);
    const letter = nearest(at);
    if (letter) move(letter, placeAt(...at));
  });
  plot.addEventListener('keydown', (event) => {
    const letter = LETTERS.find((one) => handles[one] === event.target);
    const keys = KEYS[event.key];
    const place = letter && standOf(letter);
    if (!keys || !place || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own keys choose a layer
    const range = most();
    const step = (/** @type {keyof Place} */ key, /** @type {number} */ by) =>
      Math.max(0, place[key] + by * KEY_STEP * range[key]);
    const [sideways, upwards] = keys;
    if (sideways) move(letter, { weightSquare: step('weightSquare', sideways) });
    else move(letter, { biasSquare: step('biasSquare', upwards) });
  });

  return {
    of: (/** @type {'A' | 'B'} */ letter) => handles[letter],
    isMoving: () => drag !== null,

    /** Puts the handles over their points. @param {(Place & { letter: 'A' | 'B' })[]} stands */
    place(stands) {
      for (const stand of stands) {
        const [left, top] = chart.pixelOf(stand);
        Object.assign(handles[stand.letter].style, { left: `${left}px`, top: `${top}px` });
      }
    },
  };
}
