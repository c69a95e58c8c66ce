/*
 * The page when something is missing or fails from the start: workers, SIMD, an address, memory, a chart. What fails later
 * is in survival.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, DIST, drawn, open, settled, show, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {'A' | 'B'} letter */
const verdict = (page, letter) => page.textContent(`#verdict${letter} p`);

test('a drawing that throws does not stop the next', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&width=16');
    await page.evaluate(() => {
      addEventListener(
        'error',
        (event) => {
          event.preventDefault();
          document.body.dataset.threw = 'once';
        },
        { once: true },
      );
      const { fill } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fill = () => {
        CanvasRenderingContext2D.prototype.fill = fill;
        throw new Error('once');
      };
    });
    await page.fill('#depth', '5');
    await page.waitForSelector('body[data-threw]');
    await page.fill('#depth', '6');
    await drawn(page, { depth: 6 });
  });
});

test('what is refused is said to be so, beside a network that is not, and without invented axes', async () => {
  await withPage({}, async (page) => {
    await show(page, 'width=4096&depth=2&batch=2&a=orthogonal');
    assert.match(String(await verdict(page, 'A')), /^Not computed An orthogonal matrix has at most 2048 rows/);
    assert.equal(await page.textContent('#ridgeA figcaption'), 'Not computed.');
    assert.match(String(await page.textContent('#ridgeB figcaption')), /^Layer 2: /);
    await page.selectOption('#b', 'orthogonal');
    await settled(page);
    assert.equal(await page.textContent('#detail figcaption'), 'Not computed.');
    const blank = () =>
      page.evaluate(() =>
        ['rms', 'weights', 'detail', 'ridgeB'].map((id) => {
          const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(`#${id} canvas`));
          const { data } = /** @type {any} */ (canvas.getContext('2d')).getImageData(0, 0, 30, canvas.height);
          return data.every((/** @type {number} */ value) => value === 0);
        }),
      );
    assert.deepEqual(await blank(), [true, true, true, true]);
    await page.selectOption('#b', 'he-normal');
    await settled(page);
    assert.deepEqual(await blank(), [false, false, false, false]);
  });
});

test('without workers the page runs the networks itself', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      window.Worker = /** @type {any} */ (
        class {
          constructor() {
            throw new DOMException('no workers here', 'SecurityError');
          }
        }
      );
    });
  await withPage({ before }, async (page) => {
    await open(page);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.engine), 'page');
    await page.fill('#depth', '3');
    await drawn(page, { depth: 3 });
  });
});

test('a browser without SIMD gets a sentence', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      WebAssembly.compileStreaming = () => Promise.reject(new WebAssembly.CompileError('invalid opcode 0xfd'));
    });
  await withPage({ before }, async (page) => {
    await page.goto(ADDRESS);
    await page.waitForFunction(() => document.getElementById('failure')?.textContent);
    assert.match(String(await page.textContent('#failure')), /needs WebAssembly with SIMD/);
  });
});

test('the folder opens from file://', async () => {
  await withPage({}, async (page) => {
    await page.goto(new URL('index.html#depth=3', DIST).href);
    await drawn(page, { depth: 3 });
  });
});
