/**
 * lines.js: the families of lines in the chart of rms by depth, and which of them a state shows.
 *
 * Pure. What a family looks like is in charts/curve-drawing.js; the switches that show and hide it are in
 * page/legend.js.
 */

/** Tensors, by their names in a run, then what theory says of them. The order is that of the legend. */
export const LINES = ['activations', 'deltas', 'weightGradients', 'theory', 'bands'];

/** Lines that are measured. @param {string[]} lines */
export const withoutTheory = (lines) => lines.filter((name) => LINES.indexOf(name) < 3);

/** The signal and its theory, the tensor of the histograms, and what the open lesson is about. */
export const AUTO = 'auto';

/** What a first view shows. */
const FIRST = ['activations', 'theory'];

/** Lessons that are about other lines as well, by their ids. */
const OF_LESSON = /** @type {Record<string, string>} */ ({
  'gain-of-tanh': 'deltas',
  symmetry: 'weightGradients',
  typical: 'bands',
});

/** @param {import('./state.js').State} state */
const automatic = ({ tensor, lesson }) =>
  LINES.filter((name) => FIRST.includes(name) || name === tensor || name === OF_LESSON[lesson]);

/**
 * The families that a state shows.
 * @param {import('./state.js').State} state
 * @returns {string[]} names from LINES
 */
export const linesOf = (state) =>
  state.lines === AUTO ? automatic(state) : LINES.filter((name) => state.lines.split(',').includes(name));

/**
 * The value of `lines` after the reader has shown or hidden a family.
 * @param {import('./state.js').State} state
 * @param {string} name of the family
 */
export function withLine(state, name) {
  const before = linesOf(state);
  const next = LINES.filter((line) => before.includes(line) !== (line === name)).join(',');
  return next === automatic(state).join(',') ? AUTO : next;
}
