/*
 * What never changes stands in English in index.html, so that this has no entries: in other languages it gives for
 * each such text, and label, its own.
 */

/** @type {Record<string, string>} */
export const DOCUMENT = {};
