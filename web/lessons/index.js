/*
 * The part of the page that shows lessons: its script, its style sheet and its English words in one file, which is loaded
 * when a lesson is opened. The style sheet is adopted, not written into the page, as a policy of 'self' demands.
 */
import css from '../../build/lessons.css';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

export { createPanel } from './panel.js';
