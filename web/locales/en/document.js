/**
 * document.js: translations of the fixed texts of index.html. Those are in English, so this file has no entries; in
 * other languages it translates each text and label.
 */

/** @type {Record<string, string>} */
export const DOCUMENT = {};
