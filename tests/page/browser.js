/*
 * What the page's tests share: dist/ served on a free port of this machine, and Chromium with a page that fails the
 * test on any error of its own. Nothing here knows what the page shows, save how it says what it has drawn (data-* of
 * #sheet).
 */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { launch, serveFolders } from './chromium.js';

export const DIST = new URL('../../dist/', import.meta.url);

const server = await serveFolders({ '/': DIST });
export const ADDRESS = server.address;
const browser = await launch('--disable-ipc-flooding-protection'); // else 20 hashes a second at most

after(async () => {
  await browser.close();
  server.close();
});

/** @typedef {import('playwright-core').Page} Page */

/**
 * Runs a test's body on a fresh page, and fails if the page itself reported an error other than one that is expected.
 * @param {{ width?: number, height?: number, theme?: 'light' | 'dark', locale?: string, expected?: RegExp,
 *   before?: (page: Page) => Promise<unknown> }} options
 * @param {(page: Page) => Promise<void>} body
 */
export async function withPage({ width = 1440, height = 900, theme = 'light', locale, expected, before }, body) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale });
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  try {
    await before?.(page);
    await body(page);
    assert.deepEqual(
      errors.filter((text) => !expected?.test(text)),
      [],
    );
  } finally {
    await context.close();
  }
}

/**
 * Opens the page at a state and waits until the whole of it is drawn.
 * @param {Page} page
 * @param {string} [hash]
 */
export async function open(page, hash = '') {
  await page.goto(`${ADDRESS}#${hash}`);
  await drawn(page);
}

/**
 * Waits until both networks are drawn to the end, with these values where given.
 * @param {Page} page
 * @param {Record<string, string | number>} [values]
 */
export const drawn = (page, values = {}) =>
  page.waitForFunction((wanted) => {
    const { depth, layersA, layersB, passedA, passedB, ...rest } = document.getElementById('sheet')?.dataset ?? {};
    const whole = depth !== undefined && [layersA, layersB, passedA, passedB].every((layers) => layers === depth);
    const data = /** @type {Record<string, string | undefined>} */ ({ depth, ...rest });
    return whole && Object.entries(wanted).every(([key, value]) => data[key] === String(value));
  }, values);
