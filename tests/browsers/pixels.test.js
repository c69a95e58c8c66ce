/*
 * What the page reads from a canvas: the picture of a chart, and the reader's own image. A browser that falsifies pixels
 * (privacy.resistFingerprinting in Firefox) gets a sentence, and no file.
 */
import assert from 'node:assert/strict';
import { ADDRESS, testInAll } from './page.js';

/** Has the page keep the files that it saves, as it would hand them to the browser. It runs in the page. */
function keepFiles() {
  const page = /** @type {any} */ (window);
  page.files = [];
  URL.createObjectURL = (/** @type {any} */ blob) => `data:,${page.files.push(blob)}`;
  HTMLAnchorElement.prototype.click = () => {};
}

/** Chooses a BMP of 8 x 8 pixels in 8 grey levels as the reader's own image. It runs in the page. */
function chooseImage() {
  const header = 'Qk12BAAAAAAAADYEAAAoAAAACAAAAAgAAAABAAgAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAA';
  const bytes = new Uint8Array(1078 + 64); // made by hand: a canvas would be falsified;
  bytes.set(Uint8Array.from(atob(header), (letter) => letter.charCodeAt(0)));
  for (let i = 0; i < 256; i++) bytes.set([i, i, i, 0], 54 + 4 * i);
  for (let i = 0; i < 64; i++) bytes[1078 + i] = 32 * (i % 8);
  const files = new DataTransfer();
  files.items.add(new File([bytes], 'mine.bmp', { type: 'image/bmp' }));
  const field = /** @type {HTMLInputElement} */ (document.getElementById('picture'));
  field.files = files.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Saves the first chart as a picture, by the menu of its figure. @param {import('./page.js').Page} page */
async function savePicture(page) {
  await page.click('#rms .save');
  await page.waitFor(() => {
    const items = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[role=menuitem]'));
    const item = [...items].find(({ textContent }) => textContent?.includes('PNG'));
    item?.click();
    return item !== undefined;
  });
}

/** What the page says. @param {string} id */
const textOf = (id) => document.getElementById(id)?.textContent;

const IMAGES = 'kind=conv&channels=4&depth=2&batch=2&input=bricks&size=8';

testInAll('a chart is saved as a PNG, and an own image is read', async (page) => {
  await page.open(`${ADDRESS}#${IMAGES}`);
  await page.evaluate(keepFiles);
  await savePicture(page);
  await page.waitFor((id) => document.getElementById(id)?.textContent?.includes('initscope-rms.png'), 'note');
  const types = await page.evaluate(() =>
    /** @type {any} */ (window).files.map((/** @type {Blob} */ { type }) => type),
  );
  assert.deepEqual(types, ['image/png']);
  await page.evaluate(chooseImage);
  await page.waitFor((id) => document.getElementById(id)?.textContent?.includes('mine.bmp'), 'picture-note');
  await page.waitFor(() => location.hash.includes('input=own'));
  await page.drawn({ depth: 2 });
});

for (const [lang, word] of [
  ['en', /to prevent tracking, this browser changes/],
  ['ru', /подменяет то, что страница читает/],
]) {
  testInAll(
    `where pixels are falsified, a picture and an own image are refused with a sentence (${lang})`,
    async (page) => {
      await page.open(`${ADDRESS}#${IMAGES}&lang=${lang}`);
      await page.evaluate(keepFiles);
      await savePicture(page);
      await page.waitFor((id) => document.getElementById(id)?.textContent, 'note');
      assert.match(String(await page.evaluate(textOf, 'note')), /** @type {RegExp} */ (word));
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).files.length), 0);
      await page.evaluate(chooseImage);
      await page.waitFor((id) => document.getElementById(id)?.textContent?.includes('mine.bmp'), 'picture-note');
      assert.match(String(await page.evaluate(textOf, 'picture-note')), /** @type {RegExp} */ (word));
      assert.match(await page.evaluate(() => location.hash), /input=bricks/);
    },
    { falsifiesPixels: true, engines: ['firefox'] },
  );
}
