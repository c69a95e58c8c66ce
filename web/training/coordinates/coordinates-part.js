/**
 * coordinates-part.js: the part of the page with the coordinate check: script, styles and English texts in one file. It
 * loads when the check is first opened.
 *
 * The view Training opens it (sections.js there).
 */
import css from '../../../build/coordinates.css';
import { addStyles } from '../../page/styles.js';

addStyles(css);

export { createCheck } from './coordinates-view.js';
