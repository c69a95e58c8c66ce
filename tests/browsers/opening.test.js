/*
 * The page opens in each engine: over http and from disk, as a folder and as a single file, in both languages, and reports
 * no error.
 */
import assert from 'node:assert/strict';
import { ADDRESS, FOLDER, testInAll } from './page.js';

for (const [where, address] of [
  ['the folder over http', ADDRESS],
  ['the folder from disk', `${FOLDER}index.html`],
  ['the single file over http', `${ADDRESS}initscope.html`],
  ['the single file from disk', `${FOLDER}initscope.html`],
]) {
  testInAll(`${where} opens in both languages, runs in workers, and reports no error`, async (page) => {
    for (const lang of ['en', 'ru']) {
      await page.open(`${address}#depth=3&lang=${lang}`);
      await page.drawn({ depth: 3 });
      const { engine, language, caption } = await page.evaluate(() => ({
        engine: document.documentElement.dataset.engine,
        language: document.documentElement.lang,
        caption: document.querySelector('#rms figcaption')?.textContent,
      }));
      assert.deepEqual([engine, language], ['worker', lang]);
      assert.equal(/[а-я]{5}/.test(String(caption)), lang === 'ru');
      assert.deepEqual(await page.errors(), []);
      await page.goto('about:blank');
    }
  });
}

testInAll(
  'an error of the page, a call of console.error and a breach of the policy do not pass unseen',
  async (page) => {
    await page.open(`${ADDRESS}#depth=2&width=8`);
    await page.evaluate(() => {
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/';
      document.body.append(image);
      console.error('said');
      dispatchEvent(new ErrorEvent('error', { message: 'thrown' }));
      Promise.reject(new Error('rejected'));
    });
    for (const wanted of ['said', 'thrown', 'rejected', 'img-src']) {
      await page.waitFor((text) => /** @type {any} */ (window).watchedErrors.join().includes(text), wanted);
    }
    await page.goto('about:blank');
  },
);
