/**
 * legend.js: the caption of the chart of rms by depth, in Russian. It explains the lines that are drawn, and no others.
 * The names beside the lines are in document.js.
 */

/**
 * @param {string[]} lines the families that are drawn, from LINES of state/lines.js
 * @param {string[] | null} [names] of the layers, where the axis has names in place of numbers
 */
export function rmsCaption(lines, names = null) {
  const has = (/** @type {string} */ name) => lines.includes(name);
  const shaded = has('activations') && 'закрашена для активаций';
  const pale = (has('deltas') || has('weightGradients')) && 'показана бледными линиями для градиентов';
  const where = [shaded, pale].filter(Boolean).join(' и ');
  return [
    !names && 'Слой 0 — вход.',
    has('theory') && 'Тонкие линии — теория.',
    has('bands') &&
      where &&
      `В каждом слое для одного входа не меньше 95\u00a0% сетей такой ширины лежат в полосе теории: она ${where}. Где полосы нет, там у теории её нет.`,
  ]
    .filter(Boolean)
    .join(' ');
}
