/**
 * images-part.js: bundles what the section of images needs in one file: script, styles and English texts. The page loads
 * it with the first images.
 */
import css from '../../build/images.css';
import { addStyles } from './styles.js';

addStyles(css);

export { createImageSection } from '../charts/images/image-section.js';
