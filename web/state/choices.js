/**
 * choices.js: the schemes in the groups of the page's menu. Their names, groups and numbers come from engine/tables.js;
 * the words for readers are in locales/.
 */
import { SCHEMES as TABLE } from '../engine/tables.js';

/**
 * @typedef {object} SchemeRow
 * @property {string} name
 * @property {string} group in the menu
 * @property {'std' | 'bound' | 'value' | 'share' | 'scale'} [value] name of the number that the reader may choose
 * @property {number} [given] its default
 */

/** @type {readonly SchemeRow[]} */
export const SCHEMES = TABLE;

/** The names of the schemes in each group of the menu. @type {Record<string, string[]>} */
export const SCHEME_GROUPS = {};
for (const { name, group } of SCHEMES) {
  SCHEME_GROUPS[group] ??= [];
  SCHEME_GROUPS[group].push(name);
}
