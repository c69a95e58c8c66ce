/**
 * called.js: how sentences call a layer, in every language: by its number, and where it has a name of its own, by both:
 * 3 (conv2). A name alone may be a number, such as 256, or belong to several layers.
 *
 * The names themselves come from reading/layer-names.js.
 */

/** @param {number} layer from 1 @param {string} [name] of the layer */
export const called = (layer, name) => (name ? `${layer} (${name})` : String(layer));

/** @typedef {(layer: number) => string} Call */

/** How the layers of one network are called. @param {readonly string[] | null} [names] null: by their numbers
 * @returns {Call} */
export const callsOf = (names) => (layer) => called(layer, names?.[layer - 1]);
