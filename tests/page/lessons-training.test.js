/*
 * Lessons that train, in the browser: what training does is veiled until the reader has predicted; then it plays to the
 * lesson's step, and what is measured there agrees. All claims are measured in tests/js/lessons-training.test.js; here the
 * lessons whose training is short stand for the others.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { agrees, LESSONS } from '../../web/lessons/lessons.js';
import { LESSONS_TEXTS as ENGLISH } from '../../web/locales/en/lessons.js';
import { LESSONS_TEXTS as RUSSIAN } from '../../web/locales/ru/lessons.js';
import { ADDRESS, DIST, go, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const FILE = new URL('initscope.html', DIST).href;

/** Waits until both networks rest at a step. @param {Page} page @param {number} step */
const rested = (page, step) => page.waitForSelector(`#training[data-rest="${step}"]`);

/** Predicts and reveals. @param {Page} page @param {number | undefined} choice */
async function reveal(page, choice) {
  await page.check(`#lessons input[value="${choice}"]`);
  await page.click('#lessons .reveal');
}

/** The values that are measured. @param {Page} page */
const valuesOf = (page) =>
  page.$$eval('#lessons .measured', (cells) => cells.map((cell) => Number(/** @type {any} */ (cell).dataset.value)));

/** What training shows that can be seen. @param {Page} page */
const seen = (page) =>
  page.$$eval('.told p, #learning canvas, #learning details, #ratio canvas, #ratio details', (elements) =>
    elements
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map(({ id, className }) => id + className),
  );

for (const { address, lang, texts, id } of [
  { address: ADDRESS, lang: 'en', texts: ENGLISH, id: 'trains-zeros' },
  { address: FILE, lang: 'ru', texts: RUSSIAN, id: 'trains-pytorch' },
]) {
  const { checks, answer, ...lesson } = LESSONS.find((one) => one.id === id) ?? LESSONS[0];
  const steps = Number(lesson.steps);
  test(`${id} in ${lang}: predicted, then trained to step ${steps}, it agrees; its address opens it there again`, async () => {
    await withPage({}, async (page) => {
      await page.goto(`${address}#lesson=${id}&lang=${lang}`);
      await rested(page, 0);
      assert.equal(await page.textContent('#lesson-title'), texts[id].title);
      assert.deepEqual(await seen(page), []);
      await reveal(page, answer);
      await rested(page, steps);
      await page.waitForSelector('#lessons[data-measured="true"]');
      const values = await valuesOf(page);
      for (const [i, check] of checks.entries())
        assert.ok(agrees(check, values[i]), `${texts[id].checks[i]}: ${values[i]}`);
      const marks = await page.$$eval('#lessons .agreement', (cells) => cells.map((cell) => cell.textContent?.[0]));
      assert.deepEqual(new Set(marks), new Set(['✓']));
      assert.ok((await seen(page)).length > 3);
      assert.ok(await page.isHidden('#lessons .found button:last-child'), 'nothing to restore');
      await page.waitForFunction((step) => location.hash.includes(`step=${step}`), steps);
      const hash = await page.evaluate(() => location.hash);
      await page.goto('about:blank');
      await page.goto(address + hash);
      await rested(page, steps);
      assert.deepEqual(await seen(page), []);
      await reveal(page, answer);
      await page.waitForSelector('#lessons[data-measured="true"]');
      assert.deepEqual(await valuesOf(page), values);
    });
  });
}

test('the lesson on width veils the coordinate check until the reader has predicted; then it fills, and agrees', async () => {
  const { checks, answer } = LESSONS.find(({ id }) => id === 'trains-width') ?? LESSONS[0];
  await withPage({}, async (page) => {
    await page.goto(`${ADDRESS}#lesson=trains-width&lang=en`);
    await page.waitForSelector('#coordinates', { state: 'attached' });
    assert.ok(await page.isHidden('.coordinates .fill'));
    assert.ok(await page.isHidden('#coordinates canvas'));
    await reveal(page, answer);
    await page.waitForSelector('#lessons[data-measured="true"]');
    const values = await valuesOf(page);
    for (const [i, check] of checks.entries())
      assert.ok(agrees(check, values[i]), `${ENGLISH['trains-width'].checks[i]}: ${values[i]}`);
    assert.ok(await page.isVisible('#coordinates canvas'));
    assert.ok(await page.isHidden('#lessons .found button:last-child'), 'nothing to restore');
    await page.click('.open-coordinates'); // closed, it trains no further
    await page.waitForSelector('#coordinates', { state: 'hidden' });
  });
});

test('training before the prediction shows nothing, and another learning rate is told as a change, with a way back', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${ADDRESS}#lesson=trains-zeros&depth=2`);
    await rested(page, 0);
    await page.click('#training .first');
    await rested(page, 1);
    assert.deepEqual(await seen(page), []);
    await page.click('#training .play');
    await page.waitForFunction(() => Number(document.getElementById('training')?.dataset.step) > 20);
    await page.click('#training .play');
    await page.waitForFunction(() => Number(document.getElementById('training')?.dataset.rest) > 20);
    assert.deepEqual(await seen(page), []);
    assert.doesNotMatch(String(await page.textContent('#spoken')), /accuracy/);
    await go(page, 'lesson=trains-zeros');
    await rested(page, 0);
    await page.fill('#training-rate', '0.02');
    await page.press('#training-rate', 'Enter');
    await page.waitForFunction(() => location.hash.includes('rate=0.02'));
    await reveal(page, 0);
    await page.waitForFunction(() => document.querySelector('#lessons .state')?.textContent !== '');
    await page.click('#lessons .found button:last-child');
    await page.waitForFunction(() => location.hash === '#lesson=trains-zeros');
    await page.waitForFunction(() => document.querySelector('#lessons .state')?.textContent === '');
  });
});
