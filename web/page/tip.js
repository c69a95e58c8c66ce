/**
 * tip.js: one small box beside a term, with what the term means. It stays within the window, over everything, and follows
 * its term when the page scrolls.
 *
 * When it appears is decided in glossary.js.
 */
import { make } from './elements.js';

/** CSS pixels between the term and the box, and between the box and the edge of the window. */
const GAP = 6;
const EDGE = 8;

const ID = 'tip';

/** Has the box describe a control beside what describes it already, or no longer. @param {Element | null} control
 * @param {boolean} isOn */
function setDescription(control, isOn) {
  const others = (control?.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && id !== ID);
  const ids = isOn ? [...others, ID] : others;
  if (ids.length > 0) control?.setAttribute('aria-describedby', ids.join(' '));
  else control?.removeAttribute('aria-describedby');
}

export function createTip() {
  const [name, text] = [make('b'), make('span')];
  const box = make('div.tip', { id: ID, role: 'tooltip', hidden: true }, name, text);
  /** @type {HTMLElement | null} */
  let term = null;
  /** The control that the box describes. @type {Element | null} */
  let described = null;

  /** On the sheet the box is above its term, where it covers no chart; in the controls below. */
  function follow() {
    if (!term) return;
    const control = described ?? term.closest('label')?.control; // stays in view
    const boxes = [term, control ?? term].map((element) => element.getBoundingClientRect());
    const anchor = boxes[0];
    const [top, bottom] = [Math.min(...boxes.map((each) => each.top)), Math.max(...boxes.map((each) => each.bottom))];
    const { width, height } = box.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight || anchor.width === 0) return hide();
    const above = top - GAP - height;
    const below = bottom + GAP;
    const prefersAbove = term.closest('main') !== null ? above >= EDGE : below + height > innerHeight - EDGE;
    const place = prefersAbove && above >= EDGE ? above : below;
    const left = Math.max(EDGE, Math.min(anchor.left, document.documentElement.clientWidth - width - EDGE));
    Object.assign(box.style, { top: `${Math.round(place)}px`, left: `${Math.round(left)}px` });
  }

  function describe(/** @type {Element | null} */ control) {
    setDescription(described, false);
    setDescription(control, true);
    described = control;
  }

  function hide() {
    box.hidden = true;
    term = null;
    describe(null);
  }
  for (const type of ['scroll', 'resize']) addEventListener(type, follow, true);

  return {
    /**
     * @param {HTMLElement} next the term
     * @param {[name: string, text: string]} words its name, and what it means
     * @param {Element | null} focused the control that has the focus, if the term is its name
     */
    show(next, words, focused) {
      term = next;
      [name.textContent, text.textContent] = words;
      (next.closest('dialog, header, form, main, footer') ?? document.body).append(box); // a dialog is over all else
      box.hidden = false;
      describe(focused);
      follow();
    },
    hide,
    isShown: () => !box.hidden,
    isAt: (/** @type {HTMLElement | null} */ other) => term !== null && term === other,
    isOfFocus: () => described !== null,
    contains: (/** @type {EventTarget | null} */ target) => target instanceof Node && box.contains(target),
  };
}
