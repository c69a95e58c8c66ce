/*
 * The coordinate check, in the browser: it opens by its button and by its address, fills point by point, stops and goes on,
 * and says what it shows in both languages. What trains is tested in tests/js/training-coordinates.test.js.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { show, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const SMALL = 'depth=2&width=16&batch=16';
const AXE = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** Checks, and stops at once when so many networks are known, and, if asked, when something is said of them.
 * @param {Page} page @param {number} count @param {string} said what is said then, as a pattern */
async function checkUpTo(page, count, said = '') {
  await page.evaluate(
    ([least, pattern]) => {
      const body = /** @type {HTMLElement} */ (document.querySelector('.coordinates-body'));
      const button = /** @type {HTMLElement} */ (document.querySelector('.coordinates .fill'));
      const text = /** @type {HTMLElement} */ (document.querySelector('.coordinates .said'));
      const watcher = new MutationObserver(() => {
        if (Number(body.dataset.done) < least || !new RegExp(pattern).test(String(text.textContent))) return;
        watcher.disconnect();
        button.click();
      });
      watcher.observe(body, { attributeFilter: ['data-done'] });
      button.click();
    },
    /** @type {[number, string]} */ ([count, said]),
  );
  await page.waitForFunction(
    (least) => Number(/** @type {any} */ (document.querySelector('.coordinates-body'))?.dataset.done) >= least,
    count,
  );
  await page.waitForSelector('.coordinates-body[data-running="false"]');
}

/** @param {Page} page @returns {Promise<number>} networks that are known */
const done = (page) => page.$eval('.coordinates-body', (body) => Number(/** @type {any} */ (body).dataset.done));

test('the check fills point by point, stops at a word, goes on, and says what it shows', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&train=digits-map`);
    await page.click('.open-coordinates');
    await page.waitForFunction(() => location.hash.includes('train=digits-coordinates'));
    await page.waitForSelector('.coordinates-body[data-running="false"]');
    assert.ok(await page.isHidden('.map-body'), 'the map gives way');
    await checkUpTo(page, 3);
    assert.equal(await page.textContent('.coordinates .fill'), 'go on');
    assert.equal(await page.textContent('.coordinates .said'), '');
    await page.click('#coordinates .numbers summary');
    await page.waitForSelector('#coordinates tbody td');
    /** @returns {Promise<string[]>} the row of width 64 and step 1 */
    const row = () =>
      page.$$eval('#coordinates tbody tr:first-child > *', (cells) => cells.map((c) => String(c.textContent)));
    const stopped = await row();
    // one worker may be behind the other: what is said is of the widest that both know
    await checkUpTo(page, 10, 'width (1024|2048|4096) ');
    const filled = await row();
    assert.deepEqual(filled.slice(2, 5), filled.slice(5), 'at width 64 both are the same');
    assert.deepEqual(
      filled.map((text, i) => (stopped[i] === '–' ? '–' : text)),
      stopped,
    );
    assert.match(
      String(await page.textContent('.coordinates .said')),
      /^After the first step, the logits have moved \d\d.* times as far at width (1024|2048|4096) .* under muP a rate tuned at width 64 can stay; in the standard network the rate has to fall/,
    );
    await page.selectOption('#coordinates-step', '3');
    await page.waitForSelector('#coordinates[data-run$="after 3 steps"]');
    assert.match(String(await page.textContent('.coordinates .said')), /^After 3 steps/);
    const before = await done(page);
    await page.click('.open-coordinates');
    await page.waitForFunction(() => !location.hash.includes('coordinates'));
    assert.ok(await page.isHidden('#coordinates'));
    await page.click('.open-coordinates');
    assert.equal(await done(page), before, 'what is known stays');
  });
});

test('opened by its address on a phone, it says all that it shows, in both languages', async () => {
  await withPage({ width: 390, height: 844, theme: 'dark' }, async (page) => {
    for (const [lang, title] of [
      ['en', 'Change of each layer, by width'],
      ['ru', 'Сдвиг каждого слоя при разной ширине'],
    ]) {
      await show(page, `${SMALL}&train=digits-coordinates&lang=${lang}`);
      await page.waitForSelector(`#coordinates h3:text-is("${title}")`);
      assert.ok(await page.$eval('#coordinates canvas', (canvas) => canvas.ariaLabel));
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
    }
    await page.click('#coordinates .key .term');
    assert.match(await page.innerText('.tip'), /Параметризация/);
    await page.keyboard.press('Escape');
    await page.evaluate(AXE);
    const found = await page.evaluate(() => /** @type {any} */ (window).axe.run('.sections'));
    assert.deepEqual(
      found.violations.map((/** @type {any} */ { id }) => id),
      [],
    );
  });
});
