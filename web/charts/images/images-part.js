/**
 * images-part.js: bundles what the section of images needs in one file: script, styles and English texts. The page loads it with
 * the first images.
 *
 * It adds its styles through adoptedStyleSheets, because a content security policy of 'self' forbids <style> elements.
 */
import css from '../../../build/images.css';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

export { createImageSection } from './image-section.js';
