/**
 * file-refusals.js: why an image file was not used, in English: a sentence for each code of a file in refused.js. These
 * words load with the reader of files.
 */
import { shortName } from '../refused.js';
import { count, fixed } from './numbers.js';

/** @import { FileSentences } from '../refused.js' */

/** Images that other programs read. @type {Record<string, string>} */
const FOREIGN_KINDS = { SVG: 'an SVG drawing', HEIC: 'an HEIC photo' };

/** @param {readonly number[]} sides */
const sides = (sides) => sides.map(count).join(' × ');

/** @param {number} number */
const millions = (number) => fixed(number / 1e6, 1);

/** @type {FileSentences} */
export const FILE_REFUSED = {
  fileEmpty: ({ value }) => `“${shortName(value)}” is empty.`,
  fileHeavy: ({ value, range: { bytes, most } }) =>
    `“${shortName(value)}” has ${millions(bytes)} MB. Choose a file of at most ${most / 1e6} MB.`,
  fileUnread: ({ value }) => `“${shortName(value)}” could not be read from the disk.`,
  fileForeign: ({ value, range: { kind, kinds } }) =>
    `“${shortName(value)}” is ${FOREIGN_KINDS[kind]}, which this page does not read. Save it as ${kinds.join(', ')}.`,
  fileUnknown: ({ value, range: { kinds } }) =>
    `“${shortName(value)}” is not an image that this page reads. It reads ${kinds.join(', ')}.`,
  fileSizeless: ({ value }) => `“${shortName(value)}” says that its image has no pixels.`,
  fileLong: ({ value, range: { size, most } }) =>
    `“${shortName(value)}” is ${sides(size)} pixels. Choose an image of at most ${count(most)} pixels a side.`,
  fileLarge: ({ value, range: { size, most } }) =>
    `“${shortName(value)}” is ${sides(size)} pixels, ${millions(size[0] * size[1])} million. ` +
    `Choose an image of at most ${millions(most)} million.`,
  fileBroken: ({ value, range: { kind } }) =>
    `“${shortName(value)}” could not be decoded: it is damaged, or this browser cannot read this ${kind}.`,
  filePixels: ({ value }) =>
    `“${shortName(value)}” was not read: to prevent tracking, this browser changes what pages read from pictures. Allow ` +
    'this page to read them, or use another browser.',
  fileFlat: ({ value }) =>
    `“${shortName(value)}” has one brightness only in the part that the network sees. Choose another image.`,
};
