/*
 * The sheet on paper. A picture must not be cut where a page ends, nor a heading parted from its figure, so each stands in a
 * box that no browser breaks, on a sheet that is no grid: Firefox cuts what is in a grid. What else is on paper is tested in
 * tests/page/share.test.js.
 */
import assert from 'node:assert/strict';
import { ADDRESS, testInAll } from './page.js';

/** CSS pixels of an A4 page between its margins. */
const PAGE = ((297 - 2 * 12) / 25.4) * 96;

/** What could be cut on paper, of a sheet that is laid out for it. It runs in the page. @param {number} most */
function findBreakable(most) {
  const isShown = (/** @type {Element} */ element) => element.getClientRects().length > 0;
  const isKept = (/** @type {Element} */ element) => {
    const { breakInside, display } = getComputedStyle(element);
    return (breakInside === 'avoid' || display === 'inline-block') && element.getBoundingClientRect().height < most;
  };
  /** The outermost boxes around an element in which no page ends. @param {Element | null} element */
  const boxOf = (element) => {
    let outermost = null;
    for (let box = element; box && box.id !== 'sheet'; box = box.parentElement) if (isKept(box)) outermost = box;
    return outermost;
  };
  const pictures = [...document.querySelectorAll('#sheet :is(canvas, svg, math)')].filter(isShown);
  const layer = /** @type {Element} */ (document.querySelector('#layer h2'));
  const conv = /** @type {HTMLElement} */ (document.querySelector('#conv'));
  return {
    pictures: pictures.length,
    cut: pictures.filter((picture) => !boxOf(picture)).map((picture) => picture.parentElement?.className),
    sheet: getComputedStyle(/** @type {Element} */ (document.getElementById('sheet'))).display,
    headingIsKept: boxOf(layer) === boxOf(document.getElementById('detail')),
    convBegins: isShown(conv) ? getComputedStyle(conv).breakBefore : 'page',
  };
}

for (const state of ['depth=20&width=32', 'kind=conv&depth=3&batch=2&channels=4&size=16&input=wood']) {
  testInAll(`on paper nothing is cut, and no heading parted from its figure (${state})`, async (page) => {
    await page.open(`${ADDRESS}#${state}`);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const { pictures, ...found } = await page.evaluate(findBreakable, PAGE);
    assert.ok(pictures >= 8);
    assert.deepEqual(found, { cut: [], sheet: 'block', headingIsKept: true, convBegins: 'page' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    if (page.print) assert.match((await page.print()).toString('latin1'), /^%PDF/);
  });
}
