/*
 * A lesson on the screens of laptops and projectors: question, prediction and answer are in view together, without
 * scrolling, in both languages. What lessons say and measure is in tests/page/lessons.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATES } from '../../web/state/lesson-states.js';
import { ADDRESS, go, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** What of these is not wholly in view, or under the controls. @param {Page} page @param {string[]} selectors */
const outOfView = (page, selectors) =>
  page.evaluate((wanted) => {
    const top = document.forms[0].getBoundingClientRect().bottom;
    return wanted.flatMap((selector) => {
      const boxes = [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());
      const seen = boxes.filter((box) => box.height > 0 && box.top >= top && box.bottom <= innerHeight);
      return boxes.length > 0 && seen.length === boxes.length
        ? []
        : [`${selector}: ${boxes.map((box) => `${Math.round(box.top)} to ${Math.round(box.bottom)}`)}`];
    });
  }, selectors);

for (const [width, height] of [
  [1366, 768],
  [1024, 768],
]) {
  test(`question, prediction and answer of every lesson are in view together at ${width} x ${height}`, async () => {
    await withPage({ width, height }, async (page) => {
      /** @type {string[]} */
      const found = [];
      await page.goto(`${ADDRESS}#depth=1&width=1&batch=1&lang=en`);
      for (const lang of ['en', 'ru']) {
        for (const lesson of Object.keys(STATES)) {
          await go(page, `lesson=none&depth=1&width=1&batch=1&lang=${lang}`);
          await go(page, `lesson=${lesson}&lang=${lang}`);
          await page.waitForSelector(`#lessons[data-lesson="${lesson}"] .ask`);
          await page.waitForFunction((wanted) => document.documentElement.lang === wanted, lang);
          await page.evaluate(() => scrollTo(0, 0));
          const sketches = (await page.getAttribute('#sheet', 'data-panel')) === 'sketch';
          const predicted = sketches ? ['.lessons .question', '#rms .plot'] : ['.lessons legend', '.lessons .choices'];
          for (const fault of await outOfView(page, [...predicted, '.lessons .reveal']))
            found.push(`${lang} ${lesson}: ${fault}`);
          if (sketches) await page.press('#rms .pad', 'ArrowDown');
          else await page.check('#lessons input[value="0"]');
          await page.click('#lessons .reveal');
          if (sketches) await page.waitForSelector('#lessons[data-measured="true"]'); // the line is compared then
          for (const fault of await outOfView(page, [...predicted, '.lessons .outcome', '.lessons .found table']))
            found.push(`${lang} ${lesson}, revealed: ${fault}`);
        }
      }
      assert.deepEqual(found, []);
    });
  });
}
