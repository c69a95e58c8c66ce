/*
 * The legend of the chart of rms by depth in a browser: its switches by mouse and by keyboard, in the address, on the
 * chart, in its picture, on paper and in a frame. Which lines a state shows is in tests/js/lines.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, open, settled, show, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** The lines that are switched on. @param {Page} page */
const shown = (page) =>
  page.$$eval('#legend input:checked', (inputs) =>
    inputs.map((input) => /** @type {HTMLElement} */ (input).dataset.line).join(' '),
  );

/** How many pixels of a chart are not of its ground. @param {Page} page */
const ink = (page) =>
  page.$eval('#rms canvas', (element) => {
    const canvas = /** @type {HTMLCanvasElement} */ (element);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) count += Number(data[i] > 128);
    return count;
  });

/** The head of the table below the chart. @param {Page} page */
async function columns(page) {
  await page.$eval('#rms details', (fold) => fold.setAttribute('open', ''));
  await page.waitForSelector('#rms thead th');
  return page.$$eval('#rms thead th', (cells) => cells.map(({ textContent }) => textContent));
}

test('the page opens with the signal and theory, and a switch a family adds the rest, in the address too', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=6&width=32');
    assert.equal(await shown(page), 'activations theory');
    assert.deepEqual(await columns(page), ['layer', 'A', 'A, theory', 'B', 'B, theory']);
    assert.equal(await page.textContent('#rms figcaption'), 'Layer 0 is the input. Thin lines: theory.');
    const before = await ink(page);
    await page.click('#legend label:has-text("theory’s band")');
    await page.waitForFunction(() => location.hash === '#depth=6&width=32&lines=activations,theory,bands');
    await settled(page);
    assert.ok((await ink(page)) > before);
    assert.match(
      String(await page.textContent('#rms figcaption')),
      /95% of networks .* shaded for activations\. Where none is drawn, theory has none\.$/,
    );
    await page.focus('#legend [data-line=deltas]');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => location.hash.endsWith('lines=activations,deltas,theory,bands'));
    await settled(page);
    assert.ok((await columns(page)).includes('A dL/dz, theory'));
    for (const line of ['deltas', 'bands']) await page.uncheck(`#legend [data-line=${line}]`);
    await page.waitForFunction(() => location.hash === '#depth=6&width=32');
    await drawn(page);
    assert.equal(await ink(page), before);
  });
});

test('the legend follows the address, the histograms and the lesson', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&width=32&lines=weightGradients');
    assert.equal(await shown(page), 'weightGradients');
    await show(page, 'depth=4&width=32');
    assert.equal(await shown(page), 'activations theory');
    await page.check('[name=tensor][value=deltas]', { force: true });
    await drawn(page, { tensor: 'deltas' });
    assert.equal(await shown(page), 'activations deltas theory');
    await show(page, 'lesson=typical');
    assert.equal(await shown(page), 'activations theory bands');
    await show(page, 'embed=1&depth=4&width=32&lines=activations,deltas');
    assert.equal(await shown(page), 'activations deltas');
  });
});

test('the axis has room for what is drawn, and no more', async () => {
  await withPage({}, async (page) => {
    /** The numbers on the axis, as Chart.js draws them. */
    const before = () =>
      page.evaluate(() => {
        const seen = /** @type {any} */ (window);
        seen.texts = new Set();
        const write = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = /** @this {any} @param {any[]} rest */ function (...rest) {
          if (this.canvas.closest('#rms')) seen.texts.add(rest[0]);
          write.apply(this, /** @type {any} */ (rest));
        };
      });
    await open(page, 'lines=weightGradients');
    await before();
    const ticks = () => page.evaluate(() => [.../** @type {any} */ (window).texts].join(' '));
    await page.check('#legend [data-line=activations]');
    await settled(page);
    assert.match(await ticks(), /10⁻³/);
    await page.uncheck('#legend [data-line=activations]');
    await settled(page);
    await page.evaluate(() => /** @type {any} */ (window).texts.clear());
    await page.check('#legend [data-line=theory]');
    await settled(page);
    assert.doesNotMatch(await ticks(), /10⁻³/);
  });
});

test('on paper and in a picture the legend names what is drawn, without switches', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=3&width=16');
    const legend = () =>
      page.$$eval('#legend label, #legend input', (elements) =>
        elements.filter((element) => element.getClientRects().length > 0).map(({ textContent }) => textContent),
      );
    assert.equal((await legend()).length, 10);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.deepEqual(await legend(), ['activations a', 'theory']);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.$eval('#rms', (figure) => figure.classList.add('saving'));
    assert.deepEqual(await legend(), ['activations a', 'theory']);
  });
});

test('a finger has 44 pixels for each switch', async () => {
  const before = async (/** @type {Page} */ page) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
    await session.send('Emulation.setEmitTouchEventsForMouse', { enabled: true, configuration: 'mobile' });
  };
  await withPage({ width: 390, height: 844, before }, async (page) => {
    await open(page, 'depth=2&width=16');
    assert.ok(await page.evaluate(() => matchMedia('(pointer: coarse)').matches));
    const heights = await page.$$eval('#legend label', (labels) =>
      labels.map((label) => label.getBoundingClientRect().height),
    );
    assert.ok(
      heights.every((height) => height >= 44),
      `${heights}`,
    );
  });
});
