/*
 * The frame that the page hands out, word for word, in another page: over http and from disk, from the folder and from the
 * single file. Its sandbox gives it no origin, so that 'self' in a policy would mean nothing there.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { ADDRESS, FOLDER, testInAll } from './page.js';

/** The HTML that the share dialog offers, with the control of depth. @param {import('./page.js').Page} page */
async function takeFrame(page) {
  await page.click('#share');
  await page.waitFor(() => document.querySelector('#share-dialog[open]') !== null);
  await page.click('#share-dialog [value=depth]');
  const wanted = () => {
    const { value } = /** @type {HTMLTextAreaElement} */ (document.getElementById('share-frame'));
    return value.includes('show=depth') ? value : '';
  };
  return page.waitFor(wanted);
}

const inFrame = { frame: true };

for (const [name, start, around] of [
  ['the folder over http', ADDRESS, ADDRESS],
  ['the folder from disk', `${FOLDER}index.html`, FOLDER],
  ['the single file over http', `${ADDRESS}initscope.html`, ADDRESS],
  ['the single file from disk', `${FOLDER}initscope.html`, FOLDER],
  ['the folder over http, for a page from disk', ADDRESS, FOLDER],
]) {
  testInAll(`the frame that ${name} hands out runs in another page`, async (page) => {
    await page.open(`${start}#depth=3&width=16&seed=5`);
    const html = await takeFrame(page);
    assert.match(html, /^<iframe .*sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"><\/iframe>$/);
    await writeFile(
      new URL('around.html', FOLDER),
      `<!doctype html><link rel="icon" href="data:,"><p>A lecture</p>${html}`,
    );
    await page.goto(`${around}around.html`);
    await page.drawn({ depth: 3, width: 16 }, inFrame);
    await page.evaluate(
      () => {
        const depth = /** @type {HTMLInputElement} */ (document.getElementById('depth'));
        depth.value = '4';
        depth.dispatchEvent(new Event('input', { bubbles: true }));
      },
      undefined,
      inFrame,
    );
    await page.drawn({ depth: 4 }, inFrame);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.embed, undefined, inFrame), '1');
    assert.deepEqual(await page.errors(inFrame), []);
  });
}
