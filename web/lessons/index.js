/**
 * index.js: bundles everything that the lessons need in one file: script, styles and English texts. The page loads it when
 * a lesson is first opened.
 */
import css from '../../build/lessons.css';
import { addStyles } from '../page/styles.js';

addStyles(css);

export { createPanel } from './panel.js';
