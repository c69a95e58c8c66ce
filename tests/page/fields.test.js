/*
 * The fields for numbers in a browser: numbers as people write them, what is said of them, the keys of a spin button, digits
 * that are never cut, and sliders under a finger. The reading itself is in tests/js/numbers.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../web/state/state.js';
import { drawn, open, show, twoFrames, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** Types into a field that is entered, as a person does. @param {Page} page @param {string} field @param {string} text */
async function type(page, field, text) {
  await page.focus(field);
  await page.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).select());
  await page.keyboard.type(text);
}

/** Types and finishes, and waits until the text has been read. @param {Page} page @param {string} field @param {string} text */
async function enter(page, field, text) {
  await type(page, field, text);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /** @type {any} */ (window).initscope?.numbers);
}

/** Waits until the address says something. @param {Page} page @param {string} part */
const addressed = (page, part) => page.waitForFunction((wanted) => location.hash.includes(wanted), part);

const note = (/** @type {Page} */ page) => page.textContent('#note');

test('a number is read with a point or a comma, as a power, a fraction or a root, in both languages', async () => {
  for (const [lang, mark] of [
    ['en', '.'],
    ['ru', ','],
  ]) {
    await withPage({}, async (page) => {
      await open(page, `depth=2&width=16&a=normal&lang=${lang}`);
      for (const [text, value] of [
        ['0,01', '0.01'],
        ['0.125', '0.125'],
        ['1e-3', '0.001'],
        ['1/sqrt(256)', '0.0625'],
        ['√2', '1.41421356'],
        ['5/3', '1.66666667'],
      ]) {
        await enter(page, '#valueA', text);
        await addressed(page, `valueA=${value}&`);
        assert.equal(await page.inputValue('#valueA'), value.replace('.', mark), text);
      }
      await enter(page, '#width', '1 024');
      await addressed(page, 'width=1024');
      assert.equal(await page.inputValue('#width'), '1024');
    });
  }
});

test('what a field shows is read as what it is, in both languages', async () => {
  for (const lang of ['en', 'ru']) {
    await withPage({}, async (page) => {
      await open(
        page,
        `depth=2&width=16&a=normal&valueA=0.125&gainB=1.4142&bias=0.05&head=linear&headGain=0.001&layer=2&lang=${lang}`,
      );
      const hash = await page.evaluate(() => location.hash);
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('form details')) fold.setAttribute('open', '');
      });
      for (const field of ['#valueA', '#gainB', '#bias', '#headGain', '#seed', '#depth', '#layer-number']) {
        const text = await page.inputValue(field);
        await enter(page, field, text);
        await page.press(field, 'Tab');
        assert.equal(await page.inputValue(field), text);
        assert.equal(await note(page), '');
      }
      await page.click('[data-next-seed]');
      await addressed(page, 'seed=2');
      const after = await page.evaluate(() => location.hash);
      assert.deepEqual(parse(after).state, { ...parse(hash).state, seed: 2 });
    });
  }
});

test('what was typed before the reader of numbers was there is read when it comes', async () => {
  await withPage({}, async (page) => {
    await page.route('**/numbers.js', async (route) => {
      await page.waitForFunction(() => location.hash.includes('gainB=1.5')); // the next field has been typed into
      await route.continue();
    });
    await open(page, 'depth=2&width=16&a=normal');
    await type(page, '#valueA', '0,125');
    await page.press('#valueA', 'Tab');
    await type(page, '#gainB', '1.5');
    await addressed(page, 'valueA=0.125');
    assert.equal(await page.inputValue('#valueA'), '0.125');
  });
});

test('a text that is typed again as it was is read when the reader of numbers comes, whether the field was left or not', async () => {
  for (const key of ['Tab', 'Enter']) {
    await withPage({}, async (page) => {
      const asked = new Promise((resolve) => page.route('**/numbers.js', resolve));
      await open(page, 'depth=2&width=16&a=normal&valueA=0.125&lang=ru');
      await type(page, '#valueA', '0,125');
      await page.press('#valueA', key);
      await addressed(page, 'valueA=0&'); // what plain reading makes of the first digit
      await (await asked).continue();
      await addressed(page, 'valueA=0.125&');
      assert.equal(await page.inputValue('#valueA'), '0,125');
    });
  }
});

test('where a number can be read in two ways, or is changed, the quiet line says so', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16');
    for (const [field, text, value, said] of [
      ['#gainA', '1,024', '1.024', '“1,024” is read as 1.024, not as 1024.'],
      ['#width', '1,024', '1024', '“1,024” is read as 1024, not as 1.024.'],
      ['#depth', '2.5', '3', 'depth is a whole number: 3 is used.'],
      ['#gainB', '0,01', '0.1', 'gain of B goes from 0.1 to 10: 0.1 is used.'],
      ['#gainB', '5/3', '1.66666667', '“5/3” is read as 1.66666667.'],
      ['#gainB', '2', '2', ''],
    ]) {
      await enter(page, field, text);
      await page.waitForFunction((wanted) => document.getElementById('note')?.textContent === wanted, said);
      assert.equal(await page.inputValue(field), value);
    }
  });
});

test('what cannot be read stays, marked, until the next change, and the number before is used', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16');
    await enter(page, '#gainA', '(1/sqr(256))');
    const said = '“(1/sqr(256))” cannot be read from “sqr(256))” on: gain of A stays 1.';
    await page.waitForFunction((wanted) => document.getElementById('note')?.textContent === wanted, said);
    assert.equal(await page.inputValue('#gainA'), '(1/sqr(256))');
    assert.equal(await page.getAttribute('#gainA', 'aria-invalid'), 'true');
    await page.click('[data-next-seed]');
    await addressed(page, 'seed=2');
    assert.equal(await page.inputValue('#gainA'), '1');
    assert.equal(await page.getAttribute('#gainA', 'aria-invalid'), null);
    assert.equal(await note(page), '');
  });
});

test('a note on a number is not taken away by the press that ended its typing', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16');
    await enter(page, '#seed', '3');
    await type(page, '#gainA', '-');
    await page.click('[data-next-seed]');
    await addressed(page, 'seed=4');
    assert.equal(await page.inputValue('#gainA'), '1');
    assert.equal(await note(page), '“-” cannot be read: gain of A stays 1.');
    await page.click('[data-next-seed]');
    await addressed(page, 'seed=5');
    assert.equal(await note(page), '');
  });
});

test('where the reader of numbers cannot be loaded, plain numbers can be typed', async () => {
  await withPage({ expected: /./ }, async (page) => {
    await page.route('**/numbers.js', (route) => route.abort());
    await open(page, 'depth=2&width=16');
    await type(page, '#gainA', '1.5');
    await addressed(page, 'gainA=1.5');
    await type(page, '#gainA', '5/3');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#gainA[aria-invalid]');
    await page.unroute('**/numbers.js');
    await enter(page, '#gainA', '7/4');
    await addressed(page, 'gainA=1.75');
  });
});

test('a field is a spin button: its keys, its range, and no wheel', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=5&width=16&gainA=0.57');
    const field = page.getByRole('spinbutton', { name: /^depth/ });
    const range = await Promise.all(['min', 'now', 'max'].map((part) => field.getAttribute(`aria-value${part}`)));
    assert.deepEqual(range, ['1', '5', '100']);
    for (const [key, depth] of /** @type {const} */ ([
      ['ArrowUp', 6],
      ['ArrowDown', 5],
      ['PageUp', 15],
      ['PageDown', 5],
      ['PageDown', 1],
    ])) {
      await field.press(key);
      await drawn(page, { depth });
      assert.equal(await field.inputValue(), String(depth));
      assert.equal(await field.getAttribute('aria-valuenow'), String(depth));
    }
    await page.press('#gainA', 'ArrowUp');
    assert.equal(await page.inputValue('#gainA'), '1.57');
    await page.press('#gainA', 'Home');
    await page.keyboard.press('Delete');
    assert.equal(await page.inputValue('#gainA'), '.57', 'Home goes to the first digit');
    await page.focus('#depth');
    await page.hover('#depth');
    await page.mouse.wheel(0, 100);
    await page.press('#width', 'ArrowUp');
    await addressed(page, 'depth=1&width=17');
  });
});

test('the address keeps its own syntax', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&gainA=1,5');
    assert.equal(await page.inputValue('#gainA'), '1');
    assert.equal(await note(page), 'Ignored in the address: gainA=1,5 (1 is used).');
  });
});

/** Fields whose text is cut, or runs under their name. @param {Page} page */
const cutFields = (page) =>
  page.evaluate(() => {
    const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[inputmode]'));
    const seen = [...fields].filter((field) => field.checkVisibility());
    return seen.flatMap((field) => {
      const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
      const { fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(field);
      context.font = `${fontSize} ${fontFamily}`;
      const text = context.measureText(field.value).width;
      const padding = Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight);
      const box = field.getBoundingClientRect();
      const label = field.parentElement?.matches('.value') && field.labels?.[0]?.getBoundingClientRect();
      const under = label && label.width > 1 && label.right > box.right - Number.parseFloat(paddingRight) - text;
      const outside = box.right > innerWidth || box.width < 24;
      const cut = field.scrollWidth > field.clientWidth || text > field.clientWidth - padding + 0.5;
      return cut || under || outside
        ? [
            `${field.id} ${field.value}: ${text} in ${field.clientWidth}${under ? ', under its name' : ''}${outside ? ', outside' : ''}`,
          ]
        : [];
    });
  });

/** States with long numbers whose networks are small. */
const LONG = [
  'depth=1&width=1&batch=1&inputs=1048576&gainA=0.101&a=constant&valueA=-0.015&gainB=1.41421356&b=normal&valueB=1.41421356',
  'depth=100&width=4&batch=1024&seed=4294967295&gainA=1.4142&gainB=0.178&a=sparse&valueA=0.999&b=uniform&valueB=0.0625&bias=0.05&layer=100',
  'depth=1&width=4096&batch=1&gainA=1.4142135623730951&a=normal&valueA=1.4142135623730951&head=linear&headGain=1.66666667&bias=1.41421356',
  'kind=conv&depth=1&batch=1&kernel=11&channels=512&size=12&headGain=0.00123&gainA=0.125&gainB=3.14159265',
];

for (const lang of ['en', 'ru']) {
  test(`fields show all their digits (${lang})`, async () => {
    await withPage({}, async (page) => {
      for (const hash of LONG) {
        await page.goto('about:blank');
        await show(page, `${hash}&lang=${lang}`);
        for (const width of [320, 390, 1024, 1200, 1440]) {
          await page.setViewportSize({ width, height: 844 });
          await twoFrames(page);
          await page.evaluate(() => {
            for (const fold of document.querySelectorAll('form details')) fold.setAttribute('open', '');
          });
          assert.deepEqual(await cutFields(page), [], `${width} ${hash}`);
        }
      }
    });
  });
}

/** Swipes from the right part of a slider with one finger. @param {Page} page @param {string} name @param {number} x
 * @param {number} y CSS pixels to the right and down */
async function swipe(page, name, x, y) {
  const box = await page.locator(`input[type=range][name=${name}]`).boundingBox();
  const {
    x: left,
    y: top,
    width,
    height,
  } = /** @type {{ x: number, y: number, width: number, height: number }} */ (box);
  const finger = await page.context().newCDPSession(page);
  const touch = (/** @type {string} */ type, /** @type {object[]} */ touchPoints) =>
    finger.send('Input.dispatchTouchEvent', /** @type {any} */ ({ type, touchPoints }));
  for (let i = 0; i <= 10; i++) {
    const place = { x: left + width * 0.8 + (x * i) / 10, y: top + height / 2 + (y * i) / 10 };
    await touch(i === 0 ? 'touchStart' : 'touchMove', [place]);
  }
  await touch('touchEnd', []);
}

test('a swipe up or down over a slider scrolls the page and sets nothing; sideways, or a tap, it sets the slider', async () => {
  await withPage({ width: 390, height: 844, touch: true }, async (page) => {
    await open(page, 'depth=20&width=16');
    await page.evaluate(() => {
      const seen = /** @type {any} */ (window);
      seen.heard = [];
      for (const type of ['input', 'change']) document.forms[0].addEventListener(type, () => seen.heard.push(type));
    });
    const heard = () => page.evaluate(() => /** @type {any} */ (window).heard.splice(0));
    await swipe(page, 'depth', 0, -200);
    await page.waitForFunction(() => scrollY > 0);
    assert.equal(await page.inputValue('#depth'), '20');
    assert.equal(await page.inputValue('input[type=range][name=depth]'), '19');
    assert.deepEqual(await heard(), [], 'nothing was set and put back');
    await swipe(page, 'depth', 0, 0);
    await page.waitForFunction(() => Number(/** @type {any} */ (document.getElementById('depth')).value) > 70);
    assert.ok((await heard()).includes('input'));
    await swipe(page, 'depth', -40, 4);
    await page.waitForFunction(() => Number(/** @type {any} */ (document.getElementById('depth')).value) < 60);
    const depth = await page.inputValue('#depth');
    await drawn(page, { depth });
  });
});
