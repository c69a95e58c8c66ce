/**
 * drawings.js: the small drawings of the view Training: the icon of the buttons that save, and pieces of lines.
 */
import { make } from '../page/elements.js';

/**
 * A small drawing of one path.
 * @param {string} box its view box
 * @param {Record<string, string>} path attributes
 */
function makeDrawing(box, path) {
  const [svg, line] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name));
  svg.setAttribute('viewBox', box);
  svg.setAttribute('aria-hidden', 'true');
  for (const [name, value] of Object.entries(path)) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}

/** A piece of line, as in a chart. @param {string} dash */
export const makeLine = (dash) => makeDrawing('0 0 32 12', { 'stroke-dasharray': dash, d: 'M0 6h32' });

/** The button of a figure that saves it. @returns {HTMLButtonElement} */
export const makeSave = () =>
  make(
    'button.save plain',
    { type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    makeDrawing('0 0 16 16', { d: 'M8 2v8M5 7l3 3 3-3M3 11v3h10v-3' }),
  );
