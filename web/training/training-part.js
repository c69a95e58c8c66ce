/**
 * training-part.js: the part of the page that trains: script, styles, English texts and worker in one file. It loads when
 * the view Training is first opened, and brings the full engine and the data with it.
 *
 * The main script's side is training-host.js.
 */
import css from '../../build/training.css';
import { addStyles } from '../page/styles.js';

addStyles(css);

export { createView } from './experiment.js';
