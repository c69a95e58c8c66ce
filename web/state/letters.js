/** letters.js: the two networks. A part of the page that needs no more of the state than this takes it from here. */

export const LETTERS = /** @type {const} */ (['A', 'B']);
