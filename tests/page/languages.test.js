/*
 * The page in two languages: it starts in the right one, a switch translates everything and loses nothing, and no text is
 * cut off in its control on a phone. The words themselves are in tests/js/languages.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreign } from '../js/russian.js';
import { drawn, open, redraw, show, unfold, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** The texts and labels that a reader meets, apart from names of library calls and papers.
 * @param {Page} page @returns {Promise<string[]>} */
const met = (page) =>
  page.evaluate(() => {
    const skip = '[hidden], [data-scheme], optgroup:not([data-name]), .calls, .paper, [lang=en], noscript';
    const seen = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest(skip)) seen.push(node.nodeValue ?? '');
    }
    for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'label']) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (!element.closest(skip)) seen.push(element.getAttribute(name) ?? '');
      }
    }
    return seen;
  });

/** @param {Page} page */
async function assertRussian(page) {
  for (const text of await met(page)) assert.deepEqual(foreign(text), [], text);
}

test('a Russian browser is answered in Russian, an English one in English, and loads nothing for it', async () => {
  for (const [locale, lang, parts] of /** @type {const} */ ([
    ['ru-RU', 'ru', 1],
    ['en-GB', 'en', 0],
    ['de-DE', 'en', 0],
  ])) {
    await withPage({ locale }, async (page) => {
      let asked = 0;
      page.on('request', (request) => request.url().endsWith('/ru.js') && asked++);
      await open(page, 'depth=3&width=16');
      await drawn(page, { lang });
      assert.equal(await page.getAttribute('html', 'lang'), lang);
      assert.equal(asked, parts);
      assert.ok(await page.isChecked(`[name=lang][value=${lang}]`));
      assert.equal(await page.evaluate(() => location.hash), '#depth=3&width=16', 'nobody chose it');
    });
  }
});

test('everything is Russian where Russian is spoken: dense, images and folds', async () => {
  for (const hash of [
    'depth=3&width=16&a=sparse&b=pytorch-default&biasB=pytorch-default&loss=cross-entropy',
    'kind=conv&depth=2&batch=2&size=8&fansA=channels&takenB=variance&head=sigmoid&input=bricks&tensor=deltas',
    'kind=conv&depth=9&batch=2&size=8&padding=valid',
    'depth=2&width=16&input=bricks&a=orthogonal&b=constant',
  ]) {
    await withPage({}, async (page) => {
      await show(page, `${hash}&lang=ru`);
      await unfold(page, '.whole');
      await assertRussian(page);
    });
  }
});

test('a switch says everything in the other language at once, reloads nothing and loses nothing', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&width=16&gainA=2.5&layer=2&a=orthogonal&b=sparse&valueB=7');
    await page.evaluate(() => {
      document.body.dataset.same = 'yes';
    });
    await unfold(page, '.whole');
    const english = await met(page);
    const note = String(await page.textContent('#note'));
    assert.match(note, /^Ignored in the address: /);
    await page.focus('[name=lang]:checked');
    await page.keyboard.press('ArrowRight');
    await drawn(page, { lang: 'ru', layer: 2 });
    assert.match(String(await page.textContent('#verdictA .sentence')), /^После 4 слоёв .* \(×\s\d,\d+ на слой\)\./);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('value')), 'ru');
    await assertRussian(page);
    await page.waitForFunction(
      () => location.hash === '#depth=4&width=16&a=orthogonal&gainA=2.5&b=sparse&valueB=1&layer=2&lang=ru',
    );
    await page.keyboard.press('ArrowLeft');
    await drawn(page, { lang: 'en' });
    const back = (await met(page)).filter((text) => !english.includes(text));
    assert.deepEqual(back, [], 'what was said before is said again');
    assert.equal(await page.evaluate(() => document.body.dataset.same), 'yes');
  });
});

test('what was said in the head is said again in the other language', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&width=x&lang=ru');
    assert.equal(await page.textContent('#note'), 'Пропущено в адресе: повтор width=x.');
    await page.setInputFiles('#picture', { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('no image') });
    await page.waitForFunction(() =>
      /^«a\.txt» — не изображение/.test(String(document.getElementById('note')?.textContent)),
    );
  });
});

test('where Russian cannot be loaded the page goes on in English and says so, and tries again', async () => {
  await withPage({ expected: /./ }, async (page) => {
    await page.route('**/ru.js', (route) => route.abort());
    await open(page, 'depth=2&width=16&lang=ru');
    await drawn(page, { lang: 'en' });
    assert.match(String(await page.textContent('#note')), /^This language could not be loaded/);
    assert.match(String(await page.textContent('#verdictB .word')), /^[A-Z]/);
    await page.unroute('**/ru.js');
    assert.equal(await page.isChecked('[name=lang][value=en]'), true);
    await page.check('[name=lang][value=ru]', { force: true });
    await drawn(page, { lang: 'ru' });
  });
});

/**
 * Texts larger than their box, labels that overlap their neighbour, and selects too narrow for their longest choice. The
 * selects of schemes and biases may be too narrow: the heading of the verdict and the formula show the choice in full.
 * @param {Page} page @returns {Promise<string[]>}
 */
const cutTexts = (page) =>
  page.evaluate(() => {
    const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    const seen = (/** @type {Element} */ element) =>
      element.checkVisibility() &&
      element.clientHeight + element.getClientRects().length > 0 &&
      getComputedStyle(element).clipPath === 'none' &&
      !element.closest('.unseen, .scroll, :empty:not(input, select)');
    const name = (/** @type {Element} */ element) =>
      `${element.localName} ${element.id || element.textContent?.trim()}`;
    const cut = [];
    const boxes = 'label, legend, button, summary, th, td, figcaption, h1, h2, h3, p, li, span, option';
    for (const element of document.querySelectorAll(boxes)) {
      const { scrollWidth, clientWidth } = element;
      if (seen(element) && clientWidth > 0 && scrollWidth > clientWidth + 1)
        cut.push(`${name(element)}: ${scrollWidth} > ${clientWidth}`);
    }
    for (const select of document.querySelectorAll('select')) {
      if (!seen(select) || /^(a|b|biasA|biasB)$/.test(select.name)) continue;
      const style = getComputedStyle(select);
      context.font = `${style.fontSize} ${style.fontFamily}`;
      const longest = Math.max(
        ...[...select.options].map(({ text, hidden }) => (hidden && !text ? 0 : context.measureText(text).width)),
      );
      const room =
        select.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight) - 16;
      if (select.dataset.gain === undefined && longest > room) cut.push(`${name(select)}: ${longest} > ${room}`);
    }
    for (const label of document.querySelectorAll('.field > label, .bias > label, .segments label')) {
      const ends = [...label.childNodes].map((node) => {
        const text = document.createRange();
        text.selectNodeContents(node);
        return node instanceof Element && !seen(node) ? 0 : text.getBoundingClientRect().right;
      });
      const { top, bottom } = label.getBoundingClientRect();
      const right = Math.max(...ends);
      if (!seen(label)) continue;
      for (const other of document.querySelectorAll('.field label, .field select, .field input, .head > *')) {
        const box = other.getBoundingClientRect();
        const beside = seen(other) && !other.contains(label) && !label.contains(other);
        const over = box.top < bottom - 3 && box.bottom > top + 3 && box.left < right - 0.5 && box.right > right;
        if (beside && over) cut.push(`${name(label)} reaches over ${name(other)}`);
      }
    }
    return cut;
  });

for (const lang of ['en', 'ru']) {
  test(`no text is cut in its control at 390 and 320 pixels, nor on a wide screen (${lang})`, async () => {
    for (const hash of ['depth=3&width=16', 'kind=conv&depth=2&batch=2&size=8&head=linear&input=bricks&a=constant']) {
      await withPage({}, async (page) => {
        await open(page, `${hash}&lang=${lang}`);
        for (const width of [320, 390, 720, 1024, 1200, 1440]) {
          await page.setViewportSize({ width, height: 844 });
          await redraw(page);
          for (const id of ['more', 'mistakes', 'heads']) {
            await page.evaluate((which) => document.getElementById(which)?.setAttribute('open', ''), id);
          }
          assert.deepEqual(await cutTexts(page), [], `${width} ${hash}`);
        }
      });
    }
  });
}
