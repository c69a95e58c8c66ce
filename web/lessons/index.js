/**
 * index.js: the part of the page that shows lessons: script, styles and English words in one file. It is loaded when a
 * lesson is first opened.
 *
 * It adopts its style sheet: a content security policy of 'self' allows no <style> element.
 */
import css from '../../build/lessons.css';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

export { createPanel } from './panel.js';
