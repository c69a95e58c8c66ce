/**
 * legend.js: the legend of the chart of rms by depth. Each entry is a switch that shows or hides its lines.
 *
 * Which lines a state shows is in state/lines.js. The chart itself is in charts/.
 */
import { linesOf, withLine } from '../state/lines.js';

/** @typedef {import('../state/state.js').State} State */

/**
 * @param {HTMLElement} legend holds a checkbox for each family of lines
 * @param {() => State} state
 * @param {(changes: Partial<State>) => void} change
 */
export function createLegend(legend, state, change) {
  const switches = /** @type {NodeListOf<HTMLInputElement>} */ (legend.querySelectorAll('input'));
  for (const input of switches) {
    input.addEventListener('change', () => change({ lines: withLine(state(), String(input.dataset.line)) }));
  }
  return {
    /** Shows which lines a state shows. @param {State} next */
    reflect(next) {
      const lines = linesOf(next);
      for (const input of switches) {
        input.checked = lines.includes(String(input.dataset.line));
        input.parentElement?.classList.toggle('off', !input.checked); // on paper and in pictures it is left out
      }
    },
  };
}
