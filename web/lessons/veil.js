/**
 * veil.js: hides the regions of the sheet that would give the answer away.
 *
 * It does not decide when: panel-view.js does.
 */

/** The elements of each region. @type {Record<import('./lessons.js').Region, string>} */
const REGIONS = {
  verdicts: '#verdictA, #verdictB, .stand, #phase-map',
  signal: '#rms, #ridgeA, #ridgeB',
  weights: '#weights',
  others: '#conv, #correlation, #dead, #detail',
  training: '#learning, #ratio, .told, #decisionA, #decisionB, .sections',
  figures: '#figures, #formulaA, #formulaB, .whole',
};

/**
 * Veils all regions that the lesson does not leave visible; the chart that the reader draws in stays.
 * @param {import('./lessons.js').Lesson | undefined} lesson
 * @param {boolean} revealed whether the reader has seen the answer
 */
export function veil(lesson, revealed) {
  const secret = lesson !== undefined && !revealed;
  for (const [region, selector] of Object.entries(REGIONS)) {
    const hidden = secret && !lesson?.visible.includes(/** @type {any} */ (region));
    for (const element of document.querySelectorAll(`#sheet :is(${selector})`)) {
      element.classList.toggle('veiled', hidden && !(lesson?.sketch && element.id === 'rms'));
    }
  }
}
