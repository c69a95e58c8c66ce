/*
 * All words in Russian, the part of the page that is loaded for who reads it: the same names as in English.
 */
export * from '../en/index.js';
export * from './lessons.js';
