/**
 * stack-part.js: the part of the page for the reader's own layers: the reader of lines, and the editor. It loads when a line first
 * appears: in an address, or because the reader asks for layers of their own.
 *
 * The main script's side is page/own-stack.js.
 */
import css from '../../build/stack.css';
import { addStyles } from '../page/styles.js';

addStyles(css);

export { parseStack, replaceLayer } from '../engine/stack.js';
export { createEditor } from './editor.js';
