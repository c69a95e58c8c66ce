/*
 * Shared by the page tests: dist/ served on a free port of this machine, Chromium with a page whose own errors fail the
 * test, and waits for a state of the page. A page test never waits for a time and never asserts one, so it passes on a
 * busy machine. Time is measured in tests/bench/. The only part of the page known here is data-* of #sheet, which says
 * what has been drawn.
 */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { launch, serveFolders } from './chromium.js';

export const DIST = new URL('../../dist/', import.meta.url);

const server = await serveFolders({ '/': DIST });
export const ADDRESS = server.address;
const browser = await launch('--disable-ipc-flooding-protection'); // without this, at most 20 hashes a second

after(async () => {
  await browser.close();
  server.close();
});

/** @typedef {import('playwright-core').Page} Page */

/**
 * The longest wait for anything, in milliseconds. A wait ends when its state is there; this limit is for a state that never
 * comes. It is long enough for a busy machine.
 */
const HANG = 180_000;

/**
 * Runs a test's body on a fresh page. Fails if the page itself reported an error that was not expected.
 * @param {{ width?: number, height?: number, theme?: 'light' | 'dark', locale?: string, touch?: boolean,
 *   expected?: RegExp, before?: (page: Page) => Promise<unknown> }} options
 * @param {(page: Page) => Promise<void>} body
 */
export async function withPage({ width = 1440, height = 900, theme = 'light', locale, touch, expected, before }, body) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale,
    hasTouch: touch,
  });
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
 * Waits until the page shows everything that was requested. Both networks have run for the whole batch or were refused,
 * every chart and sentence is drawn in the language of the state, and nothing is left for later. A change by a control, a
 * key or the address clears this mark at once, so a test cannot look too early.
 * @param {Page} page
 */
export const settled = (page) => page.waitForSelector('#sheet[data-settled]', { state: 'attached' });

/**
 * Waits until the page is settled, both networks are complete to the last layer, and data-* of the sheet have these values.
 * @param {Page} page
 * @param {Record<string, string | number>} [values]
 */
export const drawn = (page, values = {}) =>
  page.waitForFunction((wanted) => {
    const data = /** @type {Record<string, string | undefined>} */ ({ ...document.getElementById('sheet')?.dataset });
    const whole = ['layersA', 'layersB', 'passedA', 'passedB'].every((name) => data[name] === data.depth);
    return data.settled && whole && Object.entries(wanted).every(([key, value]) => data[key] === String(value));
  }, values);

/** Whether an address asks for an embed. @param {string} address */
const embeds = (address) => /[#&]embed=1/.test(address);

/**
 * Changes the hash of the page, as a link or the reader would, without waiting for the drawing. The page loads again if it
 * becomes an embed, or stops being one. Then the answer of a call in the old page could be lost with it, so none is awaited.
 * @param {Page} page
 * @param {string} hash
 */
export async function go(page, hash) {
  if (embeds(page.url()) !== embeds(`#${hash}`)) {
    const loaded = page.waitForEvent('load');
    await page.evaluate((next) => {
      location.hash = next;
    }, hash);
    await loaded;
    return;
  }
  await page.evaluate(async (next) => {
    const changed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true })); // called after the page's own listener
    const before = location.href;
    location.hash = next;
    if (location.href !== before) await changed;
  }, hash);
}

/**
 * Shows a state and waits until the page is settled. In an open page only the hash changes.
 * @param {Page} page
 * @param {string} [hash]
 */
export async function show(page, hash = '') {
  if (page.url().startsWith(ADDRESS)) await go(page, hash);
  else await page.goto(`${ADDRESS}#${hash}`);
  await settled(page);
}

/** Shows a state whose networks can both run, and waits for the last layer. @param {Page} page @param {string} [hash] */
export async function open(page, hash) {
  await show(page, hash);
  await drawn(page);
}

/** Brings the formulas of the chosen layer into view, which loads them, and waits until they are there. @param {Page} page */
export async function lookAtFormulas(page) {
  await page.evaluate(() => document.querySelector('.formulas')?.scrollIntoView());
  await page.waitForFunction(() => document.querySelector('#formulaB .lines p'));
  await settled(page);
}

/** Draws the whole sheet again, as after a change of the window's size. @param {Page} page */
export async function redraw(page) {
  await page.evaluate(() => {
    delete document.getElementById('sheet')?.dataset.settled;
    dispatchEvent(new Event('resize'));
  });
  await settled(page);
}

/** Waits for what follows from a change of layout: observers of sizes, and what they ask for. @param {Page} page */
export const twoFrames = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Opens a fold by its summary, and waits until its content is drawn. @param {Page} page @param {string} fold */
export async function unfold(page, fold) {
  await page.$eval(fold, (details) => {
    details.addEventListener('toggle', () => details.setAttribute('data-heard', ''), { once: true });
  });
  await page.click(`${fold} > summary`);
  await page.waitForSelector(`${fold}[data-heard]`);
  await redraw(page);
}

/** Opens all folds, and waits until their content is drawn. @param {Page} page */
export async function openFolds(page) {
  await page.evaluate(async () => {
    const closed = [...document.querySelectorAll('details')].filter((fold) => !fold.open);
    const heard = closed.map((fold) => new Promise((resolve) => fold.addEventListener('toggle', resolve)));
    for (const fold of closed) fold.open = true;
    await Promise.all(heard);
  });
  await redraw(page);
}
