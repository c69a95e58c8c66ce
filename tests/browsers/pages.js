/*
 * The pages to test: a copy of dist/ as a folder on disk, and the same folder served on a free port of this machine. In the
 * copy each document first runs a script that collects the page's errors, because not every engine reports them. It stands
 * before the policy, which stays as it is.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serveFolders } from '../page/chromium.js';

const DIST = new URL('../../dist/', import.meta.url);

/** Where folders for a run of the tests are made: a browser that is a snap sees no /tmp. */
export const SCRATCH = fileURLToPath(new URL('../../build/tests/', import.meta.url));
await mkdir(SCRATCH, { recursive: true });

/** Collects the errors of a page in window.watchedErrors. It runs in the page. */
function watch() {
  /** @type {string[]} */
  const errors = [];
  Object.assign(window, { watchedErrors: errors });
  addEventListener(
    'error',
    ({ target, message, error }) => {
      const file = target instanceof Element ? target.outerHTML.slice(0, 100) : '';
      errors.push(file ? `could not load ${file}` : `${message} ${error?.stack}`);
    },
    true,
  );
  addEventListener('unhandledrejection', ({ reason }) => errors.push(`unhandled: ${reason} ${reason?.stack}`));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    errors.push(`against the policy: ${violatedDirective} ${blockedURI}`),
  );
  const { error } = console;
  console.error = (...values) => {
    errors.push(values.join(' '));
    error.apply(console, values);
  };
}

/** @param {string} html */
const watched = (html) => html.replace('<head>', () => `<head><script>(${watch})()</script>`);

/** Copies dist/ to a fresh folder. */
async function copyDist() {
  const folder = await mkdtemp(`${SCRATCH}pages-`);
  await cp(DIST, folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.html')) continue;
    const html = await readFile(`${folder}/${name}`, 'utf8');
    await writeFile(`${folder}/${name}`, watched(html));
  }
  await writeFile(
    `${folder}/elsewhere.html`,
    '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><p>another page',
  );
  return folder;
}

const folder = await copyDist();

/** The folder on disk, as an address that ends in a slash. */
export const FOLDER = new URL(`file://${folder}/`);

const server = await serveFolders({ '/': FOLDER });

/** The same folder over http. */
export const ADDRESS = server.address;

after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});
