/*
 * What the page says of a picture that it does not take, in English. Functions of numbers and names, without
 * any knowledge of files or of the document.
 */

import { fixed } from './numbers.js';

const LONGEST = 40;

/** The reader's own name of a file, cut short. @param {string} name */
const short = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);

/** @param {number} bytes */
const megabytes = (bytes) => fixed(bytes / 1e6, 1);

export const PICTURE_WORDS = {
  empty: (/** @type {string} */ name) => `“${short(name)}” is empty.`,
  heavy: (/** @type {string} */ name, /** @type {number} */ bytes, /** @type {number} */ most) =>
    `“${short(name)}” has ${megabytes(bytes)} MB; at most ${most / 1e6} MB are read.`,
  unread: (/** @type {string} */ name) => `“${short(name)}” could not be read from the disk.`,
  foreign: (/** @type {string} */ name, /** @type {string} */ kind, /** @type {readonly string[]} */ kinds) =>
    `“${short(name)}” is ${kind}, which is not taken here; save it as one of ${kinds.join(', ')}.`,
  unknown: (/** @type {string} */ name, /** @type {readonly string[]} */ kinds) =>
    `“${short(name)}” is not an image of a kind that is taken here: ${kinds.join(', ')}.`,
  sizeless: (/** @type {string} */ name) => `“${short(name)}” says that it has no pixels at all.`,
  long: (/** @type {string} */ name, /** @type {[number, number]} */ [width, height], /** @type {number} */ most) =>
    `“${short(name)}” is ${width} × ${height} pixels; a side may have at most ${most}.`,
  large: (/** @type {string} */ name, /** @type {[number, number]} */ [width, height], /** @type {number} */ most) =>
    `“${short(name)}” is ${width} × ${height} = ${megabytes(width * height)} million pixels; ` +
    `at most ${megabytes(most)} million are read.`,
  broken: (/** @type {string} */ name, /** @type {string} */ kind) =>
    `“${short(name)}” could not be decoded: the file is broken, or this browser does not know its kind of ${kind}.`,
  flat: (/** @type {string} */ name) =>
    `“${short(name)}” is of one brightness where it would be looked at; an image needs more than one.`,
};
