/*
 * The part of the page that is loaded when something is to be taken away from it: the link, a frame for another page, the
 * numbers, a chart as a picture. It is handed what it needs of the page at each call, and changes nothing there.
 */

export { savePicture } from './chart-image.js';
export { openShare } from './dialog.js';
