/*
 * What the page's tests share: dist/ served on a free port of this machine, and Chromium with a page that fails the
 * test on any error of its own. Nothing here knows what the page shows, save how it says what it has drawn (data-* of
 * #sheet).
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

export const DIST = new URL('../../dist/', import.meta.url);

const TYPES = /** @type {Record<string, string>} */ ({ html: 'text/html', css: 'text/css', js: 'text/javascript' });

const server = createServer(async ({ url = '/' }, response) => {
  const path = url === '/' ? 'index.html' : url.slice(1).replace(/[?#].*/, '');
  try {
    const body = await readFile(new URL(path, DIST));
    response.writeHead(200, { 'content-type': TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream' });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
export const ADDRESS = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

after(async () => {
  await browser.close();
  server.close();
});

/** @typedef {import('playwright-core').Page} Page */

/**
 * Runs a test's body on a fresh page, and fails if the page itself reported an error.
 * @param {{ width?: number, height?: number, theme?: 'light' | 'dark',
 *   before?: (page: Page) => Promise<unknown> }} options
 * @param {(page: Page) => Promise<void>} body
 */
export async function withPage({ width = 1440, height = 900, theme = 'light', before }, body) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  try {
    await before?.(page);
    await body(page);
    assert.deepEqual(errors, []);
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
