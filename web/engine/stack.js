/**
 * stack.js: the stack notation, one line of text for the layers of a spec: 784-512-256-10. It reads and writes lines.
 *
 * The grammar is in stack-reader.js, the words in stack-words.js. The page loads this only when a reader's own stack is
 * there, so nothing of the main script may import it.
 */
export { plainLayers } from './stack-plain.js';
export { parseStack, readStack, replaceLayer } from './stack-reader.js';
export { formatItems, formatStack } from './stack-writer.js';
