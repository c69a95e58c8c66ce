/**
 * share.js: the part of the page that shares: a link, a frame for another page, the numbers as files, a chart as an
 * image. It is loaded when the reader first shares something.
 *
 * Each call is handed what it needs of the page, and changes nothing there.
 */
import css from '../../build/dialog.css';
import { addStyles } from '../page/styles.js';

addStyles(css);

export { openShare } from './dialog.js';
export { toggleSaveMenu } from './save-menu.js';
