/*
 * The page opens with a small engine. The full one loads when a network first needs it, and is used from then on. Where it
 * cannot be loaded, a sentence says so, and another try works. What needs it, and that both give the same numbers, is in
 * tests/js/small.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DIST, drawn, open, show, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** Notes each request for the full engine. @param {Page} page */
async function watchFull(page) {
  const asked = /** @type {string[]} */ ([]);
  page.on('request', (request) => request.url().endsWith('/full.js') && asked.push(request.url()));
  return asked;
}

test('dense networks run without the full engine; a convolution fetches it once, and dense ones then use it too', async () => {
  await withPage({}, async (page) => {
    const asked = await watchFull(page);
    await open(page, 'depth=3&width=16');
    const rms = await page.textContent('#verdictA .sentence');
    await page.fill('#depth', '4');
    await drawn(page, { depth: 4 });
    assert.equal(asked.length, 0);
    await page.click('.kind span:text("convolution")');
    await drawn(page, { depth: 4, layer: 1 });
    assert.match(String(await page.textContent('#counting h3')), /^Layer 1: kernel \(5, 5, 3, 8\)/);
    await page.click('.kind span:text("dense")');
    await page.fill('#depth', '3');
    await drawn(page, { depth: 3, width: 16 });
    assert.equal(await page.textContent('#verdictA .sentence'), rms);
    assert.equal(asked.length, 1);
  });
});

for (const [what, state] of [
  ['a matrix', 'depth=3&width=16&a=orthogonal'],
  ['images', 'depth=3&width=16&input=bricks&size=8'],
  ['tuned gains', 'depth=3&width=16&tuneB=lsuv'],
  ['a convolution', 'kind=conv&depth=2&batch=2&size=8'],
]) {
  test(`an address with ${what} opens with the full engine, and so does the single file, without a request`, async () => {
    await withPage({}, async (page) => {
      const asked = await watchFull(page);
      await open(page, state);
      assert.equal(asked.length, 1);
      assert.equal(await page.textContent('#failure'), '');
    });
    await withPage({}, async (page) => {
      const asked = /** @type {string[]} */ ([]);
      page.on('request', (request) => asked.push(request.url().split('#')[0]));
      await page.goto(`${new URL('initscope.html', DIST)}#${state}`);
      await drawn(page, {});
      assert.deepEqual(
        asked.filter((url) => !url.startsWith('blob:')),
        [new URL('initscope.html', DIST).href],
      );
    });
  });
}

test('without the full engine a sentence says so in both languages, dense networks run on, and another try works', async () => {
  const expected = /Failed to load resource|full\.js/;
  await withPage({ expected }, async (page) => {
    let reachable = false;
    await page.route('**/full.js', (route) => (reachable ? route.continue() : route.abort()));
    await show(page, 'kind=conv&depth=2&batch=2&size=8');
    const failure = () => page.textContent('#failure');
    await page.waitForFunction(() => document.getElementById('failure')?.textContent);
    assert.match(String(await failure()), /^The part of the engine that this network needs could not be loaded\./);
    await page.check('input[name=lang][value=ru]', { force: true });
    await page.waitForFunction(() => /^Не удалось/.test(document.getElementById('failure')?.textContent ?? ''));
    await open(page, 'depth=3&width=16');
    assert.equal(await failure(), '');
    await show(page, 'depth=3&width=16&b=orthogonal');
    await page.waitForSelector('#again:visible');
    assert.match(String(await page.textContent('#verdictB')), /Not computed/);
    reachable = true;
    await page.click('#again');
    await drawn(page, { depth: 3 });
    assert.equal(await failure(), '');
  });
});

test('while the full engine is on its way a newer request does not wait for it', async () => {
  await withPage({}, async (page) => {
    let arrive = () => {};
    const arrived = new Promise((resolve) => {
      arrive = () => resolve(undefined);
    });
    await page.route('**/full.js', async (route) => {
      await arrived;
      await route.continue();
    });
    await open(page, 'depth=3&width=16');
    const asked = page.waitForRequest('**/full.js');
    await page.selectOption('#a', 'orthogonal');
    await asked;
    await page.selectOption('#a', 'he-normal');
    await drawn(page, { depth: 3 });
    arrive();
    await page.selectOption('#a', 'orthogonal');
    await drawn(page, { depth: 3 });
    await page.waitForFunction(() => location.hash.includes('a=orthogonal'));
  });
});
