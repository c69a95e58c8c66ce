/**
 * phase-part.js: the part of the page with the phase map: script, styles and English texts in one file. It loads when the
 * view is first opened, and brings the full engine with it. The map of trainable depth has the engine's maps from here.
 *
 * The main script's side is phase-host.js.
 */
import css from '../../build/phase.css';
import { addStyles } from '../page/styles.js';

addStyles(css);

export { openMaps } from './phase-maps.js';
export { createView } from './phase-view.js';
