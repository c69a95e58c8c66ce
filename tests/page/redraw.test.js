/*
 * A reply draws only the charts that have something new to show. After any change, each chart and sentence is what a full
 * redraw would give. While a slider moves, charts out of view wait until they come into view. Of the others, only the
 * histograms of each layer are drawn until more than the first layers are there.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, redraw, show, withPage } from './browser.js';

/** States to open one after another by their address. */
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
  'depth=9&width=2400&a=orthogonal', // A is refused
  'depth=9&width=1200',
  'depth=9&b=zeros',
  'depth=9&b=zeros&lang=ru&theme=dark',
  'depth=9&tuneA=lsuv',
  'kind=conv&depth=4&tensor=weightGradients',
  'kind=conv&depth=5&size=16&input=wood',
  '',
];

/** What the sheet shows: each canvas and all text. */
function shown() {
  const sheet = /** @type {HTMLElement} */ (document.getElementById('sheet'));
  const canvases = [...sheet.querySelectorAll('canvas')].map((canvas, i) => [
    `${canvas.closest('[id]')?.id} ${i}`,
    `${canvas.toDataURL()} ${canvas.ariaLabel}`,
  ]);
  return Object.fromEntries([...canvases, ['text', sheet.innerText]]);
}

/** Waits until charts fit their boxes. The chart of rms by depth is as high as the verdicts beside it. When they grow, Chart.js
 * is told at the end of a frame, and draws in the next one. @param {import('playwright-core').Page} page */
const fitted = (page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });

test('nothing that is left undrawn is out of date', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=20');
    for (const state of STATES) {
      await show(page, state);
      await fitted(page);
      const before = await page.evaluate(shown);
      await redraw(page);
      await fitted(page);
      const after = await page.evaluate(shown);
      for (const [part, as] of Object.entries(after)) assert.ok(before[part] === as, `${part}, after ${state}`);
    }
  });
});

/** Waits until the page knows what is in view. The browser calls observers in order, so a new one is called after it.
 * @param {import('playwright-core').Page} page */
const viewTold = (page) =>
  page.evaluate(
    () => new Promise((resolve) => new IntersectionObserver(() => resolve(undefined)).observe(document.body)),
  );

/** Of the whole batch nothing is run after its first inputs. @param {import('playwright-core').Page} page */
const neverRefine = (page) =>
  page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = /** @type {any} */ (
      /** @this {Worker} @param {any} message */
      function (message) {
        if (!message.refines) postMessage.call(this, message);
      }
    );
  });

/** Moves the slider of depth two steps at once. @param {import('playwright-core').Page} page */
const move = (page) =>
  page.evaluate(() => {
    const slider = /** @type {HTMLInputElement} */ (document.querySelector('input[type=range][name=depth]'));
    for (let i = 0; i < 2; i++) {
      slider.value = String(Number(slider.value) + 1);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });

test('what is out of view is left while a slider moves, and drawn when it comes into view', async () => {
  await withPage({ before: neverRefine }, async (page) => {
    await open(page, 'depth=20');
    await viewTold(page);
    const before = await page.evaluate(shown);
    await move(page);
    await page.waitForFunction(() => document.getElementById('sheet')?.dataset.coarse === 'true');
    const moved = await page.evaluate(shown);
    const changed = (/** @type {Record<string, string>} */ after) =>
      ['ridgeA', 'rms', 'weights', 'detail'].filter((id) =>
        Object.keys(before).some((part) => part.startsWith(`${id} `) && before[part] !== after[part]),
      );
    assert.deepEqual(changed(moved), ['ridgeA', 'rms']);
    await page.evaluate(() => document.getElementById('detail')?.scrollIntoView());
    await page.waitForFunction(
      (was) => {
        const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('#detail canvas'));
        return !was.startsWith(canvas.toDataURL());
      },
      String(Object.entries(before).find(([part]) => part.startsWith('detail '))?.[1]),
    );
  });
});

/**
 * Once `window.holding`, nothing of a job arrives after its first message that has layers.
 * @param {import('playwright-core').Page} page
 */
const hold = (page) =>
  page.addInitScript(() => {
    const seen = /** @type {any} */ (window);
    const Native = window.Worker;
    window.Worker = /** @type {any} */ (
      function start(/** @type {string} */ address) {
        const worker = new Native(address);
        let heard = 0;
        worker.addEventListener('message', (event) => {
          const { id, layers } = event.data;
          if (seen.holding && layers && heard === id) event.stopImmediatePropagation();
          if (layers?.length > 0) heard = id; // a slow worker first sends its share of a layer
        });
        return worker;
      }
    );
  });

test('once the first layers are there their ridges are drawn over those of the run before, and all else stays a moment', async () => {
  await withPage({ before: hold }, async (page) => {
    await open(page, 'depth=20&width=700&batch=256');
    await viewTold(page);
    const before = await page.evaluate(shown);
    await page.evaluate(() => {
      Object.assign(window, { holding: true });
      const sheet = /** @type {HTMLElement} */ (document.getElementById('sheet'));
      const request = sheet.dataset.request;
      const canvas = /** @type {HTMLCanvasElement} */ (sheet.querySelector('#ridgeA canvas'));
      /** The total opacity of the last layers' histograms, and of the chart of rms. */
      const seen = () => {
        const { width, height } = canvas;
        const { data } = /** @type {any} */ (canvas.getContext('2d')).getImageData(60, height - 60, width - 200, 30);
        let opacity = 0;
        for (let i = 3; i < data.length; i += 4) opacity += data[i];
        return { opacity, rms: /** @type {any} */ (sheet.querySelector('#rms canvas')).toDataURL() };
      };
      Object.assign(window, { first: null, again: null, full: seen() });
      new MutationObserver(() => {
        const { first } = /** @type {any} */ (window);
        if (first || sheet.dataset.request !== request) return;
        Object.assign(window, { first: seen() });
        dispatchEvent(new Event('resize')); // draws everything again
        new MutationObserver(() => Object.assign(window, { again: seen() })).observe(sheet, {
          attributes: true,
          attributeFilter: ['data-request'],
        });
      }).observe(sheet, { attributes: true, attributeFilter: ['data-ridges-width'] });
      const select = /** @type {HTMLSelectElement} */ (document.getElementById('activation'));
      select.value = 'tanh';
      select.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.waitForFunction(() => /** @type {any} */ (window).again);
    const { first, again, full } = await page.evaluate(() => {
      const { first, again, full } = /** @type {any} */ (window);
      return { first, again, full };
    });
    const [rms] = Object.entries(before)
      .filter(([part]) => part.startsWith('rms '))
      .map(([, value]) => value);
    assert.ok(rms.startsWith(first.rms), 'the chart of rms is as it was');
    const share = first.opacity / full.opacity;
    assert.ok(share > 0.1 && share < 0.7, `the last layers are ${share} of what they were`);
    assert.ok(again.opacity < first.opacity / 2, 'a drawing of all has nothing of the run before');
    const after = await page.evaluate(shown);
    assert.match(after.text, / of 20 layers/);
  });
});
