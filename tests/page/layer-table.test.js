/*
 * The fields of the table of layers in Chromium: what a reader sets there stays, also where the line cannot be read; undo
 * reaches every field; what is wrong is marked where it is, and read out. Building, moving and the line are in
 * stack.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, open, settled, show, withPage } from './browser.js';
import { addressHas, edit, fieldOf, lineOf, tabTo } from './own-layers.js';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
const faultOf = async (page) => String(await page.textContent('#stack-fault'));

/** Whether a field is marked as wrong, and what describes it. @param {Page} page @param {string} selector */
const marksOf = (page, selector) =>
  page.$eval(selector, (field) => [field.getAttribute('aria-invalid'), field.getAttribute('aria-describedby')]);

/** A field of the table that the sentence below the line is about. */
const WRONG = ['true', 'stack-fault'];
const RIGHT = [null, null];

/** Selects all of a field and types. @param {Page} page @param {string} selector @param {string} text */
async function retype(page, selector, text) {
  await page.focus(selector);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

test('a kind that the input does not fit stays chosen, so that the input can be changed after it', async () => {
  await withPage({}, async (page) => {
    await edit(page, '784-30-10');
    await page.selectOption(fieldOf(1, 'kind'), 'conv');
    assert.equal(await lineOf(page), '784-conv30-10');
    assert.equal(await page.inputValue(fieldOf(1, 'kind')), 'conv');
    assert.match(await faultOf(page), /images/);
    assert.deepEqual(await marksOf(page, '#stack-input'), WRONG);
    await retype(page, '#stack-input', '28x28x1');
    assert.equal(await lineOf(page), '28x28x1-conv30-10');
    assert.equal(await faultOf(page), '');
    assert.deepEqual(await marksOf(page, '#stack-input'), RIGHT);
    await addressHas(page, '28x28x1-conv30-10');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    assert.equal(await lineOf(page), '784-30-10');
    assert.equal(await page.inputValue(fieldOf(1, 'kind')), 'dense');
  });
});

test('the name of a kind can be typed, and a new layer is like the one before, or like the convolution before a pooling', async () => {
  await withPage({}, async (page) => {
    await edit(page, '28x28x1-conv6:5x5-300-10');
    await page.focus(fieldOf(2, 'kind'));
    for (const letter of 'max') await page.keyboard.press(letter);
    assert.equal(await lineOf(page), '28x28x1-conv6:5x5-maxpool2-10');
    await page.focus(fieldOf(2, 'kind'));
    await page.selectOption(fieldOf(2, 'kind'), 'dense');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-field')), 'kind');
  });
  await withPage({}, async (page) => {
    await edit(page, '28x28x1-conv6:5x5-maxpool2');
    await page.click('.end .add');
    await page.click('.end .add');
    assert.equal(await lineOf(page), '28x28x1-conv6:5x5-maxpool2-conv6:5x5-conv6:5x5');
  });
  await withPage({}, async (page) => {
    await edit(page, '8x8x1-300-10');
    await page.selectOption(fieldOf(1, 'kind'), 'conv');
    assert.equal(await lineOf(page), '8x8x1-conv64-10');
  });
});

test('so does a kind in B, and a number of layers that is too large', async () => {
  await withPage({}, async (page) => {
    await edit(page, '784-30-10');
    await page.click('.rows li:nth-child(1) [data-action="changeB"]');
    await page.selectOption(fieldOf(1, 'kind', '.only-b'), 'conv');
    assert.equal(await page.inputValue(fieldOf(1, 'kind', '.only-b')), 'conv');
    assert.match(await faultOf(page), /images/);
    await page.selectOption(fieldOf(1, 'kind', '.only-b'), 'dense');
    assert.equal(await faultOf(page), '');
    await page.click('[data-action="sameB"]');
    await page.fill(fieldOf(1, 'count'), '256');
    assert.equal(await lineOf(page), '784-256*30-10');
    assert.match(await faultOf(page), /more than 256 layers/);
    await page.fill(fieldOf(2, 'size'), '12');
    assert.equal(await lineOf(page), '784-256*30-12');
    await page.fill(fieldOf(1, 'count'), '255');
    assert.equal(await faultOf(page), '');
    await drawn(page, { depth: 256 });
  });
});

test('undo and redo reach the field that has the focus, and what is typed then goes on from there', async () => {
  await withPage({}, async (page) => {
    await edit(page, '64-30-20-10');
    for (const [selector, text, before, line] of [
      [fieldOf(1, 'size'), '44', '30', '64-445-20-10'],
      [fieldOf(2, 'count'), '3', '1', '64-445-35*20-10'],
      ['#stack-input', '32', '64', '325-445-35*20-10'],
    ]) {
      await retype(page, selector, text);
      await page.keyboard.press('Control+z');
      assert.equal(await page.inputValue(selector), before);
      await page.keyboard.press('Control+Shift+Z');
      assert.equal(await page.inputValue(selector), text);
      await page.keyboard.press('End');
      await page.keyboard.type('5');
      assert.equal(await lineOf(page), line);
    }
  });
});

test('a text that cannot be read is marked in every field, and goes once the field is left', async () => {
  await withPage({}, async (page) => {
    await edit(page, '64-30:uniform=0.2-10');
    for (const [selector, wrong, before] of [
      [fieldOf(1, 'size'), 'gap', '30'],
      [fieldOf(1, 'size'), '30:tanh', '30'],
      [fieldOf(1, 'count'), '0', '1'],
      [fieldOf(1, 'number'), 'x', '0.2'],
      [fieldOf(1, 'gain'), '-', ''],
      ['#stack-input', '64-3', '64'],
    ]) {
      await page.fill(selector, wrong);
      assert.equal(await page.getAttribute(selector, 'aria-invalid'), 'true', `${selector}: ${wrong}`);
      assert.equal(await lineOf(page), '64-30:uniform=0.2-10');
      await page.focus('#stack-line');
      assert.equal(await page.inputValue(selector), before);
      assert.deepEqual(await marksOf(page, selector), RIGHT);
    }
  });
});

test('a layer that cannot be there is marked at the field that is wrong', async () => {
  await withPage({}, async (page) => {
    await edit(page, '64-30-10');
    await page.selectOption(fieldOf(2, 'kind'), 'max-pool');
    assert.deepEqual(await marksOf(page, fieldOf(2, 'kind')), WRONG);
    await page.selectOption(fieldOf(2, 'kind'), 'dense');
    assert.deepEqual(await marksOf(page, fieldOf(2, 'kind')), RIGHT);
    await retype(page, '#stack-line', '12x12-conv4:5x5:groups=3-10');
    assert.deepEqual(await marksOf(page, fieldOf(1, 'groups')), WRONG);
  });
});

test('undo to the first step keeps the focus, and goes by the place of the key in other alphabets', async () => {
  await withPage({}, async (page) => {
    await edit(page, '64-30-10');
    await retype(page, '#stack-line', '64-20-10');
    await page.focus('.buttons button:nth-child(1)');
    await page.keyboard.press('Enter');
    assert.equal(await lineOf(page), '64-30-10');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Shift+Z');
    assert.equal(await lineOf(page), '64-20-10', 'the button that has nothing to undo keeps the focus');
    const press = (/** @type {string} */ key, /** @type {string} */ code) =>
      page.$eval('#stack-line', (field, init) => field.dispatchEvent(new KeyboardEvent('keydown', init)), {
        key,
        code,
        ctrlKey: true,
        bubbles: true,
      });
    await press('я', 'KeyZ');
    assert.equal(await lineOf(page), '64-30-10');
    await press('н', 'KeyY');
    assert.equal(await lineOf(page), '64-20-10');
    await press('z', 'KeyY'); // a German keyboard
    assert.equal(await lineOf(page), '64-30-10');
  });
});

/** Keeps what the page has read out, for said(). @param {Page} page */
const listen = (page) =>
  page.evaluate(() => {
    const region = /** @type {HTMLElement} */ (document.getElementById('spoken'));
    const seen = /** @type {any} */ (window);
    seen.said = [];
    new MutationObserver(() => {
      if (region.textContent) seen.said.push(region.textContent);
    }).observe(region, { childList: true });
  });

/** @param {Page} page @param {RegExp} text @returns {Promise<string[]>} once it has been said */
async function saidUntil(page, text) {
  await page.waitForFunction(
    (source) => /** @type {any} */ (window).said.some((/** @type {string} */ one) => new RegExp(source).test(one)),
    text.source,
  );
  return page.evaluate(() => /** @type {any} */ (window).said);
}

test('what a row has become is read out by its new name, before the verdicts', async () => {
  await withPage({}, async (page) => {
    await edit(page, '64-30-20-10');
    await listen(page);
    await page.click('.rows li:nth-child(3) [data-action="up"]');
    const [moved, verdicts] = await saidUntil(page, /^A: /);
    assert.equal(moved, '10 is now 2 of 3.');
    assert.match(verdicts, /^A: /);
  });
});

test('what is wrong is read out once, after a pause; a layer that the network cannot have is not called added', async () => {
  await withPage({}, async (page) => {
    await edit(page, '64-256*30');
    await listen(page);
    await page.click('.add');
    const said = await saidUntil(page, /more than 256 layers/);
    assert.deepEqual(
      said.filter((text) => !/more than 256 layers/.test(text)),
      [],
    );
    await retype(page, '#stack-line', '64-30-conw');
    const all = await saidUntil(page, /conw/);
    assert.equal(all.filter((text) => /conw/.test(text)).length, 1, 'not at every key');
  });
});

test('what differs in B is said below the line, and its row offers what B has', async () => {
  await withPage({}, async (page) => {
    await open(page, 'stack=64-20*30-10&changeB=2=40&gainA=1&gainB=2&a=he-normal&b=lecun-normal&batch=4&lang=en');
    assert.equal(await page.textContent('.in-b'), 'In B, layer 2: 40');
    await page.click('.edit');
    await page.waitForSelector('.only-b');
    assert.match(String(await page.textContent('.only-b b')), /1 of (20|19)/);
    const usual = (/** @type {string} */ which) =>
      page.$eval(
        `.rows li:has(.only-b) ${which}`,
        (row) => /** @type {HTMLInputElement} */ (row.querySelector('[data-field="gain"]')).placeholder,
      );
    assert.equal(await usual('.only-b'), '2');
    const scheme = page.locator(fieldOf(1, 'scheme', '.only-b')).or(page.locator(fieldOf(2, 'scheme', '.only-b')));
    assert.match(String(await scheme.getAttribute('title')), /LeCun/);
  });
});

test('under cross-entropy the last row says that it runs linear, and a note comes only where that is so', async () => {
  await withPage({}, async (page) => {
    const choose = (/** @type {string} */ loss) => page.selectOption('#loss', loss);
    await edit(page, '64-30-10');
    await choose('cross-entropy');
    assert.match(String(await page.getAttribute(fieldOf(2, 'activation'), 'title')), /^linear/);
    assert.match(String(await page.getAttribute(fieldOf(1, 'activation'), 'title')), /^ReLU/);
    assert.match(String(await page.textContent('#note')), /output layer is linear/);
    await choose('random');
    await page.selectOption(fieldOf(2, 'activation'), 'sigmoid');
    await choose('cross-entropy');
    assert.equal(await page.textContent('#note'), '');
  });
});

test('the explanation of the line leaves the sentence on what is wrong to the field, and does not cover it', async () => {
  await withPage({}, async (page) => {
    await open(page, 'stack=64-30-10&batch=4&lang=en');
    const described = () => page.getAttribute('#stack-line', 'aria-describedby');
    await page.focus('.line .edit');
    await page.keyboard.press('Tab');
    await page.waitForSelector('#tip', { state: 'visible' });
    assert.equal(await described(), 'stack-fault tip');
    await page.keyboard.type('-conw');
    await page.waitForSelector('#tip', { state: 'hidden' });
    assert.equal(await described(), 'stack-fault');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.isVisible('#tip'), false, 'not while the line is wrong');
  });
});

test('back through a long table by keyboard, the field that has the focus is never below the controls', async () => {
  await withPage({ height: 700 }, async (page) => {
    await edit(page, `64-${'30-'.repeat(29)}10`);
    await page.focus('.add');
    for (let row = 30; row > 0; row--) {
      await tabTo(page, fieldOf(row, 'kind'), 'Shift+Tab');
      const covered = await page.evaluate(() => {
        const bottom = document.getElementById('controls')?.getBoundingClientRect().bottom ?? 0;
        return bottom - Number(document.activeElement?.getBoundingClientRect().top);
      });
      assert.ok(covered <= 0, `row ${row}: ${covered}`);
    }
  });
});

test('the table is not printed', async () => {
  await withPage({}, async (page) => {
    await edit(page, '64-30-10');
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.equal(await page.isVisible('#layers'), false);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.equal(await page.isVisible('#layers'), true);
  });
});

test('a frame of own layers offers and shows no control that they replace, and its link keeps a wrong line', async () => {
  await withPage({}, async (page) => {
    await open(page, 'stack=64-30-10&batch=4&lang=en');
    await page.click('#share');
    await page.waitForSelector('#share-dialog');
    const offered = await page.$$eval('#share-dialog fieldset input', (boxes) =>
      boxes.map((box) => /** @type {HTMLInputElement} */ (box).value),
    );
    assert.deepEqual(offered, ['activation', 'a', 'gainA', 'b', 'gainB', 'seed']);
    await show(page, 'embed=1&show=depth,activation&stack=64-30-10&batch=4&lang=en');
    assert.equal(await page.locator('[name="depth"]').count(), 0);
    assert.equal(await page.isVisible('#activation'), true);
    await page.goto('about:blank');
    await show(page, 'embed=1&stack=64-30-conw6&batch=4&lang=en');
    await settled(page);
    assert.match(decodeURIComponent(String(await page.getAttribute('.whole-page', 'href'))), /stack=64-30-conw6/);
  });
});

test('the name of the chosen layer is whole beside its slider, in both languages', async () => {
  await withPage({ width: 1440 }, async (page) => {
    for (const lang of ['en', 'ru']) {
      await open(page, `stack=12x12x1-conv4:5x5-avgpool2-conv8:5x5-20-10&batch=4&layer=3&lang=${lang}`);
      const cut = await page.$eval('.field.choice label', (label) => label.scrollWidth - label.clientWidth);
      assert.ok(cut <= 0, `${lang}: ${cut} pixels`);
    }
  });
});
