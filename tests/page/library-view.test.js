/*
 * The view Libraries in the browser: it opens by its button and by its address, shows what a library draws, puts it into A
 * and B, finds by keyboard, measures the network of ten layers, and leads to the sheet and back. What it computes is tested
 * in tests/js/library-view.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULTS, LIBRARIES, NETWORKS } from '../../web/engine/library-tables.js';
import { isRunnable } from '../../web/libraries/library-choice.js';
import { SURPRISES } from '../../web/libraries/surprises.js';
import { drawn, show, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const SMALL = 'depth=4&width=32&batch=16';

/** Waits until the view has its formulas, and all networks have run. @param {Page} page */
const shown = (page) => page.waitForSelector('#libraries[data-drawn="true"]');

/** Waits until the address has a part. @param {Page} page @param {string} part */
const addressHas = (page, part) => page.waitForFunction((text) => location.hash.includes(text), part);

/** The element that has the focus, as a text. @param {Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.textContent ?? '');

test('the button opens the view, the address holds the library, and each card has formula, fans, biases and version', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en`);
    await page.click('#libraries-open');
    await addressHas(page, 'libraries=PyTorch');
    await shown(page);
    const { version } = /** @type {any} */ (LIBRARIES.find(({ name }) => name === 'PyTorch'));
    assert.equal(await page.textContent('.library-title'), `PyTorch ${version}: defaults`);
    assert.match(String(await page.textContent('.about')), /^Python, measured on \d+ \w+ \d{4}$/);

    const cards = await page.$$eval('.card', (all) => all.map((card) => String(card.textContent)));
    assert.equal(cards.length, DEFAULTS.filter((row) => row.library === 'PyTorch' && isRunnable(row)).length);
    const depthwise = cards.find((text) => text.startsWith('depthwise'));
    assert.match(String(depthwise), /fan_in 9, fan_out 288; truly 9 and 9.*0\.192 measured, 0\.192 by formula/s);
    const lines = await page.$$eval('.card:first-child math', (all) => all.map((line) => line.getAttribute('alttext')));
    assert.ok(lines.includes('= 1 / (3 × 300) = 0.00111'), `${lines}`);
    assert.match(String(await page.textContent('.others')), /no network with such layers.*in_proj_weight.*0\.0884/s);

    await page.click('label:has([name="lang"][value="ru"])');
    await page.waitForFunction(() => /по умолчанию$/.test(document.querySelector('.library-title')?.textContent ?? ''));
    assert.match(String(await page.textContent('.others')), /Сетей с такими слоями страница не считает/);
    await page.click('#libraries-open');
    await page.waitForSelector('#libraries', { state: 'hidden' });
    await page.waitForFunction(() => !location.hash.includes('libraries'));
  });
});

test('buttons put a default into A and into B: networks of its layers are made, and the button shows that it is there', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&libraries=PyTorch`);
    await shown(page);
    for (const [layer, kind, letter] of [
      ['dense', '', 'A'],
      ['depthwise', 'kind=conv', 'B'],
      ['transposed-conv', 'stack=', 'A'],
      ['dense', 'b=pytorch-default', 'B'],
      ['transposed-conv', 'stack=', 'B'], // the editor of layers is there by now
    ]) {
      const row = DEFAULTS.find((one) => one.library === 'PyTorch' && one.layer === layer);
      const button = `[aria-label="put PyTorch ${row?.call} into ${letter}"]`;
      await page.click(button);
      await page.waitForSelector(`${button}[aria-pressed="true"]`);
      await drawn(page, { [letter.toLowerCase()]: 'pytorch-default' });
      await addressHas(page, kind);
      assert.equal(await page.inputValue(`#fans${letter}`), row?.fans);
      assert.equal(await page.inputValue(`#bias${letter}`), 'pytorch-default');
      assert.match(String(await page.textContent('#note')), new RegExp(`^${letter} is drawn by PyTorch .* now`));
      assert.equal(await page.isVisible('#libraries'), true);
    }
  });
});

test('by keyboard alone: “keras attention” finds the surprise of 3.15, Enter opens it, and its link shows it on the sheet', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&libraries=PyTorch`);
    await shown(page);
    await page.focus('#library-search');
    await page.keyboard.type('keras attention');
    assert.match(String(await page.textContent('.results li:first-child')), /^Keras attention is wider since 3\.15/);
    await page.keyboard.press('Escape');
    assert.equal(await page.isVisible('.results'), false);
    assert.equal(await page.inputValue('#library-search'), '');

    await page.keyboard.type('keras attention');
    await page.keyboard.press('Enter');
    await addressHas(page, `${SMALL}&lang=en&libraries=keras-attention`);
    assert.match(await focused(page), /Up to 3\.14, and in Keras 2/);
    const hasKeras = LIBRARIES.some(({ name }) => name === 'Keras');
    assert.equal(await page.inputValue('#library-name'), hasKeras ? 'Keras' : 'PyTorch');

    for (let i = 0; i < 2; i++) await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'see it on the sheet');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#libraries', { state: 'hidden' });
    await drawn(page, { a: 'uniform', b: 'xavier-uniform', depth: 4 });
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'sheet');
    await page.goBack();
    await page.waitForSelector('.featured .surprise');
    assert.match(String(await page.textContent('.featured')), /^Keras attention is wider/);
  });
});

test('an initializer that is found goes into A and B, and the way that its library counts fans with it', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&libraries=PyTorch&gainB=2`);
    await shown(page);
    await page.fill('#library-search', 'HeNormal');
    await page.click('[aria-label="put Keras HeNormal into B"]');
    await drawn(page, { b: 'he-truncated' });
    assert.deepEqual([await page.inputValue('#fansB'), await page.inputValue('#gainB')], ['keras', '1']);
    assert.equal(await page.isVisible('.results'), true, 'so that the other network can have it too');
    await page.fill('#library-search', 'zzz');
    assert.equal(await page.textContent('.results'), 'Nothing here is called “zzz”.');
  });
});

test('one network by every library: a row each, the largest first, and each name opens its network on the sheet', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&libraries=MXNet&theme=dark`);
    await shown(page);
    const rows = await page.$$eval('.networks tbody tr', (all) =>
      all.map((row) => [...row.querySelectorAll('th, td:is(.ours, .theirs)')].map((cell) => String(cell.textContent))),
    );
    const names = rows.map(([name]) => name.trim());
    for (const { library } of NETWORKS) assert.ok(names.includes(library), library);
    const texts = rows.map(([name, ours, theirs]) => `${name}: ${ours}; ${theirs}`);
    const textOf = (/** @type {string} */ library) => String(texts.find((text) => text.startsWith(library)));
    assert.match(textOf('MXNet'), /: \(\d\.\d\d ± \d\.\d\d\)\u202f×\u202f10⁻⁴; .*\d\.\d\d.*\u202f×\u202f10⁻⁴$/);
    assert.match(textOf('PyTorch'), /: 0\.02\d\d ± 0\.00\d\d; 0\.02\d\d ± 0\.000\d$/);

    assert.match(String(await page.textContent('#library-networks figcaption')), /8 seeds here, 20 in the library/);
    await page.click('#library-networks .numbers > summary');
    assert.match(String(await page.textContent('#library-networks .numbers tbody')), /MXNet, library\s*0\.45\d/);

    await page.click('.networks a:text("MXNet")');
    await page.waitForSelector('#libraries', { state: 'hidden' });
    await drawn(page, { a: 'uniform', depth: 10 });
    assert.equal(await page.inputValue('#valueA'), '0.07');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark', 'the theme stays');
    assert.equal(await page.getAttribute('html', 'lang'), 'en', 'the language stays');
  });
});

test('a verdict mentions a surprise where a depthwise layer, a transposed one or bfloat16 is on screen, and opens it', async () => {
  await withPage({}, async (page) => {
    await show(page, 'kind=conv&groups=depthwise&depth=3&channels=4&size=8&batch=2&lang=en');
    await page.click('#verdictA .mention button');
    await page.waitForSelector('.featured .surprise');
    assert.match(await focused(page), /^A depthwise layer of Keras is drawn too narrow/);
    await addressHas(page, 'depth=3');
    assert.equal(await page.isVisible('#verdictB .mention'), false, 'it is said once');

    await show(page, `${SMALL}&lang=en&format=bfloat16`);
    await page.waitForFunction(() =>
      /JAX draws in bfloat16/.test(document.querySelector('#verdictA .mention')?.textContent ?? ''),
    );
    await show(page, `${SMALL}&lang=en`);
    await page.waitForSelector('#verdictA .mention', { state: 'hidden' });
    await show(page, 'stack=100-convT8:4x4&batch=2&lang=en');
    await page.waitForFunction(() =>
      /transposed layer of PyTorch/.test(document.querySelector('#verdictA .mention')?.textContent ?? ''),
    );
  });
});

test('all surprises can be shown, each with a link to itself; a library that is not there is told, and the view still opens', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&libraries=Theano`);
    await shown(page);
    assert.match(String(await page.textContent('.about')), /no library or finding “Theano” here: PyTorch is shown/);
    await page.click('.more-surprises');
    const links = await page.$$eval('.surprises .meta a:first-of-type', (all) =>
      all.map((link) => link.getAttribute('href')),
    );
    assert.deepEqual([...links].sort(), SURPRISES.map(({ key }) => `#libraries=${key}`).sort());
    const languages = { en: /[a-z]{3} /i, ru: /[а-яё]{3} /i };
    for (const [lang, letters] of Object.entries(languages)) {
      await page.click(`label:has([name="lang"][value="${lang}"])`);
      await page.waitForFunction((spoken) => document.documentElement.lang === spoken, lang);
      await page.waitForFunction(
        (source) => new RegExp(source, 'i').test(document.querySelector('.surprise p')?.textContent ?? ''),
        letters.source,
      );
    }
  });
});
