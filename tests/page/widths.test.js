/*
 * The head and the controls at every width from 320 to 1600 pixels, in both languages: nothing leaves the window, nothing
 * lies over its neighbour, and no choice is cut. On a phone the controls leave two thirds of the screen to the charts.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, twoFrames, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** Both sides of each width at which the style sheets change the layout, and widths in between. */
const WIDTHS = [
  320, 359, 360, 390, 430, 479, 480, 600, 719, 720, 768, 800, 899, 900, 960, 1023, 1024, 1100, 1199, 1200, 1240, 1280,
  1320, 1366, 1399, 1400, 1439, 1440, 1520, 1599, 1600,
];

const STATES = {
  dense: 'depth=2&width=16&train=digits',
  convolutions: 'kind=conv&depth=2&batch=2&size=8&channels=4',
  images: 'depth=2&width=16&input=leaves&size=8',
  'own layers': 'stack=12x12x1-conv4-maxpool2-conv8:5x5:tanh:he-normal:gain=2-flatten-40-20-10&batch=2',
};

/** What is wrong with the head, the controls and the settings of training at the width that the page has. @param {Page} page */
const faults = (page) =>
  page.evaluate(() => {
    const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    const name = (/** @type {Element} */ element) =>
      `${element.localName} ${element.id || /** @type {any} */ (element).dataset.gain || element.textContent?.trim()}`;
    const isSeen = (/** @type {Element} */ element) =>
      element.checkVisibility() && element.getClientRects().length > 0 && getComputedStyle(element).clipPath === 'none';
    const parts = 'h1, .tagline, button, label, legend, summary, select, input:not([type=radio])';
    const seen = [
      ...document.querySelectorAll(`:is(.head, form, .training .bar, .training .settings) :is(${parts})`),
    ].filter(isSeen);
    const found = [];
    const head = /** @type {HTMLElement} */ (document.querySelector('.head'));
    const margins = getComputedStyle(head);
    const last = head.getBoundingClientRect().right - Number.parseFloat(margins.paddingRight);
    for (const element of seen) {
      const { left, right } = element.getBoundingClientRect();
      if (left < 0 || right > (head.contains(element) ? last + 1 : innerWidth))
        found.push(`${name(element)} ends at ${Math.round(right)}`);
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && !element.matches('input'))
        found.push(`${name(element)} is cut`);
    }
    for (const select of /** @type {HTMLSelectElement[]} */ (seen.filter((element) => element.matches('select')))) {
      const style = getComputedStyle(select);
      context.font = `${style.fontSize} ${style.fontFamily}`;
      const arrow = 20;
      const padding = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
      const room = select.clientWidth - padding - arrow;
      const text = select.selectedOptions[0]?.text ?? '';
      const needed = context.measureText(text).width;
      if (needed > room) found.push(`${name(select)} shows “${text}” in ${Math.round(room)} of ${Math.round(needed)}`);
    }
    /** The box of a text rather than of its element, which may be wider. @param {Element} element */
    const boxOf = (element) => {
      if (!element.matches('label, legend, .tagline, h1')) return element.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(element.querySelector(':scope > [data-term], :scope > input + span') ?? element);
      return range.getBoundingClientRect();
    };
    const boxes = seen.map((element) => ({ element, box: boxOf(element) }));
    boxes.forEach(({ element, box }, i) => {
      for (const { element: other, box: next } of boxes.slice(i + 1)) {
        if (element.contains(other) || other.contains(element)) continue;
        if (element.closest('.value') && element.closest('.value') === other.closest('.value')) continue; // by design
        const across = Math.min(box.right, next.right) - Math.max(box.left, next.left);
        const down = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
        if (across > 1 && down > 4) found.push(`${name(element)} lies over ${name(other)}`);
      }
    });
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than the window');
    return found;
  });

/** As long as a note usually is. */
const NOTE = 'depth goes from 1 to 100: 100 is used. '.repeat(4).slice(0, 120);

/** Why a note cannot be read whole at the width that the page has; '' where it can. @param {Page} page */
const noteFault = (page) =>
  page.evaluate((text) => {
    const note = /** @type {HTMLElement} */ (document.getElementById('note'));
    const said = note.textContent;
    note.textContent = text;
    scrollTo(0, 0); // in a wide window it is in the head
    try {
      const { left, right, top, bottom } = note.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      if (left < 0 || right > innerWidth || bottom > innerHeight) return 'leaves the window';
      if (note.scrollWidth > note.clientWidth + 1) return `needs ${note.scrollWidth} of ${note.clientWidth} px`;
      if (note.scrollHeight > note.clientHeight + 1) return `is ${note.clientHeight} of ${note.scrollHeight} px high`;
      return document.elementFromPoint(x, y) === note ? '' : 'is covered';
    } finally {
      note.textContent = said;
    }
  }, NOTE);

/** Opens the folds of the controls, or closes them, and waits until that is drawn. @param {Page} page @param {boolean} opened */
async function setFolds(page, opened) {
  await page.evaluate((open) => {
    for (const id of ['more', 'mistakes', 'heads']) {
      const details = /** @type {HTMLDetailsElement} */ (document.getElementById(id));
      details.open = open || (id === 'more' && innerWidth >= 1024);
    }
  }, opened);
  await page.evaluate(() => scrollTo(0, 0)); // where the page is scrolled, the bar of training lies over what is below it
  await twoFrames(page);
  // that bar sticks below the controls, and follows their height
  await page.waitForFunction(() => {
    const below = document.documentElement.style.getPropertyValue('--below');
    return below === '' || below === `${document.getElementById('controls')?.offsetHeight}px`;
  });
}

const PHONES = [
  { width: 320, height: 568 },
  { width: 360, height: 640 },
  { width: 390, height: 844 },
];

/** The controls leave two thirds of a phone to the charts, and stay in view. @param {Page} page
 * @param {{ width: number, height: number }} phone */
async function assertPhone(page, phone) {
  await page.setViewportSize(phone);
  await setFolds(page, false);
  await page.evaluate(() => scrollTo(0, 0));
  const controls = await page.$eval('#controls', (form) => form.getBoundingClientRect().height);
  assert.ok(controls <= phone.height / 3, `${phone.width}: ${controls}`);
  await page.evaluate(() => document.querySelector('#layer')?.scrollIntoView());
  assert.ok(await page.$eval('#controls', (form) => form.getBoundingClientRect().top >= 0));
}

for (const lang of ['en', 'ru']) {
  for (const [state, hash] of Object.entries(STATES)) {
    test(`from 320 to 1600 pixels nothing in the head and the controls is cut or out of the window, a note of 120 characters is read whole, and on a phone the controls take a third of the screen: ${state}, ${lang}`, async () => {
      await withPage({}, async (page) => {
        await open(page, `${hash}&lang=${lang}`);
        /** @type {string[]} */
        const found = [];
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 }); // the most of the work: the page draws all of itself again
          for (const opened of [false, true]) {
            await setFolds(page, opened);
            for (const fault of await faults(page))
              found.push(`${width}, folds ${opened ? 'open' : 'closed'}: ${fault}`);
            const fault = opened ? '' : await noteFault(page);
            if (fault) found.push(`${width}: the note ${fault}`);
          }
        }
        assert.deepEqual(found, []);
        for (const phone of PHONES) await assertPhone(page, phone);
      });
    });
  }
}

test('what a phone hides is one press away', async () => {
  await withPage({ width: 320, height: 568 }, async (page) => {
    await open(page, `${STATES.convolutions}&a=pytorch-default`);
    for (const id of ['biasA', 'gainA', 'gainB', 'batch', 'seed'])
      assert.equal(await page.isVisible(`#${id}`), false, id);
    await page.click('#more summary');
    for (const id of ['biasA', 'gainA', 'gainB', 'batch', 'seed'])
      assert.equal(await page.isVisible(`#${id}`), true, id);
    assert.equal(await page.isVisible('#mistakes summary'), true);
  });
});
