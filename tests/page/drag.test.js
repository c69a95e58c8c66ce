/*
 * Sliders dragged by a real pointer. The text beside a picture always belongs to that picture, nothing on the page moves,
 * and the last picture is that of the slider's last position. Speed is measured in tests/bench/.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, open, settled, withPage } from './browser.js';

/** Records the sheet after each of its changes, and how far the layout moved. */
function watch() {
  const sheet = /** @type {HTMLElement} */ (document.getElementById('sheet'));
  const seen = /** @type {any} */ (window);
  seen.pictures = [];
  seen.shifted = 0;
  const text = (/** @type {string} */ selector) => sheet.querySelector(selector)?.textContent ?? '';
  new MutationObserver(() => {
    const { request, depth, layersA, layersB } = sheet.dataset;
    seen.pictures.push({
      request,
      depth,
      layersA,
      layersB,
      title: text('#layer h2'),
      verdicts: [text('#verdictA'), text('#verdictB')],
    });
  }).observe(sheet, { attributes: true, attributeFilter: ['data-request'] });
  const count = (/** @type {PerformanceEntry[]} */ entries) => {
    for (const entry of entries) seen.shifted += /** @type {any} */ (entry).value;
  };
  const shifts = new PerformanceObserver((list) => count(list.getEntries()));
  shifts.observe({ type: 'layout-shift', buffered: false });
  seen.countShifts = () => count(shifts.takeRecords());
}

/** The records up to the last drawing on the screen. @param {import('playwright-core').Page} page */
const seen = (page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame); // the browser reports a shift after its frame
    const seen = /** @type {any} */ (window);
    seen.countShifts();
    return /** @type {{ pictures: any[], shifted: number }} */ ({ pictures: seen.pictures, shifted: seen.shifted });
  });

/**
 * Drags a slider from one share of its length to another. After each tenth move it waits until all is drawn. The other
 * moves come as fast as the browser takes them.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {number} from
 * @param {number} to
 * @param {number} moves
 */
async function drag(page, name, from, to, moves) {
  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await page.locator(`input[type=range][name=${name}]`).boundingBox()
  );
  const at = (/** @type {number} */ share) => box.x + 6 + share * (box.width - 12);
  const y = box.y + box.height / 2;
  await page.mouse.move(at(from), y);
  await page.mouse.down();
  for (let i = 1; i <= moves; i++) {
    await page.mouse.move(at(from + ((to - from) * i) / moves), y);
    if (i % 10 === 0) await settled(page);
  }
  await page.mouse.up();
}

test('while depth is dragged from 1 to 50 labels agree with data, and nothing moves', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=1');
    await page.evaluate(watch);
    await drag(page, 'depth', 0, 49 / 99, 60);
    assert.equal(await page.inputValue('#depth'), '50');
    await drawn(page, { depth: 50 });
    const { pictures, shifted } = await seen(page);
    for (const { depth, layersA, layersB, title, verdicts } of pictures) {
      assert.match(title, new RegExp(` of ${depth}$`));
      [layersA, layersB].forEach((layers, i) => {
        if (layers === depth) {
          assert.match(verdicts[i], new RegExp(`After ${depth} layers?`));
        } else {
          assert.match(verdicts[i], new RegExp(`${layers} of ${depth} layers`));
        }
      });
    }
    assert.equal(await page.textContent('#layer h2'), 'Layer 5 of 50');
    assert.ok(shifted < 0.001, `the layout moved by ${shifted}`);
    await page.waitForFunction(() => location.hash === '#depth=50');
  });
});

test('nothing moves on a phone either, while gain and width are dragged', async () => {
  await withPage({ width: 390, height: 844 }, async (page) => {
    await open(page, 'depth=10&width=64');
    await page.evaluate(watch);
    await drag(page, 'gainA', 0.5, 0.9, 15);
    await drag(page, 'width', 0.5, 0.1, 15);
    await drawn(page);
    const { shifted } = await seen(page);
    assert.ok(shifted < 0.001, `the layout moved by ${shifted}`);
  });
});
