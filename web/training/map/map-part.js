/**
 * map-part.js: the part of the page with the map of trainable depth: script, styles and English texts in one file. It
 * loads when the map is first opened.
 *
 * The view Training opens it (map-host.js there).
 */
import css from '../../../build/map.css';
import { addStyles } from '../../page/styles.js';

addStyles(css);

export { scalesOf } from './map-scales.js';
export { createMap } from './map-view.js';
