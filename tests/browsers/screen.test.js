/*
 * What the browser does to the page's picture by itself: it keeps the page while the reader is elsewhere, and moves it to a
 * screen of another density.
 */
import assert from 'node:assert/strict';
import { ADDRESS, testInAll } from './page.js';

/** Every control, as the reader sees it. It runs in the page. */
const controlsShown = () =>
  Object.fromEntries(
    [...document.querySelectorAll('input, select')].map((/** @type {any} */ control, i) => [
      `${i} ${control.name || control.dataset.line || control.id}`,
      /radio|checkbox/.test(control.type) ? control.checked : control.value,
    ]),
  );

/** Whether the charts of the first view have been drawn on. It runs in the page. */
const chartsDrawn = () =>
  ['#rms', '#ridgeA', '#ridgeB'].every((id) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(`${id} canvas`));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    return context.getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
  });

const FAVICON = /favicon\.ico/; // Firefox asks for it when the reader comes back, though the page names another

testInAll(
  'who leaves and comes back finds the controls and charts as they were',
  async (page) => {
    await page.open(`${ADDRESS}#depth=7&width=32&gainA=1.5&activation=tanh&biasB=zeros`);
    await page.drawn({ depth: 7 });
    const before = await page.evaluate(controlsShown);
    const settings = await page.evaluate(() => [
      /** @type {any} */ (document.getElementById('depth')).value,
      /** @type {any} */ (document.getElementById('activation')).value,
    ]);
    assert.deepEqual(settings, ['7', 'tanh']);
    await page.goto(`${ADDRESS}elsewhere.html`);
    await page.back();
    await page.drawn({ depth: 7 });
    for (let i = 0; i < 2; i++) await page.nextFrame(); // by then WebKit has reset the form
    await page.waitFor(() => /** @type {any} */ (document.getElementById('activation')).value === 'tanh');
    assert.deepEqual(await page.evaluate(controlsShown), before);
    assert.ok(await page.evaluate(chartsDrawn));
  },
  { expected: FAVICON },
);

/** Whether every chart that is shown has so many dots to a CSS pixel. It runs in the page. @param {number} wanted */
function areAsFineAs(wanted) {
  const charts = [...document.querySelectorAll('.plot canvas')].filter((canvas) => canvas.clientWidth > 0);
  const dots = charts.map((canvas) => /** @type {HTMLCanvasElement} */ (canvas).width / canvas.clientWidth);
  return dots.length >= 3 && dots.every((found) => Math.abs(found - wanted) < 0.02);
}

testInAll(
  'on a screen of another density every chart is drawn as fine as the screen',
  async (page) => {
    await page.open(`${ADDRESS}#depth=3&width=16`);
    for (const ratio of [2, 1, 1.5]) {
      await page.setDensity?.(ratio);
      await page.waitFor(areAsFineAs, ratio);
      assert.equal(await page.evaluate(() => devicePixelRatio), ratio);
    }
  },
  { engines: ['chromium', 'firefox'] }, // WebKitGTK takes the density of its only screen
);
