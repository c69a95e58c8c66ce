/*
 * Every term explains itself where it stands: to a pointer that rests on it, to the keyboard that comes to it, to a tap.
 * Escape closes the explanation, and a list of all terms can be read. The words are in tests/js/glossary.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, open, openFolds, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** What the explanation says; '' where none is shown. @param {Page} page */
const said = (page) => page.evaluate(() => document.querySelector('#tip:not([hidden])')?.textContent ?? '');

/** @param {Page} page @param {RegExp} text */
const explained = (page, text) =>
  page.waitForFunction(
    ({ source }) => new RegExp(source).test(document.querySelector('#tip:not([hidden])')?.textContent ?? ''),
    { source: text.source },
  );

/** @param {Page} page */
const silent = (page) => page.waitForFunction(() => !document.querySelector('#tip:not([hidden])'));

test('a pointer that rests on a term has it explained, can move onto the explanation, and leaves it', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&lang=en');
    assert.equal(await page.locator('#tip').count(), 0);
    await page.hover('[data-term=batch]');
    await explained(page, /^batchThe inputs that go through the network together/);
    await page.hover('#tip');
    await page.hover('[data-term=seed]');
    await explained(page, /^seed/);
    await page.keyboard.press('Escape');
    await silent(page);
    await page.hover('#rms .term');
    await explained(page, /^rmsRoot mean square/);
    await page.hover('#verdictB .word');
    await silent(page);
  });
});

test('the keyboard has every term explained that it comes to, and Escape closes only the explanation', async () => {
  await withPage({}, async (page) => {
    await open(page, 'kind=conv&depth=2&batch=2&size=8&channels=4&a=sparse&lang=en');
    await openFolds(page);
    const total = await page.$$eval(
      'a[href], button, input:not([type=radio]), :checked[type=radio], select, summary, [tabindex="0"]',
      (stops) => stops.filter((stop) => stop.getClientRects().length > 0).length,
    );
    const met = new Set();
    for (let i = 0; i < total; i++) {
      await page.keyboard.press('Tab');
      const text = await page.evaluate(async () => {
        const focused = /** @type {HTMLInputElement} */ (document.activeElement);
        const term = focused.closest('[data-term]') ?? focused.labels?.[0]?.querySelector('[data-term]');
        if (!term) return '';
        const tip = () => document.getElementById(focused.getAttribute('aria-describedby') ?? '');
        while (!tip()) await new Promise((resolve) => requestAnimationFrame(resolve)); // the part may still load
        const { left, right, top, bottom } = /** @type {Element} */ (tip()).getBoundingClientRect();
        if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return 'out of the window';
        return String(tip()?.querySelector('b')?.textContent);
      });
      assert.notEqual(text, 'out of the window');
      met.add(text);
    }
    for (const name of [
      'depth',
      'gain',
      'rms',
      'fan-in',
      'dead unit',
      'q*',
      'χ (chi)',
      'ξ (xi)',
      'padding',
      'theory’s band',
    ])
      assert.ok(met.has(name), `${name}: ${[...met]}`);
    await page.click('#lessons-open');
    await page.waitForSelector('#lessons a');
    await page.focus('#rms .term');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await explained(page, /^rms/);
    await page.keyboard.press('Escape');
    await silent(page);
    assert.ok(await page.isVisible('#lessons'));
    assert.equal(await page.getAttribute('#rms .term', 'aria-describedby'), null);
  });
});

test('a tap on the name of a field explains it and leaves the field alone; a tap elsewhere closes it', async () => {
  await withPage({ width: 390, height: 844 }, async (page) => {
    await open(page, 'depth=2&width=16&lang=ru');
    const tap = (/** @type {string} */ selector) =>
      page.evaluate((name) => {
        const element = /** @type {HTMLElement} */ (document.querySelector(name));
        element.scrollIntoView({ block: 'center' });
        const options = { bubbles: true, cancelable: true, pointerType: 'touch' };
        element.dispatchEvent(new PointerEvent('pointerdown', options));
        return element.dispatchEvent(new PointerEvent('click', options));
      }, selector);
    assert.equal(await tap('[data-term=width]'), false, 'the field does not take the focus');
    await explained(page, /^ширинаЧисло нейронов/);
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'body');
    await tap('#verdictA');
    await silent(page);
    assert.equal(await tap('#legend [data-term=band]'), false, 'the name of a line explains it, and switches nothing');
    await explained(page, /^полоса теории/);
    assert.equal(await page.isChecked('#legend [data-line=bands]'), false);
    assert.equal(await tap('#legend label:has([data-line=bands]) svg'), true, 'the mark beside it switches');
    assert.ok(await page.isChecked('#legend [data-line=bands]'));
  });
});

test('the glossary lists every term in the language, opens from the head and the foot, and gives the focus back', async () => {
  await withPage({}, async (page) => {
    for (const [lang, title, first] of [
      ['en', 'Glossary', 'dense layer'],
      ['ru', 'Словарь', 'полносвязный слой'],
    ]) {
      await open(page, `depth=2&width=16&lang=${lang}`);
      for (const opener of ['.head .glossary', '.foot .glossary']) {
        await page.focus(opener);
        await page.keyboard.press('Enter');
        await page.waitForSelector('#glossary-dialog[open]');
        assert.equal(await page.textContent('#glossary-dialog h2'), title);
        assert.equal(await page.textContent('#glossary-dialog dt'), first);
        const terms = await page.$$eval('[data-term]', (elements) =>
          elements.map((element) => /** @type {HTMLElement} */ (element).dataset.term),
        );
        assert.ok((await page.locator('#glossary-dialog dt').count()) >= new Set(terms).size);
        await page.keyboard.press('Escape');
        await page.waitForSelector('#glossary-dialog', { state: 'detached' });
        assert.ok(await page.evaluate((name) => document.activeElement?.matches(name), opener));
      }
    }
  });
});

test('where the glossary cannot be loaded the page says so, goes on, and tries again', async () => {
  await withPage({ expected: /./ }, async (page) => {
    await page.route('**/glossary.js', (route) => route.abort());
    await page.goto(`${ADDRESS}#depth=2&width=16&lang=en`);
    await page.hover('[data-term=batch]');
    await page.click('.foot .glossary');
    await page.waitForFunction(() =>
      document.getElementById('note')?.textContent?.startsWith('The glossary could not be loaded'),
    );
    assert.equal(await said(page), '');
    await page.unroute('**/glossary.js');
    await page.click('.foot .glossary');
    await page.waitForSelector('#glossary-dialog[open]');
  });
});

test('no explanation is in a title, which no keyboard reaches', async () => {
  await withPage({}, async (page) => {
    await open(page, 'kind=conv&depth=2&batch=2&size=8&channels=4');
    assert.equal(await page.locator('[title]').count(), 0);
  });
});
