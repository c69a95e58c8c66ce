/*
 * Every term explains itself where it stands: to a pointer that rests on it, to the keyboard that comes to it, to a finger.
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

/** The middle of an element, scrolled to the middle of the window. @param {Page} page @param {string} selector */
const middleOf = (page, selector) =>
  page.$eval(selector, (element) => {
    element.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });

/** Taps the middle of an element with one finger. @param {Page} page @param {string} selector */
async function tap(page, selector) {
  const { x, y } = await middleOf(page, selector);
  await page.touchscreen.tap(x, y);
}

/** Holds one finger on an element until it is explained. @param {Page} page @param {string} selector @param {RegExp} text */
async function hold(page, selector, text) {
  const finger = await page.context().newCDPSession(page);
  await finger.send('Input.dispatchTouchEvent', {
    type: 'touchStart',
    touchPoints: [await middleOf(page, selector)],
  });
  await explained(page, text);
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

test('a tap on the name of a field explains it and leaves the field alone; a tap elsewhere closes it', async () => {
  await withPage({ width: 390, height: 844, touch: true }, async (page) => {
    await open(page, 'depth=2&width=16&lang=ru');
    await tap(page, '[data-term=width]');
    await explained(page, /^ширинаЧисло нейронов/);
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'body');
    await tap(page, '#verdictA .word');
    await silent(page);
    await tap(page, '#rms .term');
    await explained(page, /^СКЗ/);
  });
});

test('a tap in the middle of a term chooses, where the term names a choice', async () => {
  await withPage({ width: 390, height: 844, touch: true }, async (page) => {
    await open(page, 'depth=2&width=16&batch=4&lang=en');
    const wayAndBack = ['convolution', 'stack', 'convolution', 'dense', 'stack', 'dense'];
    for (const term of wayAndBack) {
      await tap(page, `.kind [data-term=${term}]`);
      await page.waitForSelector(`.kind :checked + [data-term=${term}]`);
      assert.equal(await said(page), '');
    }
    const bands = () => page.isChecked('#legend [data-line=bands]');
    const before = await bands();
    await tap(page, '#legend [data-term=band]');
    assert.equal(await bands(), !before);
    assert.equal(await said(page), '');
    await tap(page, '.view [data-term=gradient]');
    assert.ok(await page.isChecked('[name=tensor][value=deltas]'));
  });
});

test('a finger held on the name of a choice has it explained, and chooses nothing', async () => {
  await withPage({ width: 390, height: 844, touch: true }, async (page) => {
    await open(page, 'depth=2&width=16&lang=en');
    await hold(page, '.kind [data-term=convolution]', /^convolution/);
    assert.ok(await page.isChecked('[name=kind][value=dense]'));
    const before = await page.isChecked('#legend [data-line=bands]');
    await hold(page, '#legend [data-term=band]', /^theory’s band/);
    assert.equal(await page.isChecked('#legend [data-line=bands]'), before);
    await tap(page, '#legend [data-term=band]');
    await silent(page);
    assert.equal(await page.isChecked('#legend [data-line=bands]'), !before);
  });
});

test('pointer and keyboard that both wait for the glossary get one explanation, and Escape or a press ends it', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&batch=4&lang=en');
    await page.route('**/glossary.js', async (route) => {
      await page.focus('#batch');
      await route.continue();
    });
    await page.hover('[data-term=batch]');
    await explained(page, /^batch/);
    await page.keyboard.press('Escape');
    await page.hover('[data-term=seed]');
    await explained(page, /^seed/);
    assert.equal(await page.locator('#tip').count(), 1);
    await page.click('[data-term=seed]');
    await silent(page);
  });
});

test('an explanation goes when its field is typed into, and does not come back over what is wrong with the field', async () => {
  await withPage({}, async (page) => {
    await open(page, 'stack=16-8-4&batch=4&lang=en');
    await page.focus('#stack-line');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await explained(page, /^own layers/);
    await page.keyboard.press('End');
    await page.keyboard.type('-?');
    await silent(page);
    await page.waitForSelector('#stack-line[aria-invalid=true]');
    await page.hover('[for=stack-line] [data-term]');
    await page.hover('[data-term=batch]');
    await explained(page, /^batch/);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await silent(page);
    assert.ok(await page.evaluate(() => document.activeElement?.id === 'stack-line'));
  });
});

test('the glossary lists every term in the language, opens from the head and the foot, and gives the focus back', async () => {
  // where there is less room it is in the foot alone
  await withPage({ width: 1800 }, async (page) => {
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
