/**
 * stack-part.js: the part of the page for networks that are no stack of equal layers: the reader of lines, the editor, and
 * residual blocks. It loads when a line or a block first appears: in an address, or because the reader asks for it.
 *
 * The main script's side is page/own-stack.js.
 */
import css from '../../build/stack.css';
import { addStyles } from '../page/styles.js';

addStyles(css);

export { parseStack, replaceLayer } from '../engine/stack.js';
export * as BLOCK_WORDS from '../locales/en/blocks.js';
export { computedOfBlocks, layersOfBlocks } from '../state/block-layers.js';
export { createEditor } from './editor.js';
