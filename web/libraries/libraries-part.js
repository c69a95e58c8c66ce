/**
 * libraries-part.js: the part of the page with the view Libraries: script, styles and English texts in one file. It brings
 * the full engine and the formulas with it once the view is opened.
 *
 * The main script's side is libraries-host.js.
 */
import css from '../../build/libraries.css';
import { addStyles } from '../page/styles.js';

addStyles(css);

export { createView } from './libraries-view.js';
