/*
 * A reply draws the charts that have something new to show, and leaves the others: after any change each chart and each
 * sentence is what drawing all of the sheet again would give.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, withPage } from './browser.js';

/** One after the other, by the address, as a reader's hand or a link would. */
const STATES = [
  'depth=12',
  'depth=13',
  'depth=13&a=orthogonal',
  'depth=13&a=orthogonal&tensor=deltas',
  'depth=13&a=orthogonal&tensor=deltas&layer=5',
  'depth=9&a=orthogonal&tensor=deltas&layer=5',
  'depth=9&a=orthogonal&layer=5&activation=tanh',
  'depth=9&a=orthogonal&layer=5&activation=tanh&loss=cross-entropy',
  'depth=9&layer=5&tensor=weights&gainA=1.5',
  'depth=9&width=1200&a=orthogonal', // A is refused
  'depth=9&width=1200',
  'depth=9&b=zeros',
  'depth=9&b=zeros&lang=ru&theme=dark',
  'depth=9&tuneA=lsuv',
  'kind=conv&depth=4&tensor=weightGradients',
  'kind=conv&depth=5&size=16&input=wood',
  '',
];

/** What the sheet shows: each canvas, and all that is written. */
function shown() {
  const sheet = /** @type {HTMLElement} */ (document.getElementById('sheet'));
  const canvases = [...sheet.querySelectorAll('canvas')].map((canvas, i) => [
    `${canvas.closest('[id]')?.id} ${i}`,
    `${canvas.toDataURL()} ${canvas.ariaLabel}`,
  ]);
  return Object.fromEntries([...canvases, ['text', sheet.innerText]]);
}

/** Until nothing has been drawn for so many frames. @param {import('playwright-core').Page} page */
const settled = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let quiet = 0;
        const observer = new MutationObserver(() => {
          quiet = 0;
        });
        const sheet = /** @type {HTMLElement} */ (document.getElementById('sheet'));
        observer.observe(sheet, { subtree: true, attributes: true, childList: true, characterData: true });
        const frame = () => {
          const { coarse } = sheet.dataset;
          if (quiet++ < 40 || coarse === 'true') return requestAnimationFrame(frame);
          observer.disconnect();
          return resolve(undefined);
        };
        requestAnimationFrame(frame);
      }),
  );

test('nothing that is left undrawn is out of date', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=20');
    for (const state of STATES) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, state);
      await settled(page);
      const before = await page.evaluate(shown);
      await page.evaluate(() => dispatchEvent(new Event('resize')));
      await settled(page);
      const after = await page.evaluate(shown);
      for (const [part, as] of Object.entries(after)) assert.ok(before[part] === as, `${part}, after ${state}`);
    }
  });
});
