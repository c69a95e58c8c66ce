/**
 * surroundings.js: what the view Training does to the page around it: which controls are out of use, and where its own may
 * stay in view.
 *
 * How that looks is in css/parts/training.css.
 */

/** The controls that training takes no notice of: it has its own data, and its own loss. */
const UNUSED = '#input, #loss';

/** @param {HTMLElement} controls of the page @param {() => { unused: string }} texts */
export function createSurroundings(controls, texts) {
  const root = document.documentElement;
  // what plays stays in view below the controls, whatever their height
  new ResizeObserver(() => root.style.setProperty('--below', `${controls.offsetHeight}px`)).observe(controls);

  return {
    /** @param {boolean} isShown whether the page shows a training */
    show(isShown) {
      root.toggleAttribute('data-training', isShown);
      const title = isShown ? texts().unused : '';
      for (const control of document.querySelectorAll(UNUSED)) Object.assign(control, { disabled: isShown, title });
    },
  };
}
