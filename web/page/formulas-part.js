/**
 * formulas-part.js: the part of the page with the formulas of a layer. It loads once the reader looks at the layer.
 */
export { createFormulas } from '../charts/formulas.js';
