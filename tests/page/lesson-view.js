/*
 * For the tests of lessons: what of a lesson is not wholly in view. Which parts these are is up to the tests.
 */

/** @typedef {import('playwright-core').Page} Page */

/**
 * What is missing, not wholly in the window, or under the controls, where the page is not scrolled.
 * @param {Page} page
 * @param {string[]} selectors
 */
export const outOfView = (page, selectors) =>
  page.evaluate((wanted) => {
    scrollTo(0, 0);
    const top = document.forms[0].getBoundingClientRect().bottom;
    return wanted.flatMap((selector) => {
      const boxes = [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());
      const seen = boxes.filter((box) => box.height > 0 && box.top >= top && box.bottom <= innerHeight);
      return boxes.length > 0 && seen.length === boxes.length
        ? []
        : [`${selector}: ${boxes.map((box) => `${Math.round(box.top)} to ${Math.round(box.bottom)}`)}`];
    });
  }, selectors);
