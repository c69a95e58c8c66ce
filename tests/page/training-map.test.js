/*
 * The map of trainable depth, in the browser: it opens by its button and by its address, fills cell by cell, stops and goes
 * on, and a cell opens its network as A. Its networks and their order are tested in tests/js/training-map.test.js. Here they
 * train for few steps.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { show, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const SMALL = 'depth=2&width=16&batch=16';

/** Waits until so many networks of the map have been trained. @param {Page} page @param {number} count */
const filled = (page, count) =>
  page.waitForFunction(
    (least) => Number(/** @type {any} */ (document.querySelector('.map-body'))?.dataset.done) >= least,
    count,
  );

/** The cells that come first. One of the two workers may be slow, and its cell then comes after others. */
const FIRST = ['20 layers, variance 1', '20 layers, variance 1.25'];

/** Fills the map, and stops it as soon as so many networks have been trained, those that come first among them: at once, so
 * that no more can follow.
 * @param {Page} page @param {number} count */
async function fillUpTo(page, count) {
  await page.evaluate(
    ([least, first]) => {
      const body = /** @type {HTMLElement} */ (document.querySelector('.map-body'));
      const button = /** @type {HTMLElement} */ (document.querySelector('.map .fill'));
      const cells = [...document.querySelectorAll('#map .cells button')];
      const isKnown = (/** @type {string} */ name) =>
        cells.some(({ ariaLabel }) => ariaLabel?.startsWith(`${name}:`) && ariaLabel.includes('%'));
      const watcher = new MutationObserver(() => {
        if (Number(body.dataset.done) < least || !first.every(isKnown)) return;
        watcher.disconnect();
        button.click();
      });
      watcher.observe(body, { attributeFilter: ['data-done'] });
      button.click();
    },
    /** @type {[number, string[]]} */ ([count, FIRST]),
  );
  await filled(page, count);
  await running(page, false);
}

/** @param {Page} page @param {boolean} is */
const running = (page, is) => page.waitForSelector(`.map-body[data-running="${is}"]`, { state: 'attached' });

/** The labels of cells whose accuracy is known. @param {Page} page */
const known = (page) =>
  page.$$eval('#map .cells button', (cells) =>
    cells.flatMap(({ ariaLabel }) => (/%/.test(String(ariaLabel)) ? [String(ariaLabel)] : [])),
  );

test('the map fills cell by cell, stops at a word, goes on, and a cell opens its network as A where it was', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&train=digits`);
    await page.click('.open-map');
    await page.waitForFunction(() => location.hash.includes('train=digits-map'));
    await running(page, false);
    assert.deepEqual(await known(page), []);
    await page.selectOption('#map-steps', '30');
    await fillUpTo(page, 3);
    const stopped = await known(page);
    assert.ok(stopped.length >= 3 && stopped.length < 32, String(stopped.length));
    assert.match(stopped[0], /^20 layers, variance 1: accuracy [\d.]+%, one seed$/);
    assert.equal(await page.textContent('.map .fill'), 'go on');
    const count = await page.$eval('.map-body', (body) => /** @type {HTMLElement} */ (body).dataset.done);

    await fillUpTo(page, Number(count) + 2);
    assert.deepEqual((await known(page)).slice(0, 2), stopped.slice(0, 2));
    assert.match(
      String(await page.getAttribute('#map', 'data-run')),
      /64 tanh units.* 30 steps/,
      'what a picture of it says',
    );

    await page.focus('#map .cells button[tabindex="0"]');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#training[data-rest="30"]');
    const cell = 'width=64&activation=tanh&a=lecun-normal&gainA=1.118&bias=0.2236';
    await page.waitForFunction((hash) => location.hash === hash, `#${cell}&lang=en&train=digits-map-step=30`);
    assert.match(
      await page.innerText('#note'),
      /^A is now the network with 20 layers and variance 1\.25\. B has the same layers/,
    );
    const [, accuracy] = /accuracy ([\d.]+%)/.exec(stopped[1]) ?? [];
    assert.match(
      String(await page.textContent('.told.A .sentence')),
      new RegExp(`After 30 steps: accuracy ${accuracy},`),
    );
  });
});

test('opened by its address, the map says all that it shows to those who do not see it, in both languages', async () => {
  await withPage({ width: 390, height: 844, theme: 'dark' }, async (page) => {
    for (const [lang, title] of [
      ['en', 'Accuracy by depth and variance of the weights'],
      ['ru', 'Точность по глубине и дисперсии весов'],
    ]) {
      await show(page, `${SMALL}&train=digits-map&lang=${lang}`);
      await page.waitForSelector(`#map h3:text-is("${title}")`);
      const labels = await page.$$eval('#map .cells button', (cells) => cells.map((cell) => cell.ariaLabel));
      assert.equal(new Set(labels).size, 32);
      assert.ok(await page.$eval('#map canvas', (canvas) => canvas.ariaLabel));
      assert.ok(await page.$eval('#map .cells', (group) => group.ariaLabel));
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
    }
    await page.click('#map .numbers summary');
    await page.waitForSelector('#map tbody tr:nth-child(32)');
    await page.click('.open-map');
    await page.waitForFunction(() => !location.hash.includes('map'));
    assert.ok(await page.isHidden('#map'));
  });
});
