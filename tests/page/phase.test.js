/*
 * The phase map in the browser: it opens by its button and by its address, A and B are dragged and moved by keys, the
 * sheet follows, and it says why a point stays. What the engine computes is tested in tests/c/phase.c, and where points
 * stand in tests/js/phase-points.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, show, twoFrames, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const SMALL = 'depth=4&width=32&batch=16&activation=tanh';

/** Waits until the map and both points are drawn. @param {Page} page @param {string} [points] */
const mapped = (page, points = 'tanh A B') => page.waitForSelector(`#phase[data-drawn="${points}"]`);

/** Waits until controls have values in these ranges, and the sheet has followed. @param {Page} page
 * @param {Record<string, [least: number, most: number]>} ranges */
async function controls(page, ranges) {
  await page.waitForFunction(
    (wanted) =>
      Object.entries(wanted).every(([id, [least, most]]) => {
        const value = Number(/** @type {HTMLInputElement} */ (document.getElementById(id)).value);
        return value >= least && value <= most;
      }),
    ranges,
  );
  await drawn(page);
}

/** @param {Page} page @param {string} letter @returns {Promise<{ x: number, y: number }>} in the window */
const middleOf = (page, letter) =>
  page.$eval(`#phase-map .handle.${letter}`, (handle) => {
    const { left, top, width, height } = handle.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });

/** @param {Page} page @param {string} letter */
const toldOf = (page, letter) => page.getAttribute(`#phase-map .handle.${letter}`, 'aria-valuetext');

test('the button opens the map, the address holds it, and both say in words where A and B stand', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en`);
    await page.click('#phase-open');
    await mapped(page);
    await page.waitForFunction(() => location.hash.includes('phase=1'));
    assert.match(String(await page.textContent('.stand.A')), /all 4 layers\s*critical/);
    assert.match(String(await page.textContent('.stand.B')), /chaotic.*correlation of 0\s.*ξ\s=\s21\.7/s);
    assert.equal(await toldOf(page, 'A'), 'σ_w²\u00a0=\u00a01.00, σ_b²\u00a0=\u00a00: critical, ξ infinite');
    assert.match(String(await page.getAttribute('#phase-map canvas', 'aria-label')), /^Phase map, tanh: .*A: .*B: /);

    await page.selectOption('#activation', 'relu');
    await mapped(page, 'relu A B');
    assert.match(String(await page.textContent('.stand.B')), /critical.*whole line σ_w²\s=\s2\.00, but only here/s);
    await page.click('label:has([name="lang"][value="ru"])');
    await page.waitForFunction(() => document.querySelector('.stand.A .word')?.textContent === 'затухание');
    assert.match(String(await page.textContent('#phase-map h3')), /^Порядок и хаос: ReLU$/);

    await page.click('#phase-map .numbers > summary');
    assert.match(String(await page.textContent('#phase-map tbody tr:nth-child(2)')), /^0,0625\s*2,00/);
    await page.click('#phase-open');
    await page.waitForSelector('#phase', { state: 'hidden' });
    await page.waitForFunction(() => !location.hash.includes('phase'));
  });
});

test('a drag moves a point: sideways its gain, upwards the std of the biases of both; and a press takes the nearer one', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&phase=1`);
    await mapped(page);
    const [a, b] = [await middleOf(page, 'A'), await middleOf(page, 'B')];
    const unit = b.x - a.x; // sigma_w^2 from 1 to 2
    await page.mouse.move(a.x, a.y);
    await page.mouse.down();
    await page.mouse.move(a.x + 2 * unit, a.y, { steps: 4 });
    await controls(page, { gainA: [1.71, 1.75], bias: [0, 0] });
    await page.mouse.move(a.x + 2 * unit, a.y - 60, { steps: 4 });
    await controls(page, { gainA: [1.71, 1.75], bias: [0.3, 0.6] });
    await page.mouse.up();
    await mapped(page);
    const [movedA, movedB] = [await middleOf(page, 'A'), await middleOf(page, 'B')];
    assert.ok(
      Math.abs(movedA.x - a.x - 2 * unit) < 3 && Math.abs(movedA.y - a.y + 60) < 3,
      'the point is where it was left',
    );
    assert.ok(Math.abs(movedB.y - movedA.y) < 1 && Math.abs(movedB.x - b.x) < 1, 'B has gone upwards with it');
    assert.match(String(await page.textContent('#verdictA .sentence')), /\S/, 'the sheet follows');

    await page.mouse.click(b.x - 0.3 * unit, movedB.y - 40); // nearer to B
    await controls(page, { gainB: [0.8, 0.99], gainA: [1.71, 1.75] });
  });
});

test('the handles stay over their points when the window becomes narrower', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&phase=1`);
    await mapped(page);
    /** The share of the map's width at which B stands; 40 and 62 pixels beside the map are its scales. */
    const share = () =>
      page.$eval('#phase-map .plot', (plot) => {
        const handle = /** @type {HTMLElement} */ (plot.querySelector('.handle.B'));
        return (Number.parseFloat(handle.style.left) - 40) / (plot.clientWidth - 102);
      });
    const before = await share();
    assert.ok(before > 0.1 && before < 0.9, `${before}`);
    await page.setViewportSize({ width: 390, height: 844 });
    await twoFrames(page);
    assert.ok(Math.abs((await share()) - before) < 0.005, `${before} before, ${await share()} after`);
  });
});

test('a finger drags a handle, and a tap on the map moves the nearer point', async () => {
  await withPage({ width: 390, height: 844, touch: true }, async (page) => {
    await show(page, `${SMALL}&lang=en&phase=1`);
    await mapped(page);
    await page.locator('#phase-map').scrollIntoViewIfNeeded();
    const b = await middleOf(page, 'B');
    const a = await middleOf(page, 'A');
    await page.touchscreen.tap(b.x + (b.x - a.x), b.y - 30);
    await controls(page, { gainB: [1.2, 1.25], bias: [0.1, 1] });
    assert.equal(await page.$eval('#phase-map .handle.A', (handle) => getComputedStyle(handle).touchAction), 'none');
    assert.notEqual(await page.$eval('#phase-map .plot', (plot) => getComputedStyle(plot).touchAction), 'none');
    const heads = [];
    for (const width of [390, 430, 719]) {
      await page.setViewportSize({ width, height: 844 });
      heads.push(await page.$eval('.head', (head) => /** @type {HTMLElement} */ (head).offsetHeight));
    }
    assert.ok(Math.max(...heads) < 60, `the head has two lines: ${heads}`);
  });
});

test('arrow keys move the point that has the focus, and it says where it is; what cannot move says why', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&phase=1&biasB=zeros&tuneB=lsuv`);
    await mapped(page);
    await page.focus('#phase-map .handle.A');
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(
        (value) => Number(document.querySelector('.handle.A')?.getAttribute('aria-valuenow')) > value - 0.01,
        1.05 + 0.05 * i,
      );
    }
    await page.keyboard.press('ArrowUp');
    await controls(page, { gainA: [1.09, 1.1], bias: [0.1117, 0.1119] });
    await mapped(page);
    assert.equal(await toldOf(page, 'A'), 'σ_w²\u00a0=\u00a01.20, σ_b²\u00a0=\u00a00.0125: ordered, ξ 16.5');

    await page.focus('#phase-map .handle.B');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() =>
      /gains of B are tuned layer by layer/.test(document.getElementById('note')?.textContent ?? ''),
    );
    await page.keyboard.press('ArrowUp');
    await page.waitForFunction(() =>
      /B has biases of another kind/.test(document.getElementById('note')?.textContent ?? ''),
    );

    await show(page, `${SMALL}&lang=en&phase=1&b=constant`);
    await mapped(page, 'tanh A');
    assert.match(String(await page.textContent('.stand.B')), /Not on the map: mean-field theory does not cover/);
    assert.equal(await page.isVisible('#phase-map .handle.B'), false);
  });
});
