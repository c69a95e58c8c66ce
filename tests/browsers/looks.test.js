/*
 * What one engine alone once laid out differently.
 */
import assert from 'node:assert/strict';
import { ADDRESS, testInAll } from './page.js';

testInAll('a legend and its choices are on one line', async (page) => {
  await page.open(`${ADDRESS}#depth=2&width=8`);
  const lines = await page.evaluate(() =>
    [...document.querySelectorAll('.segments')].map((fieldset) => {
      const [legend, ...labels] = [...fieldset.querySelectorAll('legend:not(.unseen), label')];
      const middles = [legend, ...labels].map((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return Math.round((top + bottom) / 2);
      });
      return Math.max(...middles) - Math.min(...middles);
    }),
  );
  assert.ok(lines.length >= 3);
  assert.deepEqual(
    lines.filter((height) => height > 1),
    [],
  );
});
