/*
 * What the page's tests share: dist/ served on a free port of this machine, Chromium with a page that fails the test on
 * any error of its own, and the waits for a state of the page. A page test never waits for a time and never asserts one:
 * it must pass however busy the machine is. What measures time is in tests/bench/. Nothing here knows what the page
 * shows, save how it says what it has drawn (data-* of #sheet).
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
 * Milliseconds that a test waits for anything. A wait ends with the state that it names; this bound is for what never
 * comes, and must be long enough for a machine that does much else.
 */
const HANG = 180_000;

/**
 * Runs a test's body on a fresh page, and fails if the page itself reported an error other than one that is expected.
 * @param {{ width?: number, height?: number, theme?: 'light' | 'dark', locale?: string, expected?: RegExp,
 *   before?: (page: Page) => Promise<unknown> }} options
 * @param {(page: Page) => Promise<void>} body
 */
export async function withPage({ width = 1440, height = 900, theme = 'light', locale, expected, before }, body) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale });
  context.setDefaultTimeout(HANG);
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
 * Waits until the page shows everything that it was asked for: both networks run for the whole batch, or refused, every
 * chart and sentence drawn in the language of the state, nothing left for later. A change made through a control, a key or
 * the address takes this mark away at once, so there is no looking too early.
 * @param {Page} page
 */
export const settled = (page) => page.waitForSelector('#sheet[data-settled]', { state: 'attached' });

/**
 * Waits until the page is settled with both networks there to the last layer, and the sheet has these values of data-*.
 * @param {Page} page
 * @param {Record<string, string | number>} [values]
 */
export const drawn = (page, values = {}) =>
  page.waitForFunction((wanted) => {
    const data = /** @type {Record<string, string | undefined>} */ ({ ...document.getElementById('sheet')?.dataset });
    const whole = ['layersA', 'layersB', 'passedA', 'passedB'].every((name) => data[name] === data.depth);
    return data.settled && whole && Object.entries(wanted).every(([key, value]) => data[key] === String(value));
  }, values);

/**
 * Has the page at another address of its own, as a link or the reader would, without waiting for what it then draws.
 * @param {Page} page
 * @param {string} hash
 */
export const go = (page, hash) =>
  page.evaluate(async (next) => {
    const changed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true })); // after the page
    const before = location.href;
    location.hash = next;
    if (location.href !== before) await changed;
  }, hash);

/**
 * Shows a state and waits until the page is settled: in a page that is open already by its address alone.
 * @param {Page} page
 * @param {string} [hash]
 */
export async function show(page, hash = '') {
  if (page.url().startsWith(ADDRESS)) await go(page, hash);
  else await page.goto(`${ADDRESS}#${hash}`);
  await settled(page);
}

/** Shows a state of which both networks can be run, to the last layer. @param {Page} page @param {string} [hash] */
export async function open(page, hash) {
  await show(page, hash);
  await drawn(page);
}

/** Has all of the sheet drawn once more, as after a change of the window's size. @param {Page} page */
export async function redraw(page) {
  await page.evaluate(() => {
    delete document.getElementById('sheet')?.dataset.settled;
    dispatchEvent(new Event('resize'));
  });
  await settled(page);
}

/** Opens a fold by its summary, and waits until what it holds has been drawn. @param {Page} page @param {string} fold */
export async function unfold(page, fold) {
  await page.$eval(fold, (details) => {
    details.addEventListener('toggle', () => details.setAttribute('data-heard', ''), { once: true });
  });
  await page.click(`${fold} > summary`);
  await page.waitForSelector(`${fold}[data-heard]`);
  await redraw(page);
}

/** Opens all folds, and waits until what they hold has been drawn. @param {Page} page */
export async function openFolds(page) {
  await page.evaluate(async () => {
    const closed = [...document.querySelectorAll('details')].filter((fold) => !fold.open);
    const heard = closed.map((fold) => new Promise((resolve) => fold.addEventListener('toggle', resolve)));
    for (const fold of closed) fold.open = true;
    await Promise.all(heard);
  });
  await redraw(page);
}
