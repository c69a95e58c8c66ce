/*
 * For page tests and the benchmark: a server for folders on a free port of this machine, and the system's Chromium. Pages
 * and waits are in browser.js.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const TYPES = /** @type {Record<string, string>} */ ({
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  wasm: 'application/wasm',
});

/**
 * Serves files until it is closed. The longest prefix of a path chooses its folder.
 * @param {Record<string, URL>} folders by prefix, such as '/'; URLs end in a slash
 */
export async function serveFolders(folders) {
  for (const { href } of Object.values(folders))
    if (!href.endsWith('/')) throw new Error(`${href} has no slash at its end`);
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  const server = createServer(async ({ url = '/' }, response) => {
    const path = url.replace(/[?#].*/, '').replace(/\/$/, '/index.html');
    const prefix = prefixes.find((start) => path.startsWith(start)) ?? '/';
    try {
      const body = await readFile(new URL(path.slice(prefix.length), folders[prefix]));
      response.writeHead(200, { 'content-type': TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/**
 * Features of Chromium to turn off: pages of its own that it loads with every window, requests of its own, and the delay of
 * a page's first paint. They would compete with the page for two cores. Chromium uses only the last such list, so this one
 * repeats what matters here of playwright's.
 */
const FEATURES = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'Translate',
];

/** @param {string[]} more arguments */
export const launch = (...more) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${FEATURES}`,
      ...more,
    ],
  });
