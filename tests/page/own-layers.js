/*
 * Shared by the page tests of the reader's own layers: opens their table, and goes through it as a reader would.
 */
import assert from 'node:assert/strict';
import { open } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
export const lineOf = (page) => page.inputValue('#stack-line');

/** The line that is in the address, once it is this one. @param {Page} page @param {string} line */
export const addressHas = (page, line) =>
  page.waitForFunction((wanted) => decodeURIComponent(location.hash).includes(`stack=${wanted}`), line);

/** A field of a row, from 1; with `.only-b` that of B. @param {number} row @param {string} field @param {string} [which] */
export const fieldOf = (row, field, which = '.layer-row') =>
  `.rows li:nth-child(${row}) ${which} [data-field="${field}"]`;

/** Opens the reader's own layers with their table. @param {Page} page @param {string} line @param {string} [more] */
export async function edit(page, line, more = '') {
  await open(page, `stack=${line}&batch=4&lang=en${more}`);
  await page.click('.edit');
  await page.waitForSelector('.rows li');
}

/** Goes on with Tab until the element has the focus. @param {Page} page @param {string} selector
 * @param {string} [key] */
export async function tabTo(page, selector, key = 'Tab') {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press(key);
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`${key} does not come to ${selector}`);
}
