/**
 * legend.js: the caption of the chart of rms by depth, in English. It explains the lines that are drawn, and no others.
 * The names beside the lines are in index.html.
 */

/**
 * @param {string[]} lines the families that are drawn, from LINES of state/lines.js
 * @param {string[] | null} [names] of the layers, where the axis has names in place of numbers
 */
export function rmsCaption(lines, names = null) {
  const has = (/** @type {string} */ name) => lines.includes(name);
  const shaded = has('activations') && 'shaded for activations';
  const pale = (has('deltas') || has('weightGradients')) && 'between pale lines for gradients';
  const where = [shaded, pale].filter(Boolean).join(', ');
  return [
    !names && 'Layer 0 is the input.',
    has('theory') && 'Thin lines: theory.',
    has('bands') &&
      where &&
      `In each layer, for one input, at least 95% of networks of this width lie in theory’s band: ${where}. Where none is drawn, theory has none.`,
  ]
    .filter(Boolean)
    .join(' ');
}
