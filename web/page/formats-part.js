/**
 * formats-part.js: the part of the page with the limits of number formats. It loads once the reader has chosen a format.
 */
export { createFormatLimits } from '../charts/format-limits.js';
