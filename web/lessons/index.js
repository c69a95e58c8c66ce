/**
 * index.js: bundles everything that the lessons need in one file: script, styles and English texts. The page loads it when
 * a lesson is first opened.
 *
 * It adds its styles through adoptedStyleSheets, because a content security policy of 'self' forbids <style> elements.
 */
import css from '../../build/lessons.css';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

export { createPanel } from './panel.js';
